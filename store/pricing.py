"""Prices as step functions: from when to when each held, what holds now, what is announced. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.figures import agree
from store.observations import independent
from store.rates import Rates
from store.records import Price, Sighting
from store.series import moment, scope_key, subject_key

METRICS = ("price", "price_input", "price_output", "price_cached_input")
PER_MILLION = "/1M tokens"
_IN_FORCE = ("reported", "plan")


@dataclass(frozen=True, slots=True)
class _Step:
    start: str
    end: str | None
    evidence: tuple[Sighting, ...]
    value: float
    value_high: float | None = None


def prices_of(
    sightings: Iterable[Sighting], today: date, *, rates: Rates | None = None, currency: str = "USD"
) -> tuple[Price, ...]:
    """The steps by subject, price kind, scope and unit, the oldest first.

    A price holds from the day that its claim gives, else from the day of saying, until the next one; one
    that is said to end gives way to the price before it. *From A to B* makes A the price until then. Of
    several figures from one day on the one with most independent voices counts, then the one that was said
    last. ``rates`` fill ``converted`` with ``currency`` at the rate of the first day (of ``today`` where
    that lies ahead).
    """
    series: dict[tuple[str, ...], list[Sighting]] = {}
    for s in sorted(sightings, key=moment):
        if s.metric not in METRICS or s.kind != "level" or s.value is None or s.negated:
            continue
        if s.modality in _IN_FORCE:
            key = (subject_key(s), s.metric, scope_key(s), s.unit or "", s.per or "")
            series.setdefault(key, []).append(s)
    found = [
        _price(step, today, rates, currency) for group in series.values() for step in _closed(_steps(group))
    ]
    return tuple(sorted(found, key=_order))


def _order(p: Price) -> tuple[str, ...]:
    """By what a price is of, whichever way its name was written, then in time."""
    return subject_key(p.evidence[0]), p.metric, p.scope or "", p.unit or "", p.valid_from or ""


def valid_from(s: Sighting) -> str:
    """The day from which a stated price holds."""
    return s.period_start or s.said


def _valid_to(s: Sighting) -> str | None:
    """The last day of a price that is said to end; a price *on* a day is not said to end with it."""
    return s.period_end if s.period_end and s.period_end != s.period_start else None


def _steps(group: list[Sighting]) -> list[_Step]:
    by_day: dict[tuple[str, str | None], list[list[Sighting]]] = {}
    for s in group:
        clusters = by_day.setdefault((valid_from(s), _valid_to(s)), [])
        cluster = next((c for c in clusters if agree(c[0], s)), None)
        if cluster is None:
            clusters.append([s])
        else:
            cluster.append(s)
    steps: list[_Step] = []
    # What holds for good comes before what holds for a while from the same day on.
    for (start, end), clusters in sorted(by_day.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        chosen = max(clusters, key=lambda c: (independent(c), moment(c[-1])))
        first = chosen[0]
        assert first.value is not None
        if not steps and first.previous is not None:
            steps.append(_Step("", None, (first,), first.previous))
        step = _Step(start, end, tuple(chosen), first.value, first.value_high)
        if steps and steps[-1].end == end and steps[-1].start and agree(steps[-1].evidence[0], first):
            steps[-1] = _joined(steps[-1], step)
        else:
            steps.append(step)
    return steps


def _joined(step: _Step, later: _Step) -> _Step:
    known = {s.id for s in step.evidence}
    return replace(
        step, end=later.end, evidence=(*step.evidence, *(s for s in later.evidence if s.id not in known))
    )


def _closed(steps: list[_Step]) -> list[_Step]:
    """The steps with their ends: the day before the next one; after one that ends by itself its
    forerunner."""
    closed: list[_Step] = []

    def add(step: _Step) -> None:
        last = closed[-1] if closed else None
        if step.end is not None and step.end < step.start:
            return
        if (
            last
            and last.end
            and _day_after(last.end) == step.start
            and (last.value, last.value_high)
            == (
                step.value,
                step.value_high,
            )
        ):
            closed[-1] = _joined(last, step)
        else:
            closed.append(step)

    standing: _Step | None = None
    for i, step in enumerate(steps):
        bound = _day_before(steps[i + 1].start) if i + 1 < len(steps) else None
        add(replace(step, end=min((e for e in (step.end, bound) if e is not None), default=None)))
        if step.end is None:
            standing = step
        elif standing is not None and (bound is None or step.end < bound):
            add(replace(standing, start=_day_after(step.end), end=bound))
    return closed


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _price(step: _Step, today: date, rates: Rates | None, currency: str) -> Price:
    first = step.evidence[0]
    money, _, what = (first.unit or "").partition("/")
    own = money if len(money) == 3 and money.isupper() else None
    per_million = step.value if f"/{what}" == PER_MILLION else None
    now = today.isoformat()
    status = (
        "announced" if step.start > now else "past" if step.end is not None and step.end < now else "current"
    )
    converted = None
    if rates is not None and own is not None:
        day = min(step.start or now, now)
        converted = rates.convert(step.value, own, currency, day)
    return Price(
        first.subject, first.metric, step.value, step.value_high, first.unit, own, per_million, first.scope,
        step.start or None, step.end, status, step.evidence, converted,
    )  # fmt: skip
