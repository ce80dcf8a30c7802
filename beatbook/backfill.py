"""Large archives on many cores or machines, through Dask: workers read files, this process alone writes.

A file that was read already changes nothing when it is read again, so that an interrupted backfill is simply
repeated.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from beatbook.ahead import reader_of
from beatbook.failures import Failures
from beatbook.ingest import addressed
from beatbook.output import progress
from beatbook.reader import Reader
from crawler.article import Article
from crawler.errors import BeatbookError, InputError
from crawler.files import SUFFIXES, articles_in, suffix_of
from extract.records import Claim, Mention

PATIENCE = 10
"""Seconds that a scheduler has to answer."""

Done = tuple[Article | BeatbookError, tuple[Claim, ...], tuple[Mention, ...]]


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files that ``paths`` name, those of folders below included, each a task of its own."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                file for file in path.rglob("*") if file.is_file() and suffix_of(file) in SUFFIXES
            )
        else:
            found.append(path)
    return found


def read_file(path: Path, vocabulary: tuple[Path, ...], now: datetime) -> list[Done]:
    """What a worker does: every article of a file with its claims and mentions, errors as values."""
    reader = reader_of(vocabulary)
    done: list[Done] = []
    for name, article in articles_in(path.absolute(), now=now.date()):
        if isinstance(article, Article):
            article = addressed(article, name)
            done.append((article, *reader.read(article, now.date())))
        else:
            done.append((article, (), ()))
    return done


def backfill(
    db: Path,
    paths: Sequence[Path],
    vocabulary: tuple[Path, ...],
    now: datetime,
    failures: Failures,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
) -> None:
    """Reads ``paths`` on a Dask cluster (that at ``scheduler``, else one on this machine) into the database.

    Workers need to see the same files. Raises InputError where Dask is not installed or the scheduler not
    reached.
    """
    from store.entities import save_entities
    from store.schema import only_writer, open_db
    from store.write import article_id, save_article, save_claims

    files = files_of(paths)
    reader = Reader(vocabulary)
    version = reader.version  # a wrong vocabulary is found before any worker starts
    with (
        _client(scheduler, workers) as client,
        open_db(db, create=True) as store,
        only_writer(db),
        progress(len(files), "files") as bar,
    ):
        save_entities(store, reader.entities)
        for results in _in_any_order(client, files, vocabulary, now):
            for article, claims, mentions in results:
                failures.count(article)
                if isinstance(article, Article):
                    save_article(store, article, now)
                    key = article_id(article.url)
                    number = store.table("articles").get(key)["version"]
                    save_claims(store, key, number, claims, mentions, version)
            bar.advance()


def _client(scheduler: str | None, workers: int | None) -> Any:
    try:
        from dask.distributed import Client
    except ImportError as error:
        raise InputError("backfill", "needs the extra 'cluster': pip install 'beatbook[cluster]'") from error
    try:
        if scheduler:
            return Client(scheduler, timeout=PATIENCE)
        return Client(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None)
    except (OSError, ValueError) as error:
        raise InputError(scheduler or "backfill", f"no Dask scheduler there: {error}") from error


def _in_any_order(
    client: Any, files: Sequence[Path], vocabulary: tuple[Path, ...], now: datetime
) -> Iterator[list[Done]]:
    """The results as they come; few are under way at a time, so that memory does not grow with the
    archive."""
    from dask.distributed import as_completed

    waiting = iter(files)
    ahead = 2 * max(1, len(client.scheduler_info()["workers"]))

    def submit(file: Path) -> Any:
        return client.submit(read_file, file, vocabulary, now, pure=False)

    under_way = as_completed(map(submit, islice(waiting, ahead)))
    for future in under_way:
        yield future.result()
        future.release()
        for file in islice(waiting, 1):
            under_way.add(submit(file))
