"""Reading pages beside the fetching: what pages ask for, and readers that die."""

import asyncio
import os
import signal
from datetime import date

import pytest
from loopback import article_page

from crawler.reading import Readers, Reading, read

NOW = date(2026, 3, 10)
URL = "https://a.example/1"
PAGE = article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.")


def reading(page: str | bytes, *, respect: bool = True) -> Reading:
    body = page.encode() if isinstance(page, str) else page
    return read(body, URL, "text/html; charset=utf-8", {}, NOW, respect, "beatbook")


def with_head(head: str) -> str:
    return PAGE.replace("</head>", head + "</head>")


def paid(text: str) -> str:
    ld = '{"@type": "NewsArticle", "headline": "X", "isAccessibleForFree": "False"}'
    return (
        f'<html><head><title>X</title><script type="application/ld+json">{ld}</script></head>'
        f"<body><article><h1>X</h1><p>{text}</p></article></body></html>"
    )


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (with_head('<meta name="robots" content="noarchive">'), "noarchive"),
        (with_head('<META NAME="ROBOTS" CONTENT="NONE">'), "noindex"),
        (with_head('<meta name="beatbook" content="noindex">'), "noindex"),
        (with_head('<meta name="tdm-reservation" content="1">'), "tdm-reservation"),
        (paid("The first words of this article are free for all to read."), "paywall"),
        ("<html><body></body></html>", "no text"),
        ("", "no text"),
        (b"%PDF-1.7 \x00\x01\x02", "wrong type"),
    ],
)
def test_pages_that_are_skipped_have_a_reason(page: str | bytes, reason: str) -> None:
    assert reading(page) == Reading(reason=reason)


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        with_head('<meta name="googlebot" content="noindex">'),
        with_head('<meta name="tdm-reservation" content="0">'),
        with_head("<script>var robots = 'noindex'</script>"),
        paid("A paid article that the publisher shows in full. " * 40),
    ],
)
def test_pages_that_ask_nothing_of_us_are_read(page: str) -> None:
    assert reading(page).article is not None


def test_what_a_page_asks_can_be_overruled() -> None:
    assert reading(with_head('<meta name="robots" content="noindex">'), respect=False).article is not None


def test_a_reader_that_dies_is_replaced_and_no_page_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.reading.PAGES_IN_THREAD", 0)
    readers = Readers(1)

    async def work() -> list[Reading]:
        async def one() -> Reading:
            return await readers.read(PAGE.encode(), URL, "text/html", {}, NOW, True, "beatbook")

        first = await one()
        assert readers._pool is not None
        for pid in list(readers._pool._processes):
            os.kill(pid, signal.SIGKILL)
        return [first, await one(), await one()]

    try:
        found = asyncio.run(work())
    finally:
        readers.close()
    assert [one.article.title if one.article else one.reason for one in found] == ["Nimbus cuts prices"] * 3
