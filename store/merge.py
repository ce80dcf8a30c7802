"""Several databases into one, and two articles that turn out to be one."""

from pathlib import Path

from extract.records import Mention
from store.entities import know_entities
from store.schema import Store, open_db, reading, transaction
from store.stories import body_of, is_copy, leave_bands, rejoin_story
from store.versions import claims_of, settle, show_latest
from store.write import insert_article, put_claims, put_mentions, put_version, stored_article

COPIED = ("sources", "aliases", "runs", "fetches")
"""Tables whose rows are simply joined; of the same row the one that is already there stays."""


def merge(db: Store, path: str | Path) -> int:
    """Take in all that another database holds and give the number of its articles. Merging twice changes
    nothing.

    Raises StoreError, subject the database that failed.
    """
    other = open_db(path, readonly=True)
    try:
        with reading(other):
            keys = [row[0] for row in other.conn.execute("SELECT id FROM articles ORDER BY first_seen, id")]
        with transaction(db):
            know_entities(db, other.conn.execute("SELECT * FROM entities").fetchall())
            for table in COPIED:
                _copy_rows(db, other, table)
            _copy_pages(db, other)
        for key in keys:
            with transaction(db):
                _take(db, other, key, key)
        return len(keys)
    finally:
        other.close()


def _copy_rows(db: Store, other: Store, table: str) -> None:
    rows = other.conn.execute(f"SELECT * FROM {table}").fetchall()
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.conn.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


def _copy_pages(db: Store, other: Store) -> None:
    rows = other.conn.execute("SELECT * FROM pages").fetchall()
    marks = ", ".join("?" * len(rows[0])) if rows else ""
    for row in rows:
        mine = db.conn.execute("SELECT at FROM pages WHERE url = ?", (row[0],)).fetchone()
        if mine is None or mine[0] < row[2]:
            db.conn.execute(f"INSERT OR REPLACE INTO pages VALUES ({marks})", row)


def absorb(db: Store, old: str, new: str) -> None:
    """Let an article that moved be one: the versions of the old address go before those of the new one.

    Nothing happens unless both are known and one is a copy of the other. Belongs into a transaction.
    """
    known = db.conn.execute("SELECT count(*) FROM articles WHERE id IN (?, ?)", (old, new)).fetchone()[0]
    if old == new or known < 2 or not is_copy(body_of(db, old), body_of(db, new)):
        return
    _take(db, db, old, new)
    db.conn.execute("UPDATE articles SET story = ? WHERE story = ?", (new, old))
    leave_bands(db, old)
    db.conn.execute("DELETE FROM articles WHERE id = ?", (old,))


def _take(db: Store, other: Store, old: str, new: str) -> None:
    """Every version of an article of one database, with its claims, into an article of another."""
    first = stored_article(other, old)
    if first is None:
        return
    start, kind = other.conn.execute(
        "SELECT first_seen, source_kind FROM articles WHERE id = ?", (old,)
    ).fetchone()
    if db.conn.execute("SELECT 1 FROM articles WHERE id = ?", (new,)).fetchone() is None:
        insert_article(db, new, first, start, kind)
    added = False
    for number, digest, seen, last, extracted in other.conn.execute(
        "SELECT version, digest, first_seen, last_seen, extracted_with FROM article_versions"
        " WHERE article = ? ORDER BY version",
        (old,),
    ).fetchall():
        article = stored_article(other, old, number)
        assert article is not None
        version, is_new = put_version(db, new, article, digest, seen)
        added = added or is_new
        put_claims(db, new, version, claims_of(other, old, number), replace=False)
        if is_new:
            put_mentions(db, new, version, _mentions(other, old, number))
        db.conn.execute(
            "UPDATE article_versions SET last_seen = max(last_seen, ?),"
            " extracted_with = coalesce(extracted_with, ?) WHERE article = ? AND version = ?",
            (last, extracted, new, version),
        )
    show_latest(db, new)
    settle(db, new)
    if added:
        rejoin_story(db, new, body_of(db, new))


def _mentions(db: Store, article: str, version: int) -> list[Mention]:
    rows = db.conn.execute(
        'SELECT start, "end", text, name, kind, owner, how FROM mentions WHERE article = ? AND version = ?',
        (article, version),
    )
    return [Mention(*row) for row in rows.fetchall()]
