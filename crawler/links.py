"""Links of index pages: the articles of a listing, its next page, the feeds that it announces. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from soupsieve import SelectorSyntaxError

from crawler.charset import decode
from crawler.errors import PageError
from crawler.markup import Page, parse, text_of
from crawler.urls import site_of

_FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
}
_NEXT_WORDS = re.compile(
    r"\W*(next( page)?|older( posts| entries)?|nächste( seite)?|weiter|ältere\w*( \w+)?|suivante?"
    r"|page suivante|siguiente|próxim[ao]|successiv[ao]|avanti|volgende|następna|nästa|neste|seuraava"
    r"|次へ|次のページ|下一页|下一頁|다음|далее)\W*",
    re.IGNORECASE,
)  # fmt: skip
_MAX_URL = 2_000
_PLAIN = re.compile(r"https?://[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?/[!-\"$-~]*")  # nothing to mend in it
_UNPRINTABLE = re.compile(r"[\s\x00-\x20]")
_ARROWS = {"›", "»", "→", ">", ">>"}


def links_of(body: bytes | str, url: str, selector: str | None = None) -> tuple[str, ...]:
    """The web addresses that a listing page links to, absolute, without fragments, each once, in order.

    ``selector`` is a CSS selector of the links or of elements around them; without it all links of the page's
    own registrable domain count. Raises ``PageError`` for a page without markup or a selector that is none.
    """
    page = _page(body, url)
    base = _base(page.tree, url)
    if selector:
        hrefs = _selected(body, url, selector)
    else:
        hrefs = (element.get("href") or "" for element in page.tree.iter("a"))
    found = dict.fromkeys(filter(None, (absolute(href, base) for href in hrefs)))
    own = url.split("#")[0]
    return tuple(link for link in found if link != own and (selector or same_site(link, url)))


def next_of(body: bytes | str, url: str, selector: str | None = None) -> str | None:
    """The address of the listing's next page, or None on the last: ``rel=next``, else a link that says so."""
    page = _page(body, url)
    base = _base(page.tree, url)
    hrefs = _selected(body, url, selector) if selector else _next_links(page.tree)
    for href in hrefs:
        link = absolute(href, base)
        if link and link != url.split("#")[0] and same_site(link, url):
            return link
    return None


def feeds_in(body: bytes | str, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that a page announces, those of the whole site before those of comments."""
    page = _page(body, url)
    base = _base(page.tree, url)
    found: dict[str, bool] = {}
    for element in page.tree.iter("link", "a"):
        kind = (element.get("type") or "").split(";")[0].strip().lower()
        rel = (element.get("rel") or "").lower().split()
        if ("alternate" in rel or "feed" in rel) and kind in _FEED_TYPES | ({""} if "feed" in rel else set()):
            link = absolute(element.get("href") or "", base)
            if link and "oembed" not in link:
                named = f"{element.get('title') or ''} {link}".lower()
                found.setdefault(link, "comment" in named or "kommentar" in named)
    return tuple(sorted(found, key=lambda link: found[link]))


def absolute(href: str, base: str) -> str | None:
    """A link as an http address without fragment, or None for ``javascript:``, ``mailto:`` and the like."""
    href = href.strip()
    if len(href) <= _MAX_URL and _PLAIN.fullmatch(href):
        return href
    if not href or href.startswith("#"):
        return None
    try:
        link = href if href.startswith(("http://", "https://")) else urljoin(base, href)
        parts = urlsplit(link)
        if parts.scheme not in ("http", "https") or not parts.hostname or len(link) > _MAX_URL:
            return None
        if ":" in parts.netloc:
            _ = parts.port  # raises where it is none
    except ValueError:
        return None
    return None if _UNPRINTABLE.search(link) else link.split("#", 1)[0]


def same_site(one: str, other: str) -> bool:
    """Whether two addresses share their registrable domain (or, where there is none, their host)."""
    return (site := site_of(one)) != "" and site == site_of(other)


def _page(body: bytes | str, url: str) -> Page:
    page = parse(body if isinstance(body, str) else decode(body))
    if page is None:
        raise PageError(url, "no markup")
    return page


def _base(tree: HtmlElement, url: str) -> str:
    href = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    base = absolute(href, url) if href else None
    return base if base and same_site(base, url) else url


def _selected(body: bytes | str, url: str, selector: str) -> Iterator[str]:
    try:
        elements = BeautifulSoup(body, "lxml").select(selector)
    except SelectorSyntaxError as error:
        raise PageError(url, f"selector {selector!r}: {str(error).splitlines()[0]}") from None
    for element in elements:
        for link in [element] if element.get("href") else element.select("[href]"):
            yield str(link.get("href"))


def _next_links(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split():
            yield element.get("href") or ""
    for element in tree.iter("a"):
        text = text_of(element) or element.get("aria-label") or element.get("title") or ""
        if len(text) < 40 and (_NEXT_WORDS.fullmatch(text) or text.strip() in _ARROWS):
            yield element.get("href") or ""
