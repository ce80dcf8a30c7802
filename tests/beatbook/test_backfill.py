"""Large archives through Dask: the same notebook as an import of the same files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from beatbook import backfill
from beatbook.backfill import files_of
from beatbook.cli import main
from store.schema import open_db

TEXT = (
    "Usage of DeepSeek reached {value} trillion tokens in the week of March 23-29, up 11.2% week-over-week."
)


def archive(folder: Path) -> Path:
    """Two files of articles in nested folders, and one that is no article."""
    for number in (1, 2):
        rows = [
            {
                "id": f"n{number}{n}",
                "url": f"https://x.example/{number}/{n}",
                "title": f"Week {number}.{n}",
                "text": TEXT.format(value=number + n / 10),
                "published": "2026-03-30",
            }
            for n in range(3)
        ]
        path = folder.joinpath(*["deep"] * number, f"{number}.jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "empty.txt").write_text("")
    return folder


def claims(path: Path) -> list[tuple[object, ...]]:
    with open_db(path) as db:
        return db.execute(
            "SELECT id, subject, metric, value, period_start FROM claims ORDER BY id"
        ).fetchall()


def test_folders_are_looked_through_and_what_is_no_article_is_left(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive")
    (folder / "picture.png").write_bytes(b"x")
    assert [file.name for file in files_of([folder, tmp_path / "missing.txt"])] == [
        "1.jsonl",
        "2.jsonl",
        "empty.txt",
        "missing.txt",
    ]


def test_it_gives_what_an_import_gives_and_can_be_repeated(tmp_path: Path) -> None:
    pytest.importorskip("dask.distributed", reason="the extra 'cluster' is not installed")
    folder = archive(tmp_path / "archive")
    imported, filled = tmp_path / "imported.db", tmp_path / "filled.db"
    files = [str(file) for file in files_of([folder])]
    assert (
        CliRunner().invoke(main, ["import", *files, "--db", str(imported), "--now", "2026-03-30"]).exit_code
        == 1
    )
    for _ in range(2):
        done = CliRunner().invoke(
            main, ["backfill", str(folder), "--db", str(filled), "--workers", "1", "--now", "2026-03-30"]
        )
        assert done.exit_code == 1, done.output
        assert f"{folder / 'empty.txt'}: is empty" in done.stderr
        assert claims(filled) == claims(imported)
    assert len(claims(filled)) >= 6


def test_a_scheduler_that_is_not_there_is_one_line_and_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("dask.distributed", reason="the extra 'cluster' is not installed")
    monkeypatch.setattr(backfill, "PATIENCE", 1)
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    done = CliRunner().invoke(
        main, ["backfill", str(path), "--db", str(tmp_path / "x.db"), "--scheduler", "tcp://127.0.0.1:9"]
    )
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1), done.output
    assert done.stderr.startswith("tcp://127.0.0.1:9: ")
