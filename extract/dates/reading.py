"""What every rule of the grammar works on: one text being read, and the small pieces of dates.

A rule takes a reading and a place among its tokens; it answers the time that begins there and the place after
it, or null.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from extract.dates.spans import Span, Time, day_in, fixed, months
from extract.dates.tokens import Tokens, whole_year
from extract.dates.words import Fiscal, TimeWords


class Mark(NamedTuple):
    """A period that the text spoke of, the unit in which it did, and where."""

    unit: str
    span: Span
    place: int


CALENDAR = Fiscal((), 1, "end", False)


@dataclass(slots=True)
class Reading:
    """One text while it is read: its tokens, the day it was published, and the periods marked so far."""

    tokens: Tokens
    words: TimeWords
    published: date
    fiscal: Fiscal = CALENDAR
    marks: list[Mark] = field(default_factory=list)

    def low(self, place: int) -> str:
        """The token in lower case; empty outside the text."""
        return self.tokens.low[place] if place >= 0 else ""

    def kind(self, place: int) -> str:
        """The kind of the token; ``stop`` outside the text."""
        return self.tokens.kind[place] if place >= 0 else "stop"

    def skip(self, place: int, *lows: str) -> int:
        """The place after those of the words ``lows`` that stand here, in that order, each once at most."""
        for low in lows:
            if self.tokens.low[place] == low or (low == "-" and self.tokens.kind[place] == "-"):
                place += 1
        return place


Found = tuple[Time, int] | None
Rule = Callable[[Reading, int], Found]


def month_name(r: Reading, i: int) -> tuple[int, int] | None:
    """The number of the month named here and the place after its name."""
    month = r.words.months.get(r.low(i))
    if month is None or (r.low(i) in r.words.sets["doubtful"] and not r.tokens.capital(i)):
        return None
    dotted = (
        r.kind(i + 1) == "."
        and r.low(i) not in ("may", "june", "july", "march", "april")
        and len(r.low(i)) < 5
    )
    return month, i + 2 if dotted else i + 1


def in_company(r: Reading, i: int, after: int) -> bool:
    """Whether the neighbours of a doubtful word such as *May* or *Sun* show that it is a date."""
    before = r.low(i - 1)
    if r.kind(i - 1) in (".", "stop") and r.low(i - 2) in ("mr", "mrs", "ms", "dr"):
        return False
    if r.low(i) in r.words.sets["first_names"] and r.kind(after) == "word" and r.tokens.capital(after):
        # said April Jones, but: in April Apple rose; April Sales Rise
        return before in r.words.sets["company"] or r.kind(i - 1) == "stop" or r.tokens.capital(i - 1)
    if r.low(i) not in r.words.sets["doubtful"]:
        return True
    if r.low(i) in ("may", "march") and (r.kind(after) == "'" or not _is_name(r, i, after)):
        return True
    if before in r.words.sets["company"] or r.kind(i - 1) in ("(", "-", "/"):
        return True
    return r.kind(after) in (")", "-", "/") or (
        r.low(after) in ("and", "quarter") and r.low(after + 1) != "the"
    )


def _is_name(r: Reading, i: int, after: int) -> bool:
    """*Theresa May*, *May I*, and what a capitalised headline makes of the verbs *may* and *march*."""
    if r.kind(i - 1) == "stop" or i == 0:
        return r.low(i) == "may" and r.low(after) in r.words.sets["pronouns"]
    return (r.kind(i - 1) == "word" and r.tokens.capital(i - 1)) or r.kind(i - 1) == "'"


def year_number(r: Reading, i: int) -> tuple[int, int] | None:
    """A year in figures here, four digits or two after an apostrophe."""
    if r.kind(i) == "number" and len(r.low(i)) == 4 and 1500 <= int(r.low(i)) <= 2100:
        return int(r.low(i)), i + 1
    short = r.kind(i) == "'" and r.kind(i + 1) == "number" and len(r.low(i + 1)) == 2
    if short and r.tokens.end(i) == r.tokens.start(i + 1):
        return whole_year(r.low(i + 1), r.published.year), i + 2
    return None


def year_of(r: Reading, i: int) -> tuple[int | None, int]:
    """The year that follows a month, quarter or day (*of 2025*, *, 2026*, *last year*, *of that year*)."""
    place = i + 1 if r.kind(i) == "," else r.skip(i, "in", "of", "the")
    if r.low(place) in ("calendar", "year") and year_number(r, place + 1):
        place += 1
    if found := year_number(r, place):
        # In "in March, 2000 people" the number counts.
        counted = (
            r.kind(i) == "," and r.kind(found[1]) == "word" and r.low(found[1]) in ("people", "units", "jobs")
        )
        return (None, i) if counted else found
    word = r.low(place)
    if (r.low(place + 1) == "year" and r.kind(i) != ",") or (r.low(place + 1) == "fiscal" and word == "last"):
        if word in ("last", "this", "next"):
            return r.published.year + r.words.steps[word], place + 2
        if word in ("that", "same") and r.marks:
            return r.marks[-1].span.first.year, place + 2
        if word == "previous":
            near = r.marks[-1].span.first.year if r.marks else r.published.year
            return near - 1, place + 2
    named = r.skip(place, "calendar")
    if r.low(named) == "year" and r.low(place - 1) == "the" and r.low(place - 2) == "of":
        return r.published.year, named + 1
    return None, i


def day_number(r: Reading, i: int) -> tuple[int, int] | None:
    """A day of a month in figures here: *23*, *23rd*."""
    value = r.tokens.number(i) if i < len(r.tokens) else None
    if value is None or not 1 <= value <= 31 or r.low(i + 1) in r.words.sets["magnitudes"]:
        return None
    return value, i + 1


def count_of(r: Reading, i: int) -> tuple[int | None, int] | None:
    """A small number in words or digits, and the place after; the number is null for *a few*."""
    low = r.low(i)
    if low in ("a", "the") and r.low(i + 1) in _FEW:
        i, low = i + 1, r.low(i + 1)
    if low in _FEW:
        return _FEW[low], r.skip(i + 1, "of")
    if low in r.words.numbers:
        tens, ones = r.words.numbers[low], r.words.numbers.get(r.low(i + 2), 0)
        if tens in (20, 30, 40, 50, 60, 90) and r.kind(i + 1) == "-" and ones < 10:
            return tens + ones, i + 3
        return tens, i + 1
    if r.kind(i) == "number" and 0 < int(r.low(i)) < 1000:
        return int(r.low(i)), i + 1
    return None


_FEW = {"few": None, "several": None, "couple": 2}


_PERIODS = frozenset(("quarter", "half", "month", "span", "year", "week", "season", "end"))


def spoken_of(r: Reading, i: int, units: Collection[str] = _PERIODS) -> Mark | None:
    """The period that an expression at ``i`` leans on, of one of ``units``.

    That is the last one of the same sentence, or of all where the expression opens a sentence (*A month
    earlier …*); else the latest in time that is over, since what a report mentions beside its subject lies
    further back.
    """
    # The last forty are memory enough, and keep the cost linear in the length of the text.
    marks = [mark for mark in r.marks[-40:] if mark.unit in units]
    if not marks:
        return None
    first = i - 1 if r.low(i - 1) == "the" else i
    last = marks[-1]
    near = i - last.place < 200 and "stop" not in r.tokens.kind[last.place : i]
    if near or r.kind(first - 1) == "stop":
        return last
    over = [mark for mark in marks if mark.span.last <= r.published]
    begun = over or [mark for mark in marks if mark.span.first <= r.published]
    return max(reversed(begun or marks), key=lambda mark: mark.span.last)


def day_time(month: int, day: int, year: int | None = None) -> Time:
    """A day of the year."""
    return Time("day", lambda y: day_in(y, month, day), year)


def month_time(month: int, year: int | None = None) -> Time:
    """A month of the year."""
    return Time("month", lambda y: months(y * 12 + month - 1), year)


def months_time(unit: str, first: int, count: int, year: int | None = None) -> Time:
    """``count`` months of a year from the month ``first`` on; the year is that of the first month."""
    return Time(unit, lambda y: months(y * 12 + first - 1, count), year)


def year_time(year: int) -> Time:
    """A calendar year."""
    return fixed("year", months(year * 12, 12))


def fiscal_time(fiscal: Fiscal, unit: str, number: int, year: int | None) -> Time:
    """The ``number``-th quarter or half of a company's year, or (number 1, unit ``year``) the whole of it."""
    size = {"quarter": 3, "half": 6, "year": 12}[unit]
    back = 12 if fiscal.month > 1 and fiscal.named_by == "end" else 0
    offset = fiscal.month - 1 - back + size * (number - 1)
    return Time(unit, lambda y: months(y * 12 + offset, size), year)


def april(fiscal: Fiscal) -> Fiscal:
    """A company's year written over two calendar years begins in April unless the text says otherwise."""
    return Fiscal((), fiscal.month if fiscal.month > 1 else 4, "end", False)
