"""Dates that count from the publication date: *today*, *last week*, *next May*, *the past three months*."""

from datetime import timedelta

from extract.dates.leaning import leaning
from extract.dates.reading import Found, Reading, count_of, spoken_of
from extract.dates.spans import DAYS_IN, Span, Time, around, choose, days, fixed, step
from extract.dates.written import named, ordinal_rule


def day_word(r: Reading, i: int) -> Found:
    if r.tokens.capital(i) and r.kind(i - 1) == "word" and r.tokens.capital(i - 1):
        return None  # USA Today
    day = r.published + timedelta(days=r.words.days[r.low(i)])
    return fixed("day", days(day, 1)), i + 2 if r.low(i + 1) in r.words.sets["dayparts"] else i + 1


def window(r: Reading, unit: str, count: int, direction: int) -> Span:
    """The last or next ``count`` units from the publication date: whole quarters, else up to that day."""
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


def stepped(r: Reading, i: int) -> Found:
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
    if r.low(place) in r.words.sets["dayparts"] and low == "this":
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
    found = named(r, place)
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
    if low == "latest":
        spoken = spoken_of(r, end, (unit,))
        return fixed(unit, spoken.span if spoken else step(unit, around(unit, r.published), -1)), end
    if low == "last" and unit == "quarter" and leaning(r, end - 2, end) > 0:
        return None  # is to open in the last quarter: of the year
    if unit == "year" and r.kind(end) == "'" and (part := _part_of(r, end + 2, r.published.year + move)):
        return part
    begins = r.fiscal.month if fiscal or (unit == "quarter" and r.fiscal.quarters) else 1
    current = around(unit, r.published, begins)
    if unit == "weekend":
        weekend = current if r.published.weekday() >= 5 else step("week", current, -1 if low == "last" else 0)
        return fixed(
            unit, step("week", weekend, move) if low == "next" or r.published.weekday() >= 5 else weekend
        ), end
    return fixed(unit, step(unit, current, move)), end


def _part_of(r: Reading, i: int, year: int) -> Found:
    """*last year's third quarter*, *next year's first half*."""
    found = ordinal_rule(r, i)
    if found is None or found[0].unit not in ("quarter", "half") or found[0].key is not None:
        return None
    span = found[0].at(year)
    return (fixed(found[0].unit, span), found[1]) if span else None


def _recurrence(r: Reading, time: Time, low: str, move: int, end: int) -> Found:
    """*last Friday*, *this July*, *next spring*: which one, strictly before, around or after the publication
    date.
    """
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
        span = choose(time, today + timedelta(days=1), 2)
        if span and span.first <= today:
            span = choose(time, span.last + timedelta(days=1), 2)
    elif time.cycle == "week":
        span = time.at((today.toordinal() - 1) // 7)
    else:
        span = time.at(today.year)
    return (fixed(time.unit, span), end) if span else None


def _before(time: Time, span: Span) -> Span | None:
    return choose(time, span.first - timedelta(days=1), -2)
