"""Whole pages in the markup of many kinds of publishers, read to the letter."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import PageError
from crawler.page import page_signals, read_page

NOW = date(2026, 4, 1)
URL = "https://www.tageskurier.example/wirtschaft/preise-fallen-123.html"
BODY = (
    "<p>The price of a million tokens fell to 0.40 dollars last week, the lowest since the index began.</p>"
    "<p>Analysts expect a further fall of a tenth by the summer, according to a survey made on Sunday.</p>"
    "<p>Vendors have cut their prices five times since the autumn, and demand has doubled meanwhile.</p>"
)


def page(head: str = "", body: str = BODY, title: str = "", lang: str = "en") -> str:
    head = f"<head>{title}{head}</head>"
    return f'<!DOCTYPE html><html lang="{lang}">{head}<body><article>{body}</article></body></html>'


def ld(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'


def test_a_news_page_with_everything() -> None:
    head = ld(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "Tageskurier"},
                {
                    "@type": "BreadcrumbList",
                    "itemListElement": [{"@type": "NewsArticle", "headline": "Other"}],
                },
                {
                    "@type": ["NewsArticle"],
                    "headline": "Preise f&uuml;r Tokens fallen",
                    "author": [{"@id": "#eva"}, {"@type": "Person", "name": "Von Max Müller"}],
                    "datePublished": "2026-03-29T10:00:00+02:00",
                    "dateModified": "2026-03-29T12:30:00+02:00",
                    "publisher": {"@type": "Organization", "name": "Tageskurier"},
                    "mainEntityOfPage": URL,
                },
                {"@id": "#eva", "@type": "Person", "name": "Eva Schmidt"},
            ],
        }
    ) + (
        '<meta property="og:title" content="Preise für Tokens fallen | Tageskurier">'
        '<link rel="canonical" href="/wirtschaft/preise-fallen-123.html?utm_source=x">'
    )
    article = read_page(page(head, "<h1>Preise für Tokens fallen</h1>" + BODY, lang="de-DE"), URL, now=NOW)
    assert article.title == "Preise für Tokens fallen"
    assert article.authors == ("Eva Schmidt", "Max Müller")
    assert article.published == "2026-03-29T10:00:00+02:00"
    assert article.updated == "2026-03-29T12:30:00+02:00"
    assert article.site == "Tageskurier"
    assert article.language == "de"
    assert article.url == URL
    assert len(article.text.split("\n\n")) == 3


def test_a_page_with_nothing_but_markup() -> None:
    body = (
        '<h1 class="entry-title">Tokens get cheaper</h1><div class="post-meta"><span class="byline">By '
        '<a href="/people/jane">Jane Doe</a> and <a href="/people/john">John Roe</a></span> '
        "<span>March 28, 2026</span></div>" + BODY
    )
    article = read_page(
        page(body=body, title="<title>Tokens get cheaper - Example News</title>"), URL, now=NOW
    )
    assert article.title == "Tokens get cheaper"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.published == "2026-03-28"


@pytest.mark.parametrize(
    ("said", "trusted"),
    [
        ("https://www.tageskurier.example/a", "https://www.tageskurier.example/a"),
        ("https://m.tageskurier.example/a", "https://m.tageskurier.example/a"),
        ("https://evil.example.org/a", URL),
        ("https://www.tageskurier.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[", URL),
    ],
)
def test_a_canonical_address_is_trusted_only_on_the_same_domain(said: str, trusted: str) -> None:
    assert read_page(page(f'<link rel="canonical" href="{said}">'), URL).url == trusted


def test_without_an_address_the_canonical_one_is_taken() -> None:
    assert (
        read_page(page('<link rel="canonical" href="https://a.example/b">'), None).url
        == "https://a.example/b"
    )


def test_tables_stand_in_the_text_where_they_stood() -> None:
    table = (
        "<table><tr><th>Model</th><th colspan=2>Price</th></tr><tr><td rowspan=2>Small</td>"
        "<td>0.10</td><td>USD</td></tr><tr><td>0.12</td><td>EUR</td></tr></table>"
    )
    first, rest = BODY.split("</p>", 1)
    article = read_page(page(body=f"<h1>Prices</h1>{first}</p>{table}{rest}"), URL)
    assert article.tables == (
        (("Model", "Price", "Price"), ("Small", "0.10", "USD"), ("Small", "0.12", "EUR")),
    )
    blocks = article.text.split("\n\n")
    assert blocks[1] == "Model | Price | Price\nSmall | 0.10 | USD\nSmall | 0.12 | EUR"


def test_a_price_page_that_is_only_a_table() -> None:
    rows = "".join(f"<tr><td>Model {n}</td><td>${n}.50</td><td>${n}.75</td></tr>" for n in range(1, 9))
    body = f"<h1>API pricing</h1><table><tr><th>Model</th><th>Input</th><th>Output</th></tr>{rows}</table>"
    article = read_page(page(body=body, title="<title>API pricing</title>"), URL)
    assert article.tables[0][1] == ("Model 1", "$1.50", "$1.75")
    assert "Model 8 | $8.50 | $8.75" in article.text
    assert article.text.count("Model 8") == 1


def test_headings_and_items_are_paragraphs_of_their_own() -> None:
    body = (
        "<h1>T</h1>"
        + BODY
        + "<h2>What it means</h2><ul><li>Cheaper models</li><li>Dearer chips</li></ul>"
        + BODY
    )
    blocks = read_page(page(body=body), URL).text.split("\n\n")
    assert {"What it means", "Cheaper models", "Dearer chips"} <= set(blocks)


def test_selectors_go_before_everything_else() -> None:
    marked = '<h2 class="x">Right &amp; true</h2><b class="who">By Jane Doe</b><i class="day">28.03.2026</i>'
    body = f"<h1>Wrong</h1>{marked}{BODY}"
    chosen = {"title": ".x", "authors": ".who", "published": ".day", "text": "p"}
    article = read_page(page(body=body), URL, selectors=chosen, now=NOW)
    assert article.title == "Right & true"
    assert article.authors == ("Jane Doe",)
    assert article.published == "2026-03-28"
    assert article.text.startswith("The price of a million")
    with pytest.raises(PageError, match="selector 'title'"):
        read_page(page(body=body), URL, selectors={"title": "h2[["})


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 ...", "not a page (PDF)"),
        (bytes(range(256)) * 20, "not a page (binary)"),
        (b"<html><body></body></html>", "no text"),
        (b"<p>" + b"x" * 10_000_001, "too large (10 MB, at most 10)"),
    ],
)
def test_what_holds_no_article_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        read_page(body, URL)
    assert str(caught.value) == f"{URL}: {reason}"


@pytest.mark.parametrize("tags", ["<div>" * 100_000, "<div><span><b>" * 30_000, "<ul><li>" * 50_000])
def test_deep_nesting_does_not_hide_the_text(tags: str) -> None:
    article = read_page(f"<html><body><h1>A headline</h1>{tags}{BODY}", URL)
    assert "five times since the autumn" in article.text


@pytest.mark.parametrize(
    "hostile",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<title>" + "a | " * 50_000 + "</title>",
        "<a href='/x'>x</a>" * 100_000,
        "<!--" * 50_000,
    ],
)
def test_a_page_made_to_cost_time_is_survived(hostile: str) -> None:
    try:
        read_page(f"<html><body><h1>A headline</h1>{BODY}{hostile}{BODY}", URL)
    except PageError as error:
        assert error.message == "no text"


def test_stray_nul_bytes_and_markup_in_titles_are_only_text() -> None:
    head = '<meta property="og:title" content="Prices &lt;script&gt;alert(1)&lt;/script&gt; fall">'
    article = read_page(page(head).replace("million", "mil\0lion").encode(), URL)
    assert "<script>" not in article.title
    assert "million" in article.text


def test_signals() -> None:
    head = '<meta name="robots" content="NoArchive, nofollow"><meta name="tdm-reservation" content="1">'
    signals = page_signals(page(head + ld({"@type": "NewsArticle", "isAccessibleForFree": "False"})))
    assert (signals.noarchive, signals.noindex, signals.tdm_reserved, signals.paywall) == (
        True,
        False,
        True,
        True,
    )
    assert page_signals(page()) == page_signals(b"")
    assert page_signals(page('<meta name="beatbook" content="noindex">')).noindex


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=200).map(lambda text: page(f"<title>{text}", text + BODY))
    )
)
def test_nothing_but_a_page_error_ever_leaves(body: bytes | str) -> None:
    try:
        article = read_page(body, URL, now=NOW)
    except PageError as error:
        assert error.subject == URL
    else:
        assert article.text.strip()
        assert "\0" not in article.text


@given(st.lists(st.sampled_from(BODY.split("</p>")[:3]), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_reading_twice_is_reading_once(paragraphs: list[str]) -> None:
    body = page(body="<h1>Headline of it</h1>" + "</p>".join(paragraphs) + "</p>")
    assert read_page(body, URL) == read_page(body.encode(), URL, content_type="text/html; charset=utf-8")
