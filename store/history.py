"""The series of a subject: what is said of each period, and what follows from stated changes. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from store.figures import agree
from store.observations import Observation, observations_of
from store.records import Point, Sighting
from store.series import floating, key_of, moment, scope_key, subject_key

SERIES = ("level", "rank")
"""Kinds of claim that are a place on a scale; a change is a step between two."""


def points_of(sightings: Iterable[Sighting]) -> tuple[Point, ...]:
    """The points by metric, unit, ``per``, scope and period, reported before forecast, derived ones last.

    Figures of one period that agree within their rounding are one point, others are points beside each other.
    Figures without a period make a new point whenever they change from one day of saying to the next.
    """
    everything = list(sightings)
    stated = [s for s in everything if s.kind in SERIES and s.value is not None and not s.negated]
    fixed = [s for s in stated if not floating(s)]
    points = [_point(o) for o in observations_of(fixed)]
    for run in _runs([s for s in stated if floating(s)]):
        points += [_point(o) for o in observations_of(run)]
    points += _derived(points, everything)
    return tuple(sorted(points, key=_order))


def _point(o: Observation) -> Point:
    return Point(
        o.subject, o.metric, o.period[0], o.period[1], o.value, o.value_high, o.unit, o.per, o.scope,
        o.modality, False, o.first_said, o.stories, o.evidence,
    )  # fmt: skip


def _order(p: Point) -> tuple[object, ...]:
    series = (p.subject, p.metric, p.unit or "", p.per or "", p.scope or "")
    when = (p.period_end or p.period_start or p.first_said, p.period_start or "")
    return (*series, *when, p.modality != "reported", p.modality, p.derived, p.first_said, p.value or 0.0)


def _runs(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Claims about *now*, cut in the order of saying wherever the figure changes."""
    runs: list[list[Sighting]] = []
    ordered = sorted(sightings, key=lambda s: (repr(key_of(s)), s.modality, moment(s)))
    for _, group in groupby(ordered, key=lambda s: (key_of(s), s.modality)):
        run: list[Sighting] = []
        for sighting in group:
            if run and not agree(run[-1], sighting):
                runs.append(run)
                run = []
            run.append(sighting)
        runs.append(run)
    return runs


def _derived(points: Sequence[Point], sightings: Iterable[Sighting]) -> list[Point]:
    """Levels of periods that have none, from a stated change and the reported level that it is against."""
    bases: dict[tuple[object, ...], list[Point]] = {}
    for p in points:
        first = p.evidence[0]
        if p.modality == "reported" and p.unit not in ("percent", "points", "x") and first.kind == "level":
            about = (subject_key(first), p.metric, scope_key(first), p.period_start, p.period_end)
            bases.setdefault(about, []).append(p)
    found: dict[tuple[object, ...], Point] = {}
    for s in sorted(sightings, key=moment):
        ratio, before = _ratio(s), base_period(s.period_start, s.period_end, s.basis)
        if ratio is None or before is None:
            continue
        series = (subject_key(s), s.metric, scope_key(s))
        known = {p.unit for p in bases.get((*series, *s.period), ()) if s.modality == "reported"}
        candidates = [p for p in bases.get((*series, *before), ()) if p.unit not in known]
        for base in candidates:
            if base.value is None or (s.per is not None and s.per != base.per):
                continue
            value = float(f"{base.value * ratio:.12g}")
            key = (*series, base.unit, base.per, *s.period, s.modality, value)
            found[key] = _extended(found.get(key), base, s, value)
    return list(found.values())


def _extended(point: Point | None, base: Point, change: Sighting, value: float) -> Point:
    if point is None:
        return replace(
            base,
            period_start=change.period_start,
            period_end=change.period_end,
            value=value,
            value_high=None,
            modality=change.modality,
            derived=True,
            first_said=max(base.first_said, change.said),
            stories=1,
            evidence=(*base.evidence, change),
        )
    if change.id in {s.id for s in point.evidence}:
        return point
    stories = {s.story or s.article for s in point.evidence if s.kind == "change"} | {
        change.story or change.article
    }
    return replace(point, stories=len(stories), evidence=(*point.evidence, change))


def _ratio(s: Sighting) -> float | None:
    """What a change multiplies its base with, null where that is not known exactly."""
    if s.kind != "change" or s.negated or s.value is None or s.value_high is not None:
        return None
    if s.qualifier in ("over", "under", "at_least", "up_to"):
        return None
    if s.unit == "x":
        return s.value
    if s.unit == "percent" and s.direction in ("up", "down", "flat"):
        return 1 + (s.value if s.direction == "up" else -s.value if s.direction == "down" else 0.0) / 100
    return None


def base_period(start: str | None, end: str | None, basis: str | None) -> tuple[str, str] | None:
    """The period that a change over ``basis`` is against: the day, week, month, quarter or year before."""
    if start is None or end is None or basis is None:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = {"dod": 1, "wow": 7}.get(basis)
    if days:
        return (first - timedelta(days)).isoformat(), (last - timedelta(days)).isoformat()
    months = {"mom": 1, "qoq": 3, "yoy": 12}.get(basis)
    return (
        None if months is None else (_earlier(first, months).isoformat(), _earlier(last, months).isoformat())
    )


def _earlier(day: date, months: int) -> date:
    """Some months before; the last day of a month stays the last day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    length = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, length if is_last else min(day.day, length))
