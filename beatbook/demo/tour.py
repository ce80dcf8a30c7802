"""The tour: the sample site crawled edition by edition, each on its own date, through the code of the live
web."""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from beatbook.collect import Crawled, collect
from beatbook.demo.server import SampleSite, serving
from beatbook.demo.site import editions, sources_toml
from beatbook.output import emit
from beatbook.reader import Reader
from beatbook.views import VIEWS
from crawler.sources import load_sources
from store.schema import Store, open_db

VOCABULARY = Path(__file__).with_name("vocabulary.toml")
MODEL, METRIC = "Halcyon 3", "tokens"
DATABASE, CHART = "demo.db", "prices.png"


def evening(edition: date) -> datetime:
    """The moment at which an edition is crawled: late enough for all that was published on its day."""
    return datetime.combine(edition, datetime.min.time(), UTC) + timedelta(hours=22)


def tour(out: Path) -> None:
    """Makes the database and the chart in the folder ``out`` and prints what they show."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / DATABASE
    for old in out.glob(f"{DATABASE}*"):
        old.unlink()
    begun = time.monotonic()
    with open_db(path, create=True) as db:
        with serving() as site:
            crawled = crawl_editions(db, site, out)
        click.echo(f"\nRead in {time.monotonic() - begun:.0f} s, each edition on its own date:")
        _read(crawled)
        _answers(db, out, editions()[-1])
    # Called by its path where it was, as `make demo` does, so that the command can be copied as it stands.
    called = sys.argv[0] if Path(sys.argv[0]).name == "beatbook" else "beatbook"
    click.echo(
        f"\nThe chart of these prices is {out / CHART}. See it all in the browser with\n\n"
        f"    {called} browse --db {path}\n\n(or `make browse`); ask for more with, say,\n\n"
        f"    {called} history 'Baiyun-4' tokens --db {path}"
    )


def crawl_editions(db: Store, site: SampleSite, out: Path) -> list[tuple[date, Crawled]]:
    """Crawls each edition on its evening; the sources file stays in ``out`` to be looked at."""
    file = out / "sources.toml"
    file.write_text(sources_toml(site.root), encoding="utf-8")
    sources, reader = load_sources(file), Reader((VOCABULARY,))
    crawled = []
    for edition in editions():
        site.turn_to(edition)
        crawled.append((edition, collect(db, sources, reader, now=evening(edition))))
    return crawled


def _read(crawled: list[tuple[date, Crawled]]) -> None:
    emit(
        crawled,
        "table",
        headings=("edition", "found", "new", "changed", "unchanged", "skipped", "failed", "why"),
        cells=_edition,
        evidence=lambda row: (),
    )


def _edition(row: tuple[date, Crawled]) -> tuple[Any, ...]:
    edition, crawled = row
    totals = [
        sum(getattr(outcome, name) for outcome in crawled.outcomes)
        for name in ("found", "new", "changed", "unchanged")
    ]
    skipped = sum(sum(outcome.skipped.values()) for outcome in crawled.outcomes)
    failed = sum(outcome.failed for outcome in crawled.outcomes)
    why = sorted({reason for o in crawled.outcomes for reason in (*o.skipped, *o.failures)})
    return (edition, *totals, skipped, failed, ", ".join(why))


def _answers(db: Store, out: Path, last: date) -> None:
    from beatbook import charts
    from store.query import leaders, prices

    history = prices(db, MODEL)
    _show("prices", history, f"What {MODEL} costs")
    _show("leaders", _latest(leaders(db, METRIC, period="week")), "Tokens processed, the last week")
    charts.save(charts.chart(history, f"What {MODEL} costs", last), out / CHART)


def _latest(rows: Any) -> list[Any]:
    end = max((row.period_end for row in rows), default=None)
    return [row for row in rows if row.period_end == end]


def _show(kind: str, rows: Any, title: str) -> None:
    view = VIEWS[kind]
    emit(rows, "table", headings=view.headings, cells=view.cells, evidence=view.evidence, title=title)
