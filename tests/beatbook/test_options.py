"""Days and ages as they are typed."""

from datetime import UTC, datetime, timedelta, timezone

import click
import pytest
from click.testing import CliRunner

from beatbook.options import Moment, moment, now_option

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", NOW - timedelta(days=7)),
        ("36h", NOW - timedelta(hours=36)),
        ("2W", NOW - timedelta(weeks=2)),
        ("1y", NOW - timedelta(days=365)),
        ("2026-03-09", datetime(2026, 3, 9, tzinfo=UTC)),
        ("2026-03-09T08:00:00+02:00", datetime(2026, 3, 9, 8, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_moment(text: str, expected: datetime) -> None:
    assert moment(text, NOW) == expected


@pytest.mark.parametrize("text", ["", "soon", "7", "2026-13-01", "d7", "99999999999y", "-3d"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        moment(text, NOW)


def test_an_age_counts_back_from_the_day_of_the_run() -> None:
    @click.command()
    @click.option("--since", type=Moment())
    @now_option
    def ask(since: datetime, now: datetime) -> None:
        click.echo((now - since).days)

    for order in (["--since", "7d", "--now", "2026-03-30"], ["--now", "2026-03-30", "--since", "7d"]):
        assert CliRunner().invoke(ask, order).stdout == "7\n"
