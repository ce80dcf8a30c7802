"""Compound date expressions: ends and parts of a period, ranges, windows up to a day, the week of a day.

``moment`` is what every other rule builds on: any single expression. ``leaning`` reads from the verbs around whether
a date without a year lies ahead.
"""

from collections.abc import Callable
from datetime import timedelta

from extract.spans import (
    DAYS_IN,
    MONTHS_IN,
    Span,
    Time,
    add_months,
    around,
    choose,
    cycle_of,
    days,
    fixed,
    is_month_end,
    iso_week,
    nearest_end,
    part_of,
    whole_year,
)
from extract.timepoints import (
    Found,
    Reading,
    calendar,
    day_number,
    day_time,
    month_name,
    month_time,
    year_number,
    year_of,
)
from extract.timerelative import count_of, relative

_ENDED = frozenset(["to", "ended", "ending", "through", "until", "till", "end", "ends"])
_BEGINS = frozenset(
    ["begins", "began", "begin", "beginning", "starts", "started", "starting", "commencing", "from"]
)
_RANGED = frozenset(["to", "through", "thru", "until", "till"])


def moment(r: Reading, i: int) -> Found:
    """Any single date expression from the place ``i`` on."""
    for rule in (_window_to, _edge, _part):
        if found := rule(r, i):
            return found
    if r.low(i) == "last" and "of" in (r.low(i + 2), r.low(i + 3)):
        return calendar(r, i) or relative(r, i)
    return (relative(r, i) if r.kind(i) in ("word", "number") else None) or calendar(r, i)


def mapped(time: Time, unit: str, change: Callable[[Span], Span]) -> Time:
    """The time whose span is made from that of another, whichever recurrence is meant."""

    def at(key: int) -> Span | None:
        span = time.at(key)
        return change(span) if span else None

    return Time(unit, at, time.key, time.cycle, time.echo)


def last_day(span: Span) -> Span:
    """The last day of a span."""
    return Span(span.last, span.last)


def first_day(span: Span) -> Span:
    """The first day of a span."""
    return Span(span.first, span.first)


def _edge(r: Reading, i: int) -> Found:
    """*the end of September*, *end-March*, *year-end 2025*, *the start of next month*: a single day."""
    edge = r.words.edges.get(r.low(i))
    change = last_day if edge == "end" else first_day
    if edge:
        place = i + 1
        if r.low(place) == "of" or (edge == "end" and r.low(place) == "to"):
            place += 1
        elif r.kind(place) == "-" or (edge == "end" and r.low(i) == "end"):
            place = r.skip(place, "-")
            if not (month_name(r, place) or year_number(r, place)):
                return None
        else:
            return None
        inner = _whole(r, place)
        if inner is None or inner[0].unit in ("day", "end", "window"):
            return None
        return mapped(inner[0], "end", change), inner[1]
    unit = r.words.units.get(r.low(i), "")
    if unit in ("year", "quarter", "month", "half", "week"):
        place = r.skip(i + 1, "'", "s", "-")
        if r.low(place) == "end" and (
            place > i + 1 or r.low(i - 1) in ("by", "at", "the", "until", "through", "since")
        ):
            year, end = year_of(r, place + 1) if unit == "year" else (None, place + 1)
            span = _spoken(r, unit, i) if year is None else whole_year(year)
            return fixed("end", last_day(span)), end if year else place + 1
    if (month := month_name(r, i)) and r.kind(month[1]) == "-" and r.low(month[1] + 1) == "end":
        found = calendar(r, i)
        return (mapped(found[0], "end", last_day), month[1] + 2) if found else None
    return None


