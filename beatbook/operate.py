"""For who runs it: what is due, a loop that crawls it, and how it all stands."""

import json
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import click

from beatbook.output import emit
from beatbook.schedule import Turn, cron_line, interval_of, step, systemd_units, turns
from crawler.errors import BeatbookError, InputError
from crawler.outcome import Outcome
from crawler.policy import broken_expectations
from crawler.sources import DEFAULT_FILE, Source, load_sources
from store.schema import open_db
from store.status import SourceStatus, Status, status

QUIET = 7
"""A source is quiet when it gave nothing new for so many of its intervals, a week at least."""


def last_runs(db: Path) -> dict[str, str]:
    """When each source was last begun, as ISO date-times; nothing where there is no database yet."""
    if not db.exists():
        return {}
    with open_db(db) as store:
        return {source.source: source.started for source in status(store).sources if source.started}


def show_schedule(
    sources: Path | None,
    db: Path,
    user_agent: str | None,
    now: datetime,
    *,
    cron: bool,
    systemd: Path | None,
    form: str,
) -> None:
    """Prints when each source is due; with ``cron`` a crontab line, with ``systemd`` units into that
    folder."""
    chosen = load_sources(sources or DEFAULT_FILE)
    command = schedule_command(sources, db, user_agent)
    if cron:
        click.echo(cron_line(command, Path.cwd(), step(chosen)))
    if systemd is not None:
        write_units(systemd, systemd_units(command, Path.cwd(), step(chosen)))
    if not cron and systemd is None:
        emit(
            turns(chosen, last_runs(db), now),
            form,
            headings=("source", "every", "last", "next", "due"),
            cells=lambda turn: (turn.source, turn.interval, turn.last, turn.at, "due" if turn.due else ""),
            title="Schedule",
        )


def schedule_command(sources: Path | None, db: Path, user_agent: str | None = None) -> list[str]:
    """The command that cron or systemd runs, with absolute paths, so that it does not depend on a shell's."""
    here = shutil.which("beatbook", path=str(Path(sys.executable).parent)) or shutil.which("beatbook")
    program = [here] if here else [sys.executable, "-m", "beatbook"]
    file = ["--sources", str(sources.absolute())] if sources else []
    agent = ["--user-agent", user_agent] if user_agent else []
    return [*program, "schedule", *file, "--db", str(db.absolute()), *agent, "run", "--once"]


