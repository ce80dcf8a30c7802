"""What a figure stands for: rounding, qualifiers and ranges as an interval. Pure.

A figure as written stands for every number that would be written like it: 3.96 trillion for 3.955 to 3.965
trillion, *over 20* for 20 and up, 55-60% for everything between. Two figures are compatible where one number
could be behind both.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from store.records import Sighting

GROWTH = "growth"
"""The common unit of percentages and multiples of a change: tripled is +200%."""

COARSE = 0.05  # a rounding wider than this share of the figure explains only what lies strictly inside
ABOUT = 0.075  # how far *about* reaches
NEARLY = 0.1  # how far below its figure *nearly* reaches
SMALL = 1.0  # a change of up to so many percent may be called flat

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MAGNITUDES = (-2, 3, 4, 5, 6, 7, 8, 9, 12, 15)
"""Powers of ten that words and units stand for: basis points, thousand, 万, lakh, million, crore, 亿, …"""

_PRICES = ("price", "price_input", "price_output", "price_cached_input", "share_price", "cost")


@dataclass(frozen=True, slots=True)
class Figure:
    """``low`` to ``high`` as stated (infinite where a qualifier leaves it open), give or take ``slack``.

    ``strict``: the slack is so wide that its very edge explains nothing (3 is no rounding of 2.5).
    ``above`` (*over*) and ``below`` (*under*, *nearly*): the bound itself is excluded.
    """

    low: float
    high: float
    slack: float = 0.0
    strict: bool = False
    above: bool = False
    below: bool = False

    @property
    def middle(self) -> float:
        """The one number that stands for the figure: the middle of a range, the bound of an open one."""
        if math.isinf(self.low) or math.isinf(self.high):
            return self.high if math.isinf(self.low) else self.low
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """How much room the figure leaves: the smaller, the more exact."""
        return self.high - self.low + 2 * self.slack

    @property
    def floor(self) -> float:
        return self.low - self.slack

    @property
    def ceiling(self) -> float:
        return self.high + self.slack


@lru_cache(maxsize=50_000)
def step_of(value: float, text: str) -> float:
    """The place of the last digit written (absolute: 1e10 for *3.96 trillion*), from the quote or the value.

    >>> step_of(3.96e12, "3.96 trillion tokens")
    10000000000.0
    """
    if not value:
        return 0.0
    written = [match.group().replace(",", "") for match in _NUMBER.finditer(text)]
    for exponents in ((0,), _MAGNITUDES):
        for number in written:
            exponent = _exponent(abs(value), float(number))
            if exponent is None or exponent not in exponents:
                continue
            decimals = len(number.partition(".")[2])
            if exponent == 0 and not decimals and abs(value) >= 1000:
                return _digits_step(abs(value))
            return float(10.0 ** (exponent - decimals))
    step = _digits_step(abs(value))
    in_words = bool(text) and not any(c.isdigit() for c in text)
    return max(step, 0.1 * abs(value)) if in_words else step


def _exponent(value: float, number: float) -> int | None:
    """The power of ten between a value and a number as written, null where there is none."""
    if not number:
        return None
    exponent = round(math.log10(value / number))
    return exponent if math.isclose(value / number, 10.0**exponent, rel_tol=1e-6) else None


def _digits_step(value: float) -> float:
    """The place of the last digit that is no trailing zero; of 20 and 4,000 the first zero counts."""
    digits = Decimal(repr(float(value))).normalize().as_tuple()
    exponent = int(digits.exponent)
    if len(digits.digits) == 1 and exponent > 0:
        exponent -= 1
    return float(10.0**exponent)


def same_number(a: float | None, b: float | None, tolerance: float = 1e-6) -> bool:
    """Equal but for floating point; null equals null."""
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-12)


def about(value: float, text: str = "") -> Figure:
    """A bare number with the rounding that ``text`` shows."""
    slack = step_of(value, text) / 2
    return Figure(value, value, slack, slack > COARSE * abs(value))


def figure_of(sighting: Sighting) -> Figure | None:
    """The signed figure of a claim, in the unit of ``family``; null where it gives only a direction."""
    if sighting.value is None:
        return None
    low = sighting.value
    high = low if sighting.value_high is None else sighting.value_high
    slack = 0.0 if sighting.kind == "rank" else _slack(sighting)
    strict = slack > COARSE * abs(low)
    match sighting.qualifier:
        case "over" | "at_least":
            high, slack = math.inf, 0.0
        case "under" | "up_to":
            low, slack = (0.0 if sighting.kind == "change" else -math.inf), 0.0
        case "nearly":
            low -= NEARLY * abs(low)
        case "about":
            slack, strict = max(slack, ABOUT * abs(low)), False
        case _:
            pass
    above, below = sighting.qualifier == "over", sighting.qualifier in ("under", "nearly")
    if sighting.kind == "change" and sighting.unit == "x":
        return Figure(100 * (low - 1), 100 * (high - 1), 100 * slack, strict, above, below)
    if sighting.kind == "change" and sighting.direction == "down":
        return Figure(-high, -low, slack, strict, below, above)
    return Figure(low, high, slack, strict, above, below)


def _slack(sighting: Sighting) -> float:
    value = sighting.value or 0.0
    step = sighting.rounding or step_of(value, sighting.quote)
    if sighting.value_high is not None and not sighting.rounding:
        step = min(step, step_of(sighting.value_high, sighting.quote))
    if sighting.kind == "level" and sighting.metric in _PRICES and step >= 1:
        # A price in whole dollars is quoted as it is: 3 is no rounding of 2.6.
        step = min(step, 2 * COARSE * abs(value))
    return step / 2


def family(sighting: Sighting) -> str | None:
    """What units must share for two figures to be compared."""
    return GROWTH if sighting.kind == "change" and sighting.unit in ("percent", "x") else sighting.unit


def gap(a: Figure, b: Figure) -> float:
    """How far apart two figures are as stated; zero or less where they overlap."""
    return max(a.low, b.low) - min(a.high, b.high)


def compatible(a: Figure, b: Figure) -> bool:
    """Whether one number could be behind both."""
    apart = gap(a, b)
    if (a.above and b.below and a.low >= b.high) or (b.above and a.below and b.low >= a.high):
        return False
    if apart <= 0:
        return True
    wide = a if a.slack >= b.slack else b
    noise = 1e-9 * max(abs(x) for x in (a.low, a.high, b.low, b.high, 1e-300) if not math.isinf(x))
    return apart < wide.slack - noise if wide.strict else apart <= wide.slack + noise


def same_figure(a: Figure, b: Figure) -> bool:
    """Compatible, and of two closed ranges both ends: a range moved or narrowed is a new figure."""
    if not compatible(a, b):
        return False
    closed = [f for f in (a, b) if f.high > f.low and not math.isinf(f.high - f.low)]
    if len(closed) < 2:
        return True
    slack = max(a.slack, b.slack) * (1 + 1e-9)
    return abs(a.low - b.low) <= slack and abs(a.high - b.high) <= slack


def agree(a: Sighting, b: Sighting, *, ranges: bool = False) -> bool:
    """Whether two claims of one series say the same; ``ranges`` lets overlapping ranges agree.

    A bare direction agrees with a figure of its sign; *flat* with a change of up to one percent.
    """
    first, second = figure_of(a), figure_of(b)
    if first is not None and second is not None:
        if family(a) != family(b):
            return True  # not comparable, so nothing to disagree about
        return compatible(first, second) if ranges else same_figure(first, second)
    if first is None and second is None:
        return a.direction == b.direction or a.direction is None or b.direction is None
    bare, valued = (a, second) if first is None else (b, first)
    assert valued is not None
    match bare.direction:
        case "up":
            return valued.ceiling > 0
        case "down":
            return valued.floor < 0
        case "flat":
            return valued.floor <= SMALL and valued.ceiling >= -SMALL
        case _:
            return True
