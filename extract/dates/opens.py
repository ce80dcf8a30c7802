"""Periods with one open end: *since February*, *by the end of 2027*, *until May 5*, *not before 2028*."""

from datetime import date, timedelta
from typing import NamedTuple

from extract.dates.compounds import moment
from extract.dates.leaning import leaning
from extract.dates.reading import Mark, Reading
from extract.dates.spans import Span, Time, choose, middle

_FROM = frozenset({"since", "from", "starting", "beginning", "effective", "commencing"})
_TO = frozenset({"by", "until", "till", "til", "through", "thru"})
_NOT = frozenset({"not", "no", "never", "unlikely", "t", "without", "nobody", "none", "cannot"})
_AFTER = frozenset({"day", "month", "year", "week"})


class Opened(NamedTuple):
    """An open period, the place after it, and the time that it was made from."""

    first: date | None
    last: date | None
    after: int
    mark: Mark


def open_period(r: Reading, i: int) -> Opened | None:
    """The open period that a preposition at ``i`` begins, or null where it means something else."""
    side, place = _preposition(r, i)
    if not side:
        return None
    while r.low(place) in r.words.sets["hedges"]:
        place += 1
    mid = side == "to" and r.words.parts.get(r.low(place)) == "mid"
    found = moment(r, r.skip(place + 1, "-", "of", "in", "the") if mid else place)
    if found is None or found[0].unit in ("window", "years"):
        return None
    time, after = found
    span = choose(time, r.published, _leaning(r, i, time, side, after))
    if span is None or _means_otherwise(r, i, place, time, span, after):
        return None
    mark = Mark(time.unit, span, i)
    if r.low(i) == "from" and r.low(after) in ("on", "onward", "onwards") and r.low(after + 1) != "the":
        after += 1
    if side == "to":
        return Opened(None, middle(span) if mid else span.last, after, mark)
    if side == "before" and not _denied(r, i):
        # Before the end of June is not before its last day.
        last = span.last if time.unit == "end" else span.first - timedelta(days=1)
        return Opened(None, last, after, mark)
    return Opened(span.last + timedelta(days=1) if side == "after" else span.first, None, after, mark)


def _preposition(r: Reading, i: int) -> tuple[str, int]:
    """Which side of a date the words at ``i`` ask for (empty for none), and where the date begins."""
    low, following = r.low(i), r.low(i + 1)
    if low in ("no", "not") and following in ("later", "earlier") and r.low(i + 2) == "than":
        return "to" if following == "later" else "from", i + 3
    if low == "as" and following in ("from", "of"):
        return "from", i + 2
    if low in _FROM and following != "of":
        return "from", r.skip(i + 1, "from", "with", "as")
    if low in _TO:
        return "to", i + 1
    return (low, i + 1) if low in ("before", "after") else ("", i)


def _leaning(r: Reading, i: int, time: Time, side: str, after: int) -> int:
    low = r.low(i)
    if low == "since":
        return -2
    lean = leaning(r, i, after)
    if low == "from" and _compared(r, i) and (lean < 0 or (lean == 0 and time.unit != "day")):
        return -2
    if side in ("to", "before") or (time.cycle == "year" and low in ("from", "starting")):
        return lean or 1
    return lean


def _means_otherwise(r: Reading, i: int, place: int, time: Time, span: Span, after: int) -> bool:
    """Whether the date only says of when something is: *as of June*, *up 3% from March*, *after Tuesday's
    close*.
    """
    low = r.low(i)
    if low in ("before", "after"):
        price_lists = time.unit == "year" and r.low(place - 1) == "the" and r.kind(after) == "word"
        return r.kind(after) == "'" or price_lists or (low == "after" and time.unit not in _AFTER)
    if span.first > r.published or low not in ("from", "as"):
        return False
    first = r.low(place)
    back = first in r.words.neighbours or r.words.steps.get(first, 0) < 0
    bygone = time.unit == "year" and span.last < r.published  # a spreadsheet from 2009
    return low == "as" or _compared(r, i) or time.echo or back or bygone or r.kind(place + 2) == "'"


def _compared(r: Reading, i: int) -> bool:
    """Whether *from* at ``i`` follows a change or a figure, and leads to what that is compared with."""
    after_figure = r.low(i - 1) in r.words.sets["compared"] or r.kind(i - 1) in ("figure", "number")
    return after_figure or r.low(i + 1) == "that"


def _denied(r: Reading, i: int) -> bool:
    """Whether a *not* stands before the place ``i`` in its sentence."""
    for place in range(i - 1, max(i - 8, -1), -1):
        if r.kind(place) == "stop":
            return False
        if r.low(place) in _NOT:
            return True
    return False
