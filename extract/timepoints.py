"""Calendar dates as they are written: days, months, quarters, halves, years, seasons, holidays, fiscal years.

Each rule takes a reading and a place among its tokens and answers the time that begins there and the place after
it, or null. A year that the text does not give is left open (``Time.key``); whoever knows more settles it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from extract.spans import Span, Time, day_in, days, fixed, months
from extract.timewords import Fiscal, TimeWords, Tokens, whole_year

Found = tuple[Time, int] | None
Mark = tuple[str, Span]

CALENDAR = Fiscal((), 1, "end", False)
# Months and weekdays that are also words, names or abbreviations want company: a day, a year, a preposition.


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


def calendar(r: Reading, i: int) -> Found:
    """A date that the calendar names, from the place ``i`` on."""
    kind = r.tokens.kind[i]
    rules = _WORD_RULES if kind == "word" else _KIND_RULES.get(kind, ())
    for rule in rules:
        if found := rule(r, i):
            return found
    return None


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
    if r.low(i) not in r.words.sets["doubtful"]:
        return True
    before = r.low(i - 1)
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
    return r.kind(i - 1) == "word" and r.tokens.capital(i - 1) or r.kind(i - 1) == "'"


def year_number(r: Reading, i: int) -> tuple[int, int] | None:
    """A year in figures here, four digits or two after an apostrophe."""
    if r.kind(i) == "number" and len(r.low(i)) == 4 and 1500 <= int(r.low(i)) <= 2100:
        return int(r.low(i)), i + 1
    if r.kind(i) == "'" and r.kind(i + 1) == "number" and len(r.low(i + 1)) == 2:
        if r.tokens.end(i) == r.tokens.start(i + 1):
            return whole_year(r.low(i + 1), r.published.year), i + 2
    return None


def year_of(r: Reading, i: int) -> tuple[int | None, int]:
    """The year that follows a month, quarter or day (*of 2025*, *, 2026*, *last year*, *of that year*)."""
    place = r.skip(i, ",", "in", "of", "the")
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
            return r.marks[-1][1].first.year, place + 2
        if word == "previous":
            near = r.marks[-1][1].first.year if r.marks else r.published.year
            return near - 1, place + 2
    if word == "year" and r.low(place - 1) == "the" and r.low(place - 2) == "of":
        return r.published.year, place + 1
    return None, i


def day_number(r: Reading, i: int) -> tuple[int, int] | None:
    """A day of a month in figures here: *23*, *23rd*."""
    value = r.tokens.number(i) if i < len(r.tokens) else None
    if value is None or not 1 <= value <= 31 or r.low(i + 1) in r.words.sets["magnitudes"]:
        return None
    return value, i + 1


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


def _month_rule(r: Reading, i: int) -> Found:
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
    if r.low(after) == "the" and r.kind(after + 1) == "ordinal" and (day := day_number(r, after + 1)):
        return day_time(month, day[0]), day[1]
    year, end = year_of(r, after)
    if year is None and not in_company(r, i, after):
        return None
    ending = end if year else after
    if (r.kind(ending) == "-" and r.low(ending + 1) == "quarter") or r.low(ending) == "quarter":
        return _quarter_ending(r, month, ending, year)
    return month_time(month, year), ending


def _quarter_ending(r: Reading, month: int, i: int, year: int | None) -> Found:
    """*March quarter*, *June-quarter*: the three months that end there."""
    end = r.skip(i, "-") + 1
    if year is None:
        year, end = year_of(r, end)
    return Time("quarter", lambda y: months(y * 12 + month - 3, 3), year), end


def _weekday_rule(r: Reading, i: int) -> Found:
    number = r.words.weekdays.get(r.low(i))
    if number is None or (len(r.low(i)) < 6 and not r.tokens.capital(i)):
        return None
    after = i + 1 if len(r.low(i)) > 5 or r.kind(i + 1) != "." else i + 2
    dated = r.skip(after, ",", "the")
    if (found := _month_rule(r, dated) or _number_rule(r, dated)) and found[0].unit == "day":
        return found
    if not r.tokens.capital(i) or not in_company(r, i, after):
        return None
    return Time("day", lambda week: days(date.fromordinal(week * 7 + 1 + number), 1), cycle="week"), after


def _ordinal_rule(r: Reading, i: int) -> Found:
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
        number = {"quarter": 4, "half": 2}[unit] if number == -1 else number
        return _part_of_year(r, place + 1, unit, number, r.low(place - 1) in ("fiscal", "financial"))
    count = r.words.numbers.get(r.low(i + 1)) or (
        r.tokens.number(i + 1) if r.kind(i + 1) == "number" else None
    )
    unit = r.words.units.get(r.low(i + 2), "")
    if count and number in (1, -1) and unit in ("day", "week", "month", "quarter"):
        return _run_of(r, i + 3, unit, count, number)
    return None


def _run_of(r: Reading, i: int, unit: str, count: int, number: int) -> Found:
    """*the first five months of 2025*: months or days counted from an end of a year or month."""
    if unit in ("month", "quarter"):
        size = count * (3 if unit == "quarter" else 1)
        year, end = year_of(r, i)
        if year is None or size >= 12:
            return None
        return months_time("span", 1 if number == 1 else 13 - size, size, year), end
    place = r.skip(i, "of", "in", "the")
    whole = _month_rule(r, place)
    if whole is None or whole[0].unit != "month":
        return None
    length = count * (7 if unit == "week" else 1)
    outer = whole[0].at

    def at(year: int) -> Span | None:
        month = outer(year)
        if month is None:
            return None
        return days(month.first if number == 1 else month.last - timedelta(days=length - 1), length)

    return Time("span", at, whole[0].key), whole[1]


def _part_of_year(r: Reading, i: int, unit: str, number: int, fiscal: bool, year: int | None = None) -> Found:
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
        and (whole := _code_rule(r, place))
        and whole[0].unit == "year"
    ):
        year, end, fiscal = whole[0].key, whole[1], True
    elif year is None:
        year, end = year_of(r, i)
        if year is not None and r.low(end) in ("fiscal", "financial"):
            end, fiscal = r.skip(end + 1, "year"), True
    calendar_year = r.fiscal if fiscal or r.fiscal.quarters else CALENDAR
    return fiscal_time(calendar_year, unit, number, year), end


def _fiscal_rule(r: Reading, i: int) -> Found:
    """*fiscal 2026*, *financial year 2025-26*, *fiscal third quarter*, *FY 2026*."""
    if r.low(i) not in ("fiscal", "financial", "fy"):
        return None
    place = r.skip(i + 1, "-", "year", "years")
    if r.kind(place) == "years":
        start, end_year = _year_pair(r, place)
        return fiscal_time(
            _april(r.fiscal), "year", 1, end_year if end_year == start + 1 else start
        ), place + 1
    if found := year_number(r, place):
        ordinal = r.words.ordinals.get(r.low(found[1]))
        if ordinal and r.low(r.skip(found[1] + 1, "-")) == "quarter":
            return fiscal_time(r.fiscal, "quarter", ordinal, found[0]), r.skip(found[1] + 1, "-") + 1
        return fiscal_time(r.fiscal, "year", 1, found[0]), found[1]
    if place == i + 1 or r.kind(i + 1) == "-":
        found_part = _ordinal_rule(r, place)
        if found_part and found_part[0].unit in ("quarter", "half"):
            number = r.words.ordinals.get(r.low(place), 1)
            unit = found_part[0].unit
            return fiscal_time(r.fiscal, unit, number if number > 0 else 4, found_part[0].key), found_part[1]
    return None


def _april(fiscal: Fiscal) -> Fiscal:
    """A company's year written over two calendar years begins in April unless the text says otherwise."""
    return Fiscal((), fiscal.month if fiscal.month > 1 else 4, "end", False)


