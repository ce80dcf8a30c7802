"""Who wrote an article: what JSON-LD declares, the meta elements name or a byline shows. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.jsonld import Author
from crawler.markup import Page, ancestors_marked, key, text_of
from crawler.names import is_full_name, names_in
from crawler.wording import AGENCIES, BY, GROUP, WRITTEN_BY

_META = (
    "author", "article:author", "og:article:author", "og:author", "authors", "parsely-author",
    "sailthru.author",
    "byl", "dc.creator", "dcterms.creator", "dc.creator.aut", "cxenseparse:author", "article.author",
    "creator",
    "citation_author", "article:author_name", "shareaholic:article_author_name", "rbauthors", "dcsext.author",
    "author-name", "article-author", "bt:author", "content_author", "article_author", "author_name",
    "news_author", "page_author", "mrf:authors", "vr:author", "cse_author", "byline",
)  # fmt: skip
_NAMES_AUTHOR = re.compile(r"(?:authors?|byline)(?:[._-]?names?)?$")
_CATALOGUED = {"dc.creator", "dcterms.creator", "dc.creator.aut", "citation_author"}  # written *Last, First*
_CLOSE = 40  # elements after the headline
_FOLDED = str.maketrans("łøđıßæœð", "lodisaod")
_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?line|author|autor|auteur|autore|writer|skribent|forfatter|contributor|signature|firma|szerzo|yazar|penulis|journalist|giornalista|periodista|avtor|tac-?gia"
    r"|toimittaja|kirjoittaja|redaktor|reporter)s?(?![a-z]{4})"
    r"|author[-_]?name|(?:article|post|entry|story)[-_]?(?:author|byline)",
    re.IGNORECASE,
)  # fmt: skip
# (Name, Name, 9.3.2026) and 【name】 at the end; 〔記者name／place報導〕 and 【place＝name】 at the beginning
_SIGNED = re.compile(
    r"\((?P<dated>[^()\d]{5,80}?),\s*\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\)\s*$|【(?P<alone>[\u4e00-\u9fff、 ]{2,20})】\s*$"
)
_SIGNED_CJK = re.compile(
    r"^\s*(?:[〔［\[【（(](?:本報|本报)?(?:記者|记者)\s*(?P<writer>[\u4e00-\u9fff、]{2,12})\s*[／/]"
    r"|[【（(][^＝=】）)]{1,15}[＝=](?P<correspondent>[\u4e00-\u9fff、]{2,10})[】）)])"
)
_NOT_OWN = re.compile(
    r"(?<![a-z])(?:photo|image|img|avatar|caption|credit|share|social|bio|desc|comment|follow)", re.I
)
_NOT_AROUND = re.compile(
    r"(?<![a-z])(?:comment|relat|sidebar|(?<!post-)(?<!entry-)(?<!article-)footer|teaser|views-row|block-opini"
    r"|box-news|recommend|widget|popular|trending|promo|cards?\b|more-from"
    r"|newsletter|nav\b|aside\b|menu|figure|figcaption|most-read)",
    re.IGNORECASE,
)


def authors(
    page: Page, declared: Sequence[Author], site: Iterable[str], language: str | None
) -> tuple[str, ...]:
    """The names of those who wrote the article, in the order given, each once.

    People come before organisations: what JSON-LD declares, then the meta elements, then a byline.
    Only where no person is found, an organisation that JSON-LD declares, or an agency, is the author.
    """
    sites = {_plain(name) for name in site if name}
    persons, others = _declared(declared, sites, language)
    if persons:
        return persons
    agencies: tuple[str, ...] = ()
    for name, texts in _in_meta(page):
        people, wires = _people(map(_turned, texts) if name in _CATALOGUED else texts, sites, language)
        if people:
            return people
        agencies = agencies or wires
    people, wires = _people(_bylines(page.tree, language), sites, language, from_prose=True)
    signed, _ = ((), ()) if people else _people(_signatures(page.tree), sites, language)
    return people or signed or others or agencies or wires


def _in_meta(page: Page) -> Iterator[tuple[str, Sequence[str]]]:
    """The meta elements that may name who wrote it, the most trustworthy first."""
    for name in _META:
        yield name, page.meta.get(name, ())
    for number in "12":
        if WRITTEN_BY.match(page.first(f"twitter:label{number}") or ""):
            yield "twitter", page.meta.get(f"twitter:data{number}", ())
    for name, texts in page.meta.items():
        if _NAMES_AUTHOR.search(name) and name not in _META:
            yield name, texts


def _plain(text: str) -> str:
    """A name without accents too, as it stands in an address."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED)
    return key("".join(char for char in parts if not unicodedata.combining(char)))


def _of_site(name: str, sites: set[str]) -> bool:
    """Whether a name is the site's, or holds it as *Redaktion Tageblatt* does."""
    own = _plain(name)
    return any(own == site or (len(site) > 6 and site in own) for site in sites)


def _turned(name: str) -> str:
    last, _, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if first.strip() and "," not in first else name


