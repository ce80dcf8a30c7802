"""Where names may stand: runs of capitalised, odd-cased and versioned words, cut into candidates with the
vocabulary.

A candidate is a place in the text that looks like a name; whether it is one, and of what kind, is decided
later with the evidence of the whole article (``name_evidence``).
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from extract.name_groups import group_at, specified_at
from extract.name_index import Known, NameIndex
from extract.name_tokens import Shape, Words, word_set

NAMED = ("vendor", "model", "product", "organisation")
_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2})?|\d{3}")
_OPENERS = frozenset(".!?:|•·–-*\"'[;>■▪◦#…(")
_OF_HEADS = word_set(
    """bank university ministry institute academy department bureau council association board office school
    commission administration center centre museum museums"""
)
_QUOTES = frozenset("\"'")
_FORMS_OF_ADDRESS = word_set("mr mrs ms dr prof sir reporter")
_PREFIXES = word_set("pre post non anti pro mid ex bench")
_NOT_VERSION_BEFORE = word_set("per to or percent pc times x than")


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
class _Part:
    first: int
    last: int
    known: Known | None


class Scanner:
    """Cuts one text into candidates."""

    def __init__(self, words: Words, index: NameIndex, lower_seen: Set[str]) -> None:
        self.words = words
        self.index = index
        self.lists = index.lists
        self.lower_seen = lower_seen
        self.weak = _weak_words(words)
        self._passed = 0

    def scan(self) -> Iterator[Candidate]:
        """The candidates in the order of the text; they do not overlap."""
        words, openers, closed = self.words, self.index.openers, self.lists.function
        lower_case, number, other = Shape.LOWER, Shape.NUMBER, Shape.OTHER
        done = 0
        # Most words are plain and open nothing: one pass picks out the others.
        for i in [
            i
            for i, (shape, lower) in enumerate(zip(words.shapes, words.lower, strict=True))
            if (shape > lower_case and lower not in closed)
            or lower in openers
            or shape is number
            or shape is other
        ]:
            if i >= done:
                yield from self._at(i)
                done = self._passed

    def _at(self, i: int) -> Iterator[Candidate]:
        """The candidates that begin at word ``i``; ``_passed`` is then the word after the last that was
        looked at."""
        words, index = self.words, self.index
        self._passed = i + 1
        if words.shapes[i] <= Shape.OTHER:
            goods = specified_at(words, i)
            if goods is not None:
                self._passed = goods
                text = words.phrase(i, goods)
                yield Candidate(i, goods, text, None, "product", None, "measure", strong=True)
                return
            if words.shapes[i] is Shape.NUMBER:
                return
        group = group_at(words, i, index)
        if group is not None:
            self._passed, name = group
            text = words.phrase(i, self._passed)
            yield Candidate(i, self._passed, text, Known(name, "group"), "group", how="nationality")
            return
        found = index.match(words, i)
        if found is not None and self._stands_alone(i, found):
            self._passed = found[0]
            yield self._known(i, *found)
        elif found is not None or self._nameish(i):
            parts = self._run(i, found)
            self._passed = parts[-1].last
            yield from self._cut(parts)

    def _stands_alone(self, i: int, found: tuple[int, Known]) -> bool:
        """A market or group in small letters joins no run of capitals."""
        return found[1].kind in ("market", "group") and self.words.shapes[i] < Shape.LETTER

    def _nameish(self, i: int) -> bool:
        shape, lower = self.words.shapes[i], self.words.lower[i]
        if shape is Shape.LETTER:  # Q Tech
            return (
                lower not in "ai"
                and i + 1 < len(self.words)
                and self.words.joined[i + 1]
                and self._nameish(i + 1)
            )
        if shape < Shape.CAP or lower in self.lists.function:
            return False
        if shape is Shape.CAP:
            return lower not in self.lists.currencies
        if shape is Shape.UPPER and lower in self.lists.acronyms:
            return self._acronym_begins(i)
        return (
            (shape is Shape.UPPER and "-" not in lower)
            or shape >= Shape.VERSIONED
            or not all(
                part in self.lists.acronyms or part in _PREFIXES or part in self.lists.common
                for part in lower.split("-")
            )
        )

    def _acronym_begins(self, i: int) -> bool:
        """*CDN Interconnect*: an acronym before a rare capitalised word is part of its name, a role (*CEO*)
        is not."""
        k = i + 1
        return (
            self.words.lower[i] not in self.lists.person_nouns
            and k < len(self.words)
            and self.words.joined[k]
            and self.words.shapes[k] is Shape.CAP
            and self.words.lower[k] not in self.lists.common
            and self.words.lower[k] not in self.lists.function
            and not self._initial(i)
            and self.index.match(self.words, k) is None
        )

    def _run(self, i: int, found: tuple[int, Known] | None) -> list[_Part]:
        parts = [_Part(i, *found) if found else _Part(i, i + 1, None)]
        words = self.words
        while True:
            k = parts[-1].last
            if k >= len(words) or not words.joined[k]:
                return parts
            found = self.index.match(words, k)
            if found is not None and not self._stands_alone(k, found):
                parts.append(_Part(k, *found))
            elif self._nameish(k) or self._continues(k, parts):
                parts.append(_Part(k, k + 1, None))
            elif self._connects(k, parts[0].first):
                parts += [_Part(k, k + 1, None), _Part(k + 1, k + 2, None)]
            else:
                return parts

    def _continues(self, k: int, parts: list[_Part]) -> bool:
        """A word that continues a name but begins none: a version, a size, a tier in small letters, *AI*."""
        shape, lower = self.words.shapes[k], self.words.lower[k]
        if shape is Shape.NUMBER:
            place = parts[-1].known is not None and parts[-1].known.kind in ("place", "organisation")
            return not place and bool(_VERSION.fullmatch(self.words.texts[k])) and self._version_ends(k + 1)
        if shape is Shape.LETTER:
            return not (
                k + 1 < len(self.words) and self.words.texts[k + 1] == "." and self._nameish_at(k + 2)
            )
        if shape is Shape.LOWER:
            before = self.words.texts[k - 1]
            return (
                lower in self.lists.tiers
                and any(c.isdigit() for c in before)
                and lower not in ("long", "high", "low")
            )
        if shape is Shape.CAP and lower in self.lists.tiers:  # ChatGPT Plus
            return True
        inside = (
            k + 1 < len(self.words) and self.words.joined[k + 1] and self.words.shapes[k + 1] is Shape.CAP
        )
        return shape is Shape.SIZE or (
            shape is Shape.UPPER and (lower == "ai" or (inside and self._nameish(k + 1)))
        )

    def _nameish_at(self, k: int) -> bool:
        return k < len(self.words) and self._nameish(k)

    def _version_ends(self, k: int) -> bool:
        """Whether what follows a number lets it be a version: no unit, no thousands, no sign of percent."""
        words = self.words
        if k >= len(words):
            return True
        shape, lower = words.shapes[k], words.lower[k]
        if shape is Shape.MARK:
            digits = (
                k + 1 < len(words)
                and words.shapes[k + 1] is Shape.NUMBER
                and words.starts[k + 1] == words.ends[k]
            )
            return words.texts[k] not in "%‰$€£¥₹/" and not digits
        if shape is Shape.LOWER:
            lists = self.lists
            return lower not in _NOT_VERSION_BEFORE and (
                lower in lists.function
                or lower in lists.verbs
                or lower in lists.tiers
                or lower in lists.product_nouns
                or lower in lists.model_nouns
            )
        return shape >= Shape.CAP or shape is Shape.SIZE or shape is Shape.BREAK

    def _connects(self, k: int, first: int) -> bool:
        """*&* between two names; *of* after a head that wants it (Bank of …); *for* in quotation marks."""
        words = self.words
        if k + 1 >= len(words) or not words.joined[k + 1] or not self._nameish(k + 1):
            return False
        if words.texts[k] == "&":
            return True
        if words.lower[k] in ("of", "for") and words.lower[k - 1] in _OF_HEADS:
            return True
        quoted = first > 0 and words.texts[first - 1] in _QUOTES
        return words.lower[k] == "for" and quoted and k + 2 < len(words) and words.texts[k + 2] in _QUOTES

    def _initial(self, i: int) -> bool:
        """Whether the place by itself explains a capital: a sentence, a cell, a quotation or a heading
        begins."""
        if i == 0 or self.weak[i]:
            return True
        before = self.words.texts[i - 1]
        return self.words.shapes[i - 1] is Shape.BREAK or (before in _OPENERS and before != "(")

    def _known(self, i: int, end: int, known: Known) -> Candidate:
        return Candidate(
            i,
            end,
            self.words.phrase(i, end),
            known,
            known.kind,
            known.owner,
            "vocabulary",
            self._initial(i),
            strong=True,
        )

    def _cut(self, parts: list[_Part]) -> Iterator[Candidate]:
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
                    _Part(here.first, following.last, following.known),
                    *parts[after + 1 :],
                ]
                start = anchor
                continue
            yield from self._extended(here, rest)
            start = after

    def _anchors(self, part: _Part, alone: bool) -> bool:
        return part.known is not None and (alone or part.known.kind in NAMED)

    def _extended(self, part: _Part, rest: list[_Part]) -> Iterator[Candidate]:
        """A listed name and the words glued to it: its legal form, a version, a product, or another name."""
        assert part.known is not None
        known, words, lists = part.known, self.words, self.lists
        head = self._known(part.first, part.last, known)
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
            yield head
            if known.kind == "organisation":
                yield from self._plain(rest)
            return
        model = known.kind == "model" or (known.kind == "vendor" and versioned)
        kind = "model" if model else "product"
        owner = known.name if known.kind == "vendor" else known.owner
        stem = (
            known.name
            if known.kind in ("model", "product") and not known.version
            else words.phrase(part.first, part.last)
        )
        name = stem + words.text[words.ends[part.last - 1] : words.ends[last - 1]]
        how = "version" if versioned or tier else "product"
        yield Candidate(
            part.first, last, " ".join(name.split()), None, kind, owner, how, head.initial, strong=True
        )

    def _plainword(self, k: int) -> bool:
        lower = self.words.lower[k]
        return self.words.shapes[k] <= Shape.CAP and (
            self.lists.ordinary(lower) or lower in self.lists.function
        )

    def _plain(self, parts: list[_Part]) -> Iterator[Candidate]:
        """A run without a listed name, freed of what only introduces it (*Rival*, *Chinese*, *Founder*)."""
        words = self.words
        known = parts[0].known
        if len(parts) == 1 and known is not None:
            yield self._known(parts[0].first, parts[0].last, known)
            return
        first, last = parts[0].first, parts[-1].last
        initial = self._initial(first)
        while first + 1 < last and not all(self._plainword(k) for k in range(first + 1, last)):
            if not self._introduces(first, initial):
                break
            first += 1
            initial = False
        while last - 1 > first and words.texts[last - 1] in ("&", "of", "for"):
            last -= 1
        yield Candidate(first, last, words.phrase(first, last), initial=initial, heading=self.weak[first])

    def _introduces(self, first: int, initial: bool) -> bool:
        """Whether the first word of a run is none of the name's: *Chinese*, *Mr*, and at the start *Rival*,
        *Selling*."""
        lower, lists = self.words.lower[first], self.lists
        if lower in self.index.nationalities:
            return self.words.possessive[first] or self.index.get(lower) is None
        if not initial:
            return lower in _FORMS_OF_ADDRESS
        introduced = lower in lists.person_nouns or lower in lists.qualifiers or lists.introduces(lower)
        participle = lower.endswith(("ing", "ed")) and lists.ordinary(lower)
        return introduced or participle or lower in self.lower_seen


def _owns(part: _Part, known: Known) -> bool:
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
