"""Annotated articles in which every vendor and model name is swapped for an invented one of the same make.

A word keeps its make: capitals stay capitals, *OpenAI* keeps its two humps and its AI, *Qwen3-Max* its
version and tier, an acronym its length. Text, title and claims are changed alike, the same word always
becomes the same word, so that what an extractor loses is what it knew only from its lists.

usage: python tests/swap_names.py GOLD_DIR OUT_DIR
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.vocabulary import Vocabulary, load_vocabulary

Article = dict[str, Any]

_ONSETS, _VOWELS, _ENDS = (
    syllables.split()
    for syllables in (
        "b br c cl d dr f fl g gr h j k kr l m n p pl qu r s sk sl st t tr v w z zh",
        "a e i o u ai ea io ou",
        "n r l s x m nd rk lt ve th",
    )
)
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_HUMP = re.compile(r"[A-Z]+(?=s\b)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+")
_CAMEL = re.compile(r"(?:[A-Z][a-z]+|[A-Z](?=\.[a-z])|[a-z])(?:\.[a-z]+|(?:[A-Z]+[a-z]*)+)")
_KEPT_HUMPS = frozenset({"AI", "ai", "com", "app", "for"})
_WORD = re.compile(r"[^\W\d_](?:[\w.+]*\w)?(?:-[\w.]*\w)*\+?")


class Swapper:
    """Swaps the names of ``vocabulary`` and those that the articles' claims are about."""

    def __init__(self, articles: Iterable[Article], vocabulary: Vocabulary) -> None:
        self._kept = _kept_words(vocabulary)
        self._countries = _country_words(vocabulary)
        self._swapped: dict[str, str] = {}
        self._taken: set[str] = set()
        names = [
            alias
            for table in ("vendor", "model")
            for entry in vocabulary.entries(table)
            for alias in entry.aliases
        ]
        names += [name for article in articles for name in _subjects(article)]
        heads: set[str] = set()
        camels: set[str] = set()
        phrases: set[str] = set()
        for name in names:
            words = _WORD.findall(name)
            found = [h for word in words for h in self._heads(word)]
            heads.update(found)
            humped = {m.group() for word in words if (m := _CAMEL.match(word)) and not self._heads(m.group())}
            camels |= humped
            if not found and not humped and " " in name and name[0].isupper() and not self._describes(name):
                phrases.add(name)
        self._heads_to_swap = frozenset(heads)
        self._camels = frozenset(camels)
        ordered = sorted(phrases, key=lambda p: (-len(p), p))
        self._phrases = re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b") if ordered else None

    def swap(self, article: Article) -> Article:
        """The article with its names swapped in text, title and claims; what else it holds is kept."""
        return {key: self._value(value) if key in _CHANGED else value for key, value in article.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._value(v) for v in value]
        if isinstance(value, dict):
            return {k: self._value(v) if k in _CLAIM_TEXTS else v for k, v in value.items()}
        return value

    def text(self, text: str) -> str:
        """A text with its names swapped."""
        if self._phrases is not None:
            text = self._phrases.sub(lambda m: self._phrase(m.group()), text)
        return _WORD.sub(lambda m: self._word(m.group()), text)

    def _phrase(self, phrase: str) -> str:
        """A name of plain words only (*Applied Materials*) changes its first."""
        first, _, rest = phrase.partition(" ")
        stem = rest.lower().split()[0].rstrip("s")
        return f"{self._invented(first, f'{first.lower()} {stem}')} {rest}"

    def _word(self, word: str) -> str:
        camel = _CAMEL.match(word)
        if (
            camel is not None and camel.group() in self._camels
        ):  # DeepSeek, OpenAI: plain humps, the first changes
            first = _HUMP.findall(word)[0]
            return self._invented(first, "camel " + camel.group().lower()) + word[len(first) :]
        plain = word.islower() and "-" not in word and not any(c.isdigit() for c in word)
        return word if plain else _HUMP.sub(lambda m: self._hump(m.group()), word)

    def _hump(self, hump: str) -> str:
        """A hump in any case: *hunyuan-lite* is Hunyuan, *CLAUDE* is Claude."""
        known = hump in self._heads_to_swap or (len(hump) > 3 and hump.capitalize() in self._heads_to_swap)
        return self._invented(hump) if known else hump

    def _heads(self, word: str) -> list[str]:
        """The letters of a word that make it a name: not a version's letter, a tier or a plain word."""
        return [h for h in _HUMP.findall(word) if self._is_rare(h, word)]

    def _is_rare(self, hump: str, word: str) -> bool:
        if hump in _KEPT_HUMPS or hump.lower() in self._kept or word.lower() in self._kept or len(hump) < 2:
            return False
        return any(c.isupper() for c in word) and hump.isalpha()

    def _describes(self, name: str) -> bool:
        """Whether a name of plain words is a description: *Korean makers*, *Indian telecom sector*, *Setup
        fees*."""
        words = name.split()
        return words[0].lower() in self._countries or all(not w[0].isupper() for w in words[1:])

    def _invented(self, hump: str, key: str | None = None) -> str:
        """The invented word for a word, in the case of the word."""
        key = key or hump.lower()
        if key not in self._swapped:
            salt = 0
            while (made := _made(f"{key}/{salt}", hump)) in self._taken or made.lower() in self._kept:
                salt += 1
            self._taken.add(made)
            self._swapped[key] = made
        made = self._swapped[key]
        if hump.isupper():
            return made.upper()
        return made.capitalize() if hump[0].isupper() else made.lower()


