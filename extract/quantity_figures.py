"""One figure: a numeral with its sign, currency, magnitude and the unit that sticks to it."""

import re
from dataclasses import dataclass, replace

from extract.number_words import read_words
from extract.numbers import Numeral, read_digits
from extract.quantity_passage import LETTER, Passage
from extract.units import Unit, Units, normal

SIGNS = {
    "+": "up",
    "-": "down",
    "~": "about",
    "≈": "about",
    "<": "under",
    ">": "over",
    "≤": "up_to",
    "≥": "at_least",
}
"""What a sign before a figure says: a direction, or a bound."""


@dataclass(slots=True)
class Figure:
    """One end of a quantity while it is read. ``prefixed`` says that its currency stands before it."""

    start: int
    end: int
    numeral: Numeral
    scale: float = 1.0
    unit: Unit | None = None
    prefixed: bool = False
    sign: str | None = None
    qualifier: str | None = None

    @property
    def value(self) -> float:
        return self.numeral.value * self.scale

    @property
    def is_money(self) -> bool:
        return self.unit is not None and self.unit.kind == "currency"


def read_figure(
    passage: Passage, start: int, words: bool, units: Units, joined: bool = False
) -> Figure | None:
    """The figure whose numeral begins at ``start``, or None where what stands around it shows that it counts
    nothing.

    ``words`` says that the numeral is one in words, ``joined`` that a dash before it ties it to the low end
    of a range and is no sign.
    """
    figure = _worded(passage.low, start, joined) if words else _written(passage, start, units, joined)
    if figure is None:
        return None
    # most figures end at a percent sign, a comma or a full stop, and need no look at what cannot follow there
    if passage.low[figure.end : figure.end + 1] not in _CLOSED:
        _take_magnitude(passage, figure, units)
        _take_suffix(passage.low, figure, units)
    if not figure.prefixed:
        _take_unit(passage, figure, units)
        _take_suffix(passage.low, figure, units)
    # price lists: 0.14/0.28
    listed = passage.low[figure.end : figure.end + 1] == "/" and figure.numeral.step < 1
    measured = listed or figure.unit is not None
    return None if _runs_on(passage.folded[figure.end : figure.end + 2], measured) else figure


_CLOSED = frozenset(("%", ",", ".", ";", ")", "|", ""))


def _worded(low: str, start: int, joined: bool) -> Figure | None:
    if start and not joined and (low[start - 1].isalnum() or low[start - 1] in "-_/'"):
        return None
    numeral = read_words(low, start)
    return Figure(numeral.start, numeral.end, numeral) if numeral else None


def _written(passage: Passage, start: int, units: Units, joined: bool) -> Figure | None:
    low = passage.low
    prefix = _prefix(passage, start, units)
    numeral = read_digits(low, passage.text, start, prefix is not None)
    if prefix is None and start and low[start - 1] == "." and (start == 1 or low[start - 2] in " (\n|-+~"):
        digits = low[start : numeral.end]
        if not digits.isdigit():
            return None
        numeral = replace(numeral, start=start - 1, value=float(f"0.{digits}"), step=10.0 ** -len(digits))
    figure = Figure(numeral.start, numeral.end, numeral)
    if prefix:
        figure.start, figure.prefixed = prefix[0], True
        figure.unit = Unit(prefix[1], "currency")
    return figure if joined or _take_sign(low, figure) else None


def _runs_on(following: str, measured: bool) -> bool:
    """Whether the characters after a figure tie it to more (*4o*, *3.2.1*, *16:9*, *5's*): then it is no
    quantity."""
    first, second = following[:1], following[1:]
    if first.isascii() and first.isalnum():
        return True
    if measured:
        return False
    return (first in (".", ":", "/", ",", "'") and second.isdigit()) or (first == "'" and second.isalpha())


