"""Which pages of earlier crawls may be due again."""

from datetime import UTC, datetime
from pathlib import Path

from crawler.article import Article, Fetch
from store.fetches import record_fetch, start_run
from store.revisits import known
from store.schema import open_db
from store.write import save_article

NOW = datetime(2026, 3, 2, 20, tzinfo=UTC)


def fetch(name: str, outcome: str, reason: str | None = None, source: str = "ledger") -> Fetch:
    url = f"https://ledger.example/{name}"
    return Fetch(source, url, NOW.isoformat(), outcome, reason, digest=f"d-{name}")


def test_articles_and_failures_are_known_and_indexes_are_not(tmp_path: Path) -> None:
    with open_db(tmp_path / "x.db", create=True) as db:
        run = start_run(db, ["ledger"], NOW)
        save_article(db, Article("https://ledger.example/a", "A", "Text.", published="2026-03-01"), NOW)
        for one in (
            fetch("a", "new"),
            fetch("b", "failed", "status 500"),
            fetch("c", "skipped", "robots"),
            fetch("feed.xml", "changed", "index"),
            fetch("other", "new", source="courier"),
        ):
            record_fetch(db, run, one)
        found = {seen.url.rsplit("/", 1)[1]: seen for seen in known(db, "ledger")}
    assert set(found) == {"a", "b"}
    assert (found["a"].published, found["a"].digest) == ("2026-03-01", "d-a")
    assert found["b"].failures == 1
    assert found["b"].next_try is not None
