"""Names that are phrases: groups by country (*Chinese AI models*, *American labs' models*, *models built in
China*) and goods by their measure (*32GB DDR5 kits*, *183 mm wafers*)."""

import re

from extract.name_index import NameIndex
from extract.name_tokens import Shape, Words, word_set

_BUILT = word_set("built made developed trained created designed produced")
_MODEL_WORDS = word_set("models llms")
_REACH = 4
_MEASURE = re.compile(r"\d+(?:x\d+)?(?:GB|Gb|TB|Tb|MB|Mb|mm|nm|-inch)")
_CHIP_SIZE = re.compile(r"\d{1,3}(?:Gb|Gbit|Tb)")
_GOODS = word_set(
    """kit kits stick sticks module modules board boards wafer wafers nand dram ssd ssds card cards drive
    drives part parts memory flash chip chips die dies disk disks"""
)


def group_at(words: Words, i: int, index: NameIndex) -> tuple[int, str] | None:
    """The group that begins at word ``i``: the word after its last, and its name (*Chinese models*)."""
    if words.shapes[i] >= Shape.CAP:
        return _by_nationality(words, i, index)
    if words.lower[i] in ("models", "large", "language", "ai", "llms"):
        return _by_place(words, i, index)
    return None


def _by_nationality(words: Words, i: int, index: NameIndex) -> tuple[int, str] | None:
    lower, n = words.lower, len(words)
    start = i + 1
    nation = None
    if i + 1 < n and words.near(i + 1):
        nation, start = index.nationalities.get(f"{lower[i]} {lower[i + 1]}"), i + 2
    if nation is None:
        nation, start = index.nationalities.get(lower[i]), i + 1
    if nation is None:
        return None
    if start < n and words.texts[start] == "." and "." in lower[i]:  # U.S.
        start += 1
    for k in range(start, min(start + _REACH, n)):
        if not words.near(k):
            break
        of = index.group_nouns.get(lower[k])
        if of is not None:
            return _close(words, start, k, nation, of)
        fits = lower[k] not in index.lists.function and lower[k] not in index.lists.verbs
        if not (fits and (words.shapes[k] is Shape.LOWER or lower[k] in index.lists.acronyms)):
            break
    return None


def _close(words: Words, start: int, k: int, nation: str, of: str) -> tuple[int, str]:
    lower = words.lower
    if of == "models":
        return k + 1, f"{nation} models"
    possessive = k + 2 < len(words) and words.texts[k + 1] == "'" and lower[k + 2] in _MODEL_WORDS
    if possessive:
        return k + 3, f"{nation} models"
    return k + 1, " ".join([nation, *words.texts[start : k + 1]])


def _by_place(words: Words, i: int, index: NameIndex) -> tuple[int, str] | None:
    k, n = i, len(words)
    while k < n and k < i + 3 and words.lower[k] not in _MODEL_WORDS:
        k += 1
    if k + 3 >= n or words.lower[k] not in _MODEL_WORDS:
        return None
    at = k + 1
    if words.lower[at] in _BUILT:
        at += 1
    if words.lower[at] not in ("in", "from"):
        return None
    at += 1
    if at < n and words.lower[at] == "the":
        at += 1
    found = index.match(words, at) if at < n else None
    nation = index.countries.get(found[1].name) if found and found[1].kind == "place" else None
    return (found[0], f"{nation} models") if found and nation else None


def sized_at(words: Words, i: int, index: NameIndex) -> int | None:
    """The word after the last of a chip named with its size, the kind first or last: *DDR4 8Gb*, *16 Gb DDR5*."""
    size = _after_size(words, i)
    if size is not None:
        found = index.match(words, size) if size < len(words) and words.joined[size] else None
        return found[0] if found and _is_chip(words, size, found[0], found[1].kind) else None
    first = index.match(words, i)
    if first is None or first[1].kind != "market":
        return None
    if _after_size(words, first[0] - 1) == first[0]:  # listed with the size
        return first[0]
    if (
        not _is_chip(words, i, first[0], first[1].kind)
        or first[0] >= len(words)
        or not words.joined[first[0]]
    ):
        return None
    return _after_size(words, first[0])


def _is_chip(words: Words, first: int, last: int, kind: str) -> bool:
    """Whether a market is a kind of chip with its generation: *DDR4*, not *NAND*."""
    return kind == "market" and last == first + 1 and words.shapes[first] is Shape.VERSIONED


def _after_size(words: Words, k: int) -> int | None:
    """The word after a size in gigabits at word ``k``, written as one word or two."""
    if k >= len(words):
        return None
    if _CHIP_SIZE.fullmatch(words.texts[k]):
        return k + 1
    two = words.shapes[k] is Shape.NUMBER and k + 1 < len(words) and words.joined[k + 1]
    return k + 2 if two and words.texts[k + 1] in ("Gb", "Gbit") and words.texts[k].isdigit() else None


def specified_at(words: Words, i: int) -> int | None:
    """The word after the last of goods named by their measure, if word ``i`` begins such a name."""
    n = len(words)
    k = i + 1
    if words.shapes[i] is Shape.NUMBER:
        if k >= n or words.lower[k] not in ("mm", "gb", "tb", "nm") or words.texts[i].find(".") >= 0:
            return None
        k += 1
    elif not _MEASURE.fullmatch(words.texts[i]):
        return None
    for j in range(k, min(k + _REACH, n)):
        if not words.joined[j] or words.shapes[j] in (Shape.MARK, Shape.NUMBER, Shape.OTHER):
            return None
        if words.lower[j] in _GOODS:
            last = j + 1
            return last + 1 if last < n and words.joined[last] and words.lower[last] in _GOODS else last
        if words.lower[j] in ("of", "and", "or", "in", "for", "to", "at", "from"):
            return None
    return None
