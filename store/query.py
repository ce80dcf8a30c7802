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


_EQUAL = ("metric", "kind", "per", "basis", "direction", "qualifier", "modality", "field")
_DATES = ("period_start", "period_end")
_ANY_CASE = ("scope", "site", "unit")

_Condition = tuple[str, str, tuple[object, ...]]
"""A field, the condition on it and what that is asked with."""

_DRIVERS = ("article", "entity", "scope", "source", "site", "unit", "metric", "negated", "modality", "kind")
"""Fields that an index is read by, the one that leaves fewest claims first; ``per`` and ``basis`` are the
last."""


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
    if limit < 1:
        raise InputError("limit", "must be at least 1")
    given = locals()
    asked: list[_Condition] = []

    def ask(field: str, condition: str, *operands: object) -> None:
        asked.append((field, condition, operands))

    if url is not None:
        ask("article", "c.article = ?", article_id(url))
    if subject is not None:
        ask("entity", "c.entity = ?", resolve(db, subject))
    for name in (*_EQUAL, *_DATES):
        if given[name] is not None:
            ask(name, f"c.{name} = ?", given[name])
    for name in _ANY_CASE:
        if given[name] is not None:
            ask(name, f"c.{name} = ? COLLATE NOCASE", given[name])
    if value is not None:
        slack = 0.005 * abs(value)
        ask("value", "c.value BETWEEN ? AND ?", value - slack, value + slack)
    if min_value is not None:
        ask("value", "coalesce(c.value_high, c.value) >= ?", min_value)
    if max_value is not None:
        ask("value", "c.value <= ?", max_value)
    if negated is not None:
        ask("negated", f"c.negated = {int(negated)}")
    if min_confidence > 0:
        ask("confidence", "c.confidence >= ?", min_confidence)

    def found(*more: _Condition) -> list[Sighting]:
        where, values = _driven([*more, *asked])
        order = "c.said DESC, c.rowid DESC"
        return select(db, where, values, since=since, until=until, as_of=as_of, order=order, limit=limit)

    if source is None:
        return found()
    credited = found(("source", "c.source = ? COLLATE NOCASE", (source,)))
    own = found(("site", "c.site = ? COLLATE NOCASE", (source,)), ("", "c.source IS NULL", ()))
    return list(merged(credited, own, key=lambda s: s.said, reverse=True))[:limit]


def _driven(asked: list[_Condition]) -> tuple[list[str], list[object]]:
    """The conditions with one index for SQLite to choose; a plus sign keeps a condition from offering
    another.

    Left to itself it would at times go through all forecasts for the sake of one source. The bound on the
    day, which every claim passes, lets it stop at the newest.
    """
    fields = {field for field, condition, operands in asked if not _common(field, condition, operands)}
    driver = next((field for field in _DRIVERS if field in fields), None)
    kept = {driver, "metric"} if driver == "entity" else {driver}
    if driver is None:
        kept = {"per", "basis"}
    where, values = ["c.said >= ''"], list[object]()
    for field, condition, operands in asked:
        where.append(condition if field in kept or not condition.startswith("c.") else f"+{condition}")
        values += operands
    if driver in _RARE:
        where.append(_RARE[driver])
    return where, values


_RARE = {"modality": "c.modality <> 'reported'", "kind": "c.kind NOT IN ('level', 'change')"}
"""What the indexes of the rare values hold, in the words that those are made with."""


def _common(field: str, condition: str, operands: tuple[object, ...]) -> bool:
    """Whether a condition is one that most claims pass."""
    if field == "negated":
        return condition.endswith("0")
    return (field, *operands) in {("modality", "reported"), ("kind", "level"), ("kind", "change")}
