"""What stands beside a figure: bound and direction words, the counted noun, the time base, what a price is for."""

import re
from dataclasses import dataclass

from extract.numbers import read_digits
from extract.units import Unit, Units, normal

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


def look_before(low: str, start: int, units: Units) -> Before:
    """Reads bound and direction words leftwards from ``start``, past fillers (*up by more than a further 5%*)."""
    window = low[max(0, start - _WINDOW) : start]
    cut = max(window.rfind("\n\n"), window.rfind("\x00"), window.rfind("|"))
    if cut >= 0:
        window = window[cut + 1 :]
    if not window or window[-1] not in " \n":
        return Before()
    words = window.split()
    at, fillers, reach = len(words), 0, 0
    qualifier = direction = None
    change, bound = False, ""
    known = units.before
    while at and direction is None and fillers < 5:
        for size in (4, 3, 2, 1):
            if size > at:
                continue
            phrase = words[at - 1] if size == 1 else " ".join(words[at - size : at])
            mark = known.get(phrase.lstrip("(\"'")) or (known.get(phrase.rstrip(",")) if phrase in ("up,", "down,") else None)
            if mark:
                break
        else:
            break
        if mark.role == "stop" or (mark.role == "qualifier" and qualifier):
            break
        at -= size
        if mark.role == "filler":
            fillers += 1
            continue
        reach = len(words) - at
        if mark.role == "qualifier":
            qualifier, bound = mark.value, phrase
        else:
            direction, change = mark.value, mark.role == "change"
        if phrase[0] in "(\"'":
            break
    return Before(tuple(words[-6:]), reach, qualifier, direction, change, bound)


