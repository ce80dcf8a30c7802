from dataclasses import replace
from typing import Any

import pytest
from sightings_made import change, say

from store.records import Sighting
from store.revisions import positions_of, revisions_of
from store.superseding import supersedes

FORECAST = {"modality": "forecast", "source": "Marlow"}
NOW: Any = (None, None)


def chains(*claims: Sighting) -> list[tuple[float, ...]]:
    return [r.values for r in revisions_of(claims)]


def test_several_articles_make_a_chain() -> None:
    (revision,) = revisions_of(
        [
            change("2026-01-05", "post", 55, "55-60%", value_high=60, **FORECAST),
            change("2026-01-09", "daily", 55, "55-60%", value_high=60, **FORECAST),
            change("2026-02-02", "daily", 90, "90-95%", value_high=95, **FORECAST),
        ]
    )
    assert revision.values == (55, 90)
    assert revision.value_highs == (60, 95)
    assert revision.sources == ("Marlow",)
    assert [len(step.evidence) for step in revision.steps] == [2, 1]
    assert len(revision.claims) == 3
    assert revision.day == "2026-02-02"


def test_one_text_names_both_figures() -> None:
    only = change("2026-02-02", "post", 90, "90-95%", value_high=95, previous=55, **FORECAST)
    (revision,) = revisions_of([only])
    assert revision.values == (55, 90)
    assert [step.how for step in revision.steps] == ["text", "article"]
    assert revision.claims == (only.id,)


def test_a_figure_named_as_superseded_is_the_step_before_or_one_between() -> None:
    first = change("2026-01-05", "post", 55, "55-60%", value_high=60, **FORECAST)
    assert chains(first, change("2026-02-02", "daily", 90, "90%", previous=55, **FORECAST)) == [(55, 90)]
    assert chains(first, change("2026-02-02", "daily", 90, "90%", previous=70, **FORECAST)) == [(55, 70, 90)]


def test_a_silent_edit_is_a_revision() -> None:
    old = replace(
        say("2026-04-01", "post", 300e6, "$300 million", article="a"),
        superseded_at="2026-04-02T00:00:00+00:00",
    )
    new = replace(say("2026-04-02", "post", 350e6, "$350 million", article="a"), version=2)
    (revision,) = revisions_of([new, old])
    assert revision.values == (300e6, 350e6)
    assert revision.steps[1].how == "edit"
    back = replace(say("2026-04-03", "post", 300e6, "$300 million", article="a"), version=3)
    assert chains(old, replace(new, superseded_at="2026-04-03"), back) == [(300e6, 350e6, 300e6)]


def test_a_watched_price_page_gives_new_prices_and_revises_none() -> None:
    price: Any = {"metric": "price_input", "unit": "USD/1M tokens", "period": NOW, "article": "p"}

    def page(published: str | None, **more: Any) -> list[Sighting]:
        old = replace(
            say("2026-04-01", "vendor", 3.0, "$3", **price | more), superseded_at="2026-04-09T00:00:00+00:00"
        )
        new = replace(say("2026-04-09", "vendor", 2.0, "$2", **price | more), version=2)
        return [replace(s, published=published) for s in (old, new)]

    assert chains(*page(None)) == []
    assert chains(*page("2026-04-01")) == [(3.0, 2.0)], "an article was edited"
    assert chains(*page(None, metric="users", unit="users")) == [(3.0, 2.0)]
    assert chains(*page(None, period=("2026-05-01", None))) == [(3.0, 2.0)], "an announced price was changed"
    (held,) = positions_of(page(None))
    assert held.first.value == 2.0


def test_an_edit_elsewhere_in_the_text_is_none() -> None:
    """Two figures of one number in both versions, of which the fields cannot tell why."""
    old = [say("2026-04-01", "post", v, q, article="a", start=i)
           for i, (v, q) in enumerate([(300e6, "$300 million"), (400e6, "$400 million")])]  # fmt: skip
    new = [replace(s, id=s.id + "2", version=2, said="2026-04-02") for s in old]
    assert chains(*old, *new) == []


@pytest.mark.parametrize(
    "later",
    [
        say("2026-04-09", "post", 2.13e9, "$2.13 billion"),  # more exact
        say("2026-04-09", "post", 2e9, "over $2 billion", qualifier="over"),
        say("2026-04-09", "daily", 3e9, "$3.0 billion"),  # someone else
        say("2026-04-09", "post", 3e9, "$3.0 billion", period=("2026-04-01", "2026-06-30")),
        say("2026-04-09", "post", 3e9, "$3.0 billion", scope="China"),
        say("2026-04-09", "post", 3e9, "$3.0 billion", per="month"),
        say("2026-04-09", "post", 3e9, "$3.0 billion", source="Marlow"),
        say("2026-04-09", "post", 3e9, "$3.0 billion", modality="forecast"),
        say("2026-04-09", "post", 3e9, "$3.0 billion", unit="EUR"),
        say("2026-04-09", "post", 3e9, "not $3.0 billion", negated=True),
    ],
)
def test_what_is_no_revision(later: Sighting) -> None:
    assert chains(say("2026-04-01", "post", 2.1e9, "$2.1 billion"), later) == []


