"""What is due, and the lines and units that cron and systemd run."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatbook.operate import wait_for
from beatbook.schedule import STEPS, cron_line, step, systemd_units, turns, words
from crawler.sources import Source

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)


def source(name: str, hours: float | None) -> Source:
    interval = None if hours is None else timedelta(hours=hours)
    return Source(name, "feed", f"https://{name}.example/feed", interval=interval)


def test_a_run_that_starts_a_little_sooner_than_the_last_is_no_turn_lost() -> None:
    last = {"hourly": "2026-03-30T11:00:04+00:00", "daily": "2026-03-30T11:00:04+00:00"}
    (hourly, daily) = turns([source("hourly", 1), source("daily", 24)], last, NOW)
    assert (hourly.due, hourly.at) == (True, "2026-03-30T12:00:04+00:00")
    assert not daily.due
    (early,) = turns([source("hourly", 1)], last, NOW - timedelta(minutes=10))
    assert not early.due


def test_what_was_never_crawled_or_long_ago_is_due() -> None:
    sources = [source("new", 24), source("old", 6), source("fresh", 6), source("default", None)]
    last = {
        "old": "2026-03-30T05:00:00+00:00",
        "fresh": "2026-03-30T07:00:00+00:00",
        "default": "2026-03-30T05:59:00+00:00",
    }
    found = turns(sources, last, NOW)
    assert {turn.source: turn.due for turn in found} == {
        "new": True,
        "old": True,
        "fresh": False,
        "default": True,
    }
    assert found == sorted(found, key=lambda turn: turn.at)
    assert {turn.source: turn.interval for turn in found}["new"] == "1d"


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=5))
def test_nothing_waits_longer_than_its_interval_for_a_look(minutes: list[int]) -> None:
    sources = [source(f"s{n}", value / 60) for n, value in enumerate(minutes)]
    assert step(sources) <= max(1, min(minutes))
    assert step(sources) in STEPS


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0.5, "30m"), (1, "1h"), (6, "6h"), (24, "1d"), (36, "36h"), (168, "1w"), (1.5, "90m")],
)
def test_intervals_in_words(hours: float, text: str) -> None:
    assert words(timedelta(hours=hours)) == text


COMMAND = ["/opt/bea tbook/bin/beatbook", "schedule", "--db", "/data/50%.db", "run", "--once"]


@pytest.mark.parametrize(
    ("minutes", "when"),
    [(1, "* * * * *"), (15, "*/15 * * * *"), (60, "0 * * * *"), (360, "0 */6 * * *"), (1440, "0 6 * * *")],
)
def test_a_line_for_cron(minutes: int, when: str) -> None:
    line = cron_line(COMMAND, Path("/data"), minutes)
    assert line == f"{when} cd /data && '/opt/bea tbook/bin/beatbook' schedule --db /data/50\\%.db run --once"


def test_every_step_makes_a_line_of_five_fields() -> None:
    for minutes in STEPS:
        assert len(cron_line(["x"], Path("/"), minutes).split(" cd ")[0].split()) == 5


def test_units_escape_what_systemd_would_expand() -> None:
    service = systemd_units(COMMAND, Path("/data"), 15)["beatbook.service"]
    assert 'ExecStart="/opt/bea tbook/bin/beatbook" schedule --db /data/50%%.db run --once' in service


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze is installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = tmp_path / "bea tbook"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in systemd_units([str(program), *COMMAND[1:]], tmp_path, 15).items():
        (tmp_path / name).write_text(text)
    for name in ("beatbook.service", "beatbook.timer"):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert "beatbook" not in done.stderr


def test_the_loop_sleeps_until_the_next_turn() -> None:
    planned = turns([source("a", 1)], {"a": "2026-03-30T11:30:00+00:00"}, NOW)
    assert wait_for(planned, NOW) == 1800
    assert wait_for(turns([source("a", 1)], {}, NOW), NOW) == 1
    assert wait_for(turns([source("a", 100)], {"a": NOW.isoformat()}, NOW), NOW) == 3600
    assert wait_for([], NOW) == 3600
