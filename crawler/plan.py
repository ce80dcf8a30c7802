"""Which pages a visit asks for, of those that its source lists and those that are remembered. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.article import Seen
from crawler.feeds import Entry
from crawler.policy import due, instant
from crawler.sources import Source
from crawler.spiders import latest
from crawler.urls import clean, key_of_clean

Item = tuple[Entry, Seen | None]
"""A page to ask for, and what is remembered of it."""


@dataclass(slots=True)
class Plan:
    """``todo`` in the order of asking. ``left`` counts pages that are known and left alone, by reason;
    ``refused`` are addresses that are never asked for, with the reason."""

    todo: list[Item] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)


def plan(
    source: Source,
    entries: Iterable[Entry],
    known: Iterable[Seen],
    *,
    seen: Callable[[str], Seen | None],
    is_first: Callable[[str], bool],
    now: datetime,
    since: datetime | None = None,
    limit: int | None = None,
) -> Plan:
    """New pages come first, the latest of them before the others; then pages that are due again.

    ``known`` are pages met on earlier visits, whether the index still lists them or not. ``is_first`` says
    whether nobody else of this run asks for an address. An index that lists what is older than ``since`` has
    it left alone, as is what exceeds ``limit`` pages.
    """
    result = Plan()
    fresh: list[Item] = []
    again: list[Item] = []
    for entry in entries:
        url = clean(entry.url)
        if url is None or not source.covers(url):
            result.refused.append((entry.url, "bad address" if url is None else "off-site"))
        elif is_first(url):
            entry = replace(entry, url=url, summary=None, content=entry.content if source.full_text else None)
            memory = seen(url)
            dated = instant(latest(entry))
            if since and dated and dated < since:
                result.left["too old"] += 1
            elif memory is None:
                fresh.append((entry, None))
            elif source.kind == "page" or due(memory, now, entry.updated or entry.lastmod):
                again.append((entry, memory))
            else:
                result.left["backing off" if memory.outcome == "failed" else "not due"] += 1
    again += [
        (Entry(memory.url), memory)
        for memory in known
        if due(memory, now) and source.covers(memory.url) and is_first(memory.url)
    ]
    fresh.sort(key=lambda item: instant(latest(item[0])) or now, reverse=True)
    result.todo = [*fresh, *again]
    if limit is not None and len(result.todo) > limit:
        result.left["over the limit"] += len(result.todo) - limit
        result.todo = result.todo[:limit]
    return result


class Asked:
    """The pages of one run, each asked for once however many sources list it."""

    def __init__(self) -> None:
        self._keys: set[str] = set()

    def is_first(self, url: str) -> bool:
        """Whether nobody asked for this page yet, and notes it. ``url`` is a clean one."""
        name = key_of_clean(url)
        first = name not in self._keys
        self._keys.add(name)
        return first
