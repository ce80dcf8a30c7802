"""Commands that bring articles and claims into a database: crawl, import, reextract, backfill, merge."""

from datetime import datetime
from pathlib import Path

import click

from beatbook.failures import Failures
from beatbook.options import (
    Moment,
    db_option,
    format_option,
    now_option,
    path_option,
    paths_argument,
    user_agent_option,
    vocabulary_option,
)
from beatbook.output import FORMATS

sources_option = path_option("--sources", metavar="FILE", help="A sources file in place of the one built in.")
wait_option = click.option(
    "--wait", default=0.0, metavar="SECONDS", help="How long to wait while another crawl writes."
)


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@sources_option
@db_option
@click.option("--limit", type=click.IntRange(1), help="Pages of each source at most.")
@click.option("--since", type=Moment(), help="Only articles from this day on; an age such as 7d will do.")
@path_option("--archive", metavar="DIR", help="Also keep the raw responses, as WARC files.")
@vocabulary_option
@user_agent_option
@wait_option
@now_option
def crawl_command(
    names: tuple[str, ...],
    sources: Path | None,
    db: Path,
    limit: int | None,
    since: datetime | None,
    archive: Path | None,
    vocabulary: tuple[Path, ...],
    user_agent: str | None,
    wait: float,
    now: datetime,
) -> None:
    """Crawl sources (all of them, or those of these ids or beats) and read the claims of what is new."""
    from beatbook.collect import collect, watched
    from beatbook.reader import Reader
    from crawler.sources import DEFAULT_FILE, choose, load_sources
    from store.schema import open_db

    chosen = choose(load_sources(sources or DEFAULT_FILE), names)
    with open_db(db, create=True) as store, watched() as on_fetch:
        crawled = collect(
            store,
            chosen,
            Reader(vocabulary),
            now=now,
            limit=limit,
            since=since,
            archive=archive,
            wait=wait,
            on_fetch=on_fetch,
            user_agent=user_agent,
        )
    crawled.show()
    raise click.exceptions.Exit(int(crawled.failed or crawled.interrupted))


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@path_option(
    "--claims",
    multiple=True,
    metavar="FILE.jsonl",
    help="Claims as `extract` writes them, with url, title...",
)
@db_option
@vocabulary_option
@now_option
def import_command(
    paths: tuple[Path, ...], claims: tuple[Path, ...], db: Path, vocabulary: tuple[Path, ...], now: datetime
) -> None:
    """Bring in articles from files (.html, .txt, .md, .json, .jsonl, .warc) or claims from elsewhere.

    Importing twice changes nothing. PATH may be a folder.
    """
    from beatbook.ingest import import_files

    if not paths and not claims:
        raise click.UsageError("give a PATH, or --claims FILE.jsonl", click.get_current_context())
    failures = Failures()
    import_files(db, paths, claims, vocabulary, now, failures)
    failures.close()


@click.command("reextract")
@db_option
@vocabulary_option
@click.option("--diff", is_flag=True, help="Say what would appear, vanish or change, and change nothing.")
@click.option("--all", "everything", is_flag=True, help="Also what this very version has read already.")
@format_option(*FORMATS)
def reextract_command(
    db: Path, vocabulary: tuple[Path, ...], diff: bool, everything: bool, form: str
) -> None:
    """Read the claims of stored articles again, with the present pipeline and vocabulary. No network
    needed."""
    from beatbook.reextract import reextract, show_diff
    from store.schema import open_db

    with open_db(db) as store:
        if diff:
            show_diff(store, vocabulary, form, everything=everything)
        else:
            click.echo(f"{reextract(store, vocabulary, everything=everything)} articles read again")


@click.command("merge")
@click.argument("others", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DB...")
@db_option
def merge_command(others: tuple[Path, ...], db: Path) -> None:
    """Take in all that other databases hold. Merging twice changes nothing."""
    from crawler.errors import BeatbookError
    from store.merge import merge
    from store.schema import only_writer, open_db

    failures = Failures()
    with open_db(db, create=True) as store, only_writer(db):
        for other in others:
            try:
                failures.count(count := merge(store, other))
                click.echo(f"{other}: {count} articles")
            except BeatbookError as error:
                failures.count(error)
    failures.close()


@click.command("backfill")
@paths_argument
@db_option
@click.option(
    "--scheduler", metavar="ADDRESS", help="A running Dask scheduler; workers of this machine otherwise."
)
@click.option("--workers", type=click.IntRange(1), help="How many workers on this machine.")
@vocabulary_option
@now_option
def backfill_command(
    paths: tuple[Path, ...],
    db: Path,
    scheduler: str | None,
    workers: int | None,
    vocabulary: tuple[Path, ...],
    now: datetime,
) -> None:
    """Read large archives (WARC, JSON Lines, folders) on many cores or machines. Needs the extra
    `cluster`."""
    from beatbook.backfill import backfill

    failures = Failures()
    backfill(db, paths, vocabulary, now, failures, scheduler=scheduler, workers=workers)
    failures.close()