# Words that end the search for a counted noun: what follows them is not counted.
_STOP = frozenset(
    """a an the this that these those which who whom whose what where when while if because as than then so and or but nor
    of in on at by for from to into onto with without within over under above below between among against during
    since until till after before about around per via amid despite like near off out up down through across upon
    is are was were be been being has have had having do does did will would shall should may might can could must
    not no it its he his she her they their them we our us you your i my me there here also each every both all any
    said says say told tells added noted wrote yet still only just even more less fewer most least too very much
    ago earlier later compared versus vs now today yesterday tomorrow last next year-on-year respectively
    wins loses beats leads trails rises falls gains drops says sees expects makes takes gets goes comes means helps
    remains stays becomes costs sells buys uses runs works plays shows gives keeps holds brings turns looks seems
    needs wants hits adds cuts reports plus minus times percent million billion trillion thousand hundred
    won lost beat led came went made took got gave kept found left held brought became began ran rose fell grew""".split()
)
_NOT_PLURAL = frozenset(
    """is was has does as its his this us thus yes less plus minus versus perhaps always sometimes besides towards
    afterwards upwards overseas across us gas bus plus class mass loss pass press business process access success
    congress progress address witness basis crisis analysis status focus bonus census virus campus series species
    news sports politics economics physics means texas paris kansas arkansas illinois james jones lens atlas bias
    canvas christmas dallas las los nas ios aws gross cross glass grass stress express wireless various previous
    serious famous dangerous enormous religious numerous obvious curious precious anonymous autonomous""".split()
)
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "lives": "life", "wives": "wife", "knives": "knife", "shelves": "shelf", "halves": "half", "leaves": "leaf",
    "wolves": "wolf", "thieves": "thief", "loaves": "loaf", "staff": "staff", "police": "police", "troops": "troop",
    "cattle": "cattle", "aircraft": "aircraft", "spacecraft": "spacecraft", "sheep": "sheep", "personnel": "personnel",
    "crew": "crew", "policemen": "policeman", "firemen": "fireman", "businessmen": "businessman", "series": "series",
    "species": "species", "criteria": "criterion", "data": "data", "headquarters": "headquarters", "movies": "movie",
    "cookies": "cookie", "pies": "pie", "ties": "tie", "calories": "calorie", "heroes": "hero", "shoes": "shoe",
    "toes": "toe", "households": "household", "sportsmen": "sportsman", "fishermen": "fisherman", "gases": "gas",
    "buses": "bus", "axes": "axe", "cases": "case", "houses": "house", "nurses": "nurse", "horses": "horse",
    "licenses": "license", "expenses": "expense", "purchases": "purchase", "caches": "cache", "bases": "base",
    "courses": "course", "responses": "response", "warehouses": "warehouse", "releases": "release",
    "leases": "lease", "phases": "phase", "increases": "increase", "premises": "premises", "franchises": "franchise",
    "enterprises": "enterprise", "exercises": "exercise", "databases": "database", "diseases": "disease",
}  # fmt: skip
_NOUN_WORD = re.compile(r"(?: +| ?\n|-)([a-z\xe0-\u024f][a-z\xe0-\u024f0-9'/-]*)")
_JOINED = re.compile(r"-(?:and-)?([a-z]+)")
_SINGULAR_TIME = re.compile(r"(?:second|minute|hour|day|week|month|quarter|year|decade|century)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: where it ends, what it is (a vocabulary unit or its singular), the time base on the way."""

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
        if word in _STOP or word in ("strong", "something", "plus", "odd", "old", "for", "man"):
            return None
        known = units.counted.get(word)
        return Noun(joined.end(), known, known.name if known else singular(word))
    per: str | None = None
    position = end
    words: list[str] = []
    named: Noun | None = None
    for distance in range(6):
        match = _NOUN_WORD.match(low, position)
        if match is None:
            return named
        word = match.group(1).rstrip("'-")
        plain = word[:-2] if word.endswith("'s") else word
        if plain in _STOP and not (plain == "times" and not words):
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
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and word not in _NOT_PLURAL


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


_EARLIER = re.compile(r"[ -](?:earlier|ago|before|previously|prior|later|after|hence|from now|on from|on,|on year|old)(?![a-z])")


def look_for_per(low: str, end: int, units: Units) -> tuple[str, int] | None:
    """The time base right after a figure and its noun (*a day*, *per week*, *every minute*, *monthly*), and its end."""
    match = units.per.match(low, end)
    if match is None or _EARLIER.match(low, match.end()):
        return None
    word = match.group(1)
    if word:
        if match.group().lstrip()[0] == "/" and len(word) == 1 and match.group()[0] == " ":
            return None
        return units.times[normal(word)], match.end()
    return units.adverbs[match.group(2)], match.end()


_FOR = re.compile(r" ?/ ?| ?-?per[ -]+(?:each |every )?| +for (?:each|every|a|one|an|the)? ?| +(?:each|every|a|an)[ -]+|-(?:a|an)-| +the ")
_COUNT = re.compile(r"(?:1|one|a|10|100|1,?000|1,?000,?000)?[ ]?(thousand|million|billion|k|m|mn|b)(?![a-z])[ -]*|(?:1|one) |(\d[\d,]*) ")
_APIECE = re.compile(r" +(?:apiece|a piece|a pop|each)(?! (?:day|week|month|quarter|year|hour|night))(?![a-z])")
_WORD = re.compile(r"[ /-]*([a-z\xb2\xb3][a-z0-9\xb2\xb3-]*)")
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "b": 1e9}
# "a" and "an" are articles before most words; before these they mean "per".
_SOLD = frozenset(
    """unit piece chip card share ticket barrel ounce tonne ton kilo kilogram pound litre liter gallon gigabyte terabyte
    watt kilowatt-hour wafer image request call query seat user head person customer subscriber bottle box pack bag token
    machine server gpu licence license device module vehicle copy bushel foot mile acre gb tb kg night mw megawatt""".split()
)


@dataclass(frozen=True, slots=True)
class Price:
    """What a sum of money is asked for: the unit below the stroke (``1M tokens``, ``month``, ``unit``; empty where the
    sum stands alone), the factor onto it and where the words end."""

    below: str
    factor: float
    end: int
    time: bool = False


