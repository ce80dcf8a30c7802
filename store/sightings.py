"""Sightings out of the database: one way to select them, by index, as they are known or were on a day."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from crawler.errors import InputError
from store.entities import entity_key
from store.records import Sighting
from store.schema import Store, reading
from store.series import moment

Day = date | str | None
"""A day as a date or in ISO 8601, or null for no bound."""

_OF_ARTICLE = {"url", "title", "published", "story", "source_kind"}


def _expression(name: str) -> str:
    if name in _OF_ARTICLE:
        return f"a.{name}"
    return {"owner": "e.owner", "last_seen": "v.last_seen"}.get(name, f'c."{name}"')


_NAMES = [field.name for field in fields(Sighting)]
_NEGATED = _NAMES.index("negated")
_SUPERSEDED = _NAMES.index("superseded_at")
_COLUMNS = ", ".join(_expression(name) for name in _NAMES)
# CROSS keeps SQLite from starting at the articles and so leaving the index that the question was made for.
_JOINS = (
    " CROSS JOIN articles a ON a.id = c.article"
    " CROSS JOIN article_versions v ON v.article = c.article AND v.version = c.version"
    " LEFT JOIN entities e ON e.id = c.entity"
)


def day(value: Day) -> str | None:
    """A bound as an ISO day. Raises InputError for a text that is none."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError as error:
        raise InputError(value, "is no ISO date (YYYY-MM-DD)") from error


def day_after(value: str) -> str:
    """The next day: what was known *on* a day was seen before it."""
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat()


def select(
    db: Store,
    where: Sequence[str] = (),
    values: Iterable[object] = (),
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    superseded: bool = False,
    source: str = "claims c",
    order: str = "",
    limit: int | None = None,
) -> list[Sighting]:
    """The sightings that all conditions hold for; conditions name columns of ``claims`` as ``c.…``.

    ``since`` and ``until`` bound the day on which a claim was said, both inclusive. Without ``as_of``
    everything that is known counts; with it what had been seen by the end of that day, and a claim that was
    superseded later still stands. Superseded claims are left out unless asked for. ``source`` is the FROM
    clause that gives ``c``. Without an ``order`` they come in the order of saying. Raises StoreError.
    """
    conditions, bound = list(where), list(values)
    for column, sign, value in (("c.said", ">=", day(since)), ("c.said", "<=", day(until))):
        if value is not None:
            conditions.append(f"{column} {sign} ?")
            bound.append(value)
    known = day(as_of)
    limit_of_knowledge = None if known is None else day_after(known)
    if limit_of_knowledge is not None:
        conditions.append("c.first_seen < ?")
        bound.append(limit_of_knowledge)
    if not superseded:
        later = "" if limit_of_knowledge is None else " OR c.superseded_at >= ?"
        conditions.append(f"(c.superseded_at IS NULL{later})")
        bound += [] if limit_of_knowledge is None else [limit_of_knowledge]
    sql = f"SELECT {_COLUMNS} FROM {source}{_JOINS} WHERE {' AND '.join(conditions) or '1'}"
    sql += f" ORDER BY {order}" if order else ""
    if limit is not None:
        sql += " LIMIT ?"
        bound.append(limit)
    with reading(db):
        cursor = db.conn.cursor()
        cursor.row_factory = _sighting if limit_of_knowledge is None else _known_before(limit_of_knowledge)
        rows: list[Sighting] = cursor.execute(sql, bound).fetchall()
    return rows if order else sorted(rows, key=moment)


def _sighting(_: sqlite3.Cursor, row: tuple[Any, ...]) -> Sighting:
    values = list(row)
    values[_NEGATED] = row[_NEGATED] == 1
    return Sighting(*values)


def _known_before(limit: str) -> Any:
    """A row as it was known before ``limit``: what superseded it from then on had not happened yet."""

    def made(_: sqlite3.Cursor, row: tuple[Any, ...]) -> Sighting:
        values = list(row)
        values[_NEGATED] = row[_NEGATED] == 1
        if values[_SUPERSEDED] is not None and values[_SUPERSEDED] >= limit:
            values[_SUPERSEDED] = None
        return Sighting(*values)

    return made


def resolve(db: Store, subject: str) -> str:
    """The entity that a name means, whatever its case, spaces and punctuation, aliases resolved.

    Raises InputError that gives the nearest names where nobody is called so.
    """
    key = entity_key(subject)
    with reading(db):
        row = db.conn.execute(
            "SELECT coalesce((SELECT entity FROM aliases WHERE id = ?),"
            " (SELECT id FROM entities WHERE id = ?))",
            (key, key),
        ).fetchone()
        if row[0] is not None:
            return str(row[0])
        names = dict(db.conn.execute("SELECT id, name FROM entities").fetchall())
    inside = sorted((other for other in names if key in other or other in key), key=len)
    near = list(dict.fromkeys([*get_close_matches(key, names, 3), *inside]))[:3]
    hint = f"; did you mean {', '.join(names[other] for other in near)}?" if near else ""
    raise InputError(subject, f"no such subject{hint}")


def owned(db: Store, entity: str) -> list[str]:
    """An entity and what it owns: a vendor and its models."""
    with reading(db):
        rows = db.conn.execute(
            "SELECT o.id FROM entities e JOIN entities o ON o.owner = e.name WHERE e.id = ? ORDER BY o.id",
            (entity,),
        ).fetchall()
    return [entity, *(row[0] for row in rows if row[0] != entity)]
