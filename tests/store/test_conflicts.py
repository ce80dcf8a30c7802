from dataclasses import replace
from typing import Any

import pytest
from sightings_made import change, say

from store.conflicts import Conflict, conflicts_of
from store.records import Sighting

NOW: Any = (None, None)
LONG = "Revenue at Acme reached $2.10 billion in the first quarter, the company said."


def disputes(*claims: Sighting, **more: Any) -> tuple[Conflict, ...]:
    return conflicts_of(claims, **more)


A = say("2026-04-01", "post", 2.1e9, "$2.1 billion")
B = say("2026-04-02", "daily", 2.6e9, "$2.6 billion")


def test_two_sources_two_figures() -> None:
    agreeing = say("2026-04-03", "gazette", 2.1e9, "$2.10 billion")
    (conflict,) = disputes(B, agreeing, A)
    assert conflict.values == (2.1e9, 2.6e9, 2.1e9)
    assert conflict.sources == ("post", "daily", "gazette")
    assert conflict.claims == (A.id, B.id, agreeing.id)
    assert conflict.evidence == (A, B, agreeing)
    assert conflict.spread == pytest.approx(0.5 / 2.1)
    assert (conflict.unit, conflict.denied, conflict.day) == ("USD", False, "2026-04-03")


@pytest.mark.parametrize(
    "other",
    [
        {"value": 2.13e9, "quote": "$2.13 billion"},
        {"value": 2e9, "quote": "over $2 billion", "qualifier": "over"},
        {"value": 2.2e9, "quote": "about $2.2 billion", "qualifier": "about"},
        {"value": 2e9, "quote": "$2 billion to $3 billion", "value_high": 3e9},
        {"scope": "China"}, {"per": "month"}, {"unit": "CNY"}, {"site": "post"}, {"source": "Post"},
        {"period": ("2026-01-01", "2026-01-31")}, {"modality": "forecast"}, {"modality": "target"},
        {"metric": "arr"}, {"subject": "Bolt"}, {"period": NOW}, {"kind": "rank"},
        {"negated": True},  # it denies a figure that nobody gave
    ],
)  # fmt: skip
def test_what_explains_a_difference_is_no_conflict(other: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"value": 2.6e9, "quote": "$2.6 billion", "site": "daily"} | other
    value, quote, site = (fields.pop(name) for name in ("value", "quote", "site"))
    assert disputes(A, say("2026-04-02", site, value, quote, **fields)) == ()


def test_one_source_in_two_outlets_is_one_source() -> None:
    a = say("2026-04-01", "post", 2.1e9, "$2.1 billion", source="Marlow")
    assert disputes(a, say("2026-04-02", "daily", 2.6e9, "$2.6 billion", source="Marlow Inc.")) == ()
    assert disputes(a, say("2026-04-02", "daily", 2.6e9, "$2.6 billion", source="Tern"))


def test_a_superseded_figure_is_no_conflict() -> None:
    corrected = say("2026-04-05", "daily", 2.1e9, "$2.1 billion")
    assert disputes(A, B, corrected) == ()
    assert disputes(A, replace(B, superseded_at="2026-04-03T00:00:00+00:00")) == ()
    withdrawn = say("2026-04-05", "daily", 2.6e9, "$2.6 billion", negated=True)
    assert not any(c.values == (2.1e9, 2.6e9) for c in disputes(A, B, withdrawn))


def test_a_stale_copy_of_a_corrected_article_is_no_conflict() -> None:
    first = say("2026-04-01", "post", 2.1e9, "$2.10 billion", article="a", sentence=LONG)
    copy = say("2026-04-01", "mirror", 2.1e9, "$2.10 billion", sentence=LONG)
    edited = replace(say("2026-04-02", "post", 2.4e9, "$2.40 billion", article="a"), version=2)
    assert disputes(replace(first, superseded_at="2026-04-02T00:00:00+00:00"), copy, edited) == ()


