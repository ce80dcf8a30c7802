"""Checks of stated changes against levels: within one text, and against what was known before. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.checks import Check, amount, check
from store.figures import Figure, about, agree, compatible, figure_of
from store.history import base_period
from store.observations import alike
from store.records import Sighting
from store.series import Key, key_of, moment, originals, scope_key, speaker, subject_key
from store.superseding import supersedes

_SEQUENTIAL = re.compile(
    r"\b(?:previous|prior|preceding|last) (?:quarter|month|week)\b"
    r"|\b(?:quarter|month|week) (?:earlier|ago|before)\b",
    re.I,
)
_ANNUAL = re.compile(r"\b(?:last|previous|prior) year\b|\byear[- ](?:earlier|ago|before|on[- ]year)\b", re.I)


def percentage_checks(standing: Iterable[Sighting]) -> list[Check]:
    """Level, previous and change of one text that contradict each other. One change that fits is enough."""
    claims = [s for s in standing if not s.negated and (s.kind == "change" or s.previous is not None)]
    moved_levels = {(s.article, subject_key(s), s.metric) for s in claims if s.kind == "level"}
    claims = [s for s in claims if (s.article, subject_key(s), s.metric) in moved_levels]
    texts: dict[tuple[str, int, str, str], list[Sighting]] = defaultdict(list)
    for voiced in originals(claims):
        s = voiced.sighting
        texts[s.article, s.version, subject_key(s), s.metric].append(s)
    found = []
    for text in texts.values():
        changes = [c for c in text if c.kind == "change" and c.value is not None and c.previous is None]
        for level in text:
            if level.kind != "level" or level.previous is None or supersedes(level):
                continue
            beside = [c for c in changes if _beside(c, level)]
            together = [c for c in beside if c.sentence and c.sentence == level.sentence] or beside
            if together and not any(_fits(c, level) in (True, None) for c in together):
                found.append(_percentage(together[0], level))
    return found


def _beside(change: Sighting, level: Sighting) -> bool:
    return (
        scope_key(change) == scope_key(level)
        and change.modality == level.modality
        and (change.period == level.period or (None, None) in (change.period, level.period))
        and not (change.basis == "yoy" and _SEQUENTIAL.search(level.sentence))
        and not (change.basis in ("qoq", "mom", "wow") and _ANNUAL.search(level.sentence))
    )


def _fits(change: Sighting, level: Sighting) -> bool | None:
    """Whether a change leads from the level's ``previous`` to its value; null where that cannot be told."""
    new = figure_of(level)
    assert level.previous is not None
    return moved(about(level.previous, level.sentence), new, change, level.unit) if new else None


def moved(old: Figure, new: Figure, change: Sighting, unit: str | None) -> bool | None:
    """Whether a stated change leads from one level to the other, everyone's rounding allowed for.

    Null where it cannot be told: levels that are no positive amounts, a change of another unit.
    """
    stated = figure_of(change)
    if stated is None or old.floor <= 0 or new.floor <= 0:
        return None
    if change.unit in ("percent", "x"):
        if unit == "percent" and change.unit == "percent":
            return _spans(old, new, stated) or compatible(_between(old, new), stated)
        return _spans(old, new, stated)
    if change.unit == unit or (change.unit == "points" and unit == "percent"):
        return compatible(_between(old, new), stated)
    return None


def _spans(old: Figure, new: Figure, stated: Figure) -> bool:
    low, high = 100 * (new.floor / old.ceiling - 1), 100 * (new.ceiling / old.floor - 1)
    return low - 1e-6 <= stated.ceiling and stated.floor <= high + 1e-6


def _between(old: Figure, new: Figure) -> Figure:
    return Figure(new.floor - old.ceiling, new.ceiling - old.floor, 1e-9 * abs(new.middle))


def _percentage(change: Sighting, level: Sighting) -> Check:
    assert level.value is not None and level.previous is not None and change.value is not None
    real = 100 * (level.value / level.previous - 1)
    moved_by = f"from {amount(level.previous)} to {amount(level.value)} is {real:+.3g}%"
    values = level.previous, level.value, change.value
    return check("percentage", level, values, f"{moved_by}, the text says {_words(change)}", level, change)