def _prefix(passage: Passage, start: int, units: Units) -> tuple[int, str] | None:
    """Start and code of the currency written before the digits at ``start``."""
    folded = passage.folded
    end = start
    if end and folded[end - 1] == " ":
        end -= 1
    if end and passage.letters and folded[end - 1] in passage.letters and LETTER.match(folded, end - 1):
        return end - 1, passage.letters[folded[end - 1]]
    if not end or folded[end - 1] not in units.prefix_ends:
        return None
    for size in range(min(5, end), 0, -1):
        code = units.prefixes.get(folded[end - size : end])
        if code is None:
            continue
        if not folded[end - size].isalpha() or end == size or not folded[end - size - 1].isalnum():
            return end - size, code
    return (end - 1, passage.yen) if folded[end - 1] == "¥" else None


_TWO = re.compile(r"\d\d(?!\d)")
_OPEN = " \n(|\"'[\x00="


def _take_sign(low: str, figure: Figure) -> bool:
    """Takes in a sign before the figure; False where the character there shows that it is no quantity."""
    start = figure.start
    if not start:
        return True
    before, outer = low[start - 1], low[start - 2] if start > 1 else " "
    if before == "'" and outer == " " and not figure.prefixed and _TWO.match(low, start):
        return False  # '26
    if before == "—" and outer in _OPEN and low.startswith("%", figure.numeral.end):
        figure.start, figure.sign = start - 1, "-"
        return True
    if before in _OPEN or before in "—;*•·" or ord(before) >= 0x2E80:
        return True
    if before in ":,":
        return not outer.isdigit()
    if before in SIGNS:
        if outer in _OPEN or outer == "/" or (before not in "+-" and not outer.isdigit()):
            figure.start, figure.sign = start - 1, before
            return True
        return figure.prefixed and before == "-" and not outer.isalnum()
    if before == "/":
        # price lists: $30/$180, 0.14/0.28
        decimal = "." in low[figure.numeral.start : figure.numeral.end]
        return figure.prefixed or (decimal and outer.isdigit())
    return figure.prefixed and not before.isalnum()


_GLUED = re.compile(r"([A-Za-z]{1,2})(?![A-Za-z0-9])")
_SPACED = re.compile(r" ([mbkt]|MM)(?![A-Za-z0-9'])")
_CAPITAL = re.compile(r" ([MBKT]|MM)(?![A-Za-z0-9'])")
_FOLLOWING = re.compile(r"(?:[,.;)|\n]|$| ([a-z]+))")
_METRES = re.compile(
    r" ?(?:tall|high|long|wide|deep|above|below|away|race|sprint|dash|hurdles|freestyle|butterfly|backstroke"
    r"|breaststroke|relay|final|runner|record|walk|in \d(?!\d{3}))(?![a-z])"
)
_SCREEN = re.compile(
    r" (?:video|tvs?|resolution|displays?|screens?|television|streaming|content|uhd|oled|footage"
    r"|monitors?)(?![a-z])"
)


def _take_magnitude(passage: Passage, figure: Figure, units: Units) -> None:
    low, kind = passage.low, figure.numeral.kind
    match = units.magnitude.match(low, figure.end) if kind != "fold" else None
    if match:
        while match:
            figure.scale *= units.magnitudes[match.group(1)]
            figure.end = match.end()
            match = units.magnitude.match(low, figure.end)
        return
    glued = _GLUED.match(passage.folded, figure.end) if kind == "digits" else None
    if glued is None and figure.prefixed:
        glued = _SPACED.match(passage.folded, figure.end)
    if glued is None:
        if kind == "digits" and not figure.prefixed:
            _take_capital(passage, figure, units)
        return
    letters = glued.group(1)
    scale = units.glued.get(letters.lower())
    if scale is None:
        return
    if not figure.prefixed:
        # without a currency some letters are units of their own: millimetres, tonnes, metres, and 4K is a
        # screen
        if letters in ("mm", "t") or (letters == "m" and _METRES.match(low, glued.end())):
            return
        if letters in "Kk" and figure.value in (2, 4, 5, 8, 16) and _SCREEN.match(low, glued.end()):
            return
    figure.scale, figure.end = scale, glued.end()


