"""Commands that show what is known: browse, digest, export, demo."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from beatbook.options import Moment, db_option, now_option, path_option, window


@click.command("browse")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
def browse_command(db: Path, host: str, port: int) -> None:
    """Open the database in the browser: tables, facets, queries and a dashboard of charts."""
    from beatbook.browse.server import DASHBOARD, browse

    browse(db, host, port, lambda url: click.echo(f"{url}{DASHBOARD}\n{url}/\nCtrl-C ends it."))


@click.command("demo")
@path_option(
    "--out", default="demo-out", show_default=True, metavar="DIR", help="Where the database and chart go."
)
def demo_command(out: Path) -> None:
    """Take the tour: crawl a bundled sample site edition by edition. Needs no network."""
    from beatbook.demo.tour import tour

    tour(out)


@click.command("digest")
@db_option
@click.option(
    "--since", type=Moment(), default="7d", show_default=True, help="What happened from this day on."
)
@path_option("-o", "--output", metavar="FILE.md|html", help="Where to write it; else Markdown is printed.")
@now_option
def digest_command(db: Path, since: datetime, output: Path | None, now: datetime) -> None:
    """Write a morning brief: price changes, records, revisions, conflicts, forecasts come due."""
    from beatbook.digest import digest, write
    from store.schema import open_db

    with open_db(db) as store:
        brief = digest(store, since, now)
    write(brief, output)


@click.command("export")
@click.argument("what")
@click.argument("about", nargs=-1, metavar="[SUBJECT|METRIC]...")
@click.option("--format", "form", help="csv, jsonl, parquet or xlsx; that of the file's name otherwise.")
@path_option("-o", "--output", metavar="FILE", help="Where to write it; else it is printed.")
@window
@db_option
@now_option
def export_command(
    what: str, about: tuple[str, ...], form: str | None, output: Path | None, **asked: Any
) -> None:
    """Write an answer to a file: claims, history SUBJECT, prices, movers METRIC, leaders METRIC, revisions,
    conflicts, outcomes, checks or candidates; or `atom`, a feed of the newest claims.
    """
    from beatbook.exports import write

    write(asked.pop("db"), what, about, form, output, **asked)
