"""Ranges: a figure that is the low end of *55-60%*, *between A and B*, *2 to 3 billion*."""

import re

from extract.number_words import WORD
from extract.quantity_figures import Figure, read_figure
from extract.quantity_passage import Passage
from extract.quantity_words import Before
from extract.units import Units

_CONNECT = re.compile(
    r"(-to-| ?(?:-|—) ?| ?~ ?| ?\n?(?:to|and|or|through) +)(?:about |around |as much as |some |as many as "
    r"|perhaps |even )?"
)
_NUMBER = re.compile(r"(?:[^\d\s]{1,4} ?)?(?=[0-9])")
_ARTICLE = re.compile(r"(?:half )?an? ")
_FROM = ("ranging", "range", "ranges", "ranged", "anywhere", "somewhere", "anything", "everything")
# "from $1.10 to $1.45 in and $4.40 to $5.80 out": the second pair moves as the first does.
_MOVED_PAIR = re.compile(r"(?<![a-z])from [^;\n]{1,24} to [^;\n]{1,48}(?: and|,) $")
_PAIR = 90
_FAR = 3.0


def read_high_end(passage: Passage, first: Figure, before: Before, units: Units) -> Figure | None:
    """The high end of the range that ``first`` begins, or None; shares magnitude and unit between the two.

    *from A to B* is a change and no range, unless a word such as *ranging* stands before it; so is *rose $2
    to $40*.
    """
    low = passage.low
    connector = _CONNECT.match(low, first.end) if low[first.end : first.end + 1] in " \n-—~" else None
    if connector is None or first.numeral.kind == "fold":
        return None
    word, at = connector.group(1).strip(" \n"), connector.end()
    if not _connects(word, first, before):
        return None
    digits = _NUMBER.match(passage.folded, at)
    if digits and not low[digits.end() : digits.end() + 1].isdigit():
        return None  # a date
    article = _ARTICLE.match(low, at)
    position = digits.end() if digits else article.end() if article and not low.startswith("half", at) else at
    if digits is None and not WORD.match(low, position):
        return None
    if word == "or" and digits:
        return None
    second = read_figure(passage, position, digits is None, units, joined=True)
    if second is None or second.start > at + 1 or second.numeral.kind in ("fraction", "fold"):
        return None
    if word == "to" and _MOVED_PAIR.search(low, max(0, first.start - _PAIR), first.start):
        return None
    return second if _join(first, second, word, before) else None


def _connects(word: str, first: Figure, before: Before) -> bool:
    words = [w.strip("(\"',") for w in before.words]
    tail = words[-1 - before.reach :]
    if word in ("and", "to"):
        between = "between" in tail or words[-1:] in (["anywhere"], ["somewhere"])
        if between != (word == "and"):
            return False
    if word == "to" and words[-2:-1] == ["from"] and words[-1].endswith("'s"):
        return False  # "from May's 4,400 to 8,900"
    if word == "to" and "from" in tail:
        at = len(words) - 1 - words[::-1].index("from")
        return at > 0 and words[at - 1] in _FROM
    return word != "or" or first.numeral.kind == "words"


def _join(first: Figure, second: Figure, word: str, before: Before) -> bool:
    a, b = first.unit, second.unit
    if a and b and a != b:
        return False
    moved = word == "to" and before.direction is not None and before.qualifier is None and before.last != "of"
    if a and not b:
        if not first.prefixed or moved:
            return False
        second.unit = a
    if second.prefixed and a is None:
        return False
    if first.scale == 1 < second.scale and a is None and first.numeral.value > second.numeral.value:
        return False  # "Opus 4.6 - 1.9T"
    scale = first.scale
    if scale == 1 and first.numeral.kind == "digits" and first.numeral.value <= second.numeral.value:
        scale = second.scale  # "$5-6 billion"
    elif scale == 1 and first.numeral.kind == "words" and first.numeral.value < 100 <= second.numeral.step:
        scale = second.numeral.step  # "between one and two million"
    low_value, high_value = first.numeral.value * scale, second.value
    if not low_value < high_value:
        return False
    ratio = second.unit is not None and second.unit.name in ("percent", "points")
    if word == "to" and "by" in before.words[-5:] and not ratio and high_value > _FAR * low_value:
        return False  # "rose by 12,000 to 96,000"
    if moved and a and low_value:
        # "rose $2 to $40" names a change and a level; "rose 3% to 5%" a range
        limit = 2.5 if a.name == "percent" else 1.5
        if high_value > limit * low_value:
            return False
    first.scale, first.unit = scale, second.unit
    return True
