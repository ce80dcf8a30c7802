"""Learning the weights of the scorer from annotated articles: ``python -m extract.training FOLDER... [--folds 5]``.

A teacher walks each article with the same reader that works later. Where an annotated claim stands it gives the right
answer and notes the choice; elsewhere it answers that there is none. Each decision is then a conditional logit with
an L2 penalty, fitted by L-BFGS.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from crawler.article import Article
from extract.alignment import Alignment, align, letters, listed, named_in
from extract.claims import claims_from
from extract.decisions import Reader
from extract.entities import Entity
from extract.pipeline import THRESHOLD, Decider, build_nlp, readings_of
from extract.reading import Anchor, Reading, anchors_of
from extract.scorer import WEIGHTS, Choice, Scorer

PENALTY = 2.0
"""Of the square of a weight."""

LEAST = 0.03
"""Weights nearer to nothing than this are left out."""

FOLDS = 4
"""Into how many parts the articles are divided, to read each part with the weights of the others."""

RARE = 2
"""Features seen in fewer choices than this are not learnt."""


@dataclass(slots=True)
class Example:
    """A choice that was taken, with the numbers of the right candidates."""

    choice: Choice
    right: frozenset[int]
    anchor: Anchor


class Teacher:
    """Answers the reader's choices from the annotation and notes them; what it cannot answer a model may."""

    def __init__(
        self, alignment: Alignment, examples: dict[str, list[Example]], model: Scorer | None = None
    ) -> None:
        self.alignment = alignment
        self.examples = examples
        self.model = model

    def choose(
        self, choice: Choice, anchor: Anchor, stands_for: Sequence[object]
    ) -> tuple[int, Sequence[float]]:
        golds = self.alignment.at.get(id(anchor), [])
        right = self._right(choice, anchor, stands_for, golds)
        if right:
            self.examples[choice.decision].append(Example(choice, frozenset(right), anchor))
        if self.model is not None and not (golds and choice.decision.startswith("role")):
            return self.model.decide(choice)
        certain = [1.0] * len(choice.candidates)
        if right:
            return min(right), certain
        return (len(certain) - 1 if choice.decision.startswith("role") else 0), certain

    def _right(
        self, choice: Choice, anchor: Anchor, stands_for: Sequence[object], golds: Sequence[Mapping[str, Any]]
    ) -> list[int] | None:
        decision, labels = choice.decision, list(choice.candidates)
        if decision.startswith("role"):
            if golds:
                wanted = {g["kind"] for g in golds} if anchor.kind == "quantity" else {"claim"}
                return [i for i, label in enumerate(labels) if label in wanted]
            if id(anchor) in self.alignment.superseded:
                return [labels.index("previous")] if "previous" in labels else [labels.index("none")]
            if id(anchor) in self.alignment.optional:
                return None
            return [labels.index("none")]
        if not golds:
            return None
        if decision == "subject":
            wanted_names = {letters(s) for g in golds for s in listed(g["subject"])}
            return [
                i
                for i, e in enumerate(stands_for)
                if isinstance(e, Entity) and letters(e.name) in wanted_names
            ]
        gold = golds[0]
        answers: dict[str, Callable[[], set[str]]] = {
            "metric": lambda: {m for g in golds for m in listed(g["metric"])},
            "direction change": lambda: {str(g.get("direction")) for g in golds},
            "direction level": lambda: {g.get("direction") or "none" for g in golds},
            "negated": lambda: {"yes" if g.get("negated") else "no" for g in golds},
            "modality": lambda: {g["modality"] for g in golds},
            "per": lambda: {g.get("per") or "none" for g in golds},
            "basis": lambda: {g.get("basis") or "none" for g in golds},
            "denominator": lambda: {(str(gold.get("unit") or "").partition("/")[2]) or "none"},
        }
        if decision == "denominator" and (gold["metric"] != ["price"] or not gold.get("unit")):
            return None
        if decision in answers:
            wanted = answers[decision]()
            return [i for i, label in enumerate(labels) if label in wanted]
        if decision == "period":
            periods = {tuple(g.get("period") or (None, None)) for g in golds}
            return [i for i, p in enumerate(stands_for) if p in periods]
        if decision == "source":
            names = {letters(s) if s is not None else "" for g in golds for s in listed(g.get("source"))}
            return [i for i, name in enumerate(stands_for) if letters(name) in names]
        return None


