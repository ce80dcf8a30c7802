"""Plain typography keeps every character in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.plain import plain


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9.857\u00a0trillion", "9.857 trillion"),
        ("US$\u20093", "US$ 3"),
        ("55–60%", "55-60%"),
        ("55—60%", "55-60%"),
        ("55\u201160%", "55-60%"),
        ("prices — up", "prices – up"),
        ("prices -- up", "prices –– up"),
        ("didn’t “rise”", 'didn\'t "rise"'),
        ("line\r\nline", "line \nline"),
        ("３４％", "34%"),
        ("Bhaasha‑3", "Bhaasha-3"),
    ],
)
def test_plain_forms(written: str, expected: str) -> None:
    assert plain(written) == expected


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text())
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)
