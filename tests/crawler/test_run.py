"""Crawling a site on loopback: what is found, what is asked for again, and the account of every page."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from loopback import NOW, Memory, Site, article_page, dated, redirect, serving

from crawler.archive import read_warc
from crawler.article import Article
from crawler.errors import StoreError
from crawler.files import articles_in
from crawler.outcome import Outcome
from crawler.sources import Expectation

ONE = article_page("Nimbus cuts prices", "Nimbus cut prices by 10% on Monday.", head=dated("2026-03-09"))
TWO = article_page("Vega raises prices", "Vega raised prices by 5% on Monday.", head=dated("2026-03-08"))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def adds_up(outcome: Outcome) -> bool:
    ends = outcome.new + outcome.changed + outcome.unchanged + outcome.failed
    return outcome.found == ends + sum(outcome.skipped.values())


def test_a_feed_gives_its_articles(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a", "/b"), "/a": ONE, "/b": TWO}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(language="en"))
    assert (outcome.found, outcome.fetched, outcome.new, outcome.failed) == (2, 2, 2, 0)
    assert not outcome.problems and not outcome.interrupted and outcome.error is None
    article = memory.articles[site.url + "/a"]
    assert article.title == "Nimbus cuts prices"
    assert article.published and article.published.startswith("2026-03-09")
    assert article.source == "site"
    assert "cut prices by 10%" in article.text
    assert memory.ends() == {"a": "new", "b": "new"}


def test_a_second_crawl_of_an_unchanged_site_reads_no_page(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a", "/b"), "/a": ONE, "/b": TWO}
    memory = Memory()
    memory.crawl(site.source())
    site.asked.clear()
    (outcome,) = memory.crawl(site.source(), now=NOW + timedelta(hours=1))
    assert site.asked.count(("/feed", 304)) == 1
    assert site.paths(200) == []
    assert (outcome.new, outcome.changed) == (0, 0)


def test_a_silent_edit_is_found_though_feed_and_address_stay_the_same(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a", "/b"), "/a": ONE, "/b": TWO}
    memory = Memory()
    memory.crawl(site.source())
    site.pages["/a"] = ONE.replace("10%", "12%")
    site.asked.clear()
    (outcome,) = memory.crawl(site.source(), now=NOW + timedelta(days=7))
    assert (outcome.changed, outcome.unchanged, outcome.new) == (1, 1, 0)
    assert sorted(site.asked) == [
        ("/.well-known/tdmrep.json", 404),
        ("/a", 200),
        ("/b", 304),
        ("/feed", 304),
        ("/robots.txt", 404),
    ]
    assert "12%" in memory.articles[site.url + "/a"].text


def test_a_silent_edit_is_found_by_the_index_where_nothing_else_is_known(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": ONE}
    memory = Memory()
    memory.crawl(site.source(), known=None)
    site.pages["/a"] = ONE.replace("10%", "12%")
    assert memory.crawl(site.source(), now=NOW + timedelta(days=7), known=None)[0].changed == 1


def test_without_validators_an_unchanged_body_is_told_by_its_digest(site: Site) -> None:
    site.etags = False
    site.pages = {"/feed": site.feed("/a"), "/a": ONE}
    memory = Memory()
    memory.crawl(site.source())

    def no_article(article: Article) -> str:
        raise AssertionError("read again")

    (outcome,) = memory.crawl(site.source(), now=NOW + timedelta(days=7), on_article=no_article)
    assert (outcome.fetched, outcome.unchanged) == (1, 1)


def test_an_article_that_the_feed_dates_as_updated_is_asked_for_at_once(site: Site) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>a</title>'
        f'<link href="{site.url}/a"/><updated>%s</updated></entry></feed>'
    )
    site.pages = {"/feed": atom % "2026-03-10T08:00:00Z", "/a": ONE}
    memory = Memory()
    memory.crawl(site.source())
    soon = NOW + timedelta(minutes=20)
    site.pages["/a"] = ONE.replace("10%", "12%")
    site.pages["/feed"] = atom % "2026-03-10T09:10:00Z"
    (outcome,) = memory.crawl(site.source(), now=soon)
    assert outcome.changed == 1


def test_a_sitemap_index_is_followed_with_gzip_and_news_dates(site: Site) -> None:
    import gzip

    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    site.pages = {
        "/sitemap.xml": f'<sitemapindex xmlns="{space}"><sitemap><loc>{site.url}/news.xml.gz</loc></sitemap>'
        f"<sitemap><loc>{site.url}/broken.xml</loc></sitemap>"
        f"<sitemap><loc>{site.url}/more.xml</loc></sitemap></sitemapindex>",
        "/news.xml.gz": gzip.compress(
            f'<urlset xmlns="{space}" xmlns:news="{news}"><url><loc>{site.url}/a</loc><news:news>'
            "<news:publication_date>2026-03-09T08:00:00Z</news:publication_date>"
            "<news:title>A</news:title></news:news></url></urlset>".encode()
        ),
        "/broken.xml": "<p>Not here</p>",
        "/more.xml": f'<urlset xmlns="{space}"><url><loc>{site.url}/b</loc></url></urlset>',
        "/a": ONE.replace(dated("2026-03-09"), ""),
        "/b": TWO,
    }
    site.headers["/news.xml.gz"] = {"Content-Type": "application/gzip"}
    memory = Memory()
    (outcome,) = memory.crawl(site.source("sitemap", "/sitemap.xml"))
    assert (outcome.new, outcome.error, outcome.skipped) == (2, None, {"broken sitemap": 1})
    assert memory.articles[site.url + "/a"].published == "2026-03-09T08:00:00+00:00"


def listing(*paths: str, older: str | None = None) -> str:
    links = "".join(f'<li><a class="story" href="{path}">{path}</a></li>' for path in paths)
    more = f'<a rel="next" href="{older}">Older</a>' if older else ""
    return f"<html><body><a href='/imprint'>Imprint</a><ul>{links}</ul>{more}</body></html>"


def test_a_listing_is_turned_to_its_older_pages_and_next_time_only_as_far_as_there_is_news(
    site: Site,
) -> None:
    site.pages = {
        "/news": listing("/a", older="/news?page=2"),
        "/news?page=2": listing("/b"),
        "/a": ONE,
        "/b": TWO,
        "/c": ONE.replace("Nimbus", "Lyra"),
    }
    source = site.source("listing", "/news", selectors={"links": "a.story"})
    memory = Memory()
    (outcome,) = memory.crawl(source)
    assert memory.ends() == {"a": "new", "b": "new"}
    assert outcome.found == 2
    site.pages["/news"] = listing("/c", "/a", older="/news?page=2")
    site.asked.clear()
    memory.crawl(source, now=NOW + timedelta(minutes=5))
    assert ("/c", 200) in site.asked and ("/a", 200) not in site.asked


def test_an_endless_calendar_ends(site: Site) -> None:
    class Endless(dict):  # type: ignore[type-arg]
        def get(self, path: str, default: object = None) -> object:
            if not path.startswith("/day"):
                return None
            number = int(path.partition("=")[2] or 0)
            return listing(f"/story-{number}", older=f"/day?n={number + 1}")

    site.pages = Endless()
    memory = Memory()
    (outcome,) = memory.crawl(site.source("listing", "/day", selectors={"links": "a.story"}))
    assert outcome.found <= 25
    assert outcome.failures == {"status 404": outcome.found}


def test_a_watched_page_is_asked_for_every_time_and_each_change_is_seen(site: Site) -> None:
    table = "<table><tr><th>Model</th><th>Input</th></tr><tr><td>Vega 2</td><td>${}</td></tr></table>"
    page = article_page("Prices", "What our models cost per million tokens.").replace("</article>", table)
    site.pages = {"/prices": page.replace("{}", "2.00")}
    source = site.source("page", "/prices")
    memory = Memory()
    assert memory.crawl(source)[0].new == 1
    assert memory.crawl(source, now=NOW + timedelta(minutes=1))[0].unchanged == 1
    site.pages["/prices"] = page.replace("{}", "1.50")
    assert memory.crawl(source, now=NOW + timedelta(minutes=2))[0].changed == 1
    (article,) = memory.articles.values()
    assert ("Vega 2", "$1.50") in article.tables[0]


def test_every_page_comes_to_a_recorded_end(site: Site) -> None:
    site.pages = {
        "/robots.txt": "User-agent: *\nDisallow: /private\n",
        "/feed": site.feed(
            *("/a", "/gone", "/private/b", "/doc.pdf", "/empty", "/moved", "http://other.example/x"),
            *("/noindex", "/noarchive", "/tdm", "/paid", "/a?utm_source=feed", "/loop", "/fine"),
        ),
        "/a": ONE,
        "/private/b": TWO,
        "/doc.pdf": b"%PDF-1.4",
        "/empty": "<html><body></body></html>",
        "/moved": redirect("/new-place", 301),
        "/new-place": TWO,
        "/noindex": ONE.replace("</head>", '<meta name="robots" content="NoIndex"></head>'),
        "/noarchive": ONE,
        "/tdm": ONE.replace("</head>", '<meta name="tdm-reservation" content="1"></head>'),
        "/paid": '<html><head><script type="application/ld+json">{"@context": "https://schema.org", "@type": '
        '"NewsArticle", "headline": "Paid", "isAccessibleForFree": false}</script></head><body><article>'
        "<h1>Paid</h1><p>The first lines of this article are free to read.</p></article></body></html>",
        "/loop": redirect("/loop"),
        "/fine": ONE.replace("Nimbus", "Lyra"),
    }
    site.headers = {
        "/doc.pdf": {"Content-Type": "application/pdf"},
        "/noarchive": {"X-Robots-Tag": "noarchive, nosnippet", "Content-Type": "text/html"},
        "/fine": {"X-Robots-Tag": "otherbot: noindex", "TDM-Reservation": "0"},
    }
    memory = Memory()
    (outcome,) = memory.crawl(site.source())
    assert memory.ends() == {
        "a": "new",
        "gone": "status 404",
        "private/b": "robots",
        "doc.pdf": "wrong type",
        "empty": "no text",
        "moved": "new",
        "x": "off-site",
        "noindex": "noindex",
        "noarchive": "noarchive",
        "tdm": "tdm-reservation",
        "paid": "paywall",
        "loop": "redirect loop",
        "fine": "new",
    }
    assert adds_up(outcome)
    assert outcome.failures == {"status 404": 1, "redirect loop": 1}
    assert ("/private/b", 200) not in site.asked
    moved = next(fetch for fetch in memory.fetches if fetch.url.endswith("/moved"))
    assert moved.final_url == site.url + "/new-place"


def test_reservations_can_be_overruled(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": ONE}
    site.headers["/a"] = {"X-Robots-Tag": "noindex", "TDM-Reservation": "1"}
    assert Memory().crawl(site.source())[0].skipped == {"tdm-reservation": 1}
    assert Memory().crawl(site.source(), respect=False)[0].new == 1


def test_tdmrep_json_reserves_pages_that_are_then_not_even_asked_for(site: Site) -> None:
    site.pages = {
        "/.well-known/tdmrep.json": '[{"location": "/news/*", "tdm-reservation": 1}]',
        "/feed": site.feed("/news/a", "/b"),
        "/news/a": ONE,
        "/b": TWO,
    }
    memory = Memory()
    memory.crawl(site.source())
    assert memory.ends() == {"news/a": "tdm-reservation", "b": "new"}
    assert "/news/a" not in site.paths()


def test_a_failed_page_waits_and_is_tried_again_though_the_feed_dropped_it(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": lambda handler: handler.send_error(500)}
    memory = Memory()
    (outcome,) = memory.crawl(site.source())
    assert outcome.failures == {"status 500": 1}
    assert memory.fetches[-1].reason == "index" or memory.fetches[-1].next_try
    site.pages = {"/feed": site.feed("/b"), "/a": ONE, "/b": TWO}
    (outcome,) = memory.crawl(site.source(), now=NOW + timedelta(minutes=30))
    assert outcome.new == 1
    (outcome,) = memory.crawl(site.source(), now=NOW + timedelta(minutes=90))
    assert site.url + "/a" in memory.articles
    assert memory.pages[site.url + "/a"].failures == 0


def test_what_exceeds_the_limit_is_taken_up_by_the_next_run(site: Site) -> None:
    paths = [f"/story-{number}" for number in range(5)]
    site.pages = {path: article_page(path, f"The story of {path} is told here.") for path in paths}
    site.pages["/feed"] = site.feed(*paths)
    memory = Memory()
    found = [memory.crawl(site.source(), now=NOW + timedelta(minutes=n), limit=2)[0] for n in range(3)]
    assert [outcome.new for outcome in found] == [2, 2, 1]
    assert found[0].skipped == {"over the limit": 3}
    assert all(map(adds_up, found))


def test_what_an_index_lists_beyond_the_most_is_accounted_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.feeds.MAX_ENTRIES", 1)
    site.pages = {"/feed": site.feed("/a", "/b", "/c"), "/a": ONE, "/b": TWO}
    (outcome,) = Memory().crawl(site.source())
    assert (outcome.new, outcome.skipped) == (1, {"beyond the end of the index": 2})
    assert adds_up(outcome)


def test_only_what_is_dated_since_is_asked_for(site: Site) -> None:
    dates = {"/a": "Mon, 09 Mar 2026 08:00:00 GMT", "/b": "Mon, 02 Mar 2026 08:00:00 GMT"}
    old = TWO.replace("2026-03-08", "2026-03-01")
    site.pages = {"/feed": site.feed("/a", "/b", "/c", dates=dates), "/a": ONE, "/b": TWO, "/c": old}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(), since=NOW - timedelta(days=3))
    assert (outcome.new, outcome.skipped) == (1, {"too old": 2})
    assert sorted(site.paths(200)) == ["/a", "/c", "/feed"]


def test_an_amp_copy_gives_way_to_its_original_and_a_page_listed_twice_is_asked_for_once(site: Site) -> None:
    canonical = f'<link rel="canonical" href="{site.url}/a"></head>'
    site.pages = {
        "/feed": site.feed("/a?amp=1"),
        "/a?amp=1": ONE.replace("</head>", canonical),
        "/a": ONE.replace("</head>", canonical),
        "/other": site.feed("/a", "/a#top"),
    }
    memory = Memory()
    one, other = memory.crawl(site.source(), site.source(id="other", path="/other"))
    assert list(memory.articles) == [site.url + "/a"]
    assert site.paths(200).count("/a") == 1
    assert one.new + other.new == 1
    assert adds_up(one) and adds_up(other)


def test_the_full_text_of_a_feed_is_taken_without_asking_for_the_page(site: Site) -> None:
    text = "<p>Nimbus cut its prices by 10% on Monday, it said.</p><p>Rivals are expected to follow soon.</p>"
    feed = site.feed("/a", dates={"/a": "Mon, 09 Mar 2026 08:00:00 GMT"})
    space = 'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    content = f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
    site.pages = {"/feed": feed.replace('version="2.0"', space).replace("</item>", content)}
    memory = Memory()
    (outcome,) = memory.crawl(site.source(full_text=True))
    assert outcome.new == 1
    assert site.paths() == ["/feed"]
    (article,) = memory.articles.values()
    assert article.published == "2026-03-09T08:00:00+00:00"
    assert "Nimbus cut its prices by 10% on Monday, it said.\n\nRivals" in article.text


def test_a_source_that_cannot_be_read_is_an_error_of_its_own(site: Site) -> None:
    site.pages = {"/feed": "<html>not a feed</html>", "/good": site.feed("/a"), "/a": ONE}
    memory = Memory()
    gone, broken, good = memory.crawl(
        site.source(id="gone", path="/gone"), site.source(id="broken"), site.source(id="good", path="/good")
    )
    assert gone.error == "status 404"
    assert broken.error and "not a feed" in broken.error
    assert (good.error, good.new) == (None, 1)


def test_a_feed_that_failed_is_no_page_of_its_source_later(site: Site) -> None:
    memory = Memory()
    assert memory.crawl(site.source())[0].error == "status 404"
    site.pages = {"/feed": site.feed("/a"), "/a": ONE}
    (outcome,) = memory.crawl(site.source(), now=NOW + timedelta(days=1))
    assert (outcome.found, outcome.new, outcome.error) == (1, 1, None)


def test_expectations_are_checked_after_the_run(site: Site) -> None:
    page = article_page("Vega raises prices", "Vega raised prices by 5% on Monday.")
    site.pages = {"/feed": site.feed("/b", dates={"/b": "Mon, 02 Mar 2026 08:00:00 GMT"}), "/b": page}
    expect = Expectation(fields=("title", "authors"), per_day=3)
    (outcome,) = Memory().crawl(site.source(expect=expect))
    assert outcome.problems == ("authors filled in 0 of 1 articles", "0 articles a day, 3 expected")


def test_what_a_callback_raises_ends_the_run_and_is_raised(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": ONE}

    def full(article: Article) -> str:
        raise StoreError("my.db", "disk full")

    with pytest.raises(StoreError, match="disk full"):
        Memory().crawl(site.source(), on_article=full)
    assert Memory().crawl(site.source())[0].new == 1


def test_an_article_is_handed_on_before_its_page_counts(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": ONE}
    memory = Memory()

    def on_article(article: Article) -> str:
        assert article.url not in memory.pages
        return memory.on_article(article)

    memory.crawl(site.source(), on_article=on_article)
    assert memory.pages[site.url + "/a"].outcome == "new"


def test_the_archive_gives_the_same_articles_without_the_network(site: Site, tmp_path: Path) -> None:
    site.pages = {"/feed": site.feed("/a", "/b", "/secret"), "/a": ONE, "/b": TWO, "/secret": ONE}
    site.headers["/secret"] = {"X-Robots-Tag": "noarchive"}
    site.headers["/feed"] = {"Content-Type": "application/rss+xml"}
    memory = Memory()
    memory.crawl(site.source(), archive=tmp_path)
    (path,) = tmp_path.iterdir()
    assert sorted(page.url.removeprefix(site.url) for page in read_warc(path)) == ["/a", "/b", "/feed"]
    again = [found for _, found in articles_in(path) if isinstance(found, Article)]
    assert {one.url: one.text for one in again} == {url: one.text for url, one in memory.articles.items()}


def test_a_long_run_reads_its_pages_in_processes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.reading.PAGES_IN_THREAD", 2)
    paths = [f"/story-{number}" for number in range(8)]
    site.pages = {path: article_page(path, f"The story of {path} is told here.") for path in paths}
    site.pages["/feed"] = site.feed(*paths)
    memory = Memory()
    (outcome,) = memory.crawl(site.source(), processes=1)
    assert outcome.new == 8
    assert {article.title for article in memory.articles.values()} == set(paths)


def test_dates_are_judged_by_the_day_of_the_crawl(site: Site) -> None:
    site.pages = {"/feed": site.feed("/a"), "/a": ONE.replace("2026-03-09", "2026-03-20")}
    memory = Memory()
    memory.crawl(site.source(), now=NOW)
    (article,) = memory.articles.values()
    assert not (article.published or "").startswith("2026-03-20")
    assert all(fetch.at.startswith("2026-03-10T09:00") for fetch in memory.fetches)
