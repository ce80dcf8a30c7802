"""What a page says of its article in JSON-LD, however broken the JSON. Pure."""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.markup import clean

Node = dict[str, Any]

_ARTICLES = {"blogposting", "report", "liveblogposting", "socialmediaposting", "review", "pressrelease"}
_WEAK = {
    "webpage",
    "itempage",
    "videoobject",
    "audioobject",
    "podcastepisode",
    "creativework",
    "imagegallery",
}
# What hangs below these belongs to another article.
_ELSEWHERE = {
    "haspart", "ispartof", "itemlistelement", "mentions", "relatedlink", "citation", "isbasedon", "comment",
    "review", "publisher", "liveblogupdate", "significantlink", "itemreviewed", "workexample",
    "potentialaction", "breadcrumb", "image", "video", "associatedmedia", "subjectof", "offers",
}  # fmt: skip
_MAX_NODES = 5_000
_MAX_FIELD = 20_000  # characters of a field that is no text
_MAX_BROKEN = 500_000  # characters of JSON that is searched for fields because it cannot be parsed
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*+)?(?:\]\]>|-->)\s*+;?\s*+$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_STRING = r'"\s*:\s*"((?:[^"\\]|\\.)*)"'
_RESCUED = ("headline", "datePublished", "dateModified", "articleBody", "inLanguage", "description")


@dataclass(frozen=True, slots=True)
class Author:
    """An author as declared: ``person`` is None where the page does not say whether it is one."""

    name: str
    person: bool | None


@dataclass(frozen=True, slots=True)
class JsonArticle:
    """The article that the page declares. Strings are cleaned; dates are as written."""

    headline: str = ""
    name: str = ""
    authors: tuple[Author, ...] = ()
    published: str | None = None
    modified: str | None = None
    body: str = ""
    description: str = ""
    language: str | None = None
    publisher: str | None = None
    free: bool | None = None
    """``isAccessibleForFree``."""


