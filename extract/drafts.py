"""Claims while they are being made, and the buckets into which features put numbers."""

import math
from collections import Counter
from dataclasses import dataclass, field

from extract.reading import Anchor
from extract.records import Dates, Quantity
from extract.units import is_money

PLAIN = frozenset(
    {
        "percent", "points", "x", "tokens", "users", "downloads", "units", "calls", "GPUs", "MW", "parameters",
        "wafers", "GWh", "TEU",
    }
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A claim while it is being made; what later places of the article look back on."""

    anchor: Anchor
    role: str
    metric: str = ""
    subject: str = ""
    subject_kind: str = ""
    subject_sure: float = 1.0
    owner: str | None = None
    joined: tuple[str, ...] = ()
    unit: str | None = None
    direction: str | None = None
    per: str | None = None
    basis: str | None = None
    period: Dates = (None, None)
    modality: str = "reported"
    source: str | None = None
    negated: bool = False
    confidence: float = 1.0
    rules: list[str] = field(default_factory=list)


class History(list[Draft]):
    """The drafts of a reading so far, in order, with what was told in them: asking costs the same however long it
    is."""

    def __init__(self) -> None:
        super().__init__()
        self.metrics: set[str] = set()
        self.subjects: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        self.periods: Counter[Dates] = Counter()

    def tell(self, draft: Draft) -> None:
        """Adds a draft."""
        self.append(draft)
        self.metrics.add(draft.metric)
        self.subjects.add(draft.subject)
        self.pairs.add((draft.subject, draft.metric))
        self.periods[draft.period] += 1


def unit_class(quantity: Quantity | None) -> str:
    """The class of a figure's unit: ``money``, ``price``, a unit of its own, ``bare`` or ``noun``."""
    if quantity is None:
        return "none"
    unit = quantity.unit
    if unit is None:
        return "bare"
    if is_money(unit):
        return "money"
    if unit in PLAIN:
        return unit
    return "price" if "/" in unit else "noun"


def near(distance: int) -> str:
    """A distance in items as a bucket."""
    if distance <= 2:
        return str(distance)
    if distance <= 4:
        return "3-4"
    if distance <= 7:
        return "5-7"
    return "8-12" if distance <= 12 else "13+"


def few(count: int) -> str:
    """A count as ``0``, ``1`` or ``2+``."""
    return str(count) if count < 2 else "2+"


def magnitude(quantity: Quantity) -> str:
    """The order of magnitude of a figure, two decades a bucket."""
    value = abs(quantity.value)
    return "0" if value == 0 else str(math.floor(math.log10(value) / 1.5))
