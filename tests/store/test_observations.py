from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sightings_made import change, say

from store.checks import newest_first
from store.conflicts import conflicts_of
from store.growth import change_checks, percentage_checks
from store.observations import independent, observations_of
from store.records import Sighting
from store.revisions import revisions_of
from store.series import floating, originals, partial, voice
from store.wholes import part_checks, share_checks, slip_checks

LONG = "Revenue at Acme reached $2.10 billion in the first quarter, the company said."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("www.acme.example", "Acme"), ("Acme Inc.", "ACME"), ("The Information", "Information"),
        ("finance.acme.com", "acme.co.uk"), ("acme.substack.com", "Acme"),
        ("Acme Holdings Co., Ltd.", "Acme Holdings"),
    ],
)  # fmt: skip
def test_one_speaker_by_several_names(one: str, other: str) -> None:
    assert voice(one) == voice(other)


def test_two_speakers_stay_two() -> None:
    assert voice("Acme Cloud") != voice("Acme")
    assert voice("finance.yahoo.com") != voice("finance.sina.com.cn")
    assert voice(None) == ""


def test_what_is_said_by_many_is_one_observation() -> None:
    """An outlet that quotes counts for whom it quotes, a syndicated copy not at all."""
    first = say("2026-04-01", "post", 2.1e9, "$2.10 billion", sentence=LONG)
    copy = say("2026-04-02", "mirror", 2.1e9, "$2.10 billion", sentence=LONG)
    quoting = say("2026-04-03", "daily", 2.1e9, "$2.1 billion", source="Post")
    own = say("2026-04-04", "gazette", 2.1e9, "$2.1 billion")
    (observation,) = observations_of([own, quoting, copy, first])
    assert observation.stories == 2
    assert observation.voices == ("post", "gazette")
    assert (observation.first_said, observation.first_by) == ("2026-04-01", "post")
    assert observation.last_seen[:10] == "2026-04-04"
    assert observation.evidence == (first, copy, quoting, own)
    assert independent([copy, first]) == 1


def test_a_shared_story_makes_a_copy_whatever_its_words() -> None:
    first = say("2026-04-01", "post", 2.1e9, "$2.1 billion", article="a", sentence="short")
    copy = replace(say("2026-04-01", "mirror", 2.1e9, "$2.1 billion", sentence="other"), story=first.story)
    assert [v.copies for v in originals([first, copy])] == [(copy,)]


def test_a_copy_with_another_figure_speaks_for_itself() -> None:
    first = say("2026-04-01", "post", 2.1e9, "$2.10 billion", sentence=LONG)
    altered = replace(say("2026-04-01", "mirror", 2.7e9, "$2.70 billion"), story=first.story)
    assert [v.copies for v in originals([first, altered])] == [(), ()]


def test_the_same_sentence_a_season_later_is_no_copy() -> None:
    first = say("2026-01-01", "post", 2.1e9, "$2.10 billion", sentence=LONG)
    later = say("2026-04-01", "mirror", 2.1e9, "$2.10 billion", sentence=LONG)
    assert independent([first, later]) == 2


def test_rounding_does_not_carry_over() -> None:
    """3.9 and 4 agree, 4 and 4.1 agree, 3.9 and 4.1 do not: the coarse one joins the nearer."""
    claims = [
        say("2026-04-01", "a", 3.91e9, "$3.91 billion"),
        say("2026-04-01", "b", 4e9, "$4 billion"),
        say("2026-04-01", "c", 4.13e9, "$4.13 billion"),
    ]
    found = observations_of(claims)
    assert sorted((o.value, o.stories) for o in found) == [(3.91e9, 2), (4.13e9, 1)]


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "China"}, {"per": "day"}, {"unit": "CNY"}, {"modality": "forecast"}, {"negated": True},
        {"period": ("2026-01-01", "2026-01-31")}, {"kind": "rank"}, {"metric": "arr"}, {"subject": "Bolt"},
    ],
)  # fmt: skip
def test_another_number_is_another_observation(other: dict[str, Any]) -> None:
    claims = [say("2026-04-01", "a", 4e9, "$4 billion"), say("2026-04-01", "b", 4e9, "$4 billion", **other)]
    assert len(observations_of(claims)) == 2


def test_a_claim_edited_away_is_no_observation_unless_asked_for() -> None:
    gone = replace(say("2026-04-01", "a", 4e9, "$4 billion"), superseded_at="2026-04-02T00:00:00+00:00")
    assert observations_of([gone]) == ()
    assert len(observations_of([gone], superseded=True)) == 1


def test_periods_that_move_with_the_day_of_saying() -> None:
    assert floating(say("2026-04-01", "a", 1.0, period=(None, None)))
    assert floating(say("2026-04-01", "a", 1.0, metric="tokens", period=("2026-02-01", None)))
    assert not floating(say("2026-04-01", "a", 1.0, metric="price_input", period=("2026-02-01", None)))
    assert not floating(say("2026-04-01", "a", 1.0, modality="forecast", period=(None, None)))
    assert not floating(say("2026-04-01", "a", 1.0, period=(None, "2026-12-31")))


def test_a_count_while_its_period_runs_is_partial() -> None:
    assert partial(say("2026-03-01", "a", 1.0))
    assert not partial(say("2026-04-01", "a", 1.0))
    assert not partial(say("2026-03-01", "a", 1.0, metric="price"))


sightings = st.builds(
    lambda day, site, value, quote, more: (change if more.pop("change", False) else say)(
        f"2026-0{1 + day // 28}-{1 + day % 28:02}", site, value, quote, **more
    ),
    st.integers(0, 80),
    st.sampled_from(["post", "daily", "gazette"]),
    st.sampled_from([2e9, 2.1e9, 2.13e9, 3e9, 55.0, 60.0, 2e12]),
    st.sampled_from(["$2.1 billion", "55-60%", ""]),
    st.fixed_dictionaries(
        {},
        optional={
            "change": st.just(True),
            "source": st.sampled_from(["Post", "Marlow", "Acme"]),
            "modality": st.sampled_from(["reported", "forecast", "rumor", "plan"]),
            "negated": st.booleans(),
            "qualifier": st.sampled_from(["over", "about", "under"]),
            "metric": st.sampled_from(["share", "price_input", "revenue"]),
            "scope": st.just("China"),
            "previous": st.sampled_from([2e9, 55.0]),
            "value_high": st.just(3e12),
            "period": st.sampled_from([(None, None), ("2025-01-01", "2025-03-31"), ("2026-02-01", None)]),
        },
    ),
)


@given(st.lists(sightings, max_size=12).flatmap(lambda x: st.tuples(st.just(x), st.permutations(x))))
def test_no_answer_depends_on_the_order_in_which_sightings_arrive(
    both: tuple[list[Sighting], list[Sighting]],
) -> None:
    def answers(claims: list[Sighting]) -> list[object]:
        texts = percentage_checks(claims)
        return [
            observations_of(claims), revisions_of(claims), conflicts_of(claims),
            newest_first([*texts, *change_checks(claims, [s for c in texts for s in c.evidence])]),
            newest_first([*share_checks(claims), *part_checks(claims), *slip_checks(claims)]),
        ]  # fmt: skip

    ordered, shuffled = both
    assert answers(ordered) == answers(shuffled)
    assert answers([*ordered, *ordered]) == answers(ordered)