def _words(change: Sighting) -> str:
    unit = {"percent": "%", "x": " times", "points": " points"}.get(
        change.unit or "", f" {change.unit or ''}"
    )
    return f"{change.direction or ''} {change.value:g}{unit}".strip()


@dataclass(frozen=True, slots=True)
class _Levels:
    """Levels by number, and by subject, metric, scope and period."""

    by_number: dict[Key, list[Sighting]]
    by_period: dict[tuple[str, str, str, tuple[str | None, str | None]], list[Key]]


def _levels(sightings: Iterable[Sighting]) -> _Levels:
    by_number: dict[Key, list[Sighting]] = defaultdict(list)
    for voiced in originals(
        s for s in sightings if s.kind == "level" and not s.negated and s.value is not None
    ):
        by_number[key_of(voiced.sighting)].append(voiced.sighting)
    by_period: dict[tuple[str, str, str, tuple[str | None, str | None]], list[Key]] = defaultdict(list)
    for key in sorted(by_number, key=repr):
        by_period[key.subject, key.metric, key.scope, key.period].append(key)
    return _Levels(by_number, by_period)


def change_checks(known: Sequence[Sighting], flagged: Iterable[Sighting]) -> list[Check]:
    """Stated changes that fit no pair of levels known for their period and the one before.

    ``flagged`` are the changes that their own text contradicts already. ``known`` holds superseded sightings
    too: a level that was edited away may explain a change.
    """
    done = {s.id for s in flagged}
    changes = [
        s
        for s in known
        if s.kind == "change" and not s.negated and s.value is not None and s.basis and s.id not in done
    ]
    series = {(subject_key(s), s.metric) for s in changes}
    levels = _levels(s for s in known if (subject_key(s), s.metric) in series)
    found = []
    for voiced in originals(s for s in changes if s.superseded_at is None):
        change = voiced.sighting
        before = base_period(*change.period, change.basis)
        if before is None:
            continue
        for key in levels.by_period[subject_key(change), change.metric, scope_key(change), change.period]:
            if change.per not in (None, key.per):
                continue
            news = _own(levels.by_number[key], change)
            olds = levels.by_number.get(replace(key, period=before), [])
            olds = [s for s in olds if s.modality in (change.modality, "reported")]
            if news and all(speaker(s) != speaker(change) and s.article != change.article for s in news):
                olds = [s for s in olds if speaker(s) == speaker(news[0])]
            same = [s for s in olds if speaker(s) == speaker(change)] or olds
            misfit = _unfit(news, same, olds, change)
            if misfit is not None:
                found.append(misfit)
                break
    return found


def _own(levels: Iterable[Sighting], change: Sighting) -> list[Sighting]:
    """The levels that a change was said of: those of its own text, else of its own speaker, else anyone's."""
    fitting = [s for s in levels if s.modality == change.modality]
    text = [s for s in fitting if s.article == change.article and s.version == change.version]
    own = text or [s for s in fitting if speaker(s) == speaker(change)]
    return own or [s for s in fitting if speaker(s) == speaker(fitting[0])]


def _unfit(
    news: list[Sighting], same: list[Sighting], olds: list[Sighting], change: Sighting
) -> Check | None:
    """A check where some old level was known when the change was said and no pair of levels bears it."""
    early = [s for s in same if moment(s)[0] <= moment(change)[0] and s.superseded_at is None]
    if not news or not early:
        return None
    for new in news:
        for old in olds:
            first, second = figure_of(old), figure_of(new)
            if first and second and moved(first, second, change, new.unit) in (True, None):
                return None
    newest = max(early, key=moment)
    old, new = (
        alike(s for s in early if agree(s, newest))[0][0],
        news[0],
    )  # the most exact of the newest figure
    assert old.value is not None and new.value is not None and change.value is not None
    real = 100 * (new.value / old.value - 1)
    explanation = (
        f"{amount(new.value)} against {amount(old.value)} the period before is {real:+.3g}%, "
        f"the text says {_words(change)}"
    )
    return check("change", new, (old.value, new.value, change.value), explanation, old, new, change)
