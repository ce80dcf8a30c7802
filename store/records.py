"""The records that leave floor 3. Standard library only, so that any floor above may import them.

Dates are ISO 8601: a plain date where only the day counts, a date-time in UTC (``2026-03-30T06:00:00+00:00``)
where something was seen. Values keep the unit that stands beside them.
"""

import unicodedata
from dataclasses import dataclass


def name_key(name: str) -> str:
    """What a name is compared by: no case, no spaces, no punctuation (``GPT-4o`` and ``gpt 4o`` are one)."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "+") or folded


@dataclass(frozen=True, slots=True)
class Sighting:
    """One claim as one version of one article made it: a row of ``claims`` with what is known of its article.

    ``entity`` is the key that the subject resolves to, aliases included: group by it, show ``subject``.
    ``source`` is who the text credits, null where the article itself speaks; ``site`` is the outlet.
    ``article`` is the article's id; ``version`` counts its texts from 1; ``first_seen`` and ``last_seen``
    say when this version was seen, ``superseded_at`` when a later version of the article replaced the claim
    (null: it stands). ``story`` is shared by an article and its syndicated copies. ``published`` is the
    article's own date or date-time; ``said`` is the day on which the claim was made: that of ``published``,
    else of ``first_seen``, and for a later version that of its ``first_seen``. ``source_kind`` is ``crawl``
    or ``note`` (an analyst's own). ``owner`` is the vendor of the subject.
    """

    id: str
    article: str
    url: str
    subject: str
    metric: str
    kind: str
    value: float | None
    unit: str | None
    first_seen: str
    value_high: float | None = None
    previous: float | None = None
    direction: str | None = None
    qualifier: str | None = None
    per: str | None = None
    scope: str | None = None
    basis: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    modality: str = "reported"
    negated: bool = False
    source: str | None = None
    quote: str = ""
    sentence: str = ""
    field: str = "text"
    start: int = 0
    end: int = 0
    confidence: float = 0.5
    rounding: float = 0.0
    entity: str = ""
    owner: str | None = None
    version: int = 1
    last_seen: str = ""
    superseded_at: str | None = None
    site: str | None = None
    title: str = ""
    published: str | None = None
    said: str = ""
    story: str = ""
    source_kind: str = "crawl"

    @property
    def superseded(self) -> bool:
        """Whether a later version of the article no longer makes the claim, or makes it otherwise."""
        return self.superseded_at is not None

    @property
    def period(self) -> tuple[str | None, str | None]:
        return self.period_start, self.period_end

    @property
    def speaker(self) -> str | None:
        """Who says it: the credited source, else the outlet."""
        return self.source or self.site


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series: what is said of one period, with the sightings that say it (first said first).

    ``derived`` marks a value computed from a change and a known base; ``evidence`` then holds both.
    """

    subject: str
    metric: str
    period_start: str | None
    period_end: str | None
    value: float | None
    value_high: float | None
    unit: str | None
    per: str | None
    scope: str | None
    modality: str
    derived: bool
    first_said: str
    stories: int
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """One step of a price: ``value`` in ``unit``, in force from ``valid_from`` to ``valid_to`` (inclusive).

    ``per_million`` is the price of 1M tokens in ``currency``, null where the unit is not a token price;
    ``converted`` is the same (else the value) in the currency that was asked for. ``status`` is ``current``,
    ``past`` or ``announced``.
    """

    subject: str
    metric: str
    value: float
    value_high: float | None
    unit: str | None
    currency: str | None
    per_million: float | None
    scope: str | None
    valid_from: str | None
    valid_to: str | None
    status: str
    evidence: tuple[Sighting, ...]
    converted: float | None = None


@dataclass(frozen=True, slots=True)
class Mover:
    """One change: stated by a source (``derived`` false), or between two neighbouring reported levels.

    ``percent`` is signed; ``value`` and ``previous`` are the levels where they are known.
    """

    subject: str
    metric: str
    percent: float
    basis: str | None
    scope: str | None
    value: float | None
    previous: float | None
    unit: str | None
    period_start: str | None
    period_end: str | None
    derived: bool
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Leader:
    """One place of a ranking. ``previous_rank`` is the place in the period before, ``moved`` the places won
    (negative: lost), both null for a newcomer."""

    rank: int
    subject: str
    value: float
    unit: str | None
    per: str | None
    scope: str | None
    period_start: str
    period_end: str
    previous_rank: int | None
    moved: int | None
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found in full text; ``snippet`` marks the matches with ``[`` and ``]``."""

    article: str
    url: str
    title: str
    site: str | None
    published: str | None
    snippet: str
    claims: tuple[Sighting, ...] = ()
