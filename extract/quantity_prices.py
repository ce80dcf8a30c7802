"""What a sum of money is asked for: the denominator of a price (*per million input tokens*, *a month*,
*apiece*)."""

import re
from dataclasses import dataclass

from extract.numbers import read_digits
from extract.quantity_nouns import FUNCTION_WORDS
from extract.quantity_words import EARLIER, look_for_per
from extract.units import Units, normal

_FOR = re.compile(
    r" ?/ ?| ?-?per[ -]+(?:each |every )?| +for (?:each|every|a|one|an)? ?| +(?:each|every|a|an)[ -]+"
    r"|-(?:a|an)-"
)
_COUNT = re.compile(
    r"(?:1|one|a|10|100|1,?000|1,?000,?000)?[ ]?(thousand|million|billion|k|m|mn|b)(?![a-z])[ -]*|(?:1"
    r"|one) |(\d[\d,]*) "
)
_APIECE = re.compile(
    r" +(?:apiece|a piece|a pop|each)(?! (?:day|week|month|quarter|year|hour|night))(?![a-z])"
)
_WORD = re.compile(r"[ /-]*([a-z\xb2\xb3][a-z0-9\xb2\xb3-]*)")
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "b": 1e9}
# "a" and "an" are articles before most words; before these they mean "per".
_LIST_OF_SOLD = """
    unit piece chip card share ticket barrel ounce tonne ton kilo kilogram pound litre liter gallon
    gigabyte terabyte watt kilowatt-hour wafer image request call query seat user head person customer
    subscriber bottle box pack bag token machine server gpu licence license device module vehicle copy
    bushel foot mile acre gb tb kg night mw megawatt
"""
_SOLD = frozenset(_LIST_OF_SOLD.split())


@dataclass(frozen=True, slots=True)
class Price:
    """What a sum of money is asked for: the unit below the stroke (``1M tokens``, ``month``, ``unit``; empty
    where the sum stands alone), the factor onto it and where the words end."""

    below: str
    factor: float
    end: int
    time: bool = False


def look_for_price(low: str, original: str, end: int, units: Units) -> Price | None:
    """The denominator after a sum of money: *per million input tokens*, */1K tokens*, *a month*, *apiece*,
    *per chip*."""
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
    weak = connector in ("a", "an") or connector.startswith("for")
    found = _denominator(low, position, units, count, weak and count == 1.0)
    if bare_scale and connector in ("/", "per") and (found is None or found.below == "unit"):
        # "$15/M output", "a few jiao per million": in this trade a bare million is one of tokens
        tokens = units.counted["token"]
        return Price(tokens.price, tokens.bulk / count, len(low[:position].rstrip(" -")))
    return found


def _denominator(low: str, position: int, units: Units, count: float, weak: bool) -> Price | None:
    """The unit among the words at ``position``; a ``weak`` connector (*a chip*) is believed only before some
    words."""
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
            if EARLIER.match(low, match.end()):
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
        if word in FUNCTION_WORDS and word not in ("a", "an", "per"):
            break
        if distance == 0:
            first_end = match.end()
            if weak and word not in _SOLD:
                return None
            tail = _then_time(low, match.end(), units)
            if tail:
                return Price(tail[0], 1.0 / count, tail[1], True)
        previous, at = word, match.end()
    if first_end and previous and low[position:first_end] not in ("cent", "capita", "se"):
        return Price("unit", 1.0 / count, first_end)
    return None


def _then_time(low: str, end: int, units: Units) -> tuple[str, int] | None:
    """*$39 per user per month*, *$2 per GPU-hour*: the time base wins."""
    return look_for_per(low, end, units) or _hyphened(low, end, units)


def _hyphened(low: str, end: int, units: Units) -> tuple[str, int] | None:
    match = re.compile(r"[ -](hour|month|year|day)(?![a-z])").match(low, end)
    return (units.times[match.group(1)], match.end()) if match else None