def _whole(r: Reading, i: int) -> Found:
    """What an end is of: any period, or *the year*, *the month*, *the quarter* alone."""
    place = r.skip(i, "the", "current")
    full = r.skip(place, "fiscal", "financial", "calendar")
    unit = r.words.units.get(r.low(full), "")
    if place > i and unit in ("year", "quarter", "month", "week", "half", "decade"):
        found = relative(r, place)
        if found and found[1] > full + 1:
            return found
        if year_of(r, full + 1)[0] is None:
            fiscal = full > place
            return fixed(unit, _spoken(r, unit, i, fiscal)), full + 1
    return moment(r, place)


def _spoken(r: Reading, unit: str, i: int, fiscal: bool = False) -> Span:
    """*the quarter*, *the year* at an end: the last one that the text spoke of if it looks back, else the current."""
    if leaning(r, i, i + 1) <= 0:
        for kind, span in reversed(r.marks):
            if kind == unit and unit != "week":
                return span
    return around(unit, r.published, r.fiscal.month if fiscal else 1)


def _part(r: Reading, i: int) -> Found:
    """*early March*, *mid-2025*, *late in 2026*."""
    part = r.words.parts.get(r.low(i))
    if part is None:
        return None
    place = r.skip(i + 1, "-", "in", "of", "the")
    inner = moment(r, place)
    if inner is None or inner[0].unit in ("window", "years", "span"):
        return None
    time, after = inner
    return mapped(
        time, "part" if time.unit != "day" else "day", lambda span: part_of(span, time.unit, part)
    ), after


def _window_to(r: Reading, i: int) -> Found:
    """*three months to June*, *the fiscal year ended March 31*, *week of March 9*, *year to date*, *month of May*."""
    low = r.low(i)
    if low == "ytd":
        return fixed("window", Span(r.published.replace(month=1, day=1), r.published)), i + 1
    fiscal = r.skip(i, "fiscal", "financial", "full", "-", "half", "-")
    counted = (1, fiscal) if r.low(fiscal) in r.words.units else count_of(r, i)
    if counted is None or counted[0] is None:
        return None
    count, place = counted[0], r.skip(counted[1], "-")
    unit = "half" if "half" in (r.low(i), r.low(place)) else r.words.units.get(r.low(place), "")
    if unit not in MONTHS_IN and unit not in DAYS_IN:
        return None
    place = r.skip(place + 1, "-")
    if r.low(place) == "to" and r.low(r.skip(place + 1, "-")) == "date" and counted[1] == fiscal:
        first = around(unit, r.published).first
        return fixed("window", Span(first, r.published)), r.skip(place + 1, "-") + 1
    if unit in ("week", "month") and count == 1 and r.low(place) == "of":
        return _holding(r, place + 1, unit)
    if unit == "week" and count == 1 and r.kind(place) == "number" and counted[1] == fiscal:
        return _week_number(r, place)
    if r.low(place) == "just" and r.low(place + 1) == "ended":
        size = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit, 0) * count
        name = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(size)
        before = around(name, around(name, r.published).first - timedelta(days=1)) if name else None
        return (fixed(name, before), place + 2) if name and before else None
    place = r.skip(place, "period", "that", "which", "just")
    word = r.low(place)
    if word not in _ENDED and (word not in _BEGINS or unit not in ("year", "month", "week", "quarter")):
        return None
    until = r.skip(place + 1, "in", "on", "the")
    inner = _edge(r, until) or calendar(r, until) or relative(r, until)
    if inner is None or inner[0].unit not in ("day", "end", "month", "year", "week", "weekend"):
        return None
    if (inner[0].unit == "year" and unit not in ("year", "decade")) or (
        word == "to" and counted[1] != fiscal and count == 1
    ):
        return None
    if word in ("ended", "began", "started", "begins", "begin"):
        target = choose(inner[0], r.published, 1 if word.startswith("begin") else -1)
    else:
        target = nearest_end(inner[0], r.published)
    if target is None:
        return None
    span = _back(target, unit, count) if word in _ENDED else _forth(target, unit, count)
    size = MONTHS_IN.get(unit, 0) * count
    name = {3: "quarter", 6: "half", 12: "year"}.get(
        size, "week" if (span.last - span.first).days == 6 else "span"
    )
    return fixed(name, span), inner[1]


