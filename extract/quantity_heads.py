"""Units that are said once for many figures: heads of columns and rows, captions, *in millions of dollars*."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.quantity_ellipses import scaled
from extract.quantity_lists import Written
from extract.quantity_prices import look_for_price
from extract.records import Quantity
from extract.units import Units, normal

# Columns and rows whose figures are none of those that a caption speaks of.
_OTHER = re.compile(
    r"(?<![a-z])(?:share|change|growth|y/y|q/q|yoy|qoq|mom|wow|rank|place|margin|ratio|employees|headcount|staff"
    r"|customers|users|stores|eps|per share|no\.?|pos\.?|vs)(?![a-z])|#|%|\+/-"
)
_LABELLED = re.compile(r"[ •*-]*[^\W\d_][^.:|\n]{1,60}: ?[-(+]?\d")
_SENTENCE_END = re.compile(r"[.!?](?= |$|\n)")
# "brought in millions of dollars" heads nothing
_TOOK_IN = re.compile(
    r"(?:brought|brings?|bringing|took|takes?|taking|raked?|raking|pull(?:ed|ing)|put|poured)"
    r" in $"
)
_CAPTION = 110
_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a head stands, what a bare figure under it is times and in."""

    start: int
    end: int
    scale: float
    unit: str | None


def apply_heads(
    found: list[Quantity], written: dict[int, Written], low: str, folded: str, units: Units
) -> list[Quantity]:
    """The quantities, the bare ones under a head with its magnitude and unit.

    A head holds for its column, its row, the table that it is the first cell or the caption of, the labelled
    lines that it stands over (*Revenue: 3,662*), and the figures after it in its sentence.
    """
    heads = list(_heads_of(low, folded, units))
    if not heads:
        return found
    return _Page(found, written, low, heads).read()


def _heads_of(low: str, folded: str, units: Units) -> Iterator[_Head]:
    for match in units.head.finditer(low):
        money = match["before"] or match["after"]
        word = match["mag"] or match["of"] or match["bare"]
        if match["before"] is None and _TOOK_IN.search(low, max(0, match.start() - 14), match.start()):
            continue
        if money is None and match["price"] is None:
            yield _Head(match.start(), match.end(), units.heads[word], None)
        elif match["price"] is None:
            yield _Head(match.start(), match.end(), units.heads[word], units.head_money[normal(money)])
        else:
            price = look_for_price(low, folded, match.end(), units)
            if price and price.below:
                code = units.head_money[normal(match["price"])]
                yield _Head(match.start(), price.end, price.factor, f"{code}/{price.below}")


class _Page:
    """A text by its lines, with the bare figures that a head may reach."""

    def __init__(
        self, found: list[Quantity], written: dict[int, Written], low: str, heads: list[_Head]
    ) -> None:
        self.found, self.low, self.heads = found[:], low, heads
        self.starts = [q.start for q in found]
        self.head_starts = [head.start for head in heads]
        self.bare = {
            i
            for i, q in enumerate(found)
            if q.unit is None and q.start in written and written[q.start].scale == 1 and abs(q.value) < 1e6
        }
        self.lines: list[tuple[int, int]] = []
        begin = 0
        for line in low.split("\n"):
            if line.strip():
                self.lines.append((begin, begin + len(line)))
            begin += len(line) + 1

    def read(self) -> list[Quantity]:
        at = 0
        while at < len(self.lines):
            stop = at
            while stop < len(self.lines) and "|" in self.low[slice(*self.lines[stop])]:
                stop += 1
            if stop > at:
                self._table(at, stop)
            else:
                self._line(at)
                stop = at + 1
            at = stop
        return self.found

    def _head(self, start: int, end: int) -> _Head | None:
        """The first head in a stretch of the text."""
        i = bisect_left(self.head_starts, start)
        return self.heads[i] if i < len(self.heads) and self.heads[i].end <= end else None

    def _take(self, head: _Head, start: int, end: int) -> None:
        """The bare figures of a stretch are those of ``head``; each is taken once."""
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            if i in self.bare and not head.start <= self.starts[i] < head.end:
                self.bare.remove(i)
                self.found[i] = scaled(self.found[i], head.scale, head.unit)

    def _cells(self, line: int) -> list[tuple[int, int]]:
        start, end = self.lines[line]
        bars = [start - 1, *(m.start() for m in re.finditer(r"\|", self.low[start:end])), end]
        bars[1:-1] = [start + bar for bar in bars[1:-1]]
        return [(a + 1, b) for a, b in pairwise(bars) if a + 1 < b]

    def _caption(self, first: int, stop: int) -> _Head | None:
        """The head of the two lines over a table, else of the two under it."""
        for line in (first - 1, first - 2, stop, stop + 1):
            if 0 <= line < len(self.lines) and "|" not in self.low[slice(*self.lines[line])]:
                start, end = self.lines[line]
                head = self._head(start, end)
                if head and not self._figures_after(head):
                    return head
        return None

    def _figures_after(self, head: _Head) -> bool:
        """Whether the sentence of a head has bare figures of its own after it."""
        end = self._reach(head)
        i = bisect_left(self.starts, head.end)
        return i < len(self.starts) and self.starts[i] < end and i in self.bare

    def _reach(self, head: _Head) -> int:
        """Where the sentence of a head ends, or the line, or what may still be read together with it."""
        far = head.end + _SENTENCE
        line = self.low.find("\n", head.end, far)
        limit = line if line >= 0 else min(far, len(self.low))
        stop = _SENTENCE_END.search(self.low, head.end, limit)
        return stop.start() if stop else limit

    def _table(self, first: int, stop: int) -> None:
        top = self._cells(first)
        names = [self.low[slice(*cell)] for cell in top]
        columns = [self._head(*cell) for cell in top]
        whole = (columns[0] if columns else None) or self._caption(first, stop)
        for line in range(first, stop):
            cells = self._cells(line)
            if not cells:
                continue
            row = self._head(*cells[0]) if line > first else None
            label = self.low[slice(*cells[0])]
            aligned = len(cells) == len(top)
            for j, cell in enumerate(cells):
                if j == 0:
                    continue
                head = row or (columns[j] if aligned and line > first else None)
                if head is None and whole and not _OTHER.search(label):
                    head = None if aligned and _OTHER.search(names[j]) else whole
                if head:
                    self._take(head, *cell)

    def _line(self, line: int) -> None:
        start, end = self.lines[line]
        head = self._head(start, end)
        if head is None:
            return
        if self._figures_after(head):
            if head.unit:
                self._take(head, head.end, self._reach(head))
            return
        following = line + 1
        while end - start < _CAPTION and following < len(self.lines):
            begin, close = self.lines[following]
            if not _LABELLED.match(self.low, begin) or close - begin > _CAPTION:
                break
            if not _OTHER.search(self.low, begin, self.low.index(":", begin)):
                self._take(head, begin, close)
            following += 1
