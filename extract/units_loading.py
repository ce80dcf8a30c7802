"""Loading the units, currencies, magnitudes and bound words: from TOML, checked and compiled."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Generic, TypeVar

from crawler.errors import VocabularyError
from extract.numbers import any_of
from extract.units import Example, Mark, Unit, Units, normal

V = TypeVar("V")
Row = tuple[str, str, dict[str, Any]]
"""An entry: its table, where it stands, its keys and values."""

UNITS_FILE = Path(__file__).parent / "vocabulary" / "units.toml"

_TEXT, _LIST, _NUMBER = "text", "list", "number"
_KEYS: dict[str, dict[str, str]] = {
    "currency": {"code": _TEXT, "symbols": _LIST, "words": _LIST, "parts": "parts", "example": _TEXT},
    "unit": {
        "name": _TEXT,
        "symbols": _LIST,
        "words": _LIST,
        "counted": "flag",
        "factor": _NUMBER,
        "price": _TEXT,
        "bulk": _NUMBER,
        "example": _TEXT,
    },
    "magnitude": {"value": _NUMBER, "words": _LIST, "glued": _LIST, "example": _TEXT},
    "multiple": {"value": _NUMBER, "direction": _TEXT, "words": _LIST, "example": _TEXT},
    "time": {"name": _TEXT, "words": _LIST, "adverbs": _LIST, "example": _TEXT},
    "qualifier": {"value": _TEXT, "before": _LIST, "after": _LIST, "example": _TEXT},
    "direction": {
        "value": _TEXT,
        "before": _LIST,
        "change": _LIST,
        "ratio": _LIST,
        "after": _LIST,
        "beside": _LIST,
        "example": _TEXT,
    },
    "filler": {"words": _LIST},
    "stop": {"words": _LIST},
    "label": {"words": _LIST, "weak": _LIST},
}
_REQUIRED = {
    "currency": ("code", "example"),
    "unit": ("name", "example"),
    "magnitude": ("value", "words", "example"),
    "multiple": ("value", "words", "example"),
    "time": ("name", "words", "example"),
    "qualifier": ("value", "example"),
    "direction": ("value", "example"),
}
_VALUES = {
    "qualifier": ("about", "nearly", "over", "under", "at_least", "up_to"),
    "direction": ("up", "down"),
}


def load_units(*paths: Path | str, extra: Iterable[Row] = ()) -> Units:
    """The units of the built-in file, of the further ``paths`` and of ``extra`` entries, later ones adding to
    earlier ones.

    Raises:
        VocabularyError: naming file and entry, for TOML that does not parse, an unknown or missing key, a
            value of the wrong type, or a word that two entries claim.
    """
    builder = _Builder()
    for path in (UNITS_FILE, *map(Path, paths)):
        for table, where, row in _read(path):
            builder.add(table, where, row)
    for table, where, row in extra:
        builder.add(table, where, row)
    return builder.build()


def _read(path: Path) -> Iterable[Row]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(path, f"cannot be read: {error}") from error
    for table, content in data.items():
        if table not in _KEYS:
            raise VocabularyError(f"{path.name} [{table}]", f"unknown table; known are {', '.join(_KEYS)}")
        rows = [content] if isinstance(content, dict) else content
        if not isinstance(rows, list):
            raise VocabularyError(f"{path.name} [{table}]", "not a table")
        for number, row in enumerate(rows, 1):
            where = f"{path.name} [{table} {number}]"
            _check(table, row, where)
            yield table, where, row


def _check(table: str, row: Any, where: str) -> None:
    if not isinstance(row, dict):
        raise VocabularyError(where, "not a table")
    types: dict[str, Any] = {_TEXT: str, _LIST: list, _NUMBER: (int, float), "flag": bool, "parts": dict}
    for key, value in row.items():
        kind = _KEYS[table].get(key)
        if kind is None:
            raise VocabularyError(where, f"unknown key {key!r}; known are {', '.join(_KEYS[table])}")
        if not isinstance(value, types[kind]) or (kind == _NUMBER and isinstance(value, bool)):
            raise VocabularyError(where, f"{key} must be a {kind}")
        if kind == _LIST and not all(isinstance(item, str) and item for item in value):
            raise VocabularyError(where, f"{key} must be a list of texts")
    for key in _REQUIRED.get(table, ()):
        if key not in row:
            raise VocabularyError(where, f"{key} is missing")
    allowed = _VALUES.get(table)
    if allowed and row["value"] not in allowed:
        raise VocabularyError(where, f"value must be one of {', '.join(allowed)}")


def _plurals(word: str) -> list[str]:
    """The word and its regular plural; words not in Latin letters, and those that end in s, have none."""
    if not word[-1].isascii() or not word[-1].isalpha() or word.endswith(("s", "feet", "people")):
        return [word]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word, word[:-1] + "ies"]
    return [word, word + ("es" if word.endswith(("ch", "sh", "x", "z")) else "s")]


class _Table(Generic[V]):
    """A dictionary in the making that refuses a second, different meaning of a word."""

    def __init__(self) -> None:
        self.entries: dict[str, V] = {}

    def add(self, word: str, value: V, where: str) -> None:
        known = self.entries.setdefault(word, value)
        if known != value:
            raise VocabularyError(where, f"{word!r} already means {known}")


def _sizes(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the last word of a phrase, how many words the phrases have that end with it, the longest first."""
    sizes: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split()
        sizes.setdefault(words[-1], set()).add(len(words))
    return {word: tuple(sorted(counts, reverse=True)) for word, counts in sizes.items()}


