from datetime import date
from typing import Any

import pytest
from sightings_made import change, say

from store.outcomes import Outcome, outcomes_of, scoreboard_of
from store.records import Sighting

NOW = date(2026, 5, 1)
AHEAD: Any = {"modality": "forecast", "source": "Marlow"}


def outcomes(*claims: Sighting, now: date = NOW, **more: Any) -> tuple[Outcome, ...]:
    return outcomes_of(claims, now, **more)


def test_a_forecast_against_the_report() -> None:
    forecast = say("2026-01-05", "post", 90.0, "$90", **AHEAD)
    report = say("2026-04-20", "daily", 100.0, "$100")
    (outcome,) = outcomes(report, forecast)
    assert outcome.values == (90.0, 100.0)
    assert outcome.sources == ("Marlow", "daily")
    assert outcome.error == pytest.approx(-0.1)
    assert outcome.difference == -10
    assert not outcome.hit
    assert outcome.evidence == (forecast, report)
    assert outcome.day == "2026-04-20"


def test_the_period_must_be_over() -> None:
    claims = say("2026-01-05", "post", 90.0, "$90", **AHEAD), say("2026-03-20", "daily", 90.0, "$90")
    assert outcomes(*claims, now=date(2026, 3, 31)) == ()
    assert outcomes(*claims, now=date(2026, 4, 1))[0].day == "2026-03-31"


@pytest.mark.parametrize(
    ("forecast", "report", "hit"),
    [
        (
            change("2026-01-05", "a", 55, "55-60%", value_high=60, **AHEAD),
            change("2026-04-02", "b", 58, "58%"),
            True,
        ),
        (
            change("2026-01-05", "a", 55, "55-60%", value_high=60, **AHEAD),
            change("2026-04-02", "b", 63, "63%"),
            False,
        ),
        (
            change("2026-01-05", "a", 20, "20%", qualifier="over", **AHEAD),
            change("2026-04-02", "b", 31, "31%"),
            True,
        ),
        (change("2026-01-05", "a", 20, "20%", **AHEAD), change("2026-04-02", "b", 20.3, "20.3%"), True),
        (
            change("2026-01-05", "a", 2, "double", unit="x", **AHEAD),
            change("2026-04-02", "b", 98, "98%"),
            True,
        ),
        (
            change("2026-01-05", "a", 5, "5%", **AHEAD),
            change("2026-04-02", "b", 5, "5%", direction="down"),
            False,
        ),
        (
            change("2026-01-05", "a", None, "rise", unit=None, **AHEAD),
            change("2026-04-02", "b", 4, "4%"),
            True,
        ),
        (
            change("2026-01-05", "a", None, "rise", unit=None, **AHEAD),
            change("2026-04-02", "b", 4, "4%", direction="down"),
            False,
        ),
    ],
)
def test_hit_or_miss(forecast: Sighting, report: Sighting, hit: bool) -> None:
    assert [o.hit for o in outcomes(forecast, report)] == [hit]


@pytest.mark.parametrize(
    ("target", "reported", "hit"),
    [
        ({"value": 100.0}, 120.0, True),
        ({"value": 100.0}, 80.0, False),
        ({"value": 100.0, "qualifier": "at_least"}, 120.0, True),
        ({"value": 100.0, "metric": "cost"}, 80.0, True),
        ({"value": 100.0, "metric": "cost"}, 120.0, False),
        ({"value": 100.0, "direction": "down"}, 80.0, True),
    ],
)
def test_a_target_surpassed_is_met(target: dict[str, Any], reported: float, hit: bool) -> None:
    metric = target.get("metric", "revenue")
    aim = say("2026-01-05", "a", target.pop("value"), "$100", modality="target", **target)
    (outcome,) = outcomes(aim, say("2026-04-02", "b", reported, f"${reported:g}", metric=metric))
    assert outcome.hit is hit


def test_the_last_word_before_the_report_counts() -> None:
    claims = [
        say(day, "post", v, f"${v:g}", **AHEAD)
        for day, v in (("2026-01-05", 80.0), ("2026-02-05", 90.0), ("2026-04-25", 100.0))
    ]
    assert [o.values for o in outcomes(*claims, say("2026-04-20", "b", 100.0, "$100"))] == [(90.0, 100.0)]


