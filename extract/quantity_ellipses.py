"""Figures that leave out the magnitude and unit of the one before: *sales of $9.8bn; consensus stands at 12.6*."""

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
            high = q.value_high
            shared[i] = replace(
                q,
                value=clean(q.value * scale),
                value_high=None if high is None else clean(high * scale),
                unit=money.unit,
                rounding=clean(q.rounding * scale),
            )
    return shared
