"""The text of an article: paragraphs, headings, list items and table rows in their order. Pure."""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml.etree import LxmlError, _Element  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction

from crawler import tables
from crawler.article import Table
from crawler.markup import Page, ancestors_marked, clean, drop, key, text_of

_FOREIGN = re.compile(
    r"\b(aside|nav|footer|form)\b|comment|relat|sidebar|recommend|newsletter|promo|cookie|menu", re.I
)
_NO_TEXT = (
    "nav", "footer", "aside", "noscript", "iframe", "button", "select", "dialog", "video", "audio",
    "picture", "menu", "img", "input", "textarea", "map",
)  # fmt: skip
_BIG = 8_000  # elements: beyond this only the fast reading is affordable
_ENOUGH = 0.8
_PARAGRAPH = 80  # characters of a paragraph that is surely prose

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class MainText:
    """``text`` has a blank line between paragraphs; ``tables`` are those whose rows stand in it, in order."""

    text: str
    tables: tuple[Table, ...]


def main_text(page: Page, title: str, declared_body: str, lead: str) -> MainText:
    """The article's text; empty where the page has none.

    ``declared_body`` is JSON-LD's articleBody: taken where much less of it can be found in the page.
    ``lead`` is the page's description: where the page shows it as a standfirst, the text begins with it.
    """
    tree = deepcopy(page.tree)
    for element in list(tree.iter(*_NO_TEXT)):
        drop(element)
    for tag, needed in (("figure", ".//table"), ("head", ".//p")):
        # Of a page that leaves out the tag of its body lxml puts an article into the head.
        for element in list(tree.iter(tag)):
            if element.find(needed) is None:
                drop(element)
    found = tables.mark(tree)
    blocks = _extracted(tree)
    placed = [at for at, _ in blocks if at is not None]
    blocks = _with_missing_tables(blocks, found, set(placed), tree)
    paragraphs: list[str] = []
    kept: list[Table] = []
    for at, text in blocks:
        if at is not None and at < len(found):
            kept.append(found[at])
            paragraphs.append("\n".join(map(tables.line, found[at])))
        elif text:
            paragraphs.append(text)
    declared = _declared_paragraphs(declared_body)
    if sum(map(len, paragraphs)) < 0.4 * sum(map(len, declared)):
        paragraphs, kept = declared, []
    if paragraphs and key(paragraphs[0]) == key(title):
        del paragraphs[0]
    if paragraphs and (standfirst := _standfirst(page.tree, lead, paragraphs)):
        paragraphs.insert(0, standfirst)
    return MainText("\n\n".join(paragraphs), tuple(kept))


_Block = tuple[int | None, str]


def _extracted(tree: HtmlElement) -> list[_Block]:
    """What trafilatura takes for the text. Its fast way is kept where it found what there is to find."""
    quick = _blocks_of(tree, fast=True)
    if _complete(quick, tree) or sum(1 for _ in tree.iter()) > _BIG:
        return quick
    return _blocks_of(tree, fast=False) or quick


