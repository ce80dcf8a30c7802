"""What a site offers to a collector, as entries for a sources file; and a look at how a source does."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.article import Article, Fetch
from crawler.engine import USER_AGENT, run
from crawler.errors import FeedError, PageError, SourceError
from crawler.feeds import Feed, read_feed
from crawler.links import feeds_in
from crawler.outcome import Outcome
from crawler.run import crawl
from crawler.sources import Source
from crawler.urls import clean, host_of, site_of
from crawler.web import MAX_INDEX, Answer, FetchError, Web

USUAL_PLACES = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/sitemap.xml", "/news-sitemap.xml")
"""Where feeds and sitemaps are when a site does not say so."""
MAX_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """A feed or sitemap that was found and read: as a source, and how many entries it lists (for an index of
    sitemaps: how many sitemaps), ``dated`` of them with a date."""

    source: Source
    entries: int
    dated: int


def discover(
    url: str, *, user_agent: str = USER_AGENT, settings: Mapping[str, Any] | None = None
) -> tuple[Proposal, ...]:
    """The feeds and sitemaps of a site, the most useful first; the page itself as a listing where it has
    none.

    Looks at the page, at what it and robots.txt announce, and at the usual places. Raises SourceError where
    the address cannot be fetched.
    """
    has_scheme = re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", url, re.IGNORECASE)  # host:port has none
    address = clean(url if has_scheme else f"https://{url}")
    if address is None:
        raise SourceError(url, "is no http or https address")
    found: list[Proposal] = []

    async def work(web: Web) -> None:
        found.extend(await _look_around(web, address))

    run(work, own_hosts=[host_of(address)], user_agent=user_agent, settings=settings)
    return tuple(found)


async def _look_around(web: Web, url: str) -> list[Proposal]:
    try:
        first = await web.get(url, own=url, max_size=MAX_INDEX)
    except FetchError as error:
        raise SourceError(url, error.reason) from error
    direct = _feed(first)
    if direct is not None:
        return [_proposal(url, direct)]
    announced = [*_announced(first), *await _in_robots(web, url)]
    usual = [urljoin(url, place) for place in USUAL_PLACES]
    candidates = [one for one in dict.fromkeys(map(clean, [*announced, *usual])) if one]
    answers = await asyncio.gather(*(_try(web, one, url) for one in candidates[:MAX_CANDIDATES]))
    proposals: dict[str, Proposal] = {}
    for answer in answers:
        feed = _feed(answer) if answer else None
        if answer and feed and feed.entries:
            proposals.setdefault(answer.url, _proposal(answer.url, feed))
    ranked = sorted(proposals.values(), key=_rank)
    return ranked or [Proposal(Source(_identity(url), "listing", url, domain=site_of(url)), 0, 0)]


async def _try(web: Web, url: str, own: str) -> Answer | None:
    try:
        return await web.get(url, own=own, max_size=MAX_INDEX)
    except FetchError:
        return None


async def _in_robots(web: Web, url: str) -> list[str]:
    answer = await _try(web, urljoin(url, "/robots.txt"), url)
    text = answer.body[:500_000].decode("utf-8", "replace") if answer else ""
    return re.findall(r"^\s*sitemap:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)


def _announced(page: Answer) -> tuple[str, ...]:
    try:
        return feeds_in(page.body, page.url)
    except PageError:
        return ()


def _feed(answer: Answer) -> Feed | None:
    try:
        return read_feed(answer.body, answer.url)
    except FeedError:
        return None


def _proposal(url: str, feed: Feed) -> Proposal:
    kind = "sitemap" if feed.kind in ("sitemap", "index", "list") else "feed"
    dated = sum(bool(one.published or one.updated or one.lastmod) for one in feed.entries)
    # Feeds that lie with a service tell the site of their articles by where these are.
    homes = {site_of(entry.url) for entry in feed.entries}
    domain = homes.pop() if kind == "feed" and len(homes) == 1 else site_of(url)
    source = Source(_identity(url), kind, url, name=feed.title, domain=domain)
    return Proposal(source, len(feed.entries), dated)


def _rank(proposal: Proposal) -> tuple[bool, bool, int, str]:
    """Feeds of the whole site before others, news sitemaps before sitemaps."""
    source = proposal.source
    path = urlsplit(source.url).path
    return ("comment" in path, source.kind != "feed" and "news" not in path, path.count("/"), source.url)


def _identity(url: str) -> str:
    """A short id for a source, from its address: ``example``, ``example-sitemap``."""
    parts = urlsplit(url)
    site = site_of(url)
    name = site if re.fullmatch(r"[\d.:]+", site) else site.partition(".")[0]
    rest = [word for word in re.split(r"[^a-z0-9]+", parts.path.lower()) if word and word not in _DULL]
    return re.sub(r"[^a-z0-9]+", "-", "-".join([name.lower(), *rest[:3]])).strip("-") or "source"


_DULL = {"feed", "feeds", "rss", "atom", "xml", "index", "html", "php", "en"}


def toml_entry(source: Source) -> str:
    """The source as an entry of a sources file, ready to be appended."""
    lines = ["[[source]]"]
    lines += [f"{name} = {_quoted(getattr(source, name))}" for name in ("id", "kind", "url")]
    if source.name:
        lines.append(f"name = {_quoted(source.name)}")
    if source.domain and source.domain != site_of(source.url):
        lines.append(f"domain = {_quoted(source.domain)}")
    if source.language:
        lines.append(f"language = {_quoted(source.language)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    def escaped(char: str) -> str:
        if char in '"\\':
            return "\\" + char
        return f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char

    return f'"{"".join(map(escaped, text))}"'


@dataclass(frozen=True, slots=True)
class Check:
    """How a source does: its ``outcome`` with one page asked for, the ``article`` that it held (null for
    none), the fields that are ``missing`` though the source is expected to fill them, and what became of the
    page."""

    source: Source
    outcome: Outcome
    article: Article | None = None
    missing: tuple[str, ...] = ()
    fetches: tuple[Fetch, ...] = field(default=())

    @property
    def ok(self) -> bool:
        return self.article is not None and not self.missing and self.outcome.error is None


def check(
    sources: Sequence[Source],
    now: datetime,
    *,
    user_agent: str = USER_AGENT,
    settings: Mapping[str, Any] | None = None,
) -> tuple[Check, ...]:
    """Reads the index of each source and one of its pages, remembers nothing, and reports."""
    articles: dict[str, Article] = {}
    fetches: dict[str, list[Fetch]] = {source.id: [] for source in sources}

    def on_article(article: Article) -> str:
        articles.setdefault(article.source or "", article)
        return "new"

    outcomes = crawl(
        sources,
        on_article=on_article,
        on_fetch=lambda fetch: fetches[fetch.source].append(fetch),
        seen=lambda url: None,
        now=now,
        limit=1,
        user_agent=user_agent,
        settings=settings,
    )
    return tuple(
        Check(
            source,
            outcome,
            article,
            tuple(name for name in source.expect.fields if article and not getattr(article, name)),
            tuple(fetches[source.id]),
        )
        for source, outcome in zip(sources, outcomes, strict=True)
        for article in [articles.get(source.id)]
    )
