"""The beat as data: loads the vocabulary files, checks them, and says which entry is wrong and why.

A vocabulary file is TOML with arrays of tables. ``TABLES`` declares each table once: which keys it has, of
which type, which are required. One TOML entry adds a vendor, a model, a group, a market, an organisation, a
metric, a unit or a cue; a user's own file may hold any of them, and an entry that repeats the name of a
shipped one replaces it.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from crawler.errors import VocabularyError
from extract.units_loading import Row, load_units


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of entry. ``required`` and ``optional`` map a key to its type: ``str``, ``float``, ``bool``,
    ``list`` (of strings) or ``dict`` (of numbers); ``choices`` bounds the values of a key; ``named`` tables
    have entries told apart by ``name``; ``names`` tables put ``name`` and ``aliases`` into the one name space
    in which no two entries may clash."""

    required: Mapping[str, type]
    optional: Mapping[str, type] = field(default_factory=dict)
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: bool = True
    names: bool = False


_EXAMPLE: dict[str, type] = {"name": str, "example": str}
_WORDS: dict[str, type] = {"nouns": list, "verbs": list, "phrases": list, "adjectives": list}

TABLES: Mapping[str, Table] = {
    "vendor": Table(_EXAMPLE | {"country": str}, {"aliases": list}, names=True),
    "model": Table(
        _EXAMPLE | {"kind": str},
        {"aliases": list, "owner": str},
        {"kind": frozenset({"model", "product"})},
        names=True,
    ),
    "group": Table(_EXAMPLE, {"aliases": list}, names=True),
    "market": Table(_EXAMPLE, {"aliases": list}, names=True),
    "organisation": Table(
        _EXAMPLE | {"role": str},
        {"aliases": list},
        {"role": frozenset({"research", "press", "bank", "regulator"})},
        names=True,
    ),
    "nationality": Table({"name": str, "country": str}, {"aliases": list}),
    "group_noun": Table(
        {"name": str, "of": str}, {"aliases": list}, {"of": frozenset({"models", "vendors"})}
    ),
    "place": Table({"name": str, "members": str}),
    "places": Table({"name": str, "members": str}),
    "words": Table({"name": str, "members": str}),
    "metric": Table(_EXAMPLE | {"units": list}, _WORDS | {"unit": str, "changes": bool}),
    "cue": Table({"kind": str, "value": str, "example": str}, _WORDS, named=False),
    "unit": Table(
        _EXAMPLE,
        {"symbols": list, "words": list, "counted": bool, "factor": float, "price": str, "bulk": float},
        named=False,
    ),
    "currency": Table(
        {"code": str, "example": str}, {"symbols": list, "words": list, "parts": dict}, named=False
    ),
}

