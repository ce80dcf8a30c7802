"""Dates as the calendar names them: days, months, quarters, halves, years, seasons, holidays, fiscal years.

A year that the text does not give is left open (``Time.key``); whoever knows more settles it.
"""

from datetime import date, timedelta

from extract.dates.codes import part_of_year, year_pair
from extract.dates.holidays import holiday_rule
from extract.dates.reading import (
    CALENDAR,
    Found,
    Reading,
    april,
    day_number,
    day_time,
    fiscal_time,
    in_company,
    month_name,
    month_time,
    months_time,
    year_number,
    year_of,
    year_time,
)
from extract.dates.spans import Span, Time, day_in, days, fixed, months
from extract.dates.tokens import whole_year


def month_rule(r: Reading, i: int) -> Found:
    found = month_name(r, i)
    if found is None:
        return None
    month, after = found
    day = day_number(r, after)
    if day and not (r.kind(day[1]) == "word" and r.low(day[1]) in r.words.units):
        year, end = year_of(r, day[1])
        if (
            r.kind(day[1]) == ","
            or year is None
            or year_number(r, end - 1)
            or r.low(day[1]) in ("last", "this", "next", "of")
        ):
            return day_time(month, day[0], year), end if year else day[1]
    if day and r.low(day[1]) == "quarter":
        return _quarter_ending(r, month, day[1], None)
    if r.low(after) == "the" and r.kind(after + 1) == "ordinal" and (day := day_number(r, after + 1)):
        return day_time(month, day[0]), day[1]
    year, end = year_of(r, after)
    if year is None and not in_company(r, i, after):
        return None
    ending = end if year else after
    if r.low(r.skip(ending, "-")) in ("quarter", "q"):
        return _quarter_ending(r, month, ending, year)
    return month_time(month, year), ending


def _quarter_ending(r: Reading, month: int, i: int, year: int | None) -> Found:
    """*March quarter*, *June-quarter*: the three months that end there."""
    end = r.skip(i, "-") + 1
    if year is None:
        year, end = year_of(r, end)
    return Time("quarter", lambda y: months(y * 12 + month - 3, 3), year), end


def weekday_rule(r: Reading, i: int) -> Found:
    number = r.words.weekdays.get(r.low(i))
    if r.low(i - 1) in ("every", "each", "a", "any"):
        return None  # every Thursday, a Thursday in March
    if number is None or (len(r.low(i)) < 6 and not r.tokens.capital(i)):
        return None
    after = i + 1 if len(r.low(i)) > 5 or r.kind(i + 1) != "." else i + 2
    dated = r.skip(after, ",", "the")
    if (found := month_rule(r, dated) or number_rule(r, dated)) and found[0].unit == "day":
        return found
    if not r.tokens.capital(i) or not in_company(r, i, after):
        return None
    if r.low(after) in r.words.sets["dayparts"]:
        after += 1
    if r.low(i - 1) == "the" and (r.low(after), r.low(after + 1)) == ("before", "last"):
        back = (r.published.weekday() - number - 1) % 7 + 8
        return fixed("day", days(r.published - timedelta(back), 1)), after + 2
    return Time("day", lambda week: days(date.fromordinal(week * 7 + 1 + number), 1), cycle="week"), after


def ordinal_rule(r: Reading, i: int) -> Found:
    """*first quarter*, *second-half*, *the first five months of*, *fiscal third quarter*, *19th century*."""
    number = r.words.ordinals.get(r.low(i))
    if number is None and r.low(i) == "latter":
        number = 2
    if number is None:
        number = r.tokens.number(i) if r.kind(i) == "ordinal" else None
    if number is None:
        return None
    place = r.skip(i + 1, "-", "fiscal", "financial", "calendar")
    unit = r.words.units.get(r.low(place), "")
    if unit == "century" and number > 0:
        return fixed("century", months(((number - 1) * 100 + 1) * 12, 1200)), place + 1
    if (unit == "quarter" and number in (1, 2, 3, 4, -1)) or (unit == "half" and number in (1, 2, -1)):
        if r.low(place) in ("quarters", "halves") or (
            r.low(place + 1) in ("in", "consecutive") and r.low(place + 2) == "a"
        ):
            return None
        if r.kind(place + 1) == "-" and r.low(place + 2) in r.words.sets["halved"]:
            return None
        number = {"quarter": 4, "half": 2}[unit] if number == -1 else number
        return part_of_year(r, place + 1, unit, number, r.low(place - 1) in ("fiscal", "financial"))
    if (
        unit in ("day", "week")
        and r.low(place + 1) in ("of", "in")
        and r.low(i) not in ("opening", "closing")
    ):
        return _run_of(r, place + 1, unit, 1, number)
    count = r.words.numbers.get(r.low(i + 1)) or (
        r.tokens.number(i + 1) if r.kind(i + 1) == "number" else None
    )
    unit = r.words.units.get(r.low(i + 2), "")
    if count and number in (1, -1) and unit in ("day", "week", "month", "quarter"):
        return _run_of(r, i + 3, unit, count, number)
    return None


