from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_helpers import NOW, TEXT, article, claim, new_db

from crawler.article import Fetch, Seen
from crawler.outcome import Outcome
from store.fetches import backoff, end_run, record_fetch, save_sources, seen, start_run
from store.query import claims, history, status
from store.schema import utc
from store.write import article_id, save_article, save_claims

URL = "https://wire.example/1"
FETCH = Fetch("wire", URL, utc(NOW), "new", status=200, etag='"a"', last_modified="Mon", digest="d", bytes=9)


def test_what_is_remembered_of_a_page(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        assert seen(db, URL) is None
        save_article(db, article(), NOW)
        record_fetch(db, "run", FETCH)
        expected = Seen(URL, utc(NOW), "new", '"a"', "Mon", "d", published="2026-03-30")
        assert seen(db, URL) == expected
        record_fetch(db, "run", FETCH)
        assert seen(db, URL) == expected
        assert db.table("fetches").count == 1
        later = utc(NOW + timedelta(days=1))
        record_fetch(db, "run", Fetch("wire", URL, later, "unchanged", status=304))
        assert seen(db, URL) == replace(expected, at=later, outcome="unchanged")


def test_a_failing_page_waits_longer_each_time_and_is_forgiven(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        record_fetch(db, "run", FETCH)
        for i in range(1, 4):
            at = utc(NOW + timedelta(days=i))
            record_fetch(db, "run", Fetch("wire", URL, at, "failed", "status 500", 500))
            known = seen(db, URL)
            assert known is not None
            assert (known.failures, known.next_try, known.etag) == (i, backoff(i, at), '"a"')
        (page,) = status(db).quarantine
        assert (page.url, page.reason, page.failures) == (URL, "status 500", 3)
        record_fetch(db, "run", replace(FETCH, at=utc(NOW + timedelta(days=5))))
        known = seen(db, URL)
        assert known is not None
        assert (known.failures, known.next_try) == (0, None)
        assert status(db).quarantine == ()


def test_a_host_that_says_when_to_come_back_is_believed(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        failed = Fetch("wire", URL, utc(NOW), "failed", "status 503", 503)
        again = NOW + timedelta(hours=36)
        record_fetch(db, "run", replace(failed, next_try=again.isoformat(timespec="microseconds")))
        known = seen(db, URL)
        assert known is not None
        assert (known.failures, known.next_try) == (1, utc(again))
        assert status(db).quarantine[0].next_try == utc(again)


@pytest.mark.parametrize(
    ("failures", "hours"), [(1, 1), (2, 2), (3, 4), (8, 128), (9, 256), (10, 14 * 24), (1000, 14 * 24)]
)
def test_backoff(failures: int, hours: int) -> None:
    assert backoff(failures, "2026-04-01T00:00:00+00:00") == utc(
        NOW.replace(month=4, day=1, hour=0) + timedelta(hours=hours)
    )


def test_runs_account_for_every_source(tmp_path: Path) -> None:
    outcome = Outcome(
        "wire", 9, 7, 3, 1, 2, 1, {"robots": 2}, {"status 500": 1}, {"articles": 4}, 1.5, 3.25,
        problems=("authors filled in 1 of 4 articles",),
    )  # fmt: skip
    with new_db(tmp_path) as db:
        save_sources(db, [("wire", "feed", "https://wire.example/rss", "Wire", "en", None)])
        save_sources(db, [("idle", "page", "https://idle.example/", None, None, "7d")])
        run = start_run(db, ["wire"], NOW)
        (idle, wire) = status(db).sources
        assert (wire.started, wire.ended) == (utc(NOW), None)
        end_run(db, run, [outcome], NOW + timedelta(minutes=2))
        save_article(db, article(source="wire"), NOW)
        (idle, wire) = status(db).sources
        assert (idle.source, idle.started, idle.articles) == ("idle", None, 0)
        assert (wire.found, wire.fetched, wire.new, wire.changed, wire.unchanged, wire.failed) == (
            9,
            7,
            3,
            1,
            2,
            1,
        )
        assert (wire.skipped, wire.failures, wire.problems) == (
            {"robots": 2},
            {"status 500": 1},
            outcome.problems,
        )
        assert (wire.articles, wire.last_article, wire.seconds) == (1, utc(NOW), 3.25)
        start_run(db, ["wire"], NOW + timedelta(days=1))
        assert status(db).sources[1].ended is None


def test_status_counts_and_checks(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        found = status(db, check=True)
        assert (found.articles, found.versions, found.stories, found.pending, found.claims) == (1, 1, 1, 1, 0)
        assert found.integrity == "ok"
        save_claims(db, article_id(URL), 1, [claim()], (), "v1")
        found = status(db)
        assert (found.pending, found.claims, found.subjects, found.integrity) == (0, 1, 1, "not checked")


def test_a_moved_article_stays_one(tmp_path: Path) -> None:
    new = "https://wire.example/2026/deepseek-leads"
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_claims(db, article_id(URL), 1, [claim()], (), "v1")
        save_article(db, article(new, TEXT + " Updated."), NOW + timedelta(days=1))
        record_fetch(db, "run", replace(FETCH, final_url=new))
        assert [row[0] for row in db.execute("SELECT url FROM articles")] == [new]
        assert db.execute("SELECT count(*) FROM article_versions").fetchone()[0] == 2
        save_claims(db, article_id(new), 2, [claim()], (), "v1")
        (found,) = claims(db)
        assert (found.url, found.said) == (new, "2026-03-30")
        (point,) = history(db, "deepseek v3.2", "tokens")
        assert point.stories == 1
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_redirect_to_another_page_moves_nothing(tmp_path: Path) -> None:
    with new_db(tmp_path) as db:
        save_article(db, article(), NOW)
        save_article(
            db, article("https://wire.example/", "The front page of today with nothing in particular."), NOW
        )
        record_fetch(db, "run", replace(FETCH, final_url="https://wire.example/"))
        assert db.table("articles").count == 2
