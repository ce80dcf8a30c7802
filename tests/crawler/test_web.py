"""What Scrapy raises, as a reason in a few words; the connection to this machine's own names."""

import pytest
from loopback import Memory, article_page, serving
from scrapy import exceptions as scrapy_errors

from crawler.guard import Refused
from crawler.sources import Source
from crawler.web import Answer, failure


@pytest.mark.parametrize(
    ("error", "reason", "skipped"),
    [
        (Refused("private address"), "private address", True),
        (Refused("retry-after", skipped=False, retry_after=9.0), "retry-after", False),
        (scrapy_errors.IgnoreRequest("Forbidden by robots.txt"), "robots", True),
        (scrapy_errors.IgnoreRequest("max redirections reached"), "redirect loop", False),
        (scrapy_errors.IgnoreRequest("exceeded DOWNLOAD_MAXSIZE (9 B)"), "too large", True),
        (scrapy_errors.IgnoreRequest("something else"), "refused", True),
        (scrapy_errors.DownloadTimeoutError("took long"), "timeout", False),
        (scrapy_errors.DownloadCancelledError("size"), "too large", True),
        (scrapy_errors.CannotResolveHostError("x"), "no such host", False),
        (scrapy_errors.DownloadConnectionRefusedError("x"), "connection refused", False),
        (scrapy_errors.ResponseDataLossError("x"), "cut short", False),
        (scrapy_errors.DownloadFailedError("x"), "connection failed", False),
        (scrapy_errors.DownloadFailedError("certificate verify failed"), "bad certificate", False),
        (ValueError("Missing scheme"), "bad address", True),
        (KeyError("x"), "broken response: KeyError", False),
    ],
)
def test_every_failure_has_a_reason(error: Exception, reason: str, skipped: bool) -> None:
    found = failure(error)
    assert (found.reason, found.skipped) == (reason, skipped)


def test_headers_are_found_whatever_their_case() -> None:
    answer = Answer("https://a.example/", 200, (("X-Robots-Tag", "a"), ("x-robots-tag", "b")), b"")
    assert answer.header("x-ROBOTS-tag") == "a"
    assert answer.all_headers("X-Robots-Tag") == ("a", "b")
    assert answer.header("etag") is None


def test_a_source_may_be_written_by_a_name_of_this_machine() -> None:
    with serving() as site:
        site.pages = {"/a": article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.")}
        source = Source("site", "page", f"http://localhost:{site.port}/a")
        memory = Memory()
        assert memory.crawl(source)[0].new == 1, memory.fetches
