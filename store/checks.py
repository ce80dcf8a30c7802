"""Checks: arithmetic that does not hold. Pure.

``percentage``  level, previous and change of one text do not fit each other
``change``      a stated change does not fit the levels known for the period and the one before
``part``        a part, or the sum of the parts of one text, exceeds its whole
``shares``      a share, or the shares of one universe, source and period, exceed 100%
``unit-slip``   a price is off by a factor of a thousand (or a million) from its own history
"""

from collections.abc import Iterable
from dataclasses import dataclass

from store.records import Sighting
from store.series import moment


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that does not add up.

    ``values`` are the figures involved, in ``unit`` but for percentages and multiples of change;
    ``explanation`` says in a sentence what is wrong.
    """

    check: str
    subject: str
    metric: str
    period: tuple[str | None, str | None]
    unit: str | None
    scope: str | None
    values: tuple[float, ...]
    sources: tuple[str, ...]
    explanation: str
    claims: tuple[str, ...]
    evidence: tuple[Sighting, ...]

    @property
    def day(self) -> str:
        """When it began not to add up."""
        return max(moment(s)[0] for s in self.evidence)


def amount(value: float) -> str:
    """A figure for a sentence: three digits are enough to see what is wrong.

    >>> amount(2.27e13), amount(0.25)
    ('22.7 trillion', '0.25')
    """
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {word}"
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def check(
    name: str, about: Sighting, values: tuple[float, ...], explanation: str, *evidence: Sighting
) -> Check:
    """A check about the number that one of its claims is about."""
    sources = dict.fromkeys(s.speaker or s.url for s in sorted(evidence, key=moment))
    return Check(
        name, about.subject, about.metric, about.period, about.unit, about.scope, values, tuple(sources),
        explanation, tuple(s.id for s in evidence), evidence,
    )  # fmt: skip


def newest_first(checks: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(sorted(checks, key=lambda c: (c.day, c.subject, c.metric, c.check, c.claims), reverse=True))
