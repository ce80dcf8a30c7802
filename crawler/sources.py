"""The sources file: loaded, checked, and every mistake named with file, entry and reason."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from crawler.errors import SourceError
from crawler.urls import clean, site_of

KINDS = ("feed", "sitemap", "listing", "page")
SELECTORS = ("title", "text", "authors", "published", "updated", "links", "next")
FIELDS = ("title", "text", "authors", "published", "updated", "site", "language", "tables")

_ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_INTERVAL = re.compile(r"(\d+)\s*(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a source gives when all is well: ``fields`` its articles fill, least articles ``per_day``."""

    fields: tuple[str, ...] = ()
    per_day: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One place to look for articles.

    ``kind`` says what ``url`` is: a ``feed`` (RSS, Atom), a ``sitemap`` (or an index of them), a ``listing``
    page of links, or one ``page`` that is watched itself. ``domain`` is the registrable domain that its
    articles live on (that of ``url`` unless given; ``*`` for any). ``interval`` is the least time between
    two visits.
    ``selectors`` are CSS selectors for the site's articles, and ``links`` and ``next`` for a listing.
    ``render`` has a browser run the page's scripts; ``full_text`` takes the article from the feed itself.
    """

    id: str
    kind: str
    url: str
    name: str | None = None
    domain: str = ""
    language: str | None = None
    interval: timedelta | None = None
    selectors: Mapping[str, str] = field(default_factory=dict)
    expect: Expectation = Expectation()
    render: bool = False
    full_text: bool = False
    beat: str | None = None

    def covers(self, url: str) -> bool:
        """Whether an address is on the source's own site."""
        return self.domain == "*" or site_of(url) == (self.domain or site_of(self.url))


DEFAULT_FILE = Path(__file__).with_name("sources.toml")


def load_sources(path: Path = DEFAULT_FILE) -> tuple[Source, ...]:
    """The sources of a file. Raises SourceError that names the file, the entry and what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise SourceError(path, "is not UTF-8 text") from error
    return parse_sources(text, str(path))


def parse_sources(text: str, file: str = "sources.toml") -> tuple[Source, ...]:
    """The sources that TOML text holds; ``file`` is what errors call it."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(file, f"is not TOML: {error}") from error
    for name in data:
        if name != "source":
            raise SourceError(file, f"unknown key '{name}', only [[source]] entries are expected")
    entries = data.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(file, "a source is written as [[source]]")
    if not entries:
        raise SourceError(file, "holds no [[source]]")
    places: dict[str, int] = {}
    sources = []
    for number, entry in enumerate(entries, 1):
        place = f"{file} [[source]] {number}" + (f" '{entry['id']}'" if "id" in entry else "")
        source = _source(place, entry)
        if source.id in places:
            raise SourceError(place, f"id is taken by [[source]] {places[source.id]}")
        places[source.id] = number
        sources.append(source)
    return tuple(sources)


def choose(sources: Sequence[Source], names: Sequence[str]) -> tuple[Source, ...]:
    """The sources of these ids or beats, all where none is named. Raises SourceError for an unknown name."""
    if not names:
        return tuple(sources)
    for name in names:
        if not any(name in (source.id, source.beat) for source in sources):
            raise SourceError(name, f"no such source; there are {', '.join(source.id for source in sources)}")
    return tuple(source for source in sources if source.id in names or source.beat in names)


def _source(place: str, entry: Mapping[str, Any]) -> Source:
    known = {"id", "kind", "url", "name", "domain", "language", "interval", "selectors", "expect", "render"}
    known |= {"full_text", "beat"}
    for name in entry:
        if name not in known:
            raise SourceError(place, f"unknown key '{name}', one of {', '.join(sorted(known))} is expected")
    for name in ("id", "kind", "url"):
        if name not in entry:
            raise SourceError(place, f"'{name}' is missing")
    identity, kind, url = (_text(place, entry, name) or "" for name in ("id", "kind", "url"))
    if not _ID.fullmatch(identity):
        raise SourceError(place, "'id' may hold lower-case letters, digits and single - _ . between them")
    if kind not in KINDS:
        raise SourceError(place, f"kind '{kind}' is none of {', '.join(KINDS)}")
    if clean(url) is None:
        raise SourceError(place, f"'{url}' is no http or https address")
    if entry.get("full_text") and kind != "feed":
        raise SourceError(place, "'full_text' is for a feed")
    return Source(
        id=identity,
        kind=kind,
        url=url,
        name=_text(place, entry, "name"),
        domain=_text(place, entry, "domain") or site_of(url),
        language=_text(place, entry, "language"),
        interval=_interval(place, entry),
        selectors=_selectors(place, entry),
        expect=_expectation(place, entry),
        render=_flag(place, entry, "render"),
        full_text=_flag(place, entry, "full_text"),
        beat=_text(place, entry, "beat"),
    )


def _text(place: str, entry: Mapping[str, Any], name: str) -> str | None:
    value = entry.get(name)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise SourceError(place, f"'{name}' is no text")
    return value


def _flag(place: str, entry: Mapping[str, Any], name: str) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise SourceError(place, f"'{name}' is neither true nor false")
    return value


def _interval(place: str, entry: Mapping[str, Any]) -> timedelta | None:
    value = _text(place, entry, "interval")
    if value is None:
        return None
    match = _INTERVAL.fullmatch(value.strip())
    if not match or not int(match[1]):
        raise SourceError(place, f"interval '{value}' is not like 30m, 6h, 1d or 1w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _selectors(place: str, entry: Mapping[str, Any]) -> dict[str, str]:
    from soupsieve import SelectorSyntaxError, compile  # slow to load, and few sources need it

    selectors = _table(place, entry, "selectors", SELECTORS)
    for name, selector in selectors.items():
        if not isinstance(selector, str):
            raise SourceError(place, f"selector '{name}' is no text")
        try:
            compile(selector)
        except SelectorSyntaxError as error:
            raise SourceError(place, f"selector '{name}' is no CSS: {str(error).splitlines()[0]}") from error
    return selectors


def _expectation(place: str, entry: Mapping[str, Any]) -> Expectation:
    expect = _table(place, entry, "expect", ("fields", "per_day"))
    fields = expect.get("fields", [])
    if not isinstance(fields, list) or not all(name in FIELDS for name in fields):
        raise SourceError(place, f"'expect.fields' may list {', '.join(FIELDS)}")
    per_day = expect.get("per_day")
    if per_day is not None and (
        isinstance(per_day, bool) or not isinstance(per_day, int | float) or per_day <= 0
    ):
        raise SourceError(place, "'expect.per_day' is no positive number")
    return Expectation(tuple(fields), per_day)


def _table(place: str, entry: Mapping[str, Any], name: str, known: Sequence[str]) -> dict[str, Any]:
    table = entry.get(name, {})
    if not isinstance(table, dict):
        raise SourceError(place, f"'{name}' is no table")
    for inner in table:
        if inner not in known:
            raise SourceError(place, f"unknown key '{name}.{inner}', one of {', '.join(known)} is expected")
    return dict(table)
