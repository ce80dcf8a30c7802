"""Who wrote an article: names, without what bylines wrap around them. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.jsonld import Author
from crawler.markup import Page, ancestors_marked, clean, key, text_of

_META = (
    "author", "article:author", "og:article:author", "og:author", "authors", "parsely-author", "sailthru.author",
    "byl", "dc.creator", "dcterms.creator", "dc.creator.aut", "cxenseparse:author", "article.author", "creator",
    "citation_author", "article:author_name", "shareaholic:article_author_name", "rbauthors", "dcsext.author",
    "author-name", "article-author", "bt:author", "vr:author", "cse_author", "twitter:creator:name", "byline",
)  # fmt: skip

# The words that stand before a name, by language; matched at the start only.
_BY = re.compile(
    r"^(?:(?:written|reported|posted|story|reporting|words|review|analysis|opinion|edited|compiled|text|texte|texto"
    r"|testo|tekst|ein beitrag|ein artikel|eine analyse|ein kommentar|ein interview|ein gastbeitrag|protokoll"
    r"|interview|kommentar|analyse|redaktion|fotos?|photos?|from|bericht)\s+(?:by|von|par|di|de|por|af|av|door)\b"
    r"|by|von|par|di|por|af|av|door|przez|od|autor(?:in|en|es|a|as)?|autore|auteur(?:e|s)?|author(?:s)?|auteurs"
    r"|skribent|forfatter|författare|kirjoittaja|szerző|yazar|yazan|oleh|penulis|reporter|editor|redaktør"
    r"|text|texte|texto|testo|tekst|tekst av|teksti|av|от|автор(?:ы|и)?|текст|από|του|της|γράφει ο|γράφει η"
    r"|συντάκτης|מאת|بقلم|كتب|كتبت|作者|文[/／]|撰文|记者|記者|本报记者|本報記者|编辑|責任編輯|责任编辑|采写|글|취재|bởi|โดย)"
    r"(?:\s*[:：|]\s*|\s+|(?<=[\u2e80-\u9fff/／])\s*)",
    re.IGNORECASE,
)
# "de", "e", "y" alone are too often part of a name to be cut off at the start.
_JOINERS = {
    "de": "und", "fr": "et", "es": "y|e", "pt": "e", "it": "e", "ca": "i", "pl": "i|oraz", "nl": "en", "af": "en",
    "sv": "och", "da": "og", "no": "og", "nb": "og", "nn": "og", "fi": "ja", "et": "ja", "hu": "és", "tr": "ve",
    "ro": "și|şi|si", "ru": "и", "bg": "и", "uk": "та|і|й", "be": "і|ды", "sr": "и|i", "hr": "i", "sl": "in",
    "cs": "a", "sk": "a", "el": "και", "id": "dan", "ms": "dan", "vi": "và", "lt": "ir", "lv": "un", "is": "og",
    "lb": "an|a", "eu": "eta", "gl": "e", "sq": "dhe", "sw": "na", "tl": "at", "hi": "और", "bn": "ও", "he": "ו",
    "ar": "و", "fa": "و", "ur": "اور",
}  # fmt: skip
_PUNCTUATION = r"\s*[;|•·]\s*|\s+[/&+]\s+|\s*/\s*|\s*[、，,]\s*|\s+[-–—]\s+|\n+"
_ROLE = re.compile(
    r"\b(?:reporters?|editors?|correspondents?|staff|writers?|columnists?|journalists?|contributors?|contributing"
    r"|producers?|analysts?|professors?|director|chief|bureau|newsroom|desk|special|senior|freelance|fellow|lecturer"
    r"|news|media|agency|agencies|press|team|editorial|managing|deputy|head of|ph\.?d|author|photograph(?:er|y|s)?"
    r"|redakt\w*|korrespondent\w*|volont\w+|chefred\w*|ressort\w*|journalist\w*|reporter\w*|autor(?:in|en)?"
    r"|rédac\w*|journaliste|correspondant\w*|envoyée?|spéciale?|directeur|redac\w*|corresponsal|periodista|redactor\w*"
    r"|enviad[oa]|giornalista|inviat[oa]|jornalista|repórter|dziennikarz|redaktor\w*|reporterzy|journalistes?"
    r"|updated?|published|actualizad[oa]|aktualisiert|minutes?|min|read|follow|twitter|facebook|linkedin|instagram"
    r"|e-?mail|share|subscribe|contact|view|profile|bio|latest|posts?|articles?|more|all|about|comments?)\b",
    re.IGNORECASE,
)
_AGENCY = {
    "dpa", "afp", "ap", "reuters", "apa", "sid", "epd", "kna", "ansa", "efe", "lusa", "pap", "anp", "belga", "tass",
    "xinhua", "bloomberg", "upi", "ritzau", "ntb", "tt", "stt", "mti", "ctk", "čtk", "interfax", "tanjug", "agencies",
    "associatedpress", "theassociatedpress", "agencefrancepresse", "europapress", "adnkronos", "kyodo", "yonhap",
    "pti", "ani", "aap", "redaktion", "redazione", "redacción", "redaccion", "redação", "redacao", "redakcja",
    "larédaction", "redactie", "staff", "admin", "administrator", "editor", "editors", "newsdesk", "webmaster",
    "online", "unknown", "null", "none", "undefined", "anonymous", "guest", "author", "editorial", "dpaafx",
    "redaktionsnetzwerkdeutschland", "rnd", "keystonesda", "sda", "ats", "dts", "hina", "beta", "fena", "onlineredaktion",
}  # fmt: skip
_NOISE = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@\w+|\((?:[^()]{0,80})\)|\[[^\]]{0,80}\]"
)
_NUMBER = re.compile(r"\d.*$", re.DOTALL)
_PLACE = re.compile(
    r"\s+(?:in|aus|à|en|a|from|for|bei|für|at)\s+[A-ZÄÖÜ][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}$"
)
_BYLINE = re.compile(r"(?<![a-z])(?:by-?line|author|autor|auteur|autore|writer|skribent|forfatter|contributor|signature|firma)s?(?![a-z]{4})|(?:article|post|entry|story)[-_]?(?:author|byline)|author[-_]?name", re.IGNORECASE)  # fmt: skip
_NOT_BYLINE = re.compile(
    r"comment|relat|sidebar|footer|teaser|recommend|widget|popular|trending|promo|card(?!s?-?byline)|share|social|more-from"
    r"|photo|image|caption|credit|newsletter|\bnav|\baside|menu|list-item|bio|about|desc", re.IGNORECASE
)  # fmt: skip


def authors(
    page: Page, declared: Sequence[Author], site: Iterable[str], language: str | None
) -> tuple[str, ...]:
    """The names of those who wrote the article, in the order given, each once.

    People come before organisations: what JSON-LD declares, then the meta elements, then a byline in the page.
    An agency or newsroom is named only where JSON-LD declares it as the author and no person is found.
    """
    sites = {key(name) for name in site if name}
    persons, others = _declared(declared, sites, language)
    if persons:
        return persons
    for name in _META:
        names = _people(page.meta.get(name, ()), sites, language)
        if names:
            return names
    return _people(_bylines(page.tree), sites, language, from_prose=True) or others


def names_in(text: str, language: str | None = None, *, from_prose: bool = False) -> tuple[str, ...]:
    """The names that a byline holds: no *By*, roles, addresses, dates or places; several are split."""
    text = _NOISE.sub(" ", clean(text))
    joiner = _JOINERS.get((language or "")[:2].lower(), "und|et|y")
    parts = re.split(rf"{_PUNCTUATION}|\s+(?:and|{joiner})\s+", text, flags=re.IGNORECASE)
    found: dict[str, str] = {}
    for part in parts:
        name = _bare(part, from_prose=from_prose)
        if _is_name(name, alone=len(parts) == 1):
            found.setdefault(key(name), name)
    return tuple(found.values())


def _bare(part: str, *, from_prose: bool) -> str:
    name = _NUMBER.sub("", part).strip(" \t.,:;|-–—*'\"“”„")
    for _ in range(2):
        name = _BY.sub("", name + " ").strip(" \t,:;|-–—*'\"“”„")
    return _PLACE.sub("", name) if from_prose else name


def _is_name(name: str, *, alone: bool) -> bool:
    if not 2 <= len(name) <= 60 or not any(char.isalpha() for char in name):
        return False
    words = name.split()
    return (
        len(words) <= 6
        and not _ROLE.search(name)
        and (name[0].isupper() or not name[0].islower() or len(words) > 1)
    )


def _declared(
    declared: Sequence[Author], sites: set[str], language: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and organisations, both in the order declared."""
    persons: dict[str, str] = {}
    others: dict[str, str] = {}
    for author in declared:
        if author.person is not False:
            for name in names_in(author.name, language):
                if key(name) in sites or key(name) in _AGENCY:
                    others.setdefault(key(name), name)
                else:
                    persons.setdefault(key(name), name)
        if not author.name.lower().startswith(("http", "@")) and "@" not in author.name:
            others.setdefault(key(author.name), author.name)
    return tuple(persons.values()), tuple(others.values())