def look_for_price(low: str, original: str, end: int, units: Units) -> Price | None:
    """The denominator after a sum of money: *per million input tokens*, */1K tokens*, *a month*, *apiece*, *per chip*."""
    apiece = _APIECE.match(low, end)
    if apiece:
        return Price("unit", 1.0, apiece.end())
    time = look_for_per(low, end, units)
    if time:
        return Price(time[0], 1.0, time[1], True)
    match = _FOR.match(low, end)
    if match is None:
        return None
    connector = match.group().strip(" -")
    position, count = match.end(), 1.0
    number = _COUNT.match(low, position)
    bare_scale = False
    if number:
        if number.group(2):
            count = read_digits(low, original, number.start(2)).value
        else:
            head = re.match(r"\d[\d,]*", number.group())
            count = float(head.group().replace(",", "")) if head else 1.0
            count *= _SCALE.get(number.group(1) or "", 1.0)
        position, bare_scale = number.end(), bool(number.group(1))
    weak = connector in ("a", "an", "the") or connector.startswith("for")
    found = _denominator(low, position, units, count, weak and count == 1.0)
    if bare_scale and connector in ("/", "per") and (found is None or found.below == "unit"):
        # "$15/M output", "a few jiao per million": in this trade a bare million is one of tokens
        tokens = units.counted["token"]
        return Price(tokens.price, tokens.bulk / count, len(low[:position].rstrip(" -")))
    return found


def _denominator(low: str, position: int, units: Units, count: float, weak: bool) -> Price | None:
    """The unit among the words at ``position``; a ``weak`` connector (*a chip*) is believed only before some words."""
    direct = units.words.match(low, position) or units.symbols.match(low, position)
    if direct is None and low[position : position + 2] in ("gb", "tb", "kg", "mb", "mw"):
        direct = re.compile(r"(gb|tb|kg|mb|mwh?)(?![a-z0-9])").match(low, position)
    if direct:
        word = direct.group(1)
        unit = units.forms.get(normal(word)) or units.forms.get(word.upper()) or units.forms.get(word)
        if unit and unit.kind == "measure" and unit.name not in ("percent", "points", "x"):
            return Price(unit.price, 1.0 / count, direct.end())
    at, first_end, previous = position, 0, ""
    for distance in range(5):
        match = _WORD.match(low, at)
        if match is None or (distance and low[at : at + 1] not in (" ", "-", "/")):
            break
        word = match.group(1)
        if word in units.times:
            if _EARLIER.match(low, match.end()):
                return None
            return Price(units.times[word], 1.0 / count, match.end(), True)
        for part in (word, word.rpartition("-")[2]):
            if part in units.times and part != word:
                return Price(units.times[part], 1.0 / count, match.end(), True)
        unit = units.counted.get(word) or units.counted.get(f"{previous} {word}")
        if unit:
            tail = None if unit.bulk > 1 else _then_time(low, match.end(), units)
            if tail:
                return Price(tail[0], 1.0 / count, tail[1], True)
            return Price(unit.price, unit.bulk / count / unit.factor, match.end())
        if word in _STOP and word not in ("a", "an", "per"):
            break
        if distance == 0:
            first_end = match.end()
            if weak and word not in _SOLD:
                return None
            tail = _then_time(low, match.end(), units)
            if tail:
                return Price(tail[0], 1.0 / count, tail[1], True)
        previous, at = word, match.end()
    if first_end and previous and low[position : first_end] not in ("cent", "capita", "se"):
        return Price("unit", 1.0 / count, first_end)
    return None


def _then_time(low: str, end: int, units: Units) -> tuple[str, int] | None:
    """*$39 per user per month*, *$2 per GPU-hour*: the time base wins."""
    return look_for_per(low, end, units) or _hyphened(low, end, units)


def _hyphened(low: str, end: int, units: Units) -> tuple[str, int] | None:
    match = re.compile(r"[ -](hour|month|year|day)(?![a-z])").match(low, end)
    return (units.times[match.group(1)], match.end()) if match else None


def look_after(low: str, end: int, units: Units) -> str | None:
    """The direction that the words after a percentage, an amount of money or points give it: *a 40% price cut*."""
    match = units.after.match(low, end)
    if match is None:
        return None
    between = (match.group(2) or "").strip()
    if between in _STOP:
        return None
    return units.afters[normal(match.group(1) or match.group(3))]
