"""Hostile and broken sites: refused or survived, with a reason on record, in bounded time and memory."""

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import brotli
import pytest
from loopback import NOW, Handler, Memory, Site, article_page, redirect, reply, serving

from crawler.middlewares import retry_after
from crawler.policy import instant

GOOD = article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.")
FAST = {"DOWNLOAD_TIMEOUT": 1}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def other() -> Iterator[Site]:
    with serving() as site:
        site.pages = {"/secret": GOOD}
        yield site


def encoded(body: bytes, encoding: str) -> Handler:
    return lambda handler: reply(handler, body, headers={"Content-Encoding": encoding})


def test_private_addresses_are_refused_whatever_leads_to_them(site: Site, other: Site) -> None:
    on_this_machine = [
        f"http://127.0.0.1:{other.port}/secret",  # the right host, but not the port that was written down
        f"http://127.0.0.2:{site.port}/secret",
        f"http://localhost:{site.port}/by-name",  # by the answer of the resolver
        f"http://2130706433:{other.port}/secret",
        f"http://[::ffff:127.0.0.1]:{other.port}/secret",
        f"http://0.0.0.0:{other.port}/secret",
    ]
    elsewhere = ["http://169.254.169.254/latest/meta-data/", "http://10.1.2.3/", "http://192.168.0.1/router"]
    site.pages = {
        "/feed": site.feed(*on_this_machine, *elsewhere, "/redirected", "/relative"),
        "/redirected": redirect(f"http://127.0.0.1:{other.port}/secret"),
        "/relative": redirect(f"//127.0.0.1:{other.port}/secret"),
    }
    memory = Memory()
    (outcome,) = memory.crawl(site.source(domain="*"))
    assert outcome.skipped == {"private address": 11}
    assert other.asked == []
    assert sorted(site.paths()) == ["/feed", "/redirected", "/relative"]


def test_hosts_may_be_allowed_besides_the_sources_own(site: Site, other: Site) -> None:
    site.pages = {"/feed": site.feed(other.url + "/secret")}
    (outcome,) = Memory().crawl(site.source(domain="*"), allow_hosts=[f"127.0.0.1:{other.port}"])
    assert outcome.new == 1


def test_one_source_does_not_reach_the_private_host_of_another(site: Site, other: Site) -> None:
    other.pages["/feed"] = other.feed("/secret")
    site.pages = {"/feed": site.feed(other.url + "/else")}
    one, two = Memory().crawl(site.source(domain="*"), other.source(id="other"))
    assert one.skipped == {"private address": 1}
    assert two.new == 1


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: encoded(gzip.compress(b"\0" * 60_000_000), "gzip"), "too large"),
        (lambda: encoded(brotli.compress(b"\0" * 60_000_000, quality=1), "br"), "too large"),
        (lambda: encoded(zlib.compress(b"\0" * 60_000_000), "deflate"), "too large"),
        (lambda: b"<html>" + b"x" * 50_000_000, "too large"),
        (lambda: endless, "too large"),
        (lambda: drip, "timeout"),
        (lambda: silent, "timeout"),
        (lambda: cut_short, ("cut short", "connection failed")),
        (lambda: not_http, ("connection failed", "broken response: ParseError")),
        (lambda: many_headers, ("no text", "connection failed")),
        (lambda: redirect("javascript:alert(1)"), ("bad address", "status 302")),
        (lambda: redirect("file:///etc/passwd"), ("bad address", "status 302")),
        (lambda: redirect("http://[bad/"), ("bad address", "status 302", "broken response: ValueError")),
        (lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, "wrong type"),
        (lambda: b"\0" * 5000, ("wrong type", "no text")),
        (lambda: "<div>" * 100_000 + "hello", ("no text", "nested too deeply")),
    ],
)
def test_a_page_of_a_hostile_site_ends_with_a_reason(
    site: Site, make: Callable[[], Handler | bytes | str], reason: str | tuple[str, ...]
) -> None:
    site.etags = False
    site.pages = {"/feed": site.feed("/bad", "/good"), "/bad": make(), "/good": GOOD}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(), settings=FAST)
    ends = memory.ends()
    assert ends["bad"] in ((reason,) if isinstance(reason, str) else reason)
    assert ends["good"] == "new"
    assert outcome.found == 2


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body without end, as fast as it goes."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>more</p>" * 10_000)
            handler.wfile.flush()
    except OSError:
        pass


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, so that no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.wfile.flush()
    time.sleep(3)


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(GOOD.encode())
    handler.close_connection = True


def not_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01\x02 hello\r\n\r\n")
    handler.close_connection = True


