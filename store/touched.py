"""From the claims of a window to those that they have to be held against, each step by index."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from store.conflicts import DENIED
from store.entities import entity_key
from store.history import base_period
from store.records import Sighting
from store.schema import Store, reading
from store.series import AHEAD, unique
from store.sightings import Day, select
from store.wholes import ADDITIVE, PRICES

TIMELESS = timedelta(days=183)
"""How far before the window a forecast without a period is looked for."""

LATE = timedelta(days=400)
"""How long after the end of its period a figure is reported at most."""

SUMMED = ADDITIVE | {"share"}

_BATCH = 500  # parameters of one statement

Row = tuple[str | None, ...]


def joined(
    db: Store, rows: Iterable[Row], on: Sequence[str], where: Sequence[str] = (), *, as_of: Day = None
) -> list[Sighting]:
    """The sightings, superseded ones included, that ``on`` joins to any of the rows.

    ``on`` are conditions between columns ``c.…`` and the values of a row, ``{0}``, ``{1}``, ….
    """
    # As JSON the rows are one parameter however many they are; for a long VALUES list the planner makes a
    # Bloom filter, and to make it reads all of claims.
    listed = json.dumps(sorted(set(rows), key=repr))
    conditions = " AND ".join(on).format(*(f"json_extract(w.value, '$[{i}]')" for i in range(4)))
    source = f"json_each(?) w CROSS JOIN claims c ON {conditions}"  # CROSS: the few rows first
    return select(db, [*where], [listed], as_of=as_of, superseded=True, source=source)


_SERIES = ("c.entity = {0}", "c.metric = {1}")
_NUMBER = (*_SERIES, "c.period_end IS {2}", "c.period_start IS {3}")


def with_series(db: Store, touched: Sequence[Sighting], since: str, *, as_of: Day = None) -> list[Sighting]:
    """Touched claims with those about the same numbers, with what was said shortly before of the same metric
    (a denial need not repeat the period), and with the other versions of their articles."""
    numbers = {
        (s.entity, s.metric, s.period_end, s.period_start) for s in touched if s.period != (None, None)
    }
    series = {(s.entity, s.metric) for s in touched}
    timeless = {(s.entity, s.metric) for s in touched if s.period == (None, None) and s.modality in AHEAD}
    edited = {(s.article,) for s in touched if s.version > 1}
    ahead = f"c.modality IN ({','.join(repr(m) for m in sorted(AHEAD))})"
    none = ("c.period_end IS NULL", "c.period_start IS NULL", ahead)
    return unique(
        [
            *touched,
            *joined(db, numbers, _NUMBER, as_of=as_of),
            *joined(db, series, (*_SERIES, _from(since, DENIED)), as_of=as_of),
            *joined(db, timeless, (*_SERIES, _from(since, TIMELESS)), none, as_of=as_of),
            *joined(db, edited, ("c.article = {0}",), as_of=as_of),
        ]
    )


def with_bases(db: Store, known: Sequence[Sighting], *, as_of: Day = None) -> list[Sighting]:
    """Claims with the levels of the periods that their changes are against, and of the changes' own."""
    rows: set[Row] = set()
    for s in known:
        before = base_period(*s.period, s.basis) if s.kind == "change" else None
        if before is not None:
            rows |= {(s.entity, s.metric, end, start) for start, end in (before, s.period)}
    return unique([*known, *joined(db, rows, _NUMBER, as_of=as_of)])


def with_neighbours(
    db: Store, known: Sequence[Sighting], touched: Sequence[Sighting], *, as_of: Day = None
) -> list[Sighting]:
    """Claims with what the touched ones have to add up with: the rest of their texts, the shares and parts of
    the same period, and the history of their prices."""
    texts = {(s.article,) for s in touched}
    sums = {
        (s.metric, s.period_end, s.period_start)
        for s in touched
        if (s.kind, s.modality) == ("level", "reported") and s.metric in SUMMED and s.period_end is not None
    }
    prices = {(s.entity, s.metric) for s in touched if s.kind == "level" and s.metric in PRICES}
    reported = ("c.kind = 'level'", "c.modality = 'reported'", "c.negated = 0", "c.period_end IS NOT NULL")
    same_period = ("c.metric = {0}", "c.period_end = {1}", "c.period_start IS {2}")
    return unique(
        [
            *known,
            *joined(db, texts, ("c.article = {0}",), as_of=as_of),
            *joined(db, sums, same_period, reported, as_of=as_of),
            *joined(db, prices, _SERIES, ("c.kind = 'level'",), as_of=as_of),
        ]
    )


def with_forecasts(db: Store, since: str, until: str | None, *, as_of: Day = None) -> list[Sighting]:
    """Forecasts and targets that reports of the window may decide, with all that was reported of them."""
    reports = select(
        db, ["c.modality = 'reported'"], since=_days_before(since, DENIED), until=until, as_of=as_of
    )
    lately = f"c.period_end >= '{_days_before(since, LATE)}'"
    ahead = joined(
        db,
        {(s.entity, s.metric) for s in reports},
        (*_SERIES, lately),
        ("c.modality IN ('forecast', 'target')",),
        as_of=as_of,
    )
    numbers = {(s.entity, s.metric, s.period_end, s.period_start) for s in ahead}
    deadlines = {(s.entity, s.metric, s.said[:10], s.period_end) for s in ahead if s.period_start is None}
    by_then = (*_SERIES, "c.period_end >= {2}", "c.period_end <= {3}")
    known = [
        *ahead,
        *joined(db, numbers, _NUMBER, as_of=as_of),
        *joined(db, deadlines, by_then, ("c.modality = 'reported'",), as_of=as_of),
    ]
    return with_bases(db, known, as_of=as_of)


def aliased(db: Store, sightings: Sequence[Sighting]) -> list[Sighting]:
    """The sightings with their sources by canonical name, so that an alias is no other speaker."""
    keys = {s.source: entity_key(s.source) for s in sightings if s.source}
    names: dict[str, str] = {}
    wanted = sorted(set(keys.values()))
    with reading(db):
        for start in range(0, len(wanted), _BATCH):
            part = wanted[start : start + _BATCH]
            names |= dict(
                db.conn.execute(
                    "SELECT a.id, e.name FROM aliases a JOIN entities e ON e.id = a.entity"
                    f" WHERE a.id IN ({','.join('?' * len(part))})",
                    part,
                ).fetchall()
            )
    if not names:
        return list(sightings)
    return [
        replace(s, source=names[keys[s.source]]) if s.source and keys[s.source] in names else s
        for s in sightings
    ]


def _from(since: str, reach: timedelta) -> str:
    return f"c.said >= '{_days_before(since, reach)}'"


def _days_before(day: str, reach: timedelta) -> str:
    return (date.fromisoformat(day) - reach).isoformat()
