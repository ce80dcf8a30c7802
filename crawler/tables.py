"""Tables of data: rows of cells as a reader sees them, told apart from tables that only lay out. Pure."""

import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.article import Row, Table
from crawler.markup import text_of

_MAX_TABLES = 200
_MAX_SPAN = 50
_MAX_CELLS = 50_000
_PROSE = 250  # characters: a cell of such text is a column of a layout
_MARK = re.compile("\ue010(\\d+)\ue011")


def line(row: Row) -> str:
    """A row as one line of text."""
    return " | ".join(row)


def is_data(table: Table) -> bool:
    """At least two rows of two filled cells, most of them short."""
    filled = [row for row in table if sum(bool(cell) for cell in row) >= 2]
    cells = [cell for row in table for cell in row if cell]
    return len(filled) >= 2 and sum(len(cell) > _PROSE for cell in cells) * 10 <= len(cells)


def rows(element: HtmlElement) -> Table:
    """The cells of a table element, one text each; a cell that spans several places is repeated in each.

    Rows without text and cells that are empty in every row are left out.
    """
    grid: list[list[str]] = []
    pending: dict[int, tuple[int, str]] = {}
    total = 0
    for tr in element.iter("tr"):
        row: list[str] = []
        for cell in tr.iterchildren("td", "th"):
            while len(row) in pending:
                _carry(row, pending)
            text = text_of(cell)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(across):
                if down > 1:
                    pending[len(row)] = (down - 1, text)
                row.append(text)
        while len(row) in pending:
            _carry(row, pending)
        total += len(row)
        if total > _MAX_CELLS:
            break
        if any(row):
            grid.append(row)
    width = max(map(len, grid), default=0)
    keep = [at for at in range(width) if any(at < len(row) and row[at] for row in grid)]
    return tuple(tuple(row[at] if at < len(row) else "" for at in keep) for row in grid)


def mark(tree: HtmlElement) -> list[Table]:
    """Find the data tables of a tree and put into each a sign that survives whatever extracts the text.

    The tree is changed. ``marked`` reads the sign back from a text.
    """
    found: list[Table] = []
    for element in tree.iter("table"):
        if len(found) == _MAX_TABLES:
            break
        if element.find(".//table") is not None:
            continue
        table = rows(element)
        if not is_data(table):
            continue
        cell = next((one for one in element.iter("td", "th") if text_of(one)), None)
        if cell is not None:
            holder = next(node for node in cell.iter() if isinstance(node.tag, str))
            holder.text = f"\ue010{len(found)}\ue011{holder.text or ''}"
            found.append(table)
    return found


def marked(text: str) -> int | None:
    """Which table the text belongs to, if it bears a sign."""
    match = _MARK.search(text)
    return int(match[1]) if match else None


def unmarked(text: str) -> str:
    """The text without signs."""
    return _MARK.sub("", text)


def _carry(row: list[str], pending: dict[int, tuple[int, str]]) -> None:
    left, text = pending.pop(len(row))
    if left > 1:
        pending[len(row)] = (left - 1, text)
    row.append(text)


def _span(cell: HtmlElement, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 6 else 1
