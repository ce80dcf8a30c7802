"""Names where the case of letters says little: brands in small letters, lines in capitals."""

import pytest

from extract.names import find_names
from extract.vocabulary import Vocabulary, load_vocabulary

SHIPPED = load_vocabulary()
BARE = Vocabulary({t: e for t, e in SHIPPED.tables.items() if t not in ("vendor", "model", "organisation")})


def names(text: str, title: str = "") -> set[str]:
    return {m.name for m in find_names(text, title, BARE)}


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("It now costs 2 euros. Those who left brumwick came back.", "brumwick puts fees up", "brumwick"),
        ("brumwick, the Danish maker of toys, has 2 million users.", "", "brumwick"),
        ("Sales rose. brumwick's margin fell.", "", "brumwick"),
        ("Dutch chipmaker brumwick cut its fees. So brumwick grew.", "", "brumwick"),
        ("In May brumwick Pro rose to $25; we left brumwick in June.", "", "brumwick Pro"),
        ("In May skarrow 1.5 cost $2, skarrow 1.5 now costs $1.", "", "skarrow 1.5"),
        ("Today it made skarrow 1.5 available. skarrow 1.5 reads fast.", "", "skarrow 1.5"),
        ("skarrow 1.5 reads fast. A sibling, skarrow 1.5 osprel, enters beta.", "", "skarrow 1.5 osprel"),
        ("1 | skarrow.xl | 301B\n2 | tarn.x | 4B", "", "skarrow.xl"),
        ("The shop released skarrow.s in May.", "", "skarrow.s"),
        ("The price of skarrow.ai-7 fell.", "", "skarrow.ai-7"),
    ],
)
def test_brands_in_small_letters(text: str, title: str, expected: str) -> None:
    assert expected in names(text, title)


@pytest.mark.parametrize(
    "text",
    [
        "honestly who cares. prices rose 5% and nobody was surprised.",
        "The chipmaker giant cut its fees twice.",
        "Rows | 3\nskarrow.csv | 4\nSee skarrow.html and shop.example/skarrow.xy or e.g. this.",
        "It paid.that was all; 1.5 of it, i.e. half.",
        "Prices rose from roughly 1.5 million to 3 million.",
        "It hired a spokesperson. The spokesperson left.",
    ],
)
def test_plain_words_in_small_letters_are_no_brands(text: str) -> None:
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*VESTROLA Q2 REVENUE EUR 1.24 BN\n*VESTROLA SEES FY REVENUE AT EUR 5.1 BN", {"VESTROLA"}),
        ("SHARES IN SWISS TELECOMS GROUP VESTROLA (VTRV.VI) SLID 4%.", {"VESTROLA"}),
        ("MAY 5 – BRENT AI CUTS BRENT-2 LARGE INPUT TO $1.10 PER MLN TOKENS", {"BRENT AI", "BRENT-2 LARGE"}),
        ("SULVA, IVROY AND TRESKO CLOUD RAISE STORAGE PRICES 3%.", {"SULVA", "IVROY", "TRESKO CLOUD"}),
        ("VESTROLA SHARES FELL AGAIN ON FRIDAY.\nOn Friday Vestrola said why.", {"Vestrola"}),
        ("PRICES OF MEMORY ROSE 5% IN MARCH, THE ANALYSTS SAID. THE MARKET FELL.", {"memory"}),
    ],
)
def test_lines_in_capitals_hold_names_but_not_each_word_is_one(text: str, expected: set[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "brumwick 2.5 undercut rivals. brumwick 2.5 beat tarn.",
        "brumwick 2.5 reads well and brumwick 2.5 outshines others.",
        "brumwick 2.5 fetched more, for brumwick 2.5 rarely fails.",
    ],
)
def test_what_a_version_does_is_no_part_of_its_name(text: str) -> None:
    assert names(text) == {"brumwick 2.5"}


def test_an_amount_after_a_brand_is_no_version() -> None:
    assert names("brumwick, a chipmaker, paid brumwick 2.5 million euros.") == {"brumwick"}
