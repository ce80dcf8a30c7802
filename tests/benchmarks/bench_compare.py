"""Measures what comparing the last week's claims costs, and how that grows with the past.

    python tests/benchmarks/bench_compare.py [SMALL.db BIG.db] [--rounds 5]

The databases are made by ``make_big_db.py``, the first time this is run, with 100,000 and 1,000,000 claims:
the same news a week, ten times the years.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from make_big_db import BIG, SMALL, ready

from store.compare import checks, conflicts, outcomes, revisions
from store.schema import Store, open_db

Ask = Callable[[Store, date], Any]

_COUNT = "SELECT count(*) FROM claims WHERE said >= ?"
QUESTIONS: dict[str, Ask] = {
    "revisions": lambda db, since: revisions(db, since=since),
    "conflicts": lambda db, since: conflicts(db, since=since),
    "checks": lambda db, since: checks(db, since=since),
    "outcomes": lambda db, since: outcomes(db, now=since + timedelta(days=7), since=since),
}


def _last_whole_week(db: Store) -> date:
    """The Monday from which the news of a whole week has come in: the last one with enough claims."""
    last = date.fromisoformat(db.conn.execute("SELECT max(said) FROM claims").fetchone()[0])
    monday = last - timedelta(days=last.weekday())
    while db.conn.execute(_COUNT, (monday.isoformat(),)).fetchone()[0] < 1500:
        monday -= timedelta(weeks=1)
    return monday


def measure(path: Path, rounds: int) -> dict[str, tuple[int, float, float]]:
    """For each question the number of answers and the median seconds, by the wall and of the processor."""
    found = {}
    with open_db(path, readonly=True) as db:
        since = _last_whole_week(db)
        for name, ask in QUESTIONS.items():
            walls, cpus = [], []
            for _ in range(rounds):
                wall, cpu = time.perf_counter(), time.process_time()
                answers = ask(db, since)
                walls.append(time.perf_counter() - wall)
                cpus.append(time.process_time() - cpu)
            found[name] = len(answers), median(walls), median(cpus)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("small", type=Path, nargs="?")
    parser.add_argument("big", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    small = measure(asked.small or ready(SMALL), asked.rounds)
    big = measure(asked.big or ready(BIG), asked.rounds)
    print(f"{'':10}{'answers':>16}{'small s (cpu)':>18}{'big s (cpu)':>18}{'growth':>9}")
    for name, (count, wall, cpu) in small.items():
        many, longer, more = big[name]
        print(
            f"{name:10}{count:8}{many:8}{wall:10.2f} ({cpu:.2f}){longer:11.2f} ({more:.2f}){more / cpu:9.2f}"
        )


if __name__ == "__main__":
    main()
