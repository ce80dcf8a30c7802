"""The schedule as it is run, and what monitoring is told."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import notebook
import pytest
from click.testing import CliRunner

from beatbook.cli import main
from beatbook.demo.server import SampleSite, serving
from beatbook.demo.site import editions
from beatbook.operate import problems_of, verdict
from crawler.article import Fetch
from crawler.outcome import Outcome
from crawler.sources import Source
from store.fetches import end_run, record_fetch, start_run
from store.schema import open_db
from store.status import SourceStatus, Status

NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)
GOOD = SourceStatus(
    "ledger",
    "2026-03-30T06:00:00+00:00",
    "2026-03-30T06:01:00+00:00",
    5,
    5,
    1,
    0,
    4,
    0,
    {},
    {},
    1.0,
    None,
    (),
    False,
    20,
    "2026-03-30T06:00:00+00:00",
    0,
)


LEDGER = Source("ledger", "feed", "https://ledger.example/feed", interval=timedelta(days=1))


def found(*sources: SourceStatus, integrity: str = "ok") -> Status:
    return Status(20, 21, 19, 90, 12, 0, "2026-03-30T06:01:00+00:00", integrity, sources, ())


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (found(GOOD), None),
        (found(GOOD, integrity="row 7 missing"), "database: row 7 missing"),
        (found(replace(GOOD, error="status 500")), "ledger: status 500"),
        (found(replace(GOOD, problems=("published filled in 0 of 5 articles",))), "ledger: published filled"),
        (
            found(replace(GOOD, last_article="2026-03-20T06:00:00+00:00")),
            "ledger: nothing new since 2026-03-20",
        ),
        (found(replace(GOOD, started="2026-03-27T06:00:00+00:00")), "ledger: not crawled since 2026-03-27"),
        (
            found(replace(GOOD, started="2026-03-29T06:00:00+00:00", ended=None)),
            "ledger: its last run never ended",
        ),
        (found(replace(GOOD, source="dropped", last_article="2025-01-01T00:00:00+00:00")), None),
    ],
)
def test_what_monitoring_is_told(status: Status, problem: str | None) -> None:
    problems = problems_of(status, {"ledger": LEDGER}, NOW)
    assert len(problems) == (problem is not None)
    assert problem is None or problems[0].startswith(problem)
    assert verdict(status, problems)["ok"] is (problem is None)


def test_a_watched_page_may_stay_as_it_is() -> None:
    quiet = found(replace(GOOD, last_article="2025-12-01T06:00:00+00:00"))
    assert problems_of(quiet, {"ledger": replace(LEDGER, kind="page")}, NOW) == []


def test_a_layout_that_lost_the_date_is_told_until_one_has_it_again(tmp_path: Path) -> None:
    file, db = tmp_path / "sources.toml", tmp_path / "x.db"
    file.write_text(
        '[[source]]\nid = "ledger"\nkind = "feed"\nurl = "https://ledger.example/feed"\n'
        'expect = {fields = ["published"], per_day = 2}\n'
    )

    def told(hour: int, **left: Any) -> list[str]:
        """The problems of a run at that hour, as monitoring sees them soon after."""
        now = NOW + timedelta(hours=hour)
        with open_db(db, create=True) as store:
            run = start_run(store, ["ledger"], now)
            end_run(store, run, [Outcome("ledger", **left)], now)
        asked = ["status", "--db", str(db), "--sources", str(file), "--check", "--now", now.isoformat()]
        result = CliRunner().invoke(main, asked)
        problems: list[str] = json.loads(result.stdout)["problems"]
        assert result.exit_code == bool(problems)
        return problems

    lost = "ledger: published filled in 0 of 3 articles"
    few = "ledger: 0.5 articles a day, 2 expected"
    assert told(0, filled={"articles": 30, "published": 30}, per_day=4.0) == []
    assert told(30, filled={"articles": 3}, per_day=4.0) == [lost]
    assert told(31) == [lost], "nothing was read, so nothing was mended"
    assert told(32, per_day=0.5) == [lost, few]
    assert told(33) == [lost, few]
    assert told(34, filled={"articles": 13, "published": 13}, per_day=3.0) == []


def test_status_of_a_notebook(tmp_path: Path) -> None:
    path = notebook.make(tmp_path)
    shown = CliRunner().invoke(main, ["status", "--db", str(path)])
    assert shown.exit_code == 0
    assert shown.stdout.startswith("10 articles in ")
    checked = CliRunner().invoke(main, ["status", "--db", str(path), "--check"])
    assert checked.exit_code == 0
    assert checked.stdout.count("\n") == 1
    assert json.loads(checked.stdout)["integrity"] == "ok"
    (whole,) = json.loads(CliRunner().invoke(main, ["status", "--db", str(path), "--format", "json"]).stdout)
    assert whole["claims"] == len(notebook.lines())


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serving() as server:
        server.turn_to(editions()[0])
        yield server


def sources(site: SampleSite, folder: Path) -> Path:
    file = folder / "sources.toml"
    file.write_text(
        f'[[source]]\nid = "pricing"\nkind = "page"\nurl = "{site.root}/halcyon/pricing"\ninterval = "1d"\n'
        f'[[source]]\nid = "gone"\nkind = "page"\nurl = "{site.root}/gone"\ninterval = "1d"\n'
    )
    return file


def beatbook(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "beatbook", *map(str, arguments)]


def test_once_crawls_what_is_due_and_only_that(site: SampleSite, tmp_path: Path) -> None:
    file, db = sources(site, tmp_path), tmp_path / "x.db"
    asked = beatbook("schedule", "--sources", file, "--db", db, "run", "--once")
    first = subprocess.run(asked, capture_output=True, text=True, timeout=120)
    assert first.returncode == 1, first.stderr  # one of the two pages is missing, and was listed
    with open_db(db) as store:
        assert store.table("articles").count == 1
    second = subprocess.run(asked, capture_output=True, text=True, timeout=120)
    assert (second.returncode, second.stdout) == (0, "")
    shown = CliRunner().invoke(
        main, ["schedule", "--sources", str(file), "--db", str(db), "--format", "json"]
    )
    assert {row["source"]: row["due"] for row in json.loads(shown.stdout)} == {
        "pricing": False,
        "gone": False,
    }


def test_it_stays_in_the_foreground_and_ends_in_order_on_sigterm(site: SampleSite, tmp_path: Path) -> None:
    file, db = sources(site, tmp_path), tmp_path / "x.db"
    running = subprocess.Popen(
        beatbook("schedule", "--sources", file, "--db", db, "run"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert running.stdout is not None
    try:
        for line in running.stdout:
            if "pricing" in line:
                break
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        _, errors = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 1, errors
    assert "Traceback" not in errors
    with open_db(db) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert store.execute("SELECT count(*) FROM runs WHERE ended IS NULL").fetchone() == (0,)


def test_a_schedule_without_a_database_shows_all_as_due(site: SampleSite, tmp_path: Path) -> None:
    asked = ["schedule", "--sources", str(sources(site, tmp_path)), "--db", str(tmp_path / "none.db")]
    shown = CliRunner().invoke(main, [*asked, "--format", "jsonl"])
    assert [json.loads(line)["due"] for line in shown.stdout.splitlines()] == [True, True]
    assert not (tmp_path / "none.db").exists()


def test_cron_and_systemd_run_the_same_command(site: SampleSite, tmp_path: Path) -> None:
    asked = ["schedule", "--sources", str(sources(site, tmp_path)), "--db", str(tmp_path / "x.db")]
    units = tmp_path / "units"
    result = CliRunner().invoke(main, [*asked, "--cron", "--systemd", str(units)])
    assert result.exit_code == 0, result.output
    line = result.stdout.splitlines()[0]
    assert line.startswith("0 6 * * * cd ")
    assert line.endswith(
        f"schedule --sources {tmp_path / 'sources.toml'} --db {tmp_path / 'x.db'} run --once"
    )
    service = (units / "beatbook.service").read_text()
    assert f"--db {tmp_path / 'x.db'} run --once" in service


def test_status_shows_fifty_pages_that_failed_and_counts_the_rest(tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    with open_db(db, create=True) as store:
        run = start_run(store, ["ledger"], NOW)
        for number in range(53):
            url = f"https://ledger.example/{number}"
            record_fetch(store, run, Fetch("ledger", url, NOW.isoformat(), "failed", "status 500", 500))
        end_run(store, run, [Outcome("ledger", failed=53, failures={"status 500": 53})], NOW)
    shown = CliRunner().invoke(main, ["status", "--db", str(db)]).stdout
    assert shown.count("https://ledger.example/") == 50
    assert shown.endswith("and 3 more\n")
