"""What `beatbook extract` prints: the claims of articles, or what one layer marked in them. No database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from beatbook.failures import Failures
from beatbook.ingest import articles
from beatbook.output import plain
from beatbook.reader import Reader
from crawler.article import Article
from extract.records import Claim

Found = tuple[str, Article, Sequence[Any]]
"""The name of an article, the article, and the records that a layer found in it, in the order of the text."""

CLAIM_FIELDS = (
    "subject",
    "metric",
    "kind",
    "value",
    "value_high",
    "unit",
    "previous",
    "direction",
    "qualifier",
    "per",
    "scope",
    "basis",
    "period",
    "modality",
    "negated",
    "source",
    "quote",
    "sentence",
    "field",
    "start",
    "end",
    "confidence",
    "rounding",
)
"""The fields of a claim as it is printed, those of the definition first."""


def extracted(
    paths: Sequence[Path],
    *,
    layer: str = "claims",
    published: date | None = None,
    vocabulary: tuple[Path, ...] = (),
    failures: Failures,
    today: date,
) -> Iterator[Found]:
    """Reads every article of ``paths`` and gives what ``layer`` finds in it; what cannot be read is counted.

    ``published`` is the day of articles that give none, ``today`` stands in where that is not known either.
    """
    reader = Reader(vocabulary)
    _ = reader.words  # a wrong vocabulary file ends the command before any article is read
    for name, article in articles(paths, now=today):
        failures.count(article)
        if isinstance(article, Article):
            if published and not article.published:
                article = replace(article, published=published.isoformat())
            yield name, article, _layer(reader, layer, article, published or today)


def _layer(reader: Reader, layer: str, article: Article, now: date) -> Sequence[Any]:
    if layer == "claims":
        return reader.read(article, now)[0]
    marked = reader.marked(article, now)
    found: Sequence[Any] = getattr(marked, "mentions" if layer == "names" else layer)
    return found


def show(found: Iterator[Found], form: str, *, layer: str, explain: bool) -> None:
    """Prints what ``extracted`` gives, article by article as it comes."""
    if form == "jsonl":
        for name, _, records in found:
            for record in records:
                click.echo(json.dumps({"article": name, **fields_of(record, explain)}, ensure_ascii=False))
    elif form == "html" and layer == "claims":
        from beatbook.evidence import page

        click.echo(page(found, explain=explain))
    elif form == "html":
        raise click.UsageError("--format html shows claims, not a layer", click.get_current_context())
    else:
        _tables(found, layer, explain)


def fields_of(record: Any, explain: bool) -> dict[str, Any]:
    """A record as it is printed: plain values under the names of the public contract."""
    if isinstance(record, Claim):
        names = (*CLAIM_FIELDS, "rules") if explain else CLAIM_FIELDS
        return {name: plain(getattr(record, name)) for name in names}
    return plain(record)  # type: ignore[no-any-return]


def _tables(found: Iterator[Found], layer: str, explain: bool) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from beatbook.output import stdout_console
    from beatbook.wording import period, said

    console = stdout_console()
    for name, article, records in found:
        console.print(Text(article.title or name, style="bold"))
        about = (article.site, (article.published or "")[:10], article.url, name if article.title else None)
        console.print(Text(" · ".join(part for part in about if part), style="dim"), soft_wrap=True)
        if layer == "claims":
            headings: tuple[str, ...] = ("claim", "about", "source", "sure", "sentence")
            rows: list[tuple[Any, ...]] = [
                (said(c), period(*c.period), c.source, f"{c.confidence:.2f}", " ".join(c.sentence.split()))
                for c in records
            ]
            if explain:
                headings = (*headings, "rules")
                rows = [(*row, ", ".join(c.rules)) for row, c in zip(rows, records, strict=True)]
        else:
            headings = tuple(field.name for field in fields(records[0])) if records else ()
            rows = [tuple(plain(record).values()) for record in records]
        if not rows:
            console.print("nothing found\n")
            continue
        table = Table(*headings, box=SIMPLE_HEAD, header_style="bold")
        for row in rows:
            table.add_row(*(Text("-" if value is None else str(value)) for value in row))
        console.print(table)
