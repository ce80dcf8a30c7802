"""Finding many phrases in one pass: a dictionary from first word to continuations, and English inflection for it."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_DOUBLING = frozenset(
    {
        "trim", "drop", "slip", "hit", "cut", "plan", "ship", "sag", "dip", "grab", "put", "bet", "get", "knit",
        "swap", "shed", "tap", "nab", "rob", "top", "quit",
    }
)  # fmt: skip


class PhraseIndex(Generic[T]):
    """Phrases of lower-case words, each with a payload; the longest phrase at a place wins."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[T]]]] = {}
        merged: dict[tuple[str, ...], list[T]] = {}
        for words, payload in entries:
            kept = merged.setdefault(tuple(words), [])
            if payload not in kept:
                kept.append(payload)
        for key, payloads in merged.items():
            self._by_first.setdefault(key[0], []).append((key, payloads))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    @property
    def openers(self) -> Iterable[str]:
        """The words with which phrases begin."""
        return self._by_first.keys()

    def find(self, words: Sequence[str]) -> list[tuple[int, int, T]]:
        """Every place as ``(first word, word after the last, payload)``, in order; a word belongs to one phrase."""
        return self.find_at(words, range(len(words)))

    def find_at(self, words: Sequence[str], places: Iterable[int]) -> list[tuple[int, int, T]]:
        """What begins at some places, in their order."""
        found: list[tuple[int, int, T]] = []
        free = 0
        for i in places:
            if i < free:
                continue
            for key, payloads in self._by_first.get(words[i], ()):
                size = len(key)
                if size == 1 or tuple(words[i : i + size]) == key:
                    found.extend((i, i + size, payload) for payload in payloads)
                    free = i + size
                    break
        return found


def noun_forms(noun: str) -> list[str]:
    """Singular and plural of a noun phrase, inflected at its last word."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return [noun, noun[:-1] + "ies"]
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return [noun, noun + "es"]
    return [noun, noun + "s"]


def verb_forms(verb: str) -> list[str]:
    """The forms of a verb phrase, inflected at its first word; ``sell/sold`` adds an irregular one."""
    base, *irregular = verb.split("/")
    head, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    third = noun_forms(head)[1]
    if head.endswith("e") and not head.endswith("ee"):
        stem = head[:-1]
    elif head in _DOUBLING:
        stem = head + head[-1]
    else:
        stem = head
    if irregular:
        past = irregular
    elif head.endswith("y") and head[-2] not in "aeiou":
        past = [f"{head[:-1]}ied{tail}"]
    else:
        past = [f"{stem}ed{tail}"]
    return [base, third + tail, f"{stem}ing{tail}", *past]
