"""One source, visited once: its index is read, its pages are asked for, each comes to a recorded end."""

import asyncio
import hashlib
import html
import time
from collections import deque
from dataclasses import replace
from datetime import UTC

from crawler.account import Account
from crawler.article import Article, Fetch, Seen
from crawler.errors import FeedError, PageError
from crawler.feeds import Entry
from crawler.outcome import Outcome
from crawler.plan import Item, plan
from crawler.policy import KEPT, articles_per_day, instant, next_try
from crawler.reading import Reading
from crawler.reservation import header_reason
from crawler.shared import Run
from crawler.sources import Source
from crawler.spiders import SPIDERS
from crawler.urls import clean, host_of, is_copy, is_loopback, key
from crawler.web import MAX_INDEX, Answer, FetchError

READABLE = ("text/html", "application/xhtml", "text/plain", "application/xml", "text/xml")
"""Content types that may hold an article."""
UNKEPT = {"noarchive", "noindex", "tdm-reservation"}
"""Reasons for which a page is not archived either."""
AT_ONCE, AT_ONCE_HERE = 4, 16
"""Pages of one source under way at once; of a server on this machine."""
MAX_HOPS = 5
"""Originals that copies may lead to, one from another."""


class Visit:
    """One source of one run: ``go`` visits it, ``outcome`` is the account, at any time."""

    def __init__(self, source: Source, run: Run) -> None:
        self.source = source
        self.run = run
        self._account = Account(source)
        self._todo: deque[Item] = deque()
        self._indexes: list[Fetch] = []
        self._index_failed = False
        self._index_urls: set[str] = set()
        self._why: str | None = "interrupted"
        self._seconds = 0.0

    async def go(self, seconds: float) -> None:
        """Visits the source, for so many seconds at most. Raises only what the callbacks raise."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                self._plan(await self._entries())
                here = is_loopback(host_of(self.source.url).rpartition(":")[0])
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(AT_ONCE_HERE if here else AT_ONCE, len(self._todo))):
                        group.create_task(self._work())
            self._why = None
        except TimeoutError:
            self._why = "out of time"
        finally:
            self._seconds = time.monotonic() - started
            self._remember_indexes()

    def outcome(self) -> Outcome:
        return self._account.outcome(self._seconds, len(self._todo), self._why)

    async def _entries(self) -> list[Entry]:
        spider = SPIDERS[self.source.kind](self.source, self.run.now.date(), self._is_new)
        try:
            entries = await spider.find(self._ask)
            self._account.skipped += spider.left
            return entries
        except (FetchError, FeedError, PageError) as error:
            self._account.error = error.reason if isinstance(error, FetchError) else error.message
            self._index_failed = True
            return []

    def _is_new(self, url: str) -> bool:
        return self.run.seen(clean(url) or url) is None

    async def _ask(self, url: str, always: bool = False) -> Answer | None:
        """An index page; None where it is as it was last time, unless it is wanted ``always``.

        Where nobody knows the pages of earlier visits, only the index says which may be due again.
        """
        always = always or self.run.known is None
        self._index_urls.add(url)
        seen = self.run.seen(url)
        fetch = Fetch(self.source.id, url, self._at(), "new" if seen is None else "changed", "index")
        try:
            answer = await self.run.web.get(
                url,
                own=self.source.url,
                headers={} if always else _conditions(seen),
                max_size=MAX_INDEX,
                render=self.source.render and self.source.kind == "listing",
            )
        except FetchError as error:
            self._index_failed = True
            self.run.on_fetch(self._refused(fetch, error, seen))
            raise
        fetch = _answered(fetch, answer)
        self._archive(url, answer)
        unchanged = answer.status == 304 or (seen is not None and seen.digest == fetch.digest)
        self._indexes.append(replace(fetch, outcome="unchanged") if unchanged else fetch)
        return None if unchanged and not always else answer

    def _remember_indexes(self) -> None:
        """Only where every page that an index lists was dealt with may the next run believe *not
        modified*."""
        account = self._account
        complete = not (
            self._why or self._index_failed or account.failures or account.skipped["over the limit"]
        )
        for fetch in self._indexes:
            self.run.on_fetch(
                fetch if complete else replace(fetch, etag=None, last_modified=None, digest=None)
            )

    def _plan(self, entries: list[Entry]) -> None:
        source, run, account = self.source, self.run, self._account
        if source.kind != "page":
            account.per_day = articles_per_day((one.published or one.lastmod for one in entries), run.now)
        known = run.known(source.id) if run.known else ()
        planned = plan(
            source,
            entries,
            (seen for seen in known if seen.url not in self._index_urls),
            seen=run.seen,
            is_first=run.asked.is_first,
            now=run.now,
            since=run.since,
            limit=run.limit,
        )
        account.skipped += planned.left
        for url, reason in planned.refused:
            fetch = Fetch(source.id, url, self._at(), "skipped", reason)
            if run.seen(url) is None:  # written down once, counted every time
                self._done(fetch)
            else:
                account.page(fetch)
        self._todo.extend(planned.todo)

    async def _work(self) -> None:
        while self._todo:
            entry, seen = self._todo.popleft()
            try:
                await self._page(entry, seen, MAX_HOPS)
            except asyncio.CancelledError:
                self._todo.append((entry, seen))  # it was not come to, and is accounted for as such
                raise

    async def _page(self, entry: Entry, seen: Seen | None, hops: int) -> None:
        fetch = Fetch(self.source.id, entry.url, self._at(), "failed")
        try:
            answer = await self._get(entry, seen)
        except FetchError as error:
            self._done(self._refused(fetch, error, seen))
            return
        self._account.fetched += 1
        fetch = _answered(replace(fetch, at=self._at()), answer)
        if answer.status == 304 or (seen and seen.outcome in KEPT and seen.digest == fetch.digest):
            self._done(replace(fetch, outcome="unchanged"))
            return
        reason = self._refusal(answer)
        reading = Reading(reason=reason) if reason else await self._read(answer)
        if reading.reason not in UNKEPT:
            self._archive(answer.url, answer)
        article = reading.article
        if article is None:
            failed = reading.reason == "reader crashed"
            self._done(replace(fetch, outcome="failed" if failed else "skipped", reason=reading.reason))
        elif self._is_copy_of(article.url, entry.url) and hops:
            self._done(replace(fetch, outcome="skipped", reason="copy", final_url=article.url))
            if self.run.asked.is_first(article.url):
                await self._page(replace(entry, url=article.url), self.run.seen(article.url), hops - 1)
        else:
            self.run.asked.is_first(article.url)
            self._keep(article, entry, fetch)

    async def _get(self, entry: Entry, seen: Seen | None) -> Answer:
        """The page of an entry, or the page that is made of the full text in its feed."""
        if self.source.full_text and entry.content:
            title = html.escape(entry.title or "")
            page = (
                f"<html><head><title>{title}</title></head>"
                f"<body><article><h1>{title}</h1>{entry.content}</article></body></html>"
            )
            kind = ("content-type", "text/html; charset=utf-8")
            return Answer(entry.url, 200, (kind,), page.encode())
        if self.run.respect and await self.run.reserves(entry.url, self.source.url):
            raise FetchError("tdm-reservation", skipped=True)
        return await self.run.web.get(
            entry.url, own=self.source.url, headers=_conditions(seen), render=self.source.render
        )

    def _refusal(self, answer: Answer) -> str | None:
        """Why a page is not even read: it lies elsewhere, is no page, or its headers ask not to keep it."""
        if not self.source.covers(answer.url):
            return "off-site"
        kind = (answer.header("content-type") or "text/html").lower()
        if not kind.strip().startswith(READABLE):
            return "wrong type"
        if not self.run.respect:
            return None
        robots = answer.all_headers("x-robots-tag")
        return header_reason(robots, answer.header("tdm-reservation"), self.run.agent)

    async def _read(self, answer: Answer) -> Reading:
        selectors = {
            name: css for name, css in self.source.selectors.items() if name not in ("links", "next")
        }
        return await self.run.readers.read(
            answer.body,
            answer.url,
            answer.header("content-type"),
            selectors,
            self.run.now.date(),
            self.run.respect,
            self.run.agent,
        )

    def _is_copy_of(self, original: str, url: str) -> bool:
        """Whether a page names another one as the original of what its address calls a copy."""
        return is_copy(url) and key(original) != key(url) and self.source.covers(original)

    def _keep(self, article: Article, entry: Entry, fetch: Fetch) -> None:
        """Hands the article on: it is durable when that returns, and only then the page counts."""
        article = replace(
            article,
            title=article.title or entry.title or "",
            published=article.published or entry.published,
            language=article.language or self.source.language,
            source=self.source.id,
        )
        dated = instant(article.published)
        if self.run.since and dated and dated < self.run.since and self.source.kind != "page":
            self._done(replace(fetch, outcome="skipped", reason="too old"))
            return
        outcome = self.run.on_article(article) or "new"
        self._account.article(article)
        self._done(replace(fetch, outcome=outcome, final_url=article.url))

    def _refused(self, fetch: Fetch, error: FetchError, seen: Seen | None) -> Fetch:
        fetch = replace(fetch, reason=error.reason, status=error.status)
        if error.skipped:
            return replace(fetch, outcome="skipped")
        failures = (seen.failures if seen else 0) + 1
        again = next_try(failures, self.run.clock(), error.retry_after)
        return replace(fetch, outcome="failed", next_try=again.astimezone(UTC).isoformat())

    def _done(self, fetch: Fetch) -> None:
        self.run.on_fetch(fetch)
        self._account.page(fetch)

    def _archive(self, url: str, answer: Answer) -> None:
        if self.run.archive is not None and answer.raw is not None and answer.status != 304:
            body, headers = answer.raw
            self.run.archive.write(url, answer.status, "OK", headers, body, self.run.clock())

    def _at(self) -> str:
        return self.run.clock().astimezone(UTC).isoformat(timespec="microseconds")


def _conditions(seen: Seen | None) -> dict[str, str]:
    """The headers that have a server answer *304 not modified* where the page is as we know it."""
    if seen is None:
        return {}
    headers = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
    return {name: value for name, value in headers.items() if value}


def _answered(fetch: Fetch, answer: Answer) -> Fetch:
    return replace(
        fetch,
        status=answer.status,
        final_url=answer.url if answer.url != fetch.url else None,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        digest=None if answer.status == 304 else hashlib.sha256(answer.body).hexdigest()[:32],
        bytes=len(answer.body),
    )
