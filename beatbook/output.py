"""Records on their way to a person or to another program: tables, JSON, JSON Lines and CSV."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from typing import Any

import click

FORMATS = ("table", "json", "jsonl", "csv")
Cells = Callable[[Any], tuple[Any, ...]]


def plain(value: Any) -> Any:
    """A record as dicts and lists of plain values, in the order of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields_of(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def emit(
    records: Iterable[Any],
    form: str,
    *,
    headings: Sequence[str] = (),
    cells: Cells = lambda record: tuple(plain(record).values()),
    evidence: Callable[[Any], Iterable[Any]] = lambda record: (),
    fields: Callable[[Any], Mapping[str, Any]] = plain,
    title: str | None = None,
    nothing: str = "nothing found",
) -> None:
    """Prints records in one of ``FORMATS``.

    ``headings`` and ``cells`` make the table; ``evidence`` gives the claims behind a record, which a table
    shows beneath itself: the sentence, the article's title, the day and the link. The other formats print
    ``fields``.
    """
    if form == "jsonl":
        for record in records:
            click.echo(json.dumps(fields(record), ensure_ascii=False))
        return
    rows = list(records)
    if form == "json":
        click.echo(json.dumps([fields(row) for row in rows], ensure_ascii=False, indent=2))
    elif form == "csv":
        from store.export import write_csv

        write_csv(rows, sys.stdout)
    elif not rows:
        click.echo(nothing)
    else:
        _table(rows, headings, cells, evidence, title)


def _table(
    rows: Sequence[Any],
    headings: Sequence[str],
    cells: Cells,
    evidence: Callable[[Any], Iterable[Any]],
    title: str | None,
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    notes: dict[str, int] = {}
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, header_style="bold")
    shown = [(cells(row), [note(claim) for claim in evidence(row)]) for row in rows]
    with_notes = any(marks for _, marks in shown)
    for heading in (*headings, *(["evidence"] if with_notes else [])):
        table.add_column(heading, overflow="fold")
    for values, told in shown:
        marks = " ".join(f"[{notes.setdefault(text, len(notes) + 1)}]" for text in dict.fromkeys(told))
        texts = [Text("-" if value is None else str(value)) for value in values]
        table.add_row(*texts, *([Text(marks)] if with_notes else []))
    console = stdout_console()
    console.print(table)
    for text, mark in notes.items():
        console.print(Text(f"[{mark}] {text}"), soft_wrap=True)


def note(claim: Any) -> str:
    """The evidence of a claim in one piece: “sentence” - article title, site, day, link."""
    day = (claim.published or claim.first_seen or "")[:10]
    about = ", ".join(part for part in (claim.title, claim.site, day, claim.url) if part)
    return f"“{' '.join(claim.sentence.split())}” - {about}"


def stdout_console() -> Any:
    """A rich console on standard output; a pipe is given lines that are wide enough for a table."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=160)


def progress(total: int | None, description: str) -> Any:
    """A rich progress bar on standard error, shown where that is a terminal. A context; its value has
    ``advance()``."""
    return _Bar(total, description)


class _Bar:
    def __init__(self, total: int | None, description: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._progress = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._task = self._progress.add_task(description, total=total)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def advance(self) -> None:
        self._progress.advance(self._task)
