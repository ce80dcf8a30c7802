"""Holidays by their names, from the rules of the vocabulary file."""

from collections.abc import Callable
from datetime import date, timedelta

from extract.dates.reading import Found, Reading, year_of
from extract.dates.spans import Span, Time, day_in, days, months


def holiday_rule(r: Reading, i: int) -> Found:
    for size in (5, 4, 3, 2, 1):
        name = tuple("'" if r.kind(k) == "'" else r.low(k) for k in range(i, i + size))
        rule = r.words.holidays.get(name)
        if rule and r.tokens.capital(i):
            year, end = year_of(r, i + size)
            return Time("day", holiday(rule), year), end if year else i + size
    return None


def holiday(rule: str | tuple[str, ...]) -> Callable[[int], Span | None]:
    """The day of a holiday by year, from a rule of the vocabulary file."""
    if isinstance(rule, tuple):
        listed = {int(day[:4]): date.fromisoformat(day) for day in rule}
        return lambda year: days(listed[year], 1) if year in listed else None
    if "/" not in rule:
        month, day = (int(part) for part in rule.split("-"))
        return lambda year: day_in(year, month, day)
    month, weekday, nth, *later = (int(part) for part in rule.split("/"))

    def at(year: int) -> Span | None:
        first = date(year, month, 1)
        if nth < 0:
            last = months(year * 12 + month - 1).last
            return days(last - timedelta(days=(last.weekday() - weekday) % 7 - sum(later)), 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + sum(later))
        return days(day, 1)

    return at
