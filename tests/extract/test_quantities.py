"""Quantities: what each written form stands for, what is none, and what must not change them."""

import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.quantities import find_quantities
from extract.records import Quantity
from extract.units_loading import load_units

UNITS = load_units()


def show(quantity: Quantity) -> str:
    """A quantity in one line: value[..high] [unit] [/per] [qualifier] [direction]."""
    ends = [quantity.value] if quantity.value_high is None else [quantity.value, quantity.value_high]
    value = "..".join(f"{end / 1e6:g}M" if end >= 1e6 else f"{end:g}" for end in ends)
    per = f"/{quantity.per}" if quantity.per else None
    return " ".join(filter(None, [value, quantity.unit, per, quantity.qualifier, quantity.direction]))


def read(text: str) -> list[str]:
    return [show(quantity) for quantity in find_quantities(text, UNITS)]


def cases() -> list[tuple[str, list[str]]]:
    """The cases of ``quantities.txt``: a text and what it must read as."""
    lines = (Path(__file__).parent / "quantities.txt").read_text(encoding="utf-8").splitlines()
    split = [line.split(" => ") for line in lines if line and not line.startswith("#")]
    return [(text, expected.split("; ")) for text, expected in split]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_reads(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On March 23-29, 2026, on 3 May, by Nov. 17, in May 2024 and on 2026-03-15",
        "the 1st, 22nd and 25th of June; the 1990s; in 2025, since 2019; 2025-26; '26",
        "at 4:30 pm, 12.30am, 6pm, 0915 GMT, 9 o'clock",
        "1Q26, Q4 2025, 2H25, FY2026, FY27",
        (
            "GLM-5, Qwen3-235B, DeepSeek V3.2, Step 3.5 Flash, H100, DDR5, GPT-4, iPhone 17, Llama 4 "
            "Maverick, B200"
        ),
        (
            "Windows 11 users, iPhone 17 models, the S&P 500, Chapter 11, Phase 3 trials, Section 230, No. "
            "7, the top 10"
        ),
        "won 3-1, lost 112-105, a 5-4 vote, 24/7, 16:9, 3:1, 1/2, 4x4, 9/11",
        "Zhipu (2513 HK), 02513.HK, 2330.TW, 373220 KS, SoftBank (9984), Hanbit (448310)",
        "open 22.00 to 06.00 CET\n14.31 New York opens\n09.05 Good morning\n0602 Nordham opens",
        "won stage five, the top five, phase two, USD per 1M tokens, in the year 12",
        "see https://example.org/2024/12/5000-users or write to desk42@news.example",
        "version 3.2.1, ISO 9001, call 555-0100, +44 20 7946 0958",
        "1. Lenovo\n2. HP\n[12]",
        "a third party, the first half, the fourth quarter, Big Four, one of them, no one",
        "double-digit growth, doubled down, the doubles title, won twice, twice a week",
        "tens of billions, several million, a few thousand, dozens, hundreds of users",
    ],
)
def test_no_quantity(text: str) -> None:
    assert read(text) == []


def test_a_plain_space_after_a_name_a_place_or_a_year_joins_nothing() -> None:
    assert read("the iPhone 17 256 GB, Llama 3 405 billion") == ["256 GB", "405000M"]
    assert read("about 3 200 mm fabs, the top 10 300 users, in 2025 400 users") == [
        "3 fab about",
        "300 users",
        "400 users",
    ]


@pytest.mark.parametrize(
    "coin",
    ["dollar", "euro", "pound", "cent", "yuan", "yen", "krona", "krone", "rupee", "penny", "buck", "quid"],
)
def test_one_of_every_coin_is_known(coin: str) -> None:
    (amount,) = find_quantities(f"It fell by a {coin}.", UNITS)
    assert amount.direction == "down"
    assert read(f"It is a real {coin}.") == []


def test_span_covers_the_whole_expression() -> None:
    text = "It asks about US$3.20 per million cached input tokens, up 11.2% on the week."
    price, change = find_quantities(text, UNITS)
    assert price.text == "US$3.20 per million cached input tokens"
    assert change.text == "11.2%"


def test_rounding_follows_magnitude_and_unit() -> None:
    text = "3.96 trillion tokens at 0.0005 yuan per thousand tokens and 120 billion calls"
    assert [quantity.rounding for quantity in find_quantities(text, UNITS)] == [1e10, 0.1, 1e10]


def test_a_line_break_ends_a_count_but_not_a_sum() -> None:
    assert read("It made 39.8\nbillion yuan") == ["39800M CNY"]
    assert read("Orders: 12\n\nVisitors came") == ["12"]


def test_table_cells_stand_alone() -> None:
    assert read("Model | Input | Output\nAlpha | 2.50 | 15.00\nBeta | 0.25 | 10%") == [
        "2.5", "15", "0.25", "10 percent",
    ]  # fmt: skip


TEXTS = [text for text, _ in cases()]
NOISE = [
    ("non-breaking spaces", lambda text: text.replace(" ", "\u00a0")),
    ("thin spaces", lambda text: text.replace(" ", "\u202f")),
    ("doubled spaces", lambda text: text.replace(" ", "  ")),
    ("curly quotes", lambda text: text.replace("'", "\u2019")),
    ("figure dashes", lambda text: text.replace("-", "\u2012")),
    ("non-breaking hyphens", lambda text: text.replace("-", "\u2011")),
    ("Windows line ends", lambda text: f"First line.\r\n{text}\r\nLast line.\r\n"),
    (
        "full-width digits",
        lambda text: re.sub(r"(?<![\w.,-])\d+(?=%)", lambda m: m.group().translate(FULL), text),
    ),
]
FULL = {ord("0") + i: 0xFF10 + i for i in range(10)}


@pytest.mark.parametrize(("name", "noise"), NOISE, ids=[name for name, _ in NOISE])
def test_typography_changes_nothing(name: str, noise) -> None:  # type: ignore[no-untyped-def]
    assert [read(noise(text)) for text in TEXTS] == [read(text) for text in TEXTS]


PIECES = st.sampled_from(
    [
        *re.findall(r"\S+", " ".join(TEXTS)),
        "\n",
        "\n\n",
        "(",
        ")",
        "|",
        "—",
        "£",
        "1,2",
        "'26",
        "½",
        "\u00a0",
        "万",
        "/",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=12).map("".join) | st.text())
def test_offsets_give_the_text_back_in_order(text: str) -> None:
    end = 0
    for quantity in find_quantities(text, UNITS):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.value_high is None or quantity.value_high > quantity.value
        end = quantity.end


@given(
    st.integers(min_value=2, max_value=999),
    st.sampled_from([("million", 1e6), ("bn", 1e9), ("trillion", 1e12)]),
)
def test_notations_agree(number: int, magnitude: tuple[str, float]) -> None:
    word, factor = magnitude
    for text in (
        f"${number} {word}",
        f"{number} {word} dollars",
        f"US${number}{word}",
        f"{number} {word} USD",
    ):
        (quantity,) = find_quantities(f"It spent {text} on it.", UNITS)
        assert (quantity.value, quantity.unit) == (number * factor, "USD")


@given(st.text(alphabet="abc 19.%$\n-", max_size=60), st.sampled_from(TEXTS))
def test_a_paragraph_does_not_change_the_next(before: str, text: str) -> None:
    alone = read(text)
    assert read(f"{before}\n\n{text}")[-len(alone) :] == alone


def test_component_sets_the_extension() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("beatbook_quantities")
    doc = nlp("Usage rose 11.2% to 22.7 trillion tokens.")
    assert [quantity.text for quantity in doc._.quantities] == ["11.2%", "22.7 trillion tokens"]