def _back(end: Span, unit: str, count: int) -> Span:
    """``count`` units up to and with the end of ``end``."""
    if unit in DAYS_IN:
        return Span(end.last - timedelta(days=DAYS_IN[unit] * count - 1), end.last)
    moved = add_months(end.last, -MONTHS_IN[unit] * count, to_end=is_month_end(end.last))
    return Span(moved + timedelta(days=1), end.last)


def _forth(begin: Span, unit: str, count: int) -> Span:
    """``count`` units from the first day of ``begin`` on."""
    if unit in DAYS_IN:
        return days(begin.first, DAYS_IN[unit] * count)
    return Span(begin.first, add_months(begin.first, MONTHS_IN[unit] * count) - timedelta(days=1))


def _holding(r: Reading, i: int, unit: str) -> Found:
    """*week of March 9*, *week of 22–28 June*, *month of May*."""
    place = r.skip(i, "the")
    if ranged := range_of(r, place):
        return fixed("week" if unit == "week" else "span", ranged[1]), ranged[2]
    inner = calendar(r, place)
    if inner is None or inner[0].unit != ("day" if unit == "week" else "month"):
        return None
    if unit == "month":
        return inner
    return mapped(inner[0], unit, lambda span: around(unit, span.first)), inner[1]


def _week_number(r: Reading, i: int) -> Found:
    """*week 12*, *week 12 of 2026*: by ISO 8601."""
    number = r.tokens.number(i)
    if number is None or not 1 <= number <= 53:
        return None
    year, end = year_of(r, i + 1)

    return Time("week", lambda y: iso_week(y, number), year), end if year else i + 1


def range_of(r: Reading, i: int, from_to: bool = False) -> tuple[str, Span, int] | None:
    """A range of two dates: *March 23-29*, *October-December 2025*, *between May 1 and June 3*, *2019 to 2024*."""
    between = r.low(i) == "between"
    place = i + 1 if between else i
    if between and r.low(place) == "the":
        place += 1
    if found := _days_then_month(r, place, between):
        return _joined(r, *found, i)
    start = moment(r, place) if r.kind(place) != "word" or r.low(place) not in ("a", "an", "one") else None
    if start is None:
        return None
    first, after = start
    dash = r.kind(after) in ("-", "/")
    word = r.low(after)
    if not (dash or word in _RANGED or (between and word == "and")):
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
    if not alike or (first.unit in ("window", "years", "decade") and not between):
        return None
    if word == "to" and not dash and not from_to and first.unit in ("day", "week") and first.cycle != "year":
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


def _days_then_month(r: Reading, i: int, between: bool) -> tuple[Time, Time, int] | None:
    """*22–28 June 2026*, *9 to 15 February*."""
    first = day_number(r, i)
    if first is None or not (
        r.kind(first[1]) == "-" or r.low(first[1]) == "to" or (between and r.low(first[1]) == "and")
    ):
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


def leaning(r: Reading, i: int, after: int) -> int:
    """1 where the verbs nearest to an expression look ahead, -1 where they look back, 0 where none tells."""
    for place in range(i - 1, max(i - 15, -1), -1):
        if r.kind(place) == "stop":
            break
        if verdict := _tense(r, place):
            return verdict
    for place in range(after, after + 12):
        if r.kind(place) == "stop":
            break
        if verdict := _tense(r, place):
            return verdict
    return 0


def _tense(r: Reading, place: int) -> int:
    low = r.low(place)
    if low == "d" and r.kind(place - 1) == "'":
        low = "'d"
    if low in r.words.future:
        return 1
    if low in r.words.past:
        return -1
    if len(low) > 4 and low.endswith("ed") and not low.endswith("eed"):
        return 1 if r.low(place - 1) in ("be", "will", "get") else -1
    return 0
