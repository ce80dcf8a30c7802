"""Numbers that are part of a name, a label or a date: *Llama 4*, *Phase 3*, *Big Four*, *2025*."""

from extract.quantity_figures import Figure
from extract.quantity_passage import Passage
from extract.quantity_words import Before
from extract.units import Units

# Words with a capital at the head of a sentence that are no name before a number.
_LIST_OF_BEFORE_COUNTS = """
    the a an of in on at by for from to with over under about around some nearly almost only just than
    and or but as up down between more less after before since until during within per its their his her
    our my this that these those all any both each every last next first another total is was are were
    has had have into against versus vs not no least approximately roughly circa estimated plus minus
    most further additional other earlier later now then still also even out off across through among
    beyond above below past near despite like unlike via if when while where which who whom whose what
    how why because so yet it he she they we you i there here
"""
_BEFORE_COUNTS = frozenset(_LIST_OF_BEFORE_COUNTS.split())


def is_year(low: str, figure: Figure, units: Units) -> bool:
    """Whether a bare figure is a calendar year; *2000 users* is a count."""
    written = low[figure.numeral.start : figure.end]
    if (
        figure.scale != 1
        or len(written) != 4
        or not written.isdigit()
        or not 1900 <= figure.numeral.value < 2100
    ):
        return False
    following = low[figure.end + 1 : figure.end + 25].split(" ", 1)[0].rstrip(",.;")
    unit = units.counted.get(following)
    return unit is None or unit.name in ("shares", "time")


def is_label(passage: Passage, figure: Figure, before: Before, counted: bool, units: Units) -> bool:
    """Whether the word before makes a bare number a name or a place in a list; ``counted`` says that a noun
    follows."""
    start = figure.start
    word = before.last
    if word == "number" and len(before.words) > 1 and before.words[-2].endswith(("s", "to", "should", "who")):
        return False  # "customers number 5,900"
    named = word in units.labels or (not counted and word in units.weak_labels)
    if figure.numeral.kind != "digits":
        if named and figure.numeral.value < 100 and figure.scale == 1:
            return True
        folded = passage.folded
        return (
            _has_capital(folded, start)
            and not _starts_sentence(folded, start)
            and not _is_title(folded, start)
        )
    if not word or figure.sign or figure.scale > 1 or passage.low[start - 1] != " ":
        return False
    if named:
        return True
    at = start - 1 - len(word)
    if at < 0 or word in _BEFORE_COUNTS or word in units.before or word[-1] in '.,;:!?)"':
        return False
    if not any(c.isalpha() for c in word) or not _has_capital(passage.folded, at):
        return False
    if "," in passage.low[start : figure.end]:
        return False  # a thousands comma: nothing is named so
    return not (counted and figure.value >= 100 and _is_title(passage.folded, at))


def _has_capital(folded: str, at: int) -> bool:
    word = folded[at : at + 24].split(None, 1)[0]
    return word != word.lower() or any(c.isdigit() for c in word)


def _starts_sentence(folded: str, at: int) -> bool:
    left = folded[max(0, at - 3) : at].rstrip(" \"'(•*")
    return not left or left[-1] in ".!?:\n|"


def _is_title(folded: str, at: int) -> bool:
    """Whether the line is a headline with capitals throughout, where a capital tells nothing."""
    left, right = max(0, at - 160), at + 160
    start, stop = max(folded.rfind("\n", left, at) + 1, left), folded.find("\n", at, right)
    line = folded[start : stop if stop >= 0 else right]
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
