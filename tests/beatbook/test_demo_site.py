"""The sample site holds what the tour promises, and the server serves it as a publisher's would."""

import itertools
import tomllib
import urllib.error
import urllib.request
from datetime import date

import pytest

from beatbook.demo.server import serving
from beatbook.demo.site import editions, outlets, pages, price_rows, sources_toml
from crawler.sources import parse_sources

ROOT = "http://127.0.0.1:1"


def test_enough_articles_of_five_outlets_in_weekly_editions() -> None:
    days = editions()
    last = outlets(days[-1])
    assert len(last) == 5
    assert sum(len(outlet.stories) for outlet in last) >= 16
    assert len(days) >= 4
    assert all((later - earlier).days == 7 for earlier, later in itertools.pairwise(days))
    for day, before in zip(days[1:], days, strict=False):
        assert sum(len(o.stories) for o in outlets(day)) > sum(len(o.stories) for o in outlets(before))


def test_a_syndicated_copy_has_the_words_of_its_original() -> None:
    stories = {f"{s.outlet}/{s.slug}": s for o in outlets(editions()[-1]) for s in o.stories}
    copies = [story for story in stories.values() if story.syndicated]
    assert copies
    for copy in copies:
        assert copy.paragraphs == stories[copy.syndicated or ""].paragraphs
        assert copy.outlet != stories[copy.syndicated or ""].outlet


def test_one_article_is_corrected_silently() -> None:
    first, second = (
        {s.path: s for o in outlets(day) for s in o.stories} for day in (editions()[0], editions()[1])
    )
    edited = [path for path in first if first[path].paragraphs != second[path].paragraphs]
    assert edited == ["/cloud-courier/2026/03/norrland-raises-k200-rent"]
    assert first[edited[0]].published == second[edited[0]].published


def test_the_price_page_changes() -> None:
    assert len({str(price_rows(day)) for day in editions()}) == 3


def test_one_page_is_malformed() -> None:
    html = pages(editions()[-1], ROOT)["/harbour-post/2026/03/power-bills"].body
    assert html.count("<p>") > html.count("</p>")
    assert "</article>" not in html


def test_markup_in_a_title_is_escaped() -> None:
    html = pages(editions()[-1], ROOT)["/harbour-post/2026/03/power-bills"].body
    assert "<power>" not in html
    assert "&lt;power&gt;" in html


def test_the_sources_file_is_one_that_the_crawler_takes() -> None:
    sources = parse_sources(sources_toml(ROOT))
    assert {source.kind for source in sources} == {"feed", "sitemap", "listing", "page"}
    assert len(tomllib.loads(sources_toml(ROOT))["source"]) == 6
    served = pages(date(2026, 3, 2), ROOT)
    assert all(source.url.removeprefix(ROOT) in served for source in sources)


def test_the_server_knows_editions_validators_and_what_is_missing() -> None:
    with serving() as site:
        site.turn_to(editions()[0])
        address = f"{site.root}/halcyon/pricing"
        with urllib.request.urlopen(address, timeout=10) as answer:
            first, etag = answer.read(), answer.headers["ETag"]
        again = urllib.request.Request(address, headers={"If-None-Match": etag})
        with pytest.raises(urllib.error.HTTPError) as unchanged:
            urllib.request.urlopen(again, timeout=10)
        assert unchanged.value.code == 304
        site.turn_to(editions()[1])
        with urllib.request.urlopen(again, timeout=10) as answer:
            assert answer.read() != first
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{site.root}/meridian-wire/2026/02/withdrawn-report", timeout=10)
        assert missing.value.code == 404
        with urllib.request.urlopen(f"{site.root}/robots.txt", timeout=10) as answer:
            assert b"Disallow: /meridian-wire/subscribers/" in answer.read()
