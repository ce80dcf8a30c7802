"""Commands that read files and touch no database: extract and read."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from beatbook.failures import Failures
from beatbook.options import Day, format_option, now_option, paths_argument, vocabulary_option


@click.command("extract")
@paths_argument
@click.option("--published", type=Day(), help="The day of publication, for articles that give none.")
@click.option(
    "--layer",
    type=click.Choice(["claims", "names", "quantities", "periods"]),
    default="claims",
    show_default=True,
    help="What to print.",
)
@format_option("table", "jsonl", "html")
@click.option("--explain", is_flag=True, help="Also say which cues and rules made each claim.")
@vocabulary_option
@now_option
def extract_command(
    paths: tuple[Path, ...],
    published: date | None,
    layer: str,
    form: str,
    explain: bool,
    vocabulary: tuple[Path, ...],
    now: datetime,
) -> None:
    """Print the claims that articles make.

    PATH is a .txt, .md, .html, .json, .jsonl or .warc(.gz) file, or a folder of them. No database is touched.
    """
    from beatbook.extraction import extracted, show

    failures = Failures()
    found = extracted(
        paths, layer=layer, published=published, vocabulary=vocabulary, failures=failures, today=now.date()
    )
    show(found, form, layer=layer, explain=explain)
    failures.close()


@click.command("read")
@paths_argument
@click.option("--url", help="The address of the saved page.")
@format_option("jsonl", "text")
def read_command(paths: tuple[Path, ...], url: str | None, form: str) -> None:
    """Print the article that a saved page holds: title, authors, dates, text and tables."""
    failures = Failures()
    for line in _read(paths, url, form, failures):
        click.echo(line)
    failures.close()


def _read(paths: tuple[Path, ...], url: str | None, form: str, failures: Failures) -> Iterator[str]:
    from beatbook.ingest import articles
    from beatbook.output import plain
    from crawler.errors import BeatbookError, PageError

    for name, article in articles(paths, url=url):
        failures.count(article)
        if not isinstance(article, BeatbookError):
            fields = plain(article)
            del fields["source"]
            fields["url"] = article.url or name
            yield json.dumps(fields, ensure_ascii=False) if form == "jsonl" else _prose(article)
        elif isinstance(article, PageError) and form == "jsonl":
            yield json.dumps({"url": url or name, "error": article.message}, ensure_ascii=False)


def _prose(article: Any) -> str:
    about = (article.site, ", ".join(article.authors), article.published, article.url)
    head = [article.title, " · ".join(part for part in about if part)]
    return "\n\n".join([*(part for part in head if part), article.text, ""])
