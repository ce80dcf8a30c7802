"""The words of date expressions, read from their vocabulary file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from crawler.errors import VocabularyError

WORDS_FILE = Path(__file__).parent.parent / "vocabulary" / "periods.toml"


@dataclass(frozen=True, slots=True)
class Fiscal:
    """Words of a text that say when companies' years begin; see the vocabulary file."""

    words: tuple[str, ...]
    month: int
    named_by: str
    quarters: bool


@dataclass(frozen=True, eq=False)
class TimeWords:
    """The vocabulary of date expressions; the file explains each table."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    steps: Mapping[str, int]
    neighbours: Mapping[str, int]
    edges: Mapping[str, str]
    parts: Mapping[str, str]
    days: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    holidays: Mapping[tuple[str, ...], str | tuple[str, ...]]
    sets: Mapping[str, frozenset[str]]
    future: frozenset[str]
    past: frozenset[str]
    fiscal: tuple[Fiscal, ...]

    @cached_property
    def weak(self) -> frozenset[str]:
        """Words that begin a date expression only where one of ``core`` follows soon."""
        return frozenset((*self.numbers, *self.sets["opening"]))

    @cached_property
    def core(self) -> frozenset[str]:
        """Words of the calendar itself."""
        tables = (
            self.months,
            self.weekdays,
            self.units,
            self.days,
            self.seasons,
            self.sets["period_nouns"],
            self.sets["dayparts"],
        )
        holidays = (name[0] for name in self.holidays)
        return frozenset((*(word for table in tables for word in table), *holidays, *self.sets["core"]))

    @cached_property
    def starters(self) -> frozenset[str]:
        """Every word that a date expression can begin with; articles are left out."""
        tables: tuple[Iterable[str], ...] = (
            self.months, self.weekdays, self.units, self.numbers, self.ordinals, self.decades, self.steps,
            self.neighbours, self.edges, self.parts, self.days, self.seasons, self.sets["opening"],
            (name[0] for name in self.holidays),
        )  # fmt: skip
        return frozenset(word for table in tables for word in table)


@lru_cache(maxsize=4)
def load_time_words(path: Path = WORDS_FILE) -> TimeWords:
    """Reads a vocabulary of date expressions.

    Raises VocabularyError that names file and table where a table is missing, unknown or not of its shape.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(path.name, str(error)) from error
    plain = {
        "months",
        "weekdays",
        "units",
        "numbers",
        "ordinals",
        "decades",
        "steps",
        "neighbours",
        "edges",
        "parts",
        "days",
    }
    known = plain | {"seasons", "holidays", "leaning", "sets", "fiscal"}
    for table in sorted(known ^ raw.keys()):
        raise VocabularyError(
            path.name, f"[{table}] is {'missing' if table in known else 'no table of this file'}"
        )
    for table in sorted(plain):
        if any(not isinstance(value, int | str) for value in raw[table].values()):
            raise VocabularyError(path.name, f"[{table}] maps words to numbers or words")
    try:
        return TimeWords(
            **{table: raw[table] for table in plain},
            seasons={word: (low, high) for word, (low, high) in raw["seasons"].items()},
            holidays={
                tuple(name.replace("'", " ' ").split()): tuple(rule) if isinstance(rule, list) else str(rule)
                for name, rule in raw["holidays"].items()
            },
            sets={name: frozenset(listed) for name, listed in raw["sets"].items()},
            future=frozenset(raw["leaning"]["future"]),
            past=frozenset(raw["leaning"]["past"]),
            fiscal=tuple(Fiscal(**{**entry, "words": tuple(entry["words"])}) for entry in raw["fiscal"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise VocabularyError(
            path.name, f"[seasons], [holidays], [leaning] or [[fiscal]]: {error}"
        ) from error
