"""The spaCy pipeline that reads an article: sentences, names, quantities, periods and cues, then claims from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# The factories register themselves with spaCy when their modules are imported.
import extract.cues
import extract.names
import extract.periods
import extract.quantities
import extract.sentences  # noqa: F401
from crawler.article import Article
from extract.claims import claims_from, merge_title
from extract.decisions import Reader
from extract.metrics import metrics_from
from extract.network import Judge, Sight
from extract.plain import plain
from extract.reading import Anchor, Reading
from extract.records import Claim, Mention
from extract.scorer import Choice, Scorer, load_scorer
from extract.units_loading import load_units
from extract.vocabulary import Vocabulary, load_vocabulary, unit_rows

PIPELINE_VERSION = "3"
THRESHOLD = 0.4
"""Claims below this confidence are not given out."""


def build_nlp(vocabulary: Vocabulary | None = None) -> Language:
    """The pipeline for a vocabulary, the shipped one by default. Building takes about a second; reuse it."""
    vocabulary = vocabulary or load_vocabulary()
    nlp = spacy.blank("en")
    nlp.add_pipe("beatbook_sentences")
    names: Any = nlp.add_pipe("beatbook_names")
    names.vocabulary = vocabulary
    quantities: Any = nlp.add_pipe("beatbook_quantities")
    if own := unit_rows(vocabulary):
        quantities.units = load_units(extra=own)
    nlp.add_pipe("beatbook_periods")
    cues: Any = nlp.add_pipe("beatbook_cues", config={"entries": cue_entries(vocabulary)})
    cues.metrics = metrics_from((e.name, e.values) for e in vocabulary.entries("metric"))
    return nlp


def cue_entries(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The entries of metrics and cues in the one shape that the cue component takes."""
    entries: list[dict[str, Any]] = []
    for entry in vocabulary.entries("metric"):
        words = {k: list(entry.values[k]) for k in ("nouns", "verbs", "phrases") if k in entry.values}
        entries.append({"kind": "metric", "value": entry.name, **words})
    for entry in vocabulary.entries("cue"):
        words = {k: list(entry.values[k]) for k in ("nouns", "verbs", "phrases") if k in entry.values}
        entries.append({"kind": entry.values["kind"], "value": entry.values["value"], **words})
    return entries


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time, null where there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def readings_of(nlp: Language, article: Article, now: date) -> list[Reading]:
    """The readings of an article's text and, after it, of its title; dates are relative to its publication, else
    ``now``."""
    published = day_of(article.published) or now
    text, title = plain(article.text), plain(article.title)
    body = _marked(nlp, text, title, published)
    head = _marked(nlp, title, "", published)
    in_title = body._.title_names
    context = (in_title, tuple(c.value for c in head._.cues if c.kind == "metric"))
    readings = [_reading(body, article.text, published, "text", body._.names, context)]
    if title.strip():
        readings.append(_reading(head, article.title, published, "title", in_title, context))
    return readings


def _marked(nlp: Language, text: str, title: str, published: date) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = published
    doc._.title = title
    return nlp(doc)


def _reading(
    doc: Doc,
    original: str,
    published: date,
    field: str,
    mentions: Sequence[Mention],
    context: tuple[Sequence[Mention], Sequence[str]],
) -> Reading:
    return Reading(
        original,
        published,
        doc._.sentences,
        doc._.words,
        doc._.cues,
        mentions,
        doc._.quantities,
        doc._.periods,
        in_title=context[0],
        title_metrics=context[1],
        field=field,
        metrics=doc._.metrics,
    )


@dataclass(frozen=True)
class Decider:
    """What decides: the scorer of features and, where there is one, the network that judges beside it."""

    scorer: Scorer
    judge: Judge | None = None

    def claims(self, readings: Sequence[Reading], threshold: float = THRESHOLD) -> tuple[Claim, ...]:
        """The claims of an article, from the readings of its text and title."""
        title = readings[1].text if len(readings) > 1 else ""
        found = [self._of(reading, title if k == 0 else "", threshold) for k, reading in enumerate(readings)]
        return tuple(merge_title(found[0], found[1] if len(found) > 1 else []))

    def _of(self, reading: Reading, title: str, threshold: float) -> list[Claim]:
        if self.judge is not None and self._may_claim(reading):
            return claims_from(self._reader(reading, self.judge.sight(title, reading)), threshold)
        return claims_from(self._reader(reading), threshold)

    def _may_claim(self, reading: Reading) -> bool:
        """Whether features by themselves see anything that may be a claim, however unlikely; else the network, which
        costs ten times as much, is not asked."""
        return bool(claims_from(self._reader(reading), 0.0))

    def _reader(self, reading: Reading, sight: Sight | None = None) -> Reader:
        def choose(
            choice: Choice, anchor: Anchor, stands_for: Sequence[object]
        ) -> tuple[int, Sequence[float]]:
            return self.scorer.decide(choice, sight)

        return Reader(reading, choose, named=sight.named() if sight is not None else ())


@cache
def decider() -> Decider:
    """The decider that the package carries."""
    return Decider(load_scorer(), Judge())


def claims_of(
    nlp: Language, article: Article, now: date, decide: Decider | None = None, threshold: float = THRESHOLD
) -> tuple[Claim, ...]:
    """The claims of an article, those of its text in order and then those that only its title makes.

    ``now`` is the day that dates are relative to where the article has none of its own.
    """
    return (decide or decider()).claims(readings_of(nlp, article, now), threshold)
