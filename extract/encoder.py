"""Each word of a text as a vector that knows its surroundings: a small transformer, run by ONNX Runtime.

The encoder is MiniLM (Wang et al. 2020; six layers of 384), tuned on the annotated articles by ``extract.tuning`` and
stored with 8-bit weights. It sees the pieces of words, uncased, and of what sort the item is that a piece belongs to.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.plain import plain
from extract.reading import Reading, anchors_of
from extract.scorer import Spot

MODEL = Path(__file__).with_name("model")
"""The folder of the encoder, of the word pieces that it knows, and of the weights of ``extract.network``."""

SORTS = (
    "word", "vendor", "model", "product", "group", "market", "organisation", "place", "person", "other",
    "quantity", "period", "bare", "rank", "launch", "free", "break",
)  # fmt: skip
"""The sorts of items, and the break between lines; the number of a sort is what the encoder takes."""

WINDOW, OVERLAP, TITLE = 400, 80, 60
"""Word pieces of a window, of what a window repeats of the one before, and of the title at its head."""

BATCH = 8
"""Windows that are encoded together: memory is that of so many, however long a text is."""

START, STOP, BREAK = 101, 102, 1
"""Pieces that stand for no text: before the title, after the title and the text, and between two lines."""

Vectors = NDArray[np.float32]


class Pieces:
    """The word pieces of an article in windows, each headed by the title, and where the pieces of a text stand in them.

    ``ids`` and ``sorts`` have the shape windows by pieces; ``mask`` is 1 where a piece is.
    """

    def __init__(self, tokenizer: Any, title: str, text: str, spots: Sequence[tuple[Spot, int]]) -> None:
        head = tokenizer.encode(title, add_special_tokens=False)
        self.title_offsets = head.offsets[:TITLE]
        head_ids = head.ids[:TITLE]
        head_sorts = _sorts(self.title_offsets, [(s, e, k) for (f, s, e), k in spots if f == "title"])
        body_ids, self.offsets = _with_breaks(tokenizer, text)
        breaks = [
            (s, e, SORTS.index("break"))
            for (s, e), n in zip(self.offsets, body_ids, strict=True)
            if n == BREAK
        ]
        body_sorts = _sorts(self.offsets, [*((s, e, k) for (f, s, e), k in spots if f == "text"), *breaks])
        room, lead, total = WINDOW - len(head_ids) - 3, len(head_ids) + 2, len(body_ids)
        # As few windows as will do, all of about one size: what is filled up costs as much as what is read.
        count = max(1, -(-(total - OVERLAP) // (room - OVERLAP)))
        room = min(room, -(-(total + OVERLAP * (count - 1)) // count))
        windows: list[tuple[list[int], list[int]]] = []
        self.places: list[tuple[int, int]] = []
        done = 0
        while done < total or not windows:
            low = max(0, done - OVERLAP) if windows else 0
            high = min(total, low + room)
            ids = [START, *head_ids, STOP, *body_ids[low:high], STOP]
            sorts = [0, *head_sorts, 0, *body_sorts[low:high], 0]
            keep = high if high == total else high - OVERLAP // 2
            self.places += [(len(windows), at - low + lead) for at in range(done, keep)]
            done = keep
            windows.append((ids, sorts))
        self.width = max(len(ids) for ids, _ in windows)
        shape = (len(windows), self.width)
        self.ids, self.sorts, self.mask = (np.zeros(shape, np.int64) for _ in range(3))
        for row, (ids, sorts) in enumerate(windows):
            self.ids[row, : len(ids)], self.sorts[row, : len(ids)], self.mask[row, : len(ids)] = ids, sorts, 1

    @cached_property
    def _bounds(self) -> dict[str, tuple[list[int], list[int]]]:
        return {
            "text": ([s for s, _ in self.offsets], [e for _, e in self.offsets]),
            "title": ([s for s, _ in self.title_offsets], [e for _, e in self.title_offsets]),
        }

    def rows(self, spot: Spot) -> tuple[int, int] | None:
        """The rows of the vectors of the first and the last piece of a spot; null where no piece is there."""
        field, start, end = spot
        starts, ends = self._bounds[field]
        first = bisect_right(ends, start)
        if first >= len(ends):
            return None
        last = max(first, bisect_left(starts, end) - 1)
        if field == "title":
            return 1 + first, 1 + last
        (window, at), (other, stop) = self.places[first], self.places[last]
        return window * self.width + at, other * self.width + stop


def _with_breaks(tokenizer: Any, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The word pieces of a text and their offsets, with a piece for every run of line ends."""
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    done = 0
    for ends in [*re.finditer(r"\n\s*", text), None]:
        stop = len(text) if ends is None else ends.start()
        line = tokenizer.encode(text[done:stop], add_special_tokens=False)
        ids += line.ids
        offsets += [(done + start, done + end) for start, end in line.offsets]
        if ends is not None:
            ids.append(BREAK)
            offsets.append(ends.span())
            done = ends.end()
    return ids, offsets


def _sorts(offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, int]]) -> list[int]:
    found = [0] * len(offsets)
    ends = [end for _, end in offsets]
    for start, stop, sort in sorted(spans):
        at = bisect_right(ends, start)
        while at < len(offsets) and offsets[at][0] < stop:
            found[at] = sort
            at += 1
    return found


def sorts_of(reading: Reading) -> list[tuple[Spot, int]]:
    """The names, figures, periods and words of direction, rank and launch of a reading, with their sorts."""
    number = {sort: k for k, sort in enumerate(SORTS)}
    other = number["other"]
    found: list[tuple[Spot, int]] = []
    for item in reading.items:
        spot = ("text", item.start, item.end)
        if item.kind == "n":
            found.append((spot, number.get(getattr(item.ref, "kind", ""), other)))
        elif item.kind in ("q", "p"):
            found.append((spot, number["quantity" if item.kind == "q" else "period"]))
    for anchor in anchors_of(reading):
        if anchor.kind != "quantity":
            found.append((("text", anchor.start, anchor.end), number[anchor.kind]))
    found += [(("title", m.start, m.end), number.get(m.kind, other)) for m in reading.in_title]
    return found


class Encoder:
    """The transformer with its word pieces. Loading takes about half a second; one thread is used."""

    def __init__(self, folder: Path = MODEL) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry(
            "session.disable_quant_qdq", "1"
        )  # unpack the weights once, at loading
        self._session = ort.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = tokenizer(folder)

    def vectors(self, title: str, reading: Reading) -> tuple[Pieces, Vectors]:
        """The word pieces of a reading under its title, and their vectors, one a row."""
        pieces = Pieces(self.tokenizer, plain(title), plain(reading.text), sorts_of(reading))
        given = {"ids": pieces.ids, "sorts": pieces.sorts, "mask": pieces.mask}
        hidden: Vectors = np.concatenate(
            [
                self._session.run(None, {name: rows[k : k + BATCH] for name, rows in given.items()})[0]
                for k in range(0, len(pieces.ids), BATCH)
            ]
        )
        return pieces, hidden.reshape(-1, hidden.shape[-1])


def tokenizer(folder: Path = MODEL, vocabulary: str = "pieces.txt") -> Any:
    """The tokenizer of word pieces, without truncation or padding."""
    from tokenizers import BertWordPieceTokenizer

    return BertWordPieceTokenizer(str(folder / vocabulary), lowercase=True)
