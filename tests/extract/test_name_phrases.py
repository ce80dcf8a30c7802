"""Noun phrases that are no names and may be what a figure is about."""

from datetime import date

import pytest

from crawler.article import Article
from extract.name_phrases import phrases_of
from extract.pipeline import build_nlp, readings_of

NLP = build_nlp()


def phrases(text: str) -> dict[str, str]:
    reading = readings_of(NLP, Article("u", "", text), date(2026, 5, 5))[0]
    return {phrase: how for s in range(len(reading.sentences)) for phrase, _, how in phrases_of(reading, s)}


@pytest.mark.parametrize(
    ("text", "phrase", "how"),
    [
        ("Prices of 65-inch panels rose to $118.", "65-inch panels", "measured"),
        ("Shipments of 800G modules tripled to 3 million units.", "800G modules", "measured"),
        ("1.6T modules will account for 40% of sales.", "1.6T modules", "clause"),
        ("The four big DRAM makers will spend 48% more.", "four big DRAM makers", "clause"),
        ("The market for robot-control models will grow 61% a year.", "robot-control models", "measured"),
        ("Only 12% of German households have two subscriptions.", "German households", "shared"),
        ("Pirate sites drew 30 million users.", "Pirate sites", "clause"),
        ("The median seat costs $25.", "median seat", "clause"),
    ],
)
def test_what_a_figure_may_be_about(text: str, phrase: str, how: str) -> None:
    assert phrases(text).get(phrase) == how


@pytest.mark.parametrize(
    "text",
    [
        "Sales of 3 million units were reported.",
        "Revenue of 3 billion dollars was up 5%.",
        "It cost $5.",
    ],
)
def test_amounts_and_pronouns_are_no_subjects(text: str) -> None:
    assert phrases(text) == {}
