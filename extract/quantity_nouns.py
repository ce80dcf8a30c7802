"""The noun that a figure counts, without a tagger: plural forms and a list of words that end the search."""

import re
from dataclasses import dataclass

from extract.units import Unit, Units

# Words that end the search for a counted noun: what follows them is not counted.
_LIST_OF_FUNCTION_WORDS = """
    a an the this that these those which who whom whose what where when while if because as than then so
    and or but nor of in on at by for from to into onto with without within over under above below
    between among against during since until till after before about around per via amid despite like
    near off out up down through across upon is are was were be been being has have had having do does
    did will would shall should may might can could must not no it its he his she her they their them we
    our us you your i my me there here also each every both all any said says say told tells added noted
    wrote yet still only just even more less fewer most least too very much ago earlier later compared
    versus vs now today yesterday tomorrow last next year-on-year respectively wins loses beats leads
    trails rises falls gains drops sees expects makes takes gets goes comes means helps remains stays
    becomes costs sells buys uses runs works plays shows gives keeps holds brings turns looks seems
    needs wants hits adds cuts reports plus minus times percent million billion trillion thousand
    hundred won lost beat led came went made took got gave kept found left held brought became began ran
    rose fell grew
"""
FUNCTION_WORDS = frozenset(_LIST_OF_FUNCTION_WORDS.split())
_LIST_OF_NOT_PLURAL = """
    is was has does as its his this us thus yes less plus minus versus perhaps always sometimes besides
    towards afterwards upwards overseas across gas bus class mass loss pass press business process
    access success congress progress address witness basis crisis analysis status focus bonus census
    virus campus series species news sports politics economics physics means texas paris kansas arkansas
    illinois james jones lens atlas bias canvas christmas dallas las los nas ios aws gross cross glass
    grass stress express wireless various previous serious famous dangerous enormous religious numerous
    obvious curious precious anonymous autonomous ones others
"""
_NOT_PLURAL = frozenset(_LIST_OF_NOT_PLURAL.split())
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "lives": "life", "wives": "wife", "knives": "knife", "shelves": "shelf", "halves": "half", "leaves":
    "leaf",
    "wolves": "wolf", "thieves": "thief", "loaves": "loaf", "staff": "staff", "police": "police", "troops":
    "troop",
    "cattle": "cattle", "aircraft": "aircraft", "spacecraft": "spacecraft", "sheep": "sheep", "personnel":
    "personnel",
    "crew": "crew", "policemen": "policeman", "firemen": "fireman", "businessmen": "businessman", "series":
    "series",
    "species": "species", "criteria": "criterion", "data": "data", "headquarters": "headquarters", "movies":
    "movie",
    "cookies": "cookie", "pies": "pie", "ties": "tie", "calories": "calorie", "heroes": "hero", "shoes":
    "shoe",
    "toes": "toe", "households": "household", "sportsmen": "sportsman", "fishermen": "fisherman", "gases":
    "gas",
    "buses": "bus", "axes": "axe", "cases": "case", "houses": "house", "nurses": "nurse", "horses": "horse",
    "licenses": "license", "expenses": "expense", "purchases": "purchase", "caches": "cache", "bases": "base",
    "courses": "course", "responses": "response", "warehouses": "warehouse", "releases": "release",
    "leases": "lease", "phases": "phase", "increases": "increase", "premises": "premises", "franchises":
    "franchise",
    "enterprises": "enterprise", "exercises": "exercise", "databases": "database", "diseases": "disease",
}  # fmt: skip
_NOUN_WORD = re.compile(r"(?: +| ?\n|-)([a-z\xe0-\u024f][a-z\xe0-\u024f0-9'-]*)")
# A size on the way to the noun: "1 million 8-inch wafers", "12,000 300 mm wafers"; a bare inch ends it too.
_SIZE = re.compile(r" +\d+(?:\.\d+)?(?:-| ?)(?:inch|mm|nm|gb|gbit|kg|bit|layer|watt|kw|mw)(?= [a-z])")
_JOINED = re.compile(r"-(?:and-)?([a-z]+)")
_SINGULAR_TIME = re.compile(r"(?:second|minute|hour|day|week|month|quarter|year|decade|century)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: where it ends, what it is (a vocabulary unit or its singular), the time base on the
    way."""

    end: int
    unit: Unit | None
    name: str
    per: str | None = None
    distance: int = 0


def look_for_noun(low: str, folded: str, end: int, units: Units) -> Noun | None:
    """The noun that a figure ending at ``end`` counts: *900 million weekly active users*, *671B-parameter*.

    A name on the way (*80,000 CoWoS wafers*) is the noun only where no other follows.
    """
    joined = _JOINED.match(low, end)
    if joined:
        word = joined.group(1)
        if word in FUNCTION_WORDS or word in (
            "strong",
            "something",
            "plus",
            "odd",
            "old",
            "for",
            "man",
            "high",
            "deep",
            "wide",
            "long",
            "tall",
            "way",
            "star",
            "figure",
            "digit",
            "plex",
        ):
            return None
        known = units.counted.get(word)
        return Noun(joined.end(), known, known.name if known else singular(word))
    per: str | None = None
    position = end
    words: list[str] = []
    named: Noun | None = None
    size = _SIZE.match(low, position)
    position = size.end() if size else position
    for distance in range(6):
        match = _NOUN_WORD.match(low, position)
        if match is None:
            return named
        if folded[match.start(1)].isupper() and folded[match.start(1) - 1] == "\n":
            return named  # the next line begins with it
        word = match.group(1).rstrip("'-")
        plain = word[:-2] if word.endswith("'s") else word
        if plain in FUNCTION_WORDS and not (plain == "times" and not words):
            return named
        position = match.start(1) + len(match.group(1))
        adverb = units.adverbs.get(word)
        if adverb:
            per = adverb
            continue
        known = units.counted.get(f"{words[-1]} {word}") if words else None
        known = known or units.counted.get(word.rpartition("-")[2])
        if known and (distance == 0 or known.name not in ("time", "shares")):
            return Noun(match.start(1) + len(word), known, known.name, per, distance)
        tail = word.rpartition("-")[2]
        if is_plural(tail):
            noun = Noun(match.start(1) + len(word), None, singular(tail), per, distance)
            if not folded[match.start(1)].isupper():
                return noun
            named = named or noun
        if word.endswith("'s") or distance - (per is not None) >= 4:
            return named
        words.append(word)
    return named


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and word not in _NOT_PLURAL
    )


def singular(word: str) -> str:
    """The singular of an English plural; a word that is none stays as it is."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


TIME_SPANS = frozenset(
    (
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "decade",
        "night",
        "season",
        "century",
    )
)
"""Counted nouns that are stretches of time."""
