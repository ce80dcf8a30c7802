"""Members of a list share what only one of them bears: a unit, a price's denominator, a direction."""

import re
from dataclasses import dataclass, replace

from extract.numbers import clean
from extract.records import Quantity
from extract.units import is_money

_LIST = re.compile(r"(?: ?\([^()\n]{1,24}\))?(?:, ?(?:and |or )?| and | or | ?/ ?)")
_FROM_TO = re.compile(
    r"(?: ?\([^()\n]{1,24}\))?,? (?:to|from|against|versus|vs|vs\.|instead of|compared with) (?:about "
    r"|just |only )?"
)
_BOTH = re.compile(
    r"(?: (?:yoy|qoq|wow|mom|[ymqw]/[ymqw]|[a-z]+-(?:on|over)-[a-z]+))?(?:, ?(?:and )?| and )(?:by )?"
)
_TOKEN_LIST = re.compile(
    r"(?: \([^()\n]{1,24}\)| (?:for|of|on|in|out|input|output)(?: [a-z-]+){0,4})?"
    r"(?:, ?(?:and |or )?| and | or | ?/ ?| versus | against )(?:an? |the )?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """How a quantity was written: its magnitude, the factor of its unit, and of its price's denominator."""

    scale: float
    unit: float
    price: float


def share_units(found: list[Quantity], written: dict[int, Written], low: str) -> list[Quantity]:
    """Members of a list take the unit that only one of them bears; ``written`` is by the start of a quantity.

    *3, 4 and 5 per cent*; *from 0 to 60 mph*; *$30/$180 per million tokens*;
    *from $2 to $3 an hour*; *$1 per million input tokens and $3 for output*; *rose 3% and 5%*.
    """
    for i in range(len(found) - 2, -1, -1):
        here, following = found[i], found[i + 1]
        if following.unit is None or following.unit == here.unit or here.end > following.start:
            continue
        how = written.get(following.start)
        if here.unit is None:
            if how and _shares_unit(here, following, low):
                magnitude = how.scale if written[here.start].scale == 1 else 1.0
                shared = _times(here, following.unit, magnitude * how.unit * how.price)
                found[i] = replace(shared, direction=here.direction or following.direction)
                written[here.start] = how
        elif how and _shares_price(here, following, low, following.unit, True):
            found[i] = _times(here, following.unit, how.price)
            written[here.start] = how
    for i in range(1, len(found)):
        before, here = found[i - 1], found[i]
        if before.unit == here.unit == "percent" and before.direction and here.direction is None:
            if _BOTH.fullmatch(low, before.end, here.start) and not low.startswith(" of", here.end):
                found[i] = replace(here, direction=before.direction)
            continue
        how = written.get(before.start)
        if how and before.unit and here.unit and _shares_price(before, here, low, before.unit, False):
            found[i] = _times(here, before.unit, how.price)
            written[here.start] = how
    return found


def _shares_unit(here: Quantity, following: Quantity, low: str) -> bool:
    """Whether a bare number takes the unit of the next quantity."""
    gap = low[here.end : following.start]
    if gap == " to ":
        return low[max(0, here.start - 5) : here.start] == "from "
    plain = here.value < 1000 and "(" not in gap
    if not plain or not (following.unit == "percent" or is_money(following.unit)):
        return False
    return bool(_LIST.fullmatch(low, here.end, following.start))


def _shares_price(first: Quantity, second: Quantity, low: str, unit: str, backwards: bool) -> bool:
    """Whether the sum of the two that has no denominator takes ``unit``, the price unit of the other."""
    poor = first if backwards else second
    if not is_money(poor.unit) or not unit.startswith(f"{poor.unit}/") or poor.value >= 1e6:
        return False
    start, end = first.end, second.start
    if _FROM_TO.fullmatch(low, start, end) or (backwards and _LIST.fullmatch(low, start, end)):
        return True
    return unit.endswith("1M tokens") and bool(_TOKEN_LIST.fullmatch(low, start, end))


def _times(quantity: Quantity, unit: str, factor: float) -> Quantity:
    high = quantity.value_high
    return replace(
        quantity,
        unit=unit,
        value=clean(quantity.value * factor),
        value_high=None if high is None else clean(high * factor),
        rounding=clean(quantity.rounding * factor),
    )
