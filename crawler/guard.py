"""Which addresses of the network may be reached: the open internet, and what a person wrote down.

A public page may lead to a private host by a link, a redirect, or a name that resolves to it. So every
request is looked at on its way out, redirects and robots.txt included, and the connection is made to the
very addresses that were looked at: names are resolved once a run (a second answer cannot differ from the
first).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.urls import clean, host_of, is_public

DNS_TIMEOUT = 15.0
ALLOWED_HOSTS = "BEATBOOK_ALLOWED_HOSTS"
"""The setting: a frozenset of ``host:port`` that any request may reach though they be private."""
OWN_HOSTS = "BEATBOOK_OWN_HOSTS"
"""The setting: a frozenset of ``host:port`` that people wrote down. A request reaches the one that its own
source names (``own_host`` of its meta); Scrapy's requests for robots.txt have no source and may reach them
all."""


class Refused(IgnoreRequest):
    """A request that is not made: ``skipped`` where it was decided so, else it may work another time."""

    def __init__(self, reason: str, *, skipped: bool = True, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.skipped = skipped
        self.retry_after = retry_after


@implementer(IHostnameResolver)
class Resolver:
    """Host names to addresses by the system, each asked once and remembered as long as the resolver lives."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._answers: dict[str, asyncio.Task[tuple[str, ...]]] = {}
        self._replies: set[asyncio.Task[None]] = set()

    async def lookup(self, host: str) -> tuple[str, ...]:
        """The addresses of a host, none where it is unknown."""
        if host not in self._answers:
            self._answers[host] = self._loop.create_task(self._ask(host))
        return await asyncio.shield(self._answers[host])

    async def _ask(self, host: str) -> tuple[str, ...]:
        try:
            question = self._loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = await asyncio.wait_for(question, DNS_TIMEOUT)
        except (OSError, UnicodeError, TimeoutError):
            return ()
        return tuple(dict.fromkeys(str(address[0]) for *_, address in found))

    def resolveHostName(  # noqa: N802 (Twisted's interface)
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[Any]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> HostResolution:
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        async def reply() -> None:
            for address in await self.lookup(hostName):
                kind = IPv6Address if ":" in address else IPv4Address
                if addressTypes is None or kind in addressTypes:
                    resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
            resolutionReceiver.resolutionComplete()

        task = self._loop.create_task(reply())
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)
        return resolution


class AddressGuard:
    """Downloader middleware: refuses private, loopback, link-local and reserved addresses."""

    def __init__(self, resolver: Resolver, allowed: frozenset[str], own: frozenset[str]) -> None:
        self._resolver = resolver
        self._allowed = allowed
        self._own = own

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        from twisted.internet import reactor

        resolver = Resolver(asyncio.get_running_loop())
        reactor.installNameResolver(resolver)
        return cls(resolver, crawler.settings.get(ALLOWED_HOSTS), crawler.settings.get(OWN_HOSTS))

    async def process_request(self, request: Request) -> None:
        if clean(request.url) is None:
            raise Refused("bad address")
        place = host_of(request.url)
        own = {request.meta["own_host"]} if "own_host" in request.meta else self._own
        if place in own or place in self._allowed:
            return
        host = place.rpartition(":")[0]
        addresses = (host,) if _is_literal(host) else await self._resolver.lookup(host)
        if not all(is_public(address) for address in addresses):
            raise Refused("private address")


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
