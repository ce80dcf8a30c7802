"""Numerals in English words, read to values with their place and rounding. Works on folded lower-case text."""

import re

from extract.numbers import HALF, HALVES, Numeral, any_of

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
        half = HALF.match(low, end)
        if half:
            share = HALVES[half.group(1)]
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
