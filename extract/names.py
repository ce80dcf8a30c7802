"""Names: which places of an article name a vendor, a model, a product, a group, a market, an organisation or
a person.

The vocabulary gives the names that are listed. For all others there is a grammar of shapes and introductions,
whose evidence is gathered over the whole article: a name introduced once (*Lisbon-based chipmaker Ardoise*)
is known wherever it stands, and every way to write it (*Ardoise Systems*, *ARDOISE*, *the Ardoise's A2*)
leads to one canonical name.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.doc_text import text_of
from extract.name_candidates import Candidate
from extract.name_case import brands_of, calm
from extract.name_evidence import Weigher
from extract.name_headings import headed_firms, in_small_letters
from extract.name_index import NameIndex, index_of
from extract.name_merge import Register
from extract.name_runs import Scanner
from extract.name_tokens import Shape, Words
from extract.plain import plain
from extract.records import Mention
from extract.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an article, by the field that their offsets point into, each in the order of the text."""

    text: tuple[Mention, ...]
    title: tuple[Mention, ...]


def find_names(text: str, title: str, vocabulary: Vocabulary) -> list[Mention]:
    """The names in ``text``; ``title`` is read as evidence. Offsets are characters of ``text``."""
    return list(names_of(text, title, vocabulary).text)


def names_of(text: str, title: str, vocabulary: Vocabulary) -> Names:
    """The names in ``text`` and in ``title``."""
    index = index_of(vocabulary)
    body, head = Words(plain(text)), Words(plain(title))
    heads_capitals = _title_case(head)
    heading = headed_firms(body, head, index)
    brands = brands_of([body] if heads_capitals else [body, head], index)
    brands |= in_small_letters(body, heading)
    cap_seen = {w for w, s in zip(body.lower, body.shapes, strict=True) if s is Shape.CAP}
    body = calm(body, index, cap_seen)
    texts = [body] if heads_capitals else [body, head]
    lower_seen = _in_small_letters_too(texts, index) - brands
    pairs = _repeated_pairs(texts, index)
    register = Register(index, lower_seen)
    in_body = list(Scanner(body, index, lower_seen, pairs, brands).scan())
    Weigher(body, index).weigh(in_body)
    for candidate in in_body:
        if candidate.first in heading and candidate.kind is None:
            candidate.vote("vendor", 5, "heading")
    register.fill(body, in_body)
    if heads_capitals:
        in_head = _confirmed(head, register, index)
        register.fill(head, in_head)
        register.calm(in_head)
    else:
        in_head = list(Scanner(head, index, lower_seen, pairs, brands).scan())
        Weigher(head, index).weigh(in_head)
        register.fill(head, in_head)
    in_body = register.finish(body, in_body)
    return Names(
        tuple(_mentions(text, body, in_body, register)), tuple(_mentions(title, head, in_head, register))
    )


def _in_small_letters_too(texts: Sequence[Words], index: NameIndex) -> set[str]:
    """The words that the body, the first of the texts, has in small letters. A rare word that has its capital in the
    middle of a sentence as often is a name all the same: *Codewren* of whom a forum writes *codewren*."""
    small = Counter(w for w, s in zip(texts[0].lower, texts[0].shapes, strict=True) if s is Shape.LOWER)
    large = Counter(
        words.lower[k]
        for words in texts
        for k in range(1, len(words))
        if words.shapes[k] is Shape.CAP and words.shapes[k - 1] is Shape.LOWER
    )
    return {w for w, times in small.items() if times > large[w] or index.lists.ordinary(w)}


def _repeated_pairs(texts: Sequence[Words], index: NameIndex) -> frozenset[tuple[str, str]]:
    """The pairs of capitalised words that stand together more than once: *First Solar*, *Open Harbor*. A word without
    meaning of its own has to have its capital after a plain word once."""
    counted: Counter[tuple[str, str]] = Counter()
    placed: set[tuple[str, str]] = set()
    for words in texts:
        for k, pair in enumerate(pairwise(words.texts)):
            if words.shapes[k] is Shape.CAP and words.shapes[k + 1] is Shape.CAP:
                counted[pair] += 1
                if words.lower[k] not in index.lists.function or (k and words.shapes[k - 1] is Shape.LOWER):
                    placed.add(pair)
    return frozenset(pair for pair, times in counted.items() if times > 1 and pair in placed)


def _title_case(head: Words) -> bool:
    """Whether a title's capitals say nothing, because most of its longer words have one."""
    shapes = [s for s, w in zip(head.shapes, head.texts, strict=True) if len(w) > 3 and s >= Shape.LOWER]
    return sum(s is not Shape.LOWER for s in shapes) > 0.7 * len(shapes)


def _confirmed(head: Words, register: Register, index: NameIndex) -> list[Candidate]:
    """What a headline full of capitals names, as far as the body or the vocabulary confirms it."""
    found = []
    i, n = 0, len(head)
    while i < n:
        listed = index.match(head, i) if head.shapes[i] >= Shape.OTHER else None
        last = register.longest(head, i)
        if listed is not None and listed[0] >= last:
            known = listed[1]
            text = head.phrase(i, listed[0])
            found.append(Candidate(i, listed[0], text, known, known.kind, known.owner, "vocabulary"))
        elif last > i:
            found.append(Candidate(i, last, head.phrase(i, last)))
        i = max(i + 1, last, listed[0] if listed else 0)
    return found


def _mentions(
    original: str, words: Words, candidates: Sequence[Candidate], register: Register
) -> Iterator[Mention]:
    for c in candidates:
        entity = register.get(c)
        if entity is not None:
            start, end = words.starts[c.first], words.ends[c.last - 1]
            how = "vocabulary" if entity.listed and c.how == "vocabulary" else entity.how
            yield Mention(start, end, original[start:end], entity.name, entity.kind, entity.owner, how)


class NameMarker:
    """Sets ``doc._.names`` and ``doc._.title_names``; reads the headline from ``doc._.title``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        names = names_of(text_of(doc), doc._.title, self.vocabulary)
        doc._.names, doc._.title_names = names.text, names.title
        return doc


@Language.factory("beatbook_names", default_config={"extra": []})
def make_names(nlp: Language, name: str, extra: list[str]) -> NameMarker:
    """The component with the shipped vocabulary and the ``extra`` files; its ``vocabulary`` may be set to
    another."""
    for extension, default in (("title", ""), ("names", ()), ("title_names", ())):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    return NameMarker(load_vocabulary([Path(file) for file in extra]))
