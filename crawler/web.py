"""Fetching, as the rest of the floor sees it: an address in, an answer out, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy import exceptions as scrapy_errors
from scrapy.crawler import Crawler

from crawler.guard import Refused
from crawler.middlewares import RAW, wire_headers
from crawler.urls import host_of

MAX_PAGE = 12 * 2**20
"""Bytes of a page, as transferred and as unpacked."""
MAX_INDEX = 64 * 2**20
"""Bytes of a feed or sitemap: a sitemap may have 50 MB by its standard."""

Headers = tuple[tuple[str, str], ...]


class FetchError(Exception):
    """Why an address gave nothing to read. ``skipped`` where it was decided so, false where it may yet work;
    ``retry_after`` in seconds where the server named a time."""

    def __init__(
        self,
        reason: str,
        *,
        skipped: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.skipped = skipped
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that can be read. ``raw`` is the body as it was transferred, kept only for an archive."""

    url: str
    status: int
    headers: Headers
    body: bytes
    raw: tuple[bytes, Headers] | None = None

    def header(self, name: str) -> str | None:
        """The first header of this name, whatever its case; None without one."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.headers if key.lower() == name.lower())


class Web:
    """What a run fetches with."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    async def get(
        self,
        url: str,
        *,
        own: str | None = None,
        headers: Mapping[str, str] | None = None,
        max_size: int = MAX_PAGE,
        render: bool = False,
        obey_robots: bool = True,
    ) -> Answer:
        """Fetches an address: a success, or *304 not modified* where ``headers`` asked for that.

        ``own`` is the address that a person wrote down: its host may be a private one, which is refused
        otherwise. Raises FetchError for everything else.
        """
        meta: dict[str, Any] = {"download_maxsize": max_size, "own_host": host_of(own) if own else None}
        if render:
            meta["playwright"] = True
        if not obey_robots:
            meta["dont_obey_robotstxt"] = True
        try:
            request = Request(url, headers=dict(headers or {}), meta=meta, dont_filter=True)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            raise failure(error) from error
        if response.status != 304 and not 200 <= response.status < 300:
            after = response.meta.get("retry_after")
            raise FetchError(f"status {response.status}", status=response.status, retry_after=after)
        return Answer(
            url=response.url,
            status=response.status,
            headers=wire_headers(response),
            body=response.body,
            raw=response.meta.get(RAW),
        )


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (scrapy_errors.DownloadTimeoutError, "timeout"),
    (scrapy_errors.DownloadCancelledError, "too large"),
    (scrapy_errors.CannotResolveHostError, "no such host"),
    (scrapy_errors.DownloadConnectionRefusedError, "connection refused"),
    (scrapy_errors.ResponseDataLossError, "cut short"),
    (scrapy_errors.DownloadFailedError, "connection failed"),
    (scrapy_errors.UnsupportedURLSchemeError, "bad address"),
    (ValueError, "bad address"),
)
_IGNORED = (("robots.txt", "robots"), ("redirections", "redirect loop"), ("DOWNLOAD_MAXSIZE", "too large"))
_SKIPPED = {"robots", "too large", "bad address", "refused"}


def failure(error: Exception) -> FetchError:
    """The reason, in a few words, for what Scrapy raised."""
    if isinstance(error, Refused):
        return FetchError(error.reason, skipped=error.skipped, retry_after=error.retry_after)
    if isinstance(error, scrapy_errors.IgnoreRequest):
        reason = next((reason for mark, reason in _IGNORED if mark in str(error)), "refused")
    else:
        named = (reason for kind, reason in _REASONS if isinstance(error, kind))
        reason = next(named, f"broken response: {type(error).__name__}")
        if reason == "connection failed" and "certificate" in str(error):
            reason = "bad certificate"
    return FetchError(reason, skipped=reason in _SKIPPED)
