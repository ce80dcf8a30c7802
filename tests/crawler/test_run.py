"""Crawling a site on loopback: what is found, what is asked for again, and that every page is accounted for."""

from datetime import timedelta

import pytest
from loopback import NOW, Memory, Site, article_page, dated, redirect, serving

from crawler.article import Article
from crawler.sources import Expectation


@pytest.fixture
def site():
    with serving() as site:
        yield site


def test_a_feed_gives_its_articles(site: Site) -> None:
    site.pages = {
        "/feed": site.feed("/a", "/b"),
        "/a": article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.", head=dated("2026-03-09")),
        "/b": article_page("Vega raises prices", "Vega raised prices by 5% on Monday.", head=dated("2026-03-08")),
    }
    memory = Memory()
    (outcome,) = memory.crawl(site.source(language="en"))
    assert (outcome.found, outcome.fetched, outcome.new, outcome.failed) == (2, 2, 2, 0)
    assert outcome.problems == ()
    assert not outcome.interrupted
    article = memory.articles[site.url + "/a"]
    assert article.title == "Nimbus cuts prices"
    assert article.published and article.published.startswith("2026-03-09")
    assert article.source == "site"
    assert "cut prices by 10%" in article.text
    assert memory.ends() == {"a": "new", "b": "new"}
