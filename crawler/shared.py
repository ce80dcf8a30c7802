"""What the visits of one run share: the web, the readers, the memory and the clock."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.archive import ArchiveWriter
from crawler.article import Article, Fetch, Seen
from crawler.plan import Asked
from crawler.reading import Readers
from crawler.reservation import WELL_KNOWN, Rule, is_reserved, tdm_rules
from crawler.web import FetchError, Web


@dataclass(slots=True)
class Run:
    """What the visits of one run share; see ``crawler.run.crawl`` for the callables."""

    web: Web
    readers: Readers
    on_article: Callable[[Article], str | None]
    on_fetch: Callable[[Fetch], None]
    seen: Callable[[str], Seen | None]
    known: Callable[[str], Iterable[Seen]] | None
    now: datetime
    agent: str
    limit: int | None = None
    since: datetime | None = None
    archive: ArchiveWriter | None = None
    respect: bool = True
    asked: Asked = field(default_factory=Asked)
    _started: float = field(default_factory=time.monotonic)
    _rules: dict[str, asyncio.Task[tuple[Rule, ...]]] = field(default_factory=dict)

    def clock(self) -> datetime:
        """The run's own time: it began at ``now``, which may lie in the past."""
        return self.now + timedelta(seconds=time.monotonic() - self._started)

    async def reserves(self, url: str, own: str) -> bool:
        """Whether the host's tdmrep.json, asked for once a run, reserves this address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._tdm_rules(origin, own))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return is_reserved(await asyncio.shield(self._rules[origin]), path)

    async def _tdm_rules(self, origin: str, own: str) -> tuple[Rule, ...]:
        try:
            return tdm_rules((await self.web.get(origin + WELL_KNOWN, own=own, obey_robots=False)).body)
        except FetchError:
            return ()
