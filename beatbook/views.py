"""How each kind of record is laid out as a table for a person: headings, cells and the claims that are its evidence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from beatbook.wording import ARROWS, figure, number, period, said


@dataclass(frozen=True, slots=True)
class View:
    """``cells`` gives the values of a row below ``headings``; ``evidence`` the sightings behind it."""

    headings: tuple[str, ...]
    cells: Callable[[Any], tuple[Any, ...]]
    evidence: Callable[[Any], Iterable[Any]] = lambda row: row.evidence


def _per(row: Any) -> str:
    return ", ".join(word for word in (row.scope, row.per and f"per {row.per}") if word) or "-"


def _claim(row: Any) -> tuple[Any, ...]:
    return (row.said, said(row), period(row.period_start, row.period_end), row.source or row.site)


def _history(row: Any) -> tuple[Any, ...]:
    return (
        period(row.period_start, row.period_end),
        row.metric,
        figure(row.value, row.unit, row.value_high),
        _per(row),
        "derived" if row.derived else row.modality,
        row.first_said[:10],
        row.stories,
    )


def _price(row: Any) -> tuple[Any, ...]:
    million = row.converted if row.converted is not None else row.per_million
    return (
        row.subject,
        row.metric,
        figure(row.value, row.unit, row.value_high),
        None if million is None else number(million),
        row.scope,
        row.valid_from,
        row.valid_to,
        row.status,
    )


def _mover(row: Any) -> tuple[Any, ...]:
    return (
        row.subject,
        f"{ARROWS['up' if row.percent >= 0 else 'down']} {abs(row.percent):.4g}%",
        row.basis,
        row.scope,
        figure(row.previous, row.unit),
        figure(row.value, row.unit),
        period(row.period_start, row.period_end),
        "derived" if row.derived else "stated",
    )


def _leader(row: Any) -> tuple[Any, ...]:
    moved = "new" if row.previous_rank is None else f"{row.moved:+d}" if row.moved else "="
    return (
        period(row.period_start, row.period_end),
        row.rank,
        moved,
        row.subject,
        figure(row.value, row.unit),
        _per(row),
    )


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "claims": View(("said", "claim", "about", "source"), _claim, lambda row: (row,)),
        "history": View(("period", "metric", "figure", "of", "said as", "first said", "stories"), _history),
        "prices": View(("subject", "price", "figure", "per 1M", "scope", "from", "to", "status"), _price),
        "movers": View(("subject", "change", "basis", "scope", "from", "to", "period", "how"), _mover),
        "leaders": View(("period", "place", "moved", "subject", "figure", "of"), _leader),
    }
)
