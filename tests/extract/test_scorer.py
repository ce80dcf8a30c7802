"""Choosing by score."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scorer import Choice, Scorer

WEIGHTS = {
    "metric": {
        "own": {"cue left": 2.0, "cue right": 0.5},
        "place": {"unit=percent": {"share": 1.5, "price": -1.0}},
    },
}


def choice(*own: list[str]) -> Choice:
    return Choice("metric", ["unit=percent"], ["price", "share"][: len(own)], own)


def test_scores_add_own_weights_and_those_of_the_class() -> None:
    assert Scorer(WEIGHTS).scores(choice(["cue left"], [])) == [1.0, 1.5]


def test_the_best_and_its_probability() -> None:
    winner, p = Scorer(WEIGHTS).decide(choice(["cue left", "cue right"], []))
    assert winner == 0
    assert p == pytest.approx([1 / 2, 1 / 2])


def test_an_unknown_decision_knows_nothing() -> None:
    assert Scorer({}).probabilities(choice([], [])) == [0.5, 0.5]


def test_explanations_name_the_features_that_spoke_for_it() -> None:
    assert Scorer(WEIGHTS).explain(choice(["cue left"], []), 0) == ["cue left +2.0"]
    assert Scorer(WEIGHTS).explain(choice(["cue left"], []), 1) == ["unit=percent +1.5"]


@given(
    st.lists(
        st.lists(st.sampled_from(["cue left", "cue right", "unseen"]), max_size=4), min_size=1, max_size=2
    )
)
def test_probabilities_add_up_to_one(own: list[list[str]]) -> None:
    found = Scorer(WEIGHTS).probabilities(choice(*own))
    assert math.isclose(sum(found), 1.0)
    assert all(0 <= p <= 1 for p in found)
