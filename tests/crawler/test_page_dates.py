"""No date is taken from the future, and none of something else in its place."""

from datetime import date

import pytest

from crawler.page import read_page

NOW = date(2026, 3, 10)
URL = "https://n.example/plant"
AHEAD = '<meta property="article:published_time" content="2031-05-01T10:00:00Z">'


def dates(head: str = "", body: str = "", tail: str = "", url: str = URL) -> tuple[str | None, str | None]:
    text = "<p>" + "Nimbus said that demand for its chips was strong and that it would build. " * 6 + "</p>"
    page = (
        f'<!doctype html><html lang="en"><head><title>Nimbus builds a plant</title>{head}</head><body>'
        f"<article><h1>Nimbus builds a plant</h1>{body}{text}</article>{tail}</body></html>"
    )
    article = read_page(page, url, now=NOW)
    return article.published, article.updated


@pytest.mark.parametrize(
    "page",
    [
        {"head": AHEAD},
        {"head": '<meta name="date" content="2026-03-12">'},
        {
            "head": '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2027-01-05"}</script>'
        },
        {"head": '<meta property="article:modified_time" content="2031-05-01T10:00:00Z">'},
        {"body": '<time datetime="2026-06-01">June 1, 2026</time>'},
        {"body": '<time class="published">1 June 2026</time>'},
        {"body": '<div class="byline">By Ann Lee, June 1, 2031</div>'},
        {"body": "<p>The plant opens on 1 June 2027, it said.</p>"},
        {"url": "https://n.example/2027/05/06/plant"},
        {"head": AHEAD, "body": "<p>Its last plant opened on 12 June 2024.</p>"},
        {"head": AHEAD, "tail": '<div class="comments"><time datetime="2026-01-03">January 3</time></div>'},
        {"head": AHEAD, "tail": "<footer>© 2019-2025 Nimbus Media</footer>"},
    ],
)
def test_a_page_whose_date_is_yet_to_come_has_none(page: dict[str, str]) -> None:
    assert dates(**page) == (None, None)


def test_a_date_that_can_be_believed_is_found_beside_it() -> None:
    day = '<time datetime="2026-03-09">March 9</time>'
    assert dates(AHEAD, day) == ("2026-03-09", None)
    event = '<time datetime="2026-06-01">June 1</time>'
    assert dates(body=f'<div class="byline">March 9, 2026</div>{event}') == ("2026-03-09", None)
    assert dates(AHEAD + '<meta property="article:modified_time" content="2026-03-02">') == (
        None,
        "2026-03-02",
    )
    assert dates('<meta name="date" content="1970-01-01">', '<p class="by">March 9, 2026</p>') == (
        "2026-03-09",
        None,
    )
