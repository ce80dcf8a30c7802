"""Dates that lean on what the text said before: *a year earlier*, *that month*, *the previous quarter*, *in
the quarter*.

Where the text said nothing before, they count from the publication date.
"""

from datetime import date, timedelta

from extract.dates.reading import Found, Reading, count_of, spoken_of, year_of
from extract.dates.spans import DAYS_IN, Span, Time, around, choose, days, fixed, step
from extract.dates.written import named

_AGO = {
    "ago": -1,
    "earlier": -1,
    "before": -1,
    "previously": -1,
    "prior": -1,
    "later": 1,
    "after": 1,
    "afterwards": 1,
}


_GRAIN = {"fortnight": "week"}


def counted(r: Reading, i: int) -> Found:
    """*three months ago*, *a year earlier*, *twelve months before*, *year-ago*, *four days later*."""
    if r.low(i) in ("year", "month", "week", "quarter") and r.low(r.skip(i + 1, "-")) in ("ago", "earlier"):
        count: int | None = 1
        place = i
    elif counted := count_of(r, i):
        count, place = counted
        place = r.skip(place, "-")
        if r.low(place) in ("full", "whole"):
            place += 1
    else:
        return None
    unit = r.words.units.get(r.low(place), "")
    after = r.skip(place + 1, "-")
    word = r.low(after)
    if word == "from" and r.low(after + 1) in ("now", "today") and unit and count:
        return _shifted(r, i, unit, count, True, vague=True), after + 2
    if not unit or count is None or word not in _AGO:
        return None
    if word in ("after", "before") and (dated := _beside_date(r, after + 1, unit, count * _AGO[word])):
        return dated
    if (
        word in ("after", "before", "prior")
        and r.kind(after + 1) == "word"
        and not _ends_clause(r, after + 1)
    ):
        return None  # two days after the launch
    end = after + 1
    hyphened = r.kind(place + 1) == "-"
    if hyphened and r.low(end) in r.words.sets["period_nouns"]:
        end += 1
    vague = r.low(i - 1) in r.words.sets["approximate"] and word == "ago"
    return _shifted(r, i, unit, count * _AGO[word], word == "ago", vague), end


def _beside_date(r: Reading, i: int, unit: str, count: int) -> Found:
    """*two days after Christmas*, *the day before Oct. 13*."""
    found = named(r, r.skip(i, "the"))
    if found is None or found[0].unit != "day":
        return None
    span = choose(found[0], r.published, -1)
    return (fixed("day" if unit == "day" else unit, step(unit, span, count)), found[1]) if span else None


def _ends_clause(r: Reading, place: int) -> bool:
    return r.low(place) in r.words.sets["clause_openers"]


def _shifted(r: Reading, i: int, unit: str, count: int, from_now: bool, vague: bool = False) -> Time:
    """A span ``count`` units away from now, or from what the text spoke of.

    A year, unless a ``vague`` one, keeps the shape of the period spoken of: a quarter a year ago is a
    quarter.
    """
    if unit == "decade":
        unit, count = "year", count * 10
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit, 0) * count
    if abs(months) == 12 and not vague and (anchor := spoken_of(r, i)):
        return echo(anchor.unit, step("month", anchor.span, months))
    if from_now:
        anchor = None
    elif unit in DAYS_IN:
        anchor = spoken_of(r, i, ("day", "week", "end"))
    else:
        anchor = spoken_of(r, i) or (r.marks[-1] if r.marks else None)
    if anchor is None:
        return Time(
            unit,
            lambda _key: step(unit, around(_GRAIN.get(unit, unit), r.published), count),
            0,
            echo=abs(months) == 12,
        )
    if unit == "day" and anchor.unit == "week" and count % 7:
        return fixed(unit, days(anchor.span.first + timedelta(days=count), 1))
    if unit == "year" and anchor.unit not in ("month", "quarter", "half", "span", "end"):
        return fixed(unit, step(unit, around(unit, anchor.span.first), count))
    if unit not in DAYS_IN and anchor.unit == "day":
        return fixed(unit, step(unit, around(_GRAIN.get(unit, unit), anchor.span.first), count))
    return fixed(anchor.unit, step(unit, anchor.span, count))


def echo(unit: str, span: Span) -> Time:
    """A period named for comparison with the one that the text is about."""
    return Time(unit, lambda _key: span, span.first.year, echo=True)


