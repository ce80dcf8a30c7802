"""The tour: what the sample site was written to show is found in the database that the tour leaves."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from store.compare import conflicts, outcomes, revisions
from store.query import claims, leaders, prices, search
from store.schema import Store, open_db


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a tour and what it printed; in a process of its own, as a person runs it."""
    out = tmp_path_factory.mktemp("tour")
    done = subprocess.run(
        [sys.executable, "-m", "beatbook", "demo", "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return out, done.stdout


@pytest.fixture
def db(toured: tuple[Path, str]) -> Store:
    return open_db(toured[0] / "demo.db", readonly=True)


def test_it_prints_what_was_read_prices_a_ranking_and_what_to_do_next(toured: tuple[Path, str]) -> None:
    out, printed = toured
    for edition in ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"):
        assert f"  {edition} " in printed
    for part in (
        "What Halcyon 3 costs",
        "Tokens processed",
        "robots",
        "status 404",
        f"browse --db {out / 'demo.db'}",
    ):
        assert part in printed
    assert (out / "prices.png").read_bytes().startswith(b"\x89PNG")


def test_every_article_is_there_once(db: Store) -> None:
    assert db.table("articles").count == 22
    assert db.execute("SELECT count(*) FROM article_versions WHERE extracted_with IS NULL").fetchone() == (0,)


def test_the_syndicated_copy_is_the_same_story(db: Store) -> None:
    stories = db.execute(
        "SELECT story, count(DISTINCT site) FROM articles GROUP BY story HAVING count(*) > 1"
    ).fetchall()
    assert [sites for _, sites in stories] == [2]


def test_the_silent_correction_is_a_revision(db: Store) -> None:
    versions = db.execute(
        "SELECT max(version) FROM articles WHERE url LIKE '%norrland-raises-k200-rent'"
    ).fetchone()
    assert versions == (2,)
    found = [row for row in revisions(db) if row.metric == "price"]
    assert any(row.values[:2] == (2.9, 2.7) for row in found)


def test_two_outlets_disagree(db: Store) -> None:
    (found,) = [row for row in conflicts(db) if row.metric == "arr"]
    assert sorted(value or 0 for value in found.values) == [9e8, 1.15e9]


def test_the_forecast_is_met(db: Store) -> None:
    found = [row for row in outcomes(db, now=date(2026, 3, 30)) if row.metric == "tokens"]
    assert any(
        row.values == (4.6e12, 4.6e12) and row.hit and row.sources[0] == "Corvid Research" for row in found
    )


def test_the_price_page_makes_a_history(db: Store) -> None:
    steps = [
        (step.value, step.valid_from) for step in prices(db, "Halcyon 3") if step.metric == "price_input"
    ]
    assert steps == [(3.0, "2026-03-02"), (2.0, "2026-03-09")]


def test_the_last_week_has_a_leader(db: Store) -> None:
    first = leaders(db, "tokens", since="2026-03-23")[0]
    assert (first.rank, first.subject, first.value) == (1, "Halcyon 3", 4.9e12)


def test_every_claim_stands_in_its_text(db: Store) -> None:
    rows = db.execute(
        "SELECT c.quote, substr(iif(c.field = 'title', v.title, v.text), c.start + 1, length(c.quote))"
        " FROM claims c JOIN article_versions v USING (article, version)"
    ).fetchall()
    assert len(rows) > 40
    assert all(quote == stands for quote, stands in rows)


def test_search_finds_the_malformed_page_and_its_title_is_text(db: Store) -> None:
    (hit,) = search(db, "electricity")
    assert hit.title.startswith("Data centres &")


def test_nothing_was_read_from_where_robots_txt_forbids(db: Store) -> None:
    assert db.execute("SELECT count(*) FROM articles WHERE url LIKE '%/subscribers/%'").fetchone() == (0,)
    assert db.execute(
        "SELECT DISTINCT reason FROM fetches WHERE url LIKE '%/withdrawn-report'"
    ).fetchall() == [("status 404",)]


def test_claims_know_the_day_of_their_edition(db: Store) -> None:
    assert {claim.first_seen[:10] for claim in claims(db, limit=1000)} == {
        "2026-03-02",
        "2026-03-09",
        "2026-03-16",
        "2026-03-23",
        "2026-03-30",
    }
