"""Commands that ask the database one thing: history, prices, movers, leaders, claims, search."""

from pathlib import Path
from typing import Any

import click

from beatbook.answers import answer
from beatbook.options import chart_option, now_option, path_option, question

CLAIM_FILTERS = (
    ("--subject", "A subject by any of its names."),
    ("--metric", "A metric, such as tokens or price_input."),
    ("--kind", "level, change, rank or event."),
    ("--unit", "A unit, such as USD/1M tokens or percent."),
    ("--per", "The time base of a flow, such as week."),
    ("--scope", "The words that narrow what is counted."),
    ("--basis", "What a change is against: dod, wow, mom, qoq or yoy."),
    ("--direction", "up, down or flat."),
    ("--qualifier", "about, nearly, over, under, at_least or up_to."),
    ("--modality", "reported, forecast, target, plan or rumor."),
    ("--source", "Who is credited, or the outlet where nobody is."),
    ("--site", "The outlet."),
    ("--url", "The address of the article."),
    ("--field", "text or title."),
    ("--period-start", "First day of the period, as in 2026-03-09."),
    ("--period-end", "Last day of the period."),
)


@click.command("history")
@click.argument("subject")
@click.argument("metric", required=False)
@question
@chart_option
@now_option
def history_command(subject: str, metric: str | None, **asked: Any) -> None:
    """Show how a figure of SUBJECT moved: the series by period, each point with its evidence."""
    from store.query import history

    title = f"{subject}: {metric}" if metric else subject
    answer("history", lambda db, **window: history(db, subject, metric, **window), title=title, **asked)


@click.command("prices")
@click.argument("subject", required=False)
@path_option("--rates", metavar="FILE", help="Exchange rates in the European Central Bank's CSV format.")
@click.option("--currency", default="USD", show_default=True, help="The currency that --rates convert to.")
@click.option("--reference", is_flag=True, help="Compare with the public list of the package genai-prices.")
@question
@chart_option
@now_option
def prices_command(
    subject: str | None, rates: Path | None, currency: str, reference: bool, **asked: Any
) -> None:
    """Show prices over time: from when to when each held, what holds now, what is announced."""
    title = f"Prices of {subject}" if subject else "Prices"
    today = asked["now"].date()
    if reference:
        from store.reference import reference as compared

        answer(
            "reference",
            lambda db, **window: compared(db, subject, now=today, **window),
            title=f"{title} against the public list",
            **asked,
        )
        return
    from store.query import prices
    from store.rates import load_rates

    known = load_rates(rates) if rates else None
    answer(
        "prices",
        lambda db, **window: prices(db, subject, now=today, rates=known, currency=currency, **window),
        title=title,
        **asked,
    )


@click.command("movers")
@click.argument("metric")
@click.option("--subject", help="Only this subject, of a vendor its models too.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@question
@chart_option
@now_option
def movers_command(metric: str, subject: str | None, limit: int, **asked: Any) -> None:
    """Show the largest changes of METRIC, stated or between neighbouring reported levels."""
    from store.query import movers

    answer(
        "movers",
        lambda db, **window: movers(db, metric, limit=limit, **window),
        title=f"Movers: {metric}",
        **asked,
    )


@click.command("leaders")
@click.argument("metric")
@click.option("--period", type=click.Choice(["week", "month"]), default="week", show_default=True)
@click.option("--scope", help="Only figures of this scope.")
@question
@chart_option
@now_option
def leaders_command(metric: str, period: str, scope: str | None, **asked: Any) -> None:
    """Rank subjects by METRIC, with the places that each won or lost."""
    from store.query import leaders

    answer(
        "leaders",
        lambda db, **window: leaders(db, metric, period=period, scope=scope, **window),
        title=f"Leaders by {metric}, by {period}",
        **asked,
    )


def _claim_filters(command: Any) -> Any:
    for name, words in reversed(CLAIM_FILTERS):
        command = click.option(name, help=words)(command)
    return command


@click.command("claims")
@_claim_filters
@click.option("--value", type=float, help="A value, give or take half a percent.")
@click.option("--min-value", type=float)
@click.option("--max-value", type=float)
@click.option("--negated/--affirmed", default=None, help="Only what is denied, or only what is asserted.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="How many at most, the newest first.",
)
@question
@now_option
def claims_command(limit: int, **asked: Any) -> None:
    """List claims, the newest first, filtered by any of their fields."""
    from store.query import claims

    texts = (name[2:].replace("-", "_") for name, _ in CLAIM_FILTERS)
    own = ("value", "min_value", "max_value", "negated", "min_confidence", *texts)
    filters = {name: asked.pop(name) for name in own}
    answer(
        "claims", lambda db, **window: claims(db, limit=limit, **filters, **window), title="Claims", **asked
    )


@click.command("search")
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many articles at most."
)
@question
@now_option
def search_command(text: str, limit: int, **asked: Any) -> None:
    """Search articles and their claims in full text, the best match first."""
    from store.query import search

    answer(
        "search",
        lambda db, **window: search(db, text, limit=limit, **window),
        title=f"Search: {text}",
        **asked,
    )
