"""Who speaks, in which order, about which series; which sightings are copies of another. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from store.figures import agree, family
from store.records import Sighting, name_key

_FORMS = frozenset(
    ["inc", "ltd", "llc", "plc", "corp", "corporation", "co", "company", "limited", "ag", "gmbh", "sa", "nv"]
)
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_REGISTRIES = frozenset(["com", "co", "net", "org", "gov", "edu", "ac", "or", "ne"])
_HOSTS = frozenset(["substack", "medium", "wordpress", "blogspot", "beehiiv", "ghost", "tumblr", "github"])
_COPY_DAYS = 21
_COPY_LENGTH = 30  # characters of a sentence that two outlets do not write alike by chance

AHEAD = frozenset(("forecast", "target", "plan"))
"""Modalities about a time that is yet to come."""


@lru_cache(maxsize=20_000)
def voice(name: str | None) -> str:
    """What a speaker is compared by: ``www.acme.example``, ``Acme`` and ``Acme Inc.`` are one."""
    if not name:
        return ""
    words = (_site(name.strip()) if _DOMAIN.fullmatch(name.strip()) else name).split()
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    while len(words) > 1 and words[-1].strip(".,").casefold() in _FORMS:
        words = words[:-1]
    return name_key(" ".join(words))


def _site(domain: str) -> str:
    """Whose a domain is: ``yahoo`` of ``finance.yahoo.com``, on a host of many the one who writes there."""
    labels = domain.casefold().removeprefix("www.").split(".")
    if len(labels) > 2 and labels[-2] in _REGISTRIES:
        labels = labels[:-1]
    return labels[0] if len(labels) < 2 or labels[-2] in _HOSTS else labels[-2]


def speaker(sighting: Sighting) -> str:
    """The key of who says it: the credited source, else the outlet, else the page's own host."""
    return voice(sighting.speaker) or voice(re.sub(r"^\w+://([^/]+).*", r"\1", sighting.url))


def subject_key(sighting: Sighting) -> str:
    return sighting.entity or name_of(sighting.subject)


def scope_key(sighting: Sighting) -> str:
    return name_of(sighting.scope)


@lru_cache(maxsize=20_000)
def name_of(name: str | None) -> str:
    """The key of a name, empty where there is none."""
    return name_key(name) if name else ""


def moment(sighting: Sighting) -> tuple[str, str, str, str, int, str]:
    """The order of saying. Of an edited article only the first version was said on its publication date."""
    at = sighting.published if sighting.published and sighting.version == 1 else sighting.first_seen
    return sighting.said or at[:10], at, sighting.first_seen, sighting.article, sighting.start, sighting.id


def said_day(sighting: Sighting) -> date:
    return date.fromisoformat(moment(sighting)[0][:10])


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two claims claims about the same number."""

    subject: str
    metric: str
    kind: str
    unit: str | None
    per: str | None
    scope: str
    basis: str | None
    period: tuple[str | None, str | None]


def key_of(sighting: Sighting) -> Key:
    """The series and period of a claim. Of changes the unit is left open: a bare direction has none."""
    return Key(
        subject_key(sighting),
        sighting.metric,
        sighting.kind,
        None if sighting.kind == "change" else family(sighting),
        sighting.per,
        scope_key(sighting),
        sighting.basis if sighting.kind == "change" else None,
        sighting.period,
    )


def floating(sighting: Sighting) -> bool:
    """Whether the period moves with the day of saying: none given, or a stretch from a day until now.

    The figure of another day is then another figure. A price from a day on stands still, and what lies ahead
    is about one and the same future whenever it is said.
    """
    if sighting.modality in AHEAD:
        return False
    start, end = sighting.period
    if end is not None:
        return False
    fixed = sighting.kind == "level" and sighting.metric.startswith("price")
    return start is None or not fixed


_CUMULATIVE = frozenset(
    [
        "tokens",
        "api_calls",
        "downloads",
        "revenue",
        "profit",
        "funding",
        "investment",
        "shipments",
        "usage",
        "cost",
        "users",
    ]
)


def partial(sighting: Sighting) -> bool:
    """Whether a report was made while its period was still running, of a total that grows as it runs."""
    end = sighting.period_end
    return (
        sighting.modality == "reported"
        and sighting.kind == "level"
        and sighting.metric in _CUMULATIVE
        and end is not None
        and end != sighting.period_start
        and moment(sighting)[0][:10] < end
    )


@dataclass(frozen=True, slots=True)
class Voiced:
    """A sighting that counts, with the copies of it that do not."""

    sighting: Sighting
    copies: tuple[Sighting, ...] = ()


def originals(sightings: Iterable[Sighting]) -> list[Voiced]:
    """The sightings in the order of saying, syndicated copies folded into what they copy.

    A copy shares its story with an earlier article of another outlet, or a whole sentence within three weeks.
    A copy that gives another figure than its original is no copy of that claim and stays.
    """
    ordered = sorted(unique(sightings), key=moment)
    if len({s.article for s in ordered}) < 2:
        return [Voiced(s) for s in ordered]
    found: list[list[Sighting]] = []
    by_story: dict[tuple[Key, str], list[list[Sighting]]] = defaultdict(list)
    by_words: dict[tuple[Key, str], list[list[Sighting]]] = defaultdict(list)
    for sighting in ordered:
        key = key_of(sighting)
        words = " ".join(sighting.sentence.split()).casefold()
        candidates = by_story[key, sighting.story] if sighting.story else []
        if len(words) >= _COPY_LENGTH:
            candidates = candidates + by_words[key, words]
        group = next((g for g in candidates if _copies(sighting, g[0])), None)
        if group is not None:
            group.append(sighting)
            continue
        group = [sighting]
        found.append(group)
        by_story[key, sighting.story].append(group)
        by_words[key, words].append(group)
    return [Voiced(g[0], tuple(g[1:])) for g in found]


def _copies(later: Sighting, first: Sighting) -> bool:
    return (
        later.article != first.article
        and voice(later.site) != voice(first.site)
        and later.modality == first.modality
        and later.negated == first.negated
        and voice(later.source) in (voice(first.source), voice(first.site))
        and (said_day(later) - said_day(first)).days <= _COPY_DAYS
        and agree(later, first)
    )


def grouped(sightings: Iterable[Sighting]) -> dict[Key, list[Sighting]]:
    """The sightings by what they are about, each group in the order of saying, by their first."""
    groups: dict[Key, list[Sighting]] = defaultdict(list)
    for sighting in sorted(unique(sightings), key=moment):
        groups[key_of(sighting)].append(sighting)
    return dict(groups)


def unique(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Each sighting once, by its id."""
    return list({s.id: s for s in sightings}.values())


def within(day: str, since: str | None, until: str | None) -> bool:
    """Whether a day (or date-time) lies in the window; both ends inclusive, either may be open."""
    return (since is None or day[:10] >= since[:10]) and (until is None or day[:10] <= until[:10])


def stand(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Those that the current version of their article still makes."""
    return [s for s in sightings if s.superseded_at is None]
