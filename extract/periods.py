"""Finds date expressions in news prose and says which days they mean, relative to the publication date.

``find_periods`` reads a text from left to right, so that *a year earlier* can lean on what came before. The layers:
``timewords`` (tokens), ``timepoints`` (calendar dates), ``timerelative`` (counted from another day), ``timespans``
(ends, ranges, windows up to a day), and here the open periods and the scan itself.
"""

from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from extract.dates.compounds import moment
from extract.dates.fiscal import fiscal_of
from extract.dates.leaning import leaning
from extract.dates.ranges import range_from, range_of
from extract.dates.reading import Mark, Reading, count_of
from extract.dates.spans import Span, Time, choose, middle
from extract.dates.tokens import Tokens
from extract.dates.words import TimeWords, load_time_words
from extract.records import Dates, Period

_DULL = frozenset({"figure", "stop", ",", "/", "(", ")", "[", "]", ".", "-"})
_FROM = frozenset({"since", "from", "starting", "beginning", "effective", "commencing"})
_TO = frozenset({"by", "until", "till", "til", "through", "thru"})
_NOT = frozenset(["not", "no", "never", "unlikely", "t", "without", "nobody", "none", "cannot"])
_FOR = frozenset(["for", "in", "within", "over", "during", "after"])

Expression = tuple[str, Dates, int]


def find_periods(text: str, published: date, words: TimeWords | None = None) -> list[Period]:
    """Every date expression of ``text`` with the inclusive period it means, sorted, none overlapping another.

    A duration that nothing ties to the calendar (*for three weeks*) has the kind ``duration`` and no dates.
    """
    words = words or load_time_words()
    tokens = Tokens(text)
    reading = Reading(tokens, words, published, fiscal_of(text, words))
    found: list[Period] = []
    done = 0
    for place in _candidates(reading):
        if place < done:
            continue
        try:
            expression = _open(reading, place) or _closed(reading, place) or _duration(reading, place)
        except OverflowError:  # nine hundred centuries ago
            continue
        if expression is None:
            continue
        name, dates, after = expression
        start, end = tokens.start(place), tokens.end(after - 1)
        if place > done and tokens.low[place - 1] == "the":
            start = tokens.start(place - 1)
        found.append(Period(start, end, text[start:end], dates, name))
        done = after
    return found


def _candidates(r: Reading) -> list[int]:
    """The places where a date expression may begin; a number in words only where it may count a unit of time."""
    low, words = r.tokens.low, r.words
    places = []
    for place, kind in enumerate(r.tokens.kind[: len(r.tokens)]):
        if kind == "word":
            word = low[place]
            if word not in words.starters:
                continue
            if word in words.numbers and not any(
                near in words.counted for near in low[place + 1 : place + 5]
            ):
                continue
        elif kind in _DULL:
            continue
        elif kind == "number" and len(low[place]) < 4 and low[place + 1] != "/":
            if words.counted.isdisjoint(low[place + 1 : place + 5]):
                continue
        places.append(place)
    return places


def _closed(r: Reading, i: int) -> Expression | None:
    """A range or a single time, with both its ends."""
    found = moment(r, i)
    if ranged := range_of(r, i) or range_from(r, i, found):
        return _ranged(r, i, ranged)
    if found is None:
        return None
    time, after = found
    span = choose(time, r.published, leaning(r, i, after))
    if span is None:
        return None
    if not time.echo and not (r.marks and r.kind(i - 1) == "("):
        r.marks.append(Mark(time.unit, span, i))
    ranged_units = ("window", "span", "years", "range")
    return "range" if time.unit in ranged_units else "date", _iso(span.first, span.last), after


def _ranged(r: Reading, i: int, ranged: tuple[str, Span, int]) -> Expression:
    unit, span, after = ranged
    r.marks.append(Mark(unit, span, i))
    return "range", _iso(span.first, span.last), after


