"""The versions of an article: where a text belongs among them, and what that does to its claims."""

import json
from dataclasses import fields
from typing import Any

from crawler.article import Article
from extract.records import Claim
from store.schema import Store


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


def claims_of(db: Store, article: str, version: int) -> list[Claim]:
    """The claims of a version as the records that were saved."""
    sql = "SELECT * FROM claims WHERE article = ? AND version = ? ORDER BY start, id"
    cursor = db.conn.execute(sql, (article, version))
    names = [column[0] for column in cursor.description]
    return [_claim(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _claim(row: dict[str, Any]) -> Claim:
    plain = {field.name: row[field.name] for field in fields(Claim) if field.name in row}
    return Claim(
        **plain
        | {
            "period": (row["period_start"], row["period_end"]),
            "negated": bool(row["negated"]),
            "rules": tuple(json.loads(row["rules"])),
        }
    )
