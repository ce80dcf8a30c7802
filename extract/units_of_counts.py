"""What a bare figure of capacity or shipments counts: wafers, GPUs, megawatts, tonnes, by what is said around it."""

import re

from extract.records import Quantity

GPUS = re.compile(
    r"(?:ai )?(?:gpu|accelerator|graphics (?:processor|card|chip)|processor|card|[abghlv]\d{2,3}|gb\d{3}|mi\d{3}x?"
    r"|tpu|npu)s?",
    re.IGNORECASE,
)
"""Nouns that stand for GPUs where capacity is counted."""

_MEASURES = {
    "tonne": "tonnes", "ton": "tonnes", "square inch": "square inches", "inch": "square inches", "exabyte": "exabytes",
    "EB": "exabytes", "gigabit": "gigabits", "Gb": "gigabits", "eflop": "EFLOPS", "exaflop": "EFLOPS",
    "petaflop": "PFLOPS", "barrel": "barrels", "substrate": "substrates", "bpd": "barrels",
}  # fmt: skip
_NOUNS = re.compile(
    r"(?<![A-Za-z])(?:(?P<GPUs>gpus?|accelerators?|graphics (?:processors?|cards?)|[habgHABG]\d{2,3}s"
    r"|gb\d{3}s?|processors)|(?P<wafers>wafers?)|(?P<tonnes>tonnes?|metric tons?)|(?P<MW>megawatts?|mw)"
    r"|(?P<GW>gigawatts?|gw)|(?P<GWh>gwh|gigawatt-hours?)|(?P<TEU>teus?))(?![A-Za-z-])",
    re.IGNORECASE,
)
_FACTORS = {"GW": ("MW", 1000.0)}
_MOST_POWER = 8000.0
"""Bare figures above this are no megawatts."""
_BACK = 320


def own_unit(quantity: Quantity) -> str | None:
    """The unit that the noun of a figure is, where it measures or counts machines: *98,000 tonnes*, *4,096 H100s*."""
    unit = quantity.unit
    if unit is None:
        return None
    if unit in _MEASURES:
        return _MEASURES[unit]
    return "GPUs" if GPUS.fullmatch(unit) else None


def unit_around(text: str, quantity: Quantity, sentence: tuple[int, int]) -> tuple[str, float] | None:
    """The unit of a bare figure, and the factor to it: by the nearest noun before it in its sentence, else after it
    there, else before that."""
    begin, end = sentence
    start = max(0, begin - _BACK)
    before = [m for m in _NOUNS.finditer(text, start, quantity.start) if _fits(m, quantity)]
    after = [m for m in _NOUNS.finditer(text, quantity.end, end) if _fits(m, quantity)]
    here = [m for m in before if m.start() >= begin]
    match = here[-1] if here else after[0] if after else before[-1] if before else None
    if match is None or match.lastgroup is None:
        return None
    return _FACTORS.get(match.lastgroup, (match.lastgroup, 1.0))


def _fits(match: re.Match[str], quantity: Quantity) -> bool:
    """Whether a figure of this size can be one of the unit."""
    value = abs(quantity.value)
    if match.lastgroup in ("GW", "GWh"):
        return value < 1000
    if match.lastgroup == "MW":
        return value < _MOST_POWER
    return value >= 50
