"""Fractions, multiples and odds in words: *two-thirds of*, *half the usual rate*, *doubled*, *one in
five*."""

import re
from dataclasses import dataclass

from extract.number_words import read_words
from extract.numbers import Numeral, read_digits
from extract.quantity_words import Before
from extract.units import Units, normal


@dataclass(frozen=True, slots=True)
class Fraction:
    """A value in a unit of ratio (or the unit that it is a part of: *half a point*), with its place."""

    start: int
    end: int
    value: float
    unit: str
    direction: str | None = None
    rounding: float = 0.0
    money: bool = False


_PART_OF_UNIT = re.compile(r" (?:of )?(?:an? |the )?")
_TIME = re.compile(r" (?:of )?(?:an? )(second|minute|hour|day|week|month|year|decade|century|mile)(?![a-z])")
_MULTIPLE_OF = re.compile(
    r" (?:as (?:much|many|large|big|high|fast|often|expensive|long|cheap|good|likely|wide|strong"
    r"|dear)(?![a-z])"
    r"|of (?:[a-z]+ )?[a-z]+'s (?:price|prices|rate|rates|cost|costs|fee|level|valuation|size|bill)(?![a-z])"
    r"|of [a-z]+'s(?=[.,;)]|$)|(?:of )?(?:that|this)(?=[.,;)]|$| (?:at|in|for|on) )"
    r"|of the (?:(?:initial|original|previous|former|old) )?[$€£]?\d[\d,.]*\d?(?: ?(?:[mbt]n?|k|million|billion"
    r"|trillion))?(?=,|;|\)|\.\s|\.?$| (?:it|they|that|booked|reported|recorded|sold|posted|yuan|yen|a year) )"
    r"|(?:of )?what (?:it|they|he|she|was|is|the|a|we|you)|of the above"
    r"|(?:of )?(?:the|its|their|his|her|these|those|our) (?:(?:usual|former|previous|old|original|current|normal"
    r"|regular|standard|list|market"
    r"|full|prior|present|going|daytime|peak|earlier) )?(?:price|prices|rate|rates|cost|costs|fee|fees"
    r"|size|level|speed|pace|tariff|fare)(?![a-z])"
    r"|(?:price|rate|cost)(?![a-z]))"
)
_OPEN = re.compile(r" (?:(?:of )?(?:what|that|this)|of the .*\d|of [a-z]+'s$)")
_OF = re.compile(r" of (?!course)")
_DETERMINER = re.compile(
    r" (?:the|its|their|his|her|our|my|your|these|those|all|this|that)(?![a-z])(?! (?:year|season"
    r"|term)(?![a-z]))"
)
_COMPARED = re.compile(
    r"(?: (?:more|less|higher|lower|fewer|cheaper|dearer|off|below|above|from|since|on|in|to|by|against"
    r"|this|last|year|over|below|for|at|as|within|and|between|before|after|during|or so|when|while|with|across"
    r"|until|overnight|again|better|worse|ahead|behind|off|faster|slower)(?![a-z])|[.,;:)?!]|$|\n| -|—)"
)
_CUT = re.compile(r"(?:cut|slash|reduc|fell|fall|drop|shrank|shrunk|lower)[a-z]*(?: [a-z'-]+){0,5} in $")
_IN = re.compile(r"(?: (?!percent|per)([a-z]+(?: [a-z]+)?))? (?:in|out of)(?: every)? ")
_TIME_AFTER = re.compile(
    r"[ -](?:second|minute|hour|day|week|month|quarter|year|decade|season|innings|game|match|start"
    r"|attempt|place|state|countr|cit)"
)
_NOT_VERB = re.compile(r" (?:down|as|up|back|for)(?![a-z])| over(?=[.,;]| in )|-")
_TENNIS = re.compile(
    r" (?:match|title|final|finals|partner|player|team|crown|champion|championship|draw|tournament)"
)
_DOUBLES = ("the", "men's", "women's", "mixed")
_TO_DOUBLE = ("to", "will", "would", "could", "may", "might", "can", "line")
_MORE = re.compile(
    r" (?:more|less|fewer|higher|lower|cheaper|dearer|pricier|costlier|off|on top|better|worse|bigger|larger"
    r"|smaller|faster|slower|above|below|ahead|behind|extra|up|down)(?![a-z])"
)
_THEY = re.compile(r" (?:have|are|were|stay|stayed|come|came|go|went|use|used)(?![a-z])")
_CLAUSE_END = re.compile(r"[.,;)?!]|$| and | (?:by|in) ")
_AGAIN = re.compile(r" as [a-z]+ again(?![a-z])")
_HOLD = frozenset(
    ("at", "have", "has", "had", "hold", "holds", "held", "save", "saves", "saved", "respectively", "takes")
)
_PAY = frozenset(("pay", "pays", "paid", "charge", "charges", "charged", "cost", "costs"))
_TWICE_ALONE = re.compile(
    r"(?! (?:this|last) [a-z]+'s)(?: (?:in|from|this|last|by|to|again)(?![a-z])|[.,;)]|$)"
)
_FORMER = re.compile(r" (?:the|that|those|what|its|their|his|her|today's|last|this|[a-z]+'s)(?![a-z])")
_COMPLEMENT = re.compile(
    r" (?:as|the|that|those|what|its|their|his|her|our|this|last|today's|in|from|its|again|[a-z]+'s"
    r"|[a-z]+s')(?![a-z])|[.,;)]|$| (?:by|to|and|at|over|within|before) | (?:19|20)\d\d(?:'s)?(?!\d)"
    r"| (?:capacity|output|revenues?|sales|prices?|production|users?|usage|traffic|shipments|spending|capex"
    r"|investments?|profits?|earnings|fees|rates|volumes?|tokens|demand|orders)(?![a-z-])"
)
_MULTIPLE_BEFORE = re.compile(
    r"(?:more than|less than|nearly|almost|to|would|will|about|could|may|might|can|roughly|around|over"
    r"|at least|should|top line|saw [a-z ]+|is|are|was|were|at) $"
)


