"""Figures, periods and directions in words, for tables, briefs and alerts. Pure."""

import math
from typing import Any

MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
ARROWS = {"up": "▲", "down": "▼", "flat": "="}
QUALIFIERS = {
    "about": "about ",
    "nearly": "nearly ",
    "over": "over ",
    "under": "under ",
    "at_least": "at least ",
    "up_to": "up to ",
}
SIGNS = {"percent": "%", "points": " points", "x": "x"}


def number(value: float) -> str:
    """``2.27e13`` as ``22.7 trillion``, ``1234.5`` as ``1,234.5``; at most six significant digits."""
    if not math.isfinite(value):
        return str(value)
    for size, word in MAGNITUDES:
        if abs(value) >= size:
            return f"{_digits(value / size)} {word}"
    return _digits(value)


def _digits(value: float) -> str:
    rounded = float(f"{value:.6g}")
    return f"{rounded:,.10f}".rstrip("0").rstrip(".")


def figure(
    value: float | None, unit: str | None = None, high: float | None = None, qualifier: str | None = None
) -> str:
    """A figure with its unit: ``about 22.7 trillion tokens``, ``55-60%``, ``0.5 CNY/1M tokens``; ``-`` for
    none."""
    if value is None:
        return "-"
    amount = number(value) if high is None else _range(value, high)
    if unit is not None:
        amount += SIGNS.get(unit, f" {unit}")
    return QUALIFIERS.get(qualifier or "", "") + amount


def _range(low: float, high: float) -> str:
    """``55-60``, ``5.2-5.4 billion``, ``900 million-1.2 billion``."""
    (first, size), (last, word) = (number(value).partition(" ")[::2] for value in (low, high))
    return f"{first}-{last} {word}".rstrip() if size == word else f"{number(low)}-{number(high)}"


def period(start: str | None, end: str | None) -> str:
    """An inclusive period: a day, ``since …``, ``by …``, ``A to B``, or ``-`` for none."""
    match start, end:
        case None, None:
            return "-"
        case str(), None:
            return f"since {start}"
        case None, str():
            return f"by {end}"
    return str(start) if start == end else f"{start} to {end}"


def said(claim: Any) -> str:
    """What a claim or sighting asserts, in one line: ``Halcyon 3 price_input 2 USD/1M tokens ▼ from 3``.

    ``claim`` has the fields of a claim; its period is not told here.
    """
    words = [claim.subject, claim.metric]
    if claim.kind == "rank" and claim.value is not None:
        words.append(f"no. {claim.value:g}")
    elif claim.value is not None:
        words.append(figure(claim.value, claim.unit, claim.value_high, claim.qualifier))
    if claim.per:
        words.append(f"per {claim.per}")
    if claim.direction:
        words.append(ARROWS[claim.direction])
    if claim.previous is not None:
        words.append(f"from {number(claim.previous)}")
    words += [word for word in (claim.basis, claim.scope and f"({claim.scope})") if word]
    if claim.modality != "reported":
        words.append(f"[{claim.modality}]")
    return ("NOT " if claim.negated else "") + " ".join(words)
