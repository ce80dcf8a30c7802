"""Where names may stand: listed names, phrases that are names, and runs of capitalised, odd-cased and
versioned words."""

import re
from collections.abc import Iterator, Set

from extract.name_candidates import Candidate, Cutter, Part
from extract.name_groups import group_at, sized_at, specified_at
from extract.name_index import Known, NameIndex
from extract.name_tokens import TICKER, Shape, Words, word_set
from extract.name_versions import Versions

_LISTED = re.compile(r"[A-Z]{2,8}\s?:\s?[A-Z0-9.]{1,8}\)")
_OF_HEADS = word_set(
    """bank university ministry institute academy department bureau council association board office school
    commission administration center centre museum museums"""
)
_PARTICLES = word_set("de del dos das da do di du della van von der den ter la las los le")
_LONGEST = 12
_QUOTES = frozenset("\"'")
_PREFIXES = word_set("pre post non anti pro mid ex bench")
_UNITS = word_set("gb tb mb kb gbit mm nm inch gigabytes terabytes w kw mw gw")


class Scanner:
    """Cuts one text into candidates."""

    def __init__(
        self,
        words: Words,
        index: NameIndex,
        lower_seen: Set[str],
        pairs: Set[tuple[str, str]] = frozenset(),
        brands: Set[str] = frozenset(),
    ) -> None:
        self.brands = brands
        self.words = words
        self.index = index
        self.lists = index.lists
        self.cutter = Cutter(words, index, lower_seen, pairs)
        self._passed = 0
        self._versions = Versions(words, index, brands)

    def scan(self) -> Iterator[Candidate]:
        """The candidates in the order of the text; they do not overlap."""
        words, openers, closed = self.words, self.index.openers, self.lists.function
        lower_case, number, other = Shape.LOWER, Shape.NUMBER, Shape.OTHER
        done = 0
        # Most words are plain and open nothing: one pass picks out the others.
        for i in [
            i
            for i, (shape, lower) in enumerate(zip(words.shapes, words.lower, strict=True))
            if (
                shape > lower_case
                and (lower not in closed or self.cutter.repeated(i) or self._unexplained(i))
            )
            or lower in openers
            or lower in self.brands
            or shape is number
            or shape is other
        ]:
            if i and words.texts[i - 1] == "(" and _LISTED.match(words.text, words.starts[i]):
                done = i + words.texts[i:].index(")")
            elif i >= done:
                yield from self._at(i)
                done = self._passed

    def _at(self, i: int) -> Iterator[Candidate]:
        """The candidates that begin at word ``i``; ``_passed`` is then the word after the last that was
        looked at."""
        words, index = self.words, self.index
        self._passed = i + 1
        if words.shapes[i] <= Shape.OTHER:
            goods = specified_at(words, i)
            listed = index.match(words, i) if goods is not None else None
            if goods is not None and (listed is None or listed[0] < goods):
                self._passed = goods
                text = words.phrase(i, goods)
                yield Candidate(i, goods, text, None, "product", None, "measure", strong=True)
                return
            sized = sized_at(words, i, index)
            if sized is not None:
                yield self._sized(i, sized)
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
        sized = sized_at(words, i, index) if found is not None else None
        if sized is not None:
            yield self._sized(i, sized)
        elif found is not None and self._stands_alone(i, found):
            self._passed = found[0]
            yield self.cutter.known(i, *found)
        elif found is not None or self._nameish(i):
            parts = self._run(i, found)
            self._passed = parts[-1].last
            if len(parts) > 1 and found is None and self._enclosed(i, self._passed):
                yield Candidate(i, self._passed, words.phrase(i, self._passed), initial=True)
            else:
                yield from self.cutter.cut(parts)

    def _sized(self, i: int, last: int) -> Candidate:
        """The candidate of a chip with its size, which has its own price beside the market that it belongs to."""
        self._passed = last
        return Candidate(i, last, self.words.phrase(i, last), None, "market", None, "measure", strong=True)

    def _enclosed(self, first: int, last: int) -> bool:
        """Whether quotation marks hold just these words, so that they are one name whatever stands in it."""
        texts = self.words.texts
        return first > 0 and texts[first - 1] in _QUOTES and last < len(texts) and texts[last] in _QUOTES

    def _stands_alone(self, i: int, found: tuple[int, Known]) -> bool:
        """A market or group in small letters joins no run of capitals."""
        return found[1].kind in ("market", "group") and self.words.shapes[i] < Shape.LETTER

    def _nameish(self, i: int) -> bool:
        shape, lower = self.words.shapes[i], self.words.lower[i]
        if shape is Shape.LETTER:  # Q Tech
            return lower not in "ai" and self._goes_on_with(i + 1, Shape.CAP) and self._nameish(i + 1)
        if self.cutter.repeated(i) or lower in self.brands or self._unexplained(i):
            return True
        if shape < Shape.CAP or lower in self.lists.function or TICKER.fullmatch(self.words.texts[i]):
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

    def _unexplained(self, i: int) -> bool:
        """*at Three*, *London's Nothing*: a word without meaning of its own (*nothing*, *three*) with a capital that
        its place does not explain, before a verb, a comma or a possessive ending."""
        words = self.words
        if words.shapes[i] is not Shape.CAP or len(words.texts[i]) < 3 or self.cutter.initial(i):
            return False
        lower = words.lower[i]
        if (
            lower not in self.lists.function
            or lower in self.cutter.lower_seen
            or words.shapes[i - 1] >= Shape.CAP
        ):
            return False
        after = words.lower_at(i + 1)
        return words.possessive[i] or after in (",", ".") or after in self.lists.verbs or after.endswith("ed")

    def _acronym_begins(self, i: int) -> bool:
        """*CDN Interconnect*: an acronym before a rare capitalised word is part of its name, a role (*CEO*)
        is not."""
        if self.words.lower[i] in self.lists.person_nouns or self.cutter.initial(i):
            return False
        k = i + 1
        if not self._goes_on_with(k, Shape.CAP) or self.index.match(self.words, k) is not None:
            return False
        return self.words.lower[k] not in self.lists.common and self.words.lower[k] not in self.lists.function

    def _goes_on_with(self, k: int, shape: Shape) -> bool:
        """Whether word ``k`` belongs to the same run and has this shape."""
        return k < len(self.words) and self.words.joined[k] and self.words.shapes[k] is shape

    def _run(self, i: int, found: tuple[int, Known] | None) -> list[Part]:
        parts = [Part(i, *found) if found else Part(i, i + 1, None)]
        words = self.words
        while True:
            k = parts[-1].last
            if k >= len(words) or not words.joined[k] or len(parts) >= _LONGEST or self._ends_runs(k):
                return parts
            found = self.index.match(words, k)
            if found is not None and sized_at(words, k, self.index) is not None:
                return parts
            if words.texts[k] == "GPT" and parts[-1].known is None:  # Stellwerk GPT
                found = None
            if found is not None and not self._stands_alone(k, found):
                parts.append(Part(k, *found))
            elif self._nameish(k) or self._continues(k, parts):
                parts.append(Part(k, k + 1, None))
            elif length := self._connects(k, parts[0].first):
                parts += [Part(j, j + 1, None) for j in range(k, k + length + 1)]
            else:
                return parts

    def _ends_runs(self, k: int) -> bool:
        """A ticker (*Corvane Digital CRVN.O*), an office (*Baekho CEO Min Gyeong-ho*)."""
        ticker = self.words.shapes[k] is not Shape.CAP and TICKER.fullmatch(self.words.texts[k])
        return bool(ticker) or (
            self.words.shapes[k] is Shape.UPPER and self.words.lower[k] in self.lists.person_nouns
        )

    def _continues(self, k: int, parts: list[Part]) -> bool:
        """A word that continues a name but begins none: a version, a size, a tier in small letters, *AI*."""
        shape, lower = self.words.shapes[k], self.words.lower[k]
        if shape is Shape.NUMBER:
            return self._versions.is_version(k, parts)
        if shape is Shape.LETTER:
            return not (
                k + 1 < len(self.words) and self.words.texts[k + 1] == "." and self._nameish_at(k + 2)
            )
        if shape is Shape.LOWER:
            before = self.words.texts[k - 1]
            return (
                (
                    lower in self.lists.tiers
                    or (lower in self.brands and self.words.shapes[k - 2] is Shape.LOWER)
                )
                and any(c.isdigit() for c in before)
                and lower not in ("long", "high", "low", "go")
            )
        if shape is Shape.CAP and lower in self.lists.tiers:  # ChatGPT Plus
            return True
        inside = self._goes_on_with(k + 1, Shape.CAP) and self._nameish(k + 1)
        if shape is Shape.SIZE:  # V3.2 2.4T: a figure follows a version, not a second version
            return "." not in lower or not any(c.isdigit() for c in self.words.texts[k - 1])
        if shape is Shape.UPPER and lower in _UNITS:  # Kestrel D5 16 GB
            return self.words.shapes[k - 1] is Shape.NUMBER
        return shape is Shape.UPPER and (lower in ("ai", "tv") or inside)

    def _nameish_at(self, k: int) -> bool:
        return k < len(self.words) and self._nameish(k)

    def _connects(self, k: int, first: int) -> int:
        """How many words connect two names: *&*, particles (*Casa dos Ventos*, *Van der Leyst*); *of* after a head that
        wants it (Bank of …); *for* in quotation marks."""
        words = self.words
        if words.lower[k] in _PARTICLES:
            after = k + 1 + (words.lower_at(k + 1) in _PARTICLES and self._goes_on_with(k + 1, Shape.LOWER))
            return after - k if self._goes_on_with(after, Shape.CAP) and self._nameish(after) else 0
        if k + 1 >= len(words) or not words.joined[k + 1] or not self._nameish(k + 1):
            return 0
        headed = words.lower[k] in ("of", "for") and words.lower[k - 1] in _OF_HEADS
        quoted = first > 0 and words.texts[first - 1] in _QUOTES
        closed = words.lower[k] == "for" and quoted and k + 2 < len(words) and words.texts[k + 2] in _QUOTES
        return int(words.texts[k] == "&" or headed or closed)
