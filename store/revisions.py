"""Revisions: one source, one subject, metric and period, a new figure. Pure.

A chain grows from several articles, from one text that names the old figure and the new, and from an article
that was edited without a word.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from store.figures import agree, family, figure_of
from store.records import Sighting
from store.series import (
    Key,
    floating,
    grouped,
    key_of,
    moment,
    originals,
    partial,
    speaker,
    voice,
    within,
)
from store.superseding import supersedes, told_as_past
from store.wholes import PRICES


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a chain, said by ``evidence``, first said first.

    ``how`` it became known: ``article``, ``edit`` (of a published text) or ``text`` (a later text names it as
    the figure that it replaces).
    """

    value: float
    value_high: float | None
    said: str
    how: str
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What one source said of one number, figure after figure, each in ``unit``.

    ``value_highs`` holds the upper ends of ranges, ``evidence`` the sightings of every step, ``claims`` their
    ids.
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
    values: tuple[float, ...]
    value_highs: tuple[float | None, ...]
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    steps: tuple[Step, ...]
    evidence: tuple[Sighting, ...]

    @property
    def day(self) -> str:
        """When the newest figure was said."""
        return self.steps[-1].said


@dataclass(slots=True)
class _Chain:
    """A chain while it is being read; ``asides`` are further figures of texts that gave several at once."""

    steps: list[Step]
    asides: list[Sighting]
    withdrawn: bool = False

    @property
    def founder(self) -> Sighting:
        return self.steps[-1].evidence[0]


@dataclass(frozen=True, slots=True)
class Position:
    """What one speaker holds of one number: the sightings of the last figure, and figures given beside it.

    ``until`` is the day on which the same speaker gave the figure of another day, null while it stands;
    ``former`` are the sightings of the figures that it took the place of.
    """

    speaker: str
    key: Key
    modality: str
    sightings: tuple[Sighting, ...]
    asides: tuple[Sighting, ...] = ()
    until: str | None = None
    former: tuple[Sighting, ...] = ()

    @property
    def first(self) -> Sighting:
        return self.sightings[0]

    def agrees(self, other: "Position", *, ranges: bool = True) -> bool:
        """Whether any figure of the one agrees with any figure of the other."""
        return any(
            agree(a, b, ranges=ranges)
            for a in (*self.sightings, *self.asides)
            for b in (*other.sightings, *other.asides)
        )


def revisions_of(
    sightings: Iterable[Sighting], *, since: str | None = None, until: str | None = None
) -> tuple[Revision, ...]:
    """The chains with a new figure said in the window (ISO days, inclusive), the newest first."""
    found = [
        _revision(chain)
        for group in grouped(sightings).values()
        if len(group) > 1 or group[0].previous is not None
        for own in _by_speaker(group).values()
        for line in _lines(own)
        for chain in line
        if len(chain.steps) > 1
    ]
    found = [r for r in found if any(within(step.said, since, until) for step in r.steps[1:])]
    return tuple(sorted(found, key=lambda r: (r.day, r.subject, r.metric, r.sources, r.claims), reverse=True))


def positions_of(group: Iterable[Sighting]) -> list[Position]:
    """What each speaker of one series and period holds now, superseded and withdrawn figures left out.

    Of figures that move with the day of saying, every one is held.
    """
    found = []
    for (who, modality), own in _by_speaker(list(group)).items():
        held = [p for line in _lines(own) for p in _held(line, who, modality)]
        bare = [s for s in own if s.value is None and not s.negated and s.superseded_at is None]
        if bare and not held:
            held = [Position(who, key_of(bare[-1]), modality, (bare[-1],))]
        found += held
    return sorted(found, key=lambda p: moment(p.first))


def _held(line: list[_Chain], who: str, modality: str) -> list[Position]:
    """The positions that a line of chains leaves: its last, and where figures float those before it too."""
    found = []
    before: tuple[Sighting, ...] = ()
    for chain, following in zip(line, [*line[1:], None], strict=True):
        sightings = tuple(s for s in chain.steps[-1].evidence if s.superseded_at is None)
        stands = following is None or floating(chain.founder)
        if sightings and stands and not chain.withdrawn:
            asides = tuple(s for s in chain.asides if s.superseded_at is None)
            until = moment(following.founder)[0] if following else None
            former = tuple(s for step in chain.steps[:-1] if step.how != "text" for s in step.evidence)
            found.append(
                Position(who, key_of(sightings[0]), modality, sightings, asides, until, before + former)
            )
        if is_price_of_today(chain.founder):
            before += chain.steps[-1].evidence
    return found


def _by_speaker(group: list[Sighting]) -> dict[tuple[str, str], list[Sighting]]:
    """The sightings of a series by speaker and modality, copies folded away, in the order of saying."""
    own: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for voiced in originals(group):
        own[speaker(voiced.sighting), voiced.sighting.modality].append(voiced.sighting)
    return dict(sorted(own.items()))


