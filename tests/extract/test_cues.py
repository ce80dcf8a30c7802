"""Cue words: found by any of their forms, the longest at a place, kinds on top of each other."""

from typing import Any

import pytest
import spacy

from extract.cues import Cue, CueFinder
from extract.pipeline import build_nlp, cue_entries
from extract.vocabulary import Entry, load_vocabulary

ENGLISH = spacy.blank("en")
ENTRIES: list[dict[str, Any]] = [
    {"kind": "metric", "value": "price", "nouns": ["price", "contract price"]},
    {"kind": "metric", "value": "share_price", "nouns": ["share price"]},
    {
        "kind": "direction",
        "value": "up",
        "verbs": ["rise/rose/risen", "go up/went up"],
        "phrases": ["year-high"],
    },
    {"kind": "direction", "value": "down", "verbs": ["cut/cut"], "nouns": ["cut"]},
    {"kind": "modality", "value": "plan", "verbs": ["cut/cut"]},
]


def find(text: str) -> list[Cue]:
    words = [t for t in ENGLISH(text) if not t.is_space]
    finder = CueFinder(ENTRIES, ENGLISH.tokenizer)
    return finder.find([t.lower_ for t in words], [t.idx for t in words], [t.idx + len(t) for t in words])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prices have risen.", [("metric", "price", "Prices"), ("direction", "up", "risen")]),
        ("The share price rises", [("metric", "share_price", "share price"), ("direction", "up", "rises")]),
        ("CONTRACT PRICES WENT UP", [("metric", "price", "CONTRACT PRICES"), ("direction", "up", "WENT UP")]),
        ("a year-high", [("direction", "up", "year-high")]),
        ("It is cutting", [("direction", "down", "cutting"), ("modality", "plan", "cutting")]),
        ("pricing the sunrise", []),
        ("", []),
    ],
)
def test_cues_of_a_text(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(cue.kind, cue.value, text[cue.start : cue.end]) for cue in find(text)] == found


def test_a_cue_knows_its_words() -> None:
    (cue,) = find("Now contract  prices stay")
    assert (cue.first, cue.last, cue.text) == (1, 3, "contract prices")


SHIPPED = load_vocabulary()


@pytest.fixture(scope="module")
def nlp() -> Any:
    return build_nlp(SHIPPED)


@pytest.mark.parametrize(
    "entry", [*SHIPPED.entries("metric"), *SHIPPED.entries("cue")], ids=lambda e: e.where
)
def test_the_example_of_an_entry_holds_its_cue(entry: Entry, nlp: Any) -> None:
    words = nlp.get_pipe("beatbook_cues")(nlp.make_doc(entry.example))._.cues
    kind, value = entry.values.get("kind", "metric"), entry.values.get("value", entry.name)
    assert (kind, value) in {(cue.kind, cue.value) for cue in words}


def test_entries_are_those_of_metrics_and_cues() -> None:
    assert len(cue_entries(SHIPPED)) == len(SHIPPED.entries("metric")) + len(SHIPPED.entries("cue"))


def cues_of(nlp: Any, text: str) -> set[tuple[str, str]]:
    return {(cue.kind, cue.value) for cue in nlp.get_pipe("beatbook_cues")(nlp.make_doc(text))._.cues}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("It is 90 cents a million in and $2.70 out.", {"price_input", "price_output"}),
        ("$0.10 in, $0.30 out (per 1M)", {"price_input", "price_output"}),
        ("$0.08 / $0.24 per million, in and out", {"price_input", "price_output"}),
        ("Model | In | Out", {"price_input", "price_output"}),
        ("It sold 5 million in 2025 and ran out of stock.", set()),
        ("Revenue rose in March and Lumen 2 is out today.", set()),
    ],
)
def test_in_and_out_are_sides_of_a_price_only_beside_one(text: str, sides: set[str], nlp: Any) -> None:
    found = {value for kind, value in cues_of(nlp, text) if kind == "metric"}
    assert found & {"price_input", "price_output"} == sides


@pytest.mark.parametrize(
    ("text", "cue", "there"),
    [
        ("The contract is for three years.", ("direction", "down"), False),
        ("The market contracted.", ("direction", "down"), True),
        ("It takes 19 billion tokens every minute.", ("hypothesis", "if"), False),
        ("For every cent, sales rise.", ("hypothesis", "if"), True),
        ("They made Lumen 2 available.", ("metric", "launch"), True),
        ("Lumen 2 is out today.", ("metric", "launch"), True),
        ("Lumen 2 enters public beta.", ("metric", "launch"), True),
        ("Lumen 2 hits the shelves.", ("metric", "launch"), True),
        ("Google hasn't touched its list.", ("direction", "flat"), True),
        ("Prices hardly changed.", ("direction", "flat"), True),
        ("Prices have become dearer.", ("direction", "up"), True),
        ("It is yet to raise fees.", ("negation", "not"), True),
        ("HP kept the lead.", ("rank", "1"), True),
    ],
)
def test_a_cue_is_there_or_not(text: str, cue: tuple[str, str], there: bool, nlp: Any) -> None:
    assert (cue in cues_of(nlp, text)) == there
