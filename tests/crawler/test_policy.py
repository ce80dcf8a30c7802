"""When a page is asked for again, what a source owes, and which pages a visit asks for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.article import Seen
from crawler.feeds import Entry
from crawler.outcome import Outcome
from crawler.plan import Asked, plan
from crawler.policy import (
    LONGEST_BACKOFF,
    articles_per_day,
    broken_expectations,
    due,
    instant,
    next_try,
)
from crawler.reservation import header_reason, is_reserved, tdm_rules
from crawler.sources import Expectation, Source

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
SOURCE = Source("a", "feed", "https://a.example/feed", domain="a.example")


def ago(**span: float) -> str:
    return (NOW - timedelta(**span)).isoformat()


def seen(at: str, outcome: str = "new", **fields: object) -> Seen:
    return Seen("https://a.example/1", at, outcome, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (seen(ago(minutes=30), published=ago(hours=2)), False),
        (seen(ago(minutes=61), published=ago(hours=2)), True),
        (seen(ago(hours=5), published=ago(days=1)), False),
        (seen(ago(hours=6), published=ago(days=1)), True),
        (seen(ago(days=7), published=ago(days=7)), True),
        (seen(ago(days=7), published=ago(days=28)), True),
        (seen(ago(days=6), published=ago(days=28)), False),
        (seen(ago(days=29), published=ago(days=300)), False),
        (seen(ago(days=30), published=ago(days=300)), True),
        (seen(ago(days=100), published=ago(days=400)), False),
        (seen(ago(days=2), outcome="unchanged"), True),
        (seen(ago(days=6), outcome="skipped"), False),
        (seen(ago(days=7), outcome="skipped"), True),
        (seen(ago(days=9), outcome="failed", next_try=ago(hours=-1)), False),
        (seen(ago(hours=1), outcome="failed", next_try=ago(minutes=1)), True),
        (seen(ago(hours=1), outcome="failed"), True),
        (seen("no date"), True),
    ],
)
def test_young_articles_are_asked_for_again_more_often(memory: Seen, expected: bool) -> None:
    assert due(memory, NOW) is expected


def test_a_page_that_its_index_dates_later_than_the_last_visit_is_due_at_once() -> None:
    memory = seen(ago(minutes=10), published=ago(days=2))
    assert due(memory, NOW, ago(minutes=5))
    assert not due(memory, NOW, ago(minutes=15))
    assert not due(memory, NOW, ago(days=-2)), "a date in the future says nothing"
    assert not due(memory, NOW, "nonsense")


@given(st.integers(0, 300 * 24), st.integers(0, 300 * 24), st.integers(1, 60 * 24))
def test_what_is_due_stays_due_until_it_is_visited(age: int, visited: int, later: int) -> None:
    memory = seen(ago(hours=min(visited, age)), published=ago(hours=age))
    if due(memory, NOW):
        assert due(memory, NOW + timedelta(hours=later))


@given(st.integers(1, 10_000), st.none() | st.floats(0, 1e12))
def test_failing_pages_wait_longer_each_time_but_are_not_forgotten(
    failures: int, after: float | None
) -> None:
    first, second = next_try(failures, NOW, after), next_try(failures + 1, NOW, after)
    assert NOW + timedelta(hours=1) <= first <= second <= NOW + LONGEST_BACKOFF


def test_the_first_tries_are_an_hour_two_and_four_apart() -> None:
    assert [next_try(n, NOW) - NOW for n in (1, 2, 3)] == [timedelta(hours=n) for n in (1, 2, 4)]
    assert next_try(1, NOW, 7200.0) - NOW == timedelta(hours=2)


def test_dates_are_read_as_instants() -> None:
    assert instant("2026-03-10") == datetime(2026, 3, 10, tzinfo=UTC)
    assert instant("2026-03-10T09:00:00+01:00") == datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert instant(None) is instant("") is instant("10 March") is None


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], None),
        ([None, "soon"], None),
        ([ago(hours=1)] * 6, 6.0),
        ([ago(days=n) for n in range(1, 8)], 1.0),
        ([ago(hours=n) for n in range(1, 49)], 24.0),
        ([ago(days=40)] * 9, 0.0),
        ([ago(days=-30)], None),
    ],
)
def test_articles_a_day_are_counted_by_the_dates_of_the_index(
    dates: list[str | None], expected: float | None
) -> None:
    assert articles_per_day(dates, NOW) == expected


def test_expectations_that_are_broken_are_named() -> None:
    source = Source("a", "feed", "https://a.example/", expect=Expectation(("published", "authors"), 2))
    layout = Outcome("a", filled={"articles": 10, "published": 7, "authors": 8}, per_day=2.5)
    assert broken_expectations(source, layout) == ("published filled in 7 of 10 articles",)
    quiet = Outcome("a", filled={"articles": 1, "published": 1, "authors": 1}, per_day=0.4)
    assert broken_expectations(source, quiet) == ("0.4 articles a day, 2 expected",)
    assert broken_expectations(source, Outcome("a")) == (), "a run that read nothing cannot tell"


def planned(entries: list[Entry], memory: dict[str, Seen] | None = None, **options: object) -> object:
    memory = memory or {}
    return plan(
        SOURCE, entries, memory.values(), seen=memory.get, is_first=Asked().is_first, now=NOW, **options
    )  # type: ignore[arg-type]


def test_new_pages_come_first_and_the_latest_before_the_others() -> None:
    old = seen(ago(days=3), published=ago(days=5))
    entries = [
        Entry("https://a.example/1"),
        Entry("https://a.example/2", published=ago(days=2)),
        Entry("https://a.example/3", published=ago(days=1)),
    ]
    result = planned(entries, {old.url: old})
    assert [entry.url[-1] for entry, _ in result.todo] == ["3", "2", "1"]  # type: ignore[attr-defined]


def test_a_page_is_asked_for_once_by_whatever_name() -> None:
    entries = [
        Entry("https://a.example/1"),
        Entry("http://www.a.example/1/?utm_source=x"),
        Entry("https://A.example/1#x"),
    ]
    assert [entry.url for entry, _ in planned(entries).todo] == ["https://a.example/1"]  # type: ignore[attr-defined]


def test_pages_that_no_index_lists_any_more_are_remembered() -> None:
    edited = Seen("https://a.example/old", ago(days=3), "new", published=ago(days=4))
    fresh = Seen("https://a.example/fresh", ago(minutes=5), "new", published=ago(days=4))
    moved_away = Seen("https://b.example/x", ago(days=3), "new", published=ago(days=4))
    result = planned([], {one.url: one for one in (edited, fresh, moved_away)})
    assert [entry.url for entry, _ in result.todo] == ["https://a.example/old"]  # type: ignore[attr-defined]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30), st.none() | st.integers(1, 5))
def test_every_entry_is_planned_left_or_refused(paths: list[str], limit: int | None) -> None:
    entries = [Entry(f"https://{'b' if path == 'h' else 'a'}.example/{path}") for path in paths]
    memory = {
        "https://a.example/a": Seen("https://a.example/a", ago(minutes=1), "new"),
        "https://a.example/b": Seen("https://a.example/b", ago(minutes=1), "failed", next_try=ago(hours=-1)),
    }
    result = planned(entries, memory, limit=limit)
    distinct = len(set(paths) - {"h"})
    assert len(result.todo) + result.left.total() == distinct  # type: ignore[attr-defined]
    assert len(result.refused) == paths.count("h")  # type: ignore[attr-defined]
    assert limit is None or len(result.todo) <= limit  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("robots", "tdm", "expected"),
    [
        ([], None, None),
        (["noindex"], None, "noindex"),
        (["nofollow, NOARCHIVE"], None, "noarchive"),
        (["none"], None, "noindex"),
        (["googlebot: noindex"], None, None),
        (["Beatbook: noindex"], None, "noindex"),
        (["googlebot: none", "noarchive"], None, "noarchive"),
        (["unavailable_after: 25 Jun 2030 15:00:00 PST"], None, None),
        (["noindex"], "1", "tdm-reservation"),
        ([], "0", None),
        ([], " 1 ", "tdm-reservation"),
    ],
)
def test_headers_that_ask_not_to_keep_a_page(
    robots: list[str], tdm: str | None, expected: str | None
) -> None:
    assert header_reason(robots, tdm, "beatbook") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/news/1", True),
        ("/news/free/1", False),
        ("/", False),
        ("/data/x.json", True),
        ("/data/x.json?y", False),
    ],
)
def test_tdmrep_rules_reserve_by_the_longest_pattern(path: str, expected: bool) -> None:
    rules = tdm_rules(
        b'[{"location": "/news/*", "tdm-reservation": 1}, {"location": "/news/free/", "tdm-reservation": 0},'
        b' {"location": "/data/*.json$", "tdm-reservation": "1"}, {"location": 5}, "x",'
        b' {"location": "/*a*a*a*a*a*a*a*a*a*a*b", "tdm-reservation": 1}]'
    )
    assert is_reserved(rules, path) is expected


@given(st.binary(max_size=200), st.text(max_size=50))
def test_any_bytes_are_some_rules(body: bytes, path: str) -> None:
    assert is_reserved(tdm_rules(body), path) in (True, False)
