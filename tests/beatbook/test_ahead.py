"""Many texts are read by processes: in the order given, as this process reads them, and though one is killed."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import pytest

from beatbook import ahead
from beatbook.ahead import read_all
from beatbook.reader import Reader
from crawler.article import Article
from crawler.workers import pool
from store.write import Pending

SEEN = "2026-03-30T20:00:00+00:00"
ITEMS = [
    Pending(f"id{n}", 1, Article(f"https://a.example/{n}", "", f"OpenAI served {n + 2} million users."), SEEN)
    for n in range(12)
]


@pytest.fixture(scope="module")
def alone() -> list[tuple[Pending, ahead.Read]]:
    """What a single process reads."""
    reader = Reader()
    return [(item, reader.read(item.article, date(2026, 3, 30))) for item in ITEMS]


def test_a_few_are_read_here(
    alone: list[tuple[Pending, ahead.Read]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "pool", None)
    assert list(read_all(Reader(), ITEMS)) == alone
    assert [claims[0].value for _, (claims, _) in alone] == [(n + 2) * 1e6 for n in range(12)]


def test_many_are_read_by_processes_and_a_killed_one_loses_nothing(
    alone: list[tuple[Pending, ahead.Read]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pools: list[ProcessPoolExecutor] = []

    def made() -> ProcessPoolExecutor:
        pools.append(pool(1))
        return pools[0]

    monkeypatch.setattr(ahead, "pool", made)
    monkeypatch.setattr(ahead, "MANY", 2)
    monkeypatch.setattr(ahead, "UNDER_WAY", 4)
    found = []
    for number, done in enumerate(read_all(Reader(), iter(ITEMS))):
        found.append(done)
        if number == 5:
            for pid in pools[0]._processes:
                os.kill(pid, signal.SIGKILL)
    assert found == alone
    assert len(pools) == 1


def test_giving_up_early_ends_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    pools: list[ProcessPoolExecutor] = []
    monkeypatch.setattr(ahead, "pool", lambda: pools.append(pool(1)) or pools[0])
    monkeypatch.setattr(ahead, "MANY", 2)
    reading = read_all(Reader(), iter(ITEMS))
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError):
        pools[0].submit(int)
