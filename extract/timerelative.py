"""Date expressions that count from another day: from the publication date (*last week*, *three months ago*) or from
the periods that the text spoke of before (*a year earlier*, *that month*, *the previous quarter*).

The rules have the shape of those in ``timepoints``; every time that they answer is settled.
"""

from datetime import date, timedelta

from extract.spans import DAYS_IN, Span, Time, around, choose, days, fixed, step
from extract.timepoints import Found, Reading, calendar, year_of

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
_DAYPARTS = frozenset(["morning", "afternoon", "evening", "night"])
_FEW = {"few": None, "several": None, "couple": 2}
_LED = frozenset(["in", "for", "during", "of", "over", "the", "throughout", "this", "within"])


def relative(r: Reading, i: int) -> Found:
    """A date expression that counts from another day, from the place ``i`` on (articles are skipped before)."""
    low = r.low(i)
    if low in r.words.days:
        return _day_word(r, i)
    for rule in (_stepped, _counted, _neighbour, _same, _unit_alone):
        if found := rule(r, i):
            return found
    return None


def _day_word(r: Reading, i: int) -> Found:
    if r.tokens.capital(i) and r.kind(i - 1) == "word" and r.tokens.capital(i - 1):
        return None  # USA Today
    day = r.published + timedelta(days=r.words.days[r.low(i)])
    return fixed("day", days(day, 1)), i + 2 if r.low(i + 1) in _DAYPARTS else i + 1


def count_of(r: Reading, i: int) -> tuple[int | None, int] | None:
    """A small number in words or digits, and the place after; the number is null for *a few*."""
    low = r.low(i)
    if low in ("a", "the") and r.low(i + 1) in _FEW:
        i, low = i + 1, r.low(i + 1)
    if low in _FEW:
        return _FEW[low], r.skip(i + 1, "of")
    if low in r.words.numbers:
        tens, ones = r.words.numbers[low], r.words.numbers.get(r.low(i + 2), 0)
        if tens in (20, 30, 40, 50, 60, 90) and r.kind(i + 1) == "-" and ones < 10:
            return tens + ones, i + 3
        return tens, i + 1
    if r.kind(i) == "number" and 0 < int(r.low(i)) < 1000:
        return int(r.low(i)), i + 1
    return None


def window(r: Reading, unit: str, count: int, direction: int) -> Span:
    """The last or next ``count`` units seen from the publication date: whole quarters, else up to that day."""
    today = r.published
    if unit in ("quarter", "half"):
        near = step(unit, around(unit, today), direction)
        far = step(unit, around(unit, today), direction * count)
        return Span(min(near.first, far.first), max(near.last, far.last))
    if unit in DAYS_IN:
        other = today + timedelta(days=direction * (DAYS_IN[unit] * count - 1))
    else:
        other = step(unit, days(today, 1), direction * count).first
    return Span(min(today, other), max(today, other))


def _stepped(r: Reading, i: int) -> Found:
    """*last week*, *this year*, *next May*, *the past three months*, *last fiscal*."""
    low = r.low(i)
    move = r.words.steps.get(low)
    if move is None:
        return None
    counted = count_of(r, i + 1)
    if counted and move and (unit := r.words.units.get(r.low(r.skip(counted[1], "-")), "")):
        if unit == "weekend" or counted[0] is None:
            return None
        return fixed("window", window(r, unit, counted[0], move)), r.skip(counted[1], "-") + 1
    place = i + 1
    if r.low(place) == "night" and low == "last":
        return fixed("day", days(r.published - timedelta(days=1), 1)), place + 1
    if r.low(place) in _DAYPARTS and low == "this":
        return fixed("day", days(r.published, 1)), place + 1
    fiscal = r.low(place) in ("fiscal", "financial")
    if r.low(place) in ("fiscal", "financial", "calendar", "full", "trading", "business"):
        place = r.skip(place + 1, "-")
    unit = r.words.units.get(r.low(place), "year" if fiscal else "")
    if unit:
        end = place + 1 if r.low(place) in r.words.units else place
        return _unit_stepped(r, low, move, unit, fiscal, end)
    if fiscal:
        return None
    found = calendar(r, place)
    if (
        found is None
        or found[0].key is not None
        or found[0].unit not in ("month", "day", "season", "quarter", "half")
    ):
        return None
    time, end = found
    if time.unit in ("quarter", "half") and low != "this":
        return None
    return _recurrence(r, time, low, move, end)


