"""What is asked of the notebook: each command's function. Every answer comes from an index, none from a scan.

``since`` and ``until`` bound the day of saying, both inclusive; ``as_of`` gives what had been seen by the
end of a day. Days are dates or ISO texts. A name that nobody has raises InputError, a database that fails
StoreError.
"""

from datetime import date
from heapq import merge as merged

from crawler.errors import InputError
from store.finding import search
from store.history import points_of
from store.pricing import METRICS, prices_of
from store.rankings import leaders, movers
from store.rates import Rates
from store.records import Point, Price, Sighting
from store.schema import Store, reading
from store.sightings import Day, day, owned, resolve, select
from store.status import candidates, status
from store.write import article_id

__all__ = ["candidates", "claims", "history", "leaders", "movers", "prices", "search", "status"]


def history(
    db: Store,
    subject: str,
    metric: str | None = None,
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    limit: int = 2000,
) -> list[Point]:
    """How a figure of a subject moved: the points by metric, unit, scope and period, each with its evidence.

    ``limit`` is the number of newest claims that are looked at. Levels that follow from a stated change and a
    known base are marked ``derived``.
    """
    where, values = ["c.entity = ?"], [resolve(db, subject)]
    if metric is not None:
        where.append("c.metric = ?")
        values.append(metric)
    newest = select(
        db, where, values, since=since, until=until, as_of=as_of, order="c.said DESC", limit=limit
    )
    return list(points_of(newest))


def prices(
    db: Store,
    subject: str | None = None,
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    now: date | None = None,
    rates: Rates | None = None,
    currency: str = "USD",
) -> list[Price]:
    """The prices of a subject (of a vendor: of its models too), of all where it is null, as step functions.

    What is current and what is announced is judged on the day of ``as_of``, else of ``now``, else on which
    anything was last seen. ``rates`` convert to ``currency``. ``since`` and ``until`` here bound the days
    on which a price held.
    """
    where, values = [f"c.metric IN ({','.join('?' * len(METRICS))})", "c.kind = 'level'"], list(METRICS)
    if subject is not None:
        entities = owned(db, resolve(db, subject))
        where.append(f"c.entity IN ({','.join('?' * len(entities))})")
        values += entities
    known = day(as_of)
    today = date.fromisoformat(known) if known else now or _last_day(db)
    # A page without a date of its own is watched: what an earlier version of it says held in its time.
    told = [
        s
        for s in select(db, where, values, as_of=as_of, superseded=True)
        if s.superseded_at is None or s.published is None
    ]
    steps = prices_of(told, today, rates=rates, currency=currency)
    first, last = day(since), day(until)
    return [
        step
        for step in steps
        if (first is None or step.valid_to is None or step.valid_to >= first)
        and (last is None or step.valid_from is None or step.valid_from <= last)
    ]


def _last_day(db: Store) -> date:
    """The last day on which a claim was first seen; a database without claims has none, and any day will
    do."""
    with reading(db):
        row = db.conn.execute("SELECT max(first_seen) FROM claims").fetchone()
    return date.fromisoformat((row[0] or "1970-01-01")[:10])


_EQUAL = (
    "metric",
    "kind",
    "per",
    "basis",
    "direction",
    "qualifier",
    "modality",
    "field",
    "period_start",
    "period_end",
)
_ANY_CASE = ("unit", "scope", "site")


def claims(
    db: Store,
    *,
    subject: str | None = None,
    metric: str | None = None,
    kind: str | None = None,
    value: float | None = None,
    min_value: float | None = None,
    max_value: float | None = None,
    unit: str | None = None,
    direction: str | None = None,
    qualifier: str | None = None,
    per: str | None = None,
    scope: str | None = None,
    basis: str | None = None,
    period_start: str | None = None,
    period_end: str | None = None,
    modality: str | None = None,
    negated: bool | None = None,
    source: str | None = None,
    site: str | None = None,
    url: str | None = None,
    field: str | None = None,
    min_confidence: float = 0.0,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    limit: int = 100,
) -> list[Sighting]:
    """Claims by any of their fields, those said last first.

    ``source`` is who is credited, or the outlet where nobody is; texts are compared without case where they
    are names. ``value`` allows for half a percent, as scoring does.
    """
    given = locals()
    where: list[str] = []
    values: list[object] = []

    def ask(condition: str, *operands: object) -> None:
        where.append(condition)
        values.extend(operands)

    if subject is not None:
        ask("c.entity = ?", resolve(db, subject))
    if url is not None:
        ask("c.article = ?", article_id(url))
    for name in _EQUAL:
        if given[name] is not None:
            ask(f"c.{name} = ?", given[name])
    for name in _ANY_CASE:
        if given[name] is not None:
            ask(f"c.{name} = ? COLLATE NOCASE", given[name])
    if value is not None:
        slack = 0.005 * abs(value)
        ask("c.value BETWEEN ? AND ?", value - slack, value + slack)
    if min_value is not None:
        ask("coalesce(c.value_high, c.value) >= ?", min_value)
    if max_value is not None:
        ask("c.value <= ?", max_value)
    if negated is not None:
        ask(f"c.negated = {int(negated)}")
    # What the rare values' own indexes hold, in the words that those are made with.
    if modality not in (None, "reported"):
        ask("c.modality <> 'reported'")
    if kind not in (None, "level", "change"):
        ask("c.kind NOT IN ('level', 'change')")
    if min_confidence > 0:
        ask("c.confidence >= ?", min_confidence)
    if limit < 1:
        raise InputError("limit", "must be at least 1")

    def found(*more: str, operands: tuple[object, ...] = ()) -> list[Sighting]:
        # A bound on the day, even one that everything passes, lets the newest be read off an index.
        return select(
            db,
            ["c.said >= ''", *more, *where],
            [*operands, *values],
            since=since,
            until=until,
            as_of=as_of,
            order="c.said DESC, c.rowid DESC",
            limit=limit,
        )

    if source is None:
        return found()
    credited = found("c.source = ? COLLATE NOCASE", operands=(source,))
    own = found("c.source IS NULL", "c.site = ? COLLATE NOCASE", operands=(source,))
    return list(merged(credited, own, key=lambda s: s.said, reverse=True))[:limit]
