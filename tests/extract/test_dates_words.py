"""The vocabulary file of date expressions, and what is said of a wrong one."""

from datetime import date
from pathlib import Path

import pytest

from crawler.errors import VocabularyError
from extract.dates.holidays import holiday
from extract.dates.tokens import Tokens, whole_year
from extract.dates.words import WORDS_FILE, load_time_words
from extract.periods import find_periods


def test_every_holiday_has_a_day_this_year() -> None:
    for name, rule in load_time_words().holidays.items():
        span = holiday(rule)(2026)
        assert span is not None, name
        assert span.first == span.last
        assert span.first.year == 2026


def test_a_list_of_days_says_nothing_of_other_years() -> None:
    assert holiday(("2025-01-29",))(2026) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("[months]", "[moons]"), "[months] is missing"),
        (("[parts]", "[extra]\na = 1\n[parts]"), "[extra] is no table of this file"),
        (("january = 1", "january = [1]"), "[months] maps words to numbers or words"),
        (("spring = [3, 5]", "spring = [3]"), "[seasons]"),
        (("january = 1", "january ="), "Invalid value"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WORDS_FILE.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"mine\.toml") as caught:
        load_time_words(path)
    assert message in str(caught.value)


def test_a_file_of_ones_own_adds_words(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = WORDS_FILE.read_text(encoding="utf-8").replace(
        "[holidays]", '[holidays]\n"prime day" = "07-08"', 1
    )
    path.write_text(text, encoding="utf-8")
    (mark,) = find_periods("It sold well on Prime Day 2025.", date(2026, 3, 25), load_time_words(path))
    assert (mark.text, mark.period) == ("Prime Day 2025", ("2025-07-08", "2025-07-08"))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Q2FY26 1Q26 H1 2025H2 FY2025-26 4Q", "code code code code code code"),
        ("H100 $2025 2,025 8.1 5% GPT4 12bn", "figure figure figure figure figure figure figure"),
        ("2025 23 14th 1990s '90s 2024/25 12/31/2025", "number number ordinal decade decade years date"),
        ("May. Then", "word stop word"),
        ("Sept. 3", "word . number"),
    ],
)
def test_kinds_of_tokens(text: str, kinds: str) -> None:
    tokens = Tokens(text)
    assert " ".join(tokens.kind[: len(tokens)]) == kinds


def test_years_of_two_digits_are_the_nearest() -> None:
    assert [whole_year(piece, 2026) for piece in ("26", "'74", "80", "2031")] == [2026, 2074, 1980, 2031]
