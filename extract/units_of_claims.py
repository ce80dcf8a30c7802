"""The unit of a claim, where its figure alone does not say it: of counts by the metric, of money by what is around."""

import math
import re
from bisect import bisect_left

from extract.decisions import Reader
from extract.drafts import Draft, unit_class
from extract.metrics import PRICES
from extract.quantity_nouns import TIME_SPANS
from extract.reading import Anchor, Reading
from extract.records import Quantity
from extract.units import is_money
from extract.units_of_counts import own_unit, unit_around

OWN_UNITS = frozenset({"GWh", "MW", "TEU", "wafers", "GPUs", "FEU", "MWh", "TWh", "kW"})

LIKE_UNITS = OWN_UNITS | {"tonnes", "square inches"}

PER_TOKENS = "/1M tokens"


COMMON = frozenset(("1M tokens", "month", "year", "hour", "unit", "week", "day"))
"""What many prices are for; of these the scorer decides."""

SEAT = re.compile(r"(?:seats?|users?|persons?|heads?|employees?|agents?|licen[cs]es?|nurses?|vehicles?)$")
SHARE = re.compile(r"(?:a|per|each|every) share$", re.IGNORECASE)
TIMES = re.compile(
    r"(?P<month>monthly|(?:a|per|and|/) ?month)|(?P<year>yearly|annual(?:ly)?|(?:a|per|and|/) ?year)(?![a-z])"
)

NAMED = re.compile(
    r"\b(?:per|an?|each|every|one)[ -](?:(?P<call>call)|(?P<request>request)|(?P<query>query)|(?P<image>image|picture)"
    r"|(?P<page>page)|(?P<kg>kilo(?:gram)?s?|kg)|(?P<GB>gigabyte|gig|GB)"
    r"|(?P<TB>terabyte|TB)|(?P<kWh>kilowatt-hour|kWh)|(?P<MWh>megawatt-hour|MWh)|(?P<Wh>watt-hour|Wh)"
    r"|(?P<M1_tokens>million tokens)|(?P<FEU>40-foot (?:box|container)|forty-foot (?:box|container)|FEU))\b(?!-)",
    re.IGNORECASE,
)
"""Things that a price named after them is for."""

LEAST_DEAL = 5e7
"""A price of so much is that of a company or a plant, not of a thing that is sold by the piece."""

FEW = 40
"""How many figures before and after a price of nothing are looked at."""

NEAR_PRICE = 400
ALIKE = 4.0
"""How far off in the text, and how many times as much or little, a price may be for another to be for the same."""

LIKE = math.log(30)
"""How far apart two prices of tokens may be, as a logarithm, for one to say what the other is for."""


_THOUSAND = re.compile(r"\b(?:thousand|1,?000|1k)\s+(?:\w+\s+)?tokens?|/\s*(?:1?k)\b", re.IGNORECASE)


def unit_of(reader: Reader, draft: Draft) -> tuple[str | None, float]:
    """The normalised unit of a draft's figure and the factor to it; null where none can be told."""
    quantity = draft.anchor.quantity
    assert quantity is not None
    kind = unit_class(quantity)
    if draft.role == "change" and kind in ("percent", "points", "x"):
        return quantity.unit, 1.0
    if draft.metric == "share":
        return ("percent", 1.0) if kind in ("percent", "bare", "noun", "x") else (quantity.unit, 1.0)
    counts = reader.reading.metrics.counted
    if draft.metric in counts:
        counted = counts[draft.metric]
        if counted is None or quantity.unit in OWN_UNITS or kind in ("percent", "points", "x"):
            return quantity.unit, 1.0
        if draft.metric in ("capacity", "shipments"):
            return _count_unit(reader, draft, quantity, kind) or (counted, 1.0)
        return counted, 1.0
    currency, _, denominator = (quantity.unit or "").partition("/")
    if not is_money(currency):
        currency = _currency_before(reader, draft) or ""
        denominator = ""
    if not currency:
        return None, 1.0
    if draft.metric in PRICES:
        return _price_unit(reader, draft, currency, denominator)
    if draft.metric == "cost" and denominator and denominator not in COMMON:
        return f"{currency}/{denominator}", 1.0  # what one answer or a kilowatt-hour costs to make
    return currency, 1.0


def _price_unit(reader: Reader, draft: Draft, currency: str, denominator: str) -> tuple[str, float]:
    quantity = draft.anchor.quantity
    assert quantity is not None
    if denominator == "unit" and SEAT.search(quantity.text):
        return f"{currency}/{_time_of_seats(reader, draft) or denominator}", 1.0
    if denominator:
        return f"{currency}/{denominator}", 1.0
    if draft.metric == "price":
        if (quantity.value >= LEAST_DEAL and quantity.per is None) or SHARE.search(quantity.text):
            return currency, 1.0  # the price of a company or a share
        choice = (
            _named_before(reader, draft) or _like_before(reader, draft, currency) or reader.denominator(draft)
        )
        if choice != "1M tokens":
            return (currency if choice == "none" else f"{currency}/{choice}"), 1.0
    return f"{currency}{PER_TOKENS}", 1000.0 if _per_thousand(reader.reading, draft.anchor) else 1.0


def _named_before(reader: Reader, draft: Draft) -> str | None:
    """What a price is for that its sentence named before it: *the fee per call is 190 won*."""
    reading, anchor = reader.reading, draft.anchor
    sentence = reading.sentences[anchor.sentence]
    named = [m.lastgroup or "" for m in NAMED.finditer(reading.text, sentence.start, anchor.start)]
    if not named:
        return None
    return named[-1].replace("_", " ").replace("M1 ", "1M ")


