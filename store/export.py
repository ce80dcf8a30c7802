"""Answers as files: CSV, JSON Lines, Parquet, XLSX, and new claims as an Atom feed."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from xml.etree import ElementTree

from crawler.errors import InputError
from store.records import Sighting

if TYPE_CHECKING:
    from types import ModuleType

FORMATS = ("csv", "jsonl", "parquet", "xlsx")

DAYS = frozenset(("period_start", "period_end", "said", "first_said", "valid_from", "valid_to"))
MOMENTS = frozenset(("first_seen", "last_seen", "superseded_at"))
"""Columns that hold ISO days, and date-times in UTC; ``published`` keeps its zone and stays text."""

_FORMULA = re.compile(r"^\s*[=+\-@\t\r\x00＝＋－＠|%]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

XLSX_ROWS, XLSX_TEXT, XLSX_LINKS, XLSX_LINK = 1_048_575, 32_767, 65_000, 2_000
"""What a worksheet holds: rows below the header, characters of a cell, links, characters of a link."""


def flat(record: Any) -> dict[str, Any]:
    """A record, or a mapping, as one row: the evidence becomes the ids of its claims and the first one's
    sentence,
    title, date and link; other sequences become lists of plain values."""
    if isinstance(record, Mapping):
        items = list(record.items())
    elif is_dataclass(record):
        items = [(field.name, getattr(record, field.name)) for field in fields(record)]
    else:
        raise TypeError(f"{type(record).__name__} is no record")
    row: dict[str, Any] = {}
    for name, value in items:
        if name == "evidence":
            row |= _evidence([entry if isinstance(entry, Mapping) else _named(entry) for entry in value])
        elif isinstance(value, tuple | list):
            row[str(name)] = [_plain(entry) for entry in value]
        else:
            row[str(name)] = _plain(value)
    return row


def _named(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        value = _named(value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _evidence(claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = claims[0] if claims else {}
    shown = {name: first.get(name) for name in ("sentence", "title", "published", "url")}
    return {"claims": [claim.get("id") for claim in claims], **shown}


def _table(rows: Iterable[Any]) -> tuple[list[str], list[dict[str, Any]]]:
    flats = [flat(row) for row in rows]
    return list(dict.fromkeys(name for row in flats for name in row)), flats


def write_csv(rows: Iterable[Any], file: IO[str]) -> None:
    """Comma-separated values with a header. A text that a spreadsheet would run as a formula is quoted with
    ``'``."""
    names, flats = _table(rows)
    writer = csv.writer(file, lineterminator="\n")
    if names:
        writer.writerow([_safe(name) for name in names])
    writer.writerows([_cell(row.get(name)) for name in names] for row in flats)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return _safe("; ".join("" if entry is None else str(entry) for entry in value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return _safe(value) if isinstance(value, str) else value


def _safe(text: str) -> str:
    text = text.replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) else text


def write_jsonl(rows: Iterable[Any], file: IO[str]) -> None:
    """One JSON object a line, as ``flat`` gives it."""
    for row in rows:
        file.write(json.dumps(flat(row), ensure_ascii=False) + "\n")


def write_parquet(rows: Iterable[Any], path: Path) -> None:
    """Parquet with typed columns: days as dates, moments as timestamps in UTC, figures as doubles, ids as
    lists.

    Raises InputError where pyarrow is not installed or the file cannot be written.
    """
    try:
        import pyarrow  # type: ignore[import-untyped]
        from pyarrow import parquet
    except ImportError as error:
        raise InputError("parquet", "needs an extra: pip install 'beatbook[parquet]'") from error
    names, flats = _table(rows)
    columns = [_column(pyarrow, name, [row.get(name) for row in flats]) for name in names]
    try:
        parquet.write_table(pyarrow.table(columns, names=names), path)
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error


def _column(pyarrow: "ModuleType", name: str, values: list[Any]) -> Any:
    if name in DAYS:
        return pyarrow.array([_day(value) for value in values], pyarrow.date32())
    if name in MOMENTS:
        return pyarrow.array([_moment(value) for value in values], pyarrow.timestamp("us", "UTC"))
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, bool) for value in given):
        return pyarrow.array(values, pyarrow.bool_())
    if given and all(isinstance(value, int) for value in given):
        return pyarrow.array(values, pyarrow.int64())
    if given and all(isinstance(value, int | float) for value in given):
        return pyarrow.array(values, pyarrow.float64())
    if given and all(isinstance(value, list) for value in given):
        texts = [
            None if value is None else [None if v is None else str(v) for v in value] for value in values
        ]
        return pyarrow.array(texts, pyarrow.list_(pyarrow.string()))
    return pyarrow.array([None if value is None else str(value) for value in values], pyarrow.string())