def _run_of(r: Reading, i: int, unit: str, count: int, number: int) -> Found:
    """*the first five months of 2025*, *the second week of May*: counted from an end of a year or month."""
    if unit in ("month", "quarter"):
        size = count * (3 if unit == "quarter" else 1)
        year, end = year_of(r, i)
        if year is None or size >= 12:
            return None
        return months_time("span", 1 if number == 1 else 13 - size, size, year), end
    place = r.skip(i, "of", "in", "the")
    whole = month_rule(r, place)
    if whole is None or whole[0].unit != "month":
        return None
    length = count * (7 if unit == "week" else 1)
    outer = whole[0].at

    def at(year: int) -> Span | None:
        month = outer(year)
        if month is None:
            return None
        last = month.last - timedelta(days=length - 1)
        return days(last if number == -1 else month.first + timedelta(days=length * (number - 1)), length)

    return Time("day" if length == 1 else "span", at, whole[0].key), whole[1]


def fiscal_rule(r: Reading, i: int) -> Found:
    """*fiscal 2026*, *financial year 2025-26*, *fiscal third quarter*, *FY 2026*."""
    if r.low(i) not in ("fiscal", "financial", "fy"):
        return None
    place = r.skip(i + 1, "-", "year", "years")
    if r.kind(place) == "years":
        start, end_year = year_pair(r, place)
        return fiscal_time(
            april(r.fiscal), "year", 1, end_year if end_year == start + 1 else start
        ), place + 1
    if found := year_number(r, place):
        found = found[0], r.skip(found[1], "'", "s") if r.low(found[1] + 1) == "s" else found[1]
        ordinal = r.words.ordinals.get(r.low(found[1]))
        if ordinal and r.low(r.skip(found[1] + 1, "-")) == "quarter":
            return fiscal_time(r.fiscal, "quarter", ordinal, found[0]), r.skip(found[1] + 1, "-") + 1
        return fiscal_time(r.fiscal, "year", 1, found[0]), found[1]
    if place == i + 1 or r.kind(i + 1) == "-":
        found_part = ordinal_rule(r, place)
        if found_part and found_part[0].unit in ("quarter", "half"):
            number = r.words.ordinals.get(r.low(place), 1)
            unit = found_part[0].unit
            return fiscal_time(r.fiscal, unit, number if number > 0 else 4, found_part[0].key), found_part[1]
    return None


def season_rule(r: Reading, i: int) -> Found:
    season = r.words.seasons.get(r.low(i))
    if season is None:
        return None
    year, end = year_of(r, i + 1)
    before = r.low(i - 1)
    led = (
        before in r.words.steps
        or before in r.words.parts
        or (before if before != "the" else r.low(i - 2)) in r.words.sets["season_led"]
    )
    if r.low(i) == "fall" and year is not None:
        led = led or before in ("in", "of", "by", "since", "the")
    elif year is not None:
        led = True
    if not led:
        return None
    if year is None and r.low(i) == "fall" and r.kind(i + 1) == "word" and r.low(i + 1) in ("of", "in", "to"):
        return None
    return months_time("season", season[0], season[1] - season[0] + 1, year), end if year else i + 1