def _declared(
    declared: Sequence[Author], sites: set[str], language: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who wrote it where a person did (organisations beside them too, but not the site itself), and all
    that are named."""
    own: dict[str, str] = {}
    others: dict[str, str] = {}
    personal = False
    for author in declared:
        if author.name.lower().startswith(("http", "@", "www.")) or re.search(r"\S@\S", author.name):
            continue
        named = BY.sub("", author.name)
        others.setdefault(key(named), named)
        if _of_site(author.name, sites):
            continue
        if author.person is False:
            own.setdefault(key(named), named)
            continue
        if GROUP.fullmatch(named):
            people: tuple[str, ...] = (named,)
        else:
            people, _ = _people([author.name], sites, language)
        personal = personal or bool(people)
        for name in people:
            own.setdefault(key(name), name)
    return tuple(own.values()) if personal else (), tuple(others.values())


def _people(
    texts: Iterable[str], sites: set[str], language: str | None, *, from_prose: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The persons that some texts name, and the agencies."""
    people: dict[str, str] = {}
    wires: dict[str, str] = {}
    for text in texts:
        if text.lower().startswith(("http", "/", "@")) or _plain(text) in sites:
            continue
        for name in names_in(text, language, from_prose=from_prose):
            if key(name) in AGENCIES:
                wires.setdefault(key(name), name)
            elif not _of_site(name, sites) and (people.get(key(name)) or "X").isupper():
                people[key(name)] = name  # capitals are of a style sheet's making
    return tuple(people.values()), tuple(wires.values())


def _bylines(tree: HtmlElement, language: str | None) -> Iterator[str]:
    """Texts of the byline that stands nearest below the headline, the best marked kind of it."""
    kinds: tuple[list[HtmlElement], ...] = ([], [], [])
    starts = [0, 0, 0]  # how many of each kind stand before the first heading
    for element in tree.iter():
        if element.tag == "h1":
            starts = [len(kind) for kind in kinds] if not any(starts) else starts
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article", "link"):
            continue
        own = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (element.get("itemprop") or "").lower() == "author":
            kinds[0].append(element)
        elif "author" in (element.get("rel") or "").lower().split():
            kinds[1].append(element)
        elif _BYLINE.search(own) and not _NOT_OWN.search(own):
            kinds[2].append(element)
    for kind, start in zip(kinds, starts, strict=True):
        if texts := _nearest([*kind[start:], *reversed(kind[:start])], language):
            yield from texts
            return
    yield from _unmarked(tree, language)


def _unmarked(tree: HtmlElement, language: str | None) -> Iterator[str]:
    """A line close below the headline that only its *By* makes a byline."""
    below = 0
    for element in tree.iter():
        below += bool(below) or element.tag == "h1"
        if below > _CLOSE:
            return
        if below < 2 or element.tag not in ("p", "div", "span", "address", "li", "em", "strong"):
            continue
        if len(element) > 10 or not element.text_content().strip()[:1].isalpha():
            continue
        line = _lines(element)
        if len(line) < 100 and BY.match(line) and not ancestors_marked(element, _NOT_AROUND):
            names = names_in(line, language, from_prose=True)
            if names and all(map(is_full_name, names)):
                yield line
                return


def _signatures(tree: HtmlElement) -> Iterator[str]:
    """The names that paragraphs are signed with in brackets, with a date behind or an office before them."""
    for element in tree.iter("p"):
        text = element.text_content()[-200:] if len(element) < 10 else ""
        if match := _SIGNED.search(text):
            yield match["dated"] or match["alone"]
        elif match := _SIGNED_CJK.match(element.text_content()[:60]):
            yield match["writer"] or match["correspondent"]
            return


def _nearest(elements: list[HtmlElement], language: str | None) -> list[str]:
    """The names of the first element that has any, and of those that stand together with it."""
    texts: list[str] = []
    first: HtmlElement | None = None
    for element in elements[:100]:
        if first is not None and (element in first.iter() or not _together(first, element)):
            continue
        if found := _named(element, language):
            first = element if first is None else first
            texts += found
    return texts


def _named(element: HtmlElement, language: str | None) -> list[str]:
    if ancestors_marked(element, _NOT_AROUND):
        return []
    named = [text_of(one) for one in element.iterfind(".//*[@itemprop='name']")]
    links = [text_of(link) for link in element.iter("a") if "/" in (link.get("href") or "")]
    own = element.get("content") or _lines(element)
    for texts in (named, links, [own]):
        if texts := [text for text in texts if 2 < len(text) < 120 and names_in(text, language)]:
            return texts
    return []


def _lines(element: HtmlElement) -> str:
    """The text of a byline, with a new line where two elements touch: *<b>Jane Doe</b><i>Paris</i>*."""
    text = ""
    for said in element.itertext():
        if text and not said[:1].isspace() and not text[-1].isspace() and text[-1].isalnum():
            text += "\n"
        text += said if said.strip() else " "
    return text.strip()


def _together(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements share a parent or grandparent; one that holds the whole page must be a parent."""
    mine, others = (list(zip(e.iterancestors(), range(2), strict=False)) for e in (one, other))
    return any(
        up is beyond and (up.tag not in ("body", "main") or not (far and farther))
        for up, far in mine
        for beyond, farther in others
    )
