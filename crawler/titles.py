"""The headline to the letter: what JSON-LD, OpenGraph and the page itself agree on. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.markup import Page, ancestors_marked, key, text_of

_SEPARATOR = re.compile(
    r"\s+[|\-–—·•:»«/~⎪∣]{1,2}\s+|\s*[｜¦：]\s*|\s+\|\||\s*\|\s*|(?<=[\u2e80-\u9fff\uac00-\ud7a3！？」”])[_\-–]\s*|\s+::\s+"
)
_LONGEST = 500  # characters of a headline
_PATHS = {"|", "»", "::", "｜", "/", "«"}
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
_KICKER = re.compile(
    r"kicker|topline|overline|dachzeile|roofline|eyebrow|surtit|occhiello|antetit|pretit|chapeu|flamme|vignet"
    r"|super-?title|over-?title|pre-?head|spitzmarke|label|category|rubric",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?:\.{3}|…)$")


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    weight: float


def headline(page: Page, declared: str, names: tuple[str, ...]) -> str:
    """The article's headline, or an empty string; ``declared`` is JSON-LD's, ``names`` are those of the site.

    Every place that names the page is a vote; what most of the weight agrees on is taken in the spelling of
    the most trustworthy place. A site's name at the end is no part of it.
    """
    own, foreign = _h1(page.tree)
    declared = declared if len(declared) <= _LONGEST else ""
    shown = [*own, *foreign]
    declared = without_site(declared, names, shown)
    known = [text for text in (declared, *shown) if text]
    said = [_Said(declared, 3.0)]
    said += [
        _Said(without_site(text, names, known), weight)
        for text, weight in _elsewhere(page)
        if len(text) <= _LONGEST
    ]
    others = {key(one.text) for one in said}
    own.sort(key=lambda text: key(text) not in others)
    said += [_Said(text, 0.2 if place else 2.0) for place, text in enumerate(own)]
    said += [_Said(text, 0.2) for text in foreign]
    said = [one for one in said if key(one.text)]
    site = {key(name) for name in names}
    return _elected([one for one in said if key(one.text) not in site] or said)


def beside(head_title: str, title: str) -> str:
    """What the title element says beside the headline: most often the name of the site."""
    before, found, after = head_title.partition(title) if title else ("", "", "")
    rest = before or after
    return rest.strip(" |-–—·•:»«/~") if found and not (before and after) and len(rest) < 40 else ""


def without_site(text: str, names: tuple[str, ...], known: list[str]) -> str:
    """A title without the name of the site and of the section that often follow it.

    A part goes where it names the site, or where what is left is a headline known from elsewhere.
    """
    sites = {key(name) for name in names if name}
    whole = key(text)
    # A heading that is only a small part of the title is a section or the site's own
    goals = {goal for title in known if len(goal := key(title)) > 0.4 * len(whole)}
    if whole in goals:
        return text
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text)]
    for start, _ in cuts:
        if key(text[:start]) in goals:
            return text[:start].strip()
    for _, end in cuts:
        if key(text[end:]) in goals:
            return text[end:].strip()
    before, colon, rest = text.partition(":")
    if colon and key(before) in sites and key(rest) in goals:
        return rest.strip()
    cut = ""
    for start, end in reversed(cuts):
        sign, tail = text[start:end].strip(), text[end:].strip()
        # behind the headline and before the site stands the section
        section = (
            cut and sign == cut and sign in _PATHS and len(tail.split()) <= 3 and len(key(text[:start])) > 15
        )
        if not section and not _names_site(tail, sites):
            break
        text, cut = text[:start].rstrip(), sign
    first = _SEPARATOR.search(text)
    if first and key(text[: first.start()]) in sites:
        text = text[first.end() :]
    return text.strip()


def _names_site(part: str, sites: set[str]) -> bool:
    name = key(part)
    return bool(name) and any(
        name == site or (len(site) > 3 and site in name and len(name) < len(site) + 12)
        or (len(name) > 3 and len(name) >= len(site) / 2 and name in site)
        for site in sites
    )  # fmt: skip


def _elsewhere(page: Page) -> Iterator[tuple[str, float]]:
    """What the head of the page and its microdata call it, with the weight of each."""
    if social := page.first("og:title"):
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


def _h1(tree: HtmlElement) -> tuple[list[str], list[str]]:
    """Texts of first-level headings: those of the page, the likeliest to head the article first, and those
    of its logo and other surroundings."""
    own: list[tuple[bool, int, str]] = []
    foreign: list[str] = []
    for place, element in enumerate(tree.iter("h1")):
        if place > 50:
            break
        text = _without_kicker(element)
        if not text or len(text) > _LONGEST:
            continue
        if ancestors_marked(element, _NOT_THE_ARTICLE):
            foreign.append(text)
        else:
            marked = _HEADLINE_CLASS.search(f"{element.get('class')} {element.get('itemprop')}")
            own.append((not marked, place, text))
    return list(dict.fromkeys(text for *_, text in sorted(own))), foreign


def _without_kicker(heading: HtmlElement) -> str:
    """The text of a heading without the line above it that some publishers put inside."""
    whole = text_of(heading)
    for element in heading.iter():
        if element is not heading and _KICKER.search(element.get("class") or ""):
            kicker = text_of(element)
            if kicker and len(kicker) < len(whole) / 2 and whole.startswith(kicker):
                return whole[len(kicker) :].lstrip(" :|–—-•·")
    return whole


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
