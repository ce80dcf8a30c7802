"""Checks of parts against wholes: parts above it, shares above 100%, prices off by a thousand. Pure."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from statistics import median

from store.checks import Check, amount, check
from store.figures import compatible, figure_of
from store.records import Sighting, name_key
from store.series import Key, key_of, moment, originals, scope_key, speaker, subject_key

ADDITIVE = frozenset(
    [
        "tokens",
        "api_calls",
        "users",
        "downloads",
        "revenue",
        "arr",
        "funding",
        "investment",
        "capacity",
        "shipments",
        "cost",
    ]
)
"""Metrics of which a part is never more than the whole."""

PRICES = frozenset(["price", "price_input", "price_output", "price_cached_input"])
WHOLE_NAMES = frozenset(["global", "total", "world", "worldwide", "all", "overall", "everyone"])
_GROUP = re.compile(
    r"\b(models|vendors|companies|makers|providers|firms|startups|labs|suppliers|top|brands)\b",
    re.I,
)
_WIDER = re.compile(
    r"\b(gross|total|all|global|world(wide)?|cumulative|including|registered|combined|overall|group|adjusted"
    r"|pro forma|constant|record|peak|visitors|net|lifetime|since|backlog)\b",
    re.I,
)
_MANY_ANSWERS = re.compile(
    r"\b(developers?|respondents?|users?|customers?|people|adults|consumers|enterprises?|companies|firms|businesses"
    r"|executives|employees|workers|students|survey\w*|adoption|penetration|households|installs?)\b",
    re.I,
)


def share_checks(standing: Iterable[Sighting]) -> list[Check]:
    """Single shares above 100%, and shares of one universe, speaker and period that add up to more."""
    universes: dict[object, list[Sighting]] = defaultdict(list)
    found = []
    for voiced in originals(s for s in standing if _is_share(s)):
        s = voiced.sighting
        figure = figure_of(s)
        if figure is not None and figure.floor > 100:
            found.append(_shares([s], s.value or 0.0))
            continue
        # Without a universe, or without a period, only the shares of one text are known to belong together.
        text = s.article if not s.scope or s.period == (None, None) else ""
        universes[speaker(s), scope_key(s), s.period, s.per, s.modality, text].append(s)
    for shares in universes.values():
        if _MANY_ANSWERS.search(shares[0].scope or ""):
            continue
        for parts in (_disjoint(shares, groups=False), _disjoint(shares, groups=True)):
            figures = [f for s in parts if (f := figure_of(s)) is not None]
            if len(parts) > 1 and sum(f.floor if f.floor > 0 else 0.0 for f in figures) > 100 + 1e-6:
                found.append(_shares(parts, sum(f.middle for f in figures)))
    return found


def _is_share(s: Sighting) -> bool:
    return (
        (s.metric, s.kind, s.unit, s.modality) == ("share", "level", "percent", "reported")
        and not s.negated and s.value is not None
    )  # fmt: skip


def _shares(parts: list[Sighting], total: float) -> Check:
    first = parts[0]
    of = f" of {first.scope}" if first.scope else ""
    names = ", ".join(s.subject for s in parts)
    found = check(
        "shares", first, tuple(s.value or 0.0 for s in parts), f"{total:.4g}%{of} for {names}", *parts
    )
    return replace(found, subject=names)


def _disjoint(claims: Iterable[Sighting], *, groups: bool) -> list[Sighting]:
    """The newest claim of each subject, where no subject is a part of another one.

    A model counts within its vendor, a group (``groups``) beside models not at all; of the groups themselves
    only those named after countries are known to be disjoint.
    """
    newest = {subject_key(s): s for s in claims if bool(_GROUP.search(s.subject)) == groups}
    if groups:
        kinds: dict[str, list[Sighting]] = defaultdict(list)
        for s in newest.values():
            kinds[s.subject.split()[-1].casefold()].append(s)
        largest = max(kinds.values(), key=len, default=[])
        return [s for s in largest if len(s.subject.split()) == 2 and _is_place(s.subject.split()[0])]
    names = set(newest)
    return [s for key, s in newest.items() if not _held_by(s, names - {key}) and key not in WHOLE_NAMES]


def _is_place(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}|[A-Z]\w+(?:ese|an|ish|ch|i)|Dutch|Greek|[A-Z]\.[A-Z]\.", word))


def _held_by(s: Sighting, others: Iterable[str]) -> bool:
    """Whether another subject owns this one, by record or by name (``Kestrel`` of ``Kestrel Max``)."""
    key, owner = subject_key(s), name_key(s.owner) if s.owner else ""
    return any(o == owner or (key.startswith(o) and len(o) > 2) for o in others)


def part_checks(standing: Iterable[Sighting]) -> list[Check]:
    """Parts above their whole: of a scope, a model of its vendor's, of everyone.

    Both of one period, from one speaker or in one text.

    The parts of one text are added up where they stand in one sentence, or are subjects beside a total.
    """
    by_voice: dict[object, list[Sighting]] = defaultdict(list)
    for voiced in originals(s for s in standing if _is_amount(s)):
        s = voiced.sighting
        number = s.metric, s.unit, s.per, s.period, s.modality
        by_voice["text", s.article, *number].append(s)
        if s.period != (None, None):
            by_voice["voice", speaker(s), *number].append(s)
    found: dict[tuple[str, ...], Check] = {}
    for claims in by_voice.values():
        if len(claims) > 1:
            found |= {c.claims: c for c in _parts_of(claims)}
    return list(found.values())


def _is_amount(s: Sighting) -> bool:
    return (
        s.kind == "level" and s.metric in ADDITIVE and s.unit not in (None, "percent") and not s.negated
        and s.value is not None and s.value > 0
    )  # fmt: skip


def _parts_of(claims: list[Sighting]) -> list[Check]:
    found = []
    for whole in claims:
        pool = [s for s in claims if s is not whole]
        scopes = [s for s in pool if _is_scope_of(s, whole)]
        owned = [s for s in pool if _is_owned(s, whole)]
        everyone = [
            s for s in pool if _is_everyone(whole) and scope_key(s) == scope_key(whole) and s not in owned
        ]
        above = [s for s in (*scopes, *owned, *everyone) if _exceeds([s], whole)]
        sums = [
            *(list(g) for _, g in groupby(scopes, key=lambda s: (s.article, s.sentence))),
            _disjoint((s for s in everyone if s.article == whole.article), groups=False),
        ]
        parts = [[s] for s in above] or [
            g for g in sums if len(g) > 1 and g[0].sentence and _exceeds(g, whole)
        ]
        found += [_part(group, whole) for group in parts]
    return found


def _is_scope_of(part: Sighting, whole: Sighting) -> bool:
    return (
        subject_key(part) == subject_key(whole)
        and not whole.scope
        and bool(part.scope)
        and not _WIDER.search(part.scope or "")
    )


def _is_owned(part: Sighting, whole: Sighting) -> bool:
    """A model's figure of its vendor's, by record or by name; one within a market of the market's."""
    if not whole.scope and scope_key(part) in (subject_key(whole), name_key(whole.subject)):
        return subject_key(part) != subject_key(whole)
    owner = name_key(part.owner) if part.owner else ""
    named = not any(c.isdigit() for c in whole.subject) and part.subject.startswith(whole.subject + " ")
    owned = bool(owner) and owner in (subject_key(whole), name_key(whole.subject))
    return (
        (named or owned) and subject_key(part) != subject_key(whole) and scope_key(part) == scope_key(whole)
    )


