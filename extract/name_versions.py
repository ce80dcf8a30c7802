"""Numbers that are versions: whether a number after a name belongs to it (*Saluki 3*, *RTX 5090*) or counts."""

import re
from collections.abc import Sequence, Set

from extract.name_candidates import Part
from extract.name_index import NameIndex
from extract.name_tokens import Shape, Words, word_set

_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2})?|\d{3}")
_CODE = re.compile(r"(?!19|20)[1-9]\d{3}")
_DETERMINERS = word_set("the a its their our new")
_NOT_VERSION_BEFORE = word_set(
    "per to or percent pc times x than hundred thousand million billion trillion dozen mln bn"
)
_COUNTED = word_set(
    "points yuan won yen euros dollars pounds rupees cents tokens users hours days weeks months years"
)
_AFTER_VERSION = word_set("alone unchanged free arrives handles processed handled averaged ranks stays")


class Versions:
    """The numbers of one text that go on a name. ``brands`` are the names that it writes in small letters."""

    def __init__(self, words: Words, index: NameIndex, brands: Set[str]) -> None:
        self.words = words
        self.lists = index.lists
        self.brands = brands
        self._numbered = _numbered(words)

    def is_version(self, k: int, parts: Sequence[Part]) -> bool:
        """Whether the number at word ``k``, right after the ``parts`` of a name, belongs to it."""
        words, known = self.words, parts[-1].known
        before, text = words.lower[k - 1], words.texts[k]
        if known is not None and known.kind in ("place", "organisation"):
            return False
        if self._is_code(k):
            return self._ends(k + 1, surely=True)
        decimal = "." in text
        if not _VERSION.fullmatch(text) or (decimal and any(c.isdigit() for c in words.texts[k - 1])):
            return False  # L40S 0.72: a price
        thing = before in self.brands or (known is not None and known.kind in ("model", "product"))
        family = before in self._numbered or self._describes(parts[0].first, k + 1)
        return self._ends(k + 1, surely=(thing and decimal) or family)

    def _is_code(self, k: int) -> bool:
        """*RTX 5090*, *RTX Pro 6000*: four digits after capitals."""
        words = self.words
        before = words.lower[k - 1]
        tiered = before in self.lists.tiers and words.shapes[k - 2] is Shape.UPPER
        coded = words.shapes[k - 1] is Shape.UPPER or tiered
        return coded and before not in self.lists.acronyms and bool(_CODE.fullmatch(words.texts[k]))

    def _ends(self, k: int, surely: bool = False) -> bool:
        """Whether what follows a number lets it be a version: no unit, no thousands, no sign of percent. ``surely``
        tells that only a unit speaks against it."""
        words = self.words
        if k >= len(words):
            return True
        shape, lower = words.shapes[k], words.lower[k]
        if shape is Shape.MARK:
            digits = (
                words.texts[k] in ",."
                and k + 1 < len(words)
                and words.shapes[k + 1] is Shape.NUMBER
                and words.starts[k + 1] == words.ends[k]
            )
            return words.texts[k] not in "%‰$€£¥₹/" and not digits
        if shape is Shape.LOWER:
            lists = self.lists
            return lower not in _NOT_VERSION_BEFORE and (
                (surely and lower not in _COUNTED)
                or lower in _AFTER_VERSION
                or lower in lists.function
                or lower in lists.verbs
                or lower in lists.tiers
                or lower in self.brands
                or lower in lists.product_nouns
                or lower in lists.model_nouns
            )
        return shape >= Shape.CAP or shape is Shape.SIZE or shape is Shape.BREAK

    def _describes(self, first: int, k: int) -> bool:
        """*the Frost 900 chiller*: whether a name with a number, from word ``first``, stands between a determiner and
        what it is."""
        words, lists = self.words, self.lists
        if first == 0 or words.lower[first - 1] not in _DETERMINERS or k >= len(words):
            return False
        noun = words.lower[k]
        plain = words.shapes[k] is Shape.LOWER and words.joined[k] and not noun.endswith("s")
        return plain and noun not in lists.function and noun not in lists.person_nouns


def _numbered(words: Words) -> frozenset[str]:
    """The capitalised words that stand before several small numbers: *Saluki 2* and *Saluki 3*."""
    found: dict[str, set[str]] = {}
    for k in range(1, len(words)):
        if words.shapes[k] is Shape.NUMBER and words.joined[k] and words.shapes[k - 1] is Shape.CAP:
            found.setdefault(words.lower[k - 1], set()).add(words.texts[k])
    return frozenset(word for word, numbers in found.items() if len(numbers) > 1)