_CHANGED = frozenset({"text", "title", "claims", "optional"})
_CLAIM_TEXTS = frozenset({"subject", "source", "quote", "scope"})


def swap_names(articles: Iterable[Article], vocabulary: Vocabulary | None = None) -> list[Article]:
    """The articles with every vendor and model name swapped, the same name to the same name in all of
    them."""
    listed = list(articles)
    swapper = Swapper(listed, vocabulary or load_vocabulary())
    return [swapper.swap(article) for article in listed]


def _made(seed: str, like: str) -> str:
    """An invented word of the make of ``like``, decided by ``seed`` alone."""
    numbers = hashlib.sha256(seed.encode()).digest()
    if len(like) == 1:
        return _CONSONANTS[numbers[0] % len(_CONSONANTS)]
    if like.isupper() and len(like) <= 5:
        return "".join(_CONSONANTS[n % len(_CONSONANTS)] for n in numbers[: max(3, len(like))])
    parts = []
    for i in range(2 if len(like) < 9 else 3):
        parts += [_ONSETS[numbers[2 * i] % len(_ONSETS)], _VOWELS[numbers[2 * i + 1] % len(_VOWELS)]]
    return "".join(parts) + _ENDS[numbers[20] % len(_ENDS)]


def _kept_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that are no part of a vendor's or a model's own name."""
    lists = (
        "function",
        "common",
        "calendar",
        "acronyms",
        "legal",
        "corporate",
        "research",
        "tiers",
        "currencies",
    )
    kept = set().union(*(vocabulary.words(name) for name in lists)) - {"gpt"}
    for table in ("market", "group"):
        kept |= {h.lower() for e in vocabulary.entries(table) for a in e.aliases for h in _HUMP.findall(a)}
    return frozenset(kept) | _country_words(vocabulary)


def _country_words(vocabulary: Vocabulary) -> frozenset[str]:
    names = [a for entry in vocabulary.entries("nationality") for a in entry.aliases]
    return frozenset(h.lower() for name in [*names, *vocabulary.places()] for h in _HUMP.findall(name))


def _subjects(article: Article) -> Iterable[str]:
    for claim in [*article.get("claims", ()), *article.get("optional", ())]:
        subject = claim["subject"]
        yield from [subject] if isinstance(subject, str) else subject


def main(gold: str, out: str) -> None:
    """Writes the swapped articles of a folder into another one, file by file."""
    paths = sorted(Path(gold).glob("*.json"))
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    Path(out).mkdir(parents=True, exist_ok=True)
    for path, article in zip(paths, swap_names(articles), strict=True):
        text = json.dumps(article, ensure_ascii=False, indent=1)
        (Path(out) / path.name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
