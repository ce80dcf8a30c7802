import csv
import io
import json
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from store_helpers import NOW, line, load, new_db

from crawler.errors import InputError
from store.export import flat, write_atom, write_csv, write_jsonl, write_parquet, write_xlsx
from store.query import claims, history
from store.records import Point, Sighting

NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", " =cmd|' /C calc'!A0", "＝1", "|x", "%0A"]


@pytest.fixture
def told(tmp_path: Path) -> tuple[list[Sighting], list[Point]]:
    rows = [
        line(
            value=1.5,
            subject="=Alpha",
            sentence="Said <b>so</b> & more \x07.",
            period=["2026-03-23", "2026-03-29"],
        ),
        line(
            url="https://b.example/?a=1&b=2",
            value=2e12,
            subject="Beta",
            negated=True,
            modality="plan",
            source="IDC",
        ),
        line(url="note:1", site=None, value=None, subject="Gamma", unit=None, kind="change", direction="up"),
    ]
    with new_db(tmp_path) as db:
        load(db, rows)
        return claims(db), history(db, "=alpha")


def test_csv_runs_no_formula() -> None:
    file = io.StringIO()
    write_csv([{"text": text, "number": -1.5, "whole": 3.0, "list": ["=a", "b"]} for text in NASTY], file)
    header, *rows = csv.reader(io.StringIO(file.getvalue()))
    assert header == ["text", "number", "whole", "list"]
    assert [row[0] for row in rows] == [f"'{text}" for text in NASTY]
    assert {tuple(row[1:]) for row in rows} == {("-1.5", "3", "'=a; b")}


def test_csv_of_records_and_of_nothing(told: tuple[list[Sighting], list[Point]]) -> None:
    file = io.StringIO()
    write_csv(told[1], file)
    (row,) = csv.DictReader(io.StringIO(file.getvalue()))
    assert (row["subject"], row["value"], row["unit"], row["claims"]) == (
        "'=Alpha", "1.5", "tokens", told[1][0].evidence[0].id,
    )  # fmt: skip
    assert row["url"] == "https://wire.example/1"
    empty = io.StringIO()
    write_csv([], empty)
    assert empty.getvalue() == ""


def test_json_lines_give_the_claims_back(told: tuple[list[Sighting], list[Point]]) -> None:
    file = io.StringIO()
    write_jsonl(told[0], file)
    rows = [json.loads(text) for text in file.getvalue().splitlines()]
    assert [Sighting(**row) for row in rows] == told[0]


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(TypeError, match="int is no record"):
        flat(3)


def test_parquet_has_types(tmp_path: Path, told: tuple[list[Sighting], list[Point]]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra 'parquet' is not installed")
    write_parquet(told[0], tmp_path / "c.parquet")
    table = parquet.read_table(tmp_path / "c.parquet")
    types = {name: str(table.schema.field(name).type) for name in table.column_names}
    expected = {
        "subject": "string", "value": "double", "negated": "bool", "version": "int64", "said": "date32[day]",
        "first_seen": "timestamp[us, tz=UTC]",
    }  # fmt: skip
    assert {name: types[name] for name in expected} == expected
    found = {row["subject"]: row for row in table.to_pylist()}
    assert (found["=Alpha"]["value"], found["Gamma"]["value"]) == (1.5, None)
    assert found["=Alpha"]["period_start"] == date(2026, 3, 23)
    assert found["Beta"]["first_seen"] == datetime(2026, 3, 30, tzinfo=UTC)
    write_parquet(told[1], tmp_path / "h.parquet")
    (row,) = parquet.read_table(tmp_path / "h.parquet").to_pylist()
    assert row["claims"] == [told[1][0].evidence[0].id]
    write_parquet([], tmp_path / "none.parquet")
    with pytest.raises(InputError):
        write_parquet(told[0], tmp_path / "no" / "c.parquet")


def test_parquet_without_its_extra_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"beatbook\[parquet\]"):
        write_parquet([], tmp_path / "c.parquet")


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(path: Path) -> tuple[ElementTree.Element, list[str], str]:
    """The first worksheet of a workbook, its shared strings, and where its links lead."""
    with zipfile.ZipFile(path) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        links = "xl/worksheets/_rels/sheet1.xml.rels"
        rels = book.read(links).decode() if links in book.namelist() else ""
    return sheet, ["".join(item.itertext()) for item in strings], rels


def test_xlsx_has_typed_cells_filters_and_links(
    tmp_path: Path, told: tuple[list[Sighting], list[Point]]
) -> None:
    write_xlsx(told[0], tmp_path / "c.xlsx", "Claims: [all]")
    sheet, strings, links = sheet_of(tmp_path / "c.xlsx")
    rows = [list(row) for row in sheet.iter(f"{SHEET}row")]
    assert len(rows) == 4
    names = [strings[int(cell[0].text or "")] for cell in rows[0]]

    def cells(i: int) -> dict[str, tuple[str | None, str | None]]:
        found = {}
        for cell in rows[i]:
            letters = "".join(c for c in cell.get("r", "") if c.isalpha())
            column = 0
            for letter in letters:
                column = 26 * column + ord(letter) - 64
            value = cell.find(f"{SHEET}v")
            found[names[column - 1]] = (cell.get("t"), None if value is None else value.text)
        return found

    by_subject = {strings[int(cells(i)["subject"][1] or "")]: cells(i) for i in (1, 2, 3)}
    assert by_subject["Beta"]["value"] == (None, "2000000000000")
    assert by_subject["Beta"]["negated"] == ("b", "1")
    assert by_subject["Beta"]["said"] == (None, str((date(2026, 3, 30) - date(1899, 12, 30)).days))
    assert "value" not in by_subject["Gamma"]
    assert not list(sheet.iter(f"{SHEET}f"))  # no formula, whatever a text begins with
    assert sheet.find(f"{SHEET}autoFilter") is not None
    pane = next(sheet.iter(f"{SHEET}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert "https://wire.example/1" in links
    assert "https://b.example/?a=1&amp;b=2" in links
    assert "note:1" not in links


def test_xlsx_of_nothing_and_of_nowhere(tmp_path: Path) -> None:
    write_xlsx([], tmp_path / "none.xlsx")
    assert zipfile.is_zipfile(tmp_path / "none.xlsx")
    with pytest.raises(InputError, match="cannot be written"):
        write_xlsx([], tmp_path / "no" / "c.xlsx")


ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(told: list[Sighting]) -> bytes:
    file = io.BytesIO()
    write_atom(told, file, now=NOW, headline=lambda claim: f"{claim.subject} {claim.metric}")
    return file.getvalue()


def test_atom_has_what_rfc_4287_asks_for(told: tuple[list[Sighting], list[Point]]) -> None:
    feed = ElementTree.fromstring(feed_of(told[0]))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{ATOM}{name}")
            assert only.text
            if name == "updated":
                assert datetime.fromisoformat(only.text).tzinfo is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 3
    for entry in entries:
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert entry.find(f"{ATOM}content") is not None


def test_atom_is_understood_by_a_reader(told: tuple[list[Sighting], list[Point]]) -> None:
    parsed: Any = feedparser.parse(feed_of(told[0]))
    assert not parsed.bozo
    entries = {entry.title: entry for entry in parsed.entries}
    assert entries["Beta tokens"].link == "https://b.example/?a=1&b=2"
    alpha = entries["=Alpha tokens"]
    assert alpha.content[0].type == "text/plain"
    assert "Said <b>so</b> & more" in alpha.content[0].value
