"""Commands that hold claims against each other: revisions, conflicts, outcomes, checks."""

from pathlib import Path
from typing import Any

import click

from beatbook.answers import answer
from beatbook.options import now_option, path_option, question


@click.command("revisions")
@question
@now_option
def revisions_command(**asked: Any) -> None:
    """Show where one source gave a new figure for the same subject, metric and period."""
    from store.compare import revisions

    answer("revisions", revisions, title="Revisions", **asked)


@click.command("conflicts")
@path_option("--rates", metavar="FILE", help="Exchange rates, so that currencies are compared as well.")
@question
@now_option
def conflicts_command(rates: Path | None, **asked: Any) -> None:
    """Show where sources disagree, and what would nearly explain it."""
    from store.compare import conflicts
    from store.rates import load_rates

    known = load_rates(rates) if rates else None
    answer(
        "conflicts",
        lambda db, **window: conflicts(db, rates=known, **window),
        title="Conflicts",
        **asked,
    )


@click.command("outcomes")
@click.option("--scoreboard", is_flag=True, help="How each source did: number, median error, bias.")
@question
@now_option
def outcomes_command(scoreboard: bool, **asked: Any) -> None:
    """Hold forecasts and targets whose period is over against what was reported."""
    from store.compare import outcomes, scoreboard_of

    today = asked["now"].date()

    def ask(db: Any, **window: Any) -> Any:
        found = outcomes(db, now=today, **window)
        return scoreboard_of(found) if scoreboard else found

    kind = "scoreboard" if scoreboard else "outcomes"
    answer(kind, ask, title=kind.capitalize(), **asked)


@click.command("checks")
@question
@now_option
def checks_command(**asked: Any) -> None:
    """Show arithmetic that does not hold, shares above 100% and slips of a unit."""
    from store.compare import checks

    answer("checks", checks, title="Checks", **asked)
