"""What the vocabulary says of metrics: of which units their levels are, whether they change, what they count in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PRICES = ("price", "price_input", "price_output", "price_cached_input")
"""The metrics that the definition of a claim tells apart by what the price is for."""

NO_FIGURES = frozenset({"rank", "launch"})
"""Metrics that words bear, not figures."""

VALUED = frozenset({"money", "price", "percent"})
"""Classes of unit that are no counts."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """``levels`` gives the metrics that a level in a class of unit can be of, ``changes`` those that can change,
    ``counted`` the unit of a metric that counts or measures things, null where that is the unit of the figure."""

    levels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changes: Sequence[str] = ()
    counted: Mapping[str, str | None] = field(default_factory=dict)


def metrics_from(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> Metrics:
    """The table of metrics from the entries of a vocabulary, each a name and its values."""
    levels: dict[str, list[str]] = {}
    changes: list[str] = []
    counted: dict[str, str | None] = {}
    for name, values in entries:
        if name in NO_FIGURES:
            continue
        for unit in values["units"]:
            levels.setdefault(unit, []).append(name)
        if values.get("changes", True):
            changes.append(name)
        if values["units"] and not VALUED.intersection(values["units"]):
            counted[name] = values.get("unit")
    return Metrics({unit: tuple(names) for unit, names in levels.items()}, tuple(changes), counted)
