"""How each kind of record is laid out as a table for a person: headings, cells and the claims that are its
evidence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from beatbook.output import plain
from beatbook.wording import ARROWS, figure, number, period, said


@dataclass(frozen=True, slots=True)
class View:
    """``cells`` gives the values of a row below ``headings``, ``evidence`` the sightings behind it, and
    ``fields`` the row as other programs get it."""

    headings: tuple[str, ...]
    cells: Callable[[Any], tuple[Any, ...]]
    evidence: Callable[[Any], Iterable[Any]] = lambda row: row.evidence
    fields: Callable[[Any], Mapping[str, Any]] = plain


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


def _reference(row: Any) -> tuple[Any, ...]:
    press, public = (None if value is None else number(value) for value in (row.press, row.public))
    return (row.subject, row.metric, row.verdict, row.valid_from, press, public, row.model)


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


def compared(row: Any) -> dict[str, Any]:
    """A revision, conflict, outcome or check as the public contract has it: the claims by their ids, not in
    full."""
    own: dict[str, Any] = plain(row)
    del own["evidence"]
    for step in own.get("steps", ()):
        del step["evidence"]
    return own


def _about(row: Any) -> tuple[str, str, str]:
    return row.subject, ", ".join(word for word in (row.metric, row.scope) if word), period(*row.period)


def _revision(row: Any) -> tuple[Any, ...]:
    chain = " → ".join(figure(step.value, row.unit, step.value_high) for step in row.steps)
    return (
        *_about(row),
        chain,
        row.sources[0],
        ", ".join(dict.fromkeys(step.how for step in row.steps)),
        row.day,
    )


def _conflict(row: Any) -> tuple[Any, ...]:
    figures = " / ".join("denied" if value is None else figure(value, row.unit) for value in row.values)
    spread = None if row.spread is None else f"{row.spread:.1%}"
    return (*_about(row), figures, " / ".join(row.sources), spread, row.explanation)


def _outcome(row: Any) -> tuple[Any, ...]:
    promised, came = (figure(value, row.unit) for value in (row.values[0], row.values[-1]))
    error = None if row.error is None else f"{row.error:+.1%}"
    return (
        *_about(row),
        row.modality,
        promised,
        came,
        error,
        "hit" if row.hit else "miss",
        " / ".join(row.sources),
    )


def _score(row: Any) -> tuple[Any, ...]:
    error = None if row.median_absolute_error is None else f"{row.median_absolute_error:.1%}"
    return (row.source, row.n, row.hits, error, None if row.bias is None else f"{row.bias:+.1%}")


def _check(row: Any) -> tuple[Any, ...]:
    return (*_about(row), row.check, row.explanation)


def _hit(row: Any) -> tuple[Any, ...]:
    return (row.title, row.site, (row.published or "")[:10], " ".join(row.snippet.split()), row.url)


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "claims": View(("said", "claim", "about", "source"), _claim, lambda row: (row,)),
        "history": View(("period", "metric", "figure", "of", "said as", "first said", "stories"), _history),
        "prices": View(("subject", "price", "figure", "per 1M", "scope", "from", "to", "status"), _price),
        "reference": View(
            ("subject", "price", "verdict", "from", "press, USD per 1M", "list, USD per 1M", "in the list"),
            _reference,
        ),
        "movers": View(("subject", "change", "basis", "scope", "from", "to", "period", "how"), _mover),
        "search": View(("article", "site", "published", "match", "link"), _hit, lambda row: row.claims),
        "revisions": View(
            ("subject", "metric", "about", "figures", "source", "how", "last"), _revision, fields=compared
        ),
        "conflicts": View(
            ("subject", "metric", "about", "figures", "sources", "spread", "nearly explained by"),
            _conflict,
            fields=compared,
        ),
        "outcomes": View(
            ("subject", "metric", "about", "said as", "said", "came", "error", "", "sources"),
            _outcome,
            fields=compared,
        ),
        "scoreboard": View(
            ("source", "outcomes", "hits", "median error", "bias"), _score, evidence=lambda row: ()
        ),
        "checks": View(("subject", "metric", "about", "check", "explanation"), _check, fields=compared),
        "leaders": View(("period", "place", "moved", "subject", "figure", "of"), _leader),
    }
)
