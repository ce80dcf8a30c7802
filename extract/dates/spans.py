"""Arithmetic on inclusive spans of days: weeks, months, quarters, halves, years, and moving among them. Pure.

A span is a pair of dates, both inside it. Functions never read a clock.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


class Span(NamedTuple):
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Time:
    """A date expression before it is known which of its recurrences is meant.

    ``at(key)`` is the span in one cycle, or null where there is none (29 February). ``cycle`` is what recurs:
    ``year`` (the key is the year), ``month`` (the months since year 0) or ``week`` (weeks since Monday, 1
    January of year 1). ``key`` is set where the text itself says which. ``echo`` is set where the time is
    another one a year back, mentioned for comparison: the text goes on to speak of the other.
    """

    unit: str
    at: Callable[[int], Span | None]
    key: int | None = None
    cycle: str = "year"
    echo: bool = False

    def settled(self) -> Span | None:
        """The span where the text says which, else null."""
        return None if self.key is None else self.at(self.key)


def fixed(unit: str, span: Span) -> Time:
    """A time that means one span only."""
    return Time(unit, lambda _key: span, span.first.year)


def month_index(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def months(index: int, count: int = 1) -> Span:
    """``count`` whole months, the first of them given by its index since year 0; OverflowError beyond the
    calendar.
    """
    end = index + count - 1
    if index < 12 or end >= 9999 * 12:
        raise OverflowError("no such year")
    year, month = divmod(end, 12)
    return Span(
        date(index // 12, index % 12 + 1, 1),
        date(year, month + 1, monthrange(year, month + 1)[1]),
    )


def day_in(year: int, month: int, day: int) -> Span | None:
    """One day, or null where the month has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= year <= 9998):
        return None
    if day > monthrange(year, month)[1]:
        return None
    return Span(date(year, month, day), date(year, month, day))


def days(first: date, count: int) -> Span:
    """``count`` days from ``first`` on."""
    return Span(first, first + timedelta(days=count - 1))


def around(unit: str, day: date, start: int = 1) -> Span:
    """The calendar unit that holds ``day``; years, halves and quarters of a year that begins in month
    ``start``.
    """
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday())
        return days(monday, 7) if unit == "week" else days(monday + timedelta(days=5), 2)
    if unit in MONTHS_IN:
        size = MONTHS_IN[unit]
        shift = (start - 1) % 12 if unit in ("year", "half", "quarter") else 0
        if unit == "century":
            shift = 12
        index = month_index(day) - shift
        return months(index - index % size + shift, size)
    return days(day, DAYS_IN.get(unit, 1))


def step(unit: str, span: Span, count: int) -> Span:
    """The span moved by ``count`` units; whole months stay whole, a month's last day stays its last."""
    if unit in MONTHS_IN:
        move = MONTHS_IN[unit] * count
        return Span(add_months(span.first, move), add_months(span.last, move, to_end=is_month_end(span.last)))
    delta = timedelta(days=DAYS_IN.get(unit, 7) * count)
    return Span(span.first + delta, span.last + delta)


def add_months(day: date, count: int, to_end: bool = False) -> date:
    """The same day ``count`` months on, clipped to the month's length, or that month's end."""
    year, month = divmod(month_index(day) + count, 12)
    if not 1 <= year < 9999:
        raise OverflowError("no such year")
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, length if to_end else min(day.day, length))


def is_month_end(day: date) -> bool:
    """Whether ``day`` is the last of its month."""
    return (day + timedelta(days=1)).month != day.month


def part_of(span: Span, unit: str, part: str) -> Span:
    """The early, mid or late part: a quarter of a year, a month of a quarter, ten days of a month."""
    if unit in ("year", "half", "quarter", "season", "decade"):
        whole = month_index(span.last) - month_index(span.first) + 1
        piece = max(whole // (4 if unit == "year" else 3), 1)
        index = month_index(span.first)
        if part == "early":
            return months(index, piece)
        if part == "late":
            return months(month_index(span.last) - piece + 1, piece)
        return months(index + piece, max(whole - 2 * piece, 1))
    if unit == "month":
        cut = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[part]
        return Span(span.first.replace(day=cut[0]), min(span.first + timedelta(days=cut[1] - 1), span.last))
    return span


def whole_year(year: int) -> Span:
    """The calendar year."""
    return months(year * 12, 12)


def iso_week(year: int, number: int) -> Span | None:
    """A week by its number in ISO 8601, or null where the year has no such week."""
    try:
        return days(date.fromisocalendar(year, number, 1), 7)
    except ValueError:
        return None


def middle(span: Span) -> date:
    """The last day of the first half: 30 June of a year, the 15th of a month."""
    whole = month_index(span.last) - month_index(span.first) + 1
    if whole > 1:
        return months(month_index(span.first), whole // 2).last
    return span.first + (span.last - span.first) / 2


def choose(time: Time, published: date, leaning: int) -> Span | None:
    """Which recurrence is meant: the one that the text names, else the nearest past, or future, one.

    ``leaning`` is 1 for the future, -1 for the past (2, -2 where there is no doubt), 0 where the text does
    not tell; then a day of the near future wins over one of the far past. A span that has begun counts as
    past, one that has not ended as future.
    """
    if time.key is not None:
        return time.at(time.key)
    now = cycle_of(time.cycle, published)
    # Far enough for 29 February; a company's year may begin before the year that names it.
    past = next((s for k in range(now + 1, now - 9, -1) if (s := time.at(k)) and s.first <= published), None)
    future = next((s for k in range(now - 1, now + 9) if (s := time.at(k)) and s.last >= published), None)
    if past is None or future is None or past == future:
        return past or future
    ahead, behind = (future.first - published).days, (published - past.last).days
    if time.cycle != "year":
        return future if leaning > 0 else past
    # Nobody writes on 23 February of last year's 6 March without naming the year, whatever the verbs say.
    near = time.unit in ("day", "end") and leaning == -1 and ahead <= 31 and behind > 270
    if near or (leaning == 0 and ahead * 2 < behind):
        return future
    return future if leaning > 1 or (leaning == 1 and not (behind <= 31 and ahead > 270)) else past


def nearest_end(time: Time, day: date) -> Span | None:
    """The recurrence that ends nearest to a day, before it or after."""
    if time.key is not None:
        return time.at(time.key)
    now = cycle_of(time.cycle, day)
    spans = [span for key in (now - 1, now, now + 1) if (span := time.at(key))]
    # What is over is reported more often than what is to come.
    return min(
        spans, key=lambda span: abs((span.last - day).days) * (5 if span.last > day else 4), default=None
    )


def cycle_of(cycle: str, day: date) -> int:
    """The key of the cycle that holds ``day``."""
    if cycle == "year":
        return day.year
    return month_index(day) if cycle == "month" else (day.toordinal() - 1) // 7
