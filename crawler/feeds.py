"""Feeds and sitemaps: bytes in, entries out. Pure: no network, and no entity is ever expanded.

RSS, Atom and RDF feeds, sitemaps (news sitemaps among them), sitemap indexes and plain lists of addresses;
each also compressed with gzip. Well-formed XML is read by lxml, which takes a feed of 100,000 entries in
seconds; what is malformed by feedparser, which knows the slips that feeds make.
"""

import html
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

import feedparser  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from crawler.charset import decode
from crawler.dates import iso
from crawler.errors import FeedError
from crawler.links import absolute
from crawler.markup import clean

MAX_ENTRIES = 100_000
"""Entries looked at in one feed, the first. The sitemap protocol allows 50,000."""

MAX_BYTES = 60_000_000
"""The most that a feed may be, unpacked. The sitemap protocol allows 50 MB."""

_MAX_LENIENT = 400_000  # bytes: feedparser takes seconds a megabyte
_DECLARES_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([a-zA-Z][\w.-]*)")
_PROLOG = re.compile(
    r"^\s*(?:<\?xml[^>]{0,300}\?>|<\?[^>]{0,2000}>|<!--.*?-->|<!DOCTYPE[^>\[]{0,2000}>|\s+)", re.DOTALL
)
_XML_ENCODING = re.compile(rb"""^(\s*<\?xml[^>]{0,200}?)\s+encoding=["'][^"']*["']""")
_TAG_OR_SPACE = re.compile(r"<[^<>]{0,1000}>|\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed or sitemap lists. Dates are ISO 8601 with the zone given; ``summary`` is plain
    text, ``content`` the full text as HTML where the feed has it."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    lastmod: str | None = None
    summary: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """``kind`` is ``rss``, ``atom``, ``sitemap``, ``index`` or ``list``. The entries of an ``index`` are
    further sitemaps, those of any other kind are pages."""

    kind: str
    entries: tuple[Entry, ...]
    title: str | None = None
    left: int = 0


def entries(body: bytes, url: str, *, now: date | None = None) -> tuple[Entry, ...]:
    """The entries of a feed or sitemap; see ``read_feed``."""
    return read_feed(body, url, now=now).entries


def read_feed(body: bytes, url: str, *, now: date | None = None) -> Feed:
    """Read a feed or sitemap of any kind.

    Links are absolute http addresses, each once; entries with any other link are left out, and those after
    the first ``MAX_ENTRIES``, which ``left`` counts. Dates after ``now`` and of 1970 are None. Raises
    ``FeedError`` for what is neither or too large, and for declared XML entities.
    """
    try:
        return _read(_unpacked(body, url), url, now)
    except FeedError:
        raise
    except Exception as error:
        # A parser that trips over a hostile feed must not end the run of all the others.
        raise FeedError(url, f"cannot be read ({type(error).__name__})") from error


def _unpacked(body: bytes, url: str) -> bytes:
    """The body without gzip (twice packed where a server did so), never more than ``MAX_BYTES``."""
    for _ in range(2):
        if not body.startswith(b"\x1f\x8b"):
            break
        unpacker = zlib.decompressobj(31)
        try:
            body = unpacker.decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            raise FeedError(url, f"broken gzip: {error}") from None
    if len(body) > MAX_BYTES:
        raise FeedError(url, f"too large (over {MAX_BYTES // 1_000_000} MB)")
    return body


def _read(body: bytes, url: str, now: date | None) -> Feed:
    if not body.strip():
        raise FeedError(url, "empty")
    if _DECLARES_ENTITY.search(body[:100_000]):
        raise FeedError(url, "declares XML entities")
    root = _root_name(body)
    if root is None:
        return _listed(body, url)
    if root not in ("rss", "rdf", "feed", "urlset", "sitemapindex", "channel"):
        raise FeedError(url, f"not a feed (<{root[:30]}>)")
    tree = _tree(body)
    if tree is None and len(body) <= _MAX_LENIENT and root in ("rss", "rdf", "feed", "channel"):
        return _lenient(body, url, now)
    if tree is None:
        tree = _tree(body, recover=True)
    if tree is None:
        raise FeedError(url, "broken XML")
    if root == "urlset":
        return Feed("sitemap", _once(_sitemap_entries(tree, "url", url, now)), left=_beyond(tree, "url"))
    if root == "sitemapindex":
        return Feed(
            "index", _once(_sitemap_entries(tree, "sitemap", url, now)), left=_beyond(tree, "sitemap")
        )
    kind = "atom" if root == "feed" else "rss"
    channel = next((node for node in tree.iter() if _name(node) == "channel"), tree)
    title = next((clean(node.text or "") for node in channel if _name(node) == "title"), "")
    left = _beyond(tree, "entry" if kind == "atom" else "item")
    return Feed(kind, _once(_feed_entries(tree, kind, url, now)), title or None, left)


def _beyond(tree: etree._Element, tag: str) -> int:
    """How many elements of a name come after the first ``MAX_ENTRIES``."""
    return max(0, sum(1 for _ in tree.iter(f"{{*}}{tag}")) - MAX_ENTRIES)


def _root_name(body: bytes) -> str | None:
    """The local name of the first element, lower case; None for a text without one at its start."""
    head = decode(body[:20_000])
    while match := _PROLOG.match(head):
        head = head[match.end() :]
    match = _ROOT.match(head)
    return match[1].lower() if match else None


def _tree(body: bytes, *, recover: bool = False) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover,
                             remove_comments=True, remove_pis=True, collect_ids=False)  # fmt: skip
    body = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        return etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError, LookupError):
        pass
    # A declared encoding that is not the real one is the commonest reason.
    text = _XML_ENCODING.sub(rb"\1", decode(body).encode("utf-8", "replace"))
    try:
        return etree.fromstring(text, parser)
    except (etree.LxmlError, ValueError, LookupError):
        return None