# units.toml is not among them: ``units`` reads it by itself, with the tables that only it may have.
_SHIPPED = (
    "vendors", "models", "groups", "markets", "organisations", "places", "words", "metrics", "cues",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One checked entry: ``values`` as written, ``where`` for error messages (``vendors.toml [[vendor]]
    'Nvidia'``)."""

    table: str
    name: str
    values: Mapping[str, Any]
    where: str

    @property
    def aliases(self) -> tuple[str, ...]:
        """The name and all other ways to write it."""
        return (self.name, *self.values.get("aliases", ()))

    @property
    def example(self) -> str | None:
        """A sentence in which the entry is found."""
        found = self.values.get("example")
        return None if found is None else str(found)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All entries by table, in the order of their files. Hashed by identity, so that what is compiled from it
    can be cached."""

    tables: Mapping[str, tuple[Entry, ...]]

    def entries(self, table: str) -> tuple[Entry, ...]:
        """The entries of one table; empty where no file has any."""
        return self.tables.get(table, ())

    def words(self, name: str) -> frozenset[str]:
        """The members of one list of plain words, in lower case."""
        return frozenset(
            word.lower()
            for e in self.entries("words")
            if e.name == name
            for word in e.values["members"].split()
        )

    def places(self) -> dict[str, str]:
        """Every way to write a place, with its one name."""
        found: dict[str, str] = {}
        for table in ("places", "place"):
            for entry in self.entries(table):
                for member in " ".join(entry.values["members"].split()).split(","):
                    found[member.strip()] = entry.name if table == "place" else member.strip()
        return found


def load_vocabulary(extra: Sequence[Path] = ()) -> Vocabulary:
    """The shipped vocabulary with the entries of the ``extra`` files added. Raises VocabularyError."""
    return _shipped() if not extra else _assemble([*_shipped_files(), *map(_read, extra)])


def check_file(path: Path) -> Vocabulary:
    """Only what one user's file holds, checked by itself and against the shipped files. Raises
    VocabularyError."""
    own = _read(path)
    _assemble([*_shipped_files(), own])
    checked = _assemble([own])
    load_units(extra=unit_rows(checked))
    return checked


def unit_rows(vocabulary: Vocabulary) -> list[Row]:
    """The entries of units and currencies, as ``load_units`` takes them."""
    return [(e.table, e.where, dict(e.values)) for t in ("unit", "currency") for e in vocabulary.entries(t)]


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """How two ways to write a name are compared: without case, spaces and hyphens."""
    return name.lower().replace(" ", "").replace("-", "").replace("\u00a0", "")


@cache
def _shipped() -> Vocabulary:
    return _assemble(_shipped_files())


def _shipped_files() -> list[list[Entry]]:
    folder = files("extract") / "vocabulary"
    found = []
    for name in _SHIPPED:
        resource = folder / f"{name}.toml"
        if resource.is_file():
            found.append(_parse(f"{name}.toml", resource.read_bytes()))
    return found


def _read(path: Path) -> list[Entry]:
    try:
        return _parse(path.name, path.read_bytes())
    except OSError as error:
        raise VocabularyError(path, error.strerror or "cannot be read") from error


def _parse(file: str, raw: bytes) -> list[Entry]:
    try:
        tables = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(file, f"is not TOML: {error}") from error
    found = []
    for table, rows in tables.items():
        if table not in TABLES:
            raise VocabularyError(f"{file} [[{table}]]", f"unknown table; known are {', '.join(TABLES)}")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise VocabularyError(f"{file} [{table}]", f"must be an array of tables, written [[{table}]]")
        found += [_entry(file, table, number, row) for number, row in enumerate(rows, 1)]
    return found


def _entry(file: str, table: str, number: int, row: Mapping[str, Any]) -> Entry:
    schema = TABLES[table]
    name = row.get("name", row.get("value"))
    where = (
        f"{file} [[{table}]] {name!r}"
        if isinstance(name, str) and name
        else f"{file} [[{table}]] number {number}"
    )
    known = {**schema.required, **schema.optional}
    for key, value in row.items():
        if key not in known:
            raise VocabularyError(where, f"unknown key {key!r}; known are {', '.join(known)}")
        if not _has_type(value, known[key]):
            raise VocabularyError(where, f"{key} must be {_TYPE_NAMES[known[key]]}")
        if key in schema.choices and value not in schema.choices[key]:
            raise VocabularyError(where, f"{key} must be one of {', '.join(sorted(schema.choices[key]))}")
    for key in schema.required:
        if key not in row:
            raise VocabularyError(where, f"{key} is missing")
    return Entry(table, str(name), dict(row), where)


_TYPE_NAMES: Mapping[type, str] = {
    str: "a text that is not empty",
    float: "a number",
    bool: "true or false",
    list: "a list of texts that are not empty",
    dict: "a table of numbers",
}


def _has_type(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is list:
        return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    if kind is dict:
        return isinstance(value, dict) and all(isinstance(v, int | float) for v in value.values())
    return isinstance(value, kind) and (kind is not str or bool(str(value).strip()))


def _assemble(sources: Iterable[list[Entry]]) -> Vocabulary:
    kept: dict[str, dict[object, Entry]] = {}
    for source in sources:
        fresh: set[tuple[str, object]] = set()
        for entry in source:
            identity: object = entry.name if TABLES[entry.table].named else len(kept.get(entry.table, ()))
            if (entry.table, identity) in fresh:
                raise VocabularyError(entry.where, "stands twice in this file")
            fresh.add((entry.table, identity))
            kept.setdefault(entry.table, {})[identity] = entry
    vocabulary = Vocabulary({table: tuple(entries.values()) for table, entries in kept.items()})
    _check_names(vocabulary)
    return vocabulary


def _check_names(vocabulary: Vocabulary) -> None:
    owners: dict[str, Entry] = {}
    for table, schema in TABLES.items():
        for entry in vocabulary.entries(table) if schema.names else ():
            for alias in entry.aliases:
                other = owners.setdefault(name_key(alias), entry)
                if other is not entry:
                    raise VocabularyError(entry.where, f"{alias!r} is already a name of {other.where}")
