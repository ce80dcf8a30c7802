"""Bound and direction words before and after a figure, and its time base."""

import re
from dataclasses import dataclass

from extract.quantity_nouns import FUNCTION_WORDS
from extract.units import Mark, Units, normal

_WINDOW = 56


@dataclass(frozen=True, slots=True)
class Before:
    """What the words before a figure say of it. ``words`` are the last ones, lower case, the nearest last;
    ``reach`` is how many of them belong to the bound or direction."""

    words: tuple[str, ...] = ()
    reach: int = 0
    qualifier: str | None = None
    direction: str | None = None
    change: bool = False
    bound: str = ""

    @property
    def last(self) -> str:
        """The word right before the figure."""
        return self.words[-1] if self.words else ""


def look_before(low: str, start: int, units: Units, money: bool = False) -> Before:
    """Reads bound and direction words leftwards from ``start``, past fillers (*up by more than a further
    5%*).

    ``money`` says that the figure is one: *a loss of $3bn* is a level, *a loss of 3%* a fall.
    """
    window = low[max(0, start - _WINDOW) : start]
    cut = max(window.rfind("\n\n"), window.rfind("\x00"), window.rfind("|"))
    if cut >= 0:
        window = window[cut + 1 :]
    if not window or window[-1] not in " \n":
        return Before()
    words = window.split()
    at, fillers, reach = len(words), 0, 0
    qualifier = direction = None
    change, definite, bound, bound_at = False, False, "", 0
    while at and direction is None and fillers < 5:
        if words[at - 1] in _COPULA:
            direction, at = _named(words, at, units, money)
            reach = len(words) - at if direction else reach
            break
        phrase, mark = _phrase(words, at, units)
        if mark is None or mark.role == "stop" or (mark.role == "qualifier" and (qualifier or definite)):
            break
        at -= phrase.count(" ") + 1
        if mark.role == "filler":
            fillers += 1
            # "below the 37.9 billion that was expected" is no bound of the figure
            definite = definite or (phrase == "the" and qualifier is None)
            continue
        reach = len(words) - at
        if mark.role == "qualifier":
            qualifier, bound, bound_at = mark.value, phrase, at
        elif mark.role == "ratio" and money:
            break
        elif bound in _CROSSED and bound_at == at + phrase.count(" ") + 1:
            break  # "fell below $70" tells where it went, not by how much
        else:
            direction, change = mark.value, mark.role == "change"
        if phrase[0] in "(\"'":
            break
    if direction is None and "by" in words[-6:]:
        direction, change = _cut_by(words, len(words) - reach, units)
    return Before(tuple(words[-6:]), reach, qualifier, direction, change, bound)


def _named(words: list[str], at: int, units: Units, money: bool) -> tuple[str | None, int]:
    """The direction of the noun that a verb of being equates with the figure: *growth had been 26%*."""
    while at and words[at - 1] in _COPULA:
        at -= 1
    noun = words[at - 1] if at else ""
    if money and noun.startswith("loss"):
        return None, at
    return units.afters.get(noun), at - 1


def _phrase(words: list[str], at: int, units: Units) -> tuple[str, Mark | None]:
    """The longest known phrase that ends before word ``at``."""
    sizes = units.sizes.get(words[at - 1].lstrip("(\"'"))
    if sizes is None:
        word = words[at - 1]
        return (
            ("up", units.before["up"])
            if word == "up,"
            else ("down", units.before["down"])
            if word == "down,"
            else ("", None)
        )
    for size in sizes:
        if size <= at:
            phrase = words[at - 1] if size == 1 else " ".join(words[at - size : at])
            mark = units.before.get(phrase.lstrip("(\"'"))
            if mark:
                return phrase, mark
    return "", None


def _cut_by(words: list[str], at: int, units: Units) -> tuple[str | None, bool]:
    """The direction of a verb further off, whose object stands before *by*: *cut its prices by 40%*."""
    while at and words[at - 1] in _LIGHT:
        at -= 1
    if not at or words[at - 1] != "by":
        return None, False
    for word in reversed(words[max(0, at - 9) : at - 1]):
        if word[-1] in ".;:":
            break
        mark = units.before.get(word.lstrip("(\"'"))
        if mark and mark.role in ("direction", "change", "ratio") and word not in ("up", "down"):
            return mark.value, False
    return None, False


_CROSSED = frozenset(("below", "above", "past", "beneath", "under", "beyond"))
_COPULA = frozenset(
    ("is", "was", "are", "were", "be", "been", "had", "averaged", "averages", "reached", "hit")
)
_LIGHT = frozenset(
    ("a", "an", "another", "further", "just", "only", "the", "well", "average", "of", "as", "much")
)


EARLIER = re.compile(
    r"[ -](?:earlier|ago|before|previously|prior|later|after|hence|from now|on from|on,|on year|old)(?![a-z])"
)


def look_for_per(low: str, end: int, units: Units) -> tuple[str, int] | None:
    """The time base right after a figure and its noun (*a day*, *per week*, *every minute*, *monthly*), and
    its end."""
    match = units.per.match(low, end)
    if match is None or EARLIER.match(low, match.end()):
        return None
    word = match.group(1)
    if word:
        if match.group().lstrip()[0] == "/" and len(word) == 1 and match.group()[0] == " ":
            return None
        return units.times[normal(word)], match.end()
    return units.adverbs[match.group(2)], match.end()


_PLACES = frozenset(("up", "down", "above", "below", "under", "behind", "ahead"))
_ENDS = re.compile(r" to |[;:]| (?:that|this|it)(?![a-z])")


def look_after(low: str, end: int, units: Units, ratio: bool) -> str | None:
    """The direction that the words after a percentage, an amount of money or points give it: *a 40% price
    cut*."""
    match = units.after.match(low, end)
    if match is None:
        return None
    between = (match.group(2) or "").strip()
    if between in FUNCTION_WORDS and between != "year-on-year":
        return None
    word = match.group(1) or match.group(3)
    if not ratio and word.startswith("loss"):
        return None  # a $3bn loss is a level
    if word in _PLACES and _ENDS.match(low, match.end()):
        return None  # "$4 above that: $6", "5% up to June"
    return units.afters[normal(word)]


_FEWER = re.compile(
    r" +(fewer|less|more than|more|higher|lower)(?= than|,|\.|;| last| a year| this| from| in| on)"
)


def look_fewer(low: str, end: int) -> str | None:
    """The direction that a comparison gives a count: *3,000 fewer than in May*."""
    match = _FEWER.match(low, end)
    if match is None:
        return None
    return "down" if match.group(1) in ("fewer", "less", "lower") else "up"