def _people(
    texts: Iterable[str], sites: set[str], language: str | None, *, from_prose: bool = False
) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in texts:
        if text.lower().startswith(("http", "/", "@")):
            continue
        for name in names_in(text, language, from_prose=from_prose):
            if key(name) not in sites and key(name) not in _AGENCY:
                names.setdefault(key(name), name)
    return tuple(names.values())


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """Texts of the best kind of byline that the page has, of the article itself."""
    kinds: tuple[list[HtmlElement], ...] = ([], [], [])
    for element in tree.iter(
        "a", "span", "div", "p", "address", "cite", "em", "strong", "b", "meta", "li", "h3", "h4"
    ):
        if (element.get("itemprop") or "").lower() == "author":
            kinds[0].append(element)
        elif "author" in (element.get("rel") or "").lower().split():
            kinds[1].append(element)
        elif _BYLINE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            kinds[2].append(element)
    for elements in kinds:
        texts = list(_texts(elements))
        if texts:
            yield from texts
            return


def _texts(elements: list[HtmlElement]) -> Iterator[str]:
    taken: list[HtmlElement] = []
    for element in elements[:200]:
        own = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _NOT_BYLINE.search(own) or ancestors_marked(element, _NOT_BYLINE):
            continue
        if any(up in taken for up in element.iterancestors()):
            continue
        named = element.find(".//*[@itemprop='name']")
        links = [text_of(link) for link in element.iter("a") if "/" in (link.get("href") or "")]
        texts = [text_of(named)] if named is not None else [text for text in links if names_in(text)]
        texts = texts or [element.get("content") or text_of(element)]
        texts = [text for text in texts if 2 < len(text) < 120 and names_in(text)]
        if texts:
            taken.append(element)
            yield from texts
