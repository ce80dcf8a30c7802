"""Articles from files that are already here: text, Markdown, saved pages, JSON, JSON Lines, WARC archives."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from crawler.archive import read_warc
from crawler.article import Article
from crawler.errors import ArchiveError, BeatbookError, InputError, PageError

Read = tuple[str, Article | BeatbookError]
"""The id of an article (its own, else the path that it was read from) and the article, or what is wrong."""

TITLE_LENGTH = 160
"""Characters that the first line of a text file may have to be taken for its title."""

TEXT, MARKDOWN, HTML = {".txt", ".text"}, {".md", ".markdown"}, {".html", ".htm", ".xhtml"}
JSON, JSON_LINES, WARC = {".json"}, {".jsonl", ".ndjson"}, {".warc", ".warc.gz"}
SUFFIXES = TEXT | MARKDOWN | HTML | JSON | JSON_LINES | WARC


def articles_in(path: Path, *, url: str | None = None, now: date | None = None) -> Iterator[Read]:
    """Every article that a file, or the files of a folder, hold. Nothing is raised: an error is a value.

    ``url`` is the address of a saved HTML page, where known; dates after ``now`` are not believed.
    A file that is missing, empty, binary or of an unknown kind gives one InputError, a page that holds no
    article a PageError, a broken archive the articles before the break and an ArchiveError.
    """
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.is_file() and suffix_of(file) in SUFFIXES:
                yield from articles_in(file, now=now)
        return
    try:
        suffix = suffix_of(path)
        if suffix in WARC:
            _must_hold_something(path)
            yield from _archived(path, now)
        elif suffix in JSON_LINES:
            yield from _lines(path, url, now)
        elif suffix in SUFFIXES:
            yield from _whole(path, suffix, url, now)
        else:
            _must_hold_something(path)
            raise InputError(path, f"is none of {' '.join(sorted(SUFFIXES))}")
    except BeatbookError as error:
        yield str(path), error
    except OSError as error:
        yield str(path), InputError(path, error.strerror or str(error))


def suffix_of(path: Path) -> str:
    """The lower-case suffix, ``.warc.gz`` as one."""
    name = path.name.lower()
    return ".warc.gz" if name.endswith(".warc.gz") else path.suffix.lower()


def _must_hold_something(path: Path) -> None:
    if not path.exists():
        raise InputError(path, "no such file")
    if path.stat().st_size == 0:
        raise InputError(path, "is empty")


def _whole(path: Path, suffix: str, url: str | None, now: date | None) -> Iterator[Read]:
    _must_hold_something(path)
    body = path.read_bytes()
    if suffix in HTML:
        yield str(path), _page(body, url, None, now)
        return
    text = decode(path, body)
    if not text.strip():
        raise InputError(path, "is empty")
    if suffix in JSON:
        yield from _json(path, text, url, now)
    else:
        title, rest = plain_article(text) if suffix in TEXT else markdown_article(text)
        yield str(path), Article(url=url or "", title=title, text=rest)


def decode(subject: object, body: bytes) -> str:
    """Text of unknown charset, line ends made ``\\n``. Raises InputError for what is no text."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = body.decode("utf-16", errors="replace")
    else:
        if b"\0" in body[:65536]:
            raise InputError(subject, "is a binary file, not text")
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            guess = from_bytes(body).best()
            if guess is None:
                raise InputError(subject, "is a binary file, or text in an unknown charset") from None
            text = str(guess)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain_article(text: str) -> tuple[str, str]:
    """Title and text of a text file: the first line is the title where it is short and stands by itself."""
    text = text.strip("\n")
    first, blank, rest = text.partition("\n\n")
    first = first.strip()
    stands_alone = (
        blank and "\n" not in first and len(first) <= TITLE_LENGTH and not first.endswith((".", "。"))
    )
    return (first, rest.strip("\n")) if stands_alone else ("", text)


_MARKS = (
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),  # front matter
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*\n", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*\|[ \t]*(.*?)[ \t]*\|[ \t]*$", re.MULTILINE), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"^>[ \t]?", re.MULTILINE), ""),
)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)


def markdown_article(text: str) -> tuple[str, str]:
    """Title (the first ``#`` heading) and text of a Markdown file; table rows keep `` | `` between cells."""
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    title = ""
    heading = re.search(r"^#[ \t]+(.*?)[ \t#]*$", text, re.MULTILINE)
    if heading:
        title = heading.group(1)
        text = text[: heading.start()] + text[heading.end() :]
    return title, _HEADING.sub(r"\1", text).strip("\n")


def _json(path: Path, text: str, url: str | None, now: date | None) -> Iterator[Read]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is not JSON: {error}") from error
    if isinstance(data, list):
        for number, entry in enumerate(data, 1):
            yield _entry(f"{path}:{number}", entry, url, now)
    else:
        yield _entry(str(path), data, url, now)


def _lines(path: Path, url: str | None, now: date | None) -> Iterator[Read]:
    _must_hold_something(path)
    empty = True
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            empty = False
            place = f"{path}:{number}"
            try:
                entry = json.loads(decode(place, line))
            except InputError as error:
                yield place, error
            except (ValueError, RecursionError) as error:
                yield place, InputError(place, f"is not JSON: {error}")
            else:
                yield _entry(place, entry, url, now)
    if empty:
        raise InputError(path, "is empty")


def _entry(place: str, entry: Any, url: str | None, now: date | None) -> Read:
    if not isinstance(entry, dict):
        return place, InputError(place, "is no article: an object is expected")
    name = str(entry.get("id") or place)
    try:
        if not entry.get("text") and isinstance(entry.get("html"), str):
            return name, _page(entry["html"], _string(place, entry, "url") or url, None, now)
        return name, article_from(place, entry)
    except BeatbookError as error:
        return name, error


def article_from(subject: object, entry: Mapping[str, Any]) -> Article:
    """The article that a JSON object holds (keys as the fields of Article, or ``author`` for one name).

    Raises InputError for one without text or with a field of a wrong type.
    """
    text = _string(subject, entry, "text")
    if not text or not text.strip():
        raise InputError(subject, "holds no text")
    return Article(
        url=_string(subject, entry, "url") or "",
        title=_string(subject, entry, "title") or "",
        text=text,
        authors=_strings(subject, entry.get("authors") or entry.get("author") or (), "authors"),
        published=_string(subject, entry, "published"),
        updated=_string(subject, entry, "updated"),
        site=_string(subject, entry, "site"),
        language=_string(subject, entry, "language"),
        tables=tuple(
            tuple(_strings(subject, row, "tables") for row in table)
            for table in _list(subject, entry, "tables")
        ),
        source=_string(subject, entry, "source"),
    )


def _string(subject: object, entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(subject, f"'{key}' is no string")
    return value


def _strings(subject: object, value: Any, key: str) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
        raise InputError(subject, f"'{key}' is no list of strings")
    return tuple(values)


def _list(subject: object, entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, list) for one in value):
        raise InputError(subject, f"'{key}' is no list of lists")
    return value


def _archived(path: Path, now: date | None) -> Iterator[Read]:
    try:
        for page in read_warc(path):
            if "html" in (page.content_type or "html").lower():
                day = page.date.date() if page.date else now
                yield page.url, _page(page.body, page.url, page.content_type, day)
    except ArchiveError as error:
        yield str(path), error


def _page(
    body: bytes | str, url: str | None, content_type: str | None, now: date | None
) -> Article | PageError:
    from crawler.page import read_page  # pages bring lxml and trafilatura; text files do without

    try:
        return read_page(body, url, content_type=content_type, now=now)
    except PageError as error:
        return error
