"""Twelve weeks of invented claims with the answers of every command, written down before the code."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from store.compare import checks, conflicts, outcomes, revisions, scoreboard_of
from store.imports import claim_lines, import_claims
from store.query import history, leaders, movers, prices
from store.schema import Store, open_db

SCENARIOS = Path(__file__).parent
NAMES = sorted(path.parent.name for path in SCENARIOS.glob("scenario*/claims.jsonl"))
PRICED = date(2026, 4, 6)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def expected(name: str) -> Any:
    return json.loads((SCENARIOS / name / "expected.json").read_text("utf-8"))


@pytest.fixture(
    scope="module", params=sorted(p.parent.name for p in SCENARIOS.glob("scenario*/claims.jsonl"))
)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A database with the claims of one scenario, and its expected answers."""
    db = open_db(tmp_path_factory.mktemp("scenario") / "b.db", create=True)
    imported = import_claims(db, claim_lines(SCENARIOS / request.param / "claims.jsonl"), NOW)
    assert not imported.problems
    yield db, expected(request.param)
    db.close()


def answer(record: Any, **more: Any) -> dict[str, Any]:
    found = {name: getattr(record, name) for name in ("subject", "metric", "unit")}
    return found | {
        "period": list(record.period), "values": list(record.values), "sources": list(record.sources)
    } | more  # fmt: skip


def same(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> None:
    """The same answers in whatever order; JSON writes 55 and 55.0 apart, so numbers are made alike."""

    def lines(rows: list[dict[str, Any]]) -> list[str]:
        return sorted(
            json.dumps(json.loads(json.dumps(row), parse_int=lambda n: float(n)), sort_keys=True)
            for row in rows
        )

    assert lines(found) == lines(wanted)


def test_revisions(told: tuple[Store, Any]) -> None:
    db, wanted = told
    same([answer(r, highs=list(r.value_highs)) for r in revisions(db)], wanted["revisions"])


def test_conflicts(told: tuple[Store, Any]) -> None:
    db, wanted = told
    same([answer(c, denied=c.denied) for c in conflicts(db)], wanted["conflicts"])


def test_outcomes_and_scoreboard(told: tuple[Store, Any]) -> None:
    db, wanted = told
    found = outcomes(db, now=NOW.date())
    same([answer(o, hit=o.hit, error=o.error and round(o.error, 4)) for o in found], wanted["outcomes"])
    if "scoreboard" in wanted:
        scores = [
            {
                "source": s.source, "n": s.n, "hits": s.hits,
                "median_absolute_error": round(s.median_absolute_error or 0.0, 4),
                "bias": round(s.bias or 0.0, 4),
            }
            for s in scoreboard_of(found)
        ]  # fmt: skip
        same(scores, wanted["scoreboard"])


def test_checks(told: tuple[Store, Any]) -> None:
    db, wanted = told
    same([answer(c, check=c.check) for c in checks(db)], wanted["checks"])


def test_history_prices_leaders_and_movers(told: tuple[Store, Any]) -> None:
    db, wanted = told
    if "history" not in wanted:
        pytest.skip("this scenario is about comparing alone")
    asked = wanted["history"]
    points = history(db, asked["subject"], asked["metric"])
    same(
        [{"period": [p.period_start, p.period_end], "value": p.value, "stories": p.stories} for p in points],
        asked["points"],
    )
    asked = wanted["prices"]
    same([fields(p, asked["steps"][0]) for p in prices(db, asked["subject"], now=PRICED)], asked["steps"])
    asked = wanted["leaders"]
    ranked = leaders(db, asked["metric"], period=asked["period"])
    same([fields(x, asked["ranking"][0]) for x in ranked], asked["ranking"])
    asked = wanted["movers"]
    moved = movers(db, asked["metric"], since=asked["since"])
    assert [[m.subject, round(m.percent, 2)] for m in moved] == asked["changes"]


def fields(record: Any, like: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in like}


def test_as_of_today_is_no_as_of(told: tuple[Store, Any]) -> None:
    db, _ = told
    today = NOW.date()
    assert revisions(db, as_of=today) == revisions(db)
    assert conflicts(db, as_of=today) == conflicts(db)
    assert checks(db, as_of=today) == checks(db)
    assert outcomes(db, now=today, as_of=today) == outcomes(db, now=today)


@pytest.mark.parametrize("since", ["2026-01-01", "2026-02-04", "2026-02-17", "2026-03-27", "2026-04-02"])
def test_a_window_shows_what_was_said_in_it(told: tuple[Store, Any], since: str) -> None:
    """The answer of a window, reached from its claims, is the part of the whole answer that lies in it."""
    db, _ = told
    start, today = date.fromisoformat(since), NOW.date()
    assert revisions(db, since=start) == tuple(
        r for r in revisions(db) if any(step.said >= since for step in r.steps[1:])
    )
    assert conflicts(db, since=start) == tuple(c for c in conflicts(db) if c.day >= since)
    assert checks(db, since=start) == tuple(c for c in checks(db) if c.day >= since)
    assert outcomes(db, now=today, since=start) == tuple(o for o in outcomes(db, now=today) if o.day >= since)


def test_importing_again_changes_no_answer(told: tuple[Store, Any], request: pytest.FixtureRequest) -> None:
    db, _ = told
    before = revisions(db), conflicts(db), outcomes(db, now=NOW.date()), checks(db)
    name = request.node.callspec.params["told"]
    import_claims(db, claim_lines(SCENARIOS / name / "claims.jsonl"), datetime(2026, 4, 7, tzinfo=UTC))
    assert (revisions(db), conflicts(db), outcomes(db, now=NOW.date()), checks(db)) == before
