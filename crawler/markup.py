"""One parse of a page, shared by everything that reads it. Pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # type: ignore[import-untyped]

MAX_BYTES = 10_000_000
"""A page larger than this is no article; reading it would only cost time and memory."""

MAX_ELEMENTS = 12_000
"""Elements of a page that are looked at, scripts and the like aside; ten times what a long article has."""

_MAX_TAGS = 120_000
_MAX_FIELD = 20_000  # characters of a title or meta element; resolving a million entities takes seconds
_MAX_METAS = 2_000
_MAX_VALUES = 50  # meta elements of one name
_LONG_TAG = re.compile(r"(<[a-zA-Z][\w-]*)[^<>]{5000,}")

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_NO_LETTER = re.compile(r"[\W_]+")
_SOFT_HYPHEN = "\xad"
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_NESTING = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|center|section|blockquote|ul|ol|li|a)\b[^<>]*>", re.IGNORECASE
)
_SELF_CLOSED_HTML = re.compile(r"(<html\b[^>]*?)\s*/>", re.IGNORECASE)
_DROPPED = ("style", "svg", "template", "canvas", "object", "embed", "applet", "source", "track")
_BLOCK_NAMES = """
address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p pre section table td th tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. ``tree`` is shared: whoever changes it works on a copy. ``meta`` holds the contents of
    all meta elements by lower-case name, property or itemprop, in document order; ``scripts`` the JSON-LD."""

    tree: HtmlElement
    meta: dict[str, tuple[str, ...]]
    scripts: tuple[str, ...]
    head_title: str
    canonical: str | None
    amp: str | None = None

    def first(self, *names: str) -> str | None:
        """The first non-empty content among these meta names, in the order asked for."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def parse(text: str) -> Page | None:
    """Parse HTML of any quality; None where there is no element in it."""
    tree = _tree(text)
    if tree is None:
        return None
    scripts = []
    dropped = []
    for element in tree.iter("script", *_DROPPED):
        if element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            scripts.append(element.text or "")
        dropped.append(element)
    meta: dict[str, list[str]] = {}
    for element in islice(tree.iter("meta"), _MAX_METAS):
        said = (element.get("content") or "")[:_MAX_FIELD]
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if said and (name := element.get(attribute)):
                values = meta.setdefault(name.strip().lower(), [])
                if len(values) < _MAX_VALUES and (content := clean(said)):
                    values.append(content)
    title = next((clean(text_of(element)[:_MAX_FIELD]) for element in tree.iter("title")), "")
    canonical, amp = _link(tree, "canonical"), _link(tree, "amphtml")
    for element in dropped:
        drop(element)
    _trim(tree)
    return Page(
        tree, {name: tuple(all_) for name, all_ in meta.items()}, tuple(scripts), title, canonical, amp
    )


def clean(text: str) -> str:
    """Text as a reader sees it on one line: entities resolved (twice escaped too), no tags or spare space."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    if not text.isprintable():
        text = _INVALID.sub("", text).replace(_SOFT_HYPHEN, "")
    return _SPACE.sub(" ", text).strip("\u200b\u200e\u200f\ufeff \t\n\r")


def text_of(element: HtmlElement) -> str:
    """All text of an element on one line, with a space where a block or a line begins or ends."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        block = node.tag in _BLOCKS
        if event == "start":
            if block:
                parts.append(" ")
            if isinstance(node.tag, str) and node.tag not in ("script", "style"):
                parts.append(node.text or "")
        else:
            if block:
                parts.append(" ")
            if node is not element:
                parts.append(node.tail or "")
    return _SPACE.sub(" ", "".join(parts)).replace(_SOFT_HYPHEN, "").strip()


def key(text: str) -> str:
    """What two spellings of one headline have in common: letters and digits without case."""
    return _NO_LETTER.sub("", text.casefold())


def ancestors_marked(element: HtmlElement, words: re.Pattern[str]) -> bool:
    """Whether an ancestor's tag, class or id says something that the pattern finds."""
    return any(words.search(f"{up.tag} {up.get('class') or ''} {up.get('id') or ''}") for up in _up(element))


def _up(element: HtmlElement) -> Iterator[HtmlElement]:
    for up in element.iterancestors():
        if up.tag in ("body", "html"):
            return
        yield up


def _tree(text: str) -> HtmlElement | None:
    text = _LONG_TAG.sub(_shortened, _bounded(text))
    head = text[:2000]
    if "/>" in head:
        # libxml2 would take <html/> for an empty document
        text = _SELF_CLOSED_HTML.sub(r"\1>", head, count=1) + text[2000:]
    tree, too_deep = _parse(text)
    if too_deep:
        # The parser stops at its depth limit and loses what follows: without tags that only nest, it is flat.
        tree, _ = _parse(_NESTING.sub(" ", text))
    return tree


def _bounded(text: str) -> str:
    """As much of the text as holds ``_MAX_TAGS`` opening brackets: no parser sees a million elements."""
    if text.count("<") <= _MAX_TAGS:
        return text
    return text[: next(islice(re.finditer("<", text), _MAX_TAGS, None)).start()]


def _shortened(tag: re.Match[str]) -> str:
    """A tag without its attributes where there are thousands: the parser compares each with all before it."""
    return tag[1] if len(tag[0].split()) > 1_000 else tag[0]


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        body = text.encode("utf-8", "replace").translate(None, _CONTROLS)
        tree = document_fromstring(
            body.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b""), parser=parser
        )
    except (etree.LxmlError, ValueError, AssertionError, TypeError):
        tree = None
    too_deep = any("depth" in entry.message for entry in parser.error_log)
    return tree, too_deep


def _trim(tree: HtmlElement) -> None:
    """Cut off what comes after ``MAX_ELEMENTS``: a page without end costs no more than a long one."""
    if tree.xpath("count(//*)") <= MAX_ELEMENTS:
        return
    first = next(islice(tree.iter(), MAX_ELEMENTS, None), None)
    if first is None:  # what is counted beyond the tree is not in it
        return
    parent, start = first.getparent(), 0
    while parent is not None:
        # in slices: one by one, a hundred thousand removals take a second
        del parent[parent.index(first) + start :]
        first, parent, start = parent, parent.getparent(), 1


def _link(tree: HtmlElement, rel: str) -> str | None:
    for element in tree.iter("link"):
        if rel in (element.get("rel") or "").lower().split() and (
            href := (element.get("href") or "").strip()
        ):
            return href
    return None


def drop(element: HtmlElement) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
