"""Conflicts: different sources, one number, figures that nothing explains. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.figures import Figure, agree, compatible, figure_of, gap
from store.records import Sighting
from store.revisions import Position, is_price_of_today, positions_of
from store.series import (
    Key,
    floating,
    grouped,
    key_of,
    moment,
    originals,
    partial,
    said_day,
    scope_key,
    speaker,
    within,
)

Convert = Callable[[float, str, str, str], float | None]
"""``convert(amount, from_currency, to_currency, iso_day)``, null where no rate is known."""

TOGETHER = timedelta(days=14)
"""Figures without a period are about the same time when said within so many days."""

DENIED = timedelta(days=31)
"""How long after a report a denial without a period is still a denial of it."""

RATES = 0.03  # how far two amounts may lie apart once converted: rates of another day, rounding of the sum

_FACTS = frozenset(("reported", "rumor", "plan"))
_CURRENCIES = frozenset(
    ["USD", "CNY", "EUR", "JPY", "KRW", "TWD", "HKD", "GBP", "INR", "CHF", "SGD", "CAD", "AUD"]
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources say of one number, figure against figure.

    ``evidence`` holds a sighting for every source, in the order of saying; ``values``, in ``unit``,
    ``sources`` and ``claims`` (ids) stand beside it one by one.
    ``spread`` is the distance of the extremes as a share of the smaller (null without two figures).
    ``denied``: a source denies what another says. ``explanation`` is what comes close to explaining it, null
    where nothing does.
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
    spread: float | None
    denied: bool
    explanation: str | None
    claims: tuple[str, ...]
    evidence: tuple[Sighting, ...]

    @property
    def day(self) -> str:
        """When the newest of the figures was said."""
        return max(moment(s)[0] for s in self.evidence)


def conflicts_of(
    sightings: Iterable[Sighting],
    *,
    since: str | None = None,
    until: str | None = None,
    convert: Convert | None = None,
) -> tuple[Conflict, ...]:
    """The conflicts that arose or grew in the window (ISO days, inclusive), the newest first."""
    as_said = {s.id: s for s in sightings}
    families: dict[tuple[str, str, str], list[tuple[Key, list[Sighting]]]] = defaultdict(list)
    for key, group in grouped(_in_one_currency(as_said.values(), convert)).items():
        families[key.subject, key.metric, key.kind].append((key, group))
    found = []
    for groups in families.values():
        pairs: list[tuple[Position, Position]] = []
        negated = [v.sighting for _, group in groups for v in originals(s for s in group if s.negated)]
        denials = [d for d in negated if d.superseded_at is None]
        for _, group in groups:
            held = positions_of(group) if len(group) > 1 or denials else []
            pairs += [(a, b) for a, b in _neighbours(held) if _disagree(a, b)]
            pairs += [(p, _denial(d)) for p in held for d in denials if _denies(d, p)]
        found += [_conflict(members, as_said) for members in _united(pairs)]
    found = [c for c in found if any(within(moment(s)[0], since, until) for s in c.evidence[1:])]
    return tuple(sorted(found, key=lambda c: (c.day, c.subject, c.metric, c.claims), reverse=True))


def _neighbours(held: list[Position]) -> Iterator[tuple[Position, Position]]:
    """Every two positions that may contradict each other; where figures float only those close in time."""
    for place, a in enumerate(held):
        last = max(said_day(s) for s in a.sightings) + TOGETHER if floating(a.first) else date.max
        for b in held[place + 1 :]:
            if said_day(b.first) > last:
                break
            yield a, b


def _disagree(a: Position, b: Position) -> bool:
    if a.speaker == b.speaker or not _comparable(a.modality, b.modality) or a.agrees(b):
        return False
    one, other = a.first, b.first
    if floating(one) or floating(other):
        apart = min(abs(said_day(x) - said_day(y)) for x in a.sightings for y in b.sightings)
        stood = a.until is None or a.until > moment(other)[0]
        if apart > TOGETHER or not stood or _was_true(one, b) or _was_true(other, a):
            return False
    return not _still_counting(one, other)


def _was_true(said: Sighting, page: Position) -> bool:
    """Whether a watched page gave the same price when it was said, and another one since."""
    earlier = is_price_of_today(page.first) and moment(said)[:2] < moment(page.first)[:2]
    return earlier and any(agree(said, s) for s in page.former)


def _still_counting(a: Sighting, b: Sighting) -> bool:
    """Whether one of them counted while the period ran, and rightly came out lower."""
    first, second = figure_of(a), figure_of(b)
    if first is None or second is None or partial(a) == partial(b):
        return False
    early, late = (first, second) if partial(a) else (second, first)
    return early.middle < late.middle


def _comparable(a: str, b: str) -> bool:
    """A forecast contradicts no report, a target no forecast; a rumor may contradict what is known."""
    return a == b or ("rumor" in (a, b) and a in _FACTS and b in _FACTS)


def _denies(denial: Sighting, position: Position) -> bool:
    """Whether a negated claim denies what a speaker holds: the same figure, of the same time."""
    said = position.first
    if speaker(denial) == position.speaker or not _same_matter(denial, said):
        return False
    facts = denial.modality in _FACTS and said.modality in _FACTS
    if not facts and denial.modality != said.modality:
        return False
    if denial.value is None:
        figure = figure_of(said)
        flat = said.direction == "flat" or (figure is not None and figure.low == figure.high == 0)
        same_way = denial.direction in (None, said.direction) and not (flat and denial.direction != "flat")
    else:
        same_way = said.value is not None and agree(denial, said)
    return same_way and (said.kind != "level" or denial.value is not None)


def _same_matter(denial: Sighting, said: Sighting) -> bool:
    """Same period and scope; a denial may leave unsaid what it answers, if it follows within a month."""
    mine, theirs = key_of(denial), key_of(said)
    if mine.unit != theirs.unit and denial.value is not None:
        return False
    after = timedelta(0) <= said_day(denial) - said_day(said) <= DENIED
    open_period = (None, None) in (mine.period, theirs.period) and after
    if mine.period != theirs.period and not open_period:
        return False
    if mine.period == theirs.period and floating(said) and not after:
        return False
    pairs = (
        (denial.per, said.per),
        (denial.basis, said.basis),
        (scope_key(denial) or None, scope_key(said) or None),
    )
    return all(d == s or (d is None and after) for d, s in pairs)


def _denial(s: Sighting) -> Position:
    return Position(speaker(s), key_of(s), s.modality, (s,))


def _united(pairs: list[tuple[Position, Position]]) -> list[list[Position]]:
    """The sets of positions that contradict each other, directly or by way of a third, as they were said.

    Where figures float a set reaches no further than they can contradict each other.
    """
    sets: list[dict[str, Position]] = []
    home: dict[str, dict[str, Position]] = {}
    for a, b in sorted(pairs, key=lambda pair: (moment(pair[0].first), moment(pair[1].first))):
        known = [home[p.first.id] for p in (a, b) if p.first.id in home]
        known = [members for members in known if _reaches(members, b)]
        if not known:
            known = [{}]
            sets += known
        members = known[0]
        added = {a.first.id: a, b.first.id: b}
        for other in known[1:]:
            if other is not members:
                added |= other
                other.clear()
        members |= added
        home |= dict.fromkeys(added, members)
    return [sorted(members.values(), key=lambda p: moment(p.first)) for members in sets if members]


def _reaches(members: dict[str, Position], p: Position) -> bool:
    if not floating(p.first):
        return True
    return said_day(p.first) - min(said_day(m.first) for m in members.values()) <= TOGETHER


def _conflict(members: list[Position], as_said: dict[str, Sighting]) -> Conflict:
    evidence = [p.first for p in members]
    claimed = [s for s in evidence if not s.negated]
    shown = claimed[0]
    unit = next((s.unit for s in claimed if s.unit), None)
    return Conflict(
        shown.subject, shown.metric, shown.kind, shown.period, unit, shown.per, shown.scope, shown.basis,
        shown.modality, tuple(s.value for s in evidence), tuple(s.speaker or s.url for s in evidence),
        _spread(claimed), any(s.negated for s in evidence), _explanation(members),
        tuple(s.id for s in evidence), tuple(as_said[s.id] for s in evidence),
    )  # fmt: skip


def _spread(claimed: list[Sighting]) -> float | None:
    middles = [f.middle for s in claimed if (f := figure_of(s)) is not None]
    if len(middles) < 2 or not (smallest := min(abs(m) for m in middles)):
        return None
    return (max(middles) - min(middles)) / smallest


def _explanation(members: list[Position]) -> str | None:
    """What nearly explains the widest pair, in a few words."""
    figures = [(p, f) for p in members if not p.first.negated and (f := figure_of(p.first)) is not None]
    pairs = [(a, b) for i, a in enumerate(figures) for b in figures[i + 1 :] if not compatible(a[1], b[1])]
    if not pairs:
        return None
    (a, one), (b, other) = max(pairs, key=lambda pair: gap(pair[0][1], pair[1][1]))
    small, large = sorted((abs(one.middle), abs(other.middle)))
    for old, new in ((a, b), (b, a)):
        if any(agree(old.first, s) for s in new.former):
            return f"{old.first.speaker} gives the figure that {new.first.speaker} gave before"
        previous = new.first.previous
        if previous is not None and agree(replace(new.first, value=previous, value_high=None), old.first):
            return f"{old.first.speaker} may give the figure that {new.first.speaker} says was replaced"
    if one.middle * other.middle < 0 and compatible(_absolute(one.middle), _absolute(other.middle)):
        return "same size, opposite direction"
    for factor, words in ((1e3, "thousand"), (1e6, "million"), (1e9, "billion")):
        if small and abs(large / small / factor - 1) < 0.02:
            return f"a factor of one {words}: perhaps a unit slip"
    if small and (large - small) / small <= 0.02:
        return "within 2% of each other: perhaps rounded twice"
    if one.slack and gap(one, other) <= 2 * max(one.slack, other.slack):
        return "one step of rounding apart"
    qualified = sorted({p.first.qualifier for p in (a, b) if p.first.qualifier})
    if qualified and small and (large - small) / small <= 0.15:
        return f"one of them says {' and '.join(q.replace('_', ' ') for q in qualified)}"
    return None


def _absolute(value: float) -> Figure:
    return Figure(abs(value), abs(value), 0.005 * abs(value))


def _in_one_currency(sightings: Iterable[Sighting], convert: Convert | None) -> list[Sighting]:
    """Levels that differ in nothing but the currency, in the currency of the first said; the rest unchanged.

    Without a rate for a day both stay apart: amounts that cannot be compared contradict nothing.
    """
    ordered = sorted(sightings, key=moment)
    if convert is None:
        return ordered
    first: dict[Key, str] = {}
    found = []
    for s in ordered:
        currency, slash, thing = (s.unit or "").partition("/")
        if s.kind != "level" or currency not in _CURRENCIES:
            found.append(s)
            continue
        wanted = first.setdefault(replace(key_of(s), unit=slash + thing), currency)
        found.append(_converted(s, currency, wanted, convert) or s)
    return found


def _converted(s: Sighting, have: str, want: str, convert: Convert) -> Sighting | None:
    amounts = [s.value, s.value_high, s.previous]
    moved = [None if a is None else convert(a, have, want, moment(s)[0][:10]) for a in amounts]
    if have == want or s.value is None or moved[0] is None:
        return None
    figure = figure_of(s)
    slack = figure.slack / s.value if figure and s.value else 0.0
    unit = want + (s.unit or "").removeprefix(have)
    return replace(
        s,
        value=moved[0],
        value_high=moved[1],
        previous=moved[2],
        unit=unit,
        rounding=2 * (slack + RATES) * moved[0],
    )
