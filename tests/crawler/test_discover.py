"""Finding a site's feeds and sitemaps, writing them down, and checking sources."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import NOW, Site, article_page, dated, serving

from crawler.discover import check, discover, toml_entry
from crawler.errors import SourceError
from crawler.sources import Expectation, Source, parse_sources

QUICK = {"RETRY_TIMES": 0}
PAGE = article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.", head=dated("2026-03-09"))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def sitemap(*urls: str) -> str:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def test_a_site_shows_its_feeds_and_sitemaps(site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}" title="{}">'
    site.pages = {
        "/": article_page(
            "Home", head=link.format("comments/feed", "Comments") + link.format("all.rss", "News")
        ),
        "/robots.txt": f"User-agent: *\nSitemap: {site.url}/maps/site.xml\n",
        "/all.rss": site.feed("/a", "/b", dates={"/a": "Mon, 09 Mar 2026 08:00:00 GMT"}),
        "/comments/feed": site.feed("/a#c1"),
        "/maps/site.xml": sitemap(site.url + "/a"),
        "/feed": "<html>no feed</html>",
        "/rss": site.feed(),
    }
    found = discover(site.url, settings=QUICK)
    assert [(one.source.kind, one.source.url.removeprefix(site.url)) for one in found] == [
        ("feed", "/all.rss"),
        ("sitemap", "/maps/site.xml"),
        ("feed", "/comments/feed"),
    ]
    assert (found[0].entries, found[0].dated, found[0].source.name) == (2, 1, "t")


def test_a_feed_itself_is_proposed_as_it_is(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a")}
    (one,) = discover(site.url + "/feed", settings=QUICK)
    assert (one.source.kind, one.entries) == ("feed", 1)


def test_a_site_without_feeds_is_proposed_as_a_listing(site: Site) -> None:
    site.pages = {"/news": article_page("News", "<a href='/a'>A</a>")}
    (one,) = discover(site.url + "/news", settings=QUICK)
    assert one.source.kind == "listing"


def test_an_address_that_cannot_be_fetched_is_an_error(site: Site) -> None:
    with pytest.raises(SourceError, match="status 404"):
        discover(site.url, settings=QUICK)
    with pytest.raises(SourceError, match="is no http or https address"):
        discover("mailto:me@a.example")


def test_a_proposal_is_an_entry_of_a_sources_file() -> None:
    source = Source(
        "a", "feed", "https://a.example/feed", name='The "A"\nPaper', domain="b.example", language="en"
    )
    assert parse_sources(toml_entry(source)) == (source,)


@given(st.text(min_size=1).filter(str.strip))
def test_any_name_survives_being_written(name: str) -> None:
    source = Source("a", "feed", "https://a.example/feed", name=name, domain="a.example")
    assert parse_sources(toml_entry(source))[0].name == name


def test_a_check_reads_one_page_of_each_source_and_says_what_is_missing(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a", "/b"), "/a": PAGE, "/b": PAGE, "/empty": site.feed()}
    expect = Expectation(fields=("title", "published", "authors"))
    good, bare, gone, empty = check(
        [
            site.source(id="good", expect=Expectation(fields=("title", "published"))),
            site.source(id="bare", expect=expect, path="/feed?again"),
            site.source(id="gone", path="/gone"),
            site.source(id="empty", path="/empty"),
        ],
        NOW,
        settings=QUICK,
    )
    assert good.ok and good.article and good.outcome.found == 2
    assert gone.outcome.error == "status 404" and not gone.ok
    assert not empty.ok and empty.article is None
    assert bare.outcome.error == "status 404"


def test_a_check_names_the_fields_that_are_missing(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": PAGE}
    (one,) = check([site.source(expect=Expectation(fields=("title", "authors")))], NOW, settings=QUICK)
    assert one.missing == ("authors",)
    assert not one.ok
