"""The unit of a claim, where its figure alone does not say it: of counts by the metric, of money by what is around."""

import math
import re

from extract.decisions import Reader
from extract.drafts import MONEY, Draft, unit_class
from extract.metrics import PRICES
from extract.reading import Anchor, Reading

OWN_UNITS = frozenset({"GWh", "MW", "TEU", "wafers", "GPUs", "FEU", "MWh", "TWh", "kW"})


PER_TOKENS = "/1M tokens"


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
        if draft.metric == "capacity" or (draft.metric == "shipments" and kind == "bare"):
            return _count_unit_before(reader, draft) or counted, 1.0
        return counted, 1.0
    currency, _, denominator = (quantity.unit or "").partition("/")
    if currency not in MONEY:
        currency = _currency_before(reader, draft) or ""
        denominator = ""
    if not currency:
        return None, 1.0
    if draft.metric in PRICES:
        return _price_unit(reader, draft, currency, denominator)
    return currency, 1.0


def _price_unit(reader: Reader, draft: Draft, currency: str, denominator: str) -> tuple[str, float]:
    if denominator:
        return f"{currency}/{denominator}", 1.0
    if draft.metric == "price":
        choice = reader.denominator(draft)
        if choice != "1M tokens":
            return (currency if choice == "none" else f"{currency}/{choice}"), 1.0
    return f"{currency}{PER_TOKENS}", 1000.0 if _per_thousand(reader.reading, draft.anchor) else 1.0


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


def _earlier(reader: Reader, draft: Draft) -> list[Draft]:
    return [d for d in reversed(reader.history) if d.anchor.start < draft.anchor.start and d.unit]


def price_unit_around(reader: Reader, draft: Draft) -> str | None:
    """The unit of the prices around a price of nothing: the nearest before, else the nearest after."""
    around = sorted(
        (abs(d.anchor.start - draft.anchor.start), q.unit)
        for d in reader.history
        if (q := d.anchor.quantity) is not None and q.unit is not None and "/" in q.unit
    )
    if around:
        return around[0][1]
    before = [d.unit for d in _earlier(reader, draft) if d.unit and "/" in d.unit]
    return before[0] if before else "USD/month"


def _count_unit_before(reader: Reader, draft: Draft) -> str | None:
    for earlier in _earlier(reader, draft)[:3]:
        if earlier.metric == draft.metric and earlier.unit in OWN_UNITS:
            return earlier.unit
    return None


def _currency_before(reader: Reader, draft: Draft) -> str | None:
    """The currency of the nearest figure of money before the place, else after it."""
    found: str | None = None
    for quantity in reader.reading.quantities:
        currency = (quantity.unit or "").partition("/")[0]
        if currency not in MONEY:
            continue
        if quantity.start > draft.anchor.start and found is not None:
            break
        found = currency
    return found
