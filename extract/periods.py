"""Finds date expressions in news prose and says which days they mean, relative to the publication date.

``find_periods`` reads a text from left to right, so that *a year earlier* can lean on what came before. The
grammar is in ``extract.dates``, one module a kind of expression; the words are in
``vocabulary/periods.toml``.
"""

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from extract.dates.compounds import moment
from extract.dates.fiscal import fiscal_of
from extract.dates.leaning import leaning
from extract.dates.opens import open_period
from extract.dates.ranges import Ranged, range_from, range_of
from extract.dates.reading import Mark, Reading, count_of
from extract.dates.spans import choose
from extract.dates.tokens import Tokens
from extract.dates.words import TimeWords, load_time_words
from extract.doc_text import text_of
from extract.records import Dates, Period

_DULL = frozenset({"figure", "stop", ",", ";", "/", "(", ")", "[", "]", ".", "-", "'"})
_FOR = frozenset({"for", "in", "within", "over", "during", "after"})
_REACH = 6  # tokens: *no later than the end of June*
_LONG = frozenset({"window", "span", "years"})

Expression = tuple[str, Dates, int]
"""Its kind, its dates, and the place after it."""


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
        expression = _expression(reading, place) if place >= done else None
        if expression is None:
            continue
        kind, dates, after = expression
        first = place - 1 if place > done and tokens.low[place - 1] == "the" else place
        start, end = tokens.start(first), tokens.end(after - 1)
        found.append(Period(start, end, text[start:end], dates, kind))
        done = after
    return found


def _candidates(r: Reading) -> list[int]:
    """The places where a date expression may begin, in order.

    A word such as *by* or *three* may only where something of the calendar follows soon.
    """
    low, starters, weak, core = r.tokens.low, r.words.starters, r.words.weak, r.words.core
    places = []
    following = len(r.tokens) + _REACH
    for place in range(len(r.tokens) - 1, -1, -1):
        kind, word = r.tokens.kind[place], low[place]
        if kind == "word":
            lone, firm = word in weak, word in core
            opens = word in starters
        else:
            lone = kind == "number" and len(word) < 4 and low[place + 1] != "/"
            opens = kind not in _DULL
            firm = opens and not lone
        if opens and (not lone or following - place <= _REACH):
            places.append(place)
        if firm:
            following = place
    return places[::-1]


def _expression(r: Reading, i: int) -> Expression | None:
    try:
        return _from_to(r, i) or _open(r, i) or _closed(r, i) or _duration(r, i)
    except OverflowError:  # nine hundred centuries ago
        return None


def _from_to(r: Reading, i: int) -> Expression | None:
    """*from January to March*, *from 22 to 28 June*."""
    if r.low(i) != "from":
        return None
    place = r.skip(i + 1, "the")
    return _ranged(r, i, range_of(r, place) or range_from(r, place, moment(r, place), "to"))


def _open(r: Reading, i: int) -> Expression | None:
    """A period with one end."""
    opened = open_period(r, i)
    if opened is None:
        return None
    r.marks.append(opened.mark)
    first, last = opened.first, opened.last
    dates = (first.isoformat() if first else None, last.isoformat() if last else None)
    return "open", dates, opened.after


def _closed(r: Reading, i: int) -> Expression | None:
    """A range or a single time, with both its ends."""
    found = moment(r, i)
    if ranged := _ranged(r, i, range_of(r, i) or range_from(r, i, found)):
        return ranged
    if found is None:
        return None
    time, after = found
    span = time.settled() or choose(time, r.published, leaning(r, i, after))
    if span is None:
        return None
    # What stands in brackets or a year back is there for comparison: the text goes on about something else.
    if not time.echo and not (r.marks and r.kind(i - 1) == "("):
        r.marks.append(Mark(time.unit, span, i))
    return "range" if time.unit in _LONG else "date", (span.first.isoformat(), span.last.isoformat()), after


def _ranged(r: Reading, i: int, ranged: Ranged) -> Expression | None:
    if ranged is None:
        return None
    unit, span, after = ranged
    r.marks.append(Mark(unit, span, i))
    return "range", (span.first.isoformat(), span.last.isoformat()), after


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


@Language.factory("beatbook_periods")
def create_periods(nlp: Language, name: str) -> "PeriodsComponent":
    """The pipeline component: sets ``doc._.periods`` from ``doc._.published`` (a date, or ISO 8601)."""
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
        doc._.periods = find_periods(text_of(doc), published) if published else []
        return doc
