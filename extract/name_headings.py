"""Firms that head a paragraph: *BOUNTY* on a line of its own above *Makes Harrow* or *The Leeds startup charges …*."""

from collections.abc import Set
from itertools import pairwise

from extract.name_index import NameIndex
from extract.name_tokens import Shape, Words, word_set

_WORDS = 3
_REACH = 5
_DETERMINERS = word_set("a an the this that its their his her no any every each some one")
_PLAIN_ENDINGS = ("ing", "ly", "tion", "tions", "ment", "ments", "ness", "ies", "ers", "ed")


def headed_firms(body: Words, head: Words, index: NameIndex) -> frozenset[int]:
    """The words of the body at which a line begins that names the firm of the paragraph below it. One such line may be
    any heading, so that the title must name the firm as well; two or more make an article of portraits."""
    found = [
        start for start, end, next_line in _headings(body) if _is_firm(body, start, end, next_line, index)
    ]
    if len(found) > 1:
        return frozenset(found)
    titled = set(head.lower)
    return frozenset(start for start in found if body.lower[start] in titled)


def in_small_letters(body: Words, headings: Set[int]) -> frozenset[str]:
    """The firms among the headings that the text below has in small letters too (*pebble charges …*), where it never
    speaks of *a pebble* or *the pebbles*."""
    single = {body.lower[i] for i in headings if i + 1 >= len(body) or body.shapes[i + 1] is Shape.BREAK}
    common = {
        lower
        for i, lower in enumerate(body.lower)
        if lower in single and body.shapes[i] is Shape.LOWER and body.lower_at(i - 1) in _DETERMINERS
    }
    return frozenset(single - common)


def _headings(words: Words) -> list[tuple[int, int, int]]:
    """The lines of one to three words with capitals above another line, a place or a ticker in brackets left out: the
    first word, the one after the last, the first of the next line."""
    found = []
    breaks = [-1, *(i for i, shape in enumerate(words.shapes) if shape is Shape.BREAK)]
    for before, end in pairwise(breaks):
        stop = end
        if words.lower_at(end - 1) == ")" and "(" in words.texts[before + 1 : end]:
            stop = words.texts.index("(", before + 1)
        shapes = words.shapes[before + 1 : stop]
        if (
            0 < len(shapes) <= _WORDS
            and all(s in (Shape.CAP, Shape.UPPER) for s in shapes)
            and end + 1 < len(words)
        ):
            found.append((before + 1, stop, end + 1))
    return found


def _is_firm(words: Words, start: int, end: int, next_line: int, index: NameIndex) -> bool:
    """Whether a heading is made of rare words and stands in capitals, or the paragraph below begins by what its firm
    does or is."""
    rare = [_is_rare(words.lower[k], index) for k in range(start, end)]
    if rare[0] and all(words.shapes[k] is Shape.UPPER for k in range(start, end)):
        return True
    if not all(rare) if end - start == 1 else not any(rare):
        return False
    if any(words.lower[k] in index.lists.function for k in range(start, end)) or index.match(words, start):
        return False
    return _acts(words, next_line, index) or _is_introduced(words, next_line, index.lists.vendor_nouns)


def _is_rare(lower: str, index: NameIndex) -> bool:
    lists = index.lists
    known = (
        lists.ordinary(lower) or lower in lists.function or lower in lists.verbs or lower in lists.acronyms
    )
    told = lists.introduces(lower) or lower in lists.person_nouns or lower in index.nationalities
    return len(lower) > 2 and not (known or told or lower.endswith(_PLAIN_ENDINGS))


def _acts(words: Words, k: int, index: NameIndex) -> bool:
    """*Makes Harrow*, *Rents GPUs*, *Has 40 shops*: a verb without a subject, or *Its app costs*."""
    lower, after = words.lower[k], words.lower_at(k + 1)
    if words.shapes[k] is not Shape.CAP:
        return False
    if lower == "its":
        return True
    verb = lower in index.lists.verbs or (lower.endswith("s") and index.lists.ordinary(lower[:-1]))
    plural = (
        after in index.lists.verbs
        or after in ("of", "for", "in", "and", "are", "have")
        or after.endswith("ed")
    )
    return verb and lower.endswith("s") and not plural


def _is_introduced(words: Words, k: int, nouns: Set[str]) -> bool:
    """*The Leeds startup charges*: an article, words that tell whose it is, and what kind of firm it is."""
    if words.lower[k] not in ("the", "this", "a", "an"):
        return False
    for j in range(k + 1, min(k + 1 + _REACH, len(words))):
        if words.shapes[j] in (Shape.MARK, Shape.BREAK):
            return False
        if words.lower[j] in nouns:
            return True
    return False