def _is_everyone(s: Sighting) -> bool:
    return subject_key(s) in WHOLE_NAMES


def _exceeds(parts: list[Sighting], whole: Sighting) -> bool:
    figures = [f for s in parts if (f := figure_of(s)) is not None]
    limit = figure_of(whole)
    if limit is None or math.isinf(limit.high) or not figures:
        return False
    if len(figures) == 1 and compatible(figures[0], limit):
        return False
    return sum(max(f.floor, 0.0) for f in figures) > limit.ceiling * (1 + 1e-9)


def _part(parts: list[Sighting], whole: Sighting) -> Check:
    names = " and ".join(
        s.scope if subject_key(s) == subject_key(whole) and s.scope else s.subject for s in parts
    )
    total = sum(s.value or 0.0 for s in parts)
    explanation = f"{names} at {amount(total)} is more than the whole, {amount(whole.value or 0.0)}"
    values = (whole.value or 0.0, *(s.value or 0.0 for s in parts))
    return check("part", whole, values, explanation, whole, *parts)


def slip_checks(known: Iterable[Sighting]) -> list[Check]:
    """Prices that are a thousand or a million times those that everyone gave otherwise."""
    series: dict[Key, list[Sighting]] = defaultdict(list)
    for s in sorted(known, key=moment):
        if s.metric in PRICES and s.kind == "level" and not s.negated and s.value and s.value > 0:
            series[replace(key_of(s), period=(None, None))].append(s)
    return [slip for prices in series.values() for slip in _slips(prices)]


def _slips(prices: list[Sighting]) -> list[Check]:
    """Each figure against the middle of the others; of two figures only the later can be told to be wrong."""
    figures: dict[float, list[Sighting]] = defaultdict(list)
    for voiced in originals(prices):
        figures[round(math.log10(voiced.sighting.value or 1.0), 2)].append(voiced.sighting)
    usual, found = median(figures), []
    for place, (size, group) in enumerate(figures.items()):
        if abs(size - usual) < 1 or (len(figures) == 2 and place == 0):
            continue
        others = median(other for other in figures if other != size)
        factor = round(abs(size - others) / 3) * 3
        stands = [s for s in group if s.superseded_at is None]
        if stands and factor in (3, 6) and abs(abs(size - others) - factor) <= 0.2:
            found.append(_slip(stands, 10**others, factor, size > others))
    return found


def _slip(group: list[Sighting], usual: float, factor: int, above: bool) -> Check:
    first = group[0]
    times = f"about {10**factor:,} times {'above' if above else 'below'}"
    explanation = (
        f"{amount(first.value or 0.0)} is {times} its own history ({amount(usual)}): perhaps a unit slip"
    )
    return check("unit-slip", first, (first.value or 0.0,), explanation, *group)
