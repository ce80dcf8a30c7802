"""A web site on loopback for tests, by a real HTTP server, page by page; and the memory of a crawl."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawler.article import Article, Fetch, Seen
from crawler.outcome import Outcome
from crawler.run import crawl
from crawler.sources import Source

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

Handler = Callable[[BaseHTTPRequestHandler], None]


def article_page(title: str, *paragraphs: str, head: str = "") -> str:
    """A page of the usual make, long enough to be an article."""
    filler = (
        "Analysts who follow the market said that the figures were in line with what buyers had told them.",
        "The company gave no outlook for the rest of the year, and its shares closed little changed.",
    )
    body = "".join(f"<p>{text}</p>" for text in (*paragraphs, *filler))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}">{head}</head>'
        f"<body><nav><a href='/about'>About</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


def dated(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}T08:00:00+00:00">'


@dataclass
class Site:
    """``pages`` maps a path to a body, or to a function that answers by itself; ``asked`` lists what was
    asked for, with the status of the answer. Bodies are served with an ETag."""

    pages: dict[str, str | bytes | Handler] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    etags: bool = True
    port: int = 0
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def paths(self, status: int | None = None) -> list[str]:
        """What was asked for besides robots.txt and the like, in order."""
        ours = {"/robots.txt", "/.well-known/tdmrep.json"}
        return [path for path, code in self.asked if path not in ours and status in (None, code)]

    def feed(self, *paths: str, dates: Mapping[str, str] | None = None) -> str:
        """An RSS feed of these paths; ``dates`` in the form of the standard."""
        items = "".join(
            f"<item><title>{path}</title><link>{path if '://' in path else self.url + path}</link>"
            + (f"<pubDate>{dates[path]}</pubDate>" if dates and path in dates else "")
            + "</item>"
            for path in paths
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'

    def source(self, kind: str = "feed", path: str = "/feed", **options: Any) -> Source:
        return Source(id=options.pop("id", "site"), kind=kind, url=self.url + path, **options)


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    site = Site(host=host)

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet an answer, or Nagle and delayed acknowledgement cost 40 ms each

        def log_message(self, *args: object) -> None:
            pass

        def send_response(self, code: int, message: str | None = None) -> None:
            site.asked.append((self.path, int(code)))
            super().send_response(code, message)

        def do_GET(self) -> None:
            site.requests.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
            page = site.pages.get(self.path)
            if page is None:
                reply(self, b"gone", status=404)
            elif callable(page):
                page(self)
            else:
                body = page.encode() if isinstance(page, str) else page
                reply(self, body, headers=site.headers.get(self.path, {}), etag=site.etags)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A client that hangs up on a hostile page is what the tests want."""

    server = Server((host, 0), Answers)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def reply(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    etag: bool = False,
) -> None:
    """Answers a request; *304 not modified* where the client has the page already and ``etag`` is on."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
    if etag and handler.headers.get("If-None-Match") == tag:
        handler.send_response(304)
        handler.send_header("ETag", tag)
        handler.end_headers()
        return
    headers = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if etag:
        handler.send_header("ETag", tag)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def redirect(target: str, status: int = 302) -> Handler:
    return lambda handler: reply(handler, b"", status=status, headers={"Location": target})


@dataclass
class Memory:
    """What a store would remember: articles by address, the last fetch of each page, every fetch in order."""

    articles: dict[str, Article] = field(default_factory=dict)
    pages: dict[str, Seen] = field(default_factory=dict)
    fetches: list[Fetch] = field(default_factory=list)

    def on_article(self, article: Article) -> str:
        before = self.articles.get(article.url)
        self.articles[article.url] = article
        if before is None:
            return "new"
        return "unchanged" if before.text == article.text and before.title == article.title else "changed"

    def on_fetch(self, fetch: Fetch) -> None:
        self.fetches.append(fetch)
        before = self.pages.get(fetch.url)
        failed = fetch.outcome == "failed"
        article = self.articles.get(fetch.final_url or fetch.url)
        self.pages[fetch.url] = Seen(
            url=fetch.url,
            at=fetch.at,
            outcome=fetch.outcome,
            etag=fetch.etag,
            last_modified=fetch.last_modified,
            digest=fetch.digest or (before.digest if before else None),
            failures=(before.failures if before else 0) + 1 if failed else 0,
            next_try=fetch.next_try,
            published=article.published if article else None,
        )

    def known(self, source: str) -> list[Seen]:
        mine = {fetch.url for fetch in self.fetches if fetch.source == source and fetch.reason != "index"}
        return [self.pages[url] for url in sorted(mine)]

    def crawl(self, *sources: Source, now: datetime = NOW, **options: Any) -> list[Outcome]:
        """One crawl with this memory, without retries and with a short timeout unless told otherwise."""
        settings = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 5, **options.pop("settings", {})}
        return crawl(
            sources,
            on_article=options.pop("on_article", self.on_article),
            on_fetch=self.on_fetch,
            seen=self.pages.get,
            known=options.pop("known", self.known),
            now=now,
            settings=settings,
            **options,
        )

    def ends(self) -> dict[str, str]:
        """The path of each page that was come to, and how it ended."""
        return {
            fetch.url.split("/", 3)[3]: fetch.reason if fetch.reason else fetch.outcome
            for fetch in self.fetches
            if fetch.reason != "index"
        }
