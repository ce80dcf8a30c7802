"""Observations: sightings that say the same, with how many independent voices say it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.figures import Figure, agree, figure_of
from store.records import Sighting
from store.series import grouped, moment, originals, speaker, stand


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one number, by everyone who gives it.

    ``value`` (to ``value_high``) is the most exact one, in ``unit``; ``voices`` names who says it, first said
    first; ``stories`` counts them: a syndicated copy and an outlet that quotes another add nothing.
    ``evidence`` holds every sighting, copies included, in the order of saying.
    """

    subject: str
    metric: str
    kind: str
    value: float | None
    value_high: float | None
    unit: str | None
    direction: str | None
    per: str | None
    scope: str | None
    basis: str | None
    period: tuple[str | None, str | None]
    modality: str
    negated: bool
    first_said: str
    first_by: str
    last_seen: str
    stories: int
    voices: tuple[str, ...]
    evidence: tuple[Sighting, ...]


def observations_of(sightings: Iterable[Sighting], *, superseded: bool = False) -> tuple[Observation, ...]:
    """The observations in the order of their first saying; ``superseded`` keeps edited-away claims."""
    found = []
    for group in grouped(sightings).values():
        parts: dict[tuple[str, bool, str | None], list[Sighting]] = {}
        for s in group if superseded else stand(group):
            parts.setdefault((s.modality, s.negated, s.unit), []).append(s)
        for part in parts.values():
            found += [_observation(cluster) for cluster in alike(part)]
    return tuple(sorted(found, key=lambda o: moment(o.evidence[0])))


def alike(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    """Clusters of sightings that agree, whatever order they come in.

    Rounding does not carry over (3.9 and 4 agree, 4 and 4.1 do, 3.9 and 4.1 do not), so the most exact
    figures found the clusters and a coarser one joins the nearest that it agrees with.
    """
    clusters: list[list[Sighting]] = []
    for s in sorted(sightings, key=_exactness):
        fitting = [c for c in clusters if agree(s, c[0])]
        if fitting:
            min(fitting, key=lambda c: (_apart(s, c[0]), _exactness(c[0]))).append(s)
        else:
            clusters.append([s])
    return clusters


def independent(sightings: Iterable[Sighting]) -> int:
    """How many independent voices are behind sightings of one figure."""
    return len({speaker(v.sighting) for v in originals(sightings)})


def _exactness(s: Sighting) -> tuple[float, float, tuple[str, str, str, str, int, str]]:
    figure = figure_of(s)
    return (figure.width, figure.middle, moment(s)) if figure else (float("inf"), 0.0, moment(s))


def _apart(a: Sighting, b: Sighting) -> float:
    first, second = figure_of(a), figure_of(b)
    return abs(_middle(first) - _middle(second))


def _middle(figure: Figure | None) -> float:
    return figure.middle if figure else 0.0


def _observation(cluster: list[Sighting]) -> Observation:
    exact = cluster[0]
    ordered = sorted(cluster, key=moment)
    voices: dict[str, str] = {}
    for voiced in originals(ordered):
        voices.setdefault(speaker(voiced.sighting), voiced.sighting.speaker or voiced.sighting.url)
    return Observation(
        exact.subject, exact.metric, exact.kind, exact.value, exact.value_high, exact.unit, exact.direction,
        exact.per, exact.scope, exact.basis, exact.period, exact.modality, exact.negated,
        moment(ordered[0])[0], next(iter(voices.values())), max(s.last_seen or s.first_seen for s in ordered),
        len(voices), tuple(voices.values()), tuple(ordered),
    )  # fmt: skip
