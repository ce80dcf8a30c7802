"""The units, currencies, magnitudes and bound words that ``quantities`` knows: compiled, as ``units_loading``
loads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """What a written unit stands for: a figure times ``factor`` is in ``name``.

    ``price`` is what stands below the stroke where the unit is a price's denominator, ``bulk`` how many of
    them the price is for. ``kind`` is ``currency``, ``measure`` or ``counted``.
    """

    name: str
    kind: str = "measure"
    factor: float = 1.0
    price: str = "unit"
    bulk: float = 1.0


_BOXES = frozenset({"TEU", "FEU"})


def is_money(unit: str | None) -> bool:
    """Whether the normalised unit of a quantity is a currency: it has the three capitals of a code (ISO 4217), which
    of all other units only those of cargo boxes have."""
    return unit is not None and len(unit) == 3 and unit.isupper() and unit not in _BOXES


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside a figure: ``role`` is ``qualifier``, ``direction``, ``change`` (a direction of changes
    only), ``ratio`` (of percentages only), ``filler`` (look past it) or ``stop``."""

    role: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """The example of an entry: the ``table`` it is in, the ``meaning`` (name, code or value) it shows, the
    text."""

    table: str
    meaning: str
    text: str


@dataclass(frozen=True, slots=True)
class Units:
    """A units vocabulary, compiled. Patterns of words run on folded lower-case text, of symbols on folded
    text.

    ``before`` are the phrases before a figure, ``sizes`` their lengths in words by last word. ``head`` finds a
    magnitude or a price that no figure stands at (*US$ million*, *in thousands*, *(yuan/kg)*), ``heads`` are its
    magnitudes, ``head_money`` the codes of its currencies.
    """

    symbols: re.Pattern[str]
    words: re.Pattern[str]
    forms: Mapping[str, Unit]
    counted: Mapping[str, Unit]
    prefixes: Mapping[str, str]
    prefix_ends: frozenset[str]
    magnitude: re.Pattern[str]
    magnitudes: Mapping[str, float]
    glued: Mapping[str, float]
    multiple: re.Pattern[str]
    multiples: Mapping[str, tuple[float, str | None]]
    times: Mapping[str, str]
    per: re.Pattern[str]
    adverbs: Mapping[str, str]
    before: Mapping[str, Mark]
    sizes: Mapping[str, tuple[int, ...]]
    suffix: re.Pattern[str]
    suffixes: Mapping[str, str]
    after: re.Pattern[str]
    afters: Mapping[str, str]
    labels: frozenset[str]
    weak_labels: frozenset[str]
    head: re.Pattern[str]
    heads: Mapping[str, float]
    head_money: Mapping[str, str]
    examples: tuple[Example, ...]


def normal(word: str) -> str:
    """The key of a written form: hyphens and runs of spaces are one space."""
    return " ".join(word.replace("-", " ").split()) or word