def _season_rule(r: Reading, i: int) -> Found:
    season = r.words.seasons.get(r.low(i))
    if season is None:
        return None
    year, end = year_of(r, i + 1)
    before = r.low(i - 1)
    if year is None and not (
        before == "the"
        and r.low(i - 2) in ("in", "since", "before", "by", "during", "until", "over", "for", "after")
    ):
        return None
    if year is None and r.low(i) == "fall" and r.kind(i + 1) == "word" and r.low(i + 1) in ("of", "in", "to"):
        return None
    return months_time("season", season[0], season[1] - season[0] + 1, year), end if year else i + 1


def _holiday_rule(r: Reading, i: int) -> Found:
    for size in (4, 3, 2, 1):
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
    if "-" in rule:
        month, day = (int(part) for part in rule.split("-"))
        return lambda year: day_in(year, month, day)
    month, weekday, nth, *later = (int(part) for part in rule.split("/"))

    def at(year: int) -> Span | None:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + sum(later))
        return days(day, 1)

    return at


def _number_rule(r: Reading, i: int) -> Found:
    """*23 March 2026*, *the 23rd of March*, *2026*, *the 14th*."""
    if day := day_number(r, i):
        place = r.skip(day[1], "of", "-")
        if found := month_name(r, place):
            month, after = found
            # "3 May" is a date, "3 may be" is not; month_name has looked at the capital.
            year, end = year_of(r, after)
            return day_time(month, day[0], year), end if year else after
    if r.kind(i) == "ordinal":
        return _ordinal_rule(r, i) or _day_alone(r, i)
    if r.kind(i) == "number" and (found := year_number(r, i)):
        return _year_rule(r, i, found[0])
    return None


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
    """A year in figures, unless it counts something."""
    if not 1900 <= year <= 2060 and r.low(i - 1) not in (
        "in",
        "since",
        "by",
        "until",
        "before",
        "from",
        "of",
        "after",
    ):
        return None
    after = r.low(i + 1)
    led = r.low(i - 1) in ("in", "since", "by", "until", "for")
    if (
        r.kind(i - 1) in ("$", "€", "#")
        or after in r.words.sets["counted"]
        or (r.low(i - 1) in r.words.sets["approximate"] and not led)
    ):
        return None
    if (r.kind(i + 1) == "." and r.low(i + 2) in ("hk", "tw", "sz", "ss", "t")) or after == "hk":
        return None
    if r.kind(i - 1) == "-" and r.kind(i - 2) in ("figure", "word") and r.tokens.capital(i - 2):
        return None
    place = r.skip(i + 1, "'", "s", "-")
    if after in ("fiscal", "financial"):
        return fiscal_time(r.fiscal, "year", 1, year), r.skip(i + 2, "year")
    ordinal = r.words.ordinals.get(r.low(place), 0)
    noun = r.skip(place + 1, "-")
    unit = r.words.units.get(r.low(noun), "")
    if ordinal > 0 and unit in ("quarter", "half"):
        fiscal = r.fiscal if r.fiscal.quarters else CALENDAR
        return fiscal_time(fiscal, unit, ordinal, year), noun + 1
    return year_time(year), i + 1


