"""The thin half: what is selected from a database, and by which index."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import InputError
from store.compare import checks, conflicts, observations, outcomes, revisions
from store.entities import Entity, save_entities
from store.imports import import_claims, line_of
from store.rates import Rates
from store.schema import Store, open_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
QUARTER = ["2026-01-01", "2026-03-31"]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Store]:
    with open_db(tmp_path / "b.db", create=True) as opened:
        yield opened


def told(db: Store, day: str, site: str, value: float | None, quote: str, **more: Any) -> None:
    fields: dict[str, Any] = {
        "url": f"https://{site}.example/{day}", "title": f"{site} {day}", "site": site, "published": day,
        "first_seen": f"{day}T09:00:00+00:00", "subject": "Acme", "metric": "revenue", "kind": "level",
        "value": value, "unit": "USD", "period": QUARTER, "quote": quote, "sentence": quote,
    } | more  # fmt: skip
    assert not import_claims(db, [line_of(fields)], NOW).problems


def test_what_was_known_on_a_day_versions_included(db: Store) -> None:
    told(db, "2026-04-01", "post", 2.1e9, "$2.1 billion")
    told(db, "2026-04-02", "daily", 2.6e9, "$2.6 billion")
    told(db, "2026-04-02", "daily", 2.1e9, "$2.1 billion", first_seen="2026-04-05T09:00:00+00:00")
    assert conflicts(db) == ()
    assert [r.values for r in revisions(db)] == [(2.6e9, 2.1e9)]
    assert [c.values for c in conflicts(db, as_of="2026-04-04")] == [(2.1e9, 2.6e9)]
    assert revisions(db, as_of=date(2026, 4, 4)) == ()
    assert conflicts(db, as_of="2026-04-01") == ()
    with pytest.raises(InputError):
        conflicts(db, since="spring")


def test_an_alias_of_a_source_is_no_other_speaker(db: Store) -> None:
    told(db, "2026-04-01", "post", 2.1e9, "$2.1 billion", source="Marlow Data")
    told(db, "2026-04-02", "daily", 2.6e9, "$2.6 billion", source="Marlow")
    assert len(conflicts(db)) == 1
    save_entities(db, [Entity("Marlow Data", "organisation", aliases=("Marlow",))])
    assert conflicts(db) == ()
    assert [r.sources for r in revisions(db)] == [("Marlow Data",)]


def test_rates_make_amounts_comparable(db: Store) -> None:
    told(db, "2026-04-01", "post", 2.1e9, "$2.1 billion")
    told(db, "2026-04-02", "daily", 2.6e9, "€2.6 billion", unit="EUR")
    assert conflicts(db) == ()
    rates = Rates({"USD": ("2026-04-01",)}, {"USD": (1.25,)})
    (conflict,) = conflicts(db, rates=rates)
    assert list(conflict.values) == pytest.approx([2.1e9, 3.25e9])


def test_the_observations_of_a_subject(db: Store) -> None:
    told(db, "2026-04-01", "post", 2.1e9, "$2.1 billion")
    told(db, "2026-04-02", "daily", 2.12e9, "$2.12 billion")
    told(db, "2026-04-03", "daily", 9e9, "$9 billion", metric="arr")
    assert [(o.value, o.stories) for o in observations(db, "acme", "revenue")] == [(2.12e9, 2)]
    assert len(observations(db, "ACME")) == 2
    assert len(observations(db, "Acme", since="2026-04-02")) == 1
    with pytest.raises(InputError, match="Acne"):
        observations(db, "Acne")


def test_a_window_reaches_what_was_said_long_before_it(db: Store) -> None:
    ahead = {"modality": "forecast", "source": "Marlow"}
    told(db, "2025-05-01", "post", 2.0e9, "$2.0 billion", **ahead)
    told(db, "2026-01-05", "post", 2.6e9, "$2.6 billion", **ahead)
    told(db, "2025-04-01", "post", 1.0e9, "$1.00 billion", period=["2025-01-01", "2025-03-31"])
    url = "https://post.example/result"
    told(db, "2026-04-20", "post", 2.1e9, "$2.1 billion", url=url)
    told(db, "2026-04-21", "daily", 2.4e9, "$2.4 billion")
    told(db, "2026-04-22", "gazette", 50, "50%", kind="change", unit="percent", direction="up", basis="yoy")
    window: Any = {"since": "2026-04-20", "until": "2026-04-25"}
    assert [r.values for r in revisions(db, since="2026-01-01")] == [(2.0e9, 2.6e9)]
    assert [c.values for c in conflicts(db, **window)] == [(2.1e9, 2.4e9)]
    assert [o.values for o in outcomes(db, now=NOW.date(), **window)] == [(2.6e9, 2.1e9)]
    assert [c.values for c in checks(db, **window)] == [(1.0e9, 2.1e9, 50)]


ASKED: list[Callable[[Store], Any]] = [
    lambda db: revisions(db, since="2026-04-01"),
    lambda db: conflicts(db, since="2026-04-01", as_of="2026-04-20"),
    lambda db: outcomes(db, now=NOW.date(), since="2026-04-01"),
    lambda db: checks(db, since="2026-04-01"),
    lambda db: observations(db, "Acme", "revenue"),
]


@pytest.mark.parametrize("ask", ASKED, ids=["revisions", "conflicts", "outcomes", "checks", "observations"])
def test_a_window_never_scans_all_claims(db: Store, ask: Callable[[Store], Any]) -> None:
    told(db, "2026-04-01", "post", 2.1e9, "$2.1 billion")
    told(db, "2026-04-02", "daily", 61, "61%", metric="share", unit="percent", scope="cloud", source="Marlow")
    told(db, "2026-04-03", "daily", 5, "$5", metric="price_input", period=[None, None], modality="forecast")
    told(db, "2026-04-04", "daily", 9, "9%", kind="change", unit="percent", direction="up", basis="qoq")
    seen: set[str] = set()
    db.conn.set_trace_callback(seen.add)
    ask(db)
    db.conn.set_trace_callback(None)
    asked = [sql for sql in seen if sql.startswith("SELECT") and "claims" in sql]
    assert asked
    plans = [row[3] for sql in asked for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [step for step in plans if step.startswith(("SCAN c", "SCAN claims"))]
