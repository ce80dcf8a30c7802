"""Sightings held against each other: the thin half, which selects by index what the pure half decides about.

Each function takes the window ``since`` to ``until`` (days, inclusive, of saying) and ``as_of``: only what
was known by the end of that day counts. With ``since`` the work grows with what was said in the window, not
with the past. All raise StoreError, and InputError for a bound that is no day.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from store.checks import Check, newest_first
from store.conflicts import Conflict, conflicts_of
from store.growth import change_checks, percentage_checks
from store.observations import Observation, observations_of
from store.outcomes import Outcome, outcomes_of, scoreboard_of
from store.rates import Rates
from store.records import Sighting
from store.revisions import Revision, revisions_of
from store.schema import Store, reading
from store.series import within
from store.sightings import Day, day, resolve, select
from store.touched import aliased, with_bases, with_forecasts, with_neighbours, with_series
from store.wholes import part_checks, share_checks, slip_checks

__all__ = ["checks", "conflicts", "observations", "outcomes", "revisions", "scoreboard_of"]


def observations(
    db: Store,
    subject: str,
    metric: str | None = None,
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
) -> tuple[Observation, ...]:
    """What was observed of a subject, first said in the window, oldest first. InputError for an unknown."""
    where, values = ["c.entity = ?"], [resolve(db, subject)]
    if metric is not None:
        where, values = [*where, "c.metric = ?"], [*values, metric]
    low, high = day(since), day(until)
    known = aliased(db, select(db, where, values, as_of=as_of))
    return tuple(o for o in observations_of(known) if within(o.first_said, low, high))


def revisions(db: Store, *, since: Day = None, until: Day = None, as_of: Day = None) -> tuple[Revision, ...]:
    """New figures that one source gave for the same number in the window, newest first."""
    low, high = day(since), day(until)
    found = [r for known in _known(db, low, high, as_of) for r in revisions_of(known, since=low, until=high)]
    return tuple(sorted(found, key=lambda r: (r.day, r.subject, r.metric, r.claims), reverse=True))


def conflicts(
    db: Store, *, since: Day = None, until: Day = None, as_of: Day = None, rates: Rates | None = None
) -> tuple[Conflict, ...]:
    """Numbers that sources disagree about, with something said in the window, newest first.

    With ``rates`` amounts in different currencies are compared as well.
    """
    low, high = day(since), day(until)
    convert = None if rates is None else rates.convert
    found = [
        c
        for known in _known(db, low, high, as_of)
        for c in conflicts_of(known, since=low, until=high, convert=convert)
    ]
    return tuple(sorted(found, key=lambda c: (c.day, c.subject, c.metric, c.claims), reverse=True))


def outcomes(
    db: Store, *, now: date, since: Day = None, until: Day = None, as_of: Day = None
) -> tuple[Outcome, ...]:
    """Forecasts and targets whose period is over by ``now`` (and ``as_of``) against what was reported.

    The window is that of the day on which the outcome was known. Newest first.
    """
    low, high, known_day = day(since), day(until), day(as_of)
    today = now if known_day is None else min(now, date.fromisoformat(known_day))
    found: list[Outcome] = []
    if low is None:
        for known in _known(db, None, None, as_of):
            found += outcomes_of(known, today, until=high)
    else:
        touched = with_forecasts(db, low, high, as_of=as_of)
        found += outcomes_of(aliased(db, touched), today, since=low, until=high)
    return tuple(sorted(found, key=lambda o: (o.day, o.subject, o.metric, o.claims), reverse=True))


def checks(db: Store, *, since: Day = None, until: Day = None, as_of: Day = None) -> tuple[Check, ...]:
    """Arithmetic that does not hold, with something said in the window, newest first."""
    low, high = day(since), day(until)
    found: list[Check] = []
    for known in _known(db, low, high, as_of, around=True):
        standing = [s for s in known if s.superseded_at is None]
        texts = percentage_checks(standing)
        flagged = [s for c in texts for s in c.evidence]
        found += [*texts, *change_checks(known, flagged)]
        found += [*share_checks(standing), *part_checks(standing), *slip_checks(known)]
    return newest_first(c for c in found if within(c.day, low, high))


def _known(
    db: Store, low: str | None, high: str | None, as_of: Day, *, around: bool = False
) -> Iterator[Sequence[Sighting]]:
    """What a comparison has to look at, superseded claims included.

    All, a metric at a time; or what was said in the window with what it can contradict (``around``: and with
    what it has to add up with).
    """
    if low is None:
        with reading(db):
            metrics = [row[0] for row in db.conn.execute("SELECT DISTINCT metric FROM claims ORDER BY 1")]
        for metric in metrics:
            yield aliased(db, select(db, ["c.metric = ?"], [metric], as_of=as_of, superseded=True))
        return
    touched = select(db, since=low, until=high, as_of=as_of, superseded=True)
    known = with_series(db, touched, low, as_of=as_of)
    if around:
        known = with_neighbours(db, with_bases(db, known, as_of=as_of), touched, as_of=as_of)
    yield aliased(db, known)