def _lines(own: list[Sighting]) -> list[list[_Chain]]:
    """The chains of one speaker, a line a unit. The figure of another day begins another chain."""
    denials = [s for s in own if s.negated]
    lines: dict[str | None, list[_Chain]] = defaultdict(list)
    for s in own:
        if s.negated or s.value is None:
            continue
        line = lines[family(s)]
        if not line:
            line.append(_Chain(_opening(s), []))
        elif not _restated(s, own):
            _continue(line, s, denials)
    for chain in (chain for line in lines.values() for chain in line):
        chain.withdrawn = any(agree(d, chain.founder) and _later(chain.founder, d) for d in denials)
    return list(lines.values())


def _opening(s: Sighting) -> list[Step]:
    """The first figure of a chain, after the one that the text says it supersedes."""
    return [*([_superseded(s)] if supersedes(s) else []), _step(s, "article")]


def _continue(line: list[_Chain], s: Sighting, denials: list[Sighting]) -> None:
    chain = line[-1]
    current = chain.steps[-1]
    if any(agree(s, e) for e in current.evidence):
        chain.steps[-1] = Step(
            current.value, current.value_high, current.said, current.how, (*current.evidence, s)
        )
        return
    founder = chain.founder
    edited = s.article == founder.article and s.version != founder.version
    if edited and is_price_of_today(s):
        line.append(_Chain(_opening(s), []))
        return
    if (s.article == founder.article and not edited) or any(agree(s, a) for a in chain.asides):
        chain.asides.append(s)
        return
    corrected = edited or any(d.article == s.article and agree(d, founder) for d in denials)
    if (floating(s) or _grows(founder, s)) and not corrected and not supersedes(s):
        line.append(_Chain(_opening(s), []))
        return
    if not corrected and moment(s)[:2] == moment(founder)[:2] and not supersedes(s):
        chain.asides.append(s)  # said at the same time, so neither replaces the other
        return
    if any(_is(s, step) for step in chain.steps[:-1]) and not _returns(s, current, edited):
        return  # an earlier figure told again
    if supersedes(s) and not any(_names(s, step) for step in chain.steps):
        chain.steps.append(_superseded(s))
    chain.steps.append(_step(s, "edit" if edited else "article"))


def is_price_of_today(s: Sighting) -> bool:
    """Whether a page without a date, one that is watched, gives a price as it is now: a new one says nothing
    of the one before."""
    return s.published is None and s.kind == "level" and s.metric in PRICES and floating(s)


def _restated(s: Sighting, own: list[Sighting]) -> bool:
    """Whether the version of the article before this one already gave the figure."""
    if s.version == 1:
        return False
    earlier = [e for e in own if e.article == s.article and e.version < s.version]
    last = max((e.version for e in earlier), default=0)
    return any(e.version == last and agree(e, s) for e in earlier)


def _grows(earlier: Sighting, later: Sighting) -> bool:
    """Whether the earlier figure counted a period that was still running, so that the later may exceed it."""
    if not partial(earlier):
        return False
    first, second = figure_of(earlier), figure_of(later)
    return first is not None and second is not None and second.middle > first.middle


def _is(s: Sighting, step: Step) -> bool:
    if step.how == "text":
        return _names(s, step, s.value)
    return any(agree(s, e) for e in step.evidence)


def _names(s: Sighting, step: Step, value: float | None = None) -> bool:
    """Whether a number named by a claim is the figure of a step (of a range the low end, or within it)."""
    number = s.previous if value is None else value
    if number is None:
        return False
    slack = 0.005 * abs(step.value)
    return step.value - slack <= number <= (step.value_high or step.value) + slack


def _returns(s: Sighting, current: Step, edited: bool) -> bool:
    """Whether an earlier figure is taken up again, rather than told once more by who missed the new one."""
    if edited or _names(s, current):
        return True
    knew = any(voice(e.site) == voice(s.site) for e in current.evidence)
    return knew and not told_as_past(s)


def _step(s: Sighting, how: str) -> Step:
    assert s.value is not None
    return Step(s.value, s.value_high, moment(s)[0], how, (s,))


def _superseded(s: Sighting) -> Step:
    assert s.previous is not None
    return Step(s.previous, None, moment(s)[0], "text", (s,))


def _later(earlier: Sighting, later: Sighting) -> bool:
    return moment(later)[:2] >= moment(earlier)[:2]


def _revision(chain: _Chain) -> Revision:
    s, steps = chain.founder, tuple(chain.steps)
    evidence = {e.id: e for step in steps for e in step.evidence}
    return Revision(
        s.subject, s.metric, s.kind, s.period, s.unit, s.per, s.scope, s.basis, s.modality,
        tuple(step.value for step in steps), tuple(step.value_high for step in steps), (s.speaker or s.url,),
        tuple(evidence), steps, tuple(evidence.values()),
    )  # fmt: skip
