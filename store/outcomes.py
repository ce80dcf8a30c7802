"""Outcomes: forecasts and targets whose period is over against what was reported, and a scoreboard. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean, median

from extract.records import Dates
from store.figures import GROWTH, agree, family, figure_of
from store.history import base_period
from store.observations import alike
from store.records import Sighting, name_key
from store.revisions import Position, positions_of
from store.series import Key, grouped, key_of, moment, speaker, unique, voice, within

NEAR_DEADLINE = timedelta(days=45)
"""How long before a deadline a report may lie and still tell how a target *by* that day came out."""

_LOWER_IS_BETTER = frozenset(["price", "price_input", "price_output", "price_cached_input", "cost", "rank"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """A forecast or target with what came of it, both in ``unit``.

    ``error`` is (forecast - reported) / |reported|: positive where too much was promised; ``difference`` is
    the same in ``unit``. A range counts with its middle. Both are null for a bare direction. ``hit``: the
    reported figure lies within rounding, range and qualifier of the forecast; a target is also hit when
    surpassed. ``derived``: the change was not reported as such but follows from the levels in ``evidence``,
    which holds the forecast first.
    """

    subject: str
    metric: str
    kind: str
    period: tuple[str | None, str | None]
    unit: str | None
    per: str | None
    scope: str | None
    basis: str | None
    modality: str
    values: tuple[float | None, ...]
    sources: tuple[str, ...]
    error: float | None
    difference: float | None
    hit: bool
    derived: bool
    claims: tuple[str, ...]
    evidence: tuple[Sighting, ...]

    @property
    def source(self) -> str:
        """Who foresaw it."""
        return self.sources[0]

    @property
    def day(self) -> str:
        """When the outcome was known: the period over and the figure reported."""
        return max(moment(self.evidence[-1])[0], self.period[1] or "")


@dataclass(frozen=True, slots=True)
class Score:
    """How one source did: ``errors`` counts outcomes with a figure; ``bias`` is their mean, signed."""

    source: str
    n: int
    hits: int
    median_absolute_error: float | None
    bias: float | None


def outcomes_of(
    sightings: Iterable[Sighting], now: date, *, since: str | None = None, until: str | None = None
) -> tuple[Outcome, ...]:
    """The outcomes known by ``now`` that became known in the window, the newest first.

    Of a forecast that was revised the last one before the report counts.
    """
    known = unique(sightings)
    reports = _Reports(known)
    found = []
    for group in grouped(known).values():
        end = group[0].period_end
        if end is None or end[:10] >= now.isoformat():
            continue
        for ahead in _last_words([s for s in group if s.modality in ("forecast", "target")], reports):
            outcome = _outcome(ahead, reports)
            if outcome is not None and within(outcome.day, since, until):
                found.append(outcome)
    return tuple(sorted(found, key=lambda o: (o.day, o.subject, o.metric, o.claims), reverse=True))


def scoreboard_of(outcomes: Iterable[Outcome]) -> tuple[Score, ...]:
    """Outcomes by source, by name. Errors are relative to what was reported."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[voice(outcome.source)].append(outcome)
    scores = []
    for group in groups.values():
        errors = [o.error for o in group if o.error is not None]
        scores.append(
            Score(
                group[0].source,
                len(group),
                sum(o.hit for o in group),
                median(map(abs, errors)) if errors else None,
                fmean(errors) if errors else None,
            )
        )
    return tuple(sorted(scores, key=lambda s: s.source))


