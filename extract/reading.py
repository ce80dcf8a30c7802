"""A document as the decisions read it: one stream of items in which every name, figure and period is a single item."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from extract.cues import Cue
from extract.metrics import Metrics
from extract.records import Mention, Period, Quantity
from extract.sentences import Sentence

NO_METRICS = Metrics()
STRONG = frozenset({";", "–", "—", ":", "|", "(", ")", "•"})
CLAUSE_WORDS = frozenset(
    {
        "while", "whereas", "but", "although", "though", "when", "which", "who", "after", "because", "where",
    }
)  # fmt: skip


_WORD_SORTS = {
    **dict.fromkeys(STRONG, "strong"),
    **dict.fromkeys(CLAUSE_WORDS, "clause"),
    ",": "comma",
}
ARTICLES = frozenset({"the", "this", "that", "its", "their", "our"})


@dataclass(frozen=True, slots=True)
class Item:
    """A word (``kind`` ``w``), a name (``n``), a quantity (``q``) or a period (``p``)."""

    kind: str
    text: str
    start: int
    end: int
    ref: Mention | Quantity | Period | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that may bear a claim: a figure, or words of a bare direction, a rank, a launch or a price of nothing.

    ``kind`` is ``quantity``, ``bare``, ``rank``, ``launch`` or ``free``; ``at`` is the number of its item.
    """

    kind: str
    at: int
    start: int
    end: int
    sentence: int
    quantity: Quantity | None = None
    cue: Cue | None = None


class Reading:
    """The items of one field of an article with what the decisions ask of them: counts between places, neighbours.

    ``items`` are in the order of the text; ``sentence_of[i]`` is the sentence of item ``i``;
    ``cues[kind]`` are the cues of a kind as ``(item, cue)``.
    """

    def __init__(
        self,
        text: str,
        published: date,
        sentences: Sequence[Sentence],
        words: tuple[Sequence[str], Sequence[int], Sequence[int]],
        cues: Sequence[Cue],
        mentions: Sequence[Mention],
        quantities: Sequence[Quantity],
        periods: Sequence[Period],
        in_title: Sequence[Mention] = (),
        title_metrics: Sequence[str] = (),
        field: str = "text",
        metrics: Metrics = NO_METRICS,
    ) -> None:
        self.metrics = metrics
        self.text = text
        self.published = published
        self.sentences = sentences
        self.in_title = in_title
        self.title_names = tuple(m.name for m in in_title)
        self.title_metrics = title_metrics
        self.field = field
        self.mentions = mentions
        self.quantities = quantities
        self.periods = periods
        self._heads: dict[int, list[range]] = {}
        self._build(words, mentions, quantities, periods)
        self._locate_cues(cues)

    def _build(
        self,
        words: tuple[Sequence[str], Sequence[int], Sequence[int]],
        mentions: Sequence[Mention],
        quantities: Sequence[Quantity],
        periods: Sequence[Period],
    ) -> None:
        spans: list[tuple[int, int, str, Mention | Quantity | Period]] = []
        taken = 0
        merged: list[tuple[int, int, int, str, Mention | Quantity | Period]]
        merged = [(m.start, -m.end, 0, "n", m) for m in mentions]
        merged += [(p.start, -p.end, 1, "p", p) for p in periods]
        merged += [(q.start, -q.end, 2, "q", q) for q in quantities]
        merged.sort(key=lambda s: s[:3])
        for start, minus_end, _, kind, ref in merged:
            if start >= taken:
                spans.append((start, -minus_end, kind, ref))
                taken = -minus_end
        items: list[Item] = []
        word_item: list[int] = []
        names, starts, ends = words
        s = 0
        for word, start, end in zip(names, starts, ends, strict=True):
            while s < len(spans) and spans[s][1] <= start:
                s += 1
            if s < len(spans) and spans[s][0] < end and start < spans[s][1]:
                span = spans[s]
                if not items or items[-1].ref is not span[3]:
                    items.append(Item(span[2], self.text[span[0] : span[1]], span[0], span[1], span[3]))
            else:
                items.append(Item("w", word, start, end))
            word_item.append(len(items) - 1)
        self.items = items
        self._word_item = word_item
        begins = [sentence.start for sentence in self.sentences]
        self.sentence_of = _sentences_of(items, begins)
        self.first_item = [bisect_left(self.sentence_of, k) for k in range(len(self.sentences) + 1)]
        sorts = [item.kind if item.kind != "w" else _WORD_SORTS.get(item.text) for item in items]
        self._sums = {
            sort: list(accumulate([here == sort for here in sorts], initial=0))
            for sort in ("q", "n", "p", "strong", "comma", "clause")
        }

    def _locate_cues(self, cues: Sequence[Cue]) -> None:
        self.cues: dict[str, list[tuple[int, Cue]]] = {}
        by_sentence: dict[str, dict[int, list[tuple[int, Cue]]]] = {}
        for cue in cues:
            at = self._word_item[cue.first]
            if self.items[at].kind == "n":
                continue
            self.cues.setdefault(cue.kind, []).append((at, cue))
            by_sentence.setdefault(cue.kind, {}).setdefault(self.sentence_of[at], []).append((at, cue))
        self._cues_in = by_sentence

    def cues_in(self, kind: str, sentence: int) -> list[tuple[int, Cue]]:
        """The cues of ``kind`` in one sentence, with their items."""
        return self._cues_in.get(kind, {}).get(sentence, [])

    def between(self, what: str, i: int, j: int) -> int:
        """How many items of a sort (``q``, ``n``, ``strong``, ``comma``, ``clause``) stand strictly between two."""
        if i > j:
            i, j = j, i
        running = self._sums[what]
        return running[j] - running[i + 1] if j > i else 0

    def word(self, i: int, sentence: int) -> str:
        """The item at ``i`` as a word for features: a name, figure or period by its sort; beyond the sentence ``#``."""
        if i < self.first_item[sentence] or i >= self.first_item[sentence + 1]:
            return "#"
        item = self.items[i]
        if item.kind == "w":
            return item.text
        return {"n": "<name>", "q": "<figure>", "p": "<period>"}[item.kind]

    def items_of(self, sentence: int) -> range:
        """The numbers of the items of a sentence."""
        return range(self.first_item[sentence], self.first_item[sentence + 1])

    def cells_of(self, sentence: int) -> list[range]:
        """The items of each cell of a table row; one range where the sentence is none."""
        items = self.items_of(sentence)
        bars = [i for i in items if self.items[i].text == "|"]
        edges = [items.start - 1, *bars, items.stop]
        return [range(a + 1, b) for a, b in pairwise(edges)]

    def head_of(self, i: int) -> range:
        """The items of the head of the table column that item ``i`` stands in; empty where there is none.

        The head is the first row of the lines above that have as many bars.
        """
        sentence = self.sentence_of[i]
        cells = self.cells_of(sentence)
        if len(cells) < 2:
            return range(0)
        head = self._heads.get(sentence)
        if head is None:
            top = sentence
            while (
                top > 0
                and abs(len(self.cells_of(top - 1)) - len(cells)) <= 1
                and len(self.cells_of(top - 1)) > 1
            ):
                top -= 1
            head = self._heads[sentence] = self.cells_of(top) if top < sentence else []
        column = next(k for k, cell in enumerate(cells) if i in cell)
        shift = len(head) - len(cells)
        return head[column + shift] if head and 0 <= column + shift < len(head) else range(0)

    def quote(self, sentence: int) -> str:
        """The sentence to the letter."""
        s = self.sentences[sentence]
        return self.text[s.start : s.end]