def read(scripts: Sequence[str], titles: Sequence[str], urls: Sequence[str]) -> JsonArticle:
    """The article of a page among all that its JSON-LD describes.

    ``titles`` are what the page itself shows as its headline and ``urls`` its own addresses: the article
    object that agrees with one of them is preferred to an earlier one. Empty where nothing is declared.
    """
    nodes = [node for script in scripts for node in _walk(loads(script))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    wanted, places = {_plain(title) for title in titles if title}, {_address(url) for url in urls if url}

    def rank(node: Node) -> tuple[int, int, int]:
        own_title = _plain(_text(node.get("headline")) or _text(node.get("name")))
        own = own_title in wanted and bool(own_title)
        here = any(_address(url) in places for url in _urls(node))
        return _strength(node), int(own) + int(here), int(bool(node.get("headline")))

    candidates = [node for node in nodes if _strength(node)]
    if not candidates:
        return JsonArticle(publisher=_publisher(nodes, by_id))
    ordered = sorted(candidates, key=rank, reverse=True)
    best = ordered[0]
    # A weaker object of the same page (WebPage beside Article) fills gaps, another article does not.
    rest = [node for node in ordered[1:] if _strength(node) == 1 or rank(node)[1] > 0]
    full = [best, *rest]
    authors = next((found for node in full if (found := tuple(_authors(node, by_id)))), ())
    return JsonArticle(
        headline=_text(best.get("headline"))
        or next((_text(n.get("headline")) for n in rest if n.get("headline")), ""),
        name=_text(best.get("name")),
        authors=authors,
        published=_first(full, "datePublished") or _first(full, "dateCreated"),
        modified=_first(full, "dateModified"),
        body=max((_body(node) for node in full), key=len),
        description=_text(best.get("description")),
        language=_language(_first(full, "inLanguage")),
        publisher=_publisher(full, by_id) or _publisher(nodes, by_id),
        free=next((free for node in full if (free := _free(node)) is not None), None),
    )


def loads(script: str) -> list[Any]:
    """All JSON values of one script, repaired where a known slip is in the way; an empty list for no JSON."""
    text = _WRAPPING.sub("", script).strip().rstrip(";")
    if not text:
        return []
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    for repaired in (text, _BAD_ESCAPE.sub("", _TRAILING_COMMA.sub(r"\1", text))):
        try:
            return [json.loads(repaired, strict=False)]
        except (ValueError, RecursionError):
            continue
    return _several(text) or _rescue(text[:_MAX_BROKEN])


def _several(text: str) -> list[Any]:
    """Objects written one after another, or a good one before a broken one."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = 0
    while (at := text.find("{", at)) >= 0 and len(found) < 20:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


def _rescue(text: str) -> list[Any]:
    """The plain fields of an object that no parser accepts."""
    node: Node = {}
    for name in _RESCUED:
        if match := re.search(f'"{name}{_STRING}', text):
            node[name] = _unquoted(match[1])
    if match := re.search(r'"author"\s*:\s*(\[[^\]]{0,5000}\]|\{[^}]{0,2000}\})', text):
        node["author"] = [
            {"@type": "Person", "name": _unquoted(name)} for name in re.findall(f'"name{_STRING}', match[1])
        ]
    elif match := re.search(f'"author{_STRING}', text):
        node["author"] = _unquoted(match[1])
    if node and (match := re.search(f'"@type{_STRING}', text)):
        node["@type"] = match[1]
    return [node] if node else []


def _unquoted(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return raw


def _walk(values: list[Any]) -> Iterator[Node]:
    """Every object of the page's own, the outer before the inner."""
    queue, count = list(values), 0
    while queue and count < _MAX_NODES:
        layer: list[Any] = []
        for value in queue:
            if isinstance(value, list):
                layer.extend(value)
            elif isinstance(value, dict):
                count += 1
                yield value
                layer.extend(
                    below
                    for name, below in value.items()
                    if isinstance(below, (dict, list)) and str(name).lower() not in _ELSEWHERE
                )
        queue = layer[:_MAX_NODES]


def _types(node: Node) -> list[str]:
    types = node.get("@type", [])
    return [kind.rsplit("/", 1)[-1].lower() for kind in (types if isinstance(types, list) else [types])
            if isinstance(kind, str)]  # fmt: skip


def _strength(node: Node) -> int:
    """2 for an article, 1 for a page or medium that may stand for one, 0 for anything else."""
    types = _types(node)
    if any(kind.endswith("article") or kind in _ARTICLES for kind in types):
        return 2
    if any(kind in _WEAK or kind.endswith("page") for kind in types):
        return 1
    return 2 if not types and node.get("headline") else 0


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return clean(value[:_MAX_FIELD]) if isinstance(value, str) else ""


def _first(nodes: Sequence[Node], name: str) -> str | None:
    for node in nodes:
        value = node.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if text := _text(value):
            return text
    return None


def _body(node: Node) -> str:
    value = node.get("articleBody")
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _authors(node: Node, by_id: dict[str, Node]) -> Iterator[Author]:
    seen = set()
    queue = [node.get("author") or node.get("creator")]
    spoken = str(node.get("inLanguage") or "")[:2].lower()
    while queue:
        value = queue.pop(0)
        person: bool | None = None
        if isinstance(value, list):
            queue[:0] = value[:100]
            continue
        if isinstance(value, dict):
            if "name" not in value:
                value = by_id.get(str(value.get("@id")), value)
            types = _types(value)
            if types:
                person = "person" in types
            value = _in_language(_person_name(value), spoken)
        if isinstance(value, list):
            queue[:0] = [{"@type": "Person" if person else "", "name": each} for each in value[:100]]
        elif isinstance(value, str) and (name := clean(value)) and name not in seen:
            seen.add(name)
            yield Author(name, person)


def _in_language(name: Any, spoken: str) -> Any:
    """Of one name in several languages the one in that of the article, else the first."""
    if not isinstance(name, list) or not all(isinstance(one, dict) and "@value" in one for one in name):
        return name
    fit = (one for one in name if str(one.get("@language") or "")[:2].lower() == spoken)
    return next(fit, name[0])["@value"] if name else ""


def _person_name(node: Node) -> Any:
    name = node.get("name")
    if isinstance(name, dict):
        name = name.get("name") or name.get("@value")
    if not name:
        name = " ".join(str(node[part]) for part in ("givenName", "familyName") if node.get(part))
    return name


def _publisher(nodes: Sequence[Node], by_id: dict[str, Node]) -> str | None:
    for node in nodes:
        value = node.get("publisher")
        if isinstance(value, dict) and "name" not in value:
            value = by_id.get(str(value.get("@id")), value)
        if name := _text(value):
            return name
    return next((name for node in nodes if {"website", "newsmediaorganization"} & set(_types(node))
                 and (name := _text(node.get("name")))), None)  # fmt: skip


def _language(value: str | None) -> str | None:
    return value if value and re.fullmatch(r"[A-Za-z]{2,3}([-_].*)?", value) else None


def _free(node: Node) -> bool | None:
    value = node.get("isAccessibleForFree")
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().rsplit("/", 1)[-1].lower())
    return value if isinstance(value, bool) else None


def _urls(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _address(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|[?#].*$|/+$", "", url.strip()).lower()


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
