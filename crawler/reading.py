"""Reading pages beside the fetching: the first few in a thread, a long run's in processes of their own.

Reading a page is all computation. A thread keeps the connections served meanwhile; processes use the other
cores, but take a second to start, so only a run of many pages gets them.
"""

import asyncio
import os
import re
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date

from crawler.article import Article
from crawler.errors import PageError
from crawler.workers import pool

PAGES_IN_THREAD = 60
"""Pages that a run reads before it starts processes."""

TEASER = 1000
"""Characters of text up to which a page that declares a paywall holds only a teaser."""

_ASKS = re.compile(
    rb"noarchive|noindex|tdm-reservation|isaccessibleforfree|content=[\"']?none", re.IGNORECASE
)
_SHORT = {"not a page": "wrong type", "empty": "no text", "no markup": "no text"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read: its article, or the reason why it is skipped."""

    article: Article | None = None
    reason: str | None = None


def read(
    body: bytes,
    url: str,
    content_type: str | None,
    selectors: Mapping[str, str],
    now: date,
    respect: bool,
    agent: str,
) -> Reading:
    """Reads one page; ``respect`` has it leave pages that ask not to be kept."""
    from crawler.page import page_signals, read_page

    # Looking for the words first spares most pages a second parse.
    signals = page_signals(body, content_type=content_type, agent=agent) if _ASKS.search(body) else None
    if signals and respect:
        if signals.tdm_reserved:
            return Reading(reason="tdm-reservation")
        if signals.noindex or signals.noarchive:
            return Reading(reason="noindex" if signals.noindex else "noarchive")
    try:
        article = read_page(body, url, content_type=content_type, selectors=selectors, now=now)
    except PageError as error:
        reason = error.message.partition(" (")[0]
        return Reading(reason="paywall" if signals and signals.paywall else _SHORT.get(reason, reason))
    if signals and signals.paywall and len(article.text) < TEASER:
        return Reading(reason="paywall")
    return Reading(article)


class Readers:
    """Where pages are read. Close it."""

    def __init__(self, processes: int | None = None) -> None:
        """``processes`` is how many to start for a long run: one a core by default, none for 0."""
        self._processes = (os.cpu_count() or 1) if processes is None else processes
        self._pool: ProcessPoolExecutor | None = None
        self._count = 0

    async def read(
        self,
        body: bytes,
        url: str,
        content_type: str | None,
        selectors: Mapping[str, str],
        now: date,
        respect: bool,
        agent: str,
    ) -> Reading:
        """``read``, elsewhere. A page that kills its process is tried once more, then given up."""
        for _ in range(2):
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(
                    self._executor(), read, body, url, content_type, selectors, now, respect, agent
                )
            except BrokenProcessPool:
                self.close()
        return Reading(reason="reader crashed")

    def _executor(self) -> Executor | None:
        self._count += 1
        if self._count <= PAGES_IN_THREAD or not self._processes:
            return None
        if self._pool is None:
            self._pool = pool(self._processes)
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
