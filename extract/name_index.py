"""The vocabulary compiled for one purpose: which listed name begins at this word, and what kind of word is
this."""

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.name_tokens import Shape, Words
from extract.vocabulary import Vocabulary

_HEAD = re.compile(r"[A-Za-z]{2,}(?=[-\d])")


@dataclass(frozen=True, slots=True)
class Known:
    """A listed name. ``cased`` names are found with a capital only; ``version`` is what a word adds to a
    listed family (``-5.1`` of *GLM-5.1*), else empty."""

    name: str
    kind: str
    owner: str | None = None
    cased: bool = True
    version: str = ""


@dataclass(frozen=True)
class WordLists:
    """The lists of plain words, each a set in lower case."""

    function: frozenset[str]
    common: frozenset[str]
    acronyms: frozenset[str]
    legal: frozenset[str]
    corporate: frozenset[str]
    research: frozenset[str]
    press: frozenset[str]
    tiers: frozenset[str]
    vendor_nouns: frozenset[str]
    model_nouns: frozenset[str]
    product_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    person_nouns: frozenset[str]
    verbs: frozenset[str]
    currencies: frozenset[str]
    first_names: frozenset[str]
    qualifiers: frozenset[str]
    judging_verbs: frozenset[str]
    judged_by: frozenset[str]

    def introduces(self, lower: str) -> bool:
        """Whether a word says what the name after it is: a *chipmaker*, a *brokerage*, a *model*."""
        return (
            lower in self.vendor_nouns
            or lower in self.organisation_nouns
            or lower in self.model_nouns
            or lower in self.product_nouns
        )

    def ordinary(self, lower: str) -> bool:
        """Whether a word is one of the ``common`` ones or a regular form of one (plural, past, *-ing*,
        *-ly*)."""
        common = self.common
        if lower in common:
            return True
        for ending in ("s", "es", "ed", "d", "ing", "ly", "er", "r"):
            if lower.endswith(ending):
                stem = lower[: -len(ending)]
                if len(stem) > 2 and (
                    stem in common or stem + "e" in common or (stem[:-1] in common and stem[-1] == stem[-2])
                ):
                    return True
        return lower.endswith("ies") and lower[:-3] + "y" in common


class NameIndex:
    """What ``find_names`` looks up. Built once a vocabulary. ``openers`` are the words in small letters with
    which something listed may begin, so that all others are passed over quickly."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.lists = WordLists(**{name: vocabulary.words(name) for name in WordLists.__dataclass_fields__})
        self._known: dict[str, Known] = {}
        self._prefixes: set[str] = set()
        self.openers: set[str] = {"models", "large", "language", "ai", "llms"}
        for place, name in vocabulary.places().items():
            self._add(place, Known(name, "place"))
        for table in ("market", "group", "organisation", "model", "vendor"):
            for entry in vocabulary.entries(table):
                kind = entry.values.get("kind", table)
                loose = table in ("market", "group")
                for alias in entry.aliases:
                    cased = not loose and alias[:2].lower() != alias[:2]
                    self._add(alias, Known(entry.name, kind, entry.values.get("owner"), cased))
        self.nationalities: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        for entry in vocabulary.entries("nationality"):
            self.countries[entry.values["country"]] = entry.name
            for alias in entry.aliases:
                self.nationalities[alias.removesuffix("'s").rstrip(".").lower()] = entry.name
        self.group_nouns = {
            alias.lower(): entry.values["of"]
            for entry in vocabulary.entries("group_noun")
            for alias in entry.aliases
        }

    def _add(self, alias: str, known: Known) -> None:
        words = Words(alias)
        self.openers.add(words.lower[0])
        key = ""
        for i in range(len(words)):
            key += _key(words.lower[i])
            self._prefixes.add(key)
        self._known.setdefault(key, known)

    def match(self, words: Words, i: int) -> tuple[int, Known] | None:
        """The longest listed name that begins at word ``i``, with the word after its last."""
        key = _key(words.lower[i])
        if key not in self._prefixes:
            return self._family(words, i)
        found: tuple[int, Known] | None = None
        j, n = i + 1, len(words)
        while True:
            known = self._known.get(key)
            if known is not None and (not known.cased or words.shapes[i] >= Shape.LETTER or _odd(words, i)):
                found = (j, known)
            if j >= n or not words.joined[j]:
                break
            key += _key(words.lower[j])
            if key not in self._prefixes:
                break
            j += 1
        if found is not None and found[0] == i + 1 and self._ends_a_firm(words, i):
            found = None
        return found or self._family(words, i)

    def _ends_a_firm(self, words: Words, i: int) -> bool:
        """*Marlow Semi* has nothing to do with the association SEMI."""
        before = i > 0 and words.joined[i] and words.shapes[i - 1] >= Shape.CAP
        return before and words.lower[i] in self.lists.corporate

    def _family(self, words: Words, i: int) -> tuple[int, Known] | None:
        """A word that begins with a listed family or vendor: *GLM-6*, *Qwen4-Max*, *DeepSeek-Prover*."""
        if words.shapes[i] < Shape.CAP:
            return None
        word = words.texts[i]
        head = _HEAD.match(word)
        if head is None:
            return None
        known = self._known.get(head.group().lower())
        if (
            known is None
            or known.kind not in ("vendor", "model", "product")
            or (known.cased and word[:2].islower())
        ):
            return None
        owner = known.owner if known.kind != "vendor" else known.name
        kind = "product" if known.kind == "product" else "model"
        return i + 1, Known(word, kind, owner, known.cased, word[head.end() :])

    def get(self, name: str) -> Known | None:
        """The listed name that is written exactly so, apart from case, spaces and hyphens."""
        return self._known.get(_key(name.lower()))


def _key(lower: str) -> str:
    return lower.replace("-", "").replace(" ", "")


def _odd(words: Words, i: int) -> bool:
    """Whether a name begins with a word that shows no capital by nature: *01.AI*, *深度求索*."""
    return words.shapes[i] is Shape.OTHER or not words.texts[i].isascii()


@lru_cache(maxsize=8)
def index_of(vocabulary: Vocabulary) -> NameIndex:
    """The index of a vocabulary, compiled at the first call."""
    return NameIndex(vocabulary)
