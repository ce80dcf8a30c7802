"""A crawl: sources in, articles and the account of every page out."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.archive import ArchiveWriter
from crawler.article import Article, Fetch, Seen
from crawler.engine import USER_AGENT, run
from crawler.errors import SourceError
from crawler.outcome import Outcome
from crawler.reading import Readers
from crawler.render import can_render
from crawler.shared import Run
from crawler.sources import Source
from crawler.urls import host_of
from crawler.visit import Visit
from crawler.web import Web

SOURCES_AT_ONCE = 16
"""Sources visited at the same time."""
LONGEST_VISIT = 3600.0
"""Seconds for one source; what is left then is taken up by the next run."""


def crawl(
    sources: Sequence[Source],
    *,
    on_article: Callable[[Article], str | None],
    on_fetch: Callable[[Fetch], None],
    seen: Callable[[str], Seen | None],
    now: datetime,
    known: Callable[[str], Iterable[Seen]] | None = None,
    limit: int | None = None,
    since: datetime | None = None,
    archive: Path | None = None,
    user_agent: str = USER_AGENT,
    settings: Mapping[str, Any] | None = None,
    allow_hosts: Iterable[str] = (),
    respect: bool = True,
    longest_visit: float = LONGEST_VISIT,
    processes: int | None = None,
) -> list[Outcome]:
    """Visits every source once and returns an Outcome for each, in their order.

    ``on_article`` is given each article that was read; when it returns, the article is durable, and it says
    whether that was ``new``, ``changed`` or ``unchanged`` (null counts as new). ``on_fetch`` is told of each
    page once it came to its end. ``seen`` gives what earlier runs knew of a URL, ``known`` (by source id)
    pages of earlier visits that may be due again though no index lists them any more: failed ones, and
    articles that may have been edited. All four are called in the thread of the caller; whatever they raise
    ends the run and is raised.

    ``now`` is an aware date-time and may lie in the past; no date after it is believed. At most ``limit``
    pages a source are asked for, none that is dated before ``since``. Responses are kept as WARC in the
    folder ``archive``.
    ``allow_hosts`` (``host:port``) may be private addresses, as the sources' own hosts may.
    ``respect=False`` keeps pages that ask by ``noarchive``, ``noindex`` or TDM reservation not to be kept.
    ``settings`` are Scrapy's.
    ``processes`` is how many read pages in a long run, one a core by default.

    Can be called again and again in a process, from its main thread. After SIGINT or SIGTERM the outcomes of
    what was done so far are returned, with ``interrupted`` set. Raises ArchiveError where the archive cannot
    be written.
    """
    rendered = next((source for source in sources if source.render), None)
    if rendered is not None and not can_render():
        raise SourceError(rendered.id, "'render' needs a browser driver: pip install 'beatbook[render]'")
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    since = since.replace(tzinfo=UTC) if since and not since.tzinfo else since
    visits: list[Visit] = []
    writer = ArchiveWriter(archive, now, user_agent) if archive else None
    readers = Readers(processes)

    async def work(web: Web) -> None:
        shared = Run(
            web=web,
            readers=readers,
            on_article=on_article,
            on_fetch=on_fetch,
            seen=seen,
            known=known,
            now=now,
            agent=user_agent.partition("/")[0],
            limit=limit,
            since=since,
            archive=writer,
            respect=respect,
        )
        visits.extend(Visit(source, shared) for source in sources)
        turn = asyncio.Semaphore(SOURCES_AT_ONCE)

        async def go(visit: Visit) -> None:
            async with turn:
                await visit.go(longest_visit)

        async with asyncio.TaskGroup() as group:
            for visit in visits:
                group.create_task(go(visit))

    try:
        run(
            work,
            own_hosts=[host_of(source.url) for source in sources],
            allow_hosts=allow_hosts,
            keep_raw=writer is not None,
            render=rendered is not None,
            user_agent=user_agent,
            settings=settings,
        )
    except BaseExceptionGroup as group:
        raise _first(group) from None
    finally:
        readers.close()
        if writer is not None:
            writer.close()
    outcomes = [visit.outcome() for visit in visits]
    return outcomes or [Outcome(source.id, interrupted=True) for source in sources]


def _first(group: BaseException) -> BaseException:
    """The first error inside a group of groups: what a callback raised ends the run by itself."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group