@pytest.mark.parametrize(("modality", "fights"), [("forecast", 1), ("target", 1), ("plan", 1), ("rumor", 1)])
def test_like_conflicts_with_like(modality: str, fights: int) -> None:
    a, b = replace(A, modality=modality), replace(B, modality=modality)
    assert len(disputes(a, b)) == fights
    assert len(disputes(a, replace(b, modality="rumor"))) == (modality in ("plan", "rumor"))


def test_without_a_period_only_what_is_said_together_conflicts() -> None:
    a = say("2026-04-01", "post", 12e6, "12 million", metric="users", period=NOW)
    near = say("2026-04-09", "daily", 19e6, "19 million", metric="users", period=NOW)
    far = say("2026-06-09", "daily", 19e6, "19 million", metric="users", period=NOW)
    assert len(disputes(a, near)) == 1
    assert disputes(a, far) == ()
    updated = say("2026-04-08", "post", 19e6, "19 million", metric="users", period=NOW)
    assert disputes(a, updated, near) == ()


def test_disputes_about_the_present_do_not_run_into_each_other() -> None:
    users: Any = {"metric": "users", "period": NOW}
    claims = [
        say(
            f"2026-{month:02}-{day:02}",
            site,
            value,
            f"{value / 1e6:.0f} million",
            article=f"{site}{month}{day}",
            **users,
        )
        for month in (1, 2, 3, 4)
        for day, site, value in (
            (1, "post", 12e6 + month * 1e6),
            (7, "daily", 19e6 + month * 1e6),
            (13, "post", 12e6),
        )
    ]
    assert [len(c.evidence) for c in disputes(*claims)] == [3, 3, 3, 3]


def test_a_count_of_a_running_period_may_be_lower() -> None:
    early = say("2026-03-01", "post", 1.4e9, "$1.4 billion")
    assert disputes(early, B) == ()
    assert disputes(say("2026-03-01", "post", 3.4e9, "$3.4 billion"), B)


@pytest.mark.parametrize(
    ("denial", "denied"),
    [
        ({}, True),
        ({"period": NOW}, True),
        ({"value": 30}, False),
        ({"value": None, "unit": None}, True),
        ({"value": None, "unit": None, "direction": "down"}, False),
        ({"site": "post"}, False),
        ({"scope": "China"}, False),
        ({"basis": None}, True),
        ({"modality": "forecast"}, False),
        ({"modality": "plan"}, True),
        ({"period": ("2025-01-01", "2025-03-31")}, False),
        ({"metric": "cost"}, False),
    ],
)
def test_a_denial_conflicts_with_what_it_denies(denial: dict[str, Any], denied: bool) -> None:
    said = change("2026-04-01", "post", 20, "20%", metric="price")
    fields: dict[str, Any] = {"value": 20, "site": "daily", "metric": "price", "source": None} | denial
    no = change("2026-04-03", fields.pop("site"), fields.pop("value"), "20%", negated=True, **fields)
    assert [c.denied for c in disputes(said, no)] == ([True] if denied else [])


def test_a_denial_without_a_period_answers_what_came_before() -> None:
    said = change("2026-04-03", "post", 20, "20%", metric="price", period=NOW)
    before = change("2026-04-01", "daily", 20, "20%", metric="price", period=NOW, negated=True)
    late = change("2026-06-01", "daily", 20, "20%", metric="price", period=NOW, negated=True)
    assert disputes(said, before) == ()
    assert disputes(said, late) == ()


def test_a_rumor_and_its_denial() -> None:
    rumor = say("2026-04-01", "post", 40e9, "$40 billion", metric="valuation", modality="rumor", period=NOW)
    no = say(
        "2026-04-02",
        "daily",
        40e9,
        "$40 billion",
        metric="valuation",
        period=NOW,
        negated=True,
        source="Acme",
    )
    (conflict,) = disputes(rumor, no)
    assert conflict.sources == ("post", "Acme")
    assert conflict.spread is None


