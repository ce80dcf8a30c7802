"""The headline to the letter: what JSON-LD, OpenGraph and the page itself agree on. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.markup import Page, ancestors_marked, key, text_of

_SEPARATOR = re.compile(
    r"\s+[|\-–—·•:»«/~⎪∣]{1,2}\s+|\s*[｜¦]\s*|\s+\|\||\s*\|\s*|(?<=[\u2e80-\u9fff\uac00-\ud7a3！？」”])[_\-–]\s*|\s+::\s+"
)
_META = (
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "headline",
    "title",
    "citation_title",
)
_HEADLINE_CLASS = re.compile(r"head(line|ing)|title|titel|titre|titulo|titolo|rubrik", re.IGNORECASE)
_NOT_THE_ARTICLE = re.compile(
    r"\b(header|nav|aside|footer)\b.*\b(site|logo|brand|masthead|menu)|logo|masthead|related|sidebar", re.I
)
_CUT = re.compile(r"\s*(?:\.{3}|…)$")


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    weight: float


def headline(page: Page, declared: str, names: tuple[str, ...]) -> str:
    """The article's headline, or an empty string. ``declared`` is what JSON-LD calls it, ``names`` those of the site.

    Every place that names the page is a vote; what most of the weight agrees on is taken in the spelling of
    the most trustworthy place. A site's name at the end is no part of it.
    """
    h1s = list(_h1(page.tree))
    social = page.first("og:title")
    plain = [text for text in (declared, *h1s) if text]
    said = [_Said(declared, 3.0)] if declared else []
    for text, weight in _elsewhere(page, social):
        said.append(_Said(without_site(text, names, plain), weight))
    others = {key(one.text) for one in said}
    agreeing = [text for text in h1s if key(text) in others]
    for place, text in enumerate([*agreeing, *(text for text in h1s if text not in agreeing)]):
        said.append(_Said(text, 2.0 if place == 0 else 0.2))
    said = [one for one in said if key(one.text)]
    site = {key(name) for name in names}
    return _elected([one for one in said if key(one.text) not in site] or said)


def without_site(text: str, names: tuple[str, ...], known: list[str]) -> str:
    """A title without the name of the site and of the section that often follow it.

    A part goes where it names the site, or where what is left is a headline known from elsewhere.
    """
    sites = {key(name) for name in names if name}
    goals = {key(title) for title in known}
    if key(text) in goals:
        return text
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    for start, _ in cuts:
        if key(text[:start]) in goals:
            return text[:start].strip()
    for _, end in cuts:
        if key(text[end:]) in goals:
            return text[end:].strip()
    for start, end in reversed(cuts):
        if not _names_site(text[end:], sites):
            break
        text = text[:start].rstrip()
    first = _SEPARATOR.search(text)
    if first and _names_site(text[: first.start()], sites):
        text = text[first.end() :]
    return text.strip()


def _names_site(part: str, sites: set[str]) -> bool:
    name = key(part)
    return bool(name) and any(
        name == site or (len(site) > 3 and site in name and len(name) < len(site) + 12)
        or (len(name) > 3 and len(name) >= len(site) / 2 and name in site)
        for site in sites
    )  # fmt: skip


def _elsewhere(page: Page, social: str | None) -> Iterator[tuple[str, float]]:
    if social:
        yield social, 2.5
    if twitter := page.first("twitter:title"):
        yield twitter, 0.8
    for name in _META:
        if value := page.first(name):
            yield value, 0.5
    for element in page.tree.iterfind(".//*[@itemprop='headline']"):
        yield element.get("content") or text_of(element), 1.0
        break
    if page.head_title:
        yield page.head_title, 1.0


def _h1(tree: HtmlElement) -> Iterator[str]:
    """Texts of first-level headings, the likeliest to head the article first."""
    ranked = []
    for place, element in enumerate(tree.iter("h1")):
        if place > 50:
            break
        text = text_of(element)
        if text and len(text) < 500:
            foreign = ancestors_marked(element, _NOT_THE_ARTICLE)
            marked = bool(_HEADLINE_CLASS.search(f"{element.get('class')} {element.get('itemprop')}"))
            ranked.append((foreign, not marked, place, text))
    yield from dict.fromkeys(text for *_, text in sorted(ranked))


def _elected(said: list[_Said]) -> str:
    if not said:
        return ""
    keys = [key(_CUT.sub("", one.text)) for one in said]

    def votes(at: int) -> float:
        total = 0.0
        for other, one in zip(keys, said, strict=True):
            if other == keys[at]:
                total += one.weight
            elif keys[at].startswith(other) and (len(other) > 60 or _CUT.search(one.text)):
                total += one.weight * 0.9  # a shortened copy speaks for the full one
        return total

    best = max(range(len(said)), key=lambda at: (votes(at), said[at].weight))
    return said[best].text
