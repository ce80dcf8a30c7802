"""Claims from elsewhere: JSON Lines as ``extract`` writes them, an analyst's own notes among them."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.article import Article
from crawler.errors import InputError
from extract.records import Claim
from store.schema import Store, transaction, utc
from store.stories import body_of, rejoin_story
from store.versions import settle, show_latest
from store.write import article_id, hashed, insert_article, put_claims, put_version

KINDS = ("level", "change", "rank", "event")
MODALITIES = ("reported", "forecast", "target", "plan", "rumor")
BATCH = 200
"""Articles in one transaction."""


@dataclass(frozen=True, slots=True)
class Line:
    """One claim with the article that it stands in; ``at`` is when it was seen, null where the line does
    not say."""

    article: Article
    source_kind: str
    at: str | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: articles and claims that the database did not have, and the lines that were
    wrong."""

    articles: int
    claims: int
    problems: tuple[InputError, ...]


def claim_lines(path: Path) -> Iterator[Line | InputError]:
    """The lines of a JSON Lines file, what is wrong with one as a value. Raises InputError for the file
    itself."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield _line(text, f"{path} line {number}")
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text") from error


def _line(text: str, subject: str) -> Line | InputError:
    try:
        row = json.loads(text)
        if not isinstance(row, dict):
            raise ValueError("is no JSON object")
        if "\\u" in text:  # half a surrogate pair can be written so, but not be kept
            row = json.loads(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"))
        return line_of(row)
    except json.JSONDecodeError as error:
        return InputError(subject, f"is no JSON: {error.msg}")
    except ValueError as error:
        return InputError(subject, str(error))


def line_of(row: Mapping[str, Any]) -> Line:
    """One claim of a JSON object with the fields of a claim, its article's and ``first_seen``.

    A line without ``url`` belongs to the ``article`` that it names; one with neither is a note of its own.
    Lists (as annotated articles have them) stand for their first entry. Raises ValueError that says what is
    wrong.
    """
    claim = _claim(row)
    url, name = _text(row, "url"), _text(row, "article")
    kind = _text(row, "source_kind") or ("crawl" if url or name else "note")
    if kind not in ("crawl", "note"):
        raise ValueError(f"source_kind {kind!r} is neither crawl nor note")
    address = url or (
        f"article:{name}" if name else f"note:{hashed(claim.subject, claim.metric, claim.sentence)}"
    )
    site = _text(row, "site") or (urlsplit(address).hostname or "").removeprefix("www.") or None
    article = Article(
        address,
        _text(row, "title") or "",
        "",
        published=_moment(row, "published"),
        site=site,
        language=_text(row, "language"),
    )
    seen = _moment(row, "first_seen")
    return Line(article, kind, utc(datetime.fromisoformat(seen)) if seen else None, claim)


def _claim(row: Mapping[str, Any]) -> Claim:
    kind = _text(row, "kind") or "level"
    modality = _text(row, "modality") or "reported"
    for value, allowed, name in ((kind, KINDS, "kind"), (modality, MODALITIES, "modality")):
        if value not in allowed:
            raise ValueError(f"{name} {value!r} is none of {', '.join(allowed)}")
    subject, metric = _text(row, "subject"), _text(row, "metric")
    if not subject or not metric:
        raise ValueError(f"has no {'metric' if subject else 'subject'}")
    quote = _verbatim(row, "quote")
    start, end, confidence = _number(row, "start") or 0, _number(row, "end") or 0, _number(row, "confidence")
    period = row.get("period") or (row.get("period_start"), row.get("period_end"))
    if not isinstance(period, list | tuple) or len(period) != 2:
        raise ValueError("period is no pair of dates")
    return Claim(
        subject=subject,
        metric=metric,
        kind=kind,
        value=_number(row, "value"),
        unit=_text(row, "unit"),
        quote=quote,
        sentence=_verbatim(row, "sentence") or quote,
        field=_text(row, "field") or "text",
        start=int(start),
        end=int(end),
        value_high=_number(row, "value_high"),
        previous=_number(row, "previous"),
        direction=_text(row, "direction"),
        qualifier=_text(row, "qualifier"),
        per=_text(row, "per"),
        scope=_text(row, "scope"),
        basis=_text(row, "basis"),
        period=(_day(period[0]), _day(period[1])),
        modality=modality,
        negated=bool(row.get("negated")),
        source=_text(row, "source"),
        confidence=0.5 if confidence is None else confidence,
        rounding=_number(row, "rounding") or 0.0,
        rules=tuple(str(rule) for rule in row.get("rules") or ()),
    )


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return (value or "").strip() or None


def _verbatim(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} is no number")
    return float(value)


def _day(value: object) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError as error:
        raise ValueError(f"period: {value!r} is no ISO date") from error


def _moment(row: Mapping[str, Any], name: str) -> str | None:
    value = _text(row, name)
    if value is not None:
        try:
            datetime.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{name}: {value!r} is no ISO date") from error
    return value


def import_claims(db: Store, lines: Iterable[Line | InputError], now: datetime) -> Imported:
    """Save claims that come without their articles' texts; lines of one URL are one article.

    ``lines`` are those of ``claim_lines``. Lines of one URL with different ``first_seen`` are versions of
    it; one without was seen when it was published, else ``now``. Wrong lines are handed back, the rest is
    saved. Importing twice changes nothing. Raises StoreError.
    """
    problems: list[InputError] = []

    def good() -> Iterator[Line]:
        for line in lines:
            if isinstance(line, InputError):
                problems.append(line)
            else:
                yield line

    def counts() -> tuple[int, int]:
        return tuple(
            db.conn.execute(
                "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM claims)"
            ).fetchone()
        )

    before = counts()
    groups = groupby(good(), key=lambda line: line.article.url)
    articles = (list(group) for _, group in groups)
    while batch := list(islice(articles, BATCH)):
        with transaction(db):
            for group in batch:
                _import_article(db, group, utc(now))
    after = counts()
    return Imported(after[0] - before[0], after[1] - before[1], tuple(problems))


def _import_article(db: Store, lines: list[Line], now: str) -> None:
    first = lines[0]
    key = article_id(first.article.url)
    known = db.conn.execute("SELECT first_seen FROM articles WHERE id = ?", (key,)).fetchone()
    published = first.article.published
    fallback = utc(datetime.fromisoformat(published)) if published else known[0] if known else now
    versions: dict[str, list[Line]] = {}
    for line in lines:
        versions.setdefault(line.at or fallback, []).append(line)
    if known is None:
        insert_article(db, key, first.article, min(versions), first.source_kind)
    held = db.conn.total_changes
    for at, group in sorted(versions.items()):
        put_claims(
            db, key, _version(db, key, group[0].article, at), [line.claim for line in group], replace=False
        )
    if db.conn.total_changes == held:
        return
    if db.conn.execute("SELECT count(*) FROM article_versions WHERE article = ?", (key,)).fetchone()[0] > 1:
        show_latest(db, key)
        settle(db, key)
    body = body_of(db, key)
    if not body.whole:
        rejoin_story(db, key, body)


def _version(db: Store, key: str, article: Article, at: str) -> int:
    """The version that was there at that time: a text that was crawled, else one of claims only."""
    row = db.conn.execute(
        "SELECT version, digest FROM article_versions WHERE article = ? AND first_seen <= ?"
        " ORDER BY version DESC LIMIT 1",
        (key, at),
    ).fetchone()
    return int(row[0]) if row and row[1] else put_version(db, key, article, None, at)[0]