def test_a_new_price_and_a_figure_of_another_day_are_no_revisions() -> None:
    price: Any = {"metric": "price_input", "unit": "USD/1M tokens"}
    assert chains(
        say("2026-01-01", "post", 3.0, "$3", period=("2026-01-01", None), **price),
        say("2026-02-01", "post", 2.0, "$2", period=("2026-02-01", None), previous=3.0, **price),
    ) == []  # fmt: skip
    assert chains(
        say("2026-01-01", "post", 12e6, "12 million", metric="users", unit="users", period=NOW),
        say("2026-01-08", "post", 13e6, "13 million", metric="users", unit="users", period=NOW),
    ) == []  # fmt: skip
    assert chains(
        say("2026-02-01", "post", 3e6, "3 million", metric="shipments", unit="units"),
        say("2026-04-02", "post", 5e6, "5 million", metric="shipments", unit="units"),
    ) == [], "counted while the quarter ran"  # fmt: skip


def test_a_correction_without_a_period_is_one() -> None:
    first = say("2026-01-01", "post", 12e6, "12 million", metric="users", unit="users", period=NOW)
    said: Any = {"article": "c", "metric": "users", "unit": "users", "period": NOW}
    right = say("2026-01-03", "post", 13e6, "13 million", **said)
    wrong = say("2026-01-03", "post", 12e6, "not 12 million", negated=True, start=50, **said)
    assert chains(first, right, wrong) == [(12e6, 13e6)]


def test_an_old_figure_told_again_is_not_taken_up_again() -> None:
    first = change("2026-01-05", "post", 55, "55%", **FORECAST)
    second = change("2026-02-02", "daily", 90, "90%", **FORECAST)
    missed = change("2026-02-20", "gazette", 55, "55%", **FORECAST)
    past = change("2026-02-20", "daily", 55, "55%", sentence="Marlow had expected 55%.", **FORECAST)
    back = change("2026-02-20", "daily", 55, "55%", sentence="Marlow expects 55% after all.", **FORECAST)
    named = change("2026-02-20", "gazette", 55, "55%", previous=90, **FORECAST)
    assert chains(first, second, missed) == [(55, 90)]
    assert chains(first, second, past) == [(55, 90)]
    assert chains(first, second, back) == [(55, 90, 55)]
    assert chains(first, second, named) == [(55, 90, 55)]


def test_a_window_shows_chains_that_grew_in_it_whole() -> None:
    claims = [change(day, "post", v, f"{v}%", **FORECAST)
              for day, v in (("2026-01-05", 55), ("2026-02-02", 90), ("2026-03-02", 70))]  # fmt: skip
    assert [r.values for r in revisions_of(claims, since="2026-03-01")] == [(55, 90, 70)]
    assert [r.values for r in revisions_of(claims, since="2026-02-01", until="2026-02-03")] == [(55, 90, 70)]
    assert revisions_of(claims, until="2026-01-31") == ()
    assert revisions_of(claims, since="2026-03-03") == ()


def test_a_pace_that_slowed_was_not_revised() -> None:
    slowed = change("2026-04-01", "post", 11, "11%", previous=15, sentence="Growth slowed to 11% from 15%")
    revised = change(
        "2026-04-01", "post", 11, "11%", previous=15, sentence="Growth was revised from 15% to 11%"
    )
    assert (supersedes(slowed), supersedes(revised)) == (False, True)


@pytest.mark.parametrize(
    ("modality", "sentence", "revised"),
    [
        ("forecast", "IDC raised its 2026 forecast to $120 billion from $100 billion", True),
        ("forecast", "IDC now expects $120 billion, up from $100 billion", True),
        ("forecast", "IDC cut its outlook from $120 billion to $100 billion", True),
        ("forecast", "IDC sees $120 billion, against an earlier forecast of $100 billion", True),
        ("target", "Acme lifted its target from $100 billion to $120 billion", True),
        ("forecast", "", True),
        ("forecast", "IDC expects revenue to grow from $100 billion to $120 billion", False),
        ("forecast", "IDC expects $120 billion, up from $100 billion", False),
        ("forecast", "IDC expects $120 billion in 2026, from $100 billion in 2025", False),
        ("plan", "Acme will lower the price from $120 to $100", False),
        ("plan", "Acme raised its guidance to $120 billion from $100 billion", True),
        ("reported", "Revenue rose to $120 billion from $100 billion", False),
        ("reported", "Marlow revised first-quarter revenue to $120 billion from $100 billion", True),
        ("rumor", "Acme is said to have revised $100 billion to $120 billion", False),
    ],
)
def test_previous_is_a_view_revised_or_a_level_left(modality: str, sentence: str, revised: bool) -> None:
    s = say("2026-04-01", "post", 120e9, "$120 billion", previous=100e9, modality=modality, sentence=sentence)
    assert supersedes(s) is revised
    assert chains(s) == ([(100e9, 120e9)] if revised else [])