def _sitemap_entries(tree: etree._Element, tag: str, url: str, now: date | None) -> Iterator[Entry]:
    for node in islice(tree.iter(f"{{*}}{tag}"), MAX_ENTRIES):
        fields: dict[str, str] = {}
        for child in node.iter():
            space, name = _split(child.tag)
            # <loc> of an image and <title> of a video below are other things
            if child.text and "image" not in space and "video" not in space:
                fields.setdefault(name, child.text.strip())
        link = absolute(fields.get("loc", ""), url)
        if link:
            yield Entry(
                link,
                title=clean(fields.get("title", "")) or None,
                published=_date(fields.get("publication_date"), now),
                lastmod=_date(fields.get("lastmod"), now),
            )


def _feed_entries(tree: etree._Element, kind: str, url: str, now: date | None) -> Iterator[Entry]:
    tag = "entry" if kind == "atom" else "item"
    for node in islice(tree.iter(f"{{*}}{tag}"), MAX_ENTRIES):
        fields: dict[str, str] = {}
        for child in node:
            space, name = _split(child.tag)
            if "media" not in space and "itunes" not in space:
                fields.setdefault(name, _inner(child))
        link = next((good for said in _links(node, fields) if (good := absolute(said, url))), None)
        if link is None:
            continue
        content = fields.get("encoded") or fields.get("content")
        yield Entry(
            link,
            title=_plain(fields.get("title")),
            published=_date(
                fields.get("pubdate")
                or fields.get("published")
                or fields.get("issued")
                or fields.get("date"),
                now,
            ),
            updated=_date(fields.get("updated") or fields.get("modified"), now),
            summary=_plain(fields.get("description") or fields.get("summary")),
            content=content or None,
        )


def _links(node: etree._Element, fields: dict[str, str]) -> Iterator[str]:
    """Where an entry points, the most trustworthy first."""
    if "origlink" in fields:
        yield fields["origlink"]
    for child in node:
        if _name(child) == "link":
            if child.get("href") and (child.get("rel") or "alternate") == "alternate":
                yield child.get("href") or ""
            elif child.text:
                yield child.text
    for name in ("guid", "id"):
        if fields.get(name, "").startswith("http"):
            yield fields[name]


def _inner(node: etree._Element) -> str:
    """The text of an element, or its markup where it holds XHTML."""
    if not len(node):
        return (node.text or "").strip()
    inner = (etree.tostring(child, encoding="unicode", method="html") for child in node)
    return ((node.text or "") + "".join(inner)).strip()


def _lenient(body: bytes, url: str, now: date | None) -> Feed:
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.get("entries"):
        raise FeedError(url, "broken XML")
    found = []
    for entry in parsed["entries"]:
        link = absolute(str(entry.get("link") or ""), url)
        if link:
            content = next(
                (str(one.get("value")) for one in entry.get("content", ()) if one.get("value")), None
            )
            found.append(
                Entry(
                    link,
                    title=_plain(entry.get("title")),
                    published=_date(entry.get("published"), now),
                    updated=_date(
                        dict.get(entry, "updated"), now
                    ),  # feedparser's own get mistakes published for it
                    summary=_plain(entry.get("summary")),
                    content=content,
                )
            )
    kind = "atom" if str(parsed.get("version")).startswith("atom") else "rss"
    return Feed(kind, _once(found), _plain(parsed["feed"].get("title")))


def _listed(body: bytes, url: str) -> Feed:
    """A sitemap of plain text: one address a line and nothing else."""
    lines = [line for line in decode(body).splitlines() if line.strip()]
    left = max(0, len(lines) - MAX_ENTRIES)
    lines = lines[:MAX_ENTRIES]
    if not all(re.match(r"\s*https?://\S+\s*$", line) for line in lines[:50]):
        raise FeedError(url, "not a feed")
    return Feed("list", _once(Entry(link) for line in lines if (link := absolute(line, url))), left=left)


def _once(found: Iterable[Entry]) -> tuple[Entry, ...]:
    unique: dict[str, Entry] = {}
    for entry in found:
        unique.setdefault(entry.url, entry)
    return tuple(unique.values())


@lru_cache(1000)
def _split(tag: object) -> tuple[str, str]:
    """Namespace and local name of a tag, lower case; both empty for what is no element."""
    if not isinstance(tag, str):
        return "", ""
    space, _, name = tag.rpartition("}")
    return space[1:].lower(), name.lower()


def _name(node: etree._Element) -> str:
    return _split(node.tag)[1]


def _plain(text: str | None) -> str | None:
    if text and "<" in (text := html.unescape(text)):
        text = _TAG_OR_SPACE.sub(" ", text)
    return (clean(text) or None) if text else None


def _date(text: str | None, now: date | None) -> str | None:
    return iso(text, now, worded=False) if text else None
