"""Texts read for claims: a few in this process, many by a process on every core, in the order given."""

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import cache
from itertools import chain, islice
from pathlib import Path

from beatbook.reader import Read, Reader
from crawler.article import Article
from crawler.workers import pool
from store.write import Pending

MANY = 100
"""Texts from which on processes are started: each takes some seconds to begin."""

UNDER_WAY = 64
"""Texts handed out at once, so that memory does not grow with their number."""


def read_all(reader: Reader, items: Iterable[Pending]) -> Generator[tuple[Pending, Read]]:
    """Each text with its claims and mentions, in the order given."""
    waiting = iter(items)
    first = list(islice(waiting, MANY))
    if len(first) < MANY:
        yield from ((item, reader.read(item.article, _day(item))) for item in first)
    else:
        yield from _on_every_core(reader, chain(first, waiting))


def _on_every_core(reader: Reader, items: Iterable[Pending]) -> Generator[tuple[Pending, Read]]:
    handed: deque[tuple[Pending, Future[Read] | None]] = deque()
    processes = pool()
    try:
        for item in items:
            handed.append((item, _hand_out(processes, reader, item)))
            if len(handed) >= UNDER_WAY:
                yield _taken_back(reader, *handed.popleft())
        while handed:
            yield _taken_back(reader, *handed.popleft())
    finally:
        processes.shutdown(cancel_futures=True)


def _hand_out(processes: ProcessPoolExecutor, reader: Reader, item: Pending) -> Future[Read] | None:
    try:
        return processes.submit(_read, reader.vocabulary, item.article, _day(item))
    except BrokenProcessPool:
        return None


def _taken_back(reader: Reader, item: Pending, future: Future[Read] | None) -> tuple[Pending, Read]:
    """The reading of a text, made here where a process was killed (for want of memory, as a rule)."""
    try:
        return item, future.result() if future else reader.read(item.article, _day(item))
    except BrokenProcessPool:
        return item, reader.read(item.article, _day(item))


def _day(item: Pending) -> date:
    return date.fromisoformat(item.seen[:10])


@cache
def reader_of(vocabulary: tuple[Path, ...]) -> Reader:
    """The one reader that a process of a pool needs for a vocabulary."""
    return Reader(vocabulary)


def _read(vocabulary: tuple[Path, ...], article: Article, now: date) -> Read:
    return reader_of(vocabulary).read(article, now)
