"""Candidates: places of a text that look like names, cut out of runs of capitalised words with the
vocabulary.

Whether a candidate is a name, and of what kind, is decided later with the evidence of the whole article
(``name_evidence``, ``name_merge``).
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from extract.name_index import Known, NameIndex
from extract.name_tokens import Shape, Words, word_set
from extract.vocabulary import name_key

_NAMED = ("vendor", "model", "product", "organisation")
_OPENERS = frozenset(".!?:|•·–-*\"'[;>■▪◦#…")
_DOING = word_set(
    "builds rents trains hosts leases designs lends develops publishes distributes imports exports"
)
_FORMS_OF_ADDRESS = word_set("mr mrs ms dr prof sir reporter")


@dataclass(slots=True)
class Candidate:
    """Words ``first`` to ``last`` (exclusive). ``known`` is the listed name; ``kind`` and ``owner`` are set
    where the vocabulary or the shape settles them. ``initial`` tells that the place explains the capital,
    ``heading`` that it stands in a line of capitals; ``votes`` weigh kinds, ``person_like`` is what its mere
    shape says for a person, ``strong`` lets it be a name whatever its place."""

    first: int
    last: int
    text: str
    known: Known | None = None
    kind: str | None = None
    owner: str | None = None
    how: str = "capital"
    initial: bool = False
    heading: bool = False
    votes: dict[str, int] = field(default_factory=dict)
    strong: bool = False
    person_like: int = 0

    def vote(self, kind: str, weight: int, how: str | None = None) -> None:
        """Adds evidence; ``how`` names a rule by which the candidate counts as a name whatever its place."""
        self.votes[kind] = self.votes.get(kind, 0) + weight
        if how is not None:
            self.strong = True
            self.how = how


@dataclass(frozen=True, slots=True)
class Part:
    first: int
    last: int
    known: Known | None


class Cutter:
    """Cuts the runs of one text into candidates. ``lower_seen`` are the words that the article has in small
    letters, ``pairs`` the pairs of capitalised words that it repeats."""

    def __init__(
        self, words: Words, index: NameIndex, lower_seen: Set[str], pairs: Set[tuple[str, str]] = frozenset()
    ) -> None:
        self.pairs = pairs
        self.words = words
        self.index = index
        self.lists = index.lists
        self.lower_seen = lower_seen
        self._weak = _weak_words(words)
        self._free = {
            lower
            for k, (shape, lower) in enumerate(zip(words.shapes, words.lower, strict=True))
            if shape is Shape.CAP and k and words.shapes[k - 1] < Shape.CAP
        }

    def repeated(self, i: int) -> bool:
        """Whether the word and the next are a pair of capitalised words that the article repeats."""
        return bool(self.pairs) and tuple(self.words.texts[i : i + 2]) in self.pairs

    def initial(self, i: int) -> bool:
        """Whether the place by itself explains a capital: a sentence, a cell, a quotation or a heading
        begins."""
        if i == 0 or self._weak[i]:
            return True
        before = self.words.texts[i - 1]
        return self.words.shapes[i - 1] is Shape.BREAK or before in _OPENERS

    def known(self, i: int, end: int, known: Known) -> Candidate:
        """The candidate of a listed name."""
        return Candidate(
            i,
            end,
            self.words.phrase(i, end),
            known,
            known.kind,
            known.owner,
            "vocabulary",
            self.initial(i),
            strong=True,
        )

    def cut(self, parts: Sequence[Part]) -> Iterator[Candidate]:
        """A run cut at the listed names in it; what follows a listed name may be its version or product."""
        start = 0
        while start < len(parts):
            anchor = start
            while anchor < len(parts) and not self._anchors(parts[anchor], alone=len(parts) == 1):
                anchor += 1
            if anchor > start:
                yield from self._plain(parts[start:anchor])
            if anchor == len(parts):
                return
            after = anchor + 1
            while after < len(parts) and not self._anchors(parts[after], alone=False):
                after += 1
            here, rest = parts[anchor], parts[anchor + 1 : after]
            following = parts[after] if after < len(parts) else None
            if not rest and following and following.known and _owns(here, following.known):
                parts = [
                    *parts[:anchor],
                    Part(here.first, following.last, following.known),
                    *parts[after + 1 :],
                ]
                start = anchor
                continue
            yield from self._extended(here, rest)
            start = after

    def _anchors(self, part: Part, alone: bool) -> bool:
        return part.known is not None and (alone or part.known.kind in _NAMED)

    def _extended(self, part: Part, rest: Sequence[Part]) -> Iterator[Candidate]:
        """A listed name and the words glued to it: its legal form, a version, a product, or another name."""
        assert part.known is not None
        known, words, lists = part.known, self.words, self.lists
        head = self.known(part.first, part.last, known)
        while rest and all(words.lower[k] in lists.legal for k in range(rest[0].first, rest[0].last)):
            head.last, rest = rest[0].last, rest[1:]
            head.text = words.phrase(head.first, head.last)
        if not rest:
            yield head
            return
        last = rest[-1].last
        versioned = any(
            words.shapes[k] in (Shape.NUMBER, Shape.SIZE, Shape.VERSIONED) for k in range(part.last, last)
        )
        tier = words.lower[rest[0].first] in lists.tiers
        if known.kind == "organisation" or all(
            self._plainword(k) and not tier for p in rest for k in range(p.first, p.last)
        ):
            if known.kind == "vendor" and len(rest) == 1 and self._names_part(rest[0]):
                yield Candidate(
                    part.first,
                    last,
                    words.phrase(part.first, last),
                    None,
                    "product",
                    known.name,
                    "product",
                    strong=True,
                )
                return
            yield head
            if known.kind == "organisation":
                yield from self._plain(rest)
            return
        model = known.kind == "model" or (known.kind == "vendor" and versioned)
        kind = "model" if model else "product"
        owner = known.name if known.kind == "vendor" else known.owner
        written = words.phrase(part.first, part.last)
        listed = known.kind in ("model", "product") and not known.version
        # Claude Opus for Opus, but no PlayStation for PlayStation 5.
        stem = known.name if listed and name_key(known.name).endswith(name_key(written)) else written
        name = stem + words.text[words.ends[part.last - 1] : words.ends[last - 1]]
        how = "version" if versioned or tier else "product"
        yield Candidate(
            part.first, last, " ".join(name.split()), None, kind, owner, how, head.initial, strong=True
        )

    def _names_part(self, part: Part) -> bool:
        """*Samsung Display*, *Amazon Prime*: a plain word with a capital after a vendor, in mixed case."""
        k = part.first
        lower, lists = self.words.lower[k], self.lists
        plain = self.words.shapes[k] is Shape.CAP and part.known is None and not self._weak[k]
        barred = lower in lists.function or lower in lists.person_nouns or lower in lists.verbs
        return plain and not barred and lower not in self.lower_seen

    def _plainword(self, k: int) -> bool:
        lower = self.words.lower[k]
        return self.words.shapes[k] <= Shape.CAP and (
            self.lists.ordinary(lower) or lower in self.lists.function
        )

    def _plain(self, parts: Sequence[Part]) -> Iterator[Candidate]:
        """A run without a listed name, freed of what only introduces it (*Rival*, *Chinese*, *Founder*)."""
        words = self.words
        listed = [(p.first, p.last, p.known) for p in parts if p.known is not None]
        goods = all(known.kind in ("market", "group") for *_, known in listed)
        plainly = all(self._plainword(k) for p in parts if p.known is None for k in range(p.first, p.last))
        if listed and (len(parts) == 1 or (goods and plainly)):  # Contract NAND
            for found in listed:
                yield self.known(*found)
            return
        first, last = parts[0].first, parts[-1].last
        initial = self.initial(first)
        while first + 1 < last and not all(self._plainword(k) for k in range(first + 1, last)):
            if not self._introduces(first, initial):
                break
            first += 1
            initial = False
        while last - 1 > first and words.texts[last - 1] in ("&", "of", "for"):
            last -= 1
        yield Candidate(first, last, words.phrase(first, last), initial=initial, heading=self._weak[first])

    def _introduces(self, first: int, initial: bool) -> bool:
        """Whether the first word of a run is none of the name's: *Chinese*, *Mr*, and at the start *Rival*,
        *Selling*, *Makes*."""
        lower, lists = self.words.lower[first], self.lists
        if lower in self.index.nationalities:
            return self.words.possessive[first] or self.index.get(lower) is None
        if not initial:
            return lower in _FORMS_OF_ADDRESS
        if self.repeated(first) and lower not in lists.person_nouns:
            return False
        introduced = lower in lists.person_nouns or lower in lists.qualifiers or lists.introduces(lower)
        participle = lower.endswith(("ing", "ed")) and lists.ordinary(lower)
        compound = "-" in lower and self.words.texts[first].partition("-")[2].islower()
        acts = (lower in lists.verbs and lower not in lists.first_names) or lower in _DOING
        return (
            introduced
            or participle
            or compound
            or acts
            or lower in self.lower_seen
            or self._goes_without(first)
        )

    def _goes_without(self, first: int) -> bool:
        """*Neighbour Xuri Optics*: a plain word before a rare one that the text has without it too."""
        lists, lower = self.lists, self.words.lower
        rare = lower[first + 1] not in lists.function and not lists.ordinary(lower[first + 1])
        return lists.ordinary(lower[first]) and rare and lower[first + 1] in self._free


def _owns(part: Part, known: Known) -> bool:
    """*OpenAI ChatGPT*, *Tencent hunyuan-lite*: the vendor before its product belongs to the product's
    name."""
    return part.known is not None and part.known.kind == "vendor" and known.kind in ("model", "product")


def _weak_words(words: Words) -> list[bool]:
    """For each word, whether its line is a heading, where capitals say nothing."""
    weak = [False] * len(words)
    breaks = [i for i, shape in enumerate(words.shapes) if shape is Shape.BREAK]
    for start, end in zip([-1, *breaks], [*breaks, len(words)], strict=True):
        if start + 1 < end and _is_heading(words, start + 1, end):
            weak[start + 1 : end] = [True] * (end - start - 1)
    return weak


def _is_heading(words: Words, start: int, end: int) -> bool:
    if end - start > 16 or words.texts[end - 1] in (".", ":", ";", '"', ",", "!"):
        return False
    shapes = words.shapes[start:end]
    if any(words.texts[k] == "|" for k in range(start, end)):
        return False
    capitals = sum(s in (Shape.CAP, Shape.UPPER) for s in shapes)
    small = sum(s is Shape.LOWER and len(words.texts[start + k]) > 3 for k, s in enumerate(shapes))
    return small == 0 and capitals >= 1
