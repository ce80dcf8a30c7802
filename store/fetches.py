"""What a crawl remembers: every page of every run, and when to ask for a page again."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from crawler.article import Fetch, Seen
from crawler.outcome import Outcome
from store.merge import absorb
from store.schema import Store, reading, transaction, utc
from store.write import article_id, hashed

ARTICLES = ("new", "changed", "unchanged")
"""Outcomes of a page that holds an article."""

LONGEST_BACKOFF = timedelta(days=14)
"""A page that keeps failing is tried again after 1, 2, 4, … hours, this long at most."""


def start_run(db: Store, sources: Iterable[str], now: datetime) -> str:
    """Begin a run over some sources (their ids) and give its id. A run that never ends shows as not ended."""
    run = hashed("run", now.isoformat())
    with transaction(db):
        db.conn.executemany(
            "INSERT OR IGNORE INTO runs (id, source, started) VALUES (?, ?, ?)",
            [(run, source, utc(now)) for source in sources],
        )
    return run


def end_run(db: Store, run: str, outcomes: Iterable[Outcome], now: datetime) -> None:
    """Keep what a run left of each source. Raises StoreError."""
    with transaction(db):
        db.conn.executemany(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id, source) DO UPDATE SET (ended, found, fetched, new, changed, unchanged, failed,"
            " skipped, failures, filled, per_day, seconds, error, problems, interrupted) = (excluded.ended,"
            " excluded.found, excluded.fetched, excluded.new, excluded.changed, excluded.unchanged,"
            " excluded.failed, excluded.skipped, excluded.failures, excluded.filled, excluded.per_day,"
            " excluded.seconds, excluded.error, excluded.problems, excluded.interrupted)",
            [
                (
                    *(run, o.source, utc(now), utc(now), o.found, o.fetched, o.new, o.changed, o.unchanged),
                    *(o.failed, json.dumps(dict(o.skipped)), json.dumps(dict(o.failures))),
                    *(json.dumps(dict(o.filled)), o.per_day, o.seconds, o.error),
                    *(json.dumps(o.problems, ensure_ascii=False), int(o.interrupted)),
                )
                for o in outcomes
            ],
        )


def record_fetch(db: Store, run: str, fetch: Fetch) -> None:
    """Account for one page, remember it for the next run, and follow an article that moved. Raises
    StoreError."""
    with transaction(db):
        db.conn.execute(
            "INSERT OR REPLACE INTO fetches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(run, fetch.source, fetch.url, fetch.at, fetch.outcome, fetch.reason, fetch.status),
                *(fetch.final_url, fetch.etag, fetch.last_modified, fetch.digest, fetch.bytes),
            ),
        )
        failures, retry = 0, None
        if fetch.outcome == "failed":
            row = db.conn.execute("SELECT failures FROM pages WHERE url = ?", (fetch.url,)).fetchone()
            failures = (row[0] if row else 0) + 1
            # What the crawl says knows of Retry-After.
            asked = fetch.next_try
            retry = utc(datetime.fromisoformat(asked)) if asked else backoff(failures, fetch.at)
        db.conn.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
            " (source, at, outcome, reason, failures, next_try) = (excluded.source, excluded.at,"
            " excluded.outcome, excluded.reason, excluded.failures, excluded.next_try),"
            " etag = coalesce(excluded.etag, etag), digest = coalesce(excluded.digest, digest),"
            " last_modified = coalesce(excluded.last_modified, last_modified),"
            " final_url = coalesce(excluded.final_url, final_url)",
            (
                *(fetch.url, fetch.source, fetch.at, fetch.outcome, fetch.reason, fetch.etag),
                *(fetch.last_modified, fetch.digest, failures, retry, fetch.final_url),
            ),
        )
        if fetch.outcome in ARTICLES and fetch.final_url and fetch.final_url != fetch.url:
            absorb(db, article_id(fetch.url), article_id(fetch.final_url))


def backoff(failures: int, at: str) -> str:
    """When a page that failed so often in a row, last at ``at``, is tried again."""
    return utc(datetime.fromisoformat(at) + min(timedelta(hours=2 ** min(failures - 1, 20)), LONGEST_BACKOFF))


def seen(db: Store, url: str) -> Seen | None:
    """What is remembered of a URL, null where it was never asked for. Raises StoreError."""
    with reading(db):
        row = db.conn.execute(
            "SELECT p.url, p.at, p.outcome, p.etag, p.last_modified, p.digest, p.failures, p.next_try,"
            " coalesce((SELECT published FROM articles a WHERE a.url = p.url),"
            " (SELECT published FROM articles a WHERE a.url = p.final_url)) FROM pages p WHERE p.url = ?",
            (url,),
        ).fetchone()
    return Seen(*row) if row else None


def save_sources(db: Store, rows: Iterable[tuple[str, str, str, str | None, str | None, str | None]]) -> None:
    """Keep sources as (id, kind, url, name, language, interval). Raises StoreError."""
    with transaction(db):
        db.conn.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?)", list(rows))
