"""Noun phrases that figures are about though they are no names: the labels of rows, the subjects of clauses, and what
a measure is of (*sales of smart rings*)."""

from collections.abc import Iterator, Set

from extract.name_tokens import word_set
from extract.reading import Reading
from extract.records import Mention, Quantity
from extract.units import is_money

FUNCTION_WORDS = frozenset(
    {
        "the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "all",
        "most", "many", "and", "or", "of", "for", "in", "on", "at", "by", "with", "from", "to", "as", "but",
        "if", "when", "while", "it", "they", "we", "he", "she", "there", "here", "what", "which", "who",
    }
)  # fmt: skip
LABEL_ITEMS = 7
_BULLETS = frozenset({"•", "-", "–", "*", ">", "·", "▸", "▪", "■", "◦", "#", "["})
_VERBS = word_set(
    """accounted accounts amounted arrives are averaged became brought came can cost costs could did does doubled earned
    ends fell fetched generated gets goes grew grow had halved has have held hit is kept led lost
    made makes make may might moved now outsold passed posted processed pulled put quadrupled raised
    ran reached remain remained remains retailed retails rose runs sank saw sell sells sent should
    shipped shrank slid slipped sold spent stand stands starts stay stayed stays still stood
    supplied surged take takes took totalled totaled traded tripled used was went were will won
    would contributed represented handled increased decreased climbed dropped jumped clocked plunged
    sends wants averaging arrive go run use rise fall swallowed burned rented landed commanded
    drew draw draws attract attracts attracted bring brings paid pay pays bought buy buys count counts counted earn
    earns grows cover covers covered ate absorb absorbed absorbs contributes form formed represent represents topped
    exceeded exceeds overtook ordered subscribed installed added ended gained lose loses shed keep keeps hold holds"""
)
_OPENERS = frozenset(
    {",", ";", "–", "—", "while", "whereas", "but", "and", "because", "that", "though", "although", "which"}
)
_DETERMINERS = word_set(
    """the a an its their his her our your this that these those all both some most many new such
    another any even only per each every about"""
)
_COUNTS = word_set("two three four five six seven eight nine ten other")
_OF = frozenset({"of", "for", "from"})
_EXPECTING = word_set("expect expects expected sees see puts put reckons forecasts")
_EXPECTED = word_set("to at")
_MEASURES = word_set(
    """sales shipments share price prices demand revenue revenues cost costs deliveries exports imports
    output usage use consumption number rent rents rates fees production makers maker amount sale
    orders spending volume supply market markets"""
)
_STOPS = word_set(
    """per than then not no so also just more less over under about around up down out off only still
    well too very much last next i you he she it we they there here what who which whose when where
    how why if as me us them each january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday year years
    quarter month months week weeks day days half yesterday today tomorrow said says told meanwhile
    however yet already one ones nearly almost roughly be been being rest total"""
)
NOT_HEADS = word_set(
    """revenue sales profit price prices share shares shipments company group firm analysts growth
    increase decline figure figures number result results market quarter year one loss margin
    forecast contract build republic makers maker"""
)
"""Nouns that by themselves say nothing of what a figure is about."""
_TAILS = _MEASURES - {"makers", "maker"} | {"contract", "spot", "volumes", "rate", "fee", "revenues"}
_LONGEST = 5
_HEADING = 3


def phrases_of(reading: Reading, s: int) -> Iterator[tuple[str, int, str]]:
    """The noun phrases of a sentence that its figures may be about, each with the item at which it begins and how it
    was found: ``label``, ``opening``, ``heading``, ``clause``, ``measured`` or ``shared``."""
    phrase = _label(reading, s) or _bare_subject(reading, s)
    if phrase is not None:
        yield phrase
    items = reading.items_of(s)
    heading = _heading(reading, s)
    if heading is not None:
        yield heading
    figures = any(reading.items[i].kind == "q" for i in items) or bool(reading.cues_in("direction", s))
    if not figures:
        return
    for i in items:
        text = reading.items[i].text
        if i == items.start or text in _OPENERS:
            subject = _before_verb(reading, i if i == items.start else i + 1, items.stop)
            if subject is not None and (phrase is None or subject[0] != phrase[0]):
                yield *subject, "clause"
        if text in _EXPECTING:
            expected = _before_verb(reading, i + 1, items.stop, _EXPECTED)
            if expected is not None:
                yield *expected, "clause"
        if text in _OF and i > items.start and reading.items[i - 1].text in _MEASURES:
            found = _noun_phrase(reading, i + 1, items.stop)
            if found is not None:
                yield reading.text[found[0] : found[1]], found[2], "measured"
        if text == "of" and i > items.start and reading.items[i - 1].kind == "q":
            shared = _before_verb(reading, i + 1, items.stop)
            if shared is not None:
                yield *shared, "shared"


def _heading(reading: Reading, s: int) -> tuple[str, int, str] | None:
    """A line of one to three words above a paragraph."""
    items = reading.items_of(s)
    if not 0 < len(items) <= _HEADING or s + 1 >= len(reading.sentences):
        return None
    first, last = reading.items[items.start], reading.items[items.stop - 1]
    sizes = len(reading.items_of(s + 1)) > _HEADING
    plain = all(reading.items[i].kind == "w" and reading.items[i].text[0].isalpha() for i in items)
    alone = first.start == 0 or reading.text[first.start - 1] == "\n"
    ends = reading.text[last.end : last.end + 1] == "\n"
    if not (sizes and plain and alone and ends and reading.text[first.start].isupper()):
        return None
    return reading.text[first.start : last.end], items.start, "heading"


