"""Ranges of two dates: *March 23-29*, *October-December 2025*, *between May 1 and June 3*, *2019 to 2024*."""

from datetime import timedelta

from extract.dates.compounds import mapped, moment
from extract.dates.leaning import leaning
from extract.dates.reading import Found, Reading, day_number, day_time, month_name, month_time, year_of
from extract.dates.spans import Span, Time, around, choose, cycle_of, is_month_end

_RANGED = frozenset(["to", "through", "thru", "until", "till"])


Ranged = tuple[str, Span, int] | None


def range_of(r: Reading, i: int) -> Ranged:
    """A range that does not begin with a date: *between May 1 and June 3*, *22–28 June*, *the week of June
    1-7*.
    """
    low = r.low(i)
    if low == "week" and r.low(i + 1) == "of":
        place = r.skip(i + 2, "the")
        return range_of(r, place) or range_from(r, place, moment(r, place))
    if low == "between":
        place = r.skip(i + 1, "the")
        found = _days_then_month(r, place)
        return _joined(r, *found, i) if found else range_from(r, place, moment(r, place), "and")
    if r.kind(i) in ("number", "ordinal") and (found := _days_then_month(r, i)):
        return _joined(r, *found, i)
    return None


def range_from(r: Reading, i: int, start: Found, link: str = "") -> Ranged:
    """The range that begins with the date ``start``: *March 23-29*, *October to December 2025*, *2019 to
    2024*.

    ``link`` is the word that must join the two (*between … and*), or ``to`` after *from*.
    """
    if start is None:
        return None
    first, after = start
    dash = r.kind(after) in ("-", "/")
    word = r.low(after)
    if not (word == "and" if link == "and" else dash or word in _RANGED):
        return None
    after = r.skip(after + 1, "-", "and", "including", "the")
    if dash and r.low(after) in _RANGED:
        after = r.skip(after + 1, "-")
    if (
        first.unit == "day"
        and first.cycle == "year"
        and (day := day_number(r, after))
        and not month_name(r, day[1])
    ):
        year, end = year_of(r, day[1])
        key = first.key if first.key is not None else year
        number = day[0]
        second = mapped(first, "day", lambda span: _same_month(span, number))
        return _joined(r, Time("day", first.at, key), Time("day", second.at, key), end if year else day[1], i)
    finish = _plain_month(r, after) if first.unit == "month" else None
    finish = finish or moment(r, after)
    if finish is None:
        return None
    second, end = finish
    alike = first.unit == second.unit or {first.unit, second.unit} <= {"day", "end", "month", "part"}
    if not alike or (first.unit in ("window", "years", "decade") and link != "and"):
        return None
    if word == "to" and not dash and not link and first.unit in ("day", "week") and first.cycle != "year":
        return None
    return _joined(r, first, second, end, i)


def _plain_month(r: Reading, i: int) -> Found:
    """The second month of *April–June quarter*, which is no June quarter."""
    month = month_name(r, i)
    if month is None or r.low(r.skip(month[1], "-")) not in ("quarter", "period", "half"):
        return None
    noun = r.skip(month[1], "-") + 1
    year, end = year_of(r, noun)
    return month_time(month[0], year), end if year else noun


def _days_then_month(r: Reading, i: int) -> tuple[Time, Time, int] | None:
    """*22–28 June 2026*, *9 to 15 February*."""
    first = day_number(r, i)
    if first is None or not (r.kind(first[1]) == "-" or r.low(first[1]) in ("to", "and")):
        return None
    second = day_number(r, first[1] + 1)
    month = month_name(r, r.skip(second[1], "of")) if second else None
    if second is None or month is None or first[0] >= second[0]:
        return None
    year, end = year_of(r, month[1])
    return day_time(month[0], first[0], year), day_time(month[0], second[0], year), end if year else month[1]


def _same_month(span: Span, number: int) -> Span:
    month = around("month", span.first)
    day = month.first + timedelta(days=number - 1)
    return Span(day, day)


def _joined(r: Reading, first: Time, second: Time, end: int, i: int) -> tuple[str, Span, int] | None:
    """The range between two times; a year that only one of them has holds for the other."""
    if first.key is None and second.key is not None and first.cycle == second.cycle:
        finish = second.at(second.key)
        start = first.at(second.key)
        if start and finish and start.first > finish.first:
            start = first.at(second.key - 1)
    else:
        start = choose(first, r.published, leaning(r, i, end))
        finish = second.settled()
        if start and second.key is None:
            now = cycle_of(second.cycle, start.first)
            spans = (second.at(key) for key in (now, now + 1))
            finish = next((span for span in spans if span and span.last >= start.first), None)
    if start is None or finish is None or start.first > finish.last:
        return None
    span = Span(start.first, finish.last)
    unit = _unit_of(span)
    noun = r.skip(end, "-")
    if r.low(noun) in ("quarter", "period", "half", "season", "stretch"):
        end = noun + 1
    return unit, span, end


def _unit_of(span: Span) -> str:
    length = (span.last - span.first).days + 1
    if length == 7:
        return "week"
    if span.first.day == 1 and is_month_end(span.last):
        size = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
        return {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(size, "span")
    return "span"
