"""Figures, periods and claims in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatbook.wording import figure, number, period, said
from extract.records import Claim


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.27e13, "22.7 trillion"),
        (1.2e9, "1.2 billion"),
        (42e6, "42 million"),
        (120000, "120,000"),
        (1234.5, "1,234.5"),
        (0.0005, "0.0005"),
        (0, "0"),
        (-5.12e8, "-512 million"),
        (11.2, "11.2"),
    ],
)
def test_number(value: float, words: str) -> None:
    assert number(value) == words


@given(st.floats(min_value=1e-4, max_value=1e17))
def test_a_number_in_words_reads_back(value: float) -> None:
    digits, _, word = number(value).partition(" ")
    scale = {"": 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}[word]
    assert float(digits.replace(",", "")) * scale == pytest.approx(value, rel=1e-5)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((None, "percent"), "-"),
        ((55, "percent", 60), "55-60%"),
        ((5.2e9, "USD", 5.4e9), "5.2-5.4 billion USD"),
        ((9e8, "USD", 1.2e9), "900 million-1.2 billion USD"),
        ((2, "USD/1M tokens"), "2 USD/1M tokens"),
        ((2.27e13, "tokens", None, "about"), "about 22.7 trillion tokens"),
        ((3, "x"), "3x"),
        ((2, None), "2"),
    ],
)
def test_figure(arguments: tuple[object, ...], words: str) -> None:
    assert figure(*arguments) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, "-"),
        ("2026-03-09", None, "since 2026-03-09"),
        (None, "2027-12-31", "by 2027-12-31"),
        ("2026-03-09", "2026-03-09", "2026-03-09"),
        ("2026-03-09", "2026-03-15", "2026-03-09 to 2026-03-15"),
    ],
)
def test_period(start: str | None, end: str | None, words: str) -> None:
    assert period(start, end) == words


def claim(**fields: object) -> Claim:
    base: dict[str, object] = {
        "subject": "Halcyon 3",
        "metric": "price_input",
        "kind": "level",
        "value": 2.0,
        "unit": "USD/1M tokens",
        "quote": "$2",
        "sentence": "It costs $2.",
        "field": "text",
        "start": 0,
        "end": 2,
    }
    return Claim(**{**base, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"previous": 3.0, "direction": "down"}, "Halcyon 3 price_input 2 USD/1M tokens ▼ from 3"),
        ({"negated": True, "modality": "plan"}, "NOT Halcyon 3 price_input 2 USD/1M tokens [plan]"),
        ({"kind": "rank", "metric": "rank", "value": 1.0, "unit": None}, "Halcyon 3 rank no. 1"),
        ({"kind": "change", "value": None, "unit": None, "direction": "up"}, "Halcyon 3 price_input ▲"),
        (
            {"metric": "tokens", "value": 3.1e12, "unit": "tokens", "per": "week", "scope": "OpenLane"},
            "Halcyon 3 tokens 3.1 trillion tokens per week (OpenLane)",
        ),
    ],
)
def test_said(fields: dict[str, object], words: str) -> None:
    assert said(claim(**fields)) == words
