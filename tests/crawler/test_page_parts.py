"""The deciding parts of reading a page, each by a table of examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import charset, jsonld, language, links
from crawler.dates import iso
from crawler.errors import PageError
from crawler.markup import parse
from crawler.names import names_in
from crawler.page import read_page
from crawler.titles import without_site

BODY = (
    "<p>The price of a million tokens fell to 0.40 dollars last week, the lowest since the index began.</p>"
    * 4
)
URL = "https://www.site.example/a/b"


@pytest.mark.parametrize(
    ("byline", "spoken", "names"),
    [
        ("By Jane Doe", "en", ("Jane Doe",)),
        ("Von Max Müller und Anna Schmidt, Berlin", "de", ("Max Müller", "Anna Schmidt")),
        ("Jane Doe, Senior Technology Reporter", "en", ("Jane Doe",)),
        ("Par Marie Dupont (avec AFP)", "fr", ("Marie Dupont",)),
        ("María García y José Ortega y Gasset", "es", ("María García", "José Ortega y Gasset")),
        ("Text: Eva Ek, Foto: Per Ås", "sv", ("Eva Ek",)),
        ("Петр Иванов и Анна Смирнова", "ru", ("Петр Иванов", "Анна Смирнова")),
        ("记者 王小明", "zh", ("王小明",)),
        ("홍길동 기자", "ko", ("홍길동",)),
        ("Robert De Niro", "en", ("Robert De Niro",)),
        ("Ein Gastbeitrag von Karl Klein", "de", ("Karl Klein",)),
        ("Jane Doe 12 May 2026 | 5 minutes", "en", ("Jane Doe",)),
        ("jane@site.example", "en", ()),
        ("By JANE DOE Associated Press", "en", ("JANE DOE",)),
        ("Staff Writer", "en", ()),
        ("Piše: Jelena Đorđević", "sr", ("Jelena Đorđević",)),
        ("ليلى حداد وسامي منصور", "ar", ("ليلى حداد", "سامي منصور")),
        ("ليلى وليد حداد", "ar", ("ليلى وليد حداد",)),
        ("דנה כהן ויוסי מזרחי", "he", ("דנה כהן", "יוסי מזרחי")),
        ("Door onze verslaggever Henk Bos", "nl", ("Henk Bos",)),
        ("Texto de Rui Teles", "pt", ("Rui Teles",)),
        ("de Andreea Popescu", "ro", ("Andreea Popescu",)),
        ("van der Berg, Jan de Vries", "nl", ("van der Berg", "Jan de Vries")),
        ("June Park is a housing reporter.", "en", ("June Park",)),
        ("Mia Long for Daily Coast, with AP", "en", ("Mia Long", "AP")),
        ("淡水新聞網 記者林雅婷／台北即時報導", "zh", ("林雅婷",)),
        ("渡辺 一郎", "ja", ("渡辺 一郎",)),
        ("Penulis: Rina Wijaya | Editor: Budi Santoso", "id", ("Rina Wijaya",)),
        ("Source: Reuters", "en", ()),
        ("Jane Doe: Senior Reporter", "en", ("Jane Doe",)),
    ],
)
def test_names_in_a_byline(byline: str, spoken: str, names: tuple[str, ...]) -> None:
    assert names_in(byline, spoken) == names


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2026-03-29", "2026-03-29"),
        ("2026-03-29T10:00:00Z", "2026-03-29T10:00:00+00:00"),
        ("2026-03-29T10:00:00.123+0530", "2026-03-29T10:00:00+05:30"),
        ("2026-03-29 10:00", "2026-03-29T10:00:00"),
        ("20260329", "2026-03-29"),
        ("2026年3月29日", "2026-03-29"),
        ("Sun, 29 Mar 2026 10:00:00 GMT", "2026-03-29T10:00:00+00:00"),
        ("Sun Mar 29 2026 10:00:00 GMT+0200 (CEST)", "2026-03-29T10:00:00+02:00"),
        ("1774778400", "2026-03-29T10:00:00+00:00"),
        ("29 March 2026", "2026-03-29"),
        ("1970-01-01T00:00:00Z", None),
        ("2026-04-02", None),
        ("2026-13-41", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(text: str, stamp: str | None) -> None:
    assert iso(text, date(2026, 4, 1)) == stamp


def test_a_worded_date_is_read_in_its_language() -> None:
    assert iso("29. März 2026", None, "de") == "2026-03-29"
    assert iso("29 de marzo de 2026", None, "es") == "2026-03-29"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Prices fall | The Site", "Prices fall"),
        ("Prices fall for models | Tech | The Site", "Prices fall for models"),
        ("Prices fall - thesite.example", "Prices fall"),
        ("The Site: Prices fall - again", "The Site: Prices fall - again"),
        ("The Site | Prices fall again", "Prices fall again"),
        ("Q&A – what prices mean", "Q&A – what prices mean"),
        ("价格下跌_The Site", "价格下跌"),
    ],
)
def test_a_title_loses_the_site_and_nothing_else(written: str, title: str) -> None:
    assert without_site(written, ("The Site", "thesite.example"), []) == title


def test_what_is_left_is_a_known_headline() -> None:
    assert (
        without_site("Prices fall again - Markets and money", (), ["Prices fall again"])
        == "Prices fall again"
    )


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe – 价格 – цена"),
        ("utf-8-sig", "Größe"),
        ("utf-16", "Größe – 价格"),
        ("gb18030", "人工智能模型的价格上周下跌，分析师预计今年夏天将继续下降，需求翻了一番。" * 3),
        (
            "shift_jis",
            "人工知能モデルの価格は先週下落し、アナリストは夏までにさらに下がると予想している。" * 3,
        ),
        ("euc_jp", "人工知能モデルの価格は先週下落し、アナリストは夏までにさらに下がると予想している。" * 3),
        (
            "cp949",
            "인공지능 모델의 가격이 지난주 하락했으며 분석가들은 여름까지 더 떨어질 것으로 예상한다." * 3,
        ),
        ("cp1252", "Die Preise für Größen „fallen“ – sagt Müller"),
    ],
)
@pytest.mark.parametrize("declared", [None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
def test_charsets_declared_wrongly_or_not_at_all(encoding: str, text: str, declared: str | None) -> None:
    assert (
        charset.decode(f"<html><p>{text}</p></html>".encode(encoding), declared)
        == f"<html><p>{text}</p></html>"
    )


@given(st.binary(max_size=300))
def test_decoding_never_fails(body: bytes) -> None:
    assert isinstance(charset.decode(body, "text/html; charset=nonsense"), str)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"A story","author":{"name":"Jane Doe"},}',
        '<!-- {"@type":"NewsArticle","headline":"A story","author":["Jane Doe"]} -->',
        '{"@type":"NewsArticle","headline":"A story","author":{"@type":"Person","name":["Jane Doe"]}};',
        '[[{"@type":"WebPage"},{"@graph":[{"@type":"Report","headline":"A\nstory","author":"Jane Doe"}]}]]',
        '{"@type":"NewsArticle","headline":"A story","author":[{"name":"Jane Doe"}],"x":"an "odd" one"}',
        '{"@type":"Organization"} {"@type":"NewsArticle","headline":"A story","creator":{"name":"Jane Doe"}}',
    ],
)
def test_broken_json_still_names_headline_and_author(script: str) -> None:
    declared = jsonld.read([script], (), ())
    assert declared.headline == "A story"
    assert [author.name for author in declared.authors] == ["Jane Doe"]


def test_the_object_that_agrees_with_the_page_is_its_article() -> None:
    scripts = [
        '{"@type":"NewsArticle","headline":"Another","datePublished":"2026-01-01"}',
        '{"@type":"NewsArticle","headline":"This one","datePublished":"2026-03-29"}',
    ]
    assert jsonld.read(scripts, ["This one"], ()).published == "2026-03-29"


@pytest.mark.parametrize(
    ("declared", "text", "code"),
    [
        (["de-DE"], "Die Preise", "de"),
        (["en"], "가격이 지난주 하락했다", "ko"),
        ([None, "pt_BR"], "Os preços caíram", "pt"),
        ([], "Das Unternehmen teilte mit, dass es seine Preise im zweiten Quartal erhöhen werde.", "de"),
        ([], "The company said that it would raise its prices in the second quarter of the year.", "en"),
        ([], "", None),
    ],
)
def test_language(declared: list[str | None], text: str, code: str | None) -> None:
    assert language.language(declared, text) == code


def test_links_of_a_listing() -> None:
    body = """<a href="/1#top">One</a><a href="/1">One</a><a href="javascript:x()">No</a>
    <a href="mailto:a@b.example">No</a>
    <a href="https://other.example/2">Other</a><div class="more"><a href="https://cdn.site.example/3">Three</a></div>
    <a rel="next" href="?page=2">2</a>"""
    assert links.links_of(body, URL) == (
        "https://www.site.example/1",
        "https://cdn.site.example/3",
        "https://www.site.example/a/b?page=2",
    )
    assert links.links_of(body, URL, ".more") == ("https://cdn.site.example/3",)
    assert links.next_of(body, URL) == "https://www.site.example/a/b?page=2"
    assert links.next_of('<a href="/p/2">Nächste Seite »</a>', URL) == "https://www.site.example/p/2"
    assert links.next_of('<a rel="next" href="https://other.example/">x</a>', URL) is None
    with pytest.raises(PageError, match="selector"):
        links.links_of(body, URL, "a[[")


def test_feeds_in_a_page_put_comments_last() -> None:
    body = """<link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Comments">
    <link rel="alternate" type="application/atom+xml" href="/atom.xml">
    <link rel="alternate" hreflang="de" href="/de">"""
    assert links.feeds_in(body, URL) == (
        "https://www.site.example/atom.xml",
        "https://www.site.example/comments/feed",
    )


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ('<meta name="author" content="Jane Doe, John Roe">', ("Jane Doe", "John Roe")),
        ('<meta name="author" content="site.example"><span class="author">Jane Doe</span>', ("Jane Doe",)),
        ('<meta property="article:author" content="https://x.example"><a rel="author" href="/j">Jane Doe</a>',
         ("Jane Doe",)),
        ('<div itemprop="author"><span itemprop="name">Jane Doe</span><i>Editor</i></div>', ("Jane Doe",)),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization",'
         '"name":"AFP"}}</script>', ("AFP",)),
        ('<meta name="DC.creator" content="Doe, Jane">', ("Jane Doe",)),
        ('<div class="comments"><span class="author">Troll</span></div>', ()),
    ],
)  # fmt: skip
def test_where_authors_stand(markup: str, names: tuple[str, ...]) -> None:
    assert (
        read_page(f"<html lang=en><body><h1>A headline</h1>{markup}{BODY}</body></html>", URL).authors
        == names
    )


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        ('<meta property="article:published_time" content="2026-03-29T23:30:00-05:00">',
         "2026-03-29T23:30:00-05:00"),
        ('<meta name="date" content="2026-03-29"><time datetime="2026-03-29T08:00:00+01:00"></time>',
         "2026-03-29T08:00:00+01:00"),
        ('<div class="related"><time datetime="2020-01-01"></time></div><time datetime="2026-03-29"></time>',
         "2026-03-29"),
        ("<p>29.03.2026, 10:15 Uhr</p>", "2026-03-29"),
        ('<meta property="article:published_time" content="2099-01-01"><time datetime="2026-03-29"></time>',
         "2026-03-29"),
        ("", None),
    ],
)  # fmt: skip
def test_where_dates_stand(markup: str, published: str | None) -> None:
    html = f"<html lang=de><body><h1>Eine Überschrift</h1>{markup}{BODY}</body></html>"
    assert read_page(html, URL, now=date(2026, 4, 1)).published == published


@pytest.mark.parametrize("tag", ["article", "section", "main"])
def test_a_page_that_leaves_out_the_tags_of_head_and_body_has_its_text(tag: str) -> None:
    page = f"<!doctype html><title>A price fell</title><{tag}><h1>A price fell</h1>{BODY}</{tag}>"
    article = read_page(page, URL)
    assert article.title == "A price fell"
    assert article.text.count("lowest since the index began") >= 1


def test_a_field_without_end_is_read_up_to_a_bound() -> None:
    title, many = "&amp;amp;" * 100_000, '<meta name="author" content="Jane Doe">' * 1_000
    script = '<script type="application/ld+json">' + '{"author":[' * 60_000 + "</script>"
    page = parse(f"<title>{title}</title>{many}{script}<p>x</p>")
    assert page is not None
    assert set(page.head_title) <= set("&amp;") and len(page.head_title) < 20_000
    assert len(page.meta["author"]) == 50
    assert jsonld.read(page.scripts, (), ()) == jsonld.JsonArticle()
