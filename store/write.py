"""Articles and claims into the database: one transaction an article, and saving twice is saving once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from crawler.article import Article
from crawler.errors import StoreError
from extract.records import Claim, Mention
from store.entities import entities_of, entity_key, know_entities
from store.schema import Store, reading, transaction, utc
from store.stories import Body, join_story, rejoin_story, signature
from store.versions import claims_of, insert_version, settle, show_latest


@dataclass(frozen=True, slots=True)
class Pending:
    """A version of an article whose claims are yet to be read from it; first ``seen`` at that UTC time."""

    id: str
    version: int
    article: Article
    seen: str


def hashed(*parts: object) -> str:
    """The id of what the parts identify: 16 hexadecimal digits."""
    return blake2b(repr(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def article_id(url: str) -> str:
    """The id of the article at a URL."""
    return hashed("article", url)


def save_article(db: Store, article: Article, now: datetime) -> str:
    """Keep an article as it was seen ``now``: ``new``, ``changed`` (a further version) or ``unchanged``.

    When this returns the article is durable, its claims yet to be saved (``pending``). A text older than
    one that is known takes its place among the versions. Raises StoreError.
    """
    article = _storable(article)
    key, digest, at = article_id(article.url), hashed(article.title, article.text), utc(now)
    body = Body(article.title, article.text)
    with transaction(db):
        if db.conn.execute("SELECT 1 FROM articles WHERE id = ?", (key,)).fetchone() is None:
            signed = signature(body.text)
            insert_article(db, key, article, at, "crawl", signed)
            insert_version(db, key, 1, article, digest, at)
            join_story(db, key, body, signed)
            return "new"
        version, is_new = put_version(db, key, article, digest, at)
        if not is_new:
            db.conn.execute("UPDATE articles SET last_seen = max(last_seen, ?) WHERE id = ?", (at, key))
            return "unchanged"
        if show_latest(db, key) == version:
            rejoin_story(db, key, body)
    return "changed"


def _storable(article: Article) -> Article:
    """The article with every half of a surrogate pair replaced, one character by one: SQLite keeps UTF-8."""
    try:
        for text in (article.text, article.title, *article.authors):
            text.encode()
        return article
    except UnicodeEncodeError:
        text, title, *authors = (
            value.encode("utf-8", "replace").decode()
            for value in (article.text, article.title, *article.authors)
        )
        return replace(article, text=text, title=title, authors=tuple(authors))


def insert_article(
    db: Store, key: str, article: Article, at: str, source_kind: str, signed: bytes | None = None
) -> None:
    """The row of an article that is not known yet, seen at ``at``, a story of its own."""
    db.conn.execute(
        "INSERT INTO articles (id, url, source, source_kind, site, title, authors, published, updated,"
        " language, text, first_seen, last_seen, story, signature)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(key, article.url, article.source, source_kind, article.site, article.title),
            *(
                json.dumps(article.authors, ensure_ascii=False) if article.authors else "[]",
                article.published,
                article.updated,
            ),
            *(article.language, article.text, at, at, key, signed),
        ),
    )


def put_version(db: Store, key: str, article: Article, digest: str | None, at: str) -> tuple[int, bool]:
    """The number of the version that was seen at ``at``, and whether it had to be added.

    A text that equals its neighbour in time is that neighbour, seen once more. A version without a digest
    is known by its time alone.
    """
    rows = db.conn.execute(
        "SELECT version, digest, first_seen FROM article_versions WHERE article = ? ORDER BY version", (key,)
    ).fetchall()
    before = next((row for row in reversed(rows) if row[2] <= at), None)
    after = next((row for row in rows if row[2] > at), None)
    if before and not digest and before[1] is None and before[2] == at:
        return before[0], False
    if before and digest and before[1] == digest:
        db.conn.execute(
            "UPDATE article_versions SET last_seen = max(last_seen, ?) WHERE article = ? AND version = ?",
            (at, key, before[0]),
        )
        return before[0], False
    if after and digest and after[1] == digest:
        db.conn.execute(
            "UPDATE article_versions SET first_seen = ? WHERE article = ? AND version = ?",
            (at, key, after[0]),
        )
        db.conn.execute(
            "UPDATE articles SET first_seen = ? WHERE id = ? AND first_seen = ?", (at, key, after[2])
        )
        _redate(db, key, after[0])
        settle(db, key)
        return after[0], False
    number = before[0] + 1 if before else 1
    for later in [row[0] for row in reversed(rows) if row[0] >= number]:
        db.conn.execute(
            "UPDATE article_versions SET version = ? WHERE article = ? AND version = ?",
            (later + 1, key, later),
        )
    insert_version(db, key, number, article, digest, at)
    return number, True


def _redate(db: Store, key: str, version: int) -> None:
    """Let the claims of a version be of the time at which it was first seen, which their ids tell as well."""
    saved = claims_of(db, key, version)
    db.conn.execute("DELETE FROM claims WHERE article = ? AND version = ?", (key, version))
    put_claims(db, key, version, saved, replace=False)


def pending(db: Store, pipeline: str | None = None) -> Iterator[Pending]:
    """Versions whose claims were not read yet or, given a ``pipeline`` version, were read by another one.

    Oldest first; it is safe to save claims while going through them. Raises StoreError.
    """
    with reading(db):
        where = "extracted_with IS NULL" + ("" if pipeline is None else " OR extracted_with <> ?")
        keys = db.conn.execute(
            f"SELECT article, version, first_seen FROM article_versions WHERE digest IS NOT NULL AND ({where})"
            " ORDER BY first_seen, article, version",
            () if pipeline is None else (pipeline,),
        ).fetchall()
    for key, version, seen in keys:
        found = stored_article(db, key, version)
        if found is not None:
            yield Pending(key, version, found, seen)


def stored_article(db: Store, key: str, version: int | None = None) -> Article | None:
    """An article as one of its versions (null: the newest) was, or null where there is none. Raises
    StoreError."""
    with reading(db):
        row = db.conn.execute(
            "SELECT a.url, v.title, v.text, a.authors, coalesce(v.published, a.published), v.updated, a.site,"
            " a.language, v.tables, a.source FROM article_versions v JOIN articles a ON a.id = v.article"
            " WHERE v.article = ? AND v.version = coalesce(?, a.version)",
            (key, version),
        ).fetchone()
    if row is None:
        return None
    url, title, text, authors, published, updated, site, language, tables, source = row
    return Article(
        url, title, text, tuple(json.loads(authors)), published, updated, site, language,
        tuple(tuple(tuple(cells) for cells in table) for table in json.loads(tables)), source,
    )  # fmt: skip


_COLUMNS = (
    "id, article, version, entity, subject, metric, kind, value, value_high, unit, previous, direction,"
    " qualifier, per, scope, basis, period_start, period_end, modality, negated, source, quote, sentence,"
    ' field, start, "end", confidence, rounding, rules, site, said, first_seen'
)
INSERT_CLAIM = (
    f"INSERT INTO claims ({_COLUMNS}) VALUES ({', '.join('?' * 32)}) ON CONFLICT (id) DO UPDATE SET"
    " (confidence, rounding, rules) = (excluded.confidence, excluded.rounding, excluded.rules)"
    " WHERE (confidence, rounding, rules) IS NOT (excluded.confidence, excluded.rounding, excluded.rules)"
)


def save_claims(
    db: Store,
    article: str,
    version: int,
    claims: Sequence[Claim],
    mentions: Iterable[Mention] = (),
    pipeline: str = "",
) -> None:
    """Let the claims and mentions be what a version of an article says, in place of what was read from it
    before.

    ``pipeline`` is the version of what read them. Raises StoreError.
    """
    with transaction(db):
        place = _place(db, article, version)
        put_claims(db, article, version, claims, replace=place.read_before, place=place)
        put_mentions(db, article, version, mentions, replace=place.read_before)
        db.conn.execute(
            "UPDATE article_versions SET extracted_with = ? WHERE article = ? AND version = ?",
            (pipeline, article, version),
        )
        if place.latest > 1:
            settle(db, article)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a version gives its claims: outlet, day of saying, when it was seen; whether it was read
    before."""

    site: str | None
    said: str
    seen: str
    read_before: bool
    latest: int