def _open(r: Reading, i: int) -> Expression | None:
    """*since February*, *by the end of 2027*, *until May 5*, *not before 2028*, *from 1 June on*."""
    low = r.low(i)
    if low in ("no", "not") and r.low(i + 1) in ("later", "earlier") and r.low(i + 2) == "than":
        place, side = i + 3, "to" if r.low(i + 1) == "later" else "from"
    elif low == "as" and r.low(i + 1) in ("from", "of"):
        place, side = i + 2, "from"
    elif low in _FROM and r.low(i + 1) != "of":
        place, side = i + 1, "from"
        if low != "from" and low != "since" and r.low(place) in ("from", "with", "as"):
            place += 1
    elif low in _TO:
        place, side = i + 1, "to"
    elif low in ("before", "after"):
        place, side = i + 1, low
    else:
        return None
    while r.low(place) in r.words.sets["hedges"]:
        place += 1
    if low == "from" and (ranged := range_of(r, place) or range_from(r, place, moment(r, place), "to")):
        return _ranged(r, i, ranged)
    mid = r.words.parts.get(r.low(place)) == "mid" and side == "to"
    inner = r.skip(place + 1, "-", "of", "in", "the") if mid else place
    found = moment(r, inner)
    if found is None or found[0].unit in ("window", "years"):
        return None
    time, after = found
    if low == "after" and time.unit not in ("day", "month", "year", "week"):
        return None
    compared = low == "from" and _compared(r, i)
    lean = -2 if low == "since" else leaning(r, i, after)
    if compared and (lean < 0 or (lean == 0 and time.unit != "day")):
        lean = -2
    elif time.cycle == "year" and (side == "to" or low in ("from", "starting")):
        lean = lean or 1
    span = choose(time, r.published, lean)
    if span is None:
        return None
    if r.kind(after) == "'" and side in ("before", "after"):
        return None
    if span.first <= r.published and (
        low == "as" or compared or (low == "from" and _of_the_past(r, place, time, span))
    ):
        return None
    if (
        time.unit == "year"
        and r.low(place - 1) == "the"
        and r.kind(after) == "word"
        and side in ("before", "after")
    ):
        return None  # before the 2026 price lists
    r.marks.append(Mark(time.unit, span, i))
    if low == "from":
        after = r.skip(after, "on") if r.low(after + 1) != "the" else after
        after = r.skip(after, "onwards") if r.low(after) == "onwards" else r.skip(after, "onward")
    if side == "to":
        return "open", (None, (middle(span) if mid else span.last).isoformat()), after
    if side == "from":
        return "open", (span.first.isoformat(), None), after
    if side == "before":
        if any(r.low(k) in _NOT for k in _left(r, i, 7)):
            return "open", (span.first.isoformat(), None), after
        until = span.last if time.unit == "end" else span.first - timedelta(days=1)
        return "open", (None, until.isoformat()), after
    return "open", ((span.last + timedelta(days=1)).isoformat(), None), after


def _compared(r: Reading, i: int) -> bool:
    """Whether *from* leads to what a figure is compared with (*up 3% from March*), not to where something begins."""
    return (
        r.low(i - 1) in r.words.sets["compared"]
        or r.kind(i - 1) in ("figure", "number")
        or r.low(i + 1) == "that"
    )


def _of_the_past(r: Reading, place: int, time: Time, span: Span) -> bool:
    """Whether *from* only names where something is from: *from last year*, *from the previous quarter*, *from 2009*."""
    low = r.low(place)
    back = low in r.words.neighbours or r.words.steps.get(low, 0) < 0
    return time.echo or back or r.kind(place + 2) == "'" or (time.unit == "year" and span.last < r.published)


def _left(r: Reading, i: int, most: int) -> list[int]:
    """The places before ``i`` in the same sentence, nearest first."""
    places = []
    for place in range(i - 1, max(i - 1 - most, -1), -1):
        if r.kind(place) == "stop":
            break
        places.append(place)
    return places


def _duration(r: Reading, i: int) -> Expression | None:
    """*three weeks*, *16 months*, *in a year*: a length of time that no date is tied to."""
    counted = count_of(r, i)
    if counted is None:
        return None
    count, after = counted
    unit = r.low(after)
    if unit not in r.words.units or unit in ("half", "halves", "quarter", "mo", "century", "weekend"):
        return None
    if (count == 1 and r.low(i - 1) not in _FOR) or r.low(after + 1) in ("old", "ago"):
        return None
    if r.kind(after + 1) == "-" or r.kind(i - 1) == "-":
        return None
    return "duration", (None, None), after + 1


def _iso(first: date, last: date) -> Dates:
    return first.isoformat(), last.isoformat()


@Language.factory("beatbook_periods")
def create_periods(nlp: Language, name: str) -> "PeriodsComponent":
    """The pipeline component: sets ``doc._.periods`` from the text and from ``doc._.published`` (a date, ISO or not)."""
    return PeriodsComponent()


class PeriodsComponent:
    """Marks the date expressions of a document; without a publication date it marks none."""

    def __init__(self) -> None:
        for extension in ("published", "periods"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=None)

    def __call__(self, doc: Doc) -> Doc:
        published = doc._.published
        if isinstance(published, str):
            published = date.fromisoformat(published[:10])
        doc._.periods = find_periods(doc.text, published) if published else []
        return doc