def _before_verb(reading: Reading, i: int, stop: int, verbs: Set[str] = _VERBS) -> tuple[str, int] | None:
    """The noun phrase at ``i`` if a verb comes right after it."""
    found = _noun_phrase(reading, i, stop)
    if found is None:
        return None
    start, end, first, after = found
    if after >= stop or reading.items[after].text not in verbs:
        return None
    return reading.text[start:end], first


def _noun_phrase(reading: Reading, i: int, stop: int) -> tuple[int, int, int, int] | None:
    """The noun phrase that begins at item ``i``, freed of determiners, counts and what is measured of a name (*DRAM
    contract prices* is DRAM), as offsets, the item at which it begins and the item after it; none where it is a mere
    name, a pronoun or a figure."""
    items = reading.items
    while i < stop and items[i].text in _DETERMINERS:
        i += 1
    if i < stop and items[i].text in _COUNTS:
        i += 1
    k, words = i, 0
    while k < stop and k - i < _LONGEST + 3 and _belongs(reading, k, words):
        words += items[k].kind == "w" and items[k].text[0].isalpha()
        k += 1
    sized = k - i == 2 and (_is_market(reading, k - 1) or _is_sized(reading, i))
    if not words and (sized or (k - i == 1 and _is_counted(reading, i))):
        words = 1
    if not words or k - i > _LONGEST + 2 or items[k - 1].text == "-":
        return None
    last = k
    while last > i and items[last - 1].text in _TAILS and any(items[j].kind == "n" for j in range(i, last)):
        last -= 1
    if last - i == 1 and (items[i].kind == "n" or items[i].text in NOT_HEADS):
        return None
    return items[i].start, items[last - 1].end, i, k


def _is_sized(reading: Reading, i: int) -> bool:
    """Whether a size stands before a name: *16GB Raspberry Pi 5*."""
    size = reading.items[i]
    return size.kind == "q" and size.text[0].isdigit() and size.text[-1].isalpha() and " " not in size.text


def _is_counted(reading: Reading, i: int) -> bool:
    """Whether a figure is rather a thing with its size or number: *1.6T modules*, *three big DRAM makers*."""
    figure = reading.items[i]
    if (
        figure.kind != "q"
        or " " not in figure.text
        or not (figure.text[0].isalnum() and figure.text[-1].isalpha())
    ):
        return False
    return (
        isinstance(figure.ref, Quantity)
        and not is_money(figure.ref.unit)
        and not any(word in figure.text.split() for word in ("million", "billion", "trillion"))
    )


def _is_market(reading: Reading, k: int) -> bool:
    """Whether a market stands after a name: *Samsung DRAM*."""
    ref = reading.items[k].ref
    return isinstance(ref, Mention) and ref.kind == "market" and reading.items[k - 1].kind == "n"


def _belongs(reading: Reading, k: int, words: int) -> bool:
    item = reading.items[k]
    if item.kind == "n":
        return True
    if item.kind == "q":  # 55-inch panels
        return (
            not words
            and reading.items[k - 1].kind != "q"
            and item.text[0] not in "$€£¥₹"
            and "%" not in item.text
        )
    if item.kind == "p":
        return False
    text = item.text
    if text == "-":
        return True
    if text in FUNCTION_WORDS or text in _VERBS or text in _STOPS:
        return False
    return text[0].isalnum()


def names_something(word: str) -> bool:
    """Whether a word, in lower case, may end the name of a thing."""
    return word[-1].isalnum() and word not in FUNCTION_WORDS and word not in _STOPS


def _label(reading: Reading, s: int) -> tuple[str, int, str] | None:
    """The words before the colon or the first bar of a line, whole where they are more than a name or a figure."""
    items = reading.items_of(s)
    begin = items.start
    while begin < items.stop and reading.items[begin].text in _BULLETS:
        begin += 1
    for i in range(begin, min(begin + LABEL_ITEMS, items.stop)):
        item = reading.items[i]
        if item.text in (":", "|"):
            if i == begin or (i == begin + 1 and reading.items[begin].kind != "w"):
                return None
            end = i - 1
            if reading.items[end].text == ")":
                while end > begin and reading.items[end].text != "(":
                    end -= 1
                end -= 1
            if end < begin:
                return None
            return reading.text[reading.items[begin].start : reading.items[end].end], begin, "label"
        if item.kind == "p":
            return None
    return None


def _bare_subject(reading: Reading, s: int) -> tuple[str, int, str] | None:
    """The noun phrase that opens a sentence, up to the first verb that is a cue, where it holds no name."""
    items = reading.items_of(s)
    verbs = {at for kind in ("direction", "modality", "metric") for at, _ in reading.cues_in(kind, s)}
    begin = items.start
    while begin < items.stop and reading.items[begin].text in FUNCTION_WORDS:
        begin += 1
    for i in range(begin, min(begin + 4, items.stop)):
        item = reading.items[i]
        if item.kind != "w" or not item.text[0].isalpha():
            return None
        if i > begin and i in verbs:
            return reading.text[reading.items[begin].start : reading.items[i - 1].end], begin, "opening"
    return None