class _Builder:
    """Collects entries of every table, then compiles them."""

    def __init__(self) -> None:
        self.symbols: list[str] = []
        self.glued_suffixes: list[str] = []
        self.spaced_suffixes: list[str] = []
        self.words: list[str] = []
        self.forms, self.counted = _Table[Unit](), _Table[Unit]()
        self.prefixes, self.times, self.adverbs = _Table[str](), _Table[str](), _Table[str]()
        self.magnitudes, self.glued = _Table[float](), _Table[float]()
        self.multiples = _Table[tuple[float, str | None]]()
        self.before, self.suffixes = _Table[Mark](), _Table[str]()
        self.nouns, self.beside = _Table[str](), _Table[str]()
        self.labels: set[str] = set()
        self.weak: set[str] = set()
        self.examples: list[Example] = []

    def add(self, table: str, where: str, row: dict[str, Any]) -> None:
        getattr(self, f"_{table}")(row, where)
        if "example" in row:
            meaning = row.get("name") or row.get("code") or row["value"]
            self.examples.append(Example(table, str(meaning), row["example"]))

    def _form(self, word: str, unit: Unit, where: str) -> None:
        for form in _plurals(word.lower()):
            self.forms.add(normal(form), unit, where)
            self.words.append(form)

    def _currency(self, row: dict[str, Any], where: str) -> None:
        unit = Unit(row["code"], "currency")
        for symbol in row.get("symbols", ()):
            self.prefixes.add(symbol, unit.name, where)
        for symbol in {row["code"], *(s for s in row.get("symbols", ()) if s[-1].isalpha() and len(s) > 2)}:
            self.forms.add(symbol, unit, where)
            self.symbols.append(symbol)
        for word in row.get("words", ()):
            self._form(word, unit, where)
        for word, part in row.get("parts", {}).items():
            self._form(word, Unit(unit.name, "currency", float(part)), where)

    def _unit(self, row: dict[str, Any], where: str) -> None:
        counted = row.get("counted", False)
        unit = Unit(
            row["name"],
            "counted" if counted else "measure",
            float(row.get("factor", 1)),
            row.get("price", "unit" if counted else row["name"]),
            float(row.get("bulk", 1)),
        )
        for symbol in row.get("symbols", ()):
            self.forms.add(symbol, unit, where)
            self.symbols.append(symbol)
        for word in row.get("words", ()):
            if counted:
                for form in _plurals(word.lower()):
                    self.counted.add(form, unit, where)
            else:
                self._form(word, unit, where)

    def _magnitude(self, row: dict[str, Any], where: str) -> None:
        for word in row["words"]:
            for form in _plurals(word) if len(word) > 3 else [word]:
                self.magnitudes.add(form, float(row["value"]), where)
        for letters in row.get("glued", ()):
            self.glued.add(letters, float(row["value"]), where)

    def _multiple(self, row: dict[str, Any], where: str) -> None:
        for word in row["words"]:
            self.multiples.add(word, (float(row["value"]), row.get("direction")), where)

    def _time(self, row: dict[str, Any], where: str) -> None:
        for word in row["words"]:
            self.times.add(normal(word.lower()), row["name"], where)
        for word in row.get("adverbs", ()):
            self.adverbs.add(word, row["name"], where)

    def _qualifier(self, row: dict[str, Any], where: str) -> None:
        for word in row.get("before", ()):
            self.before.add(word, Mark("qualifier", row["value"]), where)
        for word in row.get("after", ()):
            self.suffixes.add(normal(word), row["value"], where)
            # "+" and "-plus" stick to the figure, "or more" stands apart
            (self.spaced_suffixes if word[0].isalpha() else self.glued_suffixes).append(normal(word))

    def _direction(self, row: dict[str, Any], where: str) -> None:
        for key, role in (("before", "direction"), ("change", "change"), ("ratio", "ratio")):
            for word in row.get(key, ()):
                self.before.add(word, Mark(role, row["value"]), where)
        for word in row.get("after", ()):
            self.nouns.add(normal(word), row["value"], where)
        for word in row.get("beside", ()):
            self.beside.add(normal(word), row["value"], where)

    def _filler(self, row: dict[str, Any], where: str) -> None:
        for word in row["words"]:
            self.before.add(word, Mark("filler"), where)

    def _stop(self, row: dict[str, Any], where: str) -> None:
        for word in row["words"]:
            self.before.add(word, Mark("stop"), where)

    def _label(self, row: dict[str, Any], where: str) -> None:
        self.labels.update(row.get("words", ()))
        self.weak.update(row.get("weak", ()))

    def build(self) -> Units:
        gap = r"(?:[ -]| ?\n| +)?"
        signs, tails = any_of(self.glued_suffixes), any_of(self.spaced_suffixes)
        times, adverbs = any_of(self.times.entries), any_of(self.adverbs.entries)
        head_money = {normal(prefix.lower()): code for prefix, code in self.prefixes.entries.items()}
        head_money |= {
            word: unit.name for word, unit in self.forms.entries.items() if unit.kind == "currency"
        }
        head_money = {word: code for word, code in head_money.items() if len(word) > 1 or not word.isalpha()}
        heads = {**self.glued.entries, "000": 1e3, "'000": 1e3, "000s": 1e3, "'000s": 1e3}
        heads |= {
            form: scale for word, scale in self.magnitudes.entries.items() for form in (word, word + "s")
        }
        money, scales = any_of(head_money), any_of(heads)
        return Units(
            symbols=re.compile(rf"(?:[ -]| +)?({any_of(self.symbols)})(?![A-Za-z0-9])"),
            words=re.compile(rf"{gap}({any_of(self.words)})(?![a-z0-9])"),
            forms=self.forms.entries,
            counted=self.counted.entries,
            prefixes=self.prefixes.entries,
            prefix_ends=frozenset(prefix[-1] for prefix in self.prefixes.entries) | {"¥"},
            magnitude=re.compile(rf"{gap}({any_of(self.magnitudes.entries)})(?![a-z])"),
            magnitudes=self.magnitudes.entries,
            glued=self.glued.entries,
            multiple=re.compile(rf"(?:{any_of(self.multiples.entries)})(?![a-z])"),
            multiples=self.multiples.entries,
            times=self.times.entries,
            adverbs=self.adverbs.entries,
            per=re.compile(
                rf"(?: ?/ ?| ?-?(?:per|a|an|each|every)[ -]+)({times})(?![a-z0-9])|[ -]+({adverbs})(?![a-z])"
            ),
            before=self.before.entries,
            sizes=_sizes(self.before.entries),
            suffix=re.compile(rf"-?({signs})(?![a-z0-9])| +({tails})(?![a-z])"),
            suffixes=self.suffixes.entries,
            after=re.compile(
                rf"[ -]+(?:({any_of(self.beside.entries)})(?![a-z-])"
                rf"|((?:[a-z/-]+ )??)({any_of(self.nouns.entries)})(?![a-z-]))"
            ),
            afters={**self.nouns.entries, **self.beside.entries},
            head=re.compile(
                rf"(?<![\w$€£¥.,])(?<!\d )(?P<before>{money})[ -]?(?P<mag>{scales})(?![\w'])(?! ?\d)"
                rf"|(?:(?<=\bin )|(?<=\())(?P<of>{scales})(?: of)? (?P<after>{money})(?![\w'])"
                rf"|(?:(?<=\bin )|(?<=\()|(?<=, ))(?P<bare>{scales})(?: (?:of )?[a-z]+)?(?=[).;:,|\n]|$| \|)"
                rf"|(?:(?<=\bin )|(?<=\()|(?<=\| )|(?<=\n)|(?<!.))(?P<price>{money})(?= ?/| per )",
                re.MULTILINE,
            ),
            heads=heads,
            head_money=head_money,
            labels=frozenset(self.labels),
            weak_labels=frozenset(self.weak),
            examples=tuple(self.examples),
        )
