"""Sources found, written down and checked: what `beatbook sources` does."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from beatbook.output import emit
from crawler.discover import Check, Proposal, check, discover, toml_entry
from crawler.engine import USER_AGENT
from crawler.errors import InputError, SourceError
from crawler.sources import DEFAULT_FILE, choose, load_sources, parse_sources


def add(url: str, file: Path, *, write: bool, user_agent: str | None = None) -> str:
    """Finds the feeds and sitemaps of a site and appends the best one to ``file``; returns the entry.

    The others are told on standard error. Raises SourceError where nothing is found or the source is there
    already, InputError where the file cannot be written.
    """
    best, *others = discover(url, user_agent=user_agent or USER_AGENT)
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    if before:
        known = parse_sources(before, str(file))
        if any(source.url == best.source.url for source in known):
            raise SourceError(best.source.url, f"is in {file} already")
    entry = toml_entry(best.source)
    text = f"{before.rstrip()}\n\n{entry}" if before.strip() else entry
    parse_sources(text, str(file))  # an id that is taken is found before anything is written
    click.echo(f"{best.source.url}: {_listed(best)}", err=True)
    for other in others:
        click.echo(f"also there: {other.source.kind} {other.source.url} ({_listed(other)})", err=True)
    if write:
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(file, error.strerror or str(error)) from error
    return entry.rstrip()


def _listed(proposal: Proposal) -> str:
    return f"{proposal.entries} entries, {proposal.dated} of them dated"


def show_checks(
    names: tuple[str, ...], file: Path | None, now: datetime, user_agent: str | None = None
) -> int:
    """Fetches one page of each source and prints what it held. Returns the exit status: 0 where all were
    good, 1 where some were, else 2."""
    chosen = choose(load_sources(file or DEFAULT_FILE), names)
    checks = check(chosen, now, user_agent=user_agent or USER_AGENT)
    emit(
        checks,
        "table",
        headings=("source", "listed", "page", "title", "published", "missing", "verdict"),
        cells=_cells,
    )
    good = sum(one.ok for one in checks)
    return 0 if good == len(checks) else 1 if good else 2


def _cells(one: Check) -> tuple[Any, ...]:
    article = one.article
    pages = [fetch.reason for fetch in one.fetches if article is None and fetch.reason != "index"]
    reasons = [one.outcome.error, *pages]
    why = "; ".join(dict.fromkeys(reason for reason in reasons if reason))
    return (
        one.source.id,
        one.outcome.found,
        article.url if article else None,
        article.title if article else None,
        article.published if article else None,
        ", ".join(one.missing) or None,
        "good" if one.ok else why or ("fields are missing" if article else "no page was read"),
    )
