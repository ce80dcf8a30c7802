"""Which annotated claim stands at which place of a reading: what the teacher knows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.reading import Anchor, Reading

LONGEST, TOLD = 5, 0.2
"""Words of the longest name of a subject that is no name, and in which share of the articles that have it a piece of
text must be one."""


def letters(name: object) -> str:
    """What names are compared by: letters and digits, no case."""
    return "".join(c for c in str(name).lower() if c.isascii() and c.isalnum())


def listed(value: object) -> list[Any]:
    """A gold field as a list."""
    return value if isinstance(value, list) else [value]


def alike(a: float | None, b: float | None) -> bool:
    """Do two figures agree within half a per cent?"""
    return a is not None and b is not None and abs(a - b) <= 0.005 * max(abs(a), 1e-12)


@dataclass
class Alignment:
    """Which annotated claims stand at which anchor of a reading."""

    at: dict[int, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    superseded: set[int] = field(default_factory=set)
    optional: set[int] = field(default_factory=set)
    lost: list[Mapping[str, Any]] = field(default_factory=list)


def align(article: Mapping[str, Any], reading: Reading, anchors: Sequence[Anchor]) -> Alignment:
    """Finds the anchor of every annotated claim of an article."""
    text = reading.text
    found = Alignment()
    for claim in article["claims"]:
        places = _places(claim, text, anchors)
        if not places:
            found.lost.append(claim)
            continue
        anchor = places[0]
        found.at[id(anchor)].append(claim)
        if claim.get("previous") is not None:
            for other in anchors:
                q = other.quantity
                if q is not None and other is not anchor and abs(other.sentence - anchor.sentence) <= 1:
                    wanted = claim["previous"]
                    if alike(wanted, q.value) or alike(abs(wanted), q.value) or alike(wanted, q.value * 1000):
                        found.superseded.add(id(other))
    for claim in article.get("optional", ()):
        found.optional.update(id(a) for a in _places(claim, text, anchors))
    return found


def _places(claim: Mapping[str, Any], text: str, anchors: Sequence[Anchor]) -> list[Anchor]:
    kind = {"rank": "rank", "event": "launch"}.get(claim["kind"], "quantity")
    value = claim.get("value")
    if claim["kind"] == "change" and value is None:
        kind = "bare"
    spans = []
    start = text.find(claim["quote"])
    while start >= 0:
        spans.append((start, start + len(claim["quote"])))
        start = text.find(claim["quote"], start + 1)
    hits: list[Anchor] = []
    for begin, end in spans:
        inside = [a for a in anchors if a.kind == kind and a.start < end and begin < a.end]
        if kind == "quantity":
            good = [a for a in inside if _bears(a, value, claim)]
            if not good and value == 0:
                good = [a for a in anchors if a.kind == "free" and a.start < end and begin < a.end]
            if not good:
                sentence = {a.sentence for a in anchors if a.start < end and begin < a.end}
                good = [
                    a
                    for a in anchors
                    if a.kind == "quantity" and a.sentence in sentence and _bears(a, value, claim)
                ]
            hits += good
        elif kind == "rank":
            hits += [a for a in inside if a.cue is not None and float(a.cue.value) == value]
        else:
            hits += inside
    return hits


def _bears(anchor: Anchor, value: float | None, claim: Mapping[str, Any]) -> bool:
    q = anchor.quantity
    if q is None or value is None:
        return False
    figures = [abs(q.value), abs(q.value) * 1000, None if q.value_high is None else abs(q.value_high)]
    wanted = [abs(value)] + ([abs(claim["value_high"])] if claim.get("value_high") is not None else [])
    return any(f is not None and any(alike(w, f) for w in wanted) for f in figures)


def named_in(articles: Sequence[tuple[Mapping[str, Any], Reading]]) -> list[list[tuple[int, int]]]:
    """The pieces of each text that are the name of a subject in it or, often enough, in others: what the network will
    propose as subjects, the right and the wrong."""
    words = [
        [(item.start, item.end) for item in reading.items if item.kind == "w"] for _, reading in articles
    ]
    subjects: Counter[str] = Counter()
    for article, _ in articles:
        subjects.update({str(name).lower() for c in article["claims"] for name in listed(c["subject"])})
    found: list[list[tuple[int, int]]] = []
    for (_, reading), spans in zip(articles, words, strict=True):
        text, own, free = reading.text.lower(), [], 0
        for i, (start, _) in enumerate(spans):
            for _, end in reversed(spans[i : i + LONGEST]):
                if start >= free and text[start:end] in subjects:
                    own.append((start, end))
                    free = end
        found.append(own)
    told = Counter(
        name
        for (_, reading), own in zip(articles, found, strict=True)
        for name in {reading.text[start:end].lower() for start, end in own}
    )
    common = {name for name, n in told.items() if subjects[name] < TOLD * n}
    return [
        [(start, end) for start, end in own if reading.text[start:end].lower() not in common]
        for (_, reading), own in zip(articles, found, strict=True)
    ]
