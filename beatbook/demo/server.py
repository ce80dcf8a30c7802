"""Serves the sample site on loopback, one edition at a time, with validators as a real publisher's server has
them."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from beatbook.demo.site import Page, pages

MISSING = Page("<h1>404: not found</h1>", status=404)


class SampleSite(ThreadingHTTPServer):
    """The server; ``turn_to`` puts another edition on it. ``root`` is its address without a slash at the
    end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = f"http://127.0.0.1:{self.server_address[1]}"
        self.pages: dict[str, Page] = {}

    def turn_to(self, edition: date) -> None:
        self.pages = pages(edition, self.root)


class _Handler(BaseHTTPRequestHandler):
    server: SampleSite
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in one piece: Nagle and delayed acknowledgement make many wait 40 ms each

    def do_GET(self) -> None:
        page = self.server.pages.get(urlsplit(self.path).path, MISSING)
        body = page.body.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        unchanged = self.headers.get("If-None-Match") == etag
        self.send_response(304 if unchanged else page.status)
        self.send_header("ETag", etag)
        if not unchanged:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the crawl reports what it fetched."""


@contextmanager
def serving() -> Iterator[SampleSite]:
    """The sample site on a free port of 127.0.0.1, until the context ends."""
    with SampleSite() as server:
        thread = Thread(target=server.serve_forever, name="sample-site", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
