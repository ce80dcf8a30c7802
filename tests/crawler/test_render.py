"""Pages that only a browser can read."""

import shutil
from collections.abc import Iterator

import pytest
from loopback import NOW, Memory, Site, serving

from crawler.errors import SourceError
from crawler.render import BROWSERS, can_render

SCRIPTED = """<!doctype html><html lang="en"><head><title>Prices</title></head><body><main id="m"></main>
<img src="/pixel.png"><script src="http://127.0.0.1:{other}/tracker.js"></script><script>
const lines = [
  "Vega 2 costs $1.50 per million input tokens and $6 per million output tokens.",
  "The prices hold from the first of March for every customer of the service.",
  "Batch jobs cost half of that, and what is read from the cache a tenth."
];
document.getElementById("m").innerHTML =
  "<article><h1>What our models cost</h1><p>" + lines.join("</p><p>") + "</p></article>";
</script></body></html>"""

needs_browser = pytest.mark.skipif(
    not can_render() or not any(map(shutil.which, BROWSERS)),
    reason="no Chromium, or the extra render is missing",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@needs_browser
def test_a_browser_reads_what_scripts_write_and_reaches_no_other_private_host(site: Site) -> None:
    with serving() as other:
        site.pages = {"/prices": SCRIPTED.replace("{other}", str(other.port))}
        memory = Memory()
        (outcome,) = memory.crawl(
            site.source("page", "/prices", render=True), settings={"DOWNLOAD_TIMEOUT": 30}
        )
        assert outcome.new == 1, memory.fetches
        (article,) = memory.articles.values()
        assert "Vega 2 costs $1.50 per million input tokens" in article.text
        assert other.asked == []
        assert "/pixel.png" not in site.paths()
        assert site.requests[-1]["user-agent"].startswith("Beatbook/")


def test_a_source_that_wants_a_browser_says_which_extra_to_install(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.run.can_render", lambda: False)
    with pytest.raises(SourceError, match=r"site: 'render' needs .*beatbook\[render\]"):
        Memory().crawl(site.source("page", "/prices", render=True), now=NOW)
