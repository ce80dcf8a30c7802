"""A crawl that is told to end: in order, with what was done so far, and nothing left running."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import Site, article_page, reply, serving

SCRIPT = """
import json, signal, sys
sys.path.insert(0, sys.argv[1])
from loopback import Memory
from crawler.sources import Source

if __name__ == "__main__":
    called = []
    if sys.argv[3] == "handler":
        signal.signal(signal.SIGTERM, lambda number, frame: called.append(number))
    memory = Memory()

    def on_article(article):
        print("article", flush=True)
        return memory.on_article(article)

    (outcome,) = memory.crawl(
        Source("site", "feed", sys.argv[2]), settings={"DOWNLOAD_TIMEOUT": 60}, on_article=on_article
    )
    ends = sorted(memory.ends())
    (again,) = memory.crawl(Source("none", "feed", "http://127.0.0.1:9/feed"))
    print(json.dumps([outcome.interrupted, outcome.new, outcome.skipped, ends, called, again.error]))
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.mark.parametrize(("number", "own"), [(signal.SIGINT, "none"), (signal.SIGTERM, "handler")])
def test_a_signal_ends_a_crawl_in_order(site: Site, number: signal.Signals, own: str) -> None:
    stuck, release = threading.Event(), threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        stuck.set()
        release.wait(30)
        reply(handler, b"late")

    page = article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.")
    site.pages = {"/feed": site.feed("/a", "/hang"), "/a": page, "/hang": hang}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(Path(__file__).parent), site.url + "/feed", own],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert stuck.wait(30)
        assert process.stdout and process.stdout.readline() == "article\n"
        process.send_signal(number)
        out, errors = process.communicate(timeout=30)
    finally:
        release.set()
        process.kill()
    assert (process.returncode, errors) == (0, "")
    interrupted, new, skipped, ends, called, again = json.loads(out)
    assert interrupted
    assert new == 1 and ends == ["a"]
    assert skipped == {"interrupted": 1}
    assert called == ([signal.SIGTERM] if own == "handler" else [])
    assert again == "connection refused", "the next crawl of the process runs as ever"
