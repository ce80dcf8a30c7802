"""The extractor as the roof uses it: loaded when it is first needed, with the user's own words."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from crawler.article import Article
from extract.records import Claim, Mention
from store.entities import Entity

Read = tuple[tuple[Claim, ...], tuple[Mention, ...]]
"""What was read from an article: its claims and its names."""


@dataclass(frozen=True)
class Reader:
    """The extractor with its vocabulary; the pipeline is built when the first article asks for it.

    ``vocabulary`` are files of the user's own words, added to those built in.
    """

    vocabulary: tuple[Path, ...] = ()

    @cached_property
    def words(self) -> Any:
        """The vocabulary, loaded. Raises VocabularyError for a wrong file."""
        from extract.vocabulary import load_vocabulary

        return load_vocabulary(self.vocabulary)

    @cached_property
    def entities(self) -> list[Entity]:
        """Whom the vocabulary knows by name: vendors, models, groups, markets, organisations."""
        from extract.vocabulary import TABLES

        return [
            Entity(
                entry.name, entry.values.get("kind", table), entry.values.get("owner"),
                entry.values.get("country"), tuple(entry.values.get("aliases", ())),
            )
            for table, kept in TABLES.items()
            if kept.names
            for entry in self.words.entries(table)
        ]  # fmt: skip

    @cached_property
    def nlp(self) -> Any:
        from extract.pipeline import build_nlp

        return build_nlp(self.words)

    @cached_property
    def version(self) -> str:
        """What tells this extractor from another one: of its code, its vocabulary and its weights."""
        from extract.encoder import MODEL
        from extract.pipeline import PIPELINE_VERSION
        from extract.scorer import WEIGHTS

        digest = blake2b(digest_size=4)
        for weights in (WEIGHTS, *sorted(MODEL.iterdir())):
            digest.update(weights.read_bytes())
        for table, entries in sorted(self.words.tables.items()):
            for entry in entries:
                digest.update(json.dumps([table, entry.values], sort_keys=True, default=str).encode())
        return f"{PIPELINE_VERSION}-{digest.hexdigest()}"

    def read(self, article: Article, now: date) -> Read:
        """The claims and the names of an article; ``now`` is the day that stands in where it gives none."""
        from extract.pipeline import decider, readings_of

        readings = readings_of(self.nlp, article, now)
        return decider().claims(readings), tuple(readings[0].mentions)

    def marked(self, article: Article, now: date) -> Any:
        """The names, quantities and periods of an article's text, as the claims are made from them."""
        from extract.pipeline import readings_of

        return readings_of(self.nlp, article, now)[0]
