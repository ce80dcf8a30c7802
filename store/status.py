"""How the notebook stands: what it holds, how each source did, which names wait for a vocabulary."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from store.schema import Store, reading


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: its last run (times in UTC, pages counted; ``ended`` null where it broke off) and what it
    left.

    ``last_article`` is when an article of it was last new, ``failing`` the number of pages that wait to be
    tried again, ``problems`` the expectations that the last run broke. ``filled`` counts the articles by the
    field that they had (``articles`` for all), over the last day on which any were read; ``per_day`` is how
    many a day the index dated when it last told.
    """

    source: str
    started: str | None
    ended: str | None
    found: int
    fetched: int
    new: int
    changed: int
    unchanged: int
    failed: int
    skipped: Mapping[str, int]
    failures: Mapping[str, int]
    seconds: float
    error: str | None
    problems: tuple[str, ...]
    interrupted: bool
    articles: int
    last_article: str | None
    failing: int
    filled: Mapping[str, int] = field(default_factory=dict)
    per_day: float | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that failed: why, how often in a row, and when it is tried again."""

    url: str
    source: str | None
    at: str
    reason: str | None
    failures: int
    next_try: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """What a database holds. ``subjects`` are those of its claims; ``pending`` counts versions of
    articles whose claims are not read yet."""

    articles: int
    versions: int
    stories: int
    claims: int
    subjects: int
    pending: int
    last_seen: str | None
    integrity: str
    sources: tuple[SourceStatus, ...]
    quarantine: tuple[Quarantined, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that no vocabulary holds: how it was recognised, how often, and the title of one article."""

    name: str
    kind: str
    owner: str | None
    how: str
    mentions: int
    articles: int
    example: str


def status(db: Store, *, check: bool = False) -> Status:
    """How a database stands; ``check`` has SQLite go through all of it for damage (slow). Raises
    StoreError."""
    with reading(db):
        counts = db.conn.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_versions),"
            " (SELECT count(DISTINCT story) FROM articles), (SELECT count(*) FROM claims),"
            " (SELECT count(*) FROM entities e WHERE EXISTS (SELECT 1 FROM claims c WHERE c.entity = e.id)),"
            " (SELECT count(*) FROM article_versions WHERE extracted_with IS NULL AND digest IS NOT NULL),"
            " (SELECT max(at) FROM pages)"
        ).fetchone()
        integrity = db.conn.execute("PRAGMA quick_check(1)").fetchone()[0] if check else "not checked"
        return Status(*[*counts, integrity, _sources(db), _quarantine(db)])


def _sources(db: Store) -> tuple[SourceStatus, ...]:
    rows = db.conn.execute(
        "WITH named AS (SELECT id AS source FROM sources UNION SELECT source FROM runs)"
        " SELECT n.source, r.started, r.ended, coalesce(r.found, 0), coalesce(r.fetched, 0),"
        " coalesce(r.new, 0), coalesce(r.changed, 0), coalesce(r.unchanged, 0), coalesce(r.failed, 0),"
        " coalesce(r.skipped, '{}'), coalesce(r.failures, '{}'), coalesce(r.seconds, 0), r.error,"
        " coalesce(r.problems, '[]'), coalesce(r.interrupted, 0),"
        " (SELECT count(*) FROM articles a WHERE a.source = n.source),"
        " (SELECT max(first_seen) FROM articles a WHERE a.source = n.source),"
        " (SELECT count(*) FROM pages p WHERE p.source = n.source AND p.failures > 0), NULL,"
        " (SELECT per_day FROM runs l WHERE l.source = n.source AND l.per_day IS NOT NULL"
        " ORDER BY l.started DESC LIMIT 1)"
        " FROM named n LEFT JOIN runs r ON r.source = n.source"
        " AND r.started = (SELECT max(started) FROM runs l WHERE l.source = n.source) ORDER BY n.source"
    ).fetchall()
    return tuple(replace(_source(row), filled=_filled(db, row[0])) for row in rows)


def _source(row: tuple[Any, ...]) -> SourceStatus:
    values = list(row)
    values[9:11] = [json.loads(row[9]), json.loads(row[10])]
    values[13:15] = [tuple(json.loads(row[13])), bool(row[14])]
    return SourceStatus(*values)


def _filled(db: Store, source: str) -> dict[str, int]:
    """One run reads too few articles to judge a layout by, so those of a day are added up."""
    rows = db.conn.execute(
        "SELECT started, filled FROM runs WHERE source = ? AND json_extract(filled, '$.articles') > 0"
        " ORDER BY started DESC LIMIT 1000",
        (source,),
    ).fetchall()
    total: Counter[str] = Counter()
    for started, filled in rows:
        if datetime.fromisoformat(started) > datetime.fromisoformat(rows[0][0]) - timedelta(days=1):
            total.update(json.loads(filled))
    return dict(total)


def _quarantine(db: Store, limit: int = 50) -> tuple[Quarantined, ...]:
    rows = db.conn.execute(
        "SELECT url, source, at, reason, failures, next_try FROM pages WHERE failures > 0"
        " ORDER BY source, at DESC LIMIT ?",
        (limit,),
    ).fetchall()
    return tuple(Quarantined(*row) for row in rows)


def candidates(db: Store, *, limit: int = 50) -> list[Candidate]:
    """Names found by their shape or introduction alone, those of most articles first. Raises StoreError."""
    with reading(db):
        rows = db.conn.execute(
            "SELECT n.name, n.kind, n.owner, n.how, n.mentions, n.articles, a.title FROM"
            " (SELECT name, min(kind) AS kind, max(owner) AS owner, min(how) AS how, count(*) AS mentions,"
            " count(DISTINCT article) AS articles, min(article) AS example FROM mentions"
            " WHERE how <> 'vocabulary' GROUP BY name) n JOIN articles a ON a.id = n.example"
            " ORDER BY n.articles DESC, n.mentions DESC, n.name LIMIT ?",
            (limit,),
        ).fetchall()
    return [Candidate(*row) for row in rows]
