"""Measures the crawl on a loopback site, beside a bare Scrapy spider that fetches the same pages and keeps
nothing.

    python tests/benchmarks/bench_crawl.py [--pages 2000]
    python tests/benchmarks/bench_crawl.py --dense      # a figure in every sentence, not in one of four
    python tests/benchmarks/bench_crawl.py --memory     # peak memory at 2,000 and at 20,000 pages

Reported are pages per second by the wall clock and by the processor time of all processes (which a busy
machine disturbs less), for: the bare spider; fetching and reading; the whole way into a database; and a
second crawl of the unchanged site, which must read nothing. Every measurement runs in a process of its own.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

VENDORS = ("Nimbus", "Vega AI", "Alibaba Cloud", "OpenAI", "Mistral", "DeepSeek", "Tencent Cloud", "Micron")
SENTENCES = (
    "{} said that usage of its models reached {} trillion tokens in February, up {}% from a month earlier.",
    "{} cut the price of input tokens to ${} per million, {}% less than what it charged in the autumn.",
    "Shares of {} rose {}% to ${} after the announcement, and traded little changed later in the day.",
    "Analysts who follow {} expect its revenue to grow {}% this year, after {}% in the year before.",
    "People who deal with {} say that waiting lists are {} weeks long, against {} weeks in the summer.",
)


PLAIN = (
    "{} declined to comment on its plans for the rest of the year, as it usually does at this time.",
    "Buyers who spoke to this newspaper said that {} had been slower to answer than its rivals.",
    "The move surprised few in the industry, where {} has long been expected to follow the market.",
    "Engineers at {} have worked on the system since the spring, according to people close to them.",
    "What {} will do with the machines that it no longer needs has not been decided, they said.",
    "Regulators have so far shown little interest in how {} sets its terms for smaller customers.",
    "A spokesman for {} said that customers would be told before anything changed for them.",
)


def page(number: int, figures: float = 0.25) -> str:
    """A news page of some 25 kB, a fifth of it text, as publishers make them; ``figures`` is the share of
    its sentences that have any."""
    dice = random.Random(number)
    paragraphs = "".join(
        f"<p>{' '.join(_sentence(dice, figures) for _ in range(dice.randint(2, 4)))}</p>" for _ in range(12)
    )
    title = f"{dice.choice(VENDORS)} report {number}: prices move {dice.randint(2, 40)}%"
    menu = "".join(
        f'<li class="menu-item"><a href="/section/{n}">Section {n} of the site</a></li>' for n in range(60)
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/story/{n}"><img src="/i/{n}.jpg">Another story, number {n}</a></div>'
        for n in range(40)
    )
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"2026-03-{dice.randint(1, 9):02d}T08:00:00+00:00",
        "author": {"@type": "Person", "name": "Ann Lee"},
    }
    script = f"<script>var config = {json.dumps({f'key{n}': n for n in range(250)})};</script>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Wire</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Wire">'
        f'<script type="application/ld+json">{json.dumps(ld)}</script>{script}</head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>"
        f'<div class="byline">By Ann Lee</div>{paragraphs}</article>'
        f"<aside>{teasers}</aside></main><footer>About us.</footer>{script}</body></html>"
    )


def _sentence(dice: random.Random, figures: float) -> str:
    kind = SENTENCES if dice.random() < figures else PLAIN
    return dice.choice(kind).format(dice.choice(VENDORS), dice.randint(1, 90), dice.randint(1, 90))


def serve(pages: int, figures: float, channel: "multiprocessing.connection.Connection") -> None:
    """A server that costs little: bodies made beforehand, answers in one write, connections kept."""
    bodies = [page(number, figures).encode() for number in range(min(pages, 2000))]

    def body_of(path: str, host: str) -> tuple[bytes, str]:
        if path == "/feed":
            items = "".join(f"<item><link>http://{host}/story/{n}</link></item>" for n in range(pages))
            return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml"
        if path.startswith("/story/"):
            return bodies[int(path[7:]) % len(bodies)], "text/html; charset=utf-8"
        return b"", ""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
                path = lines[0].split()[1]
                body, kind = body_of(path, headers["host"])
                tag = f'"{path}"'
                if not kind:
                    start = "HTTP/1.1 404 Not Found"
                elif headers.get("if-none-match") == tag:
                    start, body = "HTTP/1.1 304 Not Modified", b""
                else:
                    start = "HTTP/1.1 200 OK"
                rest = f"Content-Type: {kind}\r\nETag: {tag}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(f"{start}\r\n{rest}".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        channel.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def bare(port: int, pages: int) -> None:
    import scrapy
    from scrapy.crawler import CrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self):  # type: ignore[no-untyped-def]
            for number in range(pages):
                yield scrapy.Request(f"http://127.0.0.1:{port}/story/{number}")

        def parse(self, response):  # type: ignore[no-untyped-def]
            assert response.status == 200

    process = CrawlerProcess(
        {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    )
    process.crawl(Bare)
    process.start()


def read(port: int, pages: int) -> None:
    from crawler.run import crawl
    from crawler.sources import Source

    source = Source("site", "feed", f"http://127.0.0.1:{port}/feed")
    (outcome,) = crawl(
        [source],
        on_article=lambda article: "new",
        on_fetch=lambda fetch: None,
        seen=lambda url: None,
        now=NOW,
    )
    assert outcome.new == pages, outcome


def whole(port: int, pages: int, db: str, later: float = 0.0) -> None:
    from beatbook.collect import collect
    from beatbook.reader import Reader
    from crawler.sources import Source
    from store.schema import open_db

    source = Source("site", "feed", f"http://127.0.0.1:{port}/feed")
    now = NOW + timedelta(days=later)
    with open_db(Path(db), create=True) as store:
        crawled = collect(store, [source], Reader(()), now=now)
    (outcome,) = crawled.outcomes
    if later:
        assert (outcome.new, outcome.changed, crawled.extracted) == (0, 0, 0), outcome
    else:
        assert outcome.new == pages, outcome


def measure(mode: str, port: int, pages: int, db: str) -> dict[str, float]:
    """Runs one mode in a process of its own; what it took, once its imports are paid for as well."""
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    script = Path(db).with_name("mode.py")
    script.write_text(
        f"import json, resource, sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"import bench_crawl as c\nif __name__ == '__main__':\n    c.{mode}\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, str(script)], check=True, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.monotonic() - began, "cpu": cpu, "peak": int(done.stdout.split()[-1]) / 1024}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument(
        "--memory", action="store_true", help="peak memory, at these pages and at ten times as many"
    )
    parser.add_argument("--dense", action="store_true", help="a figure in every sentence")
    parser.add_argument("--only", help="one mode: bare, read, whole")
    options = parser.parse_args()
    sizes = (options.pages, options.pages * 10) if options.memory else (options.pages,)
    for pages in sizes:
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.Process(
            target=serve, args=(pages, 1.0 if options.dense else 0.25, theirs), daemon=True
        )
        server.start()
        port = ours.recv()
        with tempfile.TemporaryDirectory() as folder:
            db = str(Path(folder) / "bench.db")
            modes = {
                "bare": f"bare({port}, {pages})",
                "read": f"read({port}, {pages})",
                "whole": f"whole({port}, {pages}, {db!r})",
                "again": f"whole({port}, {pages}, {db!r}, 30)",
            }
            if options.memory:
                modes.pop("bare")
            if options.only:
                modes = {options.only: modes[options.only]}
            print(f"{pages} pages".ljust(16), "pages/s   cpu ms/page   of bare   peak MB")
            reference = None
            for name, mode in modes.items():
                took = measure(mode, port, pages, db)
                reference = reference or took["wall"]
                print(
                    f"{name:14} {pages / took['wall']:9.1f} {took['cpu'] * 1000 / pages:13.2f}"
                    f" {reference / took['wall']:9.2f} {took['peak']:9.0f}",
                    flush=True,
                )
        server.terminate()


if __name__ == "__main__":
    main()
