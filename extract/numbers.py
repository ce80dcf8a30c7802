"""Numerals in digits, read to values with their place and rounding; ``number_words`` has those in words.

Everything here works on folded text (see ``fold``), which has the length of the original, so that offsets are
shared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_SPACES = "\t\r\x0b\x0c\xa0\u1680\u200b\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_FOLD = (
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict(zip("％﹪―∼～，．（）￥￡￦＄", "%%—~~,.()¥£₩$", strict=True))
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)
_ODD = re.compile(r"[^\n -~]")
# What a thousands space may look like; a plain space joins digits only where the grouping is plain without
# it.
_THIN = frozenset("\xa0\u2009\u202f\u2007\u2008\u200a")


def fold(text: str) -> str:
    """``text`` with every kind of space, dash, quote and full-width digit as its plain form, character for
    character."""
    return _ODD.sub(lambda match: _FOLD.get(match.group(), match.group()), text)


def lower(text: str) -> str:
    """``text`` in lower case, character for character (the few letters that would grow stay as they are)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of ``words``; a space in one also matches a hyphen or a run of
    spaces.

    The words are laid out as a tree of their letters: at most places of a text its first step fails at once,
    where a plain alternation would try each word.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree) or r"(?!)"


def _branches(node: dict[str, Any]) -> str:
    options = [
        ("[ -]+" if letter == " " else re.escape(letter)) + _branches(rest)
        for letter, rest in sorted(node.items())
        if letter
    ]
    if not options:
        return ""
    if len(options) == 1 and "" not in node:
        return options[0]
    return f"(?:{'|'.join(options)})" + ("?" if "" in node else "")


@dataclass(frozen=True, slots=True)
class Numeral:
    """One written number. ``step`` is the absolute rounding of the figure as written (0.01 for ``3.96``).

    ``kind`` is ``digits``, ``words``, ``fraction`` (*two-thirds*: value 2/3), ``fold`` (*tenfold*: value 10)
    or ``article`` (*a million*, where the article counts as one).
    """

    start: int
    end: int
    value: float
    step: float
    kind: str = "digits"


_DIGITS = re.compile(
    r"""(?P<grouped>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?)
    |(?P<indian>\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?)
    |(?P<swiss>\d{1,3}(?:'\d{3})+(?!\d)(?:\.\d+)?)
    |(?P<spaced>\d{1,3}(?:\ \d{3})+(?!\d)(?:[,.]\d{1,2}(?!\d))?)
    |(?P<dotted>\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d{1,2}(?!\d))?|\d{1,3}\.\d{3},\d{1,2}(?!\d))
    |(?P<comma>\d+,\d{1,2}(?![\d,]))
    |(?P<plain>\d+(?:\.\d+)?)""",
    re.VERBOSE | re.ASCII,
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
HALF = re.compile(r" and (a half|a quarter|three quarters|three-quarters)(?![a-z])")
HALVES = {"a half": 0.5, "a quarter": 0.25, "three quarters": 0.75, "three-quarters": 0.75}
# A decimal comma is believed only where something that is counted in decimals follows or a currency sign
# stands before.
_DECIMAL_COMMA = re.compile(
    r" ?(?:%|per ?cent|pct|percent|m|mn|bn|mrd|mln|million|billion|trillion|thousand|euro|€)"
)


def read_digits(low: str, original: str, start: int, after_currency: bool = False) -> Numeral:
    """The number whose first digit stands at ``start`` of the folded lower-case text.

    ``original`` is the text before folding (a non-breaking space groups thousands, a plain one rarely does);
    ``after_currency`` says that a currency sign stands before it.
    """
    match = _DIGITS.match(low, start)
    if match is None:
        raise ValueError(f"no digit at {start}")
    kind, written = match.lastgroup, match.group()
    spaced = kind == "spaced" and not _groups(original, start, match.end(), after_currency)
    comma = kind == "comma" and not (after_currency or _DECIMAL_COMMA.match(low, match.end()))
    if spaced or comma:
        kind = None
    if kind is None:
        match = _PLAIN.match(low, start)
        assert match is not None
        written = match.group()
    elif kind == "spaced":
        written = written.replace(" ", "").replace(",", ".")
    elif kind == "dotted":
        written = written.replace(".", "").replace(",", ".")
    elif kind == "comma":
        written = written.replace(",", ".")
    else:
        written = written.replace(",", "").replace("'", "")
    end, value = match.end(), float(written)
    step = 10.0 ** -len(written.partition(".")[2]) if "." in written else _step(written)
    if low[end : end + 1] in _VULGAR:
        return Numeral(start, end + 1, value + _VULGAR[low[end]], 0.25)
    half = HALF.match(low, end)
    if half:
        return Numeral(start, half.end(), value + HALVES[half.group(1)], 0.25)
    return Numeral(start, end, value, step)


# A size that stands between a count and its noun begins no group of thousands: "3 200 mm fabs".
_AFTER_GROUP = re.compile(r"%| (?!mm|ml?(?![a-z])|g[ b]|tb |nm|inch|in(?![a-z])|cm)([^\W\d_]+)")
_BEFORE_GROUP = re.compile(r"(\S+) $")
# Words after which a number is a place or a name, and the next one its own.
_PLACES = frozenset(
    ("top", "no", "phase", "page", "tier", "version", "chapter", "step", "day", "week", "part")
)


def _groups(original: str, start: int, end: int, after_currency: bool) -> bool:
    """Whether the spaces in the digits are those between groups of thousands, and no two numbers."""
    written = original[start:end]
    if after_currency or "," in written or written.count(" ") > 1 or written.endswith(" 000"):
        return True
    if any(c in _THIN for c in written):
        return True
    if written[0] == "0":
        return False
    after = _AFTER_GROUP.match(original[end : end + 24].lower())
    before = _BEFORE_GROUP.search(original, max(0, start - 24), start)
    if after is None or before is None:
        # at the head of a text or line: "17 300 people came", but "737 800 seats"
        return after is not None and " " in written[:3] and not original[max(0, start - 1) : start].strip()
    word = before.group(1).lstrip("(\"'").rstrip(",;:")
    if not word.isalpha() or word.lower() in _PLACES:
        return False
    # a capital before the digits makes them part of a name, but in a line of capitals it tells nothing
    return word.islower() or (word.isupper() and (original[end + 1 : end + 4].isupper()))


def _step(digits: str) -> float:
    """Rounding of an integer: its trailing zeros count as rounded, but two digits always as written."""
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0 ** max(0, min(zeros, len(digits) - 2))


def clean(value: float) -> float:
    """The value without the noise of binary multiplication."""
    return float(f"{value:.12g}")
