"""What the extractor scores on the annotated articles, and the floors under it.

usage: python tests/gold_scores.py [--raise]
"""

import math
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from noise import noisy
from score_claims import ATTRIBUTES, Score, articles_in, score
from swap_names import swap_names

from crawler.article import Article
from extract.pipeline import build_nlp, claims_of

GOLD = Path(__file__).with_name("gold")
FLOORS = GOLD / "floors.toml"
FOLDERS = ("shared", "held")
SCORED = (*FOLDERS, "exam")
CONFIDENT = 0.8
PLAY = 0.01
"""By how much a score may vary from one learning to the next without that a floor gives way."""

Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Readings:
    """The annotated articles read as they are and, every second one, renamed and noisy: ``articles`` and
    ``claims`` by the way of reading, claims by the id of their article."""

    articles: Mapping[str, Records]
    claims: Mapping[str, Mapping[str, Records]]

    @cached_property
    def figures(self) -> dict[tuple[str, str], float]:
        """Every figure that has a floor or a ceiling, by its table and its name."""
        found: dict[tuple[str, str], float] = {}
        for folder in SCORED:
            total = self.score(folder)
            found[folder, "f1"], found[folder, "precision"] = total.f1, total.precision
            found |= {(folder, name): total.agreement(name) for name in ATTRIBUTES}
        plain = score([a for folder in FOLDERS for a in self.articles[folder]], self._plain)
        sure = [c for c in plain.hits if c["confidence"] >= CONFIDENT]
        wrong = [c for _, c in plain.wrong if c["confidence"] >= CONFIDENT]
        found["confident", "precision"] = len(sure) / max(1, len(sure) + len(wrong))
        found["confident", "part_of_hits"] = len(sure) / max(1, len(plain.hits))
        for how in ("renamed", "noisy"):
            found["fall", how] = score(self.disturbed, self._plain).f1 - self.score(how).f1
        words = sum(len(article["text"].split()) for article in self.silent)
        found["silent", "false_claims"] = 1000 * len(score(self.silent, self._plain).wrong) / words
        return found

    @property
    def disturbed(self) -> Records:
        """The articles, as they are, that are read renamed and noisy too."""
        return _every_second([article for folder in FOLDERS for article in self.articles[folder]])

    @property
    def silent(self) -> Records:
        """The articles without a claim."""
        everything = [a for folder in (*FOLDERS, "silent") for a in self.articles[folder]]
        return [article for article in everything if not article["claims"]]

    def score(self, how: str) -> Score:
        """The score of one way of reading."""
        return score(self.articles[how], self.claims[how])

    @cached_property
    def _plain(self) -> dict[str, Records]:
        """The claims of every article as it is."""
        return {name: claims for how in (*FOLDERS, "silent") for name, claims in self.claims[how].items()}


def _every_second(articles: Records) -> list[dict[str, Any]]:
    return [dict(article) for article in articles[::2]]


def read_all() -> Readings:
    """Reads the annotated articles that have floors: about a minute. Those of ``own`` are for learning alone."""
    articles = {name: articles_in(GOLD / name) for name in (*SCORED, "silent")}
    disturbed = _every_second([article for folder in FOLDERS for article in articles[folder]])
    articles["renamed"] = swap_names(disturbed)
    articles["noisy"] = [noisy(article) for article in disturbed]
    nlp = build_nlp()
    claims = {
        how: {
            a["id"]: [
                asdict(c)
                for c in claims_of(
                    nlp,
                    Article(a["id"], a["title"], a["text"], published=a["published"]),
                    date.fromisoformat(a["published"][:10]),
                )
            ]
            for a in listed
        }
        for how, listed in articles.items()
    }
    return Readings(articles, claims)


def limits(kind: str) -> dict[tuple[str, str], float]:
    """The floors (``floor``) or ceilings (``ceiling``) by table and name."""
    tables = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[kind]
    return {(table, name): value for table, names in tables.items() for name, value in names.items()}


def raised(text: str, figures: Mapping[tuple[str, str], float]) -> str:
    """The text of the file with each floor or ceiling that is clearly bettered moved there but for ``PLAY``."""
    kind = table = ""
    lines = []
    for line in text.splitlines():
        if head := re.fullmatch(r"\[(floor|ceiling)\.(\w+)\]", line):
            kind, table = head.groups()
        elif entry := re.fullmatch(r"(\w+) = ([\d.]+)", line):
            name, limit = entry[1], float(entry[2])
            new = figures[table, name]
            if kind == "floor":
                limit = max(limit, math.floor(100 * (new - PLAY)) / 100)
            else:
                limit = min(limit, math.ceil(100 * (max(0.0, new) + PLAY)) / 100)
            line = f"{name} = {limit}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> int:
    """The command line."""
    figures = read_all().figures
    for kind in ("floor", "ceiling"):
        for (table, name), limit in limits(kind).items():
            print(f"{table:10s} {name:14s} {figures[table, name]:8.4f}  {kind} {limit}")
    if "--raise" in sys.argv:
        FLOORS.write_text(raised(FLOORS.read_text(encoding="utf-8"), figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