class _Reports:
    """What was reported, by series."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.by_number: dict[Key, list[Sighting]] = defaultdict(list)
        self.by_series: dict[Key, list[Sighting]] = defaultdict(list)
        self.levels: dict[tuple[str, str, str, Dates], set[Key]] = defaultdict(set)
        for s in sightings:
            if s.modality == "reported" and not s.negated:
                key = key_of(s)
                self.by_number[key].append(s)
                self.by_series[replace(key, period=(None, None))].append(s)
                if key.kind == "level" and key.unit != "percent":
                    self.levels[key.subject, key.metric, key.scope, key.period].add(key)

    def of(self, ahead: Sighting) -> list[Sighting]:
        """The reports of the very number, or for a deadline of the time up to it. Sightings of one period."""
        key = key_of(ahead)
        exact = [s for s in self.by_number[key] if moment(s)[0] >= moment(ahead)[0]]
        if exact or key.period[0] is not None or key.period[1] is None:
            return exact
        deadline = date.fromisoformat(key.period[1][:10])
        periods: dict[tuple[str | None, str | None], list[Sighting]] = defaultdict(list)
        for s in self.by_series[replace(key, period=(None, None))]:
            # A year that ends on the deadline counts for a flow; a level before the target was set does not.
            if s.period_end and s.period_end <= key.period[1] and s.period_end[:10] >= moment(ahead)[0]:
                periods[s.period].append(s)
        if not periods:
            return []
        last = max(periods, key=lambda p: (p[1] or "", p[0] or ""))
        if deadline - date.fromisoformat((last[1] or "")[:10]) <= NEAR_DEADLINE:
            return periods[last]
        met = [p for p in periods if ahead.modality == "target" and _met(ahead, periods[p][0])]
        return periods[max(met, key=lambda p: p[1] or "")] if met else []

    def derived(self, ahead: Sighting) -> tuple[Sighting, Sighting, float] | None:
        """Level now, level before and the percentage between them, for a change that nobody reported."""
        before = base_period(*ahead.period, ahead.basis)
        if ahead.kind != "change" or family(ahead) != GROWTH or before is None:
            return None
        for level in sorted(
            self.levels[key_of(ahead).subject, ahead.metric, key_of(ahead).scope, ahead.period], key=repr
        ):
            new = _chosen(self.by_number[level], ahead)
            old = _chosen(self.by_number.get(replace(level, period=before), []), ahead)
            if new and old and new.value is not None and old.value and old.value > 0:
                return new, old, 100 * (new.value / old.value - 1)
        return None


def _last_words(group: list[Sighting], reports: _Reports) -> list[Sighting]:
    """Of each forecaster of one number the last figure said before the number was reported."""
    found: list[Sighting] = []
    for modality in ("forecast", "target"):
        own = [s for s in group if s.modality == modality and not s.negated]
        if not own:
            continue
        first_report = min((moment(s)[0] for s in reports.of(own[0])), default="9999")
        early = [s for s in own if moment(s)[0] <= first_report]
        last: dict[str, Position] = {}
        for position in positions_of(early):
            last[position.speaker] = position
        found += [p.first for p in last.values()]
    return found


def _outcome(ahead: Sighting, reports: _Reports) -> Outcome | None:
    candidates = [
        s for s in reports.of(ahead) if family(s) == family(ahead) or None in (s.value, ahead.value)
    ]
    reported = _chosen(candidates, ahead)
    evidence: tuple[Sighting, ...]
    if reported is not None:
        evidence, derived = (ahead, reported), False
    else:
        levels = reports.derived(ahead)
        if levels is None:
            return None
        new, old, percent = levels
        direction = "up" if percent > 0 else "down" if percent < 0 else "flat"
        rounding = abs(percent) * 0.02 + 0.1
        reported = replace(
            new, kind="change", value=abs(percent), value_high=None, unit="percent", direction=direction,
            basis=ahead.basis, rounding=rounding, qualifier=None,
        )  # fmt: skip
        evidence, derived = (ahead, old, new), True
    forecast, actual = figure_of(ahead), figure_of(reported)
    difference = error = None
    if forecast is not None and actual is not None:
        difference = forecast.middle - actual.middle
        error = difference / abs(actual.middle) if actual.middle else None
    sources = ahead.speaker or ahead.url, reported.speaker or reported.url
    hit = agree(ahead, reported, ranges=True) or (ahead.modality == "target" and _met(ahead, reported))
    return Outcome(
        ahead.subject, ahead.metric, ahead.kind, ahead.period, ahead.unit or reported.unit, ahead.per,
        ahead.scope, ahead.basis, ahead.modality, (ahead.value, reported.value), sources, error, difference,
        hit, derived, tuple(s.id for s in evidence), evidence,
    )  # fmt: skip


def _met(target: Sighting, reported: Sighting) -> bool:
    """Whether a target was reached or surpassed, in the direction in which it lies."""
    aim, actual = figure_of(target), figure_of(reported)
    if aim is None or actual is None:
        return False
    down = target.direction == "down" or (target.direction is None and target.metric in _LOWER_IS_BETTER)
    if down and target.kind != "change":
        return actual.floor <= aim.ceiling
    if down:
        return actual.floor <= aim.low + aim.slack
    return actual.ceiling >= aim.floor


def _chosen(reports: Sequence[Sighting], ahead: Sighting) -> Sighting | None:
    """The report that counts: the subject's own, else the one most voices share, else the first said."""
    held = [p for p in positions_of(reports) if p.modality == "reported"]
    if not held:
        return None
    insiders = {name_key(ahead.subject), voice(ahead.subject), voice(ahead.owner)} - {""}
    own = [p for p in held if p.speaker in insiders]
    if own:
        return own[-1].first
    clusters = alike([p.first for p in held])
    best = min(clusters, key=lambda c: (-len({speaker(s) for s in c}), min(map(moment, c))))
    return min(best, key=moment)
