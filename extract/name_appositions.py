"""What an apposition or an introduction says a name is: *X, a Lisbon chipmaker that …*, *Jane Doe, chief
executive*."""

from extract.name_candidates import Candidate
from extract.name_index import WordLists
from extract.name_tokens import Shape, Words, word_set

_ARTICLES = word_set("a an the its their his her one another that your our")
_STOPS = word_set("that which whose who in on of for with from behind at by and based where then is has to")
_ROLES = word_set("chief president founder chairman head analyst managing director co-founder")
_PLAIN_ENDINGS = ("ing", "ly", "tion", "ions", "ment", "ness", "ers", "ments", "ities")
_REACH = 9


def weigh_apposition(words: Words, lists: WordLists, c: Candidate, k: int) -> None:
    """Votes by what begins at word ``k``, right after a comma, a bracket or a dash behind the candidate."""
    first = words.lower_at(k)
    person = looks_like_person(words, lists, c)
    if first.isdigit() and len(first) == 2 and words.lower_at(k + 1) in (",", ".", ";", ")"):
        c.vote("person", 6)  # an age
    elif first == "who":
        c.vote("person", 4)
    elif first in ("which", "whose"):
        c.vote("vendor", 1, None if is_plain_word(words, lists, c) else "relative clause")
    elif first in _ROLES or (first in _ARTICLES and words.lower_at(k + 1) in ("chief", "head")):
        c.vote("person", 6 if person else 0)
    elif first in _ARTICLES:
        kind = _kind_of_phrase(words, lists, k + 1)
        if kind is not None and (kind != "person" or person):
            c.vote(kind, 5, "apposition")


def _kind_of_phrase(words: Words, lists: WordLists, k: int) -> str | None:
    """What the last telling word of the noun phrase that begins at ``k`` says; none where it goes on too
    long."""
    kind = None
    for j in range(k, min(k + _REACH, len(words))):
        if words.shapes[j] in (Shape.MARK, Shape.BREAK) or words.lower[j] in _STOPS:
            return kind
        if not words.possessive[j]:
            kind = kind_of_noun(lists, words.lower[j]) or kind
    return kind


def kind_of_noun(lists: WordLists, noun: str) -> str | None:
    """The kind of thing that a common noun stands for: a *chip-maker* is a vendor."""
    noun = noun if noun in lists.vendor_nouns else noun.rpartition("-")[2]
    by_kind = (
        ("model", lists.model_nouns),
        ("vendor", lists.vendor_nouns),
        ("organisation", lists.organisation_nouns),
        ("person", lists.person_nouns),
        ("product", lists.product_nouns),
    )
    return next((kind for kind, nouns in by_kind if noun in nouns), None)


def looks_like_person(words: Words, lists: WordLists, c: Candidate) -> bool:
    """Whether a candidate could be a person's name by its shape: up to four capitalised words, no company's
    ending."""
    if c.last - c.first > 4:
        return False
    final = words.lower[c.last - 1]
    if final in lists.corporate or final in lists.research or final in lists.legal:
        return False
    if final in lists.tiers or final in lists.product_nouns or "&" in c.text:
        return False
    return all(s in (Shape.CAP, Shape.LETTER, Shape.MARK) for s in words.shapes[c.first : c.last])


def is_plain_word(words: Words, lists: WordLists, c: Candidate) -> bool:
    """A single word that any dictionary may hold, at a place that explains its capital."""
    if c.last - c.first > 1 or not c.initial:
        return False
    lower = words.lower[c.last - 1]
    return lower in lists.function or lists.ordinary(lower) or lower.endswith(_PLAIN_ENDINGS)
