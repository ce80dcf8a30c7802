"""From a question on the command line to its answer: open the database, ask, print, draw."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from beatbook.output import emit
from beatbook.views import VIEWS

Ask = Callable[..., Sequence[Any]]


def answer(
    kind: str,
    ask: Ask,
    *,
    db: Path,
    since: date | None,
    until: date | None,
    as_of: date | None,
    form: str,
    now: datetime,
    title: str,
    chart: Path | None = None,
) -> None:
    """Asks the database at ``db`` and shows the answer as the view ``kind``.

    ``ask`` is called with the open database and the window (``since``, ``until``, ``as_of``: days or null).
    """
    from store.schema import open_db

    with open_db(db) as store:
        rows = ask(store, since=since, until=until, as_of=as_of)
    view = VIEWS[kind]
    emit(
        rows,
        form,
        headings=view.headings,
        cells=view.cells,
        evidence=view.evidence,
        fields=view.fields,
        title=title,
    )
    if chart is not None:
        from beatbook import charts

        charts.save(charts.chart(rows, title, as_of or now.date()), chart)
        click.echo(f"{chart}: drawn", err=True)
