"""What a source offers: one spider a kind of source, each from an index to the entries that it lists.

A spider asks for index pages by a callable that gives None for *not modified since last time*, so it knows
nothing of memory or politeness. What is not bounded by the site is bounded here: sitemaps, pages of a
listing, entries.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Protocol

from crawler.errors import FeedError
from crawler.feeds import MAX_ENTRIES, Entry, read_feed
from crawler.links import links_of, next_of
from crawler.policy import instant
from crawler.sources import Source
from crawler.web import Answer, FetchError

MAX_SITEMAPS = 50
"""Sitemaps read of one index in one run, the latest first."""
MAX_DEPTH = 3
"""Indexes of indexes followed."""
MAX_LISTING_PAGES = 20
"""Pages of a listing that are turned; an endless calendar ends here."""
BEYOND = "beyond the end of the index"
"""Why entries after the first ``MAX_ENTRIES`` are left alone."""


class Ask(Protocol):
    """Asks for an index page: None where it is as it was last time, unless it is wanted ``always``.
    Raises FetchError."""

    def __call__(self, url: str, always: bool = False) -> Awaitable[Answer | None]: ...


class Spider(ABC):
    """Finds the entries of one source. ``now`` is the last day that a date may have; ``is_new`` says whether
    an address was never met. ``left`` counts what an index lists and the spider leaves alone, by reason."""

    def __init__(self, source: Source, now: date, is_new: Callable[[str], bool]) -> None:
        self.source = source
        self.now = now
        self.is_new = is_new
        self.left: Counter[str] = Counter()

    @abstractmethod
    async def find(self, ask: Ask) -> list[Entry]:
        """The entries that the index lists now. Raises FetchError, FeedError or PageError."""

    def _kept(self, entries: Sequence[Entry], left: int = 0) -> list[Entry]:
        """The first ``MAX_ENTRIES``; counts the others and the ``left`` ones."""
        self.left += Counter({BEYOND: left + max(0, len(entries) - MAX_ENTRIES)})
        return list(entries[:MAX_ENTRIES])


class FeedSpider(Spider):
    """RSS, RDF or Atom."""

    async def find(self, ask: Ask) -> list[Entry]:
        answer = await ask(self.source.url)
        if answer is None:
            return []
        feed = read_feed(answer.body, answer.url, now=self.now)
        return self._kept(feed.entries, feed.left)


class SitemapSpider(Spider):
    """A sitemap, a news sitemap, or an index of them."""

    async def find(self, ask: Ask) -> list[Entry]:
        self._asked = 0
        return self._kept(await self._read(self.source.url, ask, 0))

    async def _read(self, url: str, ask: Ask, depth: int) -> list[Entry]:
        # That the top one is unchanged says nothing of those below it.
        answer = await ask(url, always=depth == 0)
        if answer is None:
            return []
        feed = read_feed(answer.body, answer.url, now=self.now)
        self.left += Counter({BEYOND: feed.left})
        if feed.kind != "index":
            return list(feed.entries)
        found: list[Entry] = []
        below = sorted(feed.entries, key=lambda entry: entry.lastmod or "", reverse=True)
        for at, entry in enumerate(below):
            self._asked += 1
            if self._asked > MAX_SITEMAPS or depth >= MAX_DEPTH or len(found) >= MAX_ENTRIES:
                self.left["sitemap not read"] += len(below) - at
                break
            try:
                found += await self._read(entry.url, ask, depth + 1)
            except FetchError:
                continue  # it stands among the failures
            except FeedError:  # one that is broken does not hide the others
                self.left["broken sitemap"] += 1
        return found


class ListingSpider(Spider):
    """A page of links, and the older pages it leads to as long as they show something new."""

    async def find(self, ask: Ask) -> list[Entry]:
        found: dict[str, Entry] = {}
        turned: set[str] = set()
        url: str | None = self.source.url
        while url and url not in turned and len(turned) < MAX_LISTING_PAGES:
            turned.add(url)
            answer = await ask(url)
            if answer is None:
                break
            selectors = self.source.selectors
            links = links_of(answer.body, answer.url, selectors.get("links"))
            fresh = [link for link in links if link not in found and self.is_new(link)]
            found.update((link, Entry(link)) for link in links)
            if not fresh:
                break
            url = next_of(answer.body, answer.url, selectors.get("next"))
        return self._kept([entry for link, entry in found.items() if link not in turned])


class PageSpider(Spider):
    """One page that is watched itself."""

    async def find(self, ask: Ask) -> list[Entry]:
        return [Entry(self.source.url)]


SPIDERS: dict[str, type[Spider]] = {
    "feed": FeedSpider,
    "sitemap": SitemapSpider,
    "listing": ListingSpider,
    "page": PageSpider,
}


def latest(entry: Entry) -> str | None:
    """When an entry was last changed, by its index."""
    dates = [said for said in (entry.updated, entry.lastmod, entry.published) if instant(said)]
    return max(dates, key=lambda said: instant(said), default=None)  # type: ignore[arg-type, return-value]
