"""The phrase index and the inflection of its entries."""

import pytest

from extract.phrases import PhraseIndex, noun_forms, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("rise/rose/risen", {"rise", "rises", "rising", "rose", "risen"}),
        ("cut/cut", {"cut", "cuts", "cutting"}),
        ("slip", {"slip", "slips", "slipping", "slipped"}),
        ("supply", {"supply", "supplies", "supplying", "supplied"}),
        ("raise", {"raise", "raises", "raising", "raised"}),
        ("roll out/rolled out", {"roll out", "rolls out", "rolling out", "rolled out"}),
    ],
)
def test_verb_forms(verb: str, forms: set[str]) -> None:
    assert set(verb_forms(verb)) == forms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("price", "prices"), ("query", "queries"), ("loss", "losses"), ("net sale", "net sales")],
)
def test_noun_forms(noun: str, plural: str) -> None:
    assert noun_forms(noun) == [noun, plural]


def test_the_longest_phrase_at_a_place_wins() -> None:
    index = PhraseIndex([(("operating",), "o"), (("operating", "profit"), "profit"), (("profit",), "p")])
    words = ["operating", "profit", "and", "operating", "profit", "margin"]
    assert index.find(words) == [(0, 2, "profit"), (3, 5, "profit")]


def test_one_phrase_may_mean_two_things() -> None:
    index = PhraseIndex([(("share",), "share"), (("share",), "share_price")])
    assert index.find(["share"]) == [(0, 1, "share"), (0, 1, "share_price")]
