"""Members of a list share what only one of them bears: a unit, a price's denominator, a direction."""

import re
from dataclasses import replace

from extract.numbers import clean
from extract.records import Quantity

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


def share_units(found: list[Quantity], factors: dict[int, float], low: str) -> list[Quantity]:
    """Members of a list take the unit that only one of them bears.

    *3, 4 and 5 per cent*; *$30/$180 per million tokens*; *from $2 to $3 an hour*; *$1 per million input
    tokens and $3 for output*. ``factors`` are those of the price units, by the start of the quantity.
    """
    for i in range(len(found) - 2, -1, -1):
        here, following = found[i], found[i + 1]
        unit = following.unit
        if unit is None or unit == here.unit or here.end > following.start:
            continue
        listed = _LIST.fullmatch(low, here.end, following.start)
        if here.unit is None:
            plain = here.value < 1000 and "(" not in low[here.end : following.start]
            if unit == "percent" or _is_money(unit):
                joined = listed and plain
            else:
                # "from 0 to 60 mph", but not "from 3 to 5 people"
                joined = (
                    low[max(0, here.start - 5) : here.start] == "from "
                    and low[here.end : following.start] == " to "
                )
            if joined:
                found[i] = replace(here, unit=unit, direction=here.direction or following.direction)
        elif unit.startswith(f"{here.unit}/") and _is_money(here.unit) and here.value < 1e6:
            factor = factors.get(following.start, 1.0)
            between = listed or _FROM_TO.fullmatch(low, here.end, following.start)
            if between or (
                unit.endswith("1M tokens") and _TOKEN_LIST.fullmatch(low, here.end, following.start)
            ):
                found[i] = _priced(here, unit, factor)
                factors[here.start] = factor
    for i in range(1, len(found)):
        before, here = found[i - 1], found[i]
        unit = before.unit
        if unit == here.unit == "percent" and before.direction and here.direction is None:
            if _BOTH.fullmatch(low, before.end, here.start) and not low.startswith(" of", here.end):
                found[i] = replace(here, direction=before.direction)
            continue
        if (
            unit is None
            or not _is_money(here.unit)
            or not unit.startswith(f"{here.unit}/")
            or here.value >= 1e6
        ):
            continue
        if _FROM_TO.fullmatch(low, before.end, here.start) or (
            unit.endswith("1M tokens") and _TOKEN_LIST.fullmatch(low, before.end, here.start)
        ):
            factor = factors.get(before.start, 1.0)
            found[i] = _priced(here, unit, factor)
            factors[here.start] = factor
    return found


def _is_money(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper() and unit not in ("TEU", "FEU", "MAU", "DAU")


def _priced(quantity: Quantity, unit: str, factor: float) -> Quantity:
    high = quantity.value_high
    return replace(
        quantity,
        unit=unit,
        value=clean(quantity.value * factor),
        value_high=None if high is None else clean(high * factor),
        rounding=clean(quantity.rounding * factor),
    )
