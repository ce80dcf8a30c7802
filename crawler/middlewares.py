"""What Scrapy does not do by itself: crawl-delay, Retry-After, robots.txt that cannot be had, the archive's
tap."""

import asyncio
import time
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.guard import Refused
from crawler.urls import is_loopback

RAW = "raw_body"
"""The key of ``request.meta`` under which the body as transferred and its headers are kept for the
archive."""
KEEP_RAW = "BEATBOOK_KEEP_RAW"
"""The setting that turns the tap on."""
LONGEST_WAIT = "BEATBOOK_LONGEST_WAIT"
"""The setting: seconds that a run waits for a host that asked for a pause; for longer ones it goes
without."""

LOOPBACK_CONNECTIONS = 16
"""Connections at once to a server on this machine."""


class Politeness:
    """Keeps to what a host asks for: ``Crawl-delay`` and ``Request-rate`` of robots.txt, ``Retry-After`` of
    an answer 429 or 503. A server on this machine needs no pauses unless it asks for them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._longest = crawler.settings.getfloat(LONGEST_WAIT)
        self._delays: dict[str, float] = {}
        self._closed_until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._agent)
        if delay:
            host = _host(request)
            self._delays[host] = delay
            self._set(host, delay=delay, concurrency=1)

    async def process_request(self, request: Request) -> None:
        host = _host(request)
        if host in self._delays:
            request.meta["autothrottle_dont_adjust_delay"] = True
        elif is_loopback(host):
            request.meta["autothrottle_dont_adjust_delay"] = True
            self._set(host, delay=0.0, concurrency=LOOPBACK_CONNECTIONS)
        while (wait := self._closed_until.get(host, 0.0) - time.monotonic()) > 0:
            if wait > self._longest:
                raise Refused("retry-after", skipped=False, retry_after=wait)
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status in (429, 503):
            wait = retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
            if wait is None and response.status == 429:
                wait = 5.0 * 2 ** request.meta.get("retry_times", 0)
            if wait:
                host = _host(request)
                self._closed_until[host] = max(self._closed_until.get(host, 0.0), time.monotonic() + wait)
                if wait > self._longest:
                    request.meta.update(dont_retry=True, retry_after=wait)
        return response

    def _set(self, host: str, *, delay: float, concurrency: int) -> None:
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": concurrency, "jitter": 0.0}
        if host in downloader.slots:
            slot = downloader.slots[host]
            slot.delay, slot.concurrency, slot.jitter = delay, concurrency, 0.0


def retry_after(value: bytes | None, date: bytes | None) -> float | None:
    """Seconds to wait by a ``Retry-After`` header: a number, or a date against the server's own ``Date``."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:10]), 10**9))
    try:
        until = parsedate_to_datetime(text).timestamp()
        since = parsedate_to_datetime(date.decode("latin-1")).timestamp() if date else time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(until - since, 0.0)


class UnreachableRobots:
    """A robots.txt that its server fails to give forbids everything for now (RFC 9309, section 2.3.1.4)."""

    def process_response(self, request: Request, response: Response) -> Response:
        is_robots = request.meta.get("dont_obey_robotstxt") and urlsplit(request.url).path == "/robots.txt"
        if is_robots and response.status >= 500:
            return response.replace(status=200, body=b"User-agent: *\nDisallow: /\n")
        return response


class RawBody:
    """The archive's tap: keeps the body as it came over the wire, before it is unpacked."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool(KEEP_RAW):
            raise NotConfigured
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        request.meta[RAW] = (response.body, wire_headers(response))
        return response


def wire_headers(response: Response) -> tuple[tuple[str, str], ...]:
    """The headers of a response, one pair a line."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )


def _host(request: Any) -> str:
    return (urlsplit(request.url).hostname or "").rstrip(".")
