"""Measures the store: how fast it writes beside a bare ``executemany``, how fast it answers, and by which
index.

    python tests/benchmarks/bench_store.py                          # all of it
    python tests/benchmarks/bench_store.py write [--claims 50000]
    python tests/benchmarks/bench_store.py query [SMALL.db BIG.db] [--rounds 100]

The databases are made by ``make_big_db.py``, the first time this is run, with 100,000 and 1,000,000 claims.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from make_big_db import BIG, METRICS, OUTLETS, SMALL, articles, fill, ready, words

from store.query import claims, history, leaders, prices, search
from store.schema import Store, open_db, transaction

TABLES = ("articles", "article_versions", "entities", "story_bands", "claims")
Ask = Callable[[Store, random.Random, list[str]], Any]


def _claims(db: Store, dice: random.Random, subjects: list[str]) -> Any:
    filters: list[dict[str, Any]] = [
        {"subject": dice.choice(subjects)},
        {"metric": dice.choice(list(METRICS)), "kind": "change", "direction": "up"},
        {"source": f"Research house {dice.randrange(30)}", "modality": "forecast"},
        {"site": dice.choice(OUTLETS), "metric": dice.choice(list(METRICS))},
        {"unit": "MW", "min_value": 50},
        {"scope": "off-peak", "metric": "price_input"},
        {"modality": "rumor", "negated": True},
        {"min_confidence": 0.9},
        {"subject": dice.choice(subjects), "modality": "rumor"},
        {"kind": "rank"},
        {"per": "week", "basis": "yoy"},
        {"qualifier": "about", "since": "2015-03-01", "until": "2015-04-01"},
        {},
    ]
    return claims(db, limit=50, **dice.choice(filters))


def _search(db: Store, dice: random.Random, _: list[str]) -> Any:
    return search(db, " ".join(dice.choices(VOCABULARY[: 10 ** dice.randint(1, 3)], k=dice.randint(1, 3))))


VOCABULARY = words()

QUESTIONS: dict[str, Ask] = {
    "history": lambda db, dice, subjects: history(db, dice.choice(subjects), dice.choice(list(METRICS))),
    "prices": lambda db, dice, subjects: prices(db, dice.choice(subjects)),
    "leaders": lambda db, dice, _: leaders(db, dice.choice(list(METRICS))),
    "claims": _claims,
    "search": _search,
}


def measure(db: Store, ask: Ask, rounds: int) -> tuple[float, float, float]:
    """Of the milliseconds of a call the median and the 95th percentile, and the median of those of the
    processor."""
    subjects = [row[0] for row in db.conn.execute("SELECT name FROM entities ORDER BY id")]
    dice, times, busy = random.Random(3), [], []
    for i in range(rounds + 5):
        begin, working = time.perf_counter(), time.process_time()
        ask(db, dice, subjects)
        if i >= 5:
            times.append(1000 * (time.perf_counter() - begin))
            busy.append(1000 * (time.process_time() - working))
    return median(times), quantiles(times, n=20)[-1], median(busy)


def scans(db: Store, ask: Ask, rounds: int = 20) -> set[str]:
    """What SQLite says it scans when it answers: steps of the query plans that go through all of
    ``claims``."""
    seen: set[str] = set()
    db.conn.set_trace_callback(seen.add)
    subjects = [row[0] for row in db.conn.execute("SELECT name FROM entities ORDER BY id LIMIT 50")]
    dice = random.Random(5)
    for _ in range(rounds):
        ask(db, dice, subjects)
    db.conn.set_trace_callback(None)
    found: set[str] = set()
    for sql in seen:
        if sql.startswith(("SELECT", "WITH")) and "claims" in sql:
            plan = db.conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            found |= {row[3] for row in plan if row[3].startswith(("SCAN c", "SCAN claims"))}
    return {step for step in found if "VIRTUAL TABLE" not in step}


def query(small: Path, big: Path, rounds: int) -> None:
    with open_db(small, readonly=True) as less, open_db(big, readonly=True) as more:
        print(
            f"{'':10}{'small p50':>11}{'p95 ms':>9}{'big p50':>10}{'p95 ms':>9}{'CPU x':>7}  scans of claims"
        )
        for name, ask in QUESTIONS.items():
            (p50, p95, busy), (big50, big95, busier) = measure(less, ask, rounds), measure(more, ask, rounds)
            steps = ", ".join(sorted(scans(more, ask))) or "none"
            times = f"{p50:11.2f}{p95:9.2f}{big50:10.2f}{big95:9.2f}"
            print(f"{name:10}{times}{busier / busy:7.2f}  {steps}")


def write(claims: int, rounds: int = 3) -> None:
    """The store against a bare ``executemany`` of the same rows in one transaction; of each the best
    round."""
    items = list(articles(claims))
    ours, theirs = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            with open_db(Path(folder, "warm.db"), create=True) as db:
                fill(db, iter(items[:20]))  # what is loaded once, libraries included, is not what is measured
            with open_db(Path(folder, "ours.db"), create=True) as db:
                begin = time.perf_counter()
                fill(db, iter(items))
                ours.append(time.perf_counter() - begin)
                rows = {table: db.conn.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
            with open_db(Path(folder, "bare.db"), create=True) as db:
                begin = time.perf_counter()
                _bare(db, rows)
                theirs.append(time.perf_counter() - begin)
    count = sum(map(len, rows.values()))
    print(f"{count} rows, {claims} of them claims; rows a second (best of {rounds}):")
    store, bare = count / min(ours), count / min(theirs)
    print(f"store {store:.0f}, executemany {bare:.0f}, ratio {store / bare:.2f}")


def _bare(db: Store, rows: dict[str, list[Any]]) -> None:
    with transaction(db):
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            db.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.set_defaults(claims=50_000, rounds=100, small=None, big=None)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("write").add_argument("--claims", type=int, default=50_000)
    asking = commands.add_parser("query")
    asking.add_argument("small", type=Path, nargs="?")
    asking.add_argument("big", type=Path, nargs="?")
    asking.add_argument("--rounds", type=int, default=100)
    asked = parser.parse_args()
    if asked.command != "query":
        write(asked.claims)
    if asked.command != "write":
        query(asked.small or ready(SMALL), asked.big or ready(BIG), asked.rounds)


if __name__ == "__main__":
    main()
