"""Scores claims against annotated articles, by the definition of a claim.

usage: python tests/score_claims.py GOLD_DIR PREDICTED.jsonl [--show] [--check]

GOLD_DIR holds one JSON file an article, with ``id``, ``title``, ``published``, ``text``, ``claims`` and
``optional`` claims, which count for nothing. PREDICTED.jsonl holds one claim a line, with ``article`` set to
the id of the annotated article, as ``beatbook extract --format jsonl`` writes them. --check validates
GOLD_DIR alone; --show prints every miss and every false claim.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]

METRICS = frozenset(
    {
        "tokens", "api_calls", "users", "downloads", "usage", "price", "price_input", "price_output",
        "price_cached_input", "cost", "share", "revenue", "arr", "profit", "funding", "valuation",
        "investment", "capacity", "shipments", "share_price", "context_window", "parameters", "rank",
        "launch",
    }
)  # fmt: skip
KINDS = frozenset({"level", "change", "rank", "event"})
DIRECTIONS = frozenset({"up", "down", "flat", None})
PERS = frozenset({"minute", "hour", "day", "week", "month", "quarter", "year", None})
BASES = frozenset({"dod", "wow", "mom", "qoq", "yoy", None})
MODALITIES = frozenset({"reported", "forecast", "target", "plan", "rumor"})
ATTRIBUTES = ("period", "per", "basis", "modality", "source", "previous")


def norm(name: object) -> str | None:
    """What names and units are compared by."""
    return re.sub(r"[^a-z0-9]+", "", str(name).lower()) if name is not None else None


def as_list(value: Any) -> list[Any]:
    """A gold field as the list of what is accepted."""
    return value if isinstance(value, list) else [value]


def same_name(gold: Any, got: Any) -> bool:
    """Is the name one of the accepted ones?"""
    return norm(got) in {norm(g) for g in as_list(gold)}


def same_number(gold: Any, got: Any) -> bool:
    """Do two figures agree within half a per cent?"""
    if gold is None or got is None:
        return gold is None and got is None
    return abs(float(gold) - float(got)) <= 0.005 * max(abs(float(gold)), 1e-12)


def core_match(gold: Record, got: Record) -> bool:
    """Is it the same claim: subject, metric, kind, figure, unit, direction of a change, denial?"""
    return (
        gold["kind"] == got.get("kind")
        and got.get("metric") in as_list(gold["metric"])
        and same_name(gold["subject"], got.get("subject"))
        and same_number(gold.get("value"), got.get("value"))
        and same_number(gold.get("value_high"), got.get("value_high"))
        and norm(gold.get("unit")) == norm(got.get("unit"))
        and (gold["kind"] != "change" or gold.get("direction") == got.get("direction"))
        and bool(gold.get("negated")) == bool(got.get("negated"))
    )


def agrees(name: str, gold: Record, got: Record) -> bool:
    """Do two claims that match agree in one attribute?"""
    if name == "source":
        return same_name(gold.get("source"), got.get("source"))
    if name == "previous":
        return same_number(gold.get("previous"), got.get("previous"))
    if name == "period":
        return list(gold.get("period") or [None, None]) == list(got.get("period") or [None, None])
    return bool(gold.get(name) == got.get(name))


def pair(golds: Sequence[Record], gots: Sequence[Record]) -> tuple[list[tuple[int, int]], set[int], set[int]]:
    """Greedy one-to-one pairing; among core matches the one that agrees in most attributes wins."""
    edges = [
        (sum(agrees(name, g, p) for name in ATTRIBUTES), i, j)
        for i, g in enumerate(golds)
        for j, p in enumerate(gots)
        if core_match(g, p)
    ]
    used_gold: set[int] = set()
    used_got: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        if i not in used_gold and j not in used_got:
            used_gold.add(i)
            used_got.add(j)
            pairs.append((i, j))
    return pairs, used_gold, used_got


@dataclass
class Score:
    """Counts over articles: ``hits``, ``missed`` and ``wrong`` claims, and the hits agreeing by attribute."""

    hits: list[Record] = field(default_factory=list)
    missed: list[tuple[str, Record]] = field(default_factory=list)
    wrong: list[tuple[str, Record]] = field(default_factory=list)
    agreeing: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ATTRIBUTES, 0))

    @property
    def precision(self) -> float:
        """The part of the claims that are right."""
        return len(self.hits) / max(1, len(self.hits) + len(self.wrong))

    @property
    def recall(self) -> float:
        """The part of the annotated claims that were found."""
        return len(self.hits) / max(1, len(self.hits) + len(self.missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * len(self.hits) / max(1, 2 * len(self.hits) + len(self.missed) + len(self.wrong))

    def agreement(self, name: str) -> float:
        """The part of the hits that agree in an attribute."""
        return self.agreeing[name] / max(1, len(self.hits))


def score(articles: Iterable[Record], claims_of: Mapping[str, Sequence[Record]]) -> Score:
    """Scores the claims of each article, by its id; optional ones count for nothing."""
    total = Score()
    for article in articles:
        gots = claims_of.get(article["id"], ())
        pairs, used_gold, used_got = pair(article["claims"], gots)
        rest = [got for j, got in enumerate(gots) if j not in used_got]
        _, _, forgiven = pair(article.get("optional", []), rest)
        total.hits += [gots[j] for _, j in pairs]
        total.wrong += [(article["id"], got) for j, got in enumerate(rest) if j not in forgiven]
        total.missed += [(article["id"], g) for i, g in enumerate(article["claims"]) if i not in used_gold]
        for i, j in pairs:
            for name in ATTRIBUTES:
                total.agreeing[name] += agrees(name, article["claims"][i], gots[j])
    return total


def faults(article: Record) -> list[str]:
    """What is wrong with the annotation of an article, one line each."""
    missing = [key for key in ("id", "title", "published", "text", "claims") if key not in article]
    if missing:
        return [f"{article.get('id')}: no {key}" for key in missing]
    found = []
    for claim in [*article["claims"], *article.get("optional", [])]:
        here = f"{article['id']}: {claim.get('quote')!r}"
        found += [f"{here}: {fault}" for fault in _claim_faults(claim, article)]
    return found


def _claim_faults(claim: Record, article: Record) -> Iterable[str]:
    if not claim.get("quote") or claim["quote"] not in article["text"] + "\n" + article["title"]:
        yield "quote is not in the text"
    if not set(as_list(claim.get("metric"))) <= METRICS:
        yield f"metric {claim.get('metric')}"
    for name, known in (
        ("kind", KINDS), ("direction", DIRECTIONS), ("per", PERS), ("basis", BASES), ("modality", MODALITIES),
    ):  # fmt: skip
        if claim.get(name) not in known:
            yield f"{name} {claim.get(name)}"
    if claim.get("kind") == "change" and not claim.get("direction"):
        yield "a change without a direction"
    if not as_list(claim.get("subject"))[0]:
        yield "no subject"
    for number in ("value", "value_high", "previous"):
        if claim.get(number) is not None and not isinstance(claim[number], int | float):
            yield f"{number} is no number"
    if claim.get("kind") in ("level", "rank") and claim.get("value") is None:
        yield f"{claim['kind']} without a value"
    if claim.get("value") is not None and claim.get("kind") in ("level", "change") and not claim.get("unit"):
        yield "value without a unit"
    period = claim.get("period") or [None, None]
    if len(period) != 2 or any(p is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", p) for p in period):
        yield f"period {period}"


def articles_in(folder: Path) -> list[dict[str, Any]]:
    """The annotated articles of a folder, in the order of their file names."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def described(claim: Record) -> str:
    """A claim in one line."""
    subject, metric = as_list(claim.get("subject"))[0], as_list(claim.get("metric"))[0]
    figure = f"{claim.get('value')} {claim.get('unit')} | {claim.get('direction')}"
    return f"{subject} | {metric} | {claim.get('kind')} | {figure} | {claim.get('quote')!r}"


def main() -> int:
    """The command line."""
    paths = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    articles = articles_in(paths[0])
    wrong = [fault for article in articles for fault in faults(article)]
    for fault in wrong:
        print("gold:", fault)
    if "--check" in sys.argv:
        claims = sum(len(article["claims"]) for article in articles)
        print(f"{len(articles)} articles, {claims} claims, {len(wrong)} faults")
        return 1 if wrong else 0
    predicted: dict[str, list[Record]] = {}
    for line in paths[1].read_text(encoding="utf-8").splitlines():
        if line.strip():
            claim = json.loads(line)
            predicted.setdefault(str(claim.get("article")), []).append(claim)
    total = score(articles, predicted)
    if "--show" in sys.argv:
        for name, listed in (("MISS ", total.missed), ("FALSE", total.wrong)):
            for article, claim in sorted(listed, key=lambda pair: pair[0]):
                print(f"{name} {article}: {described(claim)}")
    print(" ".join(f"{name}={total.agreement(name):.3f}" for name in ATTRIBUTES))
    print(
        f"core F1={total.f1:.3f} precision={total.precision:.3f} recall={total.recall:.3f} "
        f"hit={len(total.hits)} miss={len(total.missed)} false={len(total.wrong)} articles={len(articles)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