def _place(db: Store, article: str, version: int) -> _Place:
    row = db.conn.execute(
        "SELECT a.site, coalesce(v.published, a.published), v.first_seen, v.extracted_with, a.version"
        " FROM articles a JOIN article_versions v ON v.article = a.id WHERE a.id = ? AND v.version = ?",
        (article, version),
    ).fetchone()
    if row is None:
        raise StoreError(db.path, f"holds no version {version} of article {article}")
    site, published, seen, extracted, latest = row
    said = (published if published and version == 1 else seen)[:10]
    return _Place(site, said, seen, extracted is not None, latest)


def put_claims(
    db: Store,
    article: str,
    version: int,
    claims: Sequence[Claim],
    *,
    replace: bool,
    place: _Place | None = None,
) -> None:
    """Insert the claims of a version; with ``replace`` those that it no longer has go."""
    place = place or _place(db, article, version)
    entities = entities_of(db, {claim.subject for claim in claims})
    rows = [_row(claim, article, version, entities[claim.subject], place) for claim in claims]
    if replace:
        kept = {row[0] for row in rows}
        held = db.conn.execute("SELECT id FROM claims WHERE article = ? AND version = ?", (article, version))
        gone = [row for row in held.fetchall() if row[0] not in kept]
        db.conn.executemany("DELETE FROM claims WHERE id = ?", gone)
    db.conn.executemany(INSERT_CLAIM, rows)


def _row(c: Claim, article: str, version: int, entity: str, place: _Place) -> tuple[Any, ...]:
    fields = (
        *(c.subject, c.metric, c.kind, c.value, c.value_high, c.unit, c.previous, c.direction, c.qualifier),
        *(c.per, c.scope, c.basis, c.period[0], c.period[1], c.modality, int(c.negated), c.source, c.quote),
        *(c.sentence, c.field, c.start, c.end),
    )
    key = hashed(article, place.seen, *fields)
    rules = json.dumps(c.rules, ensure_ascii=False) if c.rules else "[]"
    known = (c.confidence, c.rounding, rules, place.site, place.said, place.seen)
    return key, article, version, entity, *fields, *known


def put_mentions(
    db: Store, article: str, version: int, mentions: Iterable[Mention], *, replace: bool = True
) -> None:
    """Let the mentions be those of a version, and know of the entities that they name."""
    found = list(mentions)
    if replace:
        db.conn.execute("DELETE FROM mentions WHERE article = ? AND version = ?", (article, version))
    if not found:
        return
    db.conn.executemany(
        "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(article, version, m.start, m.end, m.text, m.name, m.kind, m.owner, m.how) for m in found],
    )
    named = {(entity_key(m.name), m.name, m.kind, m.owner, None, m.how) for m in found}
    know_entities(db, sorted(named, key=repr))
