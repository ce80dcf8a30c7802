"""Numerals in digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.number_words import WORD, read_words
from extract.numbers import any_of, clean, fold, lower, read_digits


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("3.96 trillion", 3.96, "3.96"),
        ("1,200 people", 1200, "1,200"),
        ("1,234,567.89", 1234567.89, "1,234,567.89"),
        ("1,20,000 rupees", 120000, "1,20,000"),
        ("1'200'000 Franken", 1200000, "1'200'000"),
        ("1\u202f234,5 t", 1234.5, "1\u202f234,5"),
        ("12\u00a0500 euros", 12500, "12\u00a0500"),
        ("1\u00a0284.6 million", 1284.6, "1\u00a0284.6"),
        ("10 000 euros", 10000, "10 000"),
        ("1 234 567 km", 1234567, "1 234 567"),
        ("737 800 seats", 737, "737"),
        ("3.000.000 customers", 3000000, "3.000.000"),
        ("1.234,56 euros", 1234.56, "1.234,56"),
        ("4,5 bn", 4.5, "4,5"),
        ("4,5 and 6", 4, "4"),
        ("2½ times", 2.5, "2½"),
        ("2 and a half times", 2.5, "2 and a half"),
        ("２５％", 25, "２５"),
    ],
)
def test_digits(text: str, value: float, written: str) -> None:
    numeral = read_digits(lower(fold(text)), text, 0)
    assert numeral.value == pytest.approx(value)
    assert text[numeral.start : numeral.end] == written


@pytest.mark.parametrize(
    ("text", "value", "written", "kind"),
    [
        ("twenty-three people", 23, "twenty-three", "words"),
        ("Twenty three people", 23, "Twenty three", "words"),
        ("two and a half trillion tokens", 2.5e12, "two and a half trillion", "words"),
        ("half a million users", 5e5, "half a million", "words"),
        ("a million users", 1e6, "a million", "article"),
        ("a hundred firms", 100, "a hundred", "article"),
        ("half a dozen eggs", 6, "half a dozen", "words"),
        ("two dozen eggs", 24, "two dozen", "words"),
        ("one hundred and five thousand", 105000, "one hundred and five thousand", "words"),
        ("two hundred thousand and more", 200000, "two hundred thousand", "words"),
        ("two million three hundred thousand", 2300000, "two million three hundred thousand", "words"),
        ("five million two billion", 5e6, "five million", "words"),
        ("three lakh crore", 3e12, "three lakh crore", "words"),
        ("three point two billion", 3.2e9, "three point two billion", "words"),
        ("two three", 2, "two", "words"),
        ("two-thirds of it", 2 / 3, "two-thirds", "fraction"),
        ("three quarters of it", 0.75, "three quarters", "fraction"),
        ("a quarter of it", 0.25, "a quarter", "fraction"),
        ("one-third of it", 1 / 3, "one-third", "fraction"),
        ("half of it", 0.5, "half", "fraction"),
        ("tenfold", 10, "tenfold", "fold"),
        ("five-fold", 5, "five-fold", "fold"),
        ("a thousandfold", 1000, "thousandfold", "fold"),
    ],
)
def test_words(text: str, value: float, written: str, kind: str) -> None:
    low = lower(fold(text))
    match = WORD.search(low)
    assert match
    numeral = read_words(low, match.start())
    assert numeral
    assert numeral.value == pytest.approx(value)
    assert (text[numeral.start : numeral.end], numeral.kind) == (written, kind)


@pytest.mark.parametrize(
    "text", ["the millions", "the third man", "billion-dollar", "second thoughts", "fourth quarter"]
)
def test_words_that_count_nothing(text: str) -> None:
    low = lower(text)
    assert all(read_words(low, match.start()) is None for match in WORD.finditer(low))


@pytest.mark.parametrize(
    ("digits", "step"),
    [("3.96", 0.01), ("120", 10), ("7", 1), ("100,000", 10_000), ("1,234", 1), ("5.00", 0.01)],
)
def test_step_is_the_rounding_as_written(digits: str, step: float) -> None:
    assert read_digits(digits, digits, 0).step == pytest.approx(step)


@given(st.integers(min_value=0, max_value=10**15))
def test_thousands_commas_read_back(number: int) -> None:
    written = f"{number:,}"
    numeral = read_digits(written, written, 0)
    assert (numeral.value, numeral.end) == (float(number), len(written))


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(lower(text)) == len(text)


@given(
    st.lists(
        st.text("abc xy", min_size=1, max_size=5).filter(lambda w: w == w.strip() and "  " not in w),
        min_size=1,
    )
)
def test_any_of_finds_the_longest(words: list[str]) -> None:
    import re

    pattern = re.compile(any_of(words))
    for word in words:
        match = pattern.match(word)
        assert match
        assert match.group() == word


def test_clean_drops_binary_noise() -> None:
    assert clean(0.0005 * 1000) == 0.5
    assert clean(0.1 + 0.2) == 0.3
