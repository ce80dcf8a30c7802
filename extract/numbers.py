"""Numerals: written digits and English number words, read to values with their place and rounding.

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
    |(?P<spaced>\d{1,3}(?:\ \d{3})+(?!\d)(?:,\d{1,2}(?!\d))?)
    |(?P<dotted>\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d{1,2}(?!\d))?|\d{1,3}\.\d{3},\d{1,2}(?!\d))
    |(?P<comma>\d+,\d{1,2}(?![\d,]))
    |(?P<plain>\d+(?:\.\d+)?)""",
    re.VERBOSE | re.ASCII,
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_HALF = re.compile(r" and (a half|a quarter|three quarters|three-quarters)(?![a-z])")
_HALVES = {"a half": 0.5, "a quarter": 0.25, "three quarters": 0.75, "three-quarters": 0.75}
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
    elif kind in ("spaced", "dotted"):
        written = written.replace(" ", "").replace(".", "").replace(",", ".")
    elif kind == "comma":
        written = written.replace(",", ".")
    else:
        written = written.replace(",", "").replace("'", "")
    end, value = match.end(), float(written)
    step = 10.0 ** -len(written.partition(".")[2]) if "." in written else _step(written)
    if low[end : end + 1] in _VULGAR:
        return Numeral(start, end + 1, value + _VULGAR[low[end]], 0.25)
    half = _HALF.match(low, end)
    if half:
        return Numeral(start, half.end(), value + _HALVES[half.group(1)], 0.25)
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


_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine":
    9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety":
    90,
}  # fmt: skip
_SMALL = {**_ONES, **_TEENS, **_TENS}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "dozen": 12.0,
}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
}
_PLURAL_PARTS = {"halves" if part == "half" else f"{part}s": n for part, n in _PARTS.items()}

_FOLDS = {
    f"{word}fold" for word in (*_SMALL, "hundred", "thousand", "million") if word not in ("zero", "one")
}
WORD = re.compile(f"(?<![a-z]){any_of([*_SMALL, *_SCALES, *_PARTS, *_FOLDS])}(?![a-z])")
"""Finds the first word of what may be a number in words; ``read_words`` says whether it is one."""

_NEXT = re.compile(r"( |-|  | ?\n)([a-z]+)")
_DECIMALS = re.compile(r" point((?: (?:zero|one|two|three|four|five|six|seven|eight|nine))+)(?![a-z])")
_FOLDED = re.compile(r"-fold(?![a-z])")
_A_BEFORE = re.compile(r"(?<![a-z])(an?|another) $")
_HALF_A = re.compile(
    r"half an? (hundred|thousand|lakh|million|crore|billion|trillion|quadrillion|dozen)(?![a-z])"
)


def read_words(low: str, start: int) -> Numeral | None:
    """The number in words that begins with the word at ``start``, or None where that word counts nothing.

    *a million*, *half a million*, *two and a half trillion*, *twenty-three*, *one hundred and five thousand*,
    *two-thirds*, *a quarter*, *tenfold*, *three point two*, *two dozen*.
    """
    match = WORD.match(low, start)
    if match is None:
        return None
    word, end = match.group(), match.end()
    if word.endswith("fold"):
        return Numeral(start, end, _value_of(word[:-4]), 1.0, "fold")
    half = _HALF_A.match(low, start)
    if half:
        scale = _SCALES[half.group(1)]
        return Numeral(start, half.end(), scale / 2, scale / 10, "words")
    article = _A_BEFORE.search(low, max(0, start - 9), start)
    if word in _PARTS:
        if word == "half":
            return Numeral(article.start() if article else start, end, 0.5, 0.01, "fraction")
        return Numeral(article.start(), end, 1 / _PARTS[word], 0.01, "fraction") if article else None
    if word in _SCALES and not article:
        return None
    return _read_cardinal(low, article.start() if article and word in _SCALES else start, start)


def _value_of(word: str) -> float:
    return float(_SMALL.get(word) or _SCALES[word])


def _read_cardinal(low: str, begin: int, start: int) -> Numeral | None:
    first = WORD.match(low, start)
    word, gap, previous = first.group() if first else "", "", ""
    total, current, step, largest = 0.0, 0.0, 1.0, 0.0
    end = start
    whole = (start, 0.0, 1.0)  # where, and with what, the last complete number ended
    while word:
        stop = end + len(gap) + len(word)
        if word in _SMALL:
            if not _may_follow(previous, word):
                break
            current += _SMALL[word]
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale <= 100:
                current = max(1.0, current) * scale
            elif current or not total:
                if total and scale >= largest:
                    end, total, step = whole  # "five million, two billion" are two numbers
                    current = 0.0
                    break
                total, current, largest = total + max(1.0, current) * scale, 0.0, scale
            else:
                total, largest = total * scale, scale  # "three lakh crore"
            step = scale
        elif word in _PLURAL_PARTS or (word in _PARTS and current == 1):
            parts = _PLURAL_PARTS.get(word) or _PARTS[word]
            if total or current >= min(10, parts):
                break
            return Numeral(begin, stop, current / parts, 0.01, "fraction")
        else:
            break
        end, previous = stop, word
        if current == 0:
            whole = (end, total, step)
        half = _HALF.match(low, end)
        if half:
            share = _HALVES[half.group(1)]
            if previous in _SCALES and not current:  # "a billion and a half"
                return Numeral(begin, half.end(), total + share * step, step / 4, "words")
            return _scaled(low, begin, half.end(), total + current + share)
        gap, word = _next_word(low, end, step, previous)
    value = total + current
    if _FOLDED.match(low, end):
        return Numeral(begin, end + 5, value, 1.0, "fold")
    point = _DECIMALS.match(low, end)
    if point and not total and value < 100:
        digits = "".join(str(_ONES[digit]) for digit in point.group(1).split())
        return _scaled(low, begin, point.end(), float(f"{value:.0f}.{digits}"), 10.0 ** -len(digits))
    return Numeral(begin, end, value, step, "article" if begin < start else "words")


def _may_follow(previous: str, word: str) -> bool:
    """Whether one small number word goes on from the other: *twenty three*, not *two three*."""
    if previous in _TENS:
        return word in _ONES and word != "zero"
    return previous not in _ONES and previous not in _TEENS


def _next_word(low: str, end: int, step: float, previous: str) -> tuple[str, str]:
    """The gap and the word after ``end``; *and* belongs to the gap after a hundred or more."""
    tail = _NEXT.match(low, end)
    if tail is None:
        return "", ""
    if tail.group(2) != "and":
        return tail.group(1), tail.group(2)
    rest = _NEXT.match(low, tail.end())
    if step < 100 or rest is None or rest.group(2) not in _SMALL or previous in _SMALL:
        return "", ""
    return low[end : rest.start(2)], rest.group(2)


def _scaled(low: str, begin: int, end: int, value: float, step: float = 0.25) -> Numeral:
    tail = _NEXT.match(low, end)
    scale = _SCALES.get(tail.group(2)) if tail else None
    if tail is None or scale is None:
        return Numeral(begin, end, value, step, "words")
    return Numeral(begin, tail.end(), value * scale, step * scale, "words")


def clean(value: float) -> float:
    """The value without the noise of binary multiplication."""
    return float(f"{value:.12g}")