def _year_pair(r: Reading, i: int) -> tuple[int, int]:
    groups = r.tokens.groups(i)
    first = int(groups["ya"])
    last = int(groups["yb"]) if len(groups["yb"]) == 4 else first // 100 * 100 + int(groups["yb"])
    return first, last if last > first else last + 100


def _years_rule(r: Reading, i: int) -> Found:
    """*2025-2027*, *2024/25*; of a fiscal year the twelve months."""
    first, last = _year_pair(r, i)
    if last - first > 60:
        return None
    if last == first + 1 and r.low(i + 1) in ("fiscal", "financial"):
        return fiscal_time(_april(r.fiscal), "year", 1, last), r.skip(i + 2, "year")
    return fixed("years", Span(date(first, 1, 1), date(last, 12, 31))), i + 1


def _decade_rule(r: Reading, i: int) -> Found:
    digits = int("".join(c for c in r.low(i) if c.isdigit()))
    if digits < 100:
        digits += 1900 if digits > (r.published.year + 10) % 100 else 2000
    return fixed("decade", months(digits * 12, 120)), i + 1


def _date_rule(r: Reading, i: int) -> Found:
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


def _cjk_rule(r: Reading, i: int) -> Found:
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


def _code_rule(r: Reading, i: int) -> Found:
    """*1Q26*, *Q2FY26*, *H1 2025*, *FY2025-26*."""
    groups = r.tokens.groups(i)
    written = (
        groups.get("qy1") or groups.get("qy2") or groups.get("y3") or groups.get("hy1") or groups.get("hy2")
    )
    fiscal = any(groups.get(name, "CY").lower() != "cy" for name in ("qf1", "qf2", "hf1", "hf2"))
    if "fy" in groups:
        whole = r.fiscal if groups["fy"].lower() == "fy" else CALENDAR
        year = whole_year(groups["fy1"], r.published.year)
        if "fy2" in groups:
            return fiscal_time(_april(r.fiscal), "year", 1, year + 1), i + 1
        return fiscal_time(whole, "year", 1, year), i + 1
    quarter = groups.get("q1") or groups.get("q2") or groups.get("q3")
    half = groups.get("h1") or groups.get("h2") or groups.get("h3")
    known = whole_year(written, r.published.year) if written else None
    unit = "quarter" if quarter else "half"
    return (
        _part_of_year(r, i + 1, unit, int(quarter or half or 1), fiscal, known)
        if known is None
        else (
            fiscal_time(
                r.fiscal if fiscal or r.fiscal.quarters else CALENDAR, unit, int(quarter or half or 1), known
            ),
            i + 1,
        )
    )


Rule = Callable[[Reading, int], Found]
_WORD_RULES: tuple[Rule, ...] = (
    _holiday_rule,
    _month_rule,
    _weekday_rule,
    _ordinal_rule,
    _fiscal_rule,
    _season_rule,
)
_KIND_RULES: dict[str, tuple[Rule, ...]] = {
    "number": (_number_rule,),
    "ordinal": (_number_rule,),
    "date": (_date_rule,),
    "cjk": (_cjk_rule,),
    "code": (_code_rule,),
    "years": (_years_rule,),
    "decade": (_decade_rule,),
}
