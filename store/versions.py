"""The versions of an article: where a text belongs among them, and what that does to its claims."""

import json
from typing import Any

from crawler.article import Article
from store.schema import Store


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
        for table, column in (("claims", "article"), ("articles", "id")):
            db.conn.execute(
                f"UPDATE {table} SET first_seen = ? WHERE {column} = ? AND first_seen = ?",
                (at, key, after[2]),
            )
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


def insert_version(db: Store, key: str, number: int, article: Article, digest: str | None, at: str) -> None:
    """The row of a version that is not known yet."""
    db.conn.execute(
        "INSERT INTO article_versions (article, version, title, text, tables, published, updated, digest,"
        " first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                key,
                number,
                article.title,
                article.text,
                json.dumps(article.tables, ensure_ascii=False) if article.tables else "[]",
            ),
            *(article.published, article.updated, digest, at, at),
        ),
    )


def show_latest(db: Store, key: str) -> int:
    """Let the row of an article show its newest version, and all the time that it was seen; its number."""
    db.conn.execute(
        "UPDATE articles SET (title, text, version, updated, published) = (SELECT v.title, v.text, v.version,"
        " coalesce(v.updated, articles.updated), coalesce(v.published, articles.published)"
        " FROM article_versions v WHERE v.article = id ORDER BY v.version DESC LIMIT 1),"
        " (first_seen, last_seen) = (SELECT min(v.first_seen), max(v.last_seen) FROM article_versions v"
        " WHERE v.article = id) WHERE id = ?",
        (key,),
    )
    return int(db.conn.execute("SELECT version FROM articles WHERE id = ?", (key,)).fetchone()[0])


def settle(db: Store, article: str) -> None:
    """Work out, over all versions of an article, when each claim was said and when it was superseded.

    A claim that a later version repeats was said when it first stood there. A claim falls with the next
    whole text of the article; where versions came as claims only, with the next version that speaks of the
    same thing or says another thing in the same place.
    """
    versions = db.conn.execute(
        "SELECT version, digest, first_seen, published FROM article_versions WHERE article = ?"
        " ORDER BY version",
        (article,),
    ).fetchall()
    if len(versions) < 2:
        return
    rows = db.conn.execute(
        "SELECT id, version, said, superseded_at, entity, metric, kind, unit, per, scope, basis,"
        ' period_start, period_end, field, start, "end", value, value_high, modality, negated,'
        " source, direction, previous FROM claims WHERE article = ? ORDER BY version",
        (article,),
    ).fetchall()
    seen = {version: at for version, _, at, _ in versions}
    wholes = [version for version, digest, _, _ in versions if digest]
    topics: dict[int, set[tuple[Any, ...]]] = {}
    for row in rows:
        places = {("at", *row[13:16])} if row[15] > row[14] else set()
        topics.setdefault(row[1], set()).update({tuple(row[4:13])}, places)
    said: dict[tuple[int, tuple[Any, ...]], str] = {}
    changed = []
    for row in rows:
        version, statement = row[1], (*row[4:13], *row[16:])
        own = (versions[0][3] or seen[version])[:10] if version == versions[0][0] else seen[version][:10]
        day = said.get((version - 1, statement), own)
        said[version, statement] = min(day, said.get((version, statement), day))
        mine = {tuple(row[4:13]), ("at", *row[13:16])}
        ends = [v for v in wholes if v > version] + [v for v in topics if v > version and mine & topics[v]]
        end = seen[min(ends)] if ends else None
        if (day, end) != (row[2], row[3]):
            changed.append((day, end, row[0]))
    db.conn.executemany("UPDATE claims SET said = ?, superseded_at = ? WHERE id = ?", changed)
