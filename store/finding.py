"""Full text: articles by what they say, and by what they were reported to claim."""

import re
import sqlite3
from itertools import islice

from store.records import Hit, Sighting
from store.schema import Store, reading
from store.sightings import Day, day, day_after, select

RANKED = 1000
"""Matches up to which the best come first; of more the newest do, as ranking them all would take its time."""

SHOWN = 3
"""Claims shown with an article."""

_OPERATOR = re.compile(r'"|\b(?:AND|OR|NOT|NEAR)\b|\*')


def search(
    db: Store, text: str, *, limit: int = 20, since: Day = None, until: Day = None, as_of: Day = None
) -> list[Hit]:
    """Articles that hold all words of ``text``, the best match first, each with the claims that match.

    Of a word that thousands of articles hold the newest come first. ``AND``, ``OR``, ``NOT``, ``NEAR``,
    "phrases" and ``prefix*`` mean what they mean in SQLite's full text search. Raises StoreError.
    """
    with reading(db):
        query = next((q for q in _queries(db, text) if _understood(db, q)), None)
        if query is None:
            return []
        bounds = (day(since) or "", day(until) or _NEVER, day_after(day(as_of) or "9999-12-30"))
        found = _matching(db, query, limit, _OF_ARTICLES, bounds)
        if len(found) < limit:
            # Articles that came as claims only have no text to be found by.
            found = list(dict.fromkeys(found + _matching(db, query, limit, _OF_CLAIMS, bounds)))[:limit]
        return [_hit(db, query, rowid, as_of) for rowid in found]


def _queries(db: Store, text: str) -> list[str]:
    """The text as it stands where it has operators, then as mere words."""
    words = [db.quote_fts(text)] if re.search(r"\w", text) else []
    return ([text] if _OPERATOR.search(text) else []) + words


def _understood(db: Store, query: str) -> bool:
    try:
        db.conn.execute("SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1", (query,)).fetchone()
    except sqlite3.OperationalError:
        return False
    return True


_NEVER = "9999-12-31"
_BOUNDS = (
    "coalesce(a.published, a.first_seen) >= ? AND substr(coalesce(a.published, a.first_seen), 1, 10) <= ?"
)
_OF_ARTICLES = ("articles_fts", "articles a ON a.rowid = f.rowid", "bm25(articles_fts, 4.0, 1.0)")
_OF_CLAIMS = (
    "claims_fts",
    "claims c ON c.rowid = f.rowid JOIN articles a ON a.id = c.article",
    "bm25(claims_fts, 2.0, 1.0)",
)


def _matching(
    db: Store, query: str, limit: int, table: tuple[str, str, str], bounds: tuple[str, str, str]
) -> list[int]:
    """The rows of the articles that match, best or newest first."""
    index, joined, rank = table
    probe = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT ?)"
    many = db.conn.execute(probe, (query, RANKED + 1)).fetchone()[0] > RANKED
    order = "f.rowid DESC" if many else f"{rank}, f.rowid DESC"
    rows = db.conn.execute(
        f"SELECT a.rowid FROM {index} f JOIN {joined} WHERE f.{index} MATCH ? AND {_BOUNDS}"
        f" AND a.first_seen < ? ORDER BY {order} LIMIT ?",
        (query, *bounds, limit * (1 if table is _OF_ARTICLES else 8)),
    ).fetchall()
    return list(dict.fromkeys(row[0] for row in rows))[:limit]


def _hit(db: Store, query: str, rowid: int, as_of: Day) -> Hit:
    article, url, title, site, published = db.conn.execute(
        "SELECT id, url, title, site, published FROM articles WHERE rowid = ?", (rowid,)
    ).fetchone()
    snippet = db.conn.execute(
        "SELECT snippet(articles_fts, -1, '[', ']', ' … ', 24) FROM articles_fts"
        " WHERE articles_fts MATCH ? AND rowid = ?",
        (query, rowid),
    ).fetchone()
    claims = tuple(_matching_claims(db, query, article, as_of))
    shown = " ".join(snippet[0].split()) if snippet else claims[0].sentence if claims else ""
    return Hit(article, url, title, site, published, shown, claims)


def _matching_claims(db: Store, query: str, article: str, as_of: Day) -> list[Sighting]:
    """The first claims of an article that match. They were written together, so that a range of rows has
    them."""
    rows = [row[0] for row in db.conn.execute("SELECT rowid FROM claims c WHERE c.article = ?", (article,))]
    if not rows:
        return []
    matching = db.conn.execute(
        "SELECT rowid FROM claims_fts WHERE claims_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid",
        (query, min(rows), max(rows)),
    )
    own = set(rows)
    chosen = list(islice((row[0] for row in matching if row[0] in own), SHOWN))
    return select(db, [f"c.rowid IN ({','.join('?' * len(chosen))})"], chosen, as_of=as_of) if chosen else []