def test_up_against_down() -> None:
    up = change("2026-04-01", "post", None, "rose", unit=None)
    assert disputes(up, change("2026-04-02", "daily", 3, "3%", direction="down"))
    assert disputes(up, change("2026-04-02", "daily", None, "fell", direction="down", unit=None))
    assert disputes(up, change("2026-04-02", "daily", 3, "3%")) == ()
    assert disputes(up, change("2026-04-02", "daily", 3, "3%", direction="down", basis="qoq")) == ()


def test_currencies_need_a_rate() -> None:
    dollars = say("2026-04-01", "post", 2.1e9, "$2.1 billion")
    euros = say("2026-04-02", "daily", 1.9e9, "€1.9 billion", unit="EUR")

    def convert(amount: float, have: str, want: str, day: str) -> float | None:
        rates = {("USD", "EUR"): 0.9, ("EUR", "USD"): 1 / 0.9}
        return amount if have == want else amount * rates[have, want] if (have, want) in rates else None

    assert disputes(dollars, euros) == ()
    assert disputes(dollars, euros, convert=convert) == ()
    more = say("2026-04-02", "daily", 2.6e9, "€2.6 billion", unit="EUR")
    (conflict,) = disputes(dollars, more, convert=convert)
    assert conflict.unit == "USD"
    assert list(conflict.values) == pytest.approx([2.1e9, 2.6e9 / 0.9])
    assert conflict.evidence == (dollars, more)
    assert disputes(dollars, replace(more, unit="GBP"), convert=convert) == ()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"value": 2.1e12, "quote": "$2.1 trillion"}, "thousand"),
        ({"value": 2.12e9, "quote": "$2.120 billion"}, "2%"),
        ({"value": 2.6e9, "quote": "$2.6 billion", "previous": 2.1e9}, "replaced"),
        ({"value": 2.3e9, "quote": "nearly $2.3 billion", "qualifier": "nearly"}, None),
        ({"value": 3.7e9, "quote": "$3.7 billion"}, None),
    ],
)
def test_what_nearly_explains_it(other: dict[str, Any], words: str | None) -> None:
    one = say("2026-04-01", "post", 2.1e9, "$2.100 billion")
    conflicts = disputes(one, say("2026-04-02", "daily", **other))
    if other.get("qualifier"):
        assert conflicts == ()
        return
    explanation = conflicts[0].explanation
    assert (explanation is None) if words is None else (explanation is not None and words in explanation)


def test_the_former_figure_of_the_other_explains_it_nearly() -> None:
    former = say("2026-03-31", "daily", 2.1e9, "$2.1 billion")
    (conflict,) = disputes(former, A, B)
    assert conflict.sources == ("post", "daily")
    assert conflict.explanation == "post gives the figure that daily gave before"


def test_a_price_that_the_vendor_changed_later_was_right_when_it_was_said() -> None:
    price: Any = {"metric": "price_input", "unit": "USD/1M tokens", "period": NOW}
    page = [
        replace(say(day, "vendor", value, quote, article="p", **price), version=version, published=None)
        for version, (day, value, quote) in enumerate(
            [("2026-04-01", 3.0, "$3.00"), ("2026-04-09", 2.0, "$2.00"), ("2026-04-12", 1.0, "$1.00")], 1
        )
    ]
    page = [*(replace(s, superseded_at="2026-04-12T00:00:00+00:00") for s in page[:2]), page[2]]
    for value, day, wrong in ((3.0, "2026-04-05", 0), (2.0, "2026-04-10", 0), (1.0, "2026-04-13", 0),
                              (3.0, "2026-04-13", 1), (2.5, "2026-04-05", 1)):  # fmt: skip
        press = say(day, "post", value, f"${value:.2f}", **price)
        assert len(disputes(*page, press)) == wrong, (value, day)


def test_a_window_shows_conflicts_that_arose_or_grew_in_it() -> None:
    assert len(disputes(A, B, since="2026-04-02")) == 1
    assert disputes(A, B, until="2026-04-01") == ()
    assert disputes(A, B, since="2026-04-03") == ()
