"""Scrapy, set up in one place and run as often as one likes in a process.

Scrapy brings connections, robots.txt, redirects, retries, compression and throttling. What is fetched, and
in which order, is plain ``async`` code that awaits ``Web.get``: one engine serves all the sources of a run,
so that a host has one delay and one robots.txt however many sources live on it, and a slow host holds up
only its own sources.

Twisted's reactor cannot be run twice, but an asyncio loop can: the reactor is installed on a loop of our own
and started once, and each run is one ``run_until_complete`` on it.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.utils.reactor import is_reactor_installed

from crawler.guard import ALLOWED_HOSTS, OWN_HOSTS
from crawler.middlewares import KEEP_RAW, LONGEST_WAIT, LOOPBACK_CONNECTIONS
from crawler.render import browser_settings
from crawler.urls import is_loopback
from crawler.web import MAX_PAGE, Web

USER_AGENT = "Beatbook/0.1 (+https://beatbook.example/crawler)"
"""Says who asks. An operator gives an own one, with an address where a webmaster finds a person."""

SETTINGS: Mapping[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 1.0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 1.0,
    "AUTOTHROTTLE_MAX_DELAY": 60.0,
    "DOWNLOAD_TIMEOUT": 30,  # of the whole response: a body that drips ends too
    "DOWNLOAD_MAXSIZE": MAX_PAGE,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "REDIRECT_MAX_TIMES": 8,
    "METAREFRESH_ENABLED": False,
    "RETRY_TIMES": 2,
    "COOKIES_ENABLED": False,
    LONGEST_WAIT: 60.0,
    "TELNETCONSOLE_ENABLED": False,
    "EXTENSIONS": {
        "scrapy.extensions.telnet.TelnetConsole": None,
        "scrapy.extensions.logstats.LogStats": None,
        "scrapy.extensions.memusage.MemoryUsage": None,
        "scrapy.extensions.remote_control.RemoteControl": None,
    },
    "DOWNLOADER_MIDDLEWARES": {
        "crawler.guard.AddressGuard": 60,
        "crawler.middlewares.UnreachableRobots": 110,
        "crawler.middlewares.Politeness": 560,
        "crawler.middlewares.RawBody": 595,
    },
}

Work = Callable[[Web], Awaitable[None]]


class Runner(Spider):
    """The one spider: its ``start()`` awaits the work of a run, which does its own fetching."""

    name = "beatbook"

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.error: Exception | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = cls(*args, **kwargs)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        try:
            await self._work(Web(self.crawler))
        except Exception as error:  # Scrapy would log it and go on; it belongs to the caller
            self.error = error
        return
        yield


def run(
    work: Work,
    *,
    own_hosts: Iterable[str] = (),
    allow_hosts: Iterable[str] = (),
    keep_raw: bool = False,
    render: bool = False,
    user_agent: str = USER_AGENT,
    settings: Mapping[str, Any] | None = None,
) -> None:
    """Runs ``work`` to its end; what it raises is raised.

    ``own_hosts`` (``host:port``) are those of the sources, ``allow_hosts`` further ones that may be reached
    though private; ``keep_raw`` keeps bodies for an archive; ``render`` has a browser at hand; ``settings``
    are Scrapy's, above the ones here. SIGINT and SIGTERM end a run in order: what is under way is cancelled,
    and
    ``run`` returns. A handler that the caller had set for the signal is called as well.
    """
    merged = Settings(dict(SETTINGS), priority="project")
    merged.setdict({"USER_AGENT": user_agent, "ROBOTSTXT_USER_AGENT": user_agent.partition("/")[0]}, "spider")
    own = frozenset(own_hosts)
    hosts = {ALLOWED_HOSTS: frozenset(allow_hosts), OWN_HOSTS: own}
    merged.setdict({**hosts, KEEP_RAW: keep_raw}, "spider")
    if own and all(is_loopback(host.rpartition(":")[0]) for host in own):
        # Scrapy keeps no more connections open to a host than this, whatever the host's own concurrency.
        merged.set("CONCURRENT_REQUESTS_PER_DOMAIN", LOOPBACK_CONNECTIONS, "spider")
    if render:
        merged.setdict(browser_settings(own | hosts[ALLOWED_HOSTS]), "spider")
    merged.setdict(dict(settings or {}), "cmdline")

    loop = _loop()
    crawler = Crawler(Runner, merged)
    stopping: set[asyncio.Task[None]] = set()

    def stop() -> None:
        stopping.add(loop.create_task(crawler.stop_async()))

    with _silenced("scrapy", "twisted"), _signals(loop, stop):
        try:
            loop.run_until_complete(crawler.crawl_async(work))
        finally:
            _cancel_leftovers(loop)
    if isinstance(crawler.spider, Runner) and crawler.spider.error is not None:
        raise crawler.spider.error


def _loop() -> asyncio.AbstractEventLoop:
    """The loop of this process's reactor, both made and started when first asked for."""
    if not is_reactor_installed():
        from twisted.internet import asyncioreactor

        asyncioreactor.install(asyncio.new_event_loop())  # type: ignore[no-untyped-call]
        from twisted.internet import reactor

        reactor.startRunning(installSignalHandlers=False)
    from twisted.internet import reactor

    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    return loop


def _cancel_leftovers(loop: asyncio.AbstractEventLoop) -> None:
    """Ends transfers that nobody waits for any more, so that the next run finds the loop empty."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=10))


@contextmanager
def _silenced(*names: str) -> Iterator[None]:
    """Keeps libraries from writing to standard error where nobody set up logging: each failure is
    recorded."""
    handler = logging.NullHandler()
    for name in names:
        logging.getLogger(name).addHandler(handler)
    try:
        yield
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(handler)


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: signal.Signals) -> None:
        stop()
        theirs = before[number]
        if callable(theirs) and theirs is not signal.default_int_handler:
            theirs(number, None)

    for number in before:
        loop.add_signal_handler(number, handle, number)
    try:
        yield
    finally:
        for number, theirs in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, theirs)
