"""Full text: articles by what they say, and by what they were reported to claim."""

import re
import sqlite3
from collections.abc import Iterable
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
            for rowid, snippet in _matching(db, query, limit, _OF_CLAIMS, bounds).items():
                found.setdefault(rowid, snippet)
        return [_hit(db, rowid, snippet, text, as_of) for rowid, snippet in islice(found.items(), limit)]


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
_OF_ARTICLES = ("articles_fts", "articles a ON a.rowid = f.rowid", "bm25(4.0, 1.0)")
_OF_CLAIMS = (
    "claims_fts",
    "claims c ON c.rowid = f.rowid JOIN articles a ON a.id = c.article",
    "bm25(2.0, 1.0)",
)


def _matching(
    db: Store, query: str, limit: int, table: tuple[str, str, str], bounds: tuple[str, str, str]
) -> dict[int, str]:
    """The rows of the articles that match, best or newest first, each with a piece that shows it."""
    index, joined, rank = table
    probe = f"SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT ?)"
    many = db.conn.execute(probe, (query, RANKED + 1)).fetchone()[0] > RANKED
    # Either order is the index's own, so that SQLite makes no snippet of what it does not hand out.
    order, ranked = ("f.rowid DESC", "") if many else ("f.rank", f" AND f.rank MATCH '{rank}'")
    rows = db.conn.execute(
        f"SELECT a.rowid, snippet({index}, -1, '[', ']', ' … ', 24) FROM {index} f CROSS JOIN {joined}"
        f" WHERE f.{index} MATCH ?{ranked} AND {_BOUNDS} AND a.first_seen < ? ORDER BY {order} LIMIT ?",
        (query, *bounds, limit * (1 if table is _OF_ARTICLES else 8)),
    ).fetchall()
    found: dict[int, str] = {}
    for rowid, snippet in rows:
        found.setdefault(rowid, " ".join(snippet.split()))
    return dict(islice(found.items(), limit))


def _hit(db: Store, rowid: int, snippet: str, text: str, as_of: Day) -> Hit:
    article, url, title, site, published = db.conn.execute(
        "SELECT id, url, title, site, published FROM articles WHERE rowid = ?", (rowid,)
    ).fetchone()
    claims = fitting(select(db, ["c.article = ?"], [article], as_of=as_of), text)
    return Hit(article, url, title, site, published, snippet, claims)


def fitting(claims: Iterable[Sighting], text: str) -> tuple[Sighting, ...]:
    """The first of the claims that hold most words of a text. Pure."""
    stems = [
        _stem(word)
        for word in re.findall(r"\w+", text.casefold())
        if word not in ("and", "or", "not", "near")
    ]
    held = []
    for claim in claims:
        words = re.findall(r"\w+", f"{claim.subject} {claim.sentence}".casefold())
        held.append((sum(any(word.startswith(stem) for word in words) for stem in stems), claim))
    most = max((count for count, _ in held), default=0)
    return tuple(claim for count, claim in held if count == most > 0)[:SHOWN]


def _stem(word: str) -> str:
    """A word without its ending, roughly: full text has compared the stems already."""
    return re.sub(r"(?:ing|ed|es|s|e|y)$", "", word) if len(word) > 4 else word
