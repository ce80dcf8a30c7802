"""The records of floor 2, which travel between its components and up to the store. Standard library only.

All offsets are characters, ``start`` inclusive and ``end`` exclusive, into the field that the record is of;
``text[start:end]`` gives the quoted piece back, always.
"""

from dataclasses import dataclass

Dates = tuple[str | None, str | None]
"""An inclusive period as ISO dates, either end open."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. ``name`` is canonical; ``kind`` is ``vendor``, ``model``, ``product``, ``group``,
    ``market``, ``organisation``, ``person`` or ``place``; ``owner`` is the canonical vendor of a model or product;
    ``how`` says how it was recognised: ``vocabulary``, or the name of the shape or introduction that found it."""

    start: int
    end: int
    text: str
    name: str
    kind: str
    owner: str | None = None
    how: str = "vocabulary"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. ``value`` has magnitude words expanded; of a range it is the low end.

    ``unit`` is a normalised unit (``percent``, ``points``, ``x``, ``USD``, ``USD/1M tokens``, ``tokens``, ``MW``, …),
    the counted noun in the singular where the vocabulary has no unit for it, or null for a bare number. ``per`` is
    the time base (``day``, ``week``, …) written directly at the quantity. ``qualifier`` is ``about``, ``nearly``,
    ``over``, ``under``, ``at_least`` or ``up_to``; ``direction`` is ``up`` or ``down`` where a word at the quantity
    says so. ``rounding`` is the absolute rounding of the figure as written (3.96 trillion is rounded to 1e10).
    """

    start: int
    end: int
    text: str
    value: float
    value_high: float | None = None
    unit: str | None = None
    per: str | None = None
    qualifier: str | None = None
    direction: str | None = None
    rounding: float = 0.0


@dataclass(frozen=True, slots=True)
class Period:
    """A date expression and the inclusive period that it stands for, relative to the publication date.

    ``kind`` is ``date``, ``range``, ``open`` (one end unknown) or ``duration``; ``text`` includes the preposition
    only where it changes the meaning (*since February*, *by 2027*).
    """

    start: int
    end: int
    text: str
    period: Dates
    kind: str = "date"


@dataclass(frozen=True, slots=True)
class Claim:
    """One number, or one direction, that an article asserts about one subject and one metric.

    The fields are those of the definition; ``field`` is ``text`` or ``title``, ``start`` and ``end`` are the place of
    ``quote`` in it, ``confidence`` is between 0 and 1, and ``rules`` names the cues and rules that made the claim.
    """

    subject: str
    metric: str
    kind: str
    value: float | None
    unit: str | None
    quote: str
    sentence: str
    field: str
    start: int
    end: int
    value_high: float | None = None
    previous: float | None = None
    direction: str | None = None
    qualifier: str | None = None
    per: str | None = None
    scope: str | None = None
    basis: str | None = None
    period: Dates = (None, None)
    modality: str = "reported"
    negated: bool = False
    source: str | None = None
    confidence: float = 0.5
    rounding: float = 0.0
    rules: tuple[str, ...] = ()