def test_a_forecast_after_the_report_is_none() -> None:
    late = say("2026-04-25", "post", 90.0, "$90", **AHEAD)
    assert outcomes(late, say("2026-04-20", "b", 100.0, "$100")) == ()


@pytest.mark.parametrize(
    "report",
    [
        {"scope": "China"},
        {"per": "month"},
        {"unit": "EUR"},
        {"negated": True},
        {"modality": "rumor"},
        {"period": ("2026-01-01", "2026-01-31")},
        {"metric": "arr"},
        {"subject": "Bolt"},
        {"kind": "rank"},
    ],
)
def test_a_report_of_another_number_decides_nothing(report: dict[str, Any]) -> None:
    forecast = say("2026-01-05", "post", 90.0, "$90", **AHEAD)
    assert outcomes(forecast, say("2026-04-20", "b", 100.0, "$100", **report)) == ()


def test_of_several_reports_the_subjects_own_counts_else_the_majority() -> None:
    forecast = say("2026-01-05", "post", 90.0, "$90", **AHEAD)
    reports = [
        say("2026-04-20", "a", 100.0, "$100"),
        say("2026-04-21", "b", 120.0, "$120"),
        say("2026-04-22", "c", 120.0, "$120"),
    ]
    own = say("2026-04-23", "d", 110.0, "$110", source="Acme Inc.")
    assert [o.values for o in outcomes(forecast, *reports[:2])] == [(90.0, 100.0)]
    assert [o.values for o in outcomes(forecast, *reports)] == [(90.0, 120.0)]
    assert [o.values for o in outcomes(forecast, *reports, own)] == [(90.0, 110.0)]


def test_a_deadline_is_decided_near_it_or_when_a_target_is_met() -> None:
    users: Any = {"metric": "users", "unit": "users"}
    target = say(
        "2026-01-05", "a", 10e6, "10 million", modality="target", period=(None, "2026-03-31"), **users
    )

    def reached(day: str, value: float) -> Sighting:
        return say("2026-04-02", "b", value, "", period=(day, day), **users)

    assert [o.values[1] for o in outcomes(target, reached("2026-03-31", 9e6))] == [9e6]
    assert [
        o.values[1] for o in outcomes(target, reached("2026-02-28", 9e6), reached("2026-03-31", 11e6))
    ] == [11e6]
    assert [o.hit for o in outcomes(target, reached("2026-01-31", 11e6))] == [True]
    assert outcomes(target, reached("2026-01-31", 9e6)) == ()
    assert outcomes(target, reached("2025-12-31", 11e6)) == ()


def test_a_change_follows_from_levels() -> None:
    forecast = change("2026-01-05", "post", 50, "50%", **AHEAD)
    before = say("2025-04-20", "b", 100.0, "$100", period=("2025-01-01", "2025-03-31"))
    after = say("2026-04-20", "b", 150.0, "$150")
    (outcome,) = outcomes(forecast, before, after)
    assert outcome.derived
    assert list(outcome.values) == pytest.approx([50, 50])
    assert outcome.evidence == (forecast, before, after)
    assert outcome.hit


def test_the_scoreboard_by_source() -> None:
    claims = []
    for i, (forecast, report) in enumerate([(90.0, 100.0), (120.0, 100.0), (100.0, 100.0)]):
        subject = f"Firm {i}"
        claims += [
            say("2026-01-05", "post", forecast, "", subject=subject, **AHEAD),
            say("2026-04-20", "b", report, "", subject=subject),
        ]
    (score,) = scoreboard_of(outcomes(*claims))
    assert (score.source, score.n, score.hits) == ("Marlow", 3, 1)
    assert score.median_absolute_error == pytest.approx(0.1)
    assert score.bias == pytest.approx(0.1 / 3)


def test_a_window_is_that_of_the_day_on_which_it_was_known() -> None:
    claims = say("2026-01-05", "post", 90.0, "$90", **AHEAD), say("2026-04-20", "daily", 100.0, "$100")
    assert len(outcomes(*claims, since="2026-04-20")) == 1
    assert outcomes(*claims, since="2026-04-21") == ()
    assert outcomes(*claims, until="2026-04-19") == ()