def _take_capital(passage: Passage, figure: Figure, units: Units) -> None:
    """Takes in a capital that stands apart from its digits: *412 K*, *2.2 T tokens*; *3 M badges* is none."""
    match = _CAPITAL.match(passage.folded, figure.end)
    if match is None:
        return
    following = _FOLLOWING.match(passage.low, match.end())
    if following is None:
        return
    word = following.group(1)
    if word is None or word in units.counted or word in units.forms or word in units.adverbs:
        figure.scale, figure.end = units.glued[match.group(1).lower()], match.end()


def _take_suffix(low: str, figure: Figure, units: Units) -> None:
    match = (
        units.suffix.match(low, figure.end) if low[figure.end : figure.end + 1] in (" ", "+", "-") else None
    )
    if match is None:
        return
    figure.qualifier = units.suffixes[normal(match.group(1) or match.group(2))]
    figure.end = match.end()


_TIMES = re.compile(r"(?: ?\n| |-)times(?![a-z])")
_FOLD = re.compile(r"[ -]?fold(?![a-z])")
_TIMES_OF = re.compile(
    r" (?:as|the|that|those|its|their|his|her|our|what|more|higher|larger|bigger|greater|faster|cheaper"
    r"|lower|less"
    r"|today|normal|current|last|this year|over|fewer|better|earnings|sales|revenue|[a-z-]+er than|[a-z]+'s"
    r"|an? (?!day|week|month|year|hour|minute|second))"
)
_GREW = re.compile(
    r"(?:grown?|grew|increased?|rose|risen|multipl|expand|jump|surg|up|soar|climb|swell|by)[a-z]* $"
)
_WEIGHT = re.compile(r"(?:weigh(?:s|ed|ing|t)?|lost|gained|heav(?:y|ier)|lift(?:ed|s|ing)?)(?: [a-z]+)? $")
_X = Unit("x")


def _take_unit(passage: Passage, figure: Figure, units: Units) -> None:
    low, end = passage.low, figure.end
    if figure.numeral.kind == "fold":
        figure.unit = _X
        return
    ahead = low[end : end + 3]
    if "f" in ahead:
        fold_word = _FOLD.match(low, end)
        if fold_word:
            figure.unit, figure.end = _X, fold_word.end()
            return
    times = _TIMES.match(low, end) if "t" in ahead else None
    if times:
        # "ten times the level" is a multiple, "won ten times" a count
        grew = _TIMES_OF.match(low, times.end()) or _GREW.search(low, max(0, figure.start - 20), figure.start)
        if figure.scale < 1e6 and grew:
            figure.unit, figure.end = _X, times.end()
        return
    match = units.words.match(low, end) or units.symbols.match(passage.folded, end)
    if match is None:
        return
    word = match.group(1)
    unit = units.forms.get(word) or units.forms[normal(word)]
    if _is_other(passage, figure, match, word):
        return
    if (
        unit.name == "GBP"
        and word.startswith("pound")
        and "sterling" not in word
        and _is_weight(low, figure, match)
    ):
        unit = Unit("pound")
    figure.unit, figure.end = unit, match.end()


def _is_other(passage: Passage, figure: Figure, match: re.Match[str], word: str) -> bool:
    """Whether a unit's form is another word here: *50 p.* of a page, *4x4*, *777X*, *all three won*, *a
    3-point shot*."""
    if word in ("p", "c", "PC"):
        return match.start(1) > figure.end
    if word == "pc":
        return match.group()[0] == "-"
    if word in ("x", "X", "×"):
        following = passage.low[match.end() : match.end() + 2].lstrip(" ")[:1]
        return (
            following.isdigit() or following in ("$", "€", "£", "(") or (word == "X" and figure.value >= 100)
        )
    if word == "won":
        if figure.scale > 1 or figure.value >= 100:
            return False
        return figure.numeral.kind != "digits" or not passage.korean
    if word in ("point", "points", "pt", "pts"):
        return match.group()[0] == "-"
    return False


def _is_weight(low: str, figure: Figure, match: re.Match[str]) -> bool:
    if match.group()[0] == "-" or low.startswith(" of ", match.end()):
        return True
    return bool(_WEIGHT.search(low, max(0, figure.start - 24), figure.start))
