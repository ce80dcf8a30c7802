"""One crawl into a database: what was seen is remembered, an article is durable before it counts, claims
follow."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from beatbook.ingest import finish
from beatbook.output import emit, progress
from beatbook.reader import Reader
from beatbook.stopping import stopping
from crawler.article import Article, Fetch
from crawler.outcome import Outcome
from crawler.sources import Source
from store.schema import Store, only_writer


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl did: the outcome of each source, and how many texts were read for claims.

    ``interrupted`` where SIGINT or SIGTERM ended it; what it left is taken up by the next one.
    """

    outcomes: tuple[Outcome, ...]
    extracted: int
    interrupted: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything was listed as a failure: a source that could not be read, or a page of one."""
        return any(outcome.error or outcome.failed for outcome in self.outcomes)

    def show(self) -> None:
        """Prints what each source gave, as a table, and its errors, a line each, on standard error."""
        emit(self.outcomes, "table", headings=HEADINGS, cells=_cells, title="Crawled")
        for outcome in self.outcomes:
            for line in (outcome.error, *outcome.problems):
                if line:
                    click.echo(f"{outcome.source}: {line}", err=True)
        if self.interrupted:
            click.echo("crawl: interrupted; the next one goes on where it ended", err=True)


HEADINGS = ("source", "found", "fetched", "new", "changed", "unchanged", "skipped", "failed")


def _cells(outcome: Outcome) -> tuple[Any, ...]:
    skipped, failed = (
        ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items())) or 0
        for reasons in (outcome.skipped, outcome.failures)
    )
    return (
        *(outcome.source, outcome.found, outcome.fetched),
        *(outcome.new, outcome.changed, outcome.unchanged, skipped, failed),
    )


@contextmanager
def watched() -> Iterator[Callable[[Fetch], None]]:
    """What to call with each fetch, so that a person at a terminal sees the crawl go on."""
    with progress(None, "pages") as bar:
        yield lambda fetch: bar.advance()


def collect(
    db: Store,
    sources: Sequence[Source],
    reader: Reader,
    *,
    now: datetime,
    limit: int | None = None,
    since: datetime | None = None,
    archive: Path | None = None,
    wait: float = 0.0,
    on_fetch: Callable[[Fetch], None] = lambda fetch: None,
    user_agent: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Crawled:
    """Crawls the sources and reads the claims of all that is new, what an interrupted run left behind
    included.

    ``now`` is the day of the crawl, which may lie in the past; ``user_agent`` says who asks. Raises
    StoreError when another crawl is writing to the database for longer than ``wait`` seconds.
    """
    from beatbook.schedule import words
    from crawler.engine import USER_AGENT
    from crawler.run import crawl
    from store.entities import save_entities
    from store.fetches import end_run, record_fetch, save_sources, seen, start_run
    from store.revisits import known
    from store.write import save_article

    with only_writer(db.path, wait=wait), stopping() as stopped:
        save_entities(db, reader.entities)
        save_sources(
            db,
            [
                (s.id, s.kind, s.url, s.name, s.language, words(s.interval) if s.interval else None)
                for s in sources
            ],
        )
        run = start_run(db, [source.id for source in sources], now)

        def fetched(fetch: Fetch) -> None:
            record_fetch(db, run, fetch)
            on_fetch(fetch)

        def kept(article: Article) -> str:
            return save_article(db, article, now)

        outcomes = crawl(
            sources,
            on_article=kept,
            on_fetch=fetched,
            seen=lambda url: seen(db, url),
            known=lambda source: known(db, source),
            now=now,
            limit=limit,
            since=since,
            archive=archive,
            user_agent=user_agent or USER_AGENT,
            settings=settings,
        )
        end_run(db, run, outcomes, now)
        extracted = finish(db, reader, stopped=stopped)
        return Crawled(tuple(outcomes), extracted, stopped())
