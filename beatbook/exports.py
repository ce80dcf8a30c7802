"""Answers as files for other programs: CSV, JSON Lines, Parquet, XLSX, and new claims as an Atom feed."""

import io
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from beatbook.wording import said
from crawler.errors import InputError
from store import compare, export, query
from store.schema import Store, open_db

ALL = 10_000_000
FEED = 200
"""Claims in a feed."""

Ask = Callable[..., Any]

WHAT: Mapping[str, Ask] = {
    "claims": partial(query.claims, limit=ALL),
    "history": query.history,
    "prices": query.prices,
    "movers": partial(query.movers, limit=ALL),
    "leaders": query.leaders,
    "revisions": compare.revisions,
    "conflicts": compare.conflicts,
    "outcomes": compare.outcomes,
    "checks": compare.checks,
    "candidates": partial(query.candidates, limit=ALL),
}
"""What can be written, and the library function that answers it."""

NEEDS = {"history": "subject", "movers": "metric", "leaders": "metric"}
"""The argument that an answer cannot do without."""


def write(
    db: Path,
    what: str,
    about: tuple[str, ...],
    form: str | None,
    output: Path | None,
    now: datetime,
    **window: Any,
) -> None:
    """Writes an answer. ``about`` are the arguments of the command of the same name (a subject, a metric).

    Raises InputError for what cannot be written so, or not there, and StoreError.
    """
    if what == "atom":
        with open_db(db) as store:
            _feed(store, output, now, window)
        return
    if what not in WHAT:
        raise InputError(what, f"is none of {', '.join([*WHAT, 'atom'])}")
    form = form or (output.suffix.lower().lstrip(".") if output else "csv")
    if form not in export.FORMATS:
        raise InputError(output or form, f"a format is one of {', '.join(export.FORMATS)}")
    if what in NEEDS and not about:
        raise InputError(what, f"needs a {NEEDS[what]}")
    with open_db(db) as store:
        rows = WHAT[what](store, *about, **_asked(what, window, now))
    _rows(rows, form, output, what)


def _asked(what: str, window: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if what == "candidates":
        return {}
    return {**window, "now": now.date()} if what in ("outcomes", "prices") else dict(window)


def _rows(rows: Any, form: str, output: Path | None, what: str) -> None:
    if form in ("xlsx", "parquet"):
        if output is None:
            raise InputError(form, "is no text to print; say -o FILE")
        export.write_xlsx(rows, output, what) if form == "xlsx" else export.write_parquet(rows, output)
        return
    writer = export.write_csv if form == "csv" else export.write_jsonl
    if output is None:
        writer(rows, sys.stdout)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            writer(rows, file)
    except OSError as error:
        raise InputError(output, error.strerror or str(error)) from error


def _feed(store: Store, output: Path | None, now: datetime, window: Mapping[str, Any]) -> None:
    feed = io.BytesIO()
    export.write_atom(query.claims(store, limit=FEED, **window), feed, now=now, headline=said)
    if output is None:
        sys.stdout.write(feed.getvalue().decode() + "\n")
        return
    try:
        output.write_bytes(feed.getvalue())
    except OSError as error:
        raise InputError(output, error.strerror or str(error)) from error
