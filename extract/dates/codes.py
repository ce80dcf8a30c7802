"""Dates in figures and codes: *2026-03-23*, *1Q26*, *FY2025-26*, *2024/25*, *the 1990s*, 2026年3月."""

from datetime import date

from extract.dates.reading import (
    CALENDAR,
    Found,
    Reading,
    april,
    day_time,
    fiscal_time,
    month_time,
    year_number,
    year_of,
    year_time,
)
from extract.dates.spans import Span, day_in, fixed, month_index, months
from extract.dates.tokens import whole_year


def part_of_year(r: Reading, i: int, unit: str, number: int, fiscal: bool, year: int | None = None) -> Found:
    """The year of a quarter or half, and whose year it is."""
    place = r.skip(i, "of", "in", "the")
    end = i
    if year is None and r.low(place) in ("fiscal", "financial", "fy"):
        place, fiscal = r.skip(place + 1, "year"), True
        if found := year_number(r, place):
            year, end = found
    elif (
        year is None
        and r.kind(place) == "code"
        and (whole := code_rule(r, place))
        and whole[0].unit == "year"
    ):
        year, end, fiscal = whole[0].key, whole[1], True
    elif year is None:
        year, end = year_of(r, i)
        if year is not None and r.low(end) in ("fiscal", "financial"):
            end, fiscal = r.skip(end + 1, "year"), True
    own = fiscal or (r.fiscal.quarters and r.low(end - 2) != "calendar")
    calendar_year = r.fiscal if own else CALENDAR
    return fiscal_time(calendar_year, unit, number, year), end


def year_pair(r: Reading, i: int) -> tuple[int, int]:
    groups = r.tokens.groups(i)
    first = int(groups["ya"])
    last = int(groups["yb"]) if len(groups["yb"]) == 4 else first // 100 * 100 + int(groups["yb"])
    return first, last if last > first else last + 100


def years_rule(r: Reading, i: int) -> Found:
    """*2025-2027*, *2024/25*; of a fiscal year, or where years are not those of the calendar, the twelve months."""
    first, last = year_pair(r, i)
    if last - first > 60:
        return None
    called = r.low(i + 1) in ("fiscal", "financial")
    short = len(r.tokens.groups(i)["yb"]) == 2 and r.fiscal.month != 1
    if last == first + 1 and (called or short):
        return fiscal_time(april(r.fiscal), "year", 1, last), r.skip(i + 2, "year") if called else i + 1
    return fixed("years", Span(date(first, 1, 1), date(last, 12, 31))), i + 1


def decade_rule(r: Reading, i: int) -> Found:
    digits = int("".join(c for c in r.low(i) if c.isdigit()))
    if digits < 100:
        latest = r.published.year + 10
        digits += latest // 100 * 100 if digits <= latest % 100 else latest // 100 * 100 - 100
    return fixed("decade", months(digits * 12, 120)), i + 1


def date_rule(r: Reading, i: int) -> Found:
    """A full date in figures: year first, or day and month in the order that the separator suggests."""
    groups = r.tokens.groups(i)
    if "iy" in groups:
        span = day_in(int(groups["iy"]), int(groups["im"]), int(groups["id"]))
    else:
        first, second = int(groups["a"]), int(groups["b"])
        year = whole_year(groups["dy"], r.published.year)
        american = groups["dsep"] == "/" and first <= 12
        span = day_in(year, first, second) if american else None
        span = span or day_in(year, second, first)
    return (fixed("day", span), i + 1) if span and 1500 <= span.first.year <= 2100 else None


def cjk_rule(r: Reading, i: int) -> Found:
    groups = r.tokens.groups(i)
    if "cm2" in groups:
        return day_time(int(groups["cm2"]), int(groups["cd2"])), i + 1
    year = int(groups["cy"])
    if "cd" in groups:
        span = day_in(year, int(groups["cm"]), int(groups["cd"]))
        return (fixed("day", span), i + 1) if span else None
    if "cm" in groups:
        return (month_time(int(groups["cm"]), year), i + 1) if 1 <= int(groups["cm"]) <= 12 else None
    return year_time(year), i + 1


def code_rule(r: Reading, i: int) -> Found:
    """*1Q26*, *Q2FY26*, *H1 2025*, *9M25*, *FY2025-26*."""
    groups = r.tokens.groups(i)

    def part(*names: str) -> str | None:
        return next((groups[name] for name in names if name in groups), None)

    near = r.published.year
    if "fy" in groups:
        year = whole_year(groups["fy1"], near)
        if "fy2" in groups:
            return fiscal_time(april(r.fiscal), "year", 1, year + 1), i + 1
        return fiscal_time(r.fiscal if groups["fy"].lower() == "fy" else CALENDAR, "year", 1, year), i + 1
    own = (part("qf1", "qf2", "hf1", "hf2", "mf") or "CY").lower() != "cy"
    written = part("qy1", "qy2", "y3", "hy1", "hy2", "my")
    known = whole_year(written, near) if written else None
    if "my" in groups and known is not None:
        whole = fiscal_time(r.fiscal if own else CALENDAR, "year", 1, known).settled()
        return (fixed("span", months(month_index(whole.first), 9)), i + 1) if whole else None
    quarter = part("q1", "q2", "q3")
    unit, number = ("quarter", int(quarter)) if quarter else ("half", int(part("h1", "h2", "h3", "h4") or 1))
    if "qs" in groups and known is not None:
        return fiscal_time(april(r.fiscal), unit, number, known + 1), i + 1
    return part_of_year(r, i + 1, unit, number, own, known)
