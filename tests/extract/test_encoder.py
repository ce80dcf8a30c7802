"""The windows in which the encoder reads a text, and where the pieces of a text stand in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import reading_of

from extract.encoder import BREAK, SORTS, WINDOW, Encoder, Pieces, sorts_of, tokenizer

TOKENIZER = tokenizer()
WORDS = st.lists(st.sampled_from(["tokens", "rose", "12%", "Qwen", "亿", "—", "naïve"]), max_size=1500)


@given(WORDS, st.sampled_from(["", "A title", "A title of many words " * 30]))
def test_every_piece_of_a_text_stands_in_one_window_whatever_its_length(words: list[str], title: str) -> None:
    text = " ".join(words)
    pieces = Pieces(TOKENIZER, title, text, [])
    whole = TOKENIZER.encode(text, add_special_tokens=False)
    assert [int(pieces.ids[at]) for at in pieces.places] == whole.ids
    assert pieces.width <= WINDOW
    assert int(pieces.mask.sum()) == int((pieces.ids > 0).sum())


@given(WORDS, st.data())
def test_the_rows_of_a_spot_hold_its_pieces(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    pieces = Pieces(TOKENIZER, "t", text, [])
    if not pieces.offsets:
        assert pieces.rows(("text", 0, 1)) is None
        return
    first = data.draw(st.integers(0, len(pieces.offsets) - 1))
    last = data.draw(st.integers(first, min(first + 5, len(pieces.offsets) - 1)))
    spot = ("text", pieces.offsets[first][0], pieces.offsets[last][1])
    rows = [window * pieces.width + at for window, at in pieces.places]
    assert pieces.rows(spot) == (rows[first], rows[last])


def test_the_end_of_a_line_is_a_piece_of_its_own() -> None:
    text = "Prices fell.\n\nThen\nrose"
    pieces = Pieces(TOKENIZER, "", text, [])
    ends = [
        span for span, (w, k) in zip(pieces.offsets, pieces.places, strict=True) if pieces.ids[w, k] == BREAK
    ]
    assert [text[start:end] for start, end in ends] == ["\n\n", "\n"]
    assert {SORTS[pieces.sorts[w, k]] for w, k in pieces.places if pieces.ids[w, k] == BREAK} == {"break"}
    assert pieces.rows(("text", text.index("Then"), text.index("Then") + 4)) == (6, 6)


def test_the_title_stands_at_the_head_of_every_window() -> None:
    pieces = Pieces(TOKENIZER, "Prices fall", "word " * 900, [])
    head = TOKENIZER.encode("Prices fall", add_special_tokens=False).ids
    assert pieces.ids.shape[0] > 1
    assert all(list(row[1 : 1 + len(head)]) == head for row in pieces.ids)
    assert pieces.rows(("title", 0, 6)) == (1, 1)


def test_a_piece_knows_of_what_sort_its_item_is() -> None:
    reading = reading_of("<Nvidia> rose {5%} [in March] .", {"direction": {"rose": "up"}})
    sorts = [SORTS[sort] for _, sort in sorts_of(reading)]
    assert sorts == ["vendor", "quantity", "period", "bare"]
    pieces = Pieces(TOKENIZER, "", reading.text, sorts_of(reading))
    name = pieces.rows(("text", 0, 6))
    assert name is not None
    assert SORTS[pieces.sorts.reshape(-1)[name[0]]] == "vendor"


@pytest.mark.parametrize("text", ["", "Halcyon 3 rose {5%} .", "word " * 800])
def test_vectors_are_one_for_each_piece_and_always_the_same(text: str) -> None:
    encoder = Encoder()
    pieces, vectors = encoder.vectors("Title", reading_of(text))
    assert vectors.shape == (pieces.ids.size, 384)
    assert np.array_equal(vectors, encoder.vectors("Title", reading_of(text))[1])


def test_however_many_windows_are_encoded_together_the_vectors_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoder, reading = Encoder(), reading_of("Halcyon rose again . " * 500)
    pieces, together = encoder.vectors("Title", reading)
    monkeypatch.setattr("extract.encoder.BATCH", 2)
    assert len(pieces.ids) > 4
    assert np.allclose(encoder.vectors("Title", reading)[1], together, atol=1e-4)