def _sentences_of(items: Sequence[Item], begins: Sequence[int]) -> list[int]:
    """The sentence of each item; ``begins`` are where sentences begin."""
    found: list[int] = []
    s, last = 0, len(begins) - 1
    for item in items:
        while s < last and begins[s + 1] <= item.start:
            s += 1
        found.append(s)
    return found


def anchors_of(reading: Reading) -> list[Anchor]:
    """Every place of a reading that may bear a claim, in the order of the text."""
    found: list[Anchor] = []
    for i, item in enumerate(reading.items):
        if isinstance(item.ref, Quantity):
            found.append(
                Anchor("quantity", i, item.start, item.end, reading.sentence_of[i], quantity=item.ref)
            )
    for kind, cue_kind in (("bare", "direction"), ("rank", "rank"), ("launch", "metric"), ("free", "free")):
        for at, cue in reading.cues.get(cue_kind, ()):
            if reading.items[at].kind != "w" or (kind == "launch" and cue.value != "launch"):
                continue
            found.append(Anchor(kind, at, cue.start, cue.end, reading.sentence_of[at], cue=cue))
    found.sort(key=lambda a: (a.start, a.end))
    return found


def descriptions_of(reading: Reading, s: int) -> list[tuple[int, int, str]]:
    """The definite descriptions of a sentence that stand in for a name, as (first item, item after the last, what of):
    *the company*, *the Osaka-based chipmaker*, *the maker of Grok*."""
    found = []
    items = reading.items_of(s)
    for at, cue in reading.cues_in("stand_in", s):
        if cue.value == "pronoun":
            continue
        for back in range(1, 6):
            begin = at - back
            if (
                begin < items.start
                or reading.items[begin].kind == "q"
                or reading.items[begin].text in (",", ".", "and")
            ):
                break
            if reading.items[begin].text in ARTICLES:
                end = at + 1
                if reading.word(end, s) == "of" and reading.word(end + 1, s) == "<name>":
                    end += 2
                found.append((begin, end, cue.value))
                break
    return found
