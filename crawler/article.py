"""The records that leave floor 1. Standard library only, so that any floor may import them."""

from dataclasses import dataclass

Row = tuple[str, ...]
Table = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says, with everything that is markup removed.

    ``text`` holds paragraphs separated by a blank line; a table stands in it as one line a row, cells joined
    by `` | ``, so that the offsets of a claim from a table point into the text like any other.
    ``published`` and ``updated`` are ISO 8601 dates or date-times with the zone that the page gave.
    ``language`` is an ISO 639-1 code. ``source`` is the id of the source that led here.
    """

    url: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    site: str | None = None
    language: str | None = None
    tables: tuple[Table, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One page of one run, accounted for.

    ``outcome`` is one of ``new``, ``changed``, ``unchanged``, ``skipped`` or ``failed``; ``reason`` says why
    a page was skipped or failed (``robots``, ``off-site``, ``too large``, ``wrong type``, ``paywall``, ``no
    text``,
    ``noarchive``, ``tdm-reservation``, ``status 404``, …). ``at`` is an ISO 8601 date-time in UTC,
    ``digest`` a hash of the body, ``final_url`` where redirects and the canonical link led. Of a failed page
    ``next_try`` (ISO 8601, UTC) is when to ask again. The reason ``index`` marks a feed, sitemap or listing:
    remembered like a page, but not counted among the pages of a source.
    """

    source: str
    url: str
    at: str
    outcome: str
    reason: str | None = None
    status: int | None = None
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    bytes: int = 0
    next_try: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of a URL from earlier runs; the crawler asks for it through a callable."""

    url: str
    at: str
    outcome: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    failures: int = 0
    next_try: str | None = None
    published: str | None = None