def many_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    for number in range(20_000):
        handler.send_header(f"X-{number}", "y" * 50)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def test_cookies_are_not_carried_along(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": GOOD}
    site.headers["/feed"] = {"Set-Cookie": "track=1; Path=/"}
    Memory().crawl(site.source())
    assert all("cookie" not in request for request in site.requests)


def test_the_agent_says_who_it_is_and_where_to_complain(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": GOOD}
    Memory().crawl(site.source())
    assert {request["user-agent"] for request in site.requests} == {site.requests[0]["user-agent"]}
    assert site.requests[0]["user-agent"].startswith("Beatbook/")
    assert "+https://" in site.requests[0]["user-agent"]
    site.requests.clear()
    Memory().crawl(site.source(), user_agent="Mine/1 (+https://me.example)")
    assert {request["user-agent"] for request in site.requests} == {"Mine/1 (+https://me.example)"}


def test_a_robots_file_for_another_agent_does_not_count_and_one_for_this_agent_does(site: Site) -> None:
    site.pages = {
        "/robots.txt": "User-agent: otherbot\nDisallow: /\n\nUser-agent: beatbook\nDisallow: /a\n",
        "/feed": site.feed("/a", "/b"),
        "/a": GOOD,
        "/b": GOOD,
    }
    memory = Memory()
    memory.crawl(site.source())
    assert memory.ends() == {"a": "robots", "b": "new"}


def test_a_robots_file_that_fails_forbids_everything(site: Site) -> None:
    site.pages = {"/robots.txt": lambda handler: reply(handler, b"", status=503), "/feed": site.feed("/a")}
    (outcome,) = Memory().crawl(site.source())
    assert outcome.error == "robots"
    assert site.paths() == []


def test_crawl_delay_keeps_requests_apart(site: Site) -> None:
    times: list[float] = []

    def timed(handler: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        reply(handler, GOOD.encode())

    site.pages = {
        "/robots.txt": "User-agent: *\nCrawl-delay: 0.2\n",
        "/feed": site.feed("/a", "/b", "/c"),
        **dict.fromkeys(("/a", "/b", "/c"), timed),
    }
    (outcome,) = Memory().crawl(site.source())
    assert outcome.found == 3
    assert times[-1] - times[0] >= 0.3


def test_a_pause_that_the_server_asks_for_is_kept_and_the_page_tried_again(site: Site) -> None:
    answers = iter([429, 503])

    def busy(handler: BaseHTTPRequestHandler) -> None:
        status = next(answers, 200)
        times.append(time.monotonic())
        reply(handler, GOOD.encode(), status=status, headers={"Retry-After": "1"})

    times: list[float] = []
    site.pages = {"/feed": site.feed("/a"), "/a": busy}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(), settings={"RETRY_TIMES": 2})
    assert outcome.new == 1
    assert [status for path, status in site.asked if path == "/a"] == [429, 503, 200]
    assert times[2] - times[0] >= 1.9


def test_a_long_pause_ends_the_visit_and_is_kept_by_later_runs(site: Site) -> None:
    def closed(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, b"", status=429, headers={"Retry-After": "86400"})

    paths = [f"/{number}" for number in range(30)]
    site.pages = {"/feed": site.feed(*paths), **dict.fromkeys(paths, closed)}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(), settings={"RETRY_TIMES": 2})
    assert set(outcome.failures) == {"status 429", "retry-after"}
    assert len(site.paths(429)) <= 16  # those that were under way at once
    tries = [instant(fetch.next_try) for fetch in memory.fetches if fetch.outcome == "failed"]
    assert all(moment is not None and moment >= NOW + timedelta(hours=23) for moment in tries)


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        (b"120", None, 120.0),
        (b"Tue, 10 Mar 2026 09:02:00 GMT", b"Tue, 10 Mar 2026 09:00:00 GMT", 120.0),
        (b"Tue, 10 Mar 2026 08:00:00 GMT", b"Tue, 10 Mar 2026 09:00:00 GMT", 0.0),
        (b"soon", None, None),
        (b"-5", None, None),
        (b"9" * 400, None, 10.0**9),
        (b"\xff\xfe", None, None),
        (b"", None, None),
        (None, None, None),
    ],
)
def test_retry_after_is_read(value: bytes | None, date: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, date) == seconds


def test_entities_of_a_feed_are_not_expanded(site: Site) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol">{lol}]><rss><channel><title>&l9;</title></channel></rss>'
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>'
    site.pages = {"/feed": bomb, "/other": outside}
    one, two = Memory().crawl(site.source(), site.source("sitemap", id="other", path="/other"))
    assert one.error and two.error
    assert one.found == two.found == 0


def test_a_feed_of_very_many_entries_is_taken_in_portions(site: Site) -> None:
    links = [f"/p{number}" for number in range(20_000)]
    site.pages = {"/feed": site.feed(*links)}
    (outcome,) = Memory().crawl(site.source(), limit=5)
    assert (outcome.found, outcome.failures) == (20_000, {"status 404": 5})


def test_a_site_that_answers_200_to_everything_is_crawled_like_any_other(site: Site) -> None:
    class Everything(dict):  # type: ignore[type-arg]
        def get(self, path: str, default: object = None) -> object:
            return feed if path == "/feed" else GOOD

    feed = site.feed("/a", "/b")
    site.pages = Everything()
    (outcome,) = Memory().crawl(site.source())
    assert outcome.new == 2


def test_a_visit_that_takes_too_long_is_cut_and_accounted_for(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a", "/b"), "/a": silent, "/b": silent}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(), longest_visit=0.5)
    assert outcome.interrupted
    assert outcome.skipped == {"out of time": 2}
    assert memory.pages[site.url + "/feed"].etag is None