def number_rule(r: Reading, i: int) -> Found:
    """*23 March 2026*, *the 23rd of March*, *2026*, *the 14th*."""
    if day := day_number(r, i):
        place = r.skip(day[1], "of", "-")
        if found := month_name(r, place):
            month, after = found
            # "3 May" is a date, "3 may be" is not; month_name has looked at the capital.
            year, end = year_of(r, after)
            if year is None and r.kind(after) == "number" and len(r.low(after)) == 2 and r.low(after) > "31":
                year, end = whole_year(r.low(after), r.published.year), after + 1
            return day_time(month, day[0], year), end if year else after
    if r.kind(i) == "ordinal":
        return ordinal_rule(r, i) or _day_alone(r, i)
    if r.kind(i) == "number" and (found := year_number(r, i)):
        return _year_rule(r, i, found[0])
    return _slashed(r, i)


def _slashed(r: Reading, i: int) -> Found:
    """*as of 12/31*, *on 3/15*: month and day in the American order, or the other where only that makes a
    date.
    """
    first, second = day_number(r, i), day_number(r, i + 2)
    led = r.low(i - 1) in r.words.sets["company"] and r.low(i - 1) not in (
        "and",
        "or",
        "than",
        "to",
        "from",
        "over",
    )
    if not (led and first and second and r.kind(i + 1) == "/") or r.kind(i + 3) in ("/", "-"):
        return None
    month, day = (first[0], second[0]) if first[0] <= 12 else (second[0], first[0])
    return (day_time(month, day), i + 3) if month <= 12 else None


def _day_alone(r: Reading, i: int) -> Found:
    """*on the 14th*: the day of the month nearest to the publication date."""
    day = r.tokens.number(i)
    after = r.low(i + 1)
    follows = (
        (r.kind(i + 1) != "word" and r.kind(i + 1) != "-")
        or after in r.words.sets["after_ordinal_day"]
        or after.endswith("ed")
    )
    led = r.low(i - 1) == "the" and r.low(i - 2) in (
        "on",
        "by",
        "until",
        "from",
        "since",
        "dated",
        "of",
        "before",
        "after",
    )
    if day is None or not 1 <= day <= 31 or not (follows and led):
        return None
    number = day
    return Time("day", lambda month: day_in(month // 12, month % 12 + 1, number), cycle="month"), i + 1


def _year_rule(r: Reading, i: int, year: int) -> Found:
    """A year in figures, with a quarter or half after it, unless the figure counts or labels something."""
    if _is_no_year(r, i, year):
        return None
    if r.low(i + 1) in ("fiscal", "financial"):
        return fiscal_time(r.fiscal, "year", 1, year), r.skip(i + 2, "year")
    place = r.skip(i + 1, "'", "s", "-")
    ordinal = r.words.ordinals.get(r.low(place), 0)
    noun = r.skip(place + 1, "-")
    unit = r.words.units.get(r.low(noun), "")
    if ordinal > 0 and unit in ("quarter", "half"):
        return fiscal_time(r.fiscal if r.fiscal.quarters else CALENDAR, unit, ordinal, year), noun + 1
    return year_time(year), i + 1


def _is_no_year(r: Reading, i: int, year: int) -> bool:
    """*2000 yuan*, *nearly 1990*, *(2018.HK)*, *555-2020*, *page 1984*."""
    before, after, sets = r.low(i - 1), r.low(i + 1), r.words.sets
    led = before in sets["year_led"]
    unlikely = not 1900 <= year <= 2060 and not led
    counted = after in sets["counted"] or (before in sets["approximate"] | {"than"} and not led)
    label = r.low(i - 2) if r.kind(i - 1) == "." else before
    labelled = label in sets["labels"] or r.kind(i - 1) in ("$", "€", "#")
    listed = after == "hk" or (r.kind(i + 1) == "." and r.low(i + 2) in ("hk", "tw", "sz", "ss", "t"))
    joined = r.kind(i - 1) == "-" and (
        r.kind(i - 2) in ("figure", "number") or (r.kind(i - 2) == "word" and r.tokens.capital(i - 2))
    )
    joined = joined and r.tokens.end(i - 1) == r.tokens.start(i)
    return unlikely or counted or labelled or listed or joined


def named(r: Reading, i: int) -> Found:
    """A month, weekday, season, holiday, quarter or half by its name."""
    for rule in (holiday_rule, month_rule, weekday_rule, ordinal_rule, season_rule):
        if found := rule(r, i):
            return found
    return None
