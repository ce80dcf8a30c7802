"""Figures that leave out the magnitude and unit of the one before: *sales of $9.8bn; consensus stands at 12.6*,
*7 cents in and 28 out*."""

import re
from dataclasses import replace

from extract.numbers import clean
from extract.quantity_lists import Written
from extract.records import Quantity

_LED = re.compile(
    r"(?:stands|stood|sits|sat|are|is|was|were|go|forecasting|been|had|consensus|street|comfortable|wrote)"
    r"(?: (?:at|to|of|with|been))?(?: only| just| about)? $|consensus of $"
)
_CLOSED = re.compile(r"[.,;)](?!\d)|$|\n| (?:and|before|or|after) |-")
_REACH = 260
_LIKE = 2.0

_CENTS_LED = re.compile(
    r"(?:(?:been|was|were|is|at|costs?|now|asks?|becomes?)(?: (?:only|just|about|still))?"
    r"|cents?[^.;\n]{0,30} (?:to|from|against|and|→)) $"
)
_CENTS_CLOSED = re.compile(r"[.,;)](?!\d)|$|\n| (?:since|from|in|for|out|until)(?![a-z])")
_LISTED = re.compile(r"(?:,|and|→|/) ?$")
_SIDE = re.compile(r" (?:in|out|for (?:input|output))(?![a-z])")
_CENTS_REACH = 120


def share_cents(found: list[Quantity], written: dict[int, Written], low: str) -> list[Quantity]:
    """A bare figure after cents is one of cents where a verb or a side leads to it: *7 cents in and 28 out*, *from 11
    cents to 4*, *39 cents; in June it had been 31*."""
    shared = found[:]
    last: tuple[Quantity, float] | None = None
    for i, q in enumerate(shared):
        how = written.get(q.start)
        if how is None:
            continue
        if q.unit and how.unit == 0.01 and how.scale == 1:
            last = (q, how.unit * how.price)
            continue
        if q.unit or how.scale != 1 or q.per or last is None or q.start - last[0].end > _CENTS_REACH:
            continue
        cents, factor = last
        between = low[cents.end : q.start]
        sided = _SIDE.match(low, q.end) and _LISTED.search(between)
        led = _CENTS_LED.search(low, max(0, q.start - 60), q.start) and _CENTS_CLOSED.match(low, q.end)
        like = cents.value / factor / 12 <= q.value <= cents.value / factor * 12
        if like and (sided or led) and "\n\n" not in between:
            shared[i] = scaled(q, factor, cents.unit)
    return shared


def share_magnitudes(found: list[Quantity], written: dict[int, Written], low: str) -> list[Quantity]:
    """A bare figure takes magnitude and currency of the last sum of money in the paragraph, where both are written
    alike (no more than twice as much or half) and a verb or *consensus* leads to it."""
    shared = found[:]
    last: tuple[Quantity, float] | None = None
    for i, q in enumerate(found):
        how = written.get(q.start)
        if how is None:
            continue
        if q.unit and len(q.unit) == 3 and q.unit.isupper() and how.scale >= 1e6 and q.value > 0:
            last = (q, how.scale * how.unit)
        if q.unit or how.scale != 1 or q.per or last is None or q.start - last[0].end > _REACH:
            continue
        money, scale = last
        like = money.value / scale / _LIKE <= q.value <= money.value / scale * _LIKE
        led = _LED.search(low, max(0, q.start - 40), q.start) and _CLOSED.match(low, q.end)
        if like and led and "\n\n" not in low[money.end : q.start]:
            shared[i] = scaled(q, scale, money.unit)
    return shared


def scaled(q: Quantity, factor: float, unit: str | None) -> Quantity:
    """A bare figure with the magnitude and the unit that it left out."""
    high = None if q.value_high is None else clean(q.value_high * factor)
    return replace(
        q, value=clean(q.value * factor), value_high=high, unit=unit, rounding=clean(q.rounding * factor)
    )
