"""Feeds and sitemaps of every kind, well made and broken."""

import gzip
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import feeds
from crawler.errors import FeedError
from crawler.feeds import Entry, entries, read_feed

URL = "https://news.example.com/feed"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Example</title><link>https://news.example.com</link>
<item><title>Prices &amp;amp; <![CDATA[<b>tokens</b>]]></title><link> /1 </link><media:title>No</media:title>
<pubDate>Sun, 29 Mar 2026 10:00:00 +0200</pubDate><description>&lt;p&gt;Short&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Long</p>]]></content:encoded></item>
<item><title>Two</title><guid>https://news.example.com/2</guid><dc:date>2026-03-28T08:00:00Z</dc:date></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item>
<item><title>Again</title><link>https://news.example.com/1</link></item></channel></rss>"""


def test_rss() -> None:
    feed = read_feed(RSS.encode(), URL)
    assert (feed.kind, feed.title) == ("rss", "Example")
    assert feed.entries == (
        Entry(
            "https://news.example.com/1",
            title="Prices & tokens",
            published="2026-03-29T10:00:00+02:00",
            summary="Short",
            content="<p>Long</p>",
        ),
        Entry("https://news.example.com/2", title="Two", published="2026-03-28T08:00:00+00:00"),
    )


def test_atom() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
    <entry><title type="html">One &amp;lt; two</title>
    <link rel="self" href="https://news.example.com/self"/><link href="https://news.example.com/1"/><id>tag:x</id>
    <published>2026-03-29T10:00:00Z</published><updated>2026-03-30T10:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Full</p></div></content></entry></feed>"""
    (entry,) = entries(body, URL)
    assert (entry.url, entry.title) == ("https://news.example.com/1", "One < two")
    assert (entry.published, entry.updated) == ("2026-03-29T10:00:00+00:00", "2026-03-30T10:00:00+00:00")
    assert entry.content is not None
    assert "<p>Full</p>" in entry.content


def test_news_sitemap_and_index_also_in_gzip() -> None:
    body = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><image:image><image:loc>https://news.example.com/p.jpg</image:loc></image:image>
    <loc>https://news.example.com/1</loc>
    <lastmod>2026-03-30</lastmod><news:news><news:publication_date>2026-03-29T10:00:00+02:00</news:publication_date>
    <news:title>Prices fall</news:title></news:news></url></urlset>"""
    expected = Entry(
        "https://news.example.com/1",
        title="Prices fall",
        published="2026-03-29T10:00:00+02:00",
        lastmod="2026-03-30",
    )
    assert entries(body, URL) == (expected,)
    assert entries(gzip.compress(gzip.compress(body)), URL) == (expected,)
    index = b"<sitemapindex><sitemap><loc>https://news.example.com/s.xml.gz</loc></sitemap></sitemapindex>"
    assert read_feed(index, URL).kind == "index"
    assert entries(index, URL) == (Entry("https://news.example.com/s.xml.gz"),)


def test_plain_list() -> None:
    feed = read_feed(b"https://news.example.com/1\nhttps://news.example.com/2\n", URL)
    assert feed.kind == "list"
    assert [entry.url[-1] for entry in feed.entries] == ["1", "2"]


@pytest.mark.parametrize(
    "slip", [RSS.replace("&amp;amp;", "&nbsp;&"), RSS.replace("</channel></rss>", ""), "\n" + RSS]
)
def test_malformed_feeds_are_read_all_the_same(slip: str) -> None:
    assert [entry.url for entry in entries(slip.encode(), URL)] == [
        f"https://news.example.com/{n}" for n in (1, 2)
    ]


def test_a_wrong_encoding_is_seen_through() -> None:
    body = (
        RSS.replace('version="1.0"?', 'version="1.0" encoding="us-ascii"?').replace("Two", "Zwölf").encode()
    )
    assert entries(body, URL)[1].title == "Zwölf"


def test_dates_of_the_future_and_of_1970_are_none() -> None:
    for said in ("Sun, 29 Mar 2026 10:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"):
        body = RSS.replace("Sun, 29 Mar 2026 10:00:00 +0200", said).encode()
        assert entries(body, URL, now=date(2026, 3, 28))[0].published is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><body>Not found</body></html>", "not a feed"),
        (b"Not found", "not a feed"),
        (b"\x1f\x8b\x08nonsense", "broken gzip"),
        (
            b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel/></rss>',
            "declares XML entities",
        ),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "declares XML entities"),
        (gzip.compress(b"<urlset>" + b" " * 70_000_000, mtime=0), "too large"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        read_feed(body, URL)


@pytest.mark.parametrize(
    "body",
    [
        "<urlset>" + "".join(f"<url><loc>https://e.example/{n}</loc></url>" for n in range(9)) + "</urlset>",
        "<rss>" + "".join(f"<item><link>https://e.example/{n}</link></item>" for n in range(9)) + "</rss>",
        "".join(f"https://e.example/{n}\n" for n in range(9)),
    ],
)
def test_entries_after_the_bound_are_left_out(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 5)
    assert [entry.url[-1] for entry in entries(body.encode(), URL)] == ["0", "1", "2", "3", "4"]


def test_a_feed_of_a_hundred_thousand_entries() -> None:
    items = "".join(
        f"<item><title>T{n}</title><link>https://e.example/{n}</link></item>" for n in range(100_000)
    )
    assert len(entries(f"<rss><channel>{items}</channel></rss>".encode(), URL)) == 100_000


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(RSS)), st.integers(0, len(RSS)), st.binary(max_size=20))
def test_nothing_but_a_feed_error_ever_leaves(start: int, stop: int, noise: bytes) -> None:
    try:
        found = entries(RSS[:start].encode() + noise + RSS[stop:].encode(), URL)
    except FeedError as error:
        assert error.subject == URL
    else:
        assert all(entry.url.startswith(("http://", "https://")) for entry in found)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (RSS, RSS.count("<item>") - 1),
        ("https://news.example.com/1\nhttps://news.example.com/2\n", 1),
        (
            "<urlset><url><loc>https://news.example.com/1</loc></url>"
            "<url><loc>https://news.example.com/2</loc></url></urlset>",
            1,
        ),
    ],
)
def test_entries_beyond_the_most_are_counted(body: str, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.feeds.MAX_ENTRIES", 1)
    feed = read_feed(body.encode(), URL)
    assert ([entry.url[-1] for entry in feed.entries], feed.left) == (["1"], left)
