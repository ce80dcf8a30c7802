"""One coin or one point, said with an article: *a dollar less than before*, *up a cent*, *a nickel for input*."""

import re

from extract.quantity_fractions import Fraction
from extract.quantity_prices import look_for_price
from extract.quantity_words import Before
from extract.units import Units

COIN = re.compile(
    r"(?<![a-z])an? (dollar|euro|pound|cent|yuan|yen|krona|krone|rupee|penny|buck|quid|fen|jiao"
    r"|percentage point|point|nickel|dime)(?![a-z-])"
)
_SLANG = {"nickel": 0.05, "dime": 0.1}
_COMPARED = re.compile(
    r" (?:less|more|extra|cheaper|dearer|below|above|off|lower|higher|thinner|better|worse|on top)(?![a-z])"
)
_SIDE = re.compile(r" (?:in|out|for (?:input|output|cached|each|every))(?![a-z])")
_VERBS = frozenset(("by", "add", "adds", "added", "adding", "costs", "cost", "charges", "pays", "at"))


def read_coin(low: str, folded: str, start: int, before: Before, units: Units) -> Fraction | None:
    """The amount that begins with the article at ``start``, or None where it is a thing: *a pound of flour*.

    It takes a comparison after it, a direction before it, or what it is the price of.
    """
    match = COIN.match(low, start)
    if match is None:
        return None
    word, end = match.group(1), match.end()
    slang = _SLANG.get(word)
    unit = units.forms["dollar" if slang else word]
    money = unit.kind == "currency"
    priced = money and (_SIDE.match(low, end) or look_for_price(low, folded, end, units))
    changed = _COMPARED.match(low, end) or before.direction or before.last in ("by", "add", "adds", "added")
    if not (changed or (priced and (slang or before.last in _VERBS))):
        return None
    value = (slang or 1.0) * unit.factor
    return Fraction(start, end, value, unit.name, None, value / 10, money)
