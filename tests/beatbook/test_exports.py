"""Answers as files, through the command."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import notebook
import pytest
from click.testing import CliRunner

from beatbook.cli import main


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return notebook.make(tmp_path_factory.mktemp("exports"))


def export(path: Path, *arguments: object) -> str:
    result = CliRunner().invoke(
        main, ["export", *map(str, arguments), "--db", str(path), "--now", "2026-03-30"]
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def test_csv_is_the_default_and_has_every_row(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(export(path, "claims"))))
    assert len(rows) == len(notebook.lines())
    assert {row["subject"] for row in rows} == {"Halcyon 3", "Baiyun-4", "Halcyon AI"}


@pytest.mark.parametrize(
    ("about", "number"),
    [
        (["claims"], 10),
        (["history", "Halcyon 3", "tokens"], 3),
        (["prices"], 2),
        (["prices", "Halcyon 3"], 2),
        (["leaders", "tokens"], 2),
        (["movers", "tokens"], 4),
        (["conflicts"], 1),
        (["revisions"], 0),
        (["outcomes"], 0),
        (["checks"], 0),
        (["candidates"], 0),
    ],
)
def test_json_lines_of_each_answer(path: Path, about: list[str], number: int) -> None:
    rows = [json.loads(line) for line in export(path, *about, "--format", "jsonl").splitlines()]
    assert len(rows) == number


def test_the_window_is_that_of_the_command(path: Path) -> None:
    assert len(export(path, "claims", "--format", "jsonl", "--since", "2026-03-15").splitlines()) == 4


@pytest.mark.parametrize(("name", "magic"), [("p.xlsx", b"PK"), ("p.csv", b"subject"), ("p.jsonl", b"{")])
def test_the_name_of_the_file_says_the_format(path: Path, name: str, magic: bytes, tmp_path: Path) -> None:
    export(path, "prices", "-o", tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_parquet(path: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra 'parquet' is not installed")
    export(path, "prices", "-o", tmp_path / "p.parquet")
    assert parquet.read_table(tmp_path / "p.parquet").num_rows == 2


def test_atom_is_a_feed_of_the_claims(path: Path, tmp_path: Path) -> None:
    for text in (export(path, "atom"), (export(path, "atom", "-o", tmp_path / "f.xml"), "")[1]):
        feed = ElementTree.fromstring(text or (tmp_path / "f.xml").read_text(encoding="utf-8"))
        entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
        assert len(entries) == len(notebook.lines())
        titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") or "" for entry in entries]
        assert any(" trillion tokens" in title for title in titles)
