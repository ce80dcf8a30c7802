"""Ends and parts of a period, windows up to a day, the week of a day; ``moment``, any single expression."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import lru_cache

from extract.dates import codes, echoes, steps, written
from extract.dates.holidays import holiday_rule
from extract.dates.leaning import leaning
from extract.dates.reading import Found, Reading, Rule, count_of, month_name, spoken_of, year_number, year_of
from extract.dates.spans import (
    DAYS_IN,
    MONTHS_IN,
    Span,
    Time,
    add_months,
    around,
    choose,
    days,
    fixed,
    is_month_end,
    iso_week,
    nearest_end,
    part_of,
    whole_year,
)
from extract.dates.words import TimeWords

_ENDED = frozenset(["to", "ended", "ending", "through", "until", "till"])


_BEGINS = frozenset(
    ["begins", "began", "begin", "beginning", "starts", "started", "starting", "commencing", "from"]
)


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
        found = moment(r, place)
        if found and found[1] > full + 1:
            return found
        if year_of(r, full + 1)[0] is None:
            fiscal = full > place
            return fixed(unit, _spoken(r, unit, i, fiscal)), full + 1
    return moment(r, place)


def _spoken(r: Reading, unit: str, i: int, fiscal: bool = False) -> Span:
    """*the quarter*, *the year* at an end: the last one that the text spoke of if it looks back, else the
    current.
    """
    looks_back = unit in ("quarter", "half") and leaning(r, i, i + 1) <= 0
    if looks_back and (anchor := spoken_of(r, i, (unit,))):
        return anchor.span
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
    """*three months to June*, *the fiscal year ended March 31*, *week of March 9*, *year to date*, *month of
    May*.
    """
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
    inner = moment(r, until)
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
    if word in _ENDED and span.first > r.published and leaning(r, i, inner[1]) <= 0:
        target = choose(inner[0], r.published, -2) or target
        span = _back(target, unit, count)
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
    """*week of March 9*, *month of May*."""
    place = r.skip(i, "the")
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


def calendar(r: Reading, i: int) -> Found:
    """A date that the calendar names, in words or figures."""
    return _first(r, i, _calendar_rules(r.words))


def moment(r: Reading, i: int) -> Found:
    """Any single date expression from the place ``i`` on; an article before it is not looked at."""
    return _first(r, i, _all_rules(r.words))


def _first(r: Reading, i: int, rules: dict[str, list[Rule]]) -> Found:
    kind = r.kind(i)
    for rule in rules.get(r.low(i) if kind == "word" else f"<{kind}>", ()):
        if found := rule(r, i):
            return found
    return None


def _last_of(r: Reading, i: int) -> Found:
    """*the last quarter of 2025*, *the last three months of the year* are of the calendar, unlike *last
    quarter*.
    """
    return written.ordinal_rule(r, i) if "of" in (r.low(i + 2), r.low(i + 3)) else None


@lru_cache(maxsize=4)
def _calendar_rules(words: TimeWords) -> dict[str, list[Rule]]:
    return _by_word(
        [
            (holiday_rule, (name[0] for name in words.holidays)),
            (written.month_rule, words.months),
            (written.weekday_rule, words.weekdays),
            (written.ordinal_rule, (*words.ordinals, "latter")),
            (written.fiscal_rule, words.sets["fiscal"]),
            (written.season_rule, words.seasons),
            (written.number_rule, ("<number>", "<ordinal>")),
            (codes.date_rule, ("<date>",)),
            (codes.cjk_rule, ("<cjk>",)),
            (codes.code_rule, ("<code>",)),
            (codes.years_rule, ("<years>",)),
            (codes.decade_rule, ("<decade>",)),
        ]
    )


@lru_cache(maxsize=4)
def _all_rules(words: TimeWords) -> dict[str, list[Rule]]:
    counts = (*words.numbers, "few", "several", "couple", "<number>")
    rules = _by_word(
        [
            (_window_to, (*words.units, *counts, *words.sets["fiscal"], "full", "half", "ytd")),
            (_edge, (*words.edges, *words.units, *words.months)),
            (_part, words.parts),
            (_last_of, ("last",)),
            (steps.day_word, words.days),
            (steps.stepped, words.steps),
            (echoes.counted, (*counts, *words.units)),
            (echoes.neighbour, (*words.neighbours, *words.units)),
            (echoes.same, words.sets["same"]),
            (echoes.the_months, counts),
            (echoes.unit_alone, (*words.units, *words.sets["fiscal"], "full", "whole", "entire")),
        ]
    )
    for word, later in _calendar_rules(words).items():
        rules[word] = rules.get(word, []) + later
    return rules


def _by_word(table: list[tuple[Rule, Iterable[str]]]) -> dict[str, list[Rule]]:
    """For each word or kind of token the rules that it can open, in the order of the table."""
    rules: dict[str, list[Rule]] = {}
    for rule, words in table:
        for word in dict.fromkeys(words):
            rules.setdefault(word, []).append(rule)
    return rules