def fit(examples: Sequence[Example], penalty: float) -> dict[str, dict[str, Any]]:
    """The weights of one decision: ``own`` by feature, ``place`` by feature and class."""
    seen: Counter[str] = Counter()
    for example in examples:
        seen.update(set(example.choice.place))
        seen.update({f for own in example.choice.own for f in own})
    sizes = np.array([len(e.choice.candidates) for e in examples])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    rows_of = np.repeat(np.arange(len(examples)), sizes)
    labels = [label for e in examples for label in e.choice.candidates]
    classes = (
        {label: k for k, label in enumerate(sorted(set(labels)))} if examples[0].choice.place else {"": 0}
    )
    class_of = np.array([classes.get(label, 0) for label in labels])
    right = np.zeros(len(labels), dtype=bool)
    for start, example in zip(starts, examples, strict=True):
        right[[start + i for i in example.right]] = True
    place, place_index = _design([e.choice.place for e in examples], seen)
    own, own_index = _design([features for e in examples for features in e.choice.own], seen)
    shape = (place.shape[1], len(classes))
    split = shape[0] * shape[1]

    def loss(w: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        scores = (place @ w[:split].reshape(shape))[rows_of, class_of] + own @ w[split:]
        top = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - top[rows_of])
        totals = np.add.reduceat(powers, starts)
        kept = np.maximum(np.add.reduceat(np.where(right, powers, 0.0), starts), 1e-300)
        residual = powers / totals[rows_of] - np.where(right, powers / kept[rows_of], 0.0)
        spread = np.zeros((len(examples), len(classes)))
        np.add.at(spread, (rows_of, class_of), residual)
        gradient = np.concatenate(((place.T @ spread).ravel(), own.T @ residual)) + penalty * w
        return float(np.sum(np.log(totals) - np.log(kept))) + 0.5 * penalty * float(w @ w), gradient

    start = np.zeros(split + own.shape[1])
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    by_class = w[:split].reshape(shape)
    return {
        "own": {f: round(float(w[split + k]), 2) for f, k in own_index.items() if abs(w[split + k]) >= LEAST},
        "place": {
            f: kept
            for f, k in place_index.items()
            if (
                kept := {
                    c: round(float(by_class[k, j]), 2)
                    for c, j in classes.items()
                    if abs(by_class[k, j]) >= LEAST
                }
            )
        },
    }


def _design(rows: Sequence[Sequence[str]], seen: Mapping[str, int]) -> tuple[csr_matrix, dict[str, int]]:
    """A sparse matrix of rows by features, features that are rare left out, and the column of each feature."""
    index: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for features in rows:
        columns.extend({index.setdefault(f, len(index)) for f in features if seen[f] >= RARE})
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), max(1, len(index)))), index


def teach(
    article: Mapping[str, Any],
    reading: Reading,
    examples: dict[str, list[Example]],
    model: Scorer | None,
    named: Sequence[tuple[int, int]] = (),
) -> Alignment:
    """Walks one article with a teacher and adds its choices to ``examples``."""
    anchors = anchors_of(reading)
    alignment = align(article, reading, anchors)
    teacher = Teacher(alignment, examples, model)
    claims_from(Reader(reading, teacher.choose, anchors, named), 0.0)
    return alignment


def gold_articles(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """The annotated articles of some folders, in the order of their names."""
    files = sorted((file for folder in folders for file in folder.glob("*.json")), key=lambda f: f.name)
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def article_of(record: Mapping[str, Any]) -> Article:
    """The article of an annotated record."""
    return Article(
        record.get("url", record["id"]), record["title"], record["text"], published=record["published"]
    )


def learn(articles: Sequence[tuple[Mapping[str, Any], Reading]], folds: int = FOLDS) -> dict[str, Any]:
    """The weights of every decision, from annotated articles and the readings of their texts."""
    return _fit_all([examples for examples, _ in walked(articles, folds)])


def walked(
    articles: Sequence[tuple[Mapping[str, Any], Reading]], folds: int = FOLDS
) -> list[tuple[dict[str, list[Example]], Scorer]]:
    """The examples of each article, and a scorer that was learnt from other articles.

    The first weights see the annotated past of each place. The examples that are given out see the past as weights
    learnt from other articles would have read it, since that is the past that the scorer works with (Ross, Gordon and
    Bagnell 2011).
    """
    taught: list[dict[str, list[Example]]] = []
    named = named_in(articles)
    for (article, reading), spans in zip(articles, named, strict=True):
        examples: dict[str, list[Example]] = defaultdict(list)
        teach(article, reading, examples, None, spans)
        taught.append(examples)
    models = [Scorer(_fit_all([e for i, e in enumerate(taught) if i % folds != k])) for k in range(folds)]
    again: list[tuple[dict[str, list[Example]], Scorer]] = []
    for i, (article, reading) in enumerate(articles):
        examples = defaultdict(list)
        teach(article, reading, examples, models[i % folds], named[i])
        again.append((examples, models[i % folds]))
    return again


def _fit_all(taught: Sequence[Mapping[str, list[Example]]]) -> dict[str, Any]:
    decisions = sorted({decision for examples in taught for decision in examples})
    return {d: fit([e for examples in taught for e in examples.get(d, ())], PENALTY) for d in decisions}


def cross_validated(records: Sequence[Mapping[str, Any]], folds: int, out: Path, threshold: float) -> None:
    """Reads each article with weights learnt from the others, and writes the claims as JSON Lines."""
    nlp = build_nlp()
    readings = [readings_of(nlp, article_of(r), date.fromisoformat(r["published"])) for r in records]
    readings_by = {r["id"]: rs for r, rs in zip(records, readings, strict=True)}
    with out.open("w", encoding="utf-8") as sink:
        for fold in range(folds):
            kept = [
                (r, rs[0])
                for i, (r, rs) in enumerate(zip(records, readings, strict=True))
                if i % folds != fold
            ]
            scorer = Scorer(learn(kept))
            for record in records[fold::folds]:
                for claim in Decider(scorer).claims(readings_by[record["id"]], threshold):
                    sink.write(json.dumps({"article": record["id"], **asdict(claim)}) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--folds", type=int, default=0, help="cross-validate instead, and write the claims to --out"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    args = parser.parse_args()
    records = gold_articles(args.folders)
    if args.folds:
        cross_validated(records, args.folds, args.out, args.threshold)
        return
    nlp = build_nlp()
    weights = learn(
        [(r, readings_of(nlp, article_of(r), date.fromisoformat(r["published"]))[0]) for r in records]
    )
    args.out.write_text(
        json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
