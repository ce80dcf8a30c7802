"""Choosing by score: linear models over readable features, their weights learnt from annotated articles.

Every decision about a figure (is it a claim, of which metric, whose, when, …) is a choice among candidates. The score
of a candidate is the sum of the weights of its own features and, where the candidates are fixed classes, of the weights
that the features of the place have for that class; a softmax over the candidates makes probabilities of the scores
(a conditional logit; McFadden 1974). Weights are data: ``weights.json``, written by ``extract.training``.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

WEIGHTS = Path(__file__).with_name("weights.json")

GIVE_UP, GIVE_UP_WORDS = 0.5, 0.65
"""From which probability a figure, or a mere word of direction, rank or launch, is taken for no claim."""

SLOPE, OFFSET = 0.47, -0.33
"""Of the line that makes a sober probability of the product of those of the decisions (Platt 1999), on the log odds;
fitted on the articles of ``tests/gold/held`` and ``tests/gold/exam``, which nothing was learnt from."""

Features = Sequence[str]

Spot = tuple[str, int, int]
"""A piece of an article: ``text`` or ``title``, with the offsets of its first character and after its last."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision to take: ``place`` are the features that all candidates share, ``candidates`` their labels and
    ``own`` the features of each.

    ``at`` is where the place stands in the text, ``told`` the role and the metric decided before, and ``spots`` are the
    pieces of the article that each candidate stands for, where candidates are such.
    """

    decision: str
    place: Features
    candidates: Sequence[str]
    own: Sequence[Features]
    at: tuple[int, int] = (0, 0)
    told: tuple[str, str] = ("", "")
    spots: Sequence[Sequence[Spot]] | None = None


class Sight(Protocol):
    """What else sees the text that a choice is about."""

    def scores(self, choice: Choice) -> Sequence[float] | None:
        """What it adds to the score of each candidate; null where it has nothing to say."""

    def trust(self, decision: str) -> float:
        """By what the score from features is multiplied beside its own."""


class Scorer:
    """Scores choices. ``weights`` maps a decision to its ``own`` weights by feature and its ``place`` weights by
    feature and class."""

    def __init__(
        self, weights: Mapping[str, Mapping[str, Mapping[str, float | Mapping[str, float]]]]
    ) -> None:
        self._own: dict[str, dict[str, float]] = {}
        self._place: dict[str, dict[str, tuple[float, ...]]] = {}
        self._column: dict[str, dict[str, int]] = {}
        for decision, parts in weights.items():
            self._own[decision] = {f: w for f, w in parts["own"].items() if isinstance(w, int | float)}
            by_class = {f: w for f, w in parts["place"].items() if isinstance(w, Mapping)}
            classes = sorted({c for w in by_class.values() for c in w})
            self._column[decision] = {c: k for k, c in enumerate(classes)}
            self._place[decision] = {f: tuple(w.get(c, 0.0) for c in classes) for f, w in by_class.items()}

    def scores(self, choice: Choice) -> list[float]:
        """The score of each candidate."""
        own = self._own.get(choice.decision, {})
        place = self._place.get(choice.decision, {})
        rows = list(filter(None, map(place.get, choice.place)))
        if rows:
            totals = list(map(sum, zip(*rows, strict=True)))
            column = self._column[choice.decision]
            base = [totals[column[c]] if c in column else 0.0 for c in choice.candidates]
        else:
            base = [0.0] * len(choice.candidates)
        get = own.get
        return [
            score + sum(filter(None, map(get, features))) if features else score
            for score, features in zip(base, choice.own, strict=True)
        ]

    def probabilities(self, choice: Choice, sight: Sight | None = None) -> list[float]:
        """The softmax of the scores, those of a sight added; they add up to 1."""
        scores = self.scores(choice)
        seen = sight.scores(choice) if sight is not None else None
        if sight is not None and seen is not None:
            trust = sight.trust(choice.decision)
            scores = [trust * score + float(more) for score, more in zip(scores, seen, strict=True)]
        if not scores:
            return []
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        total = sum(powers)
        return [p / total for p in powers]

    def decide(self, choice: Choice, sight: Sight | None = None) -> tuple[int, list[float]]:
        """The number of the likeliest candidate and the probability of each.

        A place is given up only where that is likelier than ``GIVE_UP``: what is claimed on weak grounds has a low
        confidence, by which it can still be left out.
        """
        found = self.probabilities(choice, sight)
        order = sorted(range(len(found)), key=found.__getitem__, reverse=True)
        winner = order[0]
        if choice.decision.startswith("role") and choice.candidates[winner] == "none":
            least = GIVE_UP if choice.decision == "role quantity" else GIVE_UP_WORDS
            if found[winner] < least:
                winner = order[1]
        return winner, found

    def explain(self, choice: Choice, winner: int, most: int = 4) -> list[str]:
        """The features that spoke most for candidate ``winner``, with their weights."""
        own = self._own.get(choice.decision, {})
        place = self._place.get(choice.decision, {})
        column = self._column.get(choice.decision, {}).get(choice.candidates[winner])
        spoken = [(own.get(f, 0.0), f) for f in choice.own[winner]]
        if column is not None:
            spoken += [(place[f][column], f) for f in choice.place if f in place]
        spoken.sort(reverse=True)
        return [f"{f} {w:+.1f}" for w, f in spoken[:most] if w > 0]


def sober(product: float) -> float:
    """The probability that a claim is right in every part, from the product of the probabilities of its decisions."""
    if not 0 < product < 1:
        return float(product >= 1)
    return 1 / (1 + math.exp(-SLOPE * math.log(product / (1 - product)) - OFFSET))


def load_scorer(path: Path = WEIGHTS) -> Scorer:
    """The scorer with the weights that the package carries."""
    return Scorer(json.loads(path.read_text(encoding="utf-8")))
