"""When a page is asked for again, and what a source owes us. Pure: the clock is an argument."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from crawler.article import Seen
from crawler.outcome import Outcome
from crawler.sources import Source

KEPT = {"new", "changed", "unchanged"}
"""Outcomes of a page that holds an article."""

SHORTEST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=30)
SKIPPED_WAIT = timedelta(days=7)
LAST_VISIT = timedelta(days=365)
LONGEST_BACKOFF = timedelta(days=14)

FILLED_SHARE = 0.8
"""Of the articles of a run, the share that must have a field which the source is expected to fill."""


def instant(value: str | None) -> datetime | None:
    """An ISO 8601 date or date-time, aware (UTC where it has no zone); None for anything else."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def due(seen: Seen, now: datetime, modified: str | None = None) -> bool:
    """Whether a page met before is to be asked for again.

    Edits come early: the wait is a quarter of the article's age, between an hour and 30 days, and after a
    year nobody edits. A page that its feed or sitemap dates as ``modified`` since the last visit is due at
    once. One that failed is due when its backoff is over, one that was skipped after a week.
    """
    at = instant(seen.at)
    if at is None:
        return True
    if seen.outcome == "failed":
        wait_until = instant(seen.next_try)
        return wait_until is None or wait_until <= now
    changed = instant(modified)
    if changed is not None and at < changed <= now:
        return True
    if seen.outcome == "skipped":
        return now - at >= SKIPPED_WAIT
    age = now - (instant(seen.published) or at)
    if age > LAST_VISIT:
        return False
    return now - at >= min(max(age / 4, SHORTEST_WAIT), LONGEST_WAIT)


def next_try(failures: int, now: datetime, retry_after: float | None = None) -> datetime:
    """When a page that failed ``failures`` times in a row is tried again: after 1, 2, 4, … hours, two weeks
    at most, and not before the server's own ``retry_after`` (seconds)."""
    wait = min(timedelta(hours=2 ** min(max(failures - 1, 0), 20)), LONGEST_BACKOFF)
    if retry_after is not None:
        wait = max(wait, min(timedelta(seconds=retry_after), LONGEST_BACKOFF))
    return now + wait


def articles_per_day(published: Iterable[str | None], now: datetime) -> float | None:
    """How many articles a day an index dates lately: over the last week, or the time back to its oldest entry
    where that is shorter (a busy feed holds less than a week). None where nothing is dated."""
    ages = [now - moment for moment in map(instant, published) if moment is not None]
    ages = [age for age in ages if age > -timedelta(days=1)]
    if not ages:
        return None
    span = min(max(max(ages), timedelta(days=1)), timedelta(days=7))
    return sum(age <= span for age in ages) / (span / timedelta(days=1))


def broken_expectations(source: Source, outcome: Outcome) -> tuple[str, ...]:
    """What the source was expected to give and did not; a run that read nothing new cannot tell."""
    problems = []
    articles = outcome.filled.get("articles", 0)
    for name in source.expect.fields:
        filled = outcome.filled.get(name, 0)
        if articles and filled < FILLED_SHARE * articles:
            problems.append(f"{name} filled in {filled} of {articles} articles")
    wanted = source.expect.per_day
    if wanted is not None and outcome.per_day is not None and outcome.per_day < wanted:
        problems.append(f"{outcome.per_day:.2g} articles a day, {wanted:g} expected")
    return tuple(problems)