def write_units(folder: Path, units: dict[str, str]) -> None:
    """Writes systemd units and says how to start them. Raises InputError where the folder cannot be
    written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            (folder / name).write_text(text, encoding="utf-8")
            click.echo(str(folder / name))
    except OSError as error:
        raise InputError(folder, error.strerror or str(error)) from error
    click.echo("Start them with: systemctl enable --now beatbook.timer", err=True)


def run(
    sources: Path | None,
    db: Path,
    vocabulary: tuple[Path, ...],
    alerts: Path | None,
    user_agent: str | None = None,
    *,
    once: bool,
) -> int:
    """Crawls each source when it is due, until SIGTERM or SIGINT (with ``once``: what is due now).

    Returns the exit status: 1 where a crawl listed failures, else 0. An error of one round is told and the
    next round tries again, but with ``once`` it is raised.
    """
    from beatbook.alerts import load_rules, send_new
    from beatbook.collect import collect
    from beatbook.reader import Reader

    chosen = load_sources(sources or DEFAULT_FILE)
    rules = load_rules(alerts) if alerts else ()
    reader = Reader(vocabulary)
    _ = reader.words
    failed = False

    def crawl_due(due: Sequence[Source]) -> None:
        nonlocal failed
        now = datetime.now(UTC)
        with open_db(db, create=True) as store:
            crawled = collect(store, due, reader, now=now, user_agent=user_agent)
            crawled.show()
            failed = failed or crawled.failed
            if rules:
                failed = not send_new(store, rules, now) or failed

    if once:
        due = _due(chosen, db, datetime.now(UTC))
        if due:
            crawl_due(due)
        return int(failed)
    return int(_until_stopped(lambda: crawl_due(_due(chosen, db, datetime.now(UTC))), chosen, db) or failed)


def _due(sources: Sequence[Source], db: Path, now: datetime) -> list[Source]:
    names = {turn.source for turn in turns(sources, last_runs(db), now) if turn.due}
    return [source for source in sources if source.id in names]


def _until_stopped(work: Callable[[], None], sources: Sequence[Source], db: Path) -> bool:
    """Does the work whenever a source is due; returns whether a round ended in an error."""
    stop = Event()
    failed = False
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        while not stop.is_set():
            try:
                if _due(sources, db, datetime.now(UTC)):
                    work()
            except BeatbookError as error:
                failed = True
                click.echo(str(error), err=True)
                stop.wait(60)
                continue
            stop.wait(wait_for(turns(sources, last_runs(db), datetime.now(UTC)), datetime.now(UTC)))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return failed


def wait_for(planned: Sequence[Turn], now: datetime) -> float:
    """Seconds until the next turn, a second at least and an hour at most. Pure."""
    if not planned:
        return 3600.0
    until = (datetime.fromisoformat(planned[0].at) - now).total_seconds()
    return min(3600.0, max(1.0, until))


def show_status(db: Path, sources: Path | None, now: datetime, *, check: bool, form: str) -> int:
    """Prints how a database stands. Returns the exit status: with ``check`` 1 where something is wrong."""
    with open_db(db) as store:
        found = status(store, check=check)
    configured = {source.id: source for source in load_sources(sources or DEFAULT_FILE)}
    found = replace(found, sources=tuple(judged(row, configured.get(row.source)) for row in found.sources))
    if check:
        problems = problems_of(found, configured, now)
        click.echo(json.dumps(verdict(found, problems), ensure_ascii=False))
        return int(bool(problems))
    if form == "json":
        emit([found], "json")
        return 0
    click.echo(
        f"{found.articles} articles in {found.stories} stories ({found.versions} versions),"
        f" {found.claims} claims about {found.subjects} subjects;"
        f" {found.pending} texts wait to be read; last seen {found.last_seen or '-'}"
    )
    if found.sources:
        emit(found.sources, "table", headings=HEADINGS, cells=_source, title="Sources, when last crawled")
    if found.quarantine:
        emit(
            found.quarantine,
            "table",
            headings=("page", "source", "last tried", "why", "failures", "next try"),
            cells=lambda page: (page.url, page.source, page.at, page.reason, page.failures, page.next_try),
            title="Pages that failed",
        )
        if (more := sum(source.failing for source in found.sources) - len(found.quarantine)) > 0:
            click.echo(f"and {more} more")
    return 0


HEADINGS = (
    "source",
    "begun",
    "found",
    "fetched",
    "new",
    "changed",
    "unchanged",
    "skipped",
    "failed",
    "remarks",
)


def _source(row: SourceStatus) -> tuple[Any, ...]:
    skipped = ", ".join(f"{count} {reason}" for reason, count in sorted(row.skipped.items()))
    failed = ", ".join(f"{count} {reason}" for reason, count in sorted(row.failures.items()))
    unended = "not ended" if row.started and row.ended is None else None
    remarks = [row.error, *row.problems, "interrupted" if row.interrupted else unended]
    counts = (row.found, row.fetched, row.new, row.changed, row.unchanged)
    told = "; ".join(remark for remark in remarks if remark)
    return (row.source, (row.started or "never")[:16], *counts, skipped or 0, failed or 0, told or None)


def judged(row: SourceStatus, source: Source | None) -> SourceStatus:
    """The row with the problems of the last day that could tell. A run that read no article says nothing of
    the layout, and the one before it must not be forgotten for that. Pure."""
    if source is None:
        return row
    told = Outcome(row.source, filled=row.filled, per_day=row.per_day)
    return replace(row, problems=broken_expectations(source, told))


def problems_of(found: Status, configured: Mapping[str, Source], now: datetime) -> list[str]:
    """What monitoring has to know, a sentence each, the subject first. Pure."""
    problems = [] if found.integrity in ("ok", "not checked") else [f"database: {found.integrity}"]
    for source in found.sources:
        name = source.source
        if source.error:
            problems.append(f"{name}: {source.error}")
        problems += [f"{name}: {problem}" for problem in source.problems]
        known = configured.get(name)
        if known is None or source.started is None:
            continue
        interval = interval_of(known)
        patience = max(QUIET * interval, timedelta(days=7))
        begun, new = (_moment(source.started), _moment(source.last_article or source.started))
        if now - begun > 2 * interval + timedelta(hours=1):
            problems.append(f"{name}: not crawled since {source.started}")
        if now - new > patience and known.kind != "page":  # a watched page stays as it is for months
            problems.append(f"{name}: nothing new since {source.last_article or source.started}")
        if source.ended is None and now - begun > timedelta(days=1):
            problems.append(f"{name}: its last run never ended")
    return problems


def _moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def verdict(found: Status, problems: Sequence[str]) -> dict[str, Any]:
    """The one line that monitoring reads."""
    errors = [source for source in found.sources if source.error]
    last = max(errors, key=lambda source: source.started or "", default=None)
    return {
        "ok": not problems,
        "problems": list(problems),
        "articles": found.articles,
        "claims": found.claims,
        "pending": found.pending,
        "last_seen": found.last_seen,
        "last_error": f"{last.source}: {last.error}" if last else None,
        "integrity": found.integrity,
    }
