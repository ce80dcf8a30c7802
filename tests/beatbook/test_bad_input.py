"""What is given wrong: one line on standard error with the subject first, the right status, nothing lost."""

import json
import sqlite3
from pathlib import Path

import notebook
import pytest
from click.testing import CliRunner, Result

from beatbook.cli import main
from store.schema import open_db

PROSE = (
    "Halcyon AI cut a price\n\nHalcyon 3 now costs $2 per million input tokens, Halcyon AI said on Monday.\n"
)


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def refused(result: Result, subject: object, reason: str = "") -> None:
    """The call is wrong: status 2, and one line that begins with its subject."""
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith(f"{subject}: ")
    assert reason in result.stderr


FILES = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": b"\x00\x01\x02\x03" * 100,
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "nothing.html": b"<html><body></body></html>",
    "broken.json": b"{",
    "list.json": b"[1]",
    "empty.jsonl": b"",
    "archive.warc": b"no archive",
    "archive.warc.gz": b"no archive",
    "unknown.xyz": b"text",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", ["extract", "read", "import"])
def test_a_file_that_cannot_be_read(command: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if FILES[name] is not None:
        path.write_bytes(FILES[name])
    more = ["--db", tmp_path / "x.db"] if command == "import" else []
    result = run(command, path, *more)
    assert result.exit_code == 2, result.output
    errors = [line for line in result.stderr.splitlines() if line.startswith(str(path))]
    assert len(errors) == 1, result.stderr


@pytest.mark.parametrize("command", ["read", "import"])
def test_what_succeeded_is_kept_where_others_fail(command: str, tmp_path: Path) -> None:
    good, db = tmp_path / "good.txt", tmp_path / "x.db"
    good.write_text(PROSE)
    more = ["--db", db] if command == "import" else []
    result = run(command, tmp_path / "missing.txt", good, *more)
    assert result.exit_code == 1, result.output
    assert f"{tmp_path / 'missing.txt'}: " in result.stderr
    if command == "import":
        with open_db(db) as store:
            assert store.table("articles").count == 1
    else:
        assert json.loads(result.stdout)["title"] == "Halcyon AI cut a price"


def no_database(folder: Path) -> Path:
    path = folder / "text.db"
    path.write_text("this is no database, whatever it is called " * 40)
    return path


def foreign_database(folder: Path) -> Path:
    path = folder / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    return path


def newer_database(folder: Path) -> Path:
    path = folder / "newer.db"
    with open_db(path, create=True) as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('beatbook', '9999_later')")
        db.conn.commit()
    return path


ASK = [
    ["history", "Halcyon 3"],
    ["prices"],
    ["movers", "tokens"],
    ["leaders", "tokens"],
    ["revisions"],
    ["conflicts"],
    ["outcomes"],
    ["checks"],
    ["claims"],
    ["search", "x"],
    ["digest"],
    ["export", "claims"],
    ["browse", "--port", "0"],
    ["status"],
    ["reextract"],
    ["candidates"],
]


@pytest.mark.parametrize("command", ASK, ids=lambda command: str(command[0]))
def test_a_database_that_is_not_there(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    refused(run(*command, "--db", path), path, "no such database")
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "reason"),
    [(no_database, "not a SQLite database"), (foreign_database, "something else"), (newer_database, "newer")],
)
@pytest.mark.parametrize("command", [["claims"], ["import", "x.txt"], ["browse", "--port", "0"], ["status"]])
def test_a_database_that_is_not_ours(command: list[str], make, reason: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    before = path.read_bytes()
    refused(run(*command, "--db", path), path, reason)
    assert path.read_bytes() == before


def test_an_unknown_subject_is_one_line_with_names_like_it(tmp_path: Path) -> None:
    path = notebook.make(tmp_path)
    refused(run("history", "Halcyon 33", "--db", path), "Halcyon 33", "Halcyon 3")


def test_an_unknown_source(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    refused(run("crawl", "no-such-source", "--db", path), "no-such-source")
    assert not path.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no"),
        ("[[source]\n", "not TOML"),
        ('[[source]]\nid = "a"\nurl = "https://a.example"\n', "'kind' is missing"),
        ('[[source]]\nid = "a"\nkind = "feed"\nurl = "https://a.example"\ncolour = "red"\n', "colour"),
    ],
)
def test_a_wrong_sources_file_is_refused_with_its_entry(text: str, reason: str, tmp_path: Path) -> None:
    file, path = tmp_path / "sources.toml", tmp_path / "x.db"
    file.write_text(text)
    result = run("crawl", "--sources", file, "--db", path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(str(file))
    assert reason in result.stderr
    assert not path.exists()


@pytest.mark.parametrize("option", [["--vocabulary", "words.toml"]])
def test_a_wrong_vocabulary_ends_the_command_before_anything_is_written(
    option: list[str], tmp_path: Path
) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[[vendor]]\nname = "X"\ncolour = "red"\n')
    article = tmp_path / "a.txt"
    article.write_text(PROSE)
    result = run("import", article, "--db", tmp_path / "x.db", option[0], words)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "colour" in result.stderr
    assert not (tmp_path / "x.db").exists()


def test_a_chart_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    path, chart = notebook.make(tmp_path), tmp_path / "chart.gif"
    refused(run("prices", "--db", path, "--format", "jsonl", "--chart", chart), chart)


def test_claims_from_elsewhere_with_wrong_lines(tmp_path: Path) -> None:
    lines = tmp_path / "claims.jsonl"
    notebook.write_lines(lines)
    lines.write_text(lines.read_text() + "{\n" + '{"subject": "X"}\n')
    result = run("import", "--claims", lines, "--db", tmp_path / "x.db")
    assert result.exit_code == 1, result.output
    assert result.stderr.count(f"{lines} line ") == 2
    with open_db(tmp_path / "x.db") as store:
        assert store.table("claims").count == len(notebook.lines())


def test_nothing_to_import_is_a_wrong_call(tmp_path: Path) -> None:
    refused(run("import", "--db", tmp_path / "x.db"), "beatbook import", "give a PATH")


@pytest.mark.parametrize(
    ("arguments", "subject"),
    [
        (["songs"], "songs"),
        (["claims", "--format", "yaml"], "yaml"),
        (["claims", "--format", "xlsx"], "xlsx"),
        (["history"], "history"),
    ],
)
def test_what_cannot_be_exported(arguments: list[str], subject: str, tmp_path: Path) -> None:
    refused(run("export", *arguments, "--db", notebook.make(tmp_path)), subject)
