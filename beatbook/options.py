"""The options that many commands share, and the types they are read with."""

import functools
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from beatbook.output import FORMATS

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_DB = "beatbook.db"
AGE = re.compile(r"(\d+)\s*([hdwmy])")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def moment(text: str, now: datetime) -> datetime:
    """Reads a day (``2026-03-09``), a date-time, or an age before ``now`` (``36h``, ``7d``, ``2w``, ``3m``,
    ``1y``).

    A moment without a zone is in UTC. Raises ValueError for anything else.
    """
    if age := AGE.fullmatch(text.strip().lower()):
        number, unit = int(age[1]), age[2]
        try:
            return now - (timedelta(hours=number) if unit == "h" else timedelta(days=number * DAYS[unit]))
        except OverflowError:
            raise ValueError(text) from None
    read = datetime.fromisoformat(text.strip())
    return read if read.tzinfo else read.replace(tzinfo=UTC)


class Moment(click.ParamType["datetime | None", Any]):
    """A day or an age, as the type of an option; the value is a date-time with a zone."""

    name = "DAY|AGE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        try:
            given = (
                ctx.params.get("now") if ctx is not None else None
            )  # click has a mark of its own for unset
            return moment(str(value), given if isinstance(given, datetime) else datetime.now(UTC))
        except ValueError:
            self.fail(f"{value!r} is neither a day such as 2026-03-09 nor an age such as 7d", param, ctx)


class Day(Moment):
    """The same, as a date."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        read = super().convert(value, param, ctx)
        return read and read.date()


def path_option(*names: str, **settings: Any) -> Callable[[F], F]:
    """An option that is a path; whether it can be read is for the library to say."""
    return click.option(*names, type=click.Path(path_type=Path), **settings)


paths_argument = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)

db_option = path_option(
    "--db",
    default=DEFAULT_DB,
    show_default=True,
    envvar="BEATBOOK_DB",
    help="The database (also $BEATBOOK_DB).",
)


def _agent(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[!-~]+( [!-~]+)*", value):
        raise click.BadParameter(f"{value!r} cannot be sent: printable ASCII is wanted", ctx, param)
    return value


user_agent_option = click.option(
    "--user-agent",
    metavar="TEXT",
    envvar="BEATBOOK_USER_AGENT",
    callback=_agent,
    help="Who asks: a name and how a webmaster reaches you (also $BEATBOOK_USER_AGENT).",
)

vocabulary_option = path_option(
    "--vocabulary",
    multiple=True,
    metavar="FILE",
    help="A TOML file of your own words, beside those built in.",
)


def format_option(*formats: str) -> Callable[[F], F]:
    """``--format`` with the first of ``formats`` as the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print it.",
    )


def window(command: F) -> F:
    """The days that an answer is about, and as of which."""
    for option in (
        click.option("--as-of", type=Day(), help="What was known at the end of that day."),
        click.option("--until", type=Day(), help="Nothing said after this day."),
        click.option("--since", type=Day(), help="Nothing said before this day; an age such as 7d will do."),
    ):
        command = option(command)
    return command


def question(command: F) -> F:
    """The options of every command that asks the database something."""
    return db_option(window(format_option(*FORMATS)(command)))


chart_option = path_option("--chart", metavar="FILE.png|svg|html", help="Also draw it.")


def now_option(command: F) -> F:
    """A hidden ``--now``, so that a run can be repeated as of another day."""

    @click.option("--now", type=Moment(), hidden=True, is_eager=True)  # ages count back from it
    @functools.wraps(command)
    def wrapper(*args: Any, now: datetime | None, **kwargs: Any) -> Any:
        return command(*args, now=now or datetime.now(UTC), **kwargs)

    return wrapper  # type: ignore[return-value]
