"""Throw mutated and invented pages and feeds at the readers: only their own errors may leave, all in
five seconds.

    python tests/benchmarks/fuzz_pages.py [INPUTS] [SEED]

Twenty thousand inputs by default. Prints the count of each outcome and the slowest input, and exits
with 1 where a foreign exception left or an input took too long.
"""

import contextlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from crawler.errors import FeedError, PageError
from crawler.feeds import read_feed
from crawler.links import feeds_in, links_of, next_of
from crawler.page import page_signals, read_page

LIMIT = 5.0
URL = "https://news.example.com/2026/03/story"
NOW = date(2026, 4, 1)

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Prices fall again |
Example</title>
<meta property="og:title" content="Prices fall again"><meta name="author" content="Jane Doe, John Roe">
<meta property="article:published_time" content="2026-03-29T10:00:00+02:00">
<link rel="canonical" href="https://news.example.com/2026/03/story">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",
"headline":"Prices fall again","author":[{"@type":"Person","name":"Jane Doe"},{"@id":"#john"}],
"datePublished":"2026-03-29T10:00:00+02:00","isAccessibleForFree":"False"},
{"@id":"#john","@type":"Person","name":"John Roe"}]}</script></head><body><nav><a href="/">Home</a></nav>
<article><h1>Prices fall again</h1><p class="byline">By <a rel="author" href="/jane">Jane Doe</a></p>
<time datetime="2026-03-29">29 March 2026</time><p>The price of a million tokens fell to 0.40 dollars
last week, the
lowest since the index began, according to the exchange that compiles it from a dozen vendors.</p>
<h2>Where it leads</h2><p>Analysts expect a further fall of a tenth by the summer, they said on Sunday.</p>
<table><tr><th>Model</th><th colspan="2">Price</th></tr><tr><td
rowspan="2">Small</td><td>0.10</td><td>USD</td></tr>
<tr><td>0.12</td><td>EUR</td></tr></table><ul><li>One</li><li>Two</li></ul></article><footer>© 2026</footer>
</body></html>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Example</title><item><title>Prices &amp; tokens</title><link>https://news.example.com/1</link>
<pubDate>Sun, 29 Mar 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;Short&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Long</p>]]></content:encoded></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://news.example.com/1</loc><lastmod>2026-03-29</lastmod></url></urlset>"""
PIECES = (
    "<div>", "</div>", "<table>", "<tr><td>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>",
    "&#0;",
    "&amp;amp;lt;", "\x00", "\ufeff", "\ud800", "<h1>", "<p>", '"', "{", "[", "}", "\\u0000",
    "<a href=javascript:1>",
    'colspan="99999999"', "<time datetime='9999-99-99'>", "<html/>", "<base href='http://['>",
    "<meta charset=utf-7>",
    "<title>", "<ul><li>", "2026-03-29T25:61:00", "<form>", "\u202e", "é", "的", "<!ENTITY a 'b'>", "&a;",
    "<loc>", "<br>",
)  # fmt: skip


def mutated(rng: random.Random, text: str) -> bytes:
    """A few cuts, copies, swaps and insertions, then an encoding that need not fit."""
    for _ in range(rng.randint(1, 12)):
        at, upto = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        part = text[at:upto][: rng.choice((3, 30, 300))]
        what = rng.randint(0, 4)
        if what == 0:
            text = text[:at] + text[at + len(part) :]
        elif what == 1:
            text = text[:at] + part * rng.choice((2, 3, 50)) + text[at:]
        elif what == 2:
            text = text[:at] + rng.choice(PIECES) * rng.choice((1, 2, 500)) + text[at:]
        elif what == 3:
            text = text[:at] + part[::-1] + text[at + len(part) :]
        else:
            text = text[:at] + chr(rng.choice((rng.randint(0, 255), rng.randint(0, 0xD7FF)))) + text[at:]
        text = text[:200_000]
    body = text.encode(rng.choice(("utf-8", "utf-8", "cp1252", "gb18030", "utf-16", "shift_jis")), "replace")
    if rng.random() < 0.2:
        flipped = bytearray(body)
        for _ in range(rng.randint(1, 40)):
            flipped[rng.randrange(len(flipped))] = rng.randint(0, 255)
        body = bytes(flipped)
    return body


