"""Makes a large database of invented claims through the store's own writing, and says how fast that was.

    python tests/benchmarks/make_big_db.py FILE.db [--claims 1000000]

Ten times the claims are ten times the years, not ten times the news a week: subjects come and go, each with
some 500 claims, and every week has about 290 articles. The same seed gives the same database.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from crawler.article import Article
from extract.records import Claim
from store.schema import Store, open_db, transaction
from store.write import article_id, save_article, save_claims

CLAIMS_A_WEEK, CLAIMS_AN_ARTICLE, SUBJECTS_A_YEAR = 1923, 6.67, 200
START = date(2015, 1, 5)
OUTLETS = [f"outlet{i}.example" for i in range(40)]
SOURCES = [None, None, None, None, *(f"Research house {i}" for i in range(30))]
METRICS = {
    "tokens": ("tokens", 25), "price_input": ("USD/1M tokens", 10), "price_output": ("USD/1M tokens", 10),
    "users": ("users", 10), "revenue": ("USD", 10), "share": ("percent", 8), "api_calls": ("calls", 6),
    "capacity": ("MW", 6), "funding": ("USD", 5), "valuation": ("USD", 5), "shipments": ("units", 5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One invented article with its claims, and the time it was seen."""

    article: Article
    claims: tuple[Claim, ...]
    seen: datetime


def words(count: int = 4000) -> list[str]:
    """Pronounceable words, the same each time."""
    dice = random.Random(7)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    return ["".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(count)]


def articles(claims: int, seed: int = 1) -> Iterator[Written]:
    """Articles until there are so many claims, week by week."""
    dice = random.Random(seed)
    vocabulary = words()
    common = list(accumulate(1 / (i + 5) for i in range(len(vocabulary))))
    rank = list(accumulate(1 / (i + 8) for i in range(SUBJECTS_A_YEAR)))
    metrics, weights = list(METRICS), [weight for _, weight in METRICS.values()]
    made = number = 0
    while made < claims:
        week = made // CLAIMS_A_WEEK
        monday = START + timedelta(weeks=week)
        count = min(dice.choice((4, 5, 6, 7, 8, 10)), claims - made)
        day = monday + timedelta(days=dice.randrange(7))
        subjects = [
            f"Model {week // 52}-{dice.choices(range(SUBJECTS_A_YEAR), cum_weights=rank)[0]}"
            for _ in range(max(1, count // 2))
        ]
        sentences, found, position = [], [], 0
        for _ in range(count):
            subject, metric = dice.choice(subjects), dice.choices(metrics, weights)[0]
            claim, sentence = _claim(dice, subject, metric, monday, position, vocabulary, common)
            found.append(claim)
            sentences.append(sentence)
            position += len(sentence) + 2
        filler = " ".join(dice.choices(vocabulary, cum_weights=common, k=60))
        title = f"{subjects[0]} {' '.join(dice.choices(vocabulary, cum_weights=common, k=5))}"
        outlet = dice.choice(OUTLETS)
        article = Article(
            f"https://{outlet}/{number}", title, "\n\n".join([*sentences, filler]), published=day.isoformat(),
            site=outlet, language="en", source=outlet,
        )  # fmt: skip
        seen = datetime(day.year, day.month, day.day, dice.randrange(24), tzinfo=UTC)
        yield Written(article, tuple(found), seen)
        made += count
        number += 1


def _claim(
    dice: random.Random,
    subject: str,
    metric: str,
    monday: date,
    start: int,
    vocabulary: list[str],
    common: list[float],
) -> tuple[Claim, str]:
    unit = METRICS[metric][0]
    kind = "level" if dice.random() < 0.7 else "change"
    value = float(f"{dice.lognormvariate(3, 2):.3g}") if kind == "level" else round(dice.uniform(1, 90), 1)
    quote = f"{value:g} {unit if kind == 'level' else 'percent'}"
    sentence = f"{subject} {' '.join(dice.choices(vocabulary, cum_weights=common, k=10))} {quote}."
    before = (monday - timedelta(days=7), monday - timedelta(days=1))
    begin = start + sentence.index(quote, len(subject))
    claim = Claim(
        subject, metric, kind, value, unit if kind == "level" else "percent", quote, sentence, "text", begin,
        begin + len(quote),
        direction=None if kind == "level" else dice.choice(("up", "down")),
        scope=dice.choice((None, None, None, "OpenRouter", "China", "off-peak")),
        basis=None if kind == "level" else "wow",
        period=(before[0].isoformat(), before[1].isoformat()) if dice.random() < 0.7 else (None, None),
        modality=dice.choices(("reported", "forecast", "plan", "rumor"), (85, 9, 4, 2))[0],
        negated=dice.random() < 0.01,
        source=dice.choice(SOURCES),
        confidence=round(dice.uniform(0.3, 1), 2),
    )  # fmt: skip
    return claim, sentence


def fill(db: Store, written: Iterator[Written], batch: int = 500) -> tuple[int, int]:
    """Write articles and claims as an import does, ``batch`` articles a transaction; the numbers of both."""
    count = claims = 0
    pending: list[Written] = []
    for item in written:
        pending.append(item)
        if len(pending) == batch:
            claims += _write(db, pending)
            count += len(pending)
            pending = []
    return count + len(pending), claims + _write(db, pending)


def _write(db: Store, items: list[Written]) -> int:
    with transaction(db):
        for item in items:
            save_article(db, item.article, item.seen)
            save_claims(db, article_id(item.article.url), 1, item.claims, (), "bench")
    return sum(len(item.claims) for item in items)


SMALL, BIG = 100_000, 1_000_000
FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"


def ready(claims: int) -> Path:
    """The database with so many claims, made where it is not there yet."""
    path = FOLDER / f"claims-{claims}.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        begun = path.with_suffix(".begun.db")
        for file in FOLDER.glob(f"{begun.name}*"):
            file.unlink()
        make(begun, claims)
        begun.rename(path)
    return path


def make(path: Path, wanted: int) -> None:
    begin = time.perf_counter()
    with open_db(path, create=True) as db:
        count, claims = fill(db, articles(wanted))
        db.execute("PRAGMA optimize")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = time.perf_counter() - begin
    print(
        f"{claims} claims of {count} articles in {seconds:.0f} s, {claims / seconds:.0f} a second", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--claims", type=int, default=BIG)
    asked = parser.parse_args()
    if asked.file.exists():
        raise SystemExit(f"{asked.file}: exists already")
    make(asked.file, asked.claims)


if __name__ == "__main__":
    main()
