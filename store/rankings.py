"""Who leads and who moved: rankings by week or month, and the largest changes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from store.figures import figure_of
from store.observations import Observation, observations_of
from store.records import Leader, Mover, Sighting
from store.schema import Store, reading
from store.series import moment, scope_key, subject_key
from store.sightings import Day, day, day_after, owned, resolve, select
from store.wholes import WHOLE_NAMES

LENGTHS = {"week": "= 6", "month": "BETWEEN 27 AND 30"}
"""Days from the first to the last of a period that a ranking is made of."""

EVERYBODY = WHOLE_NAMES | {"market", "allmodels", "allvendors"}
"""Keys of subjects that are the whole; it competes with nobody."""

_LEVELS = "c.kind = 'level' AND c.modality = 'reported' AND c.negated = 0 AND c.period_end IS NOT NULL"
_LENGTH = "julianday(c.period_end) - julianday(c.period_start)"


def leaders(
    db: Store,
    metric: str,
    *,
    period: str = "week",
    scope: str | None = None,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
) -> list[Leader]:
    """The ranking by a metric of the last week or month, or with ``since`` of each one since that day.

    Reported levels whose period is a week (any seven days) or a calendar month are ranked, those of one unit,
    ``per`` and scope with each other: of the scope asked for, else of the one with most subjects. The
    places are held against those of the ranking before. The newest ranking comes first. Raises StoreError.
    """
    spans = _spans(db, metric, period, since, until, as_of)
    rankings = []
    for span in spans:
        where = ["c.metric = ?", "c.period_end = ?", "c.period_start = ?", _LEVELS]
        sightings = select(db, where, [metric, span[1], span[0]], as_of=as_of)
        rankings.append((span, competitors(sightings, _groups(db, sightings))))
    first = day(since)
    shown = 1 if first is None else sum(span[1] >= first for span, _ in rankings)
    found: list[Leader] = []
    for (span, sightings), (_, before) in zip(rankings[:shown], [*rankings[1:], (None, [])], strict=False):
        found += ranking(span, sightings, before, scope)
    return found


def _groups(db: Store, sightings: Iterable[Sighting]) -> set[str]:
    """Those of the subjects that are groups of others (*Chinese models*)."""
    keys = list({subject_key(s) for s in sightings})
    with reading(db):
        marks = ",".join("?" * len(keys))
        sql = f"SELECT id FROM entities WHERE kind = 'group' AND id IN ({marks})"
        return {row[0] for row in db.conn.execute(sql, keys)}


def competitors(sightings: Iterable[Sighting], groups: Collection[str]) -> list[Sighting]:
    """The sightings without those of everybody together, and of groups where their members compete. Pure."""
    single = [s for s in sightings if subject_key(s) not in EVERYBODY]
    members = [s for s in single if subject_key(s) not in groups]
    return members or single


def _spans(db: Store, metric: str, period: str, since: Day, until: Day, as_of: Day) -> list[tuple[str, str]]:
    """The periods that have a ranking, newest first, one more than is asked for: the one to compare with."""
    first, last, known = day(since), day(until), day(as_of)
    month = " AND c.period_start LIKE '%-01'" if period == "month" else ""
    sql = (
        f"SELECT DISTINCT c.period_start, c.period_end FROM claims c WHERE c.metric = ? AND {_LEVELS}"
        f" AND {_LENGTH} {LENGTHS[period]}{month} AND c.period_end <= ? AND c.first_seen < ?"
        " ORDER BY c.period_end DESC, c.period_start DESC"
    )
    found: list[tuple[str, str]] = []
    with reading(db):
        bounds = (metric, last or "9999-12-31", day_after(known) if known else "9999-12-31")
        for start, end in db.conn.execute(sql, bounds):
            found.append((start, end))
            if end < first if first else len(found) == 2:
                break
    return found


def ranking(
    span: tuple[str, str], sightings: Iterable[Sighting], before: Iterable[Sighting], scope: str | None = None
) -> list[Leader]:
    """One ranking, with the places of the one before. Pure."""
    wanted = None if scope is None else "".join(scope.casefold().split())
    group = _comparable(list(sightings), wanted)
    if not group:
        return []
    same = _series(group[0])
    former = {
        subject_key(o.evidence[0]): place for place, o in _placed([s for s in before if _series(s) == same])
    }
    found = []
    for place, o in _placed(group):
        first = o.evidence[0]
        was = former.get(subject_key(first))
        assert o.value is not None
        found.append(
            Leader(
                place,
                o.subject,
                o.value,
                o.unit,
                o.per,
                o.scope,
                span[0],
                span[1],
                was,
                None if was is None else was - place,
                o.evidence,
            )
        )
    return found


def _series(s: Sighting) -> tuple[str | None, str | None, str]:
    return s.unit, s.per, scope_key(s)


def _comparable(sightings: Sequence[Sighting], scope: str | None) -> list[Sighting]:
    """The sightings that may be ranked with each other: of one unit, ``per`` and scope, where most subjects
    are."""
    valued = [s for s in sightings if s.value is not None and (scope is None or scope_key(s) == scope)]
    subjects: dict[tuple[str | None, str | None, str], set[str]] = {}
    for s in valued:
        subjects.setdefault(_series(s), set()).add(subject_key(s))
    if not subjects:
        return []
    best = max(subjects, key=lambda key: (len(subjects[key]), key[2] == "", repr(key)))
    return [s for s in valued if _series(s) == best]


def _placed(sightings: Iterable[Sighting]) -> list[tuple[int, Observation]]:
    """Each subject at its best-supported figure, largest first; equal figures share a place."""
    best: dict[str, Observation] = {}
    for o in observations_of(sightings):
        key = subject_key(o.evidence[0])
        if key not in best or _support(o) > _support(best[key]):
            best[key] = o
    ordered = sorted(best.values(), key=lambda o: (-(o.value or 0.0), o.subject))
    places: dict[float, int] = {}
    return [(places.setdefault(o.value or 0.0, i), o) for i, o in enumerate(ordered, 1)]


def _support(o: Observation) -> tuple[int, str]:
    return o.stories, o.evidence[-1].said


def movers(
    db: Store,
    metric: str,
    *,
    subject: str | None = None,
    limit: int = 20,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
) -> list[Mover]:
    """The largest reported changes of a metric, in percent, said in the window; the largest first.

    Stated changes come with their own evidence; where a level is reported of a week or month and of the one
    before it, and no change is stated, the change between the two is derived. Raises StoreError,
    InputError.
    """
    where, values = (
        ["c.metric = ?", "c.modality = 'reported'", "c.negated = 0", "c.value IS NOT NULL"],
        [metric],
    )
    if subject is not None:
        entities = owned(db, resolve(db, subject))
        where.append(f"c.entity IN ({','.join('?' * len(entities))})")
        values += entities
    changes = select(
        db,
        [*where, "c.kind = 'change'", "c.unit IN ('percent', 'x')"],
        values,
        since=since,
        until=until,
        as_of=as_of,
    )
    levels = select(
        db,
        [*where, "c.kind = 'level'", "c.period_end IS NOT NULL", f"{_LENGTH} BETWEEN 6 AND 30"],
        values,
        until=until,
        as_of=as_of,
    )
    return largest(changes, levels, since=day(since), limit=limit)


def largest(
    changes: Iterable[Sighting], levels: Iterable[Sighting], *, since: str | None = None, limit: int = 20
) -> list[Mover]:
    """The largest of stated changes and of those between neighbouring levels said ``since``. Pure."""
    stated = [m for m in map(_stated, observations_of(changes)) if m is not None]
    told = {(_about(m.evidence[0]), m.period_start, m.period_end) for m in stated}
    told |= {(_about(m.evidence[0]), m.evidence[0].said, None) for m in stated if m.period_start is None}
    derived = [
        m
        for m in _between(levels)
        if (_about(m.evidence[-1]), m.period_start, m.period_end) not in told
        and (_about(m.evidence[-1]), m.evidence[-1].said, None) not in told
        and (since is None or m.evidence[-1].said >= since)
    ]
    ordered = sorted([*stated, *derived], key=lambda m: (-abs(m.percent), m.subject, m.period_end or ""))
    return ordered[:limit]


def _about(s: Sighting) -> tuple[str, str]:
    return subject_key(s), scope_key(s)


def _stated(o: Observation) -> Mover | None:
    exact = next((s for s in o.evidence if s.value == o.value), o.evidence[0])
    figure = figure_of(exact)
    if figure is None:
        return None
    return Mover(
        o.subject, exact.metric, float(f"{figure.middle:.12g}"), o.basis, o.scope, None, None, None,
        o.period[0], o.period[1], False, o.evidence,
    )  # fmt: skip


def _between(levels: Iterable[Sighting]) -> list[Mover]:
    found = []
    ordered = sorted(
        levels, key=lambda s: (_about(s), s.unit or "", s.per or "", s.period_end or "", moment(s))
    )
    for _, series in groupby(ordered, key=lambda s: (_about(s), s.unit, s.per)):
        best: dict[tuple[str, str], Observation] = {}
        for o in observations_of(series):
            span = (o.period[0] or "", o.period[1] or "")
            if span not in best or _support(o) > _support(best[span]):
                best[span] = o
        for (start, end), o in best.items():
            before = next((b for (first, last), b in best.items() if _adjoins(first, last, start, end)), None)
            if before is None or not before.value or o.value is None:
                continue
            percent = float(f"{100 * (o.value / before.value - 1):.6g}")
            found.append(
                Mover(
                    o.subject,
                    o.evidence[0].metric,
                    percent,
                    "wow" if _days(start, end) == 6 else "mom",
                    o.scope,
                    o.value,
                    before.value,
                    o.unit,
                    start,
                    end,
                    True,
                    (*before.evidence, *o.evidence),
                )
            )
    return found


def _adjoins(first: str, last: str, start: str, end: str) -> bool:
    """Whether one period ends the day before another of its kind (a week, a month) begins."""
    if not last or not start or day_after(last) != start:
        return False
    return (_days(first, last) == 6) == (_days(start, end) == 6)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)) // timedelta(days=1)
