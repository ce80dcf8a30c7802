"""Killed at ten random moments of a crawl and run again: the same articles and claims as an undisturbed
run."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from beatbook.collect import collect
from beatbook.demo.server import SampleSite, serving
from beatbook.demo.site import editions, sources_toml
from beatbook.demo.tour import VOCABULARY, evening
from beatbook.reader import Reader
from crawler.sources import choose, load_sources
from store.schema import open_db

KILLS = 10
PRELOADED = [
    "beatbook.collect",
    "crawler.run",
    "crawler.page",
    "extract.pipeline",
    "store.stories",
    "datasketch",
    "trafilatura",
    "htmldate",
    "scrapy.core.downloader",
    "scrapy.core.scraper",
    "scrapy.downloadermiddlewares.robotstxt",
]
"""Modules that a crawl imports when it comes to them; a process about to die need not wait for them."""
LAST = editions()[-1]


def crawl(
    folder: Path, kill_at: int | None, statements: "multiprocessing.sharedctypes.Synchronized[int]"
) -> None:
    """Crawls in a process of its own, which dies as of ``kill -9`` when SQLite begins its statement
    ``kill_at``."""
    with open_db(folder / "x.db", create=True) as db:

        def traced(statement: str) -> None:
            statements.value += 1
            if statements.value == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        db.conn.set_trace_callback(traced)
        sources = choose(load_sources(folder / "sources.toml"), ["token-ledger", "halcyon-pricing"])
        collect(db, sources, Reader((VOCABULARY,)), now=evening(LAST))


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serving() as server:
        server.turn_to(LAST)
        yield server


def run(folder: Path, kill_at: int | None = None, kill_after: float | None = None) -> tuple[int | None, int]:
    """The exit code of a crawl, and how many statements it began.

    It kills itself at the statement ``kill_at``, or is killed ``kill_after`` seconds after its first one,
    whatever it does then: fetching, reading, or writing.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    statements = context.Value("i", 0)
    process = context.Process(target=crawl, args=(folder, kill_at, statements))
    process.start()
    if kill_after is not None:
        while not statements.value and process.is_alive():
            time.sleep(0.001)
        process.join(kill_after)
        process.kill()
    process.join(120)
    assert process.exitcode is not None
    return process.exitcode, statements.value


def kept(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a reader of the notebook could see."""
    with open_db(folder / "x.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            table: db.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}").fetchall()
            for table, columns in (
                ("articles", "id, url, title, text, published, first_seen, version, story"),
                ("article_versions", "article, version, text, extracted_with"),
                ("claims", "id, article, version, subject, metric, value, quote, start, superseded_at"),
                ("mentions", "article, version, start, name"),
            )
        }


def test_nothing_is_lost_and_nothing_is_there_twice(site: SampleSite, tmp_path: Path) -> None:
    folders = tmp_path / "undisturbed", tmp_path / "killed"
    for folder in folders:
        folder.mkdir()
        (folder / "sources.toml").write_text(sources_toml(site.root))
    code, statements = run(folders[0])
    assert code == 0
    chance = random.Random(20260330)
    died = 0
    for number in range(KILLS):
        if number % 2:
            code, _ = run(folders[1], kill_after=chance.uniform(0, 0.4))
        else:
            code, _ = run(folders[1], kill_at=chance.randrange(1, statements // 4))
        died += code == -signal.SIGKILL
    assert died >= KILLS // 2
    assert run(folders[1])[0] == 0
    assert kept(folders[1]) == kept(folders[0])