def read_fraction(low: str, numeral: Numeral, before: Before, units: Units) -> Fraction | None:
    """What a fraction in words stands for: part of a unit, a multiple of a former value, a percentage; else
    None."""
    start, end, value = numeral.start, numeral.end, numeral.value
    word = low[start:end]
    part = _PART_OF_UNIT.match(low, end)
    if part and part.group().strip() in ("a", "an", "of a", "of an"):
        unit = units.words.match(low, part.end() - 1)
        if unit:
            known = units.forms[normal(unit.group(1))]
            money = known.kind == "currency"
            return Fraction(
                start, unit.end(), value * known.factor, known.name, None, 0.1 * known.factor, money
            )
        time = _TIME.match(low, end)
        if time:
            return Fraction(start, time.end(), value, time.group(1), rounding=0.1)
    if low.startswith("-", end) or low[max(0, start - 6) : start] in ("first ", "econd ", "other "):
        return None
    if word == "half" and _CUT.search(low, max(0, start - 60), start):
        return Fraction(start, end, 0.5, "x", "down", 0.01)
    again = _AGAIN.match(low, end) if word == "half" else None
    if again:
        return Fraction(start, again.end(), 50.0, "percent", "up", 1.0)
    multiple = _MULTIPLE_OF.match(low, end)
    if multiple:
        named = end if _OPEN.match(multiple.group()) else multiple.end()
        return Fraction(start, named, value, "x", None, 0.01)
    share = Fraction(start, end, 100 * value, "percent", None, 1.0)
    plain_quarters = word.endswith(" quarters")
    if _OF.match(low, end) and not (plain_quarters and before.last in ("past", "last")):
        return share
    compared = _COMPARED.match(low, end)
    if word == "half":
        by = "by" in before.words[-1 - before.reach :]
        if (by and before.direction == "down" and compared) or low.startswith(" off", end):
            return Fraction(start, end, 0.5, "x", "down", 0.01)
        if before.last in _PAY and _CLAUSE_END.match(low, end):
            return Fraction(start, end, 0.5, "x", "down", 0.01)
        return (
            share
            if _THEY.match(low, end) or _DETERMINER.match(low, end) or (before.reach and compared)
            else None
        )
    # "a third" may be a place, "three quarters" a time: it takes a word that compares
    bound = before.bound != "past" and bool(
        before.qualifier or before.direction or before.last in ("by", "than")
    )
    if word.startswith(("a ", "an ", "another ")):
        held = (before.last in _HOLD or word.startswith("another ")) and _CLAUSE_END.match(low, end)
        told = (bound and compared) or held or _MORE.match(low, end) or _THEY.match(low, end)
        return share if told else None
    if plain_quarters:
        return share if bound and compared else None
    return share


def read_one_in(low: str, numeral: Numeral) -> Fraction | None:
    """*one in five*, *4 out of 5*, *three buyers in ten* as a percentage."""
    if not (numeral.value < 100 and numeral.value == int(numeral.value)) or numeral.kind == "fraction":
        return None
    match = _IN.match(low, numeral.end)
    if match is None:
        return None
    at = match.end()
    second = read_digits(low, low, at) if low[at : at + 1].isdigit() else read_words(low, at)
    if second is None or second.kind not in ("digits", "words") or _TIME_AFTER.match(low, second.end):
        return None
    whole, following = second.value, low[second.end : second.end + 1]
    if not (max(1, numeral.value) < whole <= 1000 and whole == int(whole)):
        return None
    if following.isalnum() or (following and following in "%-/"):
        return None
    noun = match.group(1)
    if noun and not (numeral.value == 1 or (noun.endswith("s") and " " not in noun)):
        return None
    return Fraction(numeral.start, second.end, 100 * numeral.value / whole, "percent", None, 1.0)


def read_multiple(low: str, start: int, before: Before, units: Units) -> Fraction | None:
    """*doubled*, *nearly tripling*, *twice the price*, *more than double*; None for *double-digit*, *doubled
    as*."""
    match = units.multiple.match(low, start)
    if match is None or (start and (low[start - 1].isalnum() or low[start - 1] in "-'")):
        return None
    word, end = match.group(), match.end()
    value, direction = units.multiples[word]
    if direction:
        game = _TENNIS.match(low, end) or (word == "doubles" and before.last in _DOUBLES)
        return None if game or _NOT_VERB.match(low, end) else Fraction(start, end, value, "x", direction, 0.1)
    if not _COMPLEMENT.match(low, end):
        return None
    if word == "twice":
        # "twice the price", but "won twice in May"
        return None if _TWICE_ALONE.match(low, end) else Fraction(start, end, value, "x", None, 0.1)
    led = _MULTIPLE_BEFORE.search(low, max(0, start - 24), start)
    if not led and not _FORMER.match(low, end):
        return None
    moved = "up" if value > 1 else "down"
    return Fraction(start, end, value, "x", moved if before.last in _TO_DOUBLE or value < 1 else None, 0.1)
