"""Commands that hold claims against each other: revisions, conflicts, outcomes, checks."""

from typing import Any

import click

from beatbook.answers import answer
from beatbook.options import now_option, question


@click.command("revisions")
@question
@now_option
def revisions_command(**asked: Any) -> None:
    """Show where one source gave a new figure for the same subject, metric and period."""
    from store.compare import revisions

    answer("revisions", revisions, title="Revisions", **asked)


@click.command("conflicts")
@question
@now_option
def conflicts_command(**asked: Any) -> None:
    """Show where sources disagree, and what would nearly explain it."""
    from store.compare import conflicts

    answer("conflicts", conflicts, title="Conflicts", **asked)


@click.command("outcomes")
@click.option("--scoreboard", is_flag=True, help="How each source did: number, median error, bias.")
@question
@now_option
def outcomes_command(scoreboard: bool, **asked: Any) -> None:
    """Hold forecasts and targets whose period is over against what was reported."""
    from store.compare import outcomes, scoreboard_of

    now = asked["now"].date()
    if scoreboard:
        answer(
            "scoreboard",
            lambda db, **window: scoreboard_of(outcomes(db, now=now, **window)),
            title="Scoreboard",
            **asked,
        )
    else:
        answer("outcomes", lambda db, **window: outcomes(db, now=now, **window), title="Outcomes", **asked)


@click.command("checks")
@question
@now_option
def checks_command(**asked: Any) -> None:
    """Show arithmetic that does not hold, shares above 100% and slips of a unit."""
    from store.compare import checks

    answer("checks", checks, title="Checks", **asked)