def _blocks_of(tree: HtmlElement, *, fast: bool) -> list[_Block]:
    try:
        document = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    except (LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return []  # a page that trips the library has no text that it can read
    body = getattr(document, "body", None)
    return list(_blocks(body)) if body is not None else []


def _complete(blocks: list[_Block], tree: HtmlElement) -> bool:
    """Whether the paragraphs that the page surely has are among the blocks."""
    lines = [line for at, text in blocks if at is None for line in text.split("\n")]
    if len(lines) > 40 and sum(len(line) < 25 for line in lines) > 0.7 * len(lines):
        return False  # the menus of the whole page
    got = key(" ".join(tables.unmarked(text) for _, text in blocks))
    if len(got) < 250:
        return False
    wanted = [key(text) for text in _prose(tree)]
    total = sum(map(len, wanted))
    return sum(len(text) for text in wanted if text in got) >= _ENOUGH * total


def _prose(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("p"):
        text = text_of(element)
        if len(text) >= _PARAGRAPH and not ancestors_marked(element, _FOREIGN):
            yield text


def _blocks(body: _Element) -> Iterator[_Block]:
    """Depth first without recursion: a block ends wherever a block element begins or ends."""
    pending: list[str] = []

    def flush() -> Iterator[_Block]:
        text = _tidy("".join(pending))
        pending.clear()
        if text:
            yield tables.marked(text), tables.unmarked(text)

    stack: list[tuple[_Element, bool]] = [(body, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            if tag not in _INLINE:
                yield from flush()
            pending.append(element.tail or "")
            continue
        if tag in ("table", "row") and element is not body:
            yield from flush()
            yield from _table(element)
            pending.append(element.tail or "")
            continue
        if tag not in _INLINE:
            yield from flush()
        elif tag in ("lb", "br"):
            pending.append("\n")
        pending.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from flush()


_INLINE = {
    "hi",
    "ref",
    "del",
    "lb",
    "br",
    "span",
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "sub",
    "sup",
    "graphic",
    "small",
}


def _table(element: _Element) -> Iterator[_Block]:
    whole = " ".join(element.itertext())
    at = tables.marked(whole)
    lines = []
    for row in [element] if element.tag == "row" else element.iter("row"):
        cells = [_tidy(" ".join(cell.itertext())).replace("\n", " ") for cell in row.iterchildren()]
        if any(cells):
            lines.append(tables.line(tuple(cells)) if len(cells) > 1 else cells[0])
    if lines:
        yield at, tables.unmarked("\n".join(lines))


def _tidy(text: str) -> str:
    """Spaces single, lines kept and never empty."""
    lines = (re.sub(r"\s+", " ", part).strip() for part in text.split("\n"))
    return "\n".join(part for part in lines if part)


def _with_missing_tables(
    blocks: list[_Block], found: list[Table], placed: set[int], tree: HtmlElement
) -> list[_Block]:
    """Put the tables of the article that the extraction left out after the block that they followed."""
    if len(placed) == len(found):
        return blocks
    places = {key(text): at for at, (_, text) in enumerate(blocks) if text}
    insert: dict[int, list[int]] = {}
    last = -1
    for element in tree.iter("p", "h1", "h2", "h3", "h4", "li", "table"):
        if element.tag != "table":
            last = places.get(key(text_of(element)), last)
            continue
        at = tables.marked(" ".join(element.itertext())) if element.find(".//table") is None else None
        if at is None or at in placed or at >= len(found) or ancestors_marked(element, _FOREIGN):
            continue
        if any(char.isdigit() for row in found[at] for cell in row for char in cell):
            insert.setdefault(last, []).append(at)
    result: list[_Block] = [(at, "") for at in insert.get(-1, ())]
    for place, block in enumerate(blocks):
        result.append(block)
        result += [(at, "") for at in insert.get(place, ())]
    return result


def _declared_paragraphs(body: str) -> list[str]:
    if "<p" in body:
        body = re.sub(r"</p\s*>|<br\s*/?>", "\n", body)
    return [text for part in re.split(r"\n+", body) if (text := clean(part))]


def _standfirst(tree: HtmlElement, lead: str, paragraphs: list[str]) -> str | None:
    """The page's description where a reader sees it above the text, and the text does not have it yet."""
    wanted = key(lead)
    if not 40 <= len(wanted) <= 1_000 or wanted in key(" ".join(paragraphs)):
        return None
    beginning = wanted[:12]
    for element in tree.iter("p", "div", "h2", "h3", "span", "strong"):
        # the whole text of every division would be quadratic: first a look at how it begins
        if len(element) > 5 or not _begins(element, beginning):
            continue
        text = text_of(element)
        if key(text) == wanted:
            return None if ancestors_marked(element, _FOREIGN) else text
    return None


def _begins(element: HtmlElement, beginning: str) -> bool:
    first = next((part for part in element.itertext() if part.strip()), "")
    start = key(first[:40])
    return bool(start) and (start.startswith(beginning) or beginning.startswith(start))
