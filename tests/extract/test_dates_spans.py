"""Arithmetic on spans of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates.spans import (
    Span,
    Time,
    add_months,
    around,
    choose,
    day_in,
    days,
    fixed,
    iso_week,
    middle,
    months,
    part_of,
    step,
    whole_year,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
UNITS = st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"])


@given(UNITS, DAYS, st.integers(1, 12))
def test_the_unit_around_a_day_holds_it_and_touches_the_next(unit: str, day: date, start: int) -> None:
    span = around(unit, day, start)
    assert span.first <= day <= span.last
    following = around(unit, span.last + timedelta(days=1), start)
    assert following.first == span.last + timedelta(days=1)
    assert step(unit, span, 1) == following
    assert step(unit, following, -1) == span


@given(DAYS, st.integers(-600, 600))
def test_months_there_and_back_lose_at_most_the_end_of_a_month(day: date, count: int) -> None:
    back = add_months(add_months(day, count), -count)
    assert (back.year, back.month) == (day.year, day.month)
    assert back == day or (day.day > 28 and back < day)


@pytest.mark.parametrize(
    ("unit", "span", "count", "moved"),
    [
        ("month", ("2026-02-01", "2026-02-28"), -1, ("2026-01-01", "2026-01-31")),
        ("month", ("2026-03-31", "2026-03-31"), -1, ("2026-02-28", "2026-02-28")),
        ("year", ("2024-02-29", "2024-02-29"), 1, ("2025-02-28", "2025-02-28")),
        ("quarter", ("2025-10-01", "2025-12-31"), -4, ("2024-10-01", "2024-12-31")),
        ("week", ("2026-03-23", "2026-03-29"), -1, ("2026-03-16", "2026-03-22")),
        ("fortnight", ("2026-03-23", "2026-03-23"), 1, ("2026-04-06", "2026-04-06")),
    ],
)
def test_step(unit: str, span: tuple[str, str], count: int, moved: tuple[str, str]) -> None:
    first, last = (date.fromisoformat(day) for day in span)
    assert step(unit, Span(first, last), count) == tuple(date.fromisoformat(day) for day in moved)


def test_parts_of_a_year_are_its_quarters() -> None:
    year = whole_year(2025)
    assert part_of(year, "year", "early") == months(2025 * 12, 3)
    assert part_of(year, "year", "mid") == months(2025 * 12 + 3, 6)
    assert part_of(year, "year", "late") == months(2025 * 12 + 9, 3)
    assert middle(year) == date(2025, 6, 30)


def test_weeks_by_number() -> None:
    assert iso_week(2026, 1) == days(date(2025, 12, 29), 7)
    assert iso_week(2026, 53) == days(date(2026, 12, 28), 7)
    assert iso_week(2025, 53) is None


def test_beyond_the_calendar() -> None:
    with pytest.raises(OverflowError):
        months(-5)
    with pytest.raises(OverflowError):
        step("century", whole_year(2000), 99)
    assert day_in(2026, 2, 29) is None
    assert day_in(2026, 13, 1) is None


MARCH_6 = Time("day", lambda year: day_in(year, 3, 6))
LEAP = Time("day", lambda year: day_in(year, 2, 29))


@pytest.mark.parametrize(
    ("time", "published", "leaning", "chosen"),
    [
        (MARCH_6, "2026-03-06", -1, "2026-03-06"),
        (MARCH_6, "2026-03-06", 1, "2026-03-06"),
        (MARCH_6, "2026-07-01", -1, "2026-03-06"),
        (MARCH_6, "2026-07-01", 1, "2027-03-06"),
        (MARCH_6, "2026-02-23", -1, "2026-03-06"),
        (MARCH_6, "2026-02-23", -2, "2025-03-06"),
        (MARCH_6, "2025-11-25", 0, "2026-03-06"),
        (MARCH_6, "2026-08-25", 0, "2026-03-06"),
        (LEAP, "2027-01-01", -1, "2024-02-29"),
        (LEAP, "2027-01-01", 1, "2028-02-29"),
        (fixed("day", days(date(2019, 5, 1), 1)), "2026-01-01", 1, "2019-05-01"),
    ],
)
def test_choose(time: Time, published: str, leaning: int, chosen: str) -> None:
    span = choose(time, date.fromisoformat(published), leaning)
    assert span == days(date.fromisoformat(chosen), 1)
