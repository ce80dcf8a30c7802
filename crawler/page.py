"""A page in, an article out. Pure: no network, no clock.

Everything that a page says of itself is read from one parse: JSON-LD, meta elements and markup; the main text
by trafilatura on the same tree. What a source declares by CSS selectors goes before all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from soupsieve import SelectorSyntaxError

from crawler import authors, charset, dates, jsonld, language, links, maintext, titles, urls
from crawler.article import Article
from crawler.errors import PageError
from crawler.links import feeds_in, links_of, next_of
from crawler.markup import MAX_BYTES, Page, clean, parse
from crawler.names import names_in

__all__ = ["SELECTORS", "PageSignals", "feeds_in", "links_of", "next_of", "page_signals", "read_page"]

SELECTORS = frozenset({"title", "authors", "published", "updated", "text"})
"""The fields that a source may point at with a CSS selector."""

_MIN_TEXT = 25  # characters without spaces; what is shorter is a message, not an article


@dataclass(frozen=True, slots=True)
class PageSignals:
    """What a page asks of those who collect it. ``paywall``: JSON-LD calls it not free."""

    noarchive: bool = False
    noindex: bool = False
    tdm_reserved: bool = False
    paywall: bool = False


def read_page(
    body: bytes | str,
    url: str | None,
    *,
    content_type: str | None = None,
    selectors: Mapping[str, str] = {},
    now: date | None = None,
) -> Article:
    """The article that a page holds.

    ``content_type`` is the HTTP header (its charset is a hint). ``selectors`` maps fields of ``SELECTORS`` to
    CSS selectors. ``now`` is the last day that a date may have. Raises ``PageError`` for a page without an
    article; no other exception leaves.
    """
    subject = url or "page"
    try:
        return _read(body, url, subject, content_type, selectors, now)
    except PageError:
        raise
    except RecursionError:
        raise PageError(subject, "nested too deeply") from None
    except Exception as error:
        # Whatever a library stumbles over in a hostile page is that page's fault: it never ends a batch.
        raise PageError(subject, f"cannot be read ({type(error).__name__})") from error


def page_signals(
    body: bytes | str, *, content_type: str | None = None, agent: str = "beatbook"
) -> PageSignals:
    """What a page asks of collectors: meta ``robots``, one named like the agent, TDM, and JSON-LD."""
    page = parse(_head(body, content_type))
    if page is None:
        return PageSignals()
    words = {
        word.strip()
        for name in ("robots", agent.lower())
        for content in page.meta.get(name, ())
        for word in content.lower().split(",")
    }
    declared = jsonld.read(page.scripts, (), ())
    return PageSignals(
        noarchive="noarchive" in words or "none" in words,
        noindex="noindex" in words or "none" in words,
        tdm_reserved=(page.first("tdm-reservation") or "0").strip() == "1",
        paywall=declared.free is False,
    )


def _head(body: bytes | str, content_type: str | None) -> str:
    return body if isinstance(body, str) else charset.decode(body, content_type)


def _read(
    body: bytes | str, url: str | None, subject: str, content_type: str | None, selectors: Mapping[str, str],
    now: date | None,
) -> Article:  # fmt: skip
    text = _text(body, subject, content_type)
    page = parse(text)
    if page is None:
        raise PageError(subject, "no markup")
    address = _address(page, url)
    declared = jsonld.read(
        page.scripts, (page.first("og:title") or "", page.head_title), (url or "", address)
    )
    names = _site_names(page, declared, address)
    title = titles.headline(page, declared.headline, tuple(names))
    lead = declared.description or page.first("og:description", "description") or ""
    main = maintext.main_text(page, title, declared.body, lead)
    if len("".join(main.text.split())) < _MIN_TEXT and "text" not in selectors:
        raise PageError(subject, "no text")
    spoken = language.language(
        [page.tree.get("lang") or page.tree.get("xml:lang"), declared.language,
         page.first("og:locale", "content-language", "language", "dc.language")],
        main.text,
    )  # fmt: skip
    published, updated = dates.published_and_updated(page, declared, title, address or url, spoken, now)
    article = Article(
        url=address or subject,
        title=title,
        text=main.text,
        authors=authors.authors(
            page, declared.authors, [*names, titles.beside(page.head_title, title)], spoken
        ),
        published=published,
        updated=updated,
        site=names[0] if names else None,
        language=spoken,
        tables=main.tables,
    )
    return _selected(article, text, subject, selectors, now) if selectors else article


def _text(body: bytes | str, subject: str, content_type: str | None) -> str:
    if len(body) > MAX_BYTES:
        raise PageError(subject, f"too large ({len(body) // 1_000_000} MB, at most {MAX_BYTES // 1_000_000})")
    if isinstance(body, bytes):
        if kind := charset.binary_kind(body):
            raise PageError(subject, f"not a page ({kind})")
        body = charset.decode(body, content_type)
    if not body.strip():
        raise PageError(subject, "empty")
    return body


def _address(page: Page, url: str | None) -> str:
    """The canonical address, trusted only on the registrable domain that the page came from."""
    for said in (page.canonical, page.first("og:url")):
        link = links.absolute(said, url or "") if said else None
        if link is None:
            continue
        home = not urlsplit(link).path.strip("/")
        if url is None or (links.same_site(link, url) and not (home and urlsplit(url).path.strip("/"))):
            return urls.clean(link) or link
    return (urls.clean(url) or url) if url else ""


def _site_names(page: Page, declared: jsonld.JsonArticle, address: str) -> list[str]:
    """What the site is called, its own word for it first and the domain last."""
    names = [
        page.first("og:site_name"),
        declared.publisher,
        page.first("application-name", "apple-mobile-web-app-title"),
    ]
    domain = urls.site_of(address) if address else None
    if domain:
        names += [domain, domain.split(".")[0]]
    return list(dict.fromkeys(name for name in names if name and not name.startswith(("http", "@"))))


def _selected(
    article: Article, text: str, subject: str, selectors: Mapping[str, str], now: date | None
) -> Article:
    """The article with the fields that the source points at; one that finds nothing leaves the field."""
    soup = BeautifulSoup(text, "lxml")
    found: dict[str, list[str]] = {}
    stamps: dict[str, str] = {}
    for field in sorted(SELECTORS & set(selectors)):
        try:
            elements = soup.select(selectors[field])
        except SelectorSyntaxError as error:
            raise PageError(subject, f"selector {field!r}: {str(error).splitlines()[0]}") from None
        found[field] = [value for one in elements if (value := clean(one.get_text(" ")))]
        for element in elements[:1]:
            stamps[field] = str(element.get("datetime") or element.get("content") or element.get_text(" "))
    article = replace(
        article,
        title=next(iter(found.get("title", ())), article.title),
        text="\n\n".join(found.get("text", ())) or article.text,
        tables=article.tables if not found.get("text") else (),
        authors=tuple(dict.fromkeys(name for line in found.get("authors", ())
                                    for name in names_in(line, article.language))) or article.authors,
        published=dates.iso(stamps.get("published", ""), now, article.language) or article.published,
        updated=dates.iso(stamps.get("updated", ""), now, article.language) or article.updated,
    )  # fmt: skip
    if not article.text:
        raise PageError(subject, "no text")
    return article
