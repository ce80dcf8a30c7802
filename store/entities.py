"""Who claims are about: entities, and the aliases that resolve to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from store.records import name_key
from store.schema import Store, transaction


@dataclass(frozen=True, slots=True)
class Entity:
    """A name of the vocabulary with the names that mean the same."""

    name: str
    kind: str | None = None
    owner: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def entity_key(name: str) -> str:
    """The id of a name's entity, aliases left aside."""
    return name_key(name)


def entities_of(db: Store, names: Collection[str]) -> dict[str, str]:
    """The ids of the entities that names mean, aliases resolved; a name not met before becomes an entity."""
    keys = {name: entity_key(name) for name in sorted(names)}
    marks = ",".join("?" * len(keys))
    aliases = dict(
        db.conn.execute(
            f"SELECT id, entity FROM aliases WHERE id IN ({marks})", list(keys.values())
        ).fetchall()
    )
    fresh = [(key, name) for name, key in keys.items() if key not in aliases]
    db.conn.executemany("INSERT OR IGNORE INTO entities (id, name) VALUES (?, ?)", fresh)
    return {name: aliases.get(key, key) for name, key in keys.items()}


def know_entities(db: Store, rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows of ``entities``, each where it is new, else what it adds to the one that is known."""
    db.conn.executemany(
        "INSERT INTO entities (id, name, kind, owner, country, how) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET (kind, owner, country, how) = (coalesce(kind, excluded.kind),"
        " coalesce(owner, excluded.owner), coalesce(country, excluded.country), coalesce(how, excluded.how))"
        " WHERE kind IS NULL OR owner IS NULL OR country IS NULL OR how IS NULL",
        list(rows),
    )


def save_entities(db: Store, entities: Iterable[Entity]) -> None:
    """Make names and aliases of the vocabulary known; claims already stored under an alias move to its
    entity.

    An alias that two entities claim, or that is itself the name of one, is nobody's. Raises StoreError.
    """
    known = list(entities)
    names = {entity_key(entity.name) for entity in known}
    owners: dict[str, set[str]] = {}
    for entity in known:
        for alias in entity.aliases:
            owners.setdefault(entity_key(alias), set()).add(entity_key(entity.name))
    with transaction(db):
        db.conn.executemany(
            "INSERT INTO entities (id, name, kind, owner, country, how) VALUES (?, ?, ?, ?, ?, 'vocabulary')"
            " ON CONFLICT (id) DO UPDATE SET (name, kind, owner, country, how) ="
            " (excluded.name, excluded.kind, excluded.owner, excluded.country, excluded.how)",
            [(entity_key(e.name), e.name, e.kind, e.owner, e.country) for e in known],
        )
        for entity in known:
            for alias in entity.aliases:
                key = entity_key(alias)
                if key not in names and len(owners[key]) == 1:
                    _alias(db, key, alias, entity_key(entity.name))


def _alias(db: Store, key: str, alias: str, entity: str) -> None:
    held = db.conn.execute("SELECT entity FROM aliases WHERE id = ?", (key,)).fetchone()
    if held and held[0] == entity:
        return
    db.conn.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)", (key, alias, entity))
    db.conn.execute("UPDATE claims SET entity = ? WHERE entity = ?", (entity, key))
