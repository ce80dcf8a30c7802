"""Sentence and paragraph boundaries of news text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import split_sentences

CASES = [
    ("Sales rose 3.5%. Profit fell.", ["Sales rose 3.5%.", "Profit fell."]),
    (
        "HP Inc. shipped 15.4 million PCs. Dell followed.",
        ["HP Inc. shipped 15.4 million PCs.", "Dell followed."],
    ),
    ("It cost Rs. 500 vs. Rs. 400 in Jan. last year.", ["It cost Rs. 500 vs. Rs. 400 in Jan. last year."]),
    ('"We will not." She left.', ['"We will not."', "She left."]),
    ("Model | Input | Output\nA | $1 | $2", ["Model | Input | Output", "A | $1 | $2"]),
    ("- ChatGPT: 900 million\n- Codex: 1.5 million", ["- ChatGPT: 900 million", "- Codex: 1.5 million"]),
    ("What next? Nobody knows!", ["What next?", "Nobody knows!"]),
    ("U.S. labs lead. So far.", ["U.S. labs lead.", "So far."]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_splits(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == expected


def test_paragraphs_lines_and_bullets_are_counted() -> None:
    one, two, three = split_sentences("First line.\nSecond line.\n\n• A bullet")
    assert (one.paragraph, two.paragraph, three.paragraph) == (0, 0, 1)
    assert (one.line, two.line) == (0, 1)
    assert (one.bullet, three.bullet) == (False, True)


@given(st.text(alphabet="aB .!?\n|-3"))
def test_sentences_are_in_order_and_cover_all_that_is_no_blank(text: str) -> None:
    sentences = split_sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(sentences))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in sentences)
    kept = "".join(text[s.start : s.end] for s in sentences)
    assert "".join(kept.split()) == "".join(text.split())
