"""Dates as readers see them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import iso
from crawler.shown import Shown, says_updated, shown


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Stand: 5. März 2026, 14:12 Uhr", "de"),
        ("5 de marzo de 2026", "es"),
        ("5 de març de 2026", "ca"),
        ("5.mar.2026 às 9h00", "pt"),
        ("2026. március 5., csütörtök", "hu"),
        ("2026 m. kovo 5 d. 08:15", "lt"),
        ("2026. gada 5. marts", "lv"),
        ("5 Μαρτίου 2026 • 08:00", "el"),
        ("5. mart 2026. 12:24", "sr"),
        ("5. ožujka 2026. u 10:00", "hr"),
        ("5 марта 2026, 14:05", "ru"),
        ("5 березня 2026", "uk"),
        ("5 במרץ 2026", "he"),
        ("5 مارس 2026", "ar"),
        ("प्रकाशित: 5 मार्च 2026, 08:30 IST", "hi"),
        ("প্রকাশ: ০৫ মার্চ ২০২৬", "bn"),
        ("5 มีนาคม 2569 10:15 น.", "th"),
        ("5 tháng 3 năm 2026", "vi"),
        ("Thứ năm, 5/3/2026", "vi"),
        ("2026年3月5日 5時00分", "ja"),
        ("입력 2026.03.05 14:30", "ko"),
        ("March 5th, 2026", "en"),
        ("5-Mar-2026", "en"),
        ("March 5, 2026", "th"),
        ("5 มี.ค. 2569", "th"),
        ("۱۴ اسفند ۱۴۰۴", "fa"),
        ("1404/12/14", "fa"),
        ("05.03.26, 10:15 Uhr", "de"),
    ],
)
def test_a_day_in_the_words_of_its_language(text: str, language: str) -> None:
    assert list(shown(text, language)) == [Shown(date(2026, 3, 5))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5/6/2025", "en"),
        ("31 February 2026", "en"),
        ("5 apples 2026", "en"),
        ("v1.2.2026.3", "en"),
        ("", None),
    ],
)
def test_what_is_no_day_or_two(text: str, language: str | None) -> None:
    assert not list(shown(text, language))


def test_a_day_with_its_clock() -> None:
    assert iso("19 March 2026 4:10 PM GMT", None, "en") == "2026-03-19T16:10:00"
    assert iso("23 Mart 2026 - 09:15", None, "tr") == "2026-03-23T09:15:00"


def test_the_words_before_a_day_say_what_it_is_of() -> None:
    days = list(shown("Updated March 21, 2026 / Published 19 March 2026", "en"))
    assert [one.updated for one in days] == [True, False]
    assert [one.updated for one in shown("입력 2026.03.29 수정 2026.03.30", "ko")] == [False, True]
    assert [one.updated for one in shown("21 mars 2026", "fr", before="Mis à jour le")] == [True]
    assert not says_updated("Publié le")


@given(st.text(max_size=150), st.sampled_from(["de", "th", "xx", None]))
def test_any_text_is_searched(text: str, language: str | None) -> None:
    assert all(isinstance(one.day, date) for one in shown(text, language))