def large() -> Iterator[tuple[str, bytes]]:
    """Inputs whose cost is their size, each as large as a reader takes."""
    head, tail = PAGE.split("</head>")
    text = "<p>Vendors have cut their prices five times since the autumn, and demand has doubled.</p>" * 9
    locs = "".join(f"<url><loc>https://news.example.com/{n}</loc></url>" for n in range(200_000))
    items = "".join(f"<item><link>https://news.example.com/{n}</link></item>" for n in range(200_000))
    yield "sitemap of 200,000", f"<urlset>{locs}</urlset>".encode()
    yield "feed of 200,000", f"<rss><channel>{items}</channel></rss>".encode()
    yield "entities in the text", f"{PAGE}<p>{'&amp;' * 1_900_000}</p>".encode()
    yield "entities in the title", f"<title>{'&amp;amp;' * 1_000_000}</title>{text}".encode()
    yield (
        "entities in JSON-LD",
        f"{head.replace('Prices fall again', '&amp;' * 600_000)}</head>{tail}".encode(),
    )
    yield (
        "broken JSON-LD",
        f"""{text}<script type="application/ld+json">{'{"author":[' * 800_000}</script>""".encode(),
    )
    yield (
        "spaces in JSON-LD",
        f"""{text}<script type="application/ld+json">-->{" " * 9_000_000}x</script>""".encode(),
    )
    yield "elements", (PAGE + '<p class="author">By Jane Doe</p>' * 280_000).encode()
    yield "times", (text + "<h1>x</h1><time datetime=x>5 mars 2026</time>" * 200_000).encode()
    yield "meta elements", ('<meta name="author" content="Jane Doe, John Roe">' * 190_000 + text).encode()
    yield "nesting", (PAGE + "<div>" * 1_900_000).encode()
    yield "cells", f"{text}<table>{'<tr><td>1<td>2' * 600_000}</table>".encode()
    yield "no charset", PAGE.encode() + b"\xe9\xe8 <script " * 800_000


def everything(body: bytes) -> str:
    """Read an input as everything that it might be; the kind of the outcome."""
    outcome = "article"
    try:
        read_page(body, URL, now=NOW)
    except PageError as error:
        outcome = "page: " + error.message.split("(")[0].strip()
    page_signals(body)
    for reader in (links_of, next_of, feeds_in):
        with contextlib.suppress(PageError):
            reader(body, URL)
    try:
        read_feed(body, URL, now=NOW)
        return "feed"
    except FeedError:
        return outcome


def inputs(rng: random.Random) -> Iterator[bytes]:
    """Endless mutations of the seeds, and now and then something invented from nothing."""
    while True:
        yield mutated(rng, rng.choice((PAGE, PAGE, PAGE, FEED, SITEMAP)))
        if rng.random() < 0.05:
            yield rng.randbytes(rng.choice((0, 1, 100, 10_000)))
        if rng.random() < 0.05:
            yield "".join(rng.choices(PIECES, k=rng.choice((1, 50, 2_000)))).encode("utf-8", "replace")


class Watch:
    """Runs inputs, counts outcomes, remembers what went wrong and the slowest."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest = (0.0, b"")
        self.last = 0.0
        self.wrong: list[tuple[str, bytes]] = []

    def run(self, body: bytes, read: Callable[[bytes], str] = everything) -> None:
        started = time.perf_counter()
        try:
            self.outcomes[read(body)] += 1
        except Exception as error:
            self.wrong.append((repr(error), body))
        seconds = time.perf_counter() - started
        if seconds > LIMIT:
            self.wrong.append((f"{seconds:.1f} s", body))
        self.last = seconds
        self.slowest = max(self.slowest, (seconds, body[:200]), key=lambda one: one[0])


def main(count: int, start: int) -> int:
    watch = Watch()
    rng = random.Random(start)
    source = inputs(rng)
    for name, body in large():
        watch.run(body)
        print(f"{watch.last:7.2f} s {name}")
    for _ in range(count * 3 // 4):
        watch.run(next(source))

    @seed(start)
    @settings(
        max_examples=count - count * 3 // 4, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.one_of(st.binary(max_size=2_000), st.text(max_size=500).map(lambda text: wrapped(text))))
    def invented(body: bytes) -> None:
        watch.run(body)

    invented()
    for outcome, times in watch.outcomes.most_common():
        print(f"{times:7} {outcome}")
    print(f"slowest {watch.slowest[0]:.2f} s: {watch.slowest[1][:80]!r}")
    for what, body in watch.wrong[:20]:
        print(f"WRONG {what}: {body[:300]!r}")
    return 1 if watch.wrong else 0


def wrapped(text: str) -> bytes:
    """A page whose every field is the text."""
    body = text.encode("utf-8", "replace").decode()
    return (
        PAGE.replace("Prices fall again", body).replace("Jane Doe", body).replace("2026-03-29", body).encode()
    )


if __name__ == "__main__":
    count, start = [*map(int, sys.argv[1:3]), 20_000, 1][:2] if len(sys.argv) != 2 else (int(sys.argv[1]), 1)
    sys.exit(main(count, start))
