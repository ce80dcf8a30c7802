"""Where the case of letters says little: brands in small letters (*quaymind*) and lines in capitals only.

Both are put right before names are looked for: which lower-case words of an article are brands, and which words of a
line in capitals would have none elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from extract.name_index import NameIndex
from extract.name_tokens import Shape, Words, word_set

_PLAIN_ENDINGS = tuple(
    word_set("ing ed ly tion tions ment ments ness ies able ible ous ful less ity wise ism ers est")
)
_ARTICLES = word_set("a an the")
_OPENERS = frozenset('.!?:•·–*">▸▪')
_FLASHED = word_set(
    """mln bn trn eur usd gbp jpy cny fy yoy qoq vs ebit ebitda capex pct guidance outlook dividend slid sees prior est
    poll mkt raise raises ceo cfo says hikes cuts pretax net telecoms telecom austrian update breaking flash
    free effective"""
)
_LOUD_LINE = 4
_AGAIN = 3
_FILES = word_set(
    """csv tsv json xml html htm php js jsx ts py rs go java md txt pdf doc docx xls xlsx ppt pptx zip gz tar toml
    yaml yml png jpg jpeg gif svg mp com net org io co ai app dev in de uk fr eu us cn jp kr tv me cloud
    edu gov exe dll bin log sh bat css sql db ini cfg"""
)
_BRINGING = word_set(
    "released launched unveiled introduced releases launches unveils introduces called named"
)


def brands_of(texts: Sequence[Words], index: NameIndex) -> frozenset[str]:
    """The words that an article always writes in small letters though they are names: they open sentences where plain
    words have a capital, are introduced (*chipmaker quaymind*), or are followed by a version or a tier, and no list
    of words holds them."""
    opened: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for words in texts:
        for i, (lower, shape) in enumerate(zip(words.lower, words.shapes, strict=True)):
            if shape is not Shape.LOWER or len(lower) < 4 or not _rare(lower, index):
                continue
            if "." in lower and not _is_dotted_name(words, i, index):
                continue
            seen[lower] += 1
            acts = _acts(words, i, index)
            opened[lower] += acts and _opens(words, i)
            shown[lower] += _versioned(words, i, index) or _introduced(words, i, index)
            shown[lower] += 2 * ("." in lower and (_in_cell(words, i) or words.lower_at(i - 1) in _BRINGING))
    brands = frozenset(w for w, n in seen.items() if opened[w] or shown[w] > 1 or (shown[w] and n > 1))
    return brands | {w for words in texts for w in _tails_of(words, brands, seen, index)}


def _is_dotted_name(words: Words, i: int, index: NameIndex) -> bool:
    """Whether a word with a dot may be a name (*pebble.xl*): no file, no address, no stop without its blank."""
    head, _, tail = words.lower[i].partition(".")
    if not (head + tail).isalpha():
        return True
    if len(head) < 3 or len(tail) > 5 or tail in _FILES or tail in index.lists.function:
        return False
    before, after = (
        words.text[words.starts[i] - 1 : words.starts[i]],
        words.text[words.ends[i] : words.ends[i] + 1],
    )
    return before not in ("/", "@", ":") and after not in ("/", "@", ":")


def _in_cell(words: Words, i: int) -> bool:
    """Whether a word fills a cell of a table."""
    before, after = words.lower_at(i - 1), words.lower_at(i + 1)
    begins = before in ("", "|") or words.shapes[i - 1] is Shape.BREAK
    return (begins and after == "|") or (before == "|" and (after == "" or after[0] == "\n"))


def _tails_of(words: Words, brands: Set[str], seen: Counter[str], index: NameIndex) -> Iterator[str]:
    """The words in small letters that tell a version's siblings apart (*dinghy* of *brook 2.5 dinghy*): rare ones that
    end the noun phrase, there or where they stand alone."""
    verbs = index.lists.verbs
    acting = {a for a, b in pairwise(words.lower) if b in verbs and seen[a] > 1}
    for i in range(2, len(words)):
        lower = words.lower[i]
        if (
            words.shapes[i] is not Shape.LOWER
            or lower not in seen
            or lower.endswith(("s", "ed", "ing", "ly"))
        ):
            continue
        if words.lower[i - 2] in brands and words.shapes[i - 1] is Shape.NUMBER and "." in words.texts[i - 1]:
            after = words.lower_at(i + 1)
            ends = not after or after in ",.;)" or after[0] == "\n"
            if words.joined[i] and words.joined[i - 1] and (ends or after in verbs or lower in acting):
                yield lower


def _rare(lower: str, index: NameIndex) -> bool:
    lists = index.lists
    known = lists.ordinary(lower) or lower in lists.function or lower in lists.verbs or lower in index.openers
    told = lists.introduces(lower) or lower in lists.person_nouns or lower in lists.corporate
    return not (known or told or lower.endswith(_PLAIN_ENDINGS)) and lower.isascii() and lower[0].isalpha()


def _opens(words: Words, i: int) -> bool:
    if i == 0 or words.shapes[i - 1] is Shape.BREAK:
        return True
    return words.texts[i - 1] in ".!?" and i > 1 and words.shapes[i - 2] is not Shape.LETTER


def _acts(words: Words, i: int, index: NameIndex) -> bool:
    """Whether what follows a word lets it be a name: a verb, a possessive ending, an apposition, a bracket."""
    if words.possessive[i]:
        return True
    after = words.lower_at(i + 1)
    if after == ",":
        return words.lower_at(i + 2) in _ARTICLES
    return after in index.lists.verbs or after == "(" or _versioned(words, i, index)


def _versioned(words: Words, i: int, index: NameIndex) -> bool:
    k = i + 1
    if k >= len(words) or not words.joined[k]:
        return False
    if words.shapes[k] is Shape.NUMBER:
        decimal = "." in words.texts[k] and len(words.texts[k]) <= 4
        return decimal and words.lower_at(k + 1) not in ("million", "billion", "trillion", "%", "percent")
    if words.shapes[k] is Shape.SIZE:
        return "-" in words.lower[i]
    return words.shapes[k] is Shape.CAP and words.lower[k] in index.lists.tiers


def _introduced(words: Words, i: int, index: NameIndex) -> bool:
    if i == 0 or not words.joined[i] or words.shapes[i - 1] is not Shape.LOWER:
        return False
    lists, before = index.lists, words.lower[i - 1]
    return (before in lists.vendor_nouns or before in lists.model_nouns) and not before.endswith("s")


def calm(words: Words, index: NameIndex, cap_seen: Set[str]) -> Words:
    """The words with the shapes that lines in capitals would have in mixed case. ``cap_seen`` are the words that the
    article has with a capital elsewhere."""
    lines = [line for line in _lines(words) if _is_loud(words, line)]
    if not lines:
        return words
    told = Counter(words.lower[i] for line in lines for i in line)
    shapes = list(words.shapes)
    for line in lines:
        for i in line:
            if shapes[i] in (Shape.UPPER, Shape.LETTER, Shape.CAP, Shape.CAMEL):
                shapes[i] = _calmed(words, i, line, index, cap_seen, told, shapes)
    words.shapes = shapes
    return words


def _lines(words: Words) -> Iterator[range]:
    begin = 0
    for i, shape in enumerate([*words.shapes, Shape.BREAK]):
        if shape is Shape.BREAK:
            if i > begin:
                yield range(begin, i)
            begin = i + 1


def _is_loud(words: Words, line: range) -> bool:
    letters = [words.texts[i] for i in line if len(words.texts[i]) > 2 and words.texts[i].isalpha()]
    return len(letters) >= _LOUD_LINE and sum(w.isupper() for w in letters) >= 0.85 * len(letters)


def _calmed(
    words: Words,
    i: int,
    line: range,
    index: NameIndex,
    cap_seen: Set[str],
    told: Counter[str],
    shapes: Sequence[Shape],
) -> Shape:
    lower, lists = words.lower[i], index.lists
    after_name = i > line.start and words.joined[i] and shapes[i - 1] >= Shape.CAP
    if after_name and (lower == "ai" or _ends_names(lower, index)):
        return Shape.UPPER if lower == "ai" else Shape.CAP
    if lower in lists.acronyms or index.get(lower) is not None:
        return shapes[i]
    if lower in lists.function or lower in lists.verbs or lower in _FLASHED or lists.ordinary(lower):
        return Shape.LOWER
    if lists.introduces(lower) or lower in lists.person_nouns or lower in lists.qualifiers or len(lower) < 2:
        return Shape.LOWER
    return Shape.CAP if lower in cap_seen or _stands_as_name(words, i, line, index, told) else Shape.LOWER


def _ends_names(lower: str, index: NameIndex) -> bool:
    lists = index.lists
    endings = (lists.corporate, lists.legal, lists.research, lists.tiers)
    return lower == "plan" or any(lower in words for words in endings)


def _stands_as_name(words: Words, i: int, line: range, index: NameIndex, told: Counter[str]) -> bool:
    """Whether the place of a rare word in a line in capitals is one of a name: at its beginning, before a verb or a
    bracket, after what introduces a firm, in a list, or again and again."""
    lower, lists = words.lower[i], index.lists
    if (lower.endswith(_PLAIN_ENDINGS) and told[lower] < _AGAIN) or lower in index.nationalities:
        return False
    before, after = words.lower_at(i - 1), words.lower_at(i + 1)
    begins = i == line.start or words.texts[i - 1] in _OPENERS
    acts = words.possessive[i] or after in lists.verbs or after in ("(", ":") or after in lists.corporate
    listed = before in (",", "and") and after in (",", "and")
    told_of = before in lists.vendor_nouns or (i > line.start and words.possessive[i - 1])
    return begins or acts or listed or told_of or told[lower] > 1
