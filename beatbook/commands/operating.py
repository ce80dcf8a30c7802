"""Commands for who runs it: sources, schedule, status."""

from datetime import datetime
from pathlib import Path

import click

from beatbook.commands.collecting import sources_option
from beatbook.options import (
    db_option,
    format_option,
    now_option,
    path_option,
    user_agent_option,
    vocabulary_option,
)


@click.group("sources")
def sources_command() -> None:
    """Find the feeds of a site, and check that sources still give what they are expected to."""


@sources_command.command("add")
@click.argument("url")
@path_option(
    "--sources", metavar="FILE", default="sources.toml", show_default=True, help="The file to add to."
)
@click.option("--dry-run", is_flag=True, help="Print the entry and write nothing.")
@user_agent_option
def add_command(url: str, sources: Path, dry_run: bool, user_agent: str | None) -> None:
    """Discover the feeds and sitemaps of the site at URL and add the best one as a source."""
    from beatbook.sources import add

    click.echo(add(url, sources, write=not dry_run, user_agent=user_agent))


@sources_command.command("check")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@sources_option
@user_agent_option
@now_option
def check_command(
    names: tuple[str, ...], sources: Path | None, user_agent: str | None, now: datetime
) -> None:
    """Fetch one page of each source and report what was found in it and what is missing."""
    from beatbook.sources import show_checks

    raise click.exceptions.Exit(show_checks(names, sources, now, user_agent))


@click.group("schedule", invoke_without_command=True)
@sources_option
@db_option
@user_agent_option
@click.option("--cron", is_flag=True, help="Print a line for crontab.")
@path_option("--systemd", metavar="DIR", help="Write a service and a timer for systemd into DIR.")
@format_option("table", "json", "jsonl", "csv")
@now_option
@click.pass_context
def schedule_command(
    ctx: click.Context,
    sources: Path | None,
    db: Path,
    user_agent: str | None,
    cron: bool,
    systemd: Path | None,
    form: str,
    now: datetime,
) -> None:
    """Show what is due, write it down for cron or systemd, or run it."""
    from beatbook.operate import show_schedule

    ctx.obj = (sources, db, user_agent)
    if ctx.invoked_subcommand is None:
        show_schedule(sources, db, user_agent, now, cron=cron, systemd=systemd, form=form)


@schedule_command.command("run")
@click.option("--once", is_flag=True, help="Crawl what is due and end.")
@vocabulary_option
@path_option("--alerts", metavar="FILE", help="Rules for alerts, looked at after each crawl.")
@click.pass_obj
def run_command(
    asked: tuple[Path | None, Path, str | None],
    once: bool,
    vocabulary: tuple[Path, ...],
    alerts: Path | None,
) -> None:
    """Stay in the foreground and crawl each source when it is due; ends in order on SIGTERM."""
    from beatbook.operate import run

    sources, db, user_agent = asked
    raise click.exceptions.Exit(run(sources, db, vocabulary, alerts, user_agent, once=once))


@click.command("status")
@db_option
@sources_option
@click.option(
    "--check", is_flag=True, help="For monitoring: one line of JSON, exit status 1 where something is wrong."
)
@format_option("table", "json")
@now_option
def status_command(db: Path, sources: Path | None, check: bool, form: str, now: datetime) -> None:
    """Show what the database holds and how each source did when it was last crawled."""
    from beatbook.operate import show_status

    raise click.exceptions.Exit(show_status(db, sources, now, check=check, form=form))


@click.command("alerts")
@click.argument("rules", type=click.Path(path_type=Path), metavar="RULES.toml")
@db_option
@now_option
def alerts_command(rules: Path, db: Path, now: datetime) -> None:
    """Send an alert of each new claim that a rule concerns, once. Needs the extra `alerts`.

    RULES.toml holds [[alert]] entries with `to` (Apprise addresses) and any of `subject`, `metric`,
    `direction` and `threshold`.
    """
    from beatbook.alerts import load_rules, send_new
    from store.schema import open_db

    loaded = load_rules(rules)
    with open_db(db) as store:
        delivered = send_new(store, loaded, now)
    raise click.exceptions.Exit(int(not delivered))
