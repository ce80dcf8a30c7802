"""What a sum of money is asked for: the denominator of a price (*per million input tokens*, *a month*,
*apiece*)."""

import re
from dataclasses import dataclass

from extract.quantity_nouns import FUNCTION_WORDS, singular
from extract.quantity_words import EARLIER, look_for_per
from extract.units import Units, normal

_FOR = re.compile(
    r" ?/ ?| ?-?per[ -]+(?:each |every )?| +for (?:each|every|a|one|an)? ?| +(?:each|every|a|an)[ -]+"
    r"|-(?:a|an)-"
)
_COUNT = re.compile(
    r"(?:1|one|a|10|100|1,?000|1,?000,?000)?[ ]?(thousand|lakh|million|crore|billion|k|m|mn|mln|bn|b)(?![a-z])[ -]*"
    r"|(?:1|one) |(?!(?:19|20)\d\d(?!\d))(\d[\d,]*) "
)
_APIECE = re.compile(
    r" +(?:apiece|a piece|a pop|each)(?! (?:day|week|month|quarter|year|hour|night))(?![a-z])"
)
_WORD = re.compile(r"[ /-]*([a-z\xb2\xb3][a-z0-9\xb2\xb3-]*)")
# "90 cents a million in": what follows tells that tokens are meant.
_SIDE = re.compile(r"(?:in|out|input|output|cached)(?![a-z])")
_SCALE = {
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "b": 1e9,
}
# "a" and "an" are articles before most words; before these they mean "per".
_LIST_OF_SOLD = """
    unit piece chip card share ticket barrel ounce tonne ton kilo kilogram pound litre liter gallon
    gigabyte terabyte watt kilowatt-hour wafer image request call query seat user head person customer
    order parcel page session transaction conversation search transfer document prompt employee vehicle
    subscriber bottle box pack bag token machine server gpu licence license device module vehicle copy
    bushel foot mile acre gb tb kg night mw megawatt
"""
_SOLD = frozenset(_LIST_OF_SOLD.split())
# What is used or done once, not one piece of a thing bought: such a price names it.
_LIST_OF_SERVED = """
    image picture photo request call query search prompt session transaction conversation order parcel page
    transfer document message wafer ticket trade task resolution booking
"""
_SERVED = frozenset(_LIST_OF_SERVED.split())
_PARTS = ("half", "quarter", "third", "few")


@dataclass(frozen=True, slots=True)
class Price:
    """What a sum of money is asked for: the unit below the stroke (``1M tokens``, ``month``, ``unit``; empty
    where the sum stands alone), the factor onto it and where the words end."""

    below: str
    factor: float
    end: int
    time: bool = False


def look_for_price(low: str, folded: str, end: int, units: Units) -> Price | None:
    """The denominator after a sum of money that ends at ``end``, or None: *per million input tokens*, */1K
    tokens*, *a month*, *per user per month*, *apiece*, *per chip*."""
    apiece = _APIECE.match(low, end)
    if apiece:
        return Price("unit", 1.0, apiece.end())
    time = look_for_per(low, end, units)
    if time:
        return Price(time[0], 1.0, time[1], True)
    match = _FOR.match(low, end)
    if match is None:
        return None
    connector, position = match.group().strip(" -"), match.end()
    count, scaled = 1.0, False
    number = _COUNT.match(low, position)
    if number:
        count, scaled, position = _count(number), number.group(1) is not None, number.end()
    loose = count == 1.0 and (connector in ("a", "an") or connector.startswith("for"))
    found = _measure(low, folded, position, count, units) or _thing(low, position, count, loose, units)
    told = connector in ("/", "per") or (connector in ("a", "an") and _SIDE.match(low, position))
    if scaled and told and (found is None or found.below == "unit"):
        # "$15/M output", "a few jiao per million": in this trade a bare million is one of tokens
        tokens = units.counted["token"]
        while low[position - 1] in " -":
            position -= 1
        return Price(tokens.price, tokens.bulk / count, position)
    return found


def _count(number: re.Match[str]) -> float:
    """How many of a thing a price is for: *per 1M*, *per thousand*, *per 1,000*, *per 10 million*."""
    written = re.match(r"[\d,]+", number.group())
    count = float(written.group().replace(",", "")) if written else 1.0
    return count * _SCALE.get(number.group(1) or "", 1.0)


def _measure(low: str, folded: str, position: int, count: float, units: Units) -> Price | None:
    """A unit of measure below the stroke: *a kilo*, */GB*, *per watt*, *per 40-foot container*."""
    match = units.words.match(low, position) or units.symbols.match(folded, position)
    if match is None:
        return None
    word = match.group(1)
    unit = units.forms.get(word) or units.forms[normal(word)]
    if unit.kind != "measure" or unit.name in ("percent", "points", "x"):
        return None
    return Price(unit.price, 1.0 / count, match.end())


def _thing(low: str, position: int, count: float, loose: bool, units: Units) -> Price | None:
    """A counted thing or a time base below the stroke, adjectives before it: *million cached input tokens*,
    *chip*.

    After a ``loose`` connector (*a*, *for a*) only things that are sold by the piece are believed.
    """
    first_end, at, previous = 0, position, ""
    for distance in range(5):
        match = _WORD.match(low, at)
        if match is None or (distance and low[at : at + 1] not in (" ", "-", "/")):
            break
        word, stop = match.group(1), match.end()
        time = units.times.get(word) or units.times.get(word.rpartition("-")[2])
        if time:
            return None if EARLIER.match(low, stop) else Price(time, 1.0 / count, stop, True)
        unit = units.counted.get(word) or units.counted.get(f"{previous} {word}")
        if word == "ones" and count > 1:
            unit = units.counted[
                "token"
            ]  # "$3 for a million input tokens, 30 cents for a million cached ones"
        if unit is None and (distance == 0 and loose and word not in _SOLD):
            # "eleven dollars a nurse a month", but no "$5 a sandwich"
            thing = len(word) > 2 and word not in _PARTS
            timed = joined_time(low, stop, units) if thing and word not in FUNCTION_WORDS else None
            return Price(timed[0], 1.0 / count, timed[1], True) if timed else None
        served = singular(word)
        if served in _SERVED and not (unit and unit.bulk > 1):
            per = joined_time(low, stop, units)
            if per:
                return Price(per[0], 1.0 / count, per[1], True)
            return Price(served, 1.0 / count, stop)
        if unit and unit.bulk > 1:
            return Price(unit.price, unit.bulk / count / unit.factor, stop)
        if unit or distance == 0:
            per = joined_time(low, stop, units)
            if per:
                return Price(
                    per[0], 1.0 / count, per[1], True
                )  # "$39 per user per month": the time base wins
        if unit:
            return Price(unit.price, unit.bulk / count / unit.factor, stop)
        if word in FUNCTION_WORDS:
            break
        first_end, previous, at = first_end or stop, word, stop
    if first_end and low[position:first_end] not in ("cent", "capita", "se"):
        return Price("unit", 1.0 / count, first_end)
    return None


_JOINED_TIME = re.compile(
    r"(?:[ -]| ?/ ?)(hour|month|year|day)(?![a-z])|,? and (?:per |an? )?(minute|hour|day|week|month|year)(?![a-z])"
)


def joined_time(low: str, end: int, units: Units) -> tuple[str, int] | None:
    """The time base after the thing that a price is for: *$39 per user per month*, *900 yen per seat and month*,
    *$1.85 per GPU-hour*."""
    per = look_for_per(low, end, units)
    if per:
        return per
    match = _JOINED_TIME.match(low, end)
    return (units.times[match.group(1) or match.group(2)], match.end()) if match else None