def _day(value: Any) -> date | None:
    return date.fromisoformat(value[:10]) if value else None


def _moment(value: Any) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def write_xlsx(rows: Iterable[Any], path: Path, title: str = "Beatbook") -> None:
    """A worksheet with typed cells, a frozen header, filters, and links to the evidence. Raises
    InputError."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    names, flats = _table(rows)
    if len(flats) > XLSX_ROWS:
        raise InputError(
            path, f"{len(flats)} rows are more than a worksheet holds ({XLSX_ROWS}); take CSV or Parquet"
        )
    book = Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "Beatbook")
    forms = {
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "number": book.add_format({"num_format": "#,##0.######"}),
    }
    sheet.write_row(0, 0, names, book.add_format({"bold": True, "bottom": 1}))
    for i, row in enumerate(flats, 1):
        for j, name in enumerate(names):
            _write_cell(sheet, i, j, name, row.get(name), forms)
    for j, name in enumerate(names):
        longest = max((len(str(row.get(name) or "")) for row in flats[:200]), default=0)
        sheet.set_column(j, j, min(max(len(name) + 3, longest + 1), 60))
    if names:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(flats), len(names) - 1)
    try:
        book.close()
    except (FileCreateError, OSError) as error:
        raise InputError(path, f"cannot be written: {error}") from error


def _write_cell(sheet: Any, i: int, j: int, name: str, value: Any, forms: Mapping[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(i, j, value)
    elif isinstance(value, int | float):
        sheet.write_number(i, j, value, forms["number"])
    elif name in DAYS and value:
        sheet.write_datetime(
            i, j, datetime.combine(date.fromisoformat(value[:10]), datetime.min.time()), forms["day"]
        )
    elif name in MOMENTS and value:
        moment = _moment(value)
        assert moment is not None
        sheet.write_datetime(i, j, moment.replace(tzinfo=None), forms["moment"])
    elif isinstance(value, list):
        sheet.write_string(i, j, "; ".join(map(str, value))[:XLSX_TEXT])
    elif name == "url" and i < XLSX_LINKS and re.match(r"https?://\S+$", value) and len(value) <= XLSX_LINK:
        sheet.write_url(i, j, value, string=value[:255])
    else:
        sheet.write_string(i, j, _CONTROL.sub("", str(value))[:XLSX_TEXT])


def write_atom(
    claims: Iterable[Sighting],
    file: IO[bytes],
    *,
    now: datetime,
    headline: Callable[[Sighting], str],
    title: str = "New claims",
) -> None:
    """An Atom feed (RFC 4287) of claims, one entry each, the newest first; ``now`` is when it was made, ``headline``
    words a claim in one line."""
    feed = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _element(feed, "id", "tag:beatbook.invalid,2026:claims")
    _element(feed, "title", title)
    _element(feed, "updated", _rfc3339(now.isoformat()))
    _element(ElementTree.SubElement(feed, "author"), "name", "Beatbook")
    _element(feed, "generator", "Beatbook")
    for claim in sorted(claims, key=lambda c: (c.first_seen, c.id), reverse=True):
        entry = ElementTree.SubElement(feed, "entry")
        _element(entry, "id", f"tag:beatbook.invalid,2026:claim/{claim.id}")
        _element(entry, "title", headline(claim))
        _element(entry, "updated", _rfc3339(claim.first_seen))
        _element(entry, "published", _rfc3339(claim.said))
        _element(ElementTree.SubElement(entry, "author"), "name", claim.speaker or "unknown")
        if re.match(r"https?://[^\s<>\"{}|\\^`]+$", claim.url):
            ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": claim.url})
        ElementTree.SubElement(entry, "category", {"term": claim.metric})
        content = (
            f"“{' '.join(claim.sentence.split())}” - {claim.title}, {claim.site or claim.url}, {claim.said}"
        )
        _element(entry, "content", content, {"type": "text"})
    ElementTree.ElementTree(feed).write(file, encoding="utf-8", xml_declaration=True)


def _element(
    parent: ElementTree.Element, name: str, text: str, attributes: Mapping[str, str] | None = None
) -> None:
    ElementTree.SubElement(parent, name, dict(attributes or {})).text = _CONTROL.sub("", text)


def _rfc3339(value: str) -> str:
    moment = _moment(value)
    assert moment is not None
    return moment.isoformat(timespec="seconds")