def _time_of_seats(reader: Reader, draft: Draft) -> str | None:
    """The time that a price of a seat is for, by the nearest word of the article that tells it; mostly a month."""
    reading, anchor = reader.reading, draft.anchor
    told = [
        (abs(m.start() - anchor.start) * (1 if m["month"] else 5), "month" if m["month"] else "year")
        for m in TIMES.finditer(reading.text, max(0, anchor.start - 1500), anchor.end + 1500)
    ]
    return min(told)[1] if told else None


def _like_before(reader: Reader, draft: Draft, currency: str) -> str | None:
    """What a price is for that names only its money: a rare thing that the nearest price before was for, where both
    are alike."""
    quantity, anchor = draft.anchor.quantity, draft.anchor
    assert quantity is not None
    reading = reader.reading
    at = bisect_left(reading.quantities, anchor.start, key=lambda q: q.start)
    for q in reversed(reading.quantities[max(0, at - 8) : at]):
        code, _, denominator = (q.unit or "").partition("/")
        if code != currency or q.end < anchor.start - NEAR_PRICE:
            continue
        if denominator in COMMON:
            return None
        if denominator and q.value > 0 and 1 / ALIKE <= quantity.value / q.value <= ALIKE:
            return denominator
    return None


def _per_thousand(reading: Reading, anchor: Anchor) -> bool:
    """Is a price of tokens that names no denominator one of a thousand? As the price whose figure is most like it."""
    value = anchor.quantity.value if anchor.quantity is not None else 0.0
    stated = []
    for q in reading.quantities:
        if q.unit is not None and q.unit.endswith(PER_TOKENS) and q.value > 0 and value > 0:
            thousand = bool(_THOUSAND.search(q.text))
            written = q.value / 1000 if thousand else q.value
            stated.append((abs(math.log(value / written)), thousand))
    if stated and min(stated)[0] < LIKE:
        return min(stated)[1]
    return bool(_THOUSAND.search(reading.quote(anchor.sentence)))


def _earlier(reader: Reader, draft: Draft, most: int) -> list[Draft]:
    """The last drafts before one that have a unit, the nearest first."""
    history = reader.history
    at = bisect_left(history, draft.anchor.start, key=lambda d: d.anchor.start)
    return [d for d in reversed(history[max(0, at - 4 * most) : at]) if d.unit][:most]


def price_unit_around(reader: Reader, draft: Draft) -> str | None:
    """The unit of the prices around a price of nothing: of the nearest, one of the same subject counting as half as
    far, one of a thing of its kind as three quarters."""
    start = draft.anchor.start
    history = reader.history
    at = bisect_left(history, start, key=lambda d: d.anchor.start)
    around = [
        (abs(d.anchor.start - start) * _likeness(d, draft), unit)
        for d in history[max(0, at - FEW) : at + FEW]
        if d is not draft and (unit := _priced_in(d)) is not None
    ]
    if draft.metric != "price":
        around = [row for row in around if row[-1].endswith(PER_TOKENS)]
        return min(around)[-1] if around else f"{_currency_before(reader, draft) or 'USD'}{PER_TOKENS}"
    if around:
        return min(around)[-1]
    before = [d.unit for d in _earlier(reader, draft, 10) if d.unit and "/" in d.unit]
    return before[0] if before else f"{_currency_before(reader, draft) or 'USD'}/month"


def _likeness(d: Draft, draft: Draft) -> float:
    if d.subject == draft.subject:
        return 0.5
    return 0.75 if d.subject_kind == draft.subject_kind else 1.0


def _priced_in(draft: Draft) -> str | None:
    """The unit of a draft's price, where it is one that names what it is for or a price of tokens."""
    if draft.metric not in PRICES or draft.anchor.quantity is None:
        return None
    unit = draft.unit or draft.anchor.quantity.unit or ""
    if "/" in unit:
        return unit
    return f"{unit}{PER_TOKENS}" if draft.metric != "price" and is_money(unit) else None


def _count_unit(reader: Reader, draft: Draft, quantity: Quantity, kind: str) -> tuple[str, float] | None:
    """What a figure of capacity or shipments counts, by its noun, the figures before or the nouns around."""
    own = own_unit(quantity)
    if own is not None and (draft.metric == "capacity" or own != "GPUs"):
        return own, 1.0
    if kind != "bare":
        return None
    if draft.metric == "capacity":
        sentence = reader.reading.sentences[draft.anchor.sentence]
        around = unit_around(reader.reading.text, quantity, (sentence.start, sentence.end))
        if around is not None:
            return around
    for earlier in _earlier(reader, draft, 3):
        if earlier.metric == draft.metric and earlier.unit is not None and earlier.unit in LIKE_UNITS:
            return earlier.unit, 1.0
    counted = _counted_before(reader.reading, draft.anchor)
    return (counted, 1.0) if counted in LIKE_UNITS and counted != "GPUs" else None


def _counted_before(reading: Reading, anchor: Anchor) -> str | None:
    """What the nearest figure before counts, money, ratios and times left aside, in the same paragraph."""
    at = bisect_left(reading.quantities, anchor.start, key=lambda q: q.start)
    for q in reversed(reading.quantities[max(0, at - 6) : at]):
        if "\n" in reading.text[q.end : anchor.start]:
            return None
        if unit_class(q) in ("money", "price", "percent", "points", "x", "bare") or q.unit in TIME_SPANS:
            continue
        return own_unit(q) or q.unit
    return None


def _currency_before(reader: Reader, draft: Draft) -> str | None:
    """The currency of the nearest figure of money before the place, else after it."""
    found: str | None = None
    for quantity in reader.reading.quantities:
        currency = (quantity.unit or "").partition("/")[0]
        if not is_money(currency):
            continue
        if quantity.start > draft.anchor.start and found is not None:
            break
        found = currency
    return found