def neighbour(r: Reading, i: int) -> Found:
    """*the previous quarter*, *the following day*, *the month before*, *the year before last*."""
    low = r.low(i)
    move = r.words.neighbours.get(low)
    if move is not None and (low != "next" or r.low(i - 1) == "the"):
        if counted := count_of(r, i + 1):
            return _run_beside(
                r, i, r.words.units.get(r.low(counted[1]), ""), counted[0], move, counted[1] + 1
            )
        place = r.skip(i + 1, "fiscal", "financial", "calendar")
        unit = r.words.units.get(r.low(place), "")
        if unit and not r.low(place).endswith("s"):
            return _beside(r, i, unit, move), place + 1
        return None
    if r.low(i - 1) != "the" or (unit := r.words.units.get(low, "")) == "" or low.endswith("s"):
        return None
    word = r.low(i + 1)
    if word in ("before", "after") and (dated := _beside_date(r, i + 2, unit, _AGO[word])):
        return dated
    if word not in ("before", "after", "earlier") or (
        r.kind(i + 2) == "word" and not (r.low(i + 2) == "last" or _ends_clause(r, i + 2))
    ):
        return None
    if r.low(i + 2) == "last":
        return fixed(unit, step(unit, around(unit, r.published), -2)), i + 3
    return _beside(r, i, unit, _AGO[word]), i + 2


def _run_beside(r: Reading, i: int, unit: str, count: int | None, move: int, end: int) -> Found:
    """*the previous three months*: next to the period that the text spoke of."""
    anchor = spoken_of(r, i)
    if not unit or count is None or anchor is None or unit in ("half", "weekend"):
        return None
    if move < 0:
        last = anchor.span.first - timedelta(days=1)
        first = step(unit, days(anchor.span.first, 1), -count).first
    else:
        first = anchor.span.last + timedelta(days=1)
        last = step(unit, days(first, 1), count).first - timedelta(days=1)
    return echo("span", Span(first, last)), end


def _beside(r: Reading, i: int, unit: str, move: int) -> Time:
    """The unit before or after the period that the text spoke of, or the publication date."""
    anchor = spoken_of(r, i, ("day", "week", "end")) if unit in DAYS_IN else spoken_of(r, i)
    anchor = anchor or (r.marks[-1] if r.marks else None)
    if anchor is None:
        return fixed(unit, step(unit, around(unit, r.published), move))
    if anchor.unit == unit or (unit == "year" and (anchor.span.last - anchor.span.first).days in (364, 365)):
        return fixed(unit, step(unit, anchor.span, move))
    if unit in DAYS_IN and anchor.unit != "day":
        edge = anchor.span.last if move > 0 else anchor.span.first
        return fixed(unit, step(unit, around(unit, edge), move))
    return fixed(unit, step(unit, around(unit, anchor.span.first), move))


def same(r: Reading, i: int) -> Found:
    """*that week*, *the same month*, *the same period of 2024*, *the year-earlier quarter*, *prior-year
    period*.
    """
    low = r.low(i)
    if low == "prior" and r.kind(i + 1) == "-" and r.low(i + 2) == "year":
        return _shifted(r, i, "year", -1, True), i + 4 if r.low(i + 3) in r.words.sets[
            "period_nouns"
        ] else i + 3
    if low not in ("that", "same", "corresponding", "comparable", "equivalent", "said"):
        return None
    place = i + 1
    for _ in range(2):  # the same two days, the same nine months
        if count_of(r, place):
            place = count_of(r, place)[1]  # type: ignore[index]
    noun = r.low(place)
    if noun not in r.words.sets["period_nouns"]:
        return None
    unit = r.words.units.get(noun, "")
    if noun.endswith("s") or noun in ("time", "point"):
        unit = ""
    if low == "that" or unit == "day":
        anchor = next((mark for mark in reversed(r.marks) if unit != "day" or mark.unit == "day"), None)
    else:
        anchor = spoken_of(r, i, (unit,)) or spoken_of(r, i)
    if low == "that":
        if not unit or noun.endswith("s") or anchor is None or r.kind(place + 1) == "-":
            return None
        return fixed(unit, around(unit, anchor.span.first)), place + 1
    after = r.skip(place + 1, ",", "in", "of", "from", "for", "the", "a")
    back = _year_back(r, i, after, place + 1)
    if back is not None:
        years, end = back
        if anchor is None:
            return fixed("year", around("year", date(years, 1, 1))), end
        span = anchor.span
        if unit in ("quarter", "month", "half") and anchor.unit != unit and anchor.unit != "span":
            span = around(unit, span.first)
        return echo(anchor.unit, step("year", span, years - span.first.year)), end
    if anchor and (moved := count_of(r, place + 1)) and moved[0] and r.low(moved[1] + 1) in _AGO:
        unit = r.words.units.get(r.low(moved[1]), "day")
        return echo(anchor.unit, step(unit, anchor.span, -moved[0])), moved[1] + 2
    if anchor is None or unit == "year" or noun in ("time", "point"):
        return None
    if unit in ("", anchor.unit):
        return fixed(anchor.unit, anchor.span), place + 1
    return fixed(unit, around(unit, anchor.span.first)), place + 1