def _unit_stepped(r: Reading, low: str, move: int, unit: str, fiscal: bool, end: int) -> Found:
    if (r.low(end) in ("in", "on", "over") and r.low(end + 1) in ("a", unit)) or unit == "half":
        return None
    if (r.low(end - 1).endswith("s") and low != "this") or unit == "century":
        return None
    if low == "past" and unit != "quarter":
        return fixed("window", window(r, "day" if unit == "weekend" else unit, 1, -1)), end
    if unit == "decade" and move:
        return fixed("window", window(r, unit, 1, move)), end
    if unit == "fortnight":
        return fixed("window", window(r, unit, 1, move or -1)), end
    begins = r.fiscal.month if fiscal or (unit == "quarter" and r.fiscal.quarters) else 1
    current = around(unit, r.published, begins)
    if unit == "weekend":
        weekend = current if r.published.weekday() >= 5 else step("week", current, -1 if low == "last" else 0)
        return fixed(
            unit, step("week", weekend, move) if low == "next" or r.published.weekday() >= 5 else weekend
        ), end
    return fixed(unit, step(unit, current, move)), end


def _recurrence(r: Reading, time: Time, low: str, move: int, end: int) -> Found:
    """*last Friday*, *this July*, *next spring*: which one, strictly before, around or after the publication date."""
    today = r.published
    if low in ("last", "past"):
        span = choose(time, today - timedelta(days=1), -2)
        if span and span.last >= today and time.unit != "day":
            span = _before(time, span)
        # In June nobody calls the month before "last May"; a year ago it is.
        if (
            span
            and time.unit == "month"
            and span.first.year == today.year
            and today.month - span.first.month <= 1
        ):
            span = _before(time, span)
    elif low in ("next", "coming", "upcoming"):
        span = choose(time, today + timedelta(days=1), 1)
        if span and span.first <= today:
            span = choose(time, span.last + timedelta(days=1), 1)
    elif time.cycle == "week":
        span = time.at((today.toordinal() - 1) // 7)
    else:
        span = time.at(today.year)
    return (fixed(time.unit, span), end) if span else None


def _before(time: Time, span: Span) -> Span | None:
    return choose(time, span.first - timedelta(days=1), -2)


def _counted(r: Reading, i: int) -> Found:
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
    if not unit or count is None or word not in _AGO:
        return None
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
    return _shifted(r, unit, count * _AGO[word], word == "ago"), end


def _ends_clause(r: Reading, place: int) -> bool:
    return r.low(place) in (
        "and",
        "to",
        "with",
        "as",
        "but",
        "when",
        "in",
        "at",
        "that",
        "which",
        "by",
        "on",
        "was",
        "for",
    )


def _shifted(r: Reading, unit: str, count: int, from_now: bool) -> Time:
    """A span ``count`` units away. Years and twelve months keep the shape of the period that is spoken of."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit, 0) * count
    yearly = months != 0 and months % 12 == 0
    if yearly and abs(months) == 12 and (anchor := _anchor(r, period=True)):
        return echo(anchor[0], step("month", anchor[1], months))
    if not from_now and (anchor := _anchor(r, period=yearly)):
        if unit == "day" and anchor[0] == "week" and count % 7:
            return fixed(unit, days(anchor[1].first + timedelta(days=count), 1))
        if unit in DAYS_IN and anchor[0] not in ("day", "week", "end"):
            return fixed(unit, step(unit, around(unit, anchor[1].first), count))
        if unit in DAYS_IN or anchor[0] != "day":
            return fixed(anchor[0] if unit != "year" else unit, _moved(unit, anchor, count))
    base = _anchor(r, period=False) if not from_now else None
    day = base[1].first if base else r.published
    grain = {"fortnight": "week", "half": "half"}.get(unit, unit)
    if yearly and unit == "year":
        return fixed("year", step("year", around("year", day), count))
    return fixed(unit, step(unit, around(grain, day), count))


def _moved(unit: str, anchor: tuple[str, Span], count: int) -> Span:
    if unit == "year" and anchor[0] not in ("day", "month", "quarter", "half", "span"):
        return step("year", around("year", anchor[1].first), count)
    return step(unit, anchor[1], count)


def echo(unit: str, span: Span) -> Time:
    """A period named for comparison with the one that the text is about."""
    return Time(unit, lambda _key: span, span.first.year, echo=True)


def _anchor(r: Reading, period: bool) -> tuple[str, Span] | None:
    """The last period that the text spoke of; with ``period`` the last that was more than a day, if any was."""
    kinds = ("quarter", "half", "month", "span", "year", "week", "season", "end") if period else ()
    for mark in reversed(r.marks):
        if not period or mark[0] in kinds:
            return mark
    return None


def _neighbour(r: Reading, i: int) -> Found:
    """*the previous quarter*, *the following day*, *the month before*, *the year before last*."""
    low = r.low(i)
    move = r.words.neighbours.get(low)
    if move is not None and (low != "next" or r.low(i - 1) == "the"):
        place = r.skip(i + 1, "fiscal", "financial", "calendar")
        unit = r.words.units.get(r.low(place), "")
        if unit and not r.low(place).endswith("s"):
            return _beside(r, unit, move), place + 1
        return None
    if r.low(i - 1) != "the" or (unit := r.words.units.get(low, "")) == "" or low.endswith("s"):
        return None
    word = r.low(i + 1)
    if word not in ("before", "after", "earlier") or (
        r.kind(i + 2) == "word" and not (r.low(i + 2) == "last" or _ends_clause(r, i + 2))
    ):
        return None
    if r.low(i + 2) == "last":
        return fixed(unit, step(unit, around(unit, r.published), -2)), i + 3
    return _beside(r, unit, _AGO[word]), i + 2


def _beside(r: Reading, unit: str, move: int) -> Time:
    """The unit before or after the period that the text spoke of, or the publication date."""
    anchor = _anchor(r, period=unit not in ("day", "week"))
    if anchor is None:
        return fixed(unit, step(unit, around(unit, r.published), move))
    if anchor[0] == unit or (unit == "year" and (anchor[1].last - anchor[1].first).days in (364, 365)):
        return fixed(unit, step(unit, anchor[1], move))
    if unit in DAYS_IN and anchor[0] != "day":
        edge = anchor[1].last if move > 0 else anchor[1].first
        return fixed(unit, step(unit, around(unit, edge), move))
    return fixed(unit, step(unit, around(unit, anchor[1].first), move))


def _same(r: Reading, i: int) -> Found:
    """*that week*, *the same month*, *the same period of 2024*, *the year-earlier quarter*, *prior-year period*."""
    low = r.low(i)
    if low == "prior" and r.kind(i + 1) == "-" and r.low(i + 2) == "year":
        return _shifted(r, "year", -1, True), i + 4 if r.low(i + 3) in r.words.sets["period_nouns"] else i + 3
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
    same_kind = [mark for mark in r.marks if mark[0] == unit]
    anchor = same_kind[-1] if same_kind else _anchor(r, period=unit != "day")
    if low == "that":
        if not unit or noun.endswith("s") or anchor is None or r.kind(place + 1) == "-":
            return None
        return fixed(unit, around(unit, anchor[1].first)), place + 1
    after = r.skip(place + 1, ",", "in", "of", "from", "for", "the", "a")
    back = _year_back(r, after, place + 1)
    if back is not None:
        years, end = back
        if anchor is None:
            return fixed("year", around("year", date(years, 1, 1))), end
        span = anchor[1]
        if unit in ("quarter", "month", "half") and anchor[0] != unit and anchor[0] != "span":
            span = around(unit, span.first)
        return echo(anchor[0], step("year", span, years - span.first.year)), end
    if anchor is None or (unit in ("year", "day") and noun != "day"):
        return None
    if unit in ("", anchor[0]):
        return fixed(anchor[0], anchor[1]), place + 1
    return fixed(unit, around(unit, anchor[1].first)), place + 1


def _year_back(r: Reading, i: int, place: int) -> tuple[int, int] | None:
    """The year in which *the same period* lies, and the place after it."""
    anchor = _anchor(r, period=True)
    near = anchor[1].first.year if anchor else r.published.year
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


def _unit_alone(r: Reading, i: int) -> Found:
    """*in the quarter*, *for the full year*, *during the month*: the one that the text spoke of."""
    place = r.skip(i, "full", "whole", "entire", "-", "fiscal", "financial", "half", "-")
    unit = r.words.units.get(r.low(place), "")
    if r.low(i) in ("fiscal", "financial") or r.low(i + 1) in ("fiscal", "financial"):
        unit = unit if unit == "year" else ""
    if unit not in ("quarter", "month", "week", "year") or r.low(place).endswith("s"):
        return None
    full = r.low(i) in ("full", "whole", "entire")
    led = r.low(i - 1) == "the" and r.low(i - 2) in _LED
    if not (full or led) or (
        r.low(place + 1) in ("of", "before", "after", "to", "ended", "ending", "that", "and") and not full
    ):
        return None
    if (r.kind(place + 1) == "-" and r.low(place + 2) != "end") or (r.low(i - 2) == "of" and unit != "year"):
        return None
    fiscal = r.low(place - 1) in ("fiscal", "financial")
    begins = r.fiscal.month if fiscal else 1
    anchor = _anchor(r, period=True)
    if unit == "year":
        day = anchor[1].last if anchor and anchor[0] in ("quarter", "half") and not fiscal else r.published
        return fixed(unit, around(unit, day, begins)), place + 1
    for kind, span in reversed(r.marks):
        if kind == unit:
            return fixed(unit, span), place + 1
    if unit == "quarter":
        return fixed(unit, step(unit, around(unit, r.published), -1)), place + 1
    return fixed(unit, around(unit, r.published)), place + 1
