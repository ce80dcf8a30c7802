"""Who wrote an article: names, without what bylines wrap around them. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.jsonld import Author
from crawler.markup import Page, ancestors_marked, clean, key, text_of
from crawler.wording import AGENCIES, AROUND, BY, JOINERS, NOBODY, NOT_WRITTEN, ROLE

_META = (
    "author", "article:author", "og:article:author", "og:author", "authors", "parsely-author",
    "sailthru.author",
    "byl", "dc.creator", "dcterms.creator", "dc.creator.aut", "cxenseparse:author", "article.author",
    "creator",
    "citation_author", "article:author_name", "shareaholic:article_author_name", "rbauthors", "dcsext.author",
    "author-name", "article-author", "bt:author", "vr:author", "cse_author", "byline",
)  # fmt: skip
_CATALOGUED = {"dc.creator", "dcterms.creator", "dc.creator.aut", "citation_author"}  # written *Last, First*
_PUNCTUATION = r"\s*[;|•·]\s*|\s+[/&+]\s+|\s*[/／]\s*|\s*[、，,]\s*|\s+[-–—]\s+|\n+"
_NOISE = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@\w+|\([^()]{0,80}\)\s*(?=$|[,;|/])|\[[^\]]{0,80}\]"
)
_LONGEST = 2_000  # characters of a byline
_EDGES = ' \t.,:;|-–—*"“”„«»•·/'
_NUMBER = re.compile(r"\d.*$", re.DOTALL)
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ.’'-]+")
_CJK_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4})+")
_PLACE = re.compile(
    r"\s+(?:in|aus|à|en|a|from|for|bei|für|at)\s+[A-ZÄÖÜ][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}$"
)
_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?line|author|autor|auteur|autore|writer|skribent|forfatter|contributor|signature|firma)s?(?![a-z]{4})"
    r"|author[-_]?name|(?:article|post|entry|story)[-_]?(?:author|byline)",
    re.IGNORECASE,
)  # fmt: skip
_NOT_OWN = re.compile(
    r"(?<![a-z])(?:photo|image|img|avatar|caption|credit|share|social|bio|desc|comment|follow)", re.I
)
_NOT_AROUND = re.compile(
    r"(?<![a-z])(?:comment|relat|sidebar|footer|teaser|recommend|widget|popular|trending|promo|cards?\b|more-from"
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
    sites = {key(name) for name in site if name}
    persons, others = _declared(declared, sites, language)
    if persons:
        return persons
    agencies: tuple[str, ...] = ()
    for name in _META:
        texts = page.meta.get(name, ())
        people, wires = _people(map(_turned, texts) if name in _CATALOGUED else texts, sites, language)
        if people:
            return people
        agencies = agencies or wires
    people, wires = _people(_bylines(page.tree), sites, language, from_prose=True)
    return people or others or agencies or wires


def names_in(text: str, language: str | None = None, *, from_prose: bool = False) -> tuple[str, ...]:
    """The names that a byline holds: no *By*, roles, addresses, dates or places; several are split."""
    text = _NOISE.sub(" ", clean(text[:_LONGEST]))
    joiner = JOINERS.get((language or "")[:2].lower(), "und|et|y")
    # A letter alone joins two full names; in *Ortega y Gasset* it is part of one.
    joiner = "|".join(rf"{word}(?=\s+\S+\s+\S)" if len(word) == 1 else word for word in joiner.split("|"))
    parts = re.split(rf"{_PUNCTUATION}|\s+(?:and|{joiner})\s+", text, flags=re.IGNORECASE)
    found: dict[str, str] = {}
    for part in parts:
        for name in _bare(part, from_prose=from_prose):
            if _is_name(name):
                found.setdefault(key(name), name)
    full = any(" " in name for name in found.values())
    # Beside a full name a single word is a place, a degree or a paper.
    return tuple(
        name
        for own, name in found.items()
        if not (full and _LATIN_WORD.fullmatch(name) and own not in AGENCIES)
    )


def _bare(part: str, *, from_prose: bool) -> list[str]:
    """The name in a part of a byline; two in East Asian writing, where a space is enough between them."""
    if NOT_WRITTEN.match(part.strip(_EDGES)):
        return []
    name = _NUMBER.sub("", part).strip(_EDGES)
    for _ in range(2):  # Text: von …
        name = BY.sub("", name + " ").strip(_EDGES)
    name = re.sub(r"^(?:and|und|et)\s+", "", name)
    bare = AROUND.sub("", name)
    if bare != name and _LATIN_WORD.fullmatch(bare):
        return []  # the technology reporter
    bare = " ".join((_PLACE.sub("", bare) if from_prose else bare).split())
    return bare.split() if _CJK_NAMES.fullmatch(bare) else [bare]


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or not any(char.isalpha() for char in name) or key(name) in NOBODY:
        return False
    words = name.split()
    return len(words) <= 6 and not ROLE.search(name) and (not name[0].islower() or len(words) > 1)


def _turned(name: str) -> str:
    last, _, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if first.strip() and "," not in first else name


def _declared(
    declared: Sequence[Author], sites: set[str], language: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and organisations, both in the order declared."""
    persons: dict[str, str] = {}
    others: dict[str, str] = {}
    for author in declared:
        if author.name.lower().startswith(("http", "@", "www.")) or re.search(r"\S@\S", author.name):
            continue
        own = key(author.name)
        if author.person is not False and own not in sites:
            people, _ = _people([author.name], sites, language)
            persons |= {key(name): name for name in people if key(name) not in persons}
        named = BY.sub("", author.name)
        others.setdefault(key(named), named)
    return tuple(persons.values()), tuple(others.values())


def _people(
    texts: Iterable[str], sites: set[str], language: str | None, *, from_prose: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The persons that some texts name, and the agencies."""
    people: dict[str, str] = {}
    wires: dict[str, str] = {}
    for text in texts:
        if text.lower().startswith(("http", "/", "@")) or key(text) in sites:
            continue
        for name in names_in(text, language, from_prose=from_prose):
            if key(name) in AGENCIES:
                wires.setdefault(key(name), name)
            elif key(name) not in sites:
                people.setdefault(key(name), name)
    return tuple(people.values()), tuple(wires.values())


def _bylines(tree: HtmlElement) -> Iterator[str]:
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
        if texts := _nearest([*kind[start:], *reversed(kind[:start])]):
            yield from texts
            return


def _nearest(elements: list[HtmlElement]) -> list[str]:
    """The names of the first element that has any, and of those that stand together with it."""
    texts: list[str] = []
    first: HtmlElement | None = None
    for element in elements[:100]:
        if first is not None and (element in first.iter() or not _together(first, element)):
            continue
        if found := _named(element):
            first = element if first is None else first
            texts += found
    return texts


def _named(element: HtmlElement) -> list[str]:
    if ancestors_marked(element, _NOT_AROUND):
        return []
    named = [text_of(one) for one in element.iterfind(".//*[@itemprop='name']")]
    links = [text_of(link) for link in element.iter("a") if "/" in (link.get("href") or "")]
    own = element.get("content") or text_of(element)
    for texts in (named, links, [own]):
        if texts := [text for text in texts if 2 < len(text) < 120 and names_in(text)]:
            return texts
    return []


def _together(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements share a parent or grandparent."""
    above = [up for up, _ in zip(one.iterancestors(), range(2), strict=False)]
    return any(up in above for up, _ in zip(other.iterancestors(), range(2), strict=False))