def _year_back(r: Reading, start: int, i: int, place: int) -> tuple[int, int] | None:
    """The year in which *the same period* lies, and the place after it."""
    anchor = spoken_of(r, start)
    near = anchor.span.first.year if anchor else r.published.year
    year, end = year_of(r, place)
    if year is not None:
        if r.low(end - 2) in ("last", "previous"):
            year = near - 1
        return year, end
    unit = "year" if r.low(i) in ("fiscal", "financial") else r.words.units.get(r.low(i + 1), "")
    if r.low(i) in ("last", "previous", "prior", "preceding"):
        step_over = r.skip(i + 1, "fiscal", "financial", "year")
        if step_over > i + 1:
            return near - 1, step_over
    if unit == "year" and r.low(i) in ("one", "a") and r.low(i + 2) in _AGO:
        return near - 1, i + 3
    if r.low(i) in ("year", "yr") and r.low(r.skip(i + 1, "-")) in _AGO:
        return near - 1, r.skip(i + 1, "-") + 1
    return None


_LED = frozenset(["in", "for", "during", "of", "over", "the", "throughout", "this", "within"])


def unit_alone(r: Reading, i: int) -> Found:
    """*in the quarter*, *for the full year*, *during the month*: the one that the text spoke of."""
    full = r.low(i) in ("full", "whole", "entire")
    led = r.low(i - 1) == "the" and r.low(i - 2) in _LED
    if not (full or led or r.low(i) == "weekend"):
        return None
    place = r.skip(i, "full", "whole", "entire", "-")
    fiscal = r.low(place) in ("fiscal", "financial")
    place = r.skip(place, "fiscal", "financial")
    unit = r.words.units.get(r.low(place), "")
    if unit == "half" and r.low(r.skip(place + 1, "-")) == "year":
        place = r.skip(place + 1, "-")
    end = place + 1
    if unit == "weekend" and r.low(i - 1) == "the" and r.low(i - 2) in r.words.sets["before_weekend"]:
        return _weekend(r, ahead=r.low(i - 2) in ("by", "before", "until")), end
    if unit not in ("quarter", "month", "week", "year", "half") or r.low(place).endswith("s"):
        return None
    if (r.low(end) in r.words.sets["after_unit"] and not full) or r.kind(end) == "-":
        return None
    if (
        (fiscal and unit != "year")
        or (unit == "half" and r.low(place) == "half")
        or (r.low(i - 2) == "of" and unit != "year")
    ):
        return None
    if unit == "year":
        return _the_year(r, i, fiscal or (full and r.fiscal.quarters)), end
    if anchor := spoken_of(r, i, (unit,)):
        return fixed(unit, anchor.span), end
    return fixed(unit, step(unit, around(unit, r.published), -1 if unit in ("quarter", "half") else 0)), end


def _the_year(r: Reading, i: int, fiscal: bool) -> Time:
    """The year of the quarter or half that the text is about, else the one of the publication date."""
    anchor = spoken_of(r, i, ("quarter", "half"))
    day = anchor.span.last if anchor else r.published
    return fixed("year", around("year", day, r.fiscal.month if fiscal else 1))


def the_months(r: Reading, i: int) -> Found:
    """*in the three months*, *for the nine months*: up to the end of the quarter that the text is about."""
    counted = count_of(r, i)
    if counted is None or r.low(i - 1) != "the" or r.low(i - 2) not in _LED or r.low(counted[1]) != "months":
        return None
    count, place = counted
    anchor = spoken_of(r, i, ("quarter",))
    if anchor is None or count not in (3, 6, 9, 12) or r.low(place + 1) in r.words.sets["after_unit"]:
        return None
    first = step("month", days(anchor.span.first, 1), 3 - count).first
    return echo("quarter" if count == 3 else "span", Span(first, anchor.span.last)), place + 1


def _weekend(r: Reading, ahead: bool) -> Time:
    """The weekend that is over or on, or the one ahead."""
    weekend = around("weekend", r.published)
    if ahead:
        return fixed("weekend", weekend)
    return fixed("weekend", weekend if weekend.first <= r.published else step("week", weekend, -1))
