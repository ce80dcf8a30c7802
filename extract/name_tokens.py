"""Words as the grammar of names sees them: a word, its place, and its shape.

A possessive ending and an adjectival tail (*-based*, *-owned*) are no part of a word, so that *MiniMax's* and
*Alibaba-backed* show the name that they hold.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Any


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


class Shape(IntEnum):
    """What a word looks like. From ``CAP`` on it may be (part of) a name."""

    BREAK = 0  # an end of line
    MARK = 1  # punctuation
    NUMBER = 2  # 3, 3.5, 4,000 in pieces
    SIZE = 3  # 70B, 32k
    OTHER = 4  # 2.5bn, 128Gb, 1Q26
    LOWER = 5
    CALENDAR = 6  # March, Tuesday, Q1
    LETTER = 7  # A, X
    CAP = 8  # Alibaba, Corrigan-Bhatt
    UPPER = 9  # TSMC, U.S
    CAMEL = 10  # OpenAI, xAI, Z.ai
    VERSIONED = 11  # GLM-5, Qwen3-Max, V3.2
    LOWER_VERSIONED = 12  # gpt-5-mini, p5e.48xlarge


# A dash of the wrong length before a version or a tier is a hyphen: DeepSeek–V3, Qwen–Long.
_WORD = re.compile(
    r"[^\W_](?:[\w+]|[.'&-](?=\w)"
    r"|–(?=[A-Z]{0,2}\d|(?:[Pp]ro|[Mm]ax|[Ll]ite|[Ff]lash|[Mm]ini|[Ll]ong|[Tt]urbo|[Pp]lus|[Nn]ano|[Ll]arge)\b))*"
    r"|\n\s*|[^\w\s]|_+"
)
_TAIL = re.compile(
    r"-(?:based|backed|owned|led|made|built|listed|like|style|related|generated|powered|driven|linked|focused|enabled"
    r"|maker|makers|run|funded|traded|era|wide|compatible|hosted|designed|headquartered|controlled|affiliated|type|class"
    r"|only|native|themed|free|hour|hours|day|branded|invested|heavy|centric|sized|bound|born|trained|supplied|exposed|inspired|ready|grade|specific)$"
)
_CALENDAR = word_set(
    """january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed
    thu thurs fri sat sun gmt utc am pm"""
)
_OF_CALENDAR = word_set("mid early late end start pre post q quarter half ending ended")
_PERIOD = re.compile(
    r"(?:Q[1-4]|H[12])(?:[-']\d{2,4}|(?:FY|CY)[-']?\d{2,4})?E?|(?:FY|CY)(?:[-']?\d{2,4})?(?:[QH][1-4])?E?"
)
_MONEY = re.compile(
    r"(?:Rs|Rp|RM|TL|[KTU]?Sh|Tk|Kc|Ft|Rmb|RMB|US|NT|HK|AU|CNY|KRW|INR|EUR|USD|GBP|JPY|SEK|NOK|DKK|CHF|PLN|BRL|MXN|ZAR|KES|NGN)\d[\d.]*[a-z]*|R\d+\.\d\d|R\d{3,}"
)
TICKER = re.compile(r"[A-Z]{2,5}\.[A-Z]{1,2}")
"""A share as agencies write it: *CRVN.O*."""

_SIZE = re.compile(r"\d{1,4}(?:\.\d)?[bBkKT]")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
_DOMAIN = re.compile(r"[A-Za-z0-9]+\.(?:ai|io|com|net|org|co|app|dev|AI|IO|tv|me|cloud|in)")
_LOWER_VERSIONED = re.compile(
    r"(?!(?:covid|mid|late|early|pre|post|top|gen|step|page|level|phase|tier|since|under|over|sub|no|part|day|ages?|fy"
    r"|item|round|stage|article|section|version|windows|and|to|of|for|the|nearly|about|u|x|h|q|s|g)-?\d)"
    r"(?:[a-z]{2,}\d{1,3}|[a-z]{2,}(?:-[a-z]{2,})+-\d{1,3}b(?![a-z])|[a-z]{3,}-v\d|[a-z]{2,}-\d{1,2}(?![\d])|[a-z]\d[a-z]{0,2}\.\d|[iox]\d|[a-z]\d(?=-[a-z])"
    r"|[a-z]{3,}\.(?!(?:js|py|ts|rs)-)[a-z]{1,5}-\d{1,3}b?(?![a-z\d])|[a-z]{3,}\.(?=(?:xs|xl|xxl|lite|pro|max|mini|plus|turbo|flash|nano|tiny|ultra)(?:-|$))"
    r"|[a-z]{4,}-(?=(?:lite|pro|max|mini|plus|turbo|flash|nano|instruct|coder|embed|vl|large|small|medium|base)\b))[\w.]*(?:-[\w.]+)*"
)


class Words:
    """The words of one text in parallel lists: ``texts`` (without endings), ``starts``, ``ends``, ``shapes``,
    ``possessive`` and ``lower`` (in lower case). ``joined[i]`` tells whether only blanks part a word from the
    one before and no ending was cut off between them, so that both can belong to one name."""

    __slots__ = ("ends", "joined", "lower", "possessive", "shapes", "starts", "text", "texts")

    def __init__(self, text: str) -> None:
        self.text = text
        raw = [(match.start(), match.group()) for match in _WORD.finditer(text)]
        described = [describe(word) for _, word in raw]
        columns: list[Any] = list(zip(*described, strict=True)) or [()] * 5
        self.texts: Sequence[str] = columns[0]
        self.lower: Sequence[str] = columns[1]
        self.shapes: Sequence[Shape] = columns[2]
        self.possessive: Sequence[bool] = columns[3]
        # The pattern leaves nothing but blanks between its matches.
        self.joined: Sequence[bool] = (False, *columns[4][:-1])
        self.starts: Sequence[int] = [start for start, _ in raw]
        self.ends: Sequence[int] = [
            start + len(word) for start, word in zip(self.starts, self.texts, strict=True)
        ]

    def lower_at(self, i: int) -> str:
        """Word ``i`` in lower case, nothing where there is none."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def near(self, i: int) -> bool:
        """Whether only blanks part word ``i`` from the one before."""
        return i > 0 and self.shapes[i - 1] is not Shape.BREAK

    def __len__(self) -> int:
        return len(self.texts)

    def phrase(self, first: int, last: int) -> str:
        """The text of the words from ``first`` to ``last`` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]].replace("–", "-")


@lru_cache(maxsize=65536)
def describe(raw: str) -> tuple[str, str, Shape, bool, bool]:
    """A raw word as ``(word, lower case, shape, possessive, whole)``; ``whole`` is false for the end of a
    line and where an ending was cut off."""
    if raw[0] == "\n":
        return raw, raw, Shape.BREAK, False, False
    if len(raw) == 1 and not raw.isalnum():
        return raw, raw, Shape.MARK, False, True
    word = raw.replace("–", "-") if len(raw) > 1 else raw
    raw = word
    possessive = len(raw) > 2 and raw[-2:] in ("'s", "'S")
    if possessive:
        word = raw[:-2]
    if "-" in word and word != word.lower():
        word = _TAIL.sub("", word)
    return word, word.lower(), _shape(word), possessive, word == raw


def _is_calendar(lower: str) -> bool:
    dated = [p for p in lower.split("-") if p not in _OF_CALENDAR]
    return bool(dated) and all(part in _CALENDAR or part.removesuffix("s") in _CALENDAR for part in dated)


def _shape(word: str) -> Shape:
    lower = word.lower()
    if _is_calendar(lower) or _PERIOD.fullmatch(word):
        return Shape.CALENDAR
    if _MONEY.fullmatch(word):
        return Shape.OTHER
    if not word.isascii() and not any(c.islower() or c.isupper() for c in word):
        return Shape.LOWER
    if word[0].isdigit():
        if not any(c.isalpha() for c in word):
            return Shape.NUMBER
        return Shape.SIZE if _SIZE.fullmatch(word) else Shape.OTHER
    digits = any(c.isdigit() for c in word)
    if word == lower:
        if (digits or "-" in word) and _LOWER_VERSIONED.fullmatch(word):
            return Shape.LOWER_VERSIONED
        return Shape.LOWER
    if len(word) == 1:
        return Shape.LETTER
    if digits:
        return Shape.VERSIONED
    if word.isupper():
        return Shape.UPPER
    if _DOMAIN.fullmatch(word):
        return Shape.CAMEL
    parts: Sequence[str] = re.split(r"[-.'&+]", word)
    if all(not p or p.islower() or (p[0].isupper() and (len(p) == 1 or p[1:].islower())) for p in parts):
        return Shape.CAP if word[0].isupper() else Shape.CAMEL
    return Shape.UPPER if _INITIALS.fullmatch(word) else Shape.CAMEL
