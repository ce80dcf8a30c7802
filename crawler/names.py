"""The names in a byline, without what bylines wrap around them. Pure."""

import re

from crawler.markup import clean, key
from crawler.wording import (
    AFFIXED_AND,
    AGENCIES,
    AROUND,
    BY,
    BY_IN,
    FOR,
    IS,
    JOINERS,
    NOBODY,
    NOT_WRITTEN,
    PARTICLES,
    ROLE,
    WITH,
)

_PUNCTUATION = r"\s*[;|•·]\s*|\s+[/&+]\s+|\s*[/／]\s*|\s*[、，,]\s*|\s+[-–—]\s+|\n+"
_NOISE = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@\w+|[(（][^()（）]{0,80}[)）]\s*(?=$|[,;|/]|[a-zß-ÿ])|\[[^\]]{0,80}\]"
)
# What stands before a name in East Asian bylines: place=name, bureau・name
_OFFICE = re.compile(
    r"(?<!\S)[가-힣]{2,6}=(?=[가-힣]{2,4}(?:\s|$))"
    r"|[\u3040-\u30ff\u4e00-\u9fff]{0,8}(?:支局|支社|総局|本社|編集委員|論説委員|特派員|記者)・(?=[\u3040-\u9fff]{2,})"
)
_LONGEST = 2_000  # characters of a byline
_EDGES = ' \t.,:;：|-–—*"“”„«»•·/【】〔〕「」『』（）()'
_NUMBER = re.compile(r"\d.*$", re.DOTALL)
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ.’'-]+")
_LABEL = re.compile(r"[^\W\d_][^\d:：,;]{1,25}[:：]\s*(?=\S)")
_CJK_BEFORE = re.compile(r".*(?:記者|记者|撰文|作者)[:：/／\s]*(?=[\u4e00-\u9fff]{2,4}(?:\W|$))")
# A word where words are written apart: alone it is no name beside full ones.
_ONE_WORD = re.compile(
    r"[^\W\d_\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af][^\s\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]*"
)
_CJK_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{2,4})+")
_PLACE = re.compile(
    r"\s+(?:in|aus|à|en|a|from|for|bei|für|at)\s+[A-ZÄÖÜ][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}$"
)


def names_in(text: str, language: str | None = None, *, from_prose: bool = False) -> tuple[str, ...]:
    """The names that a byline holds: no *By*, roles, addresses, dates or places; several are split."""
    spoken = (language or "")[:2].lower()
    text = _NOISE.sub(" ", "\n".join(clean(line) for line in text[:_LONGEST].split("\n"))).strip()
    text = _OFFICE.sub(" | ", text)
    if short := BY_IN.get(spoken):
        text = re.sub(rf"^(?:{short})\s+(?=\S+\s+\S)", "", text, flags=re.IGNORECASE)
    text = _apart(WITH.sub(" | ", text), spoken)
    joiner = JOINERS.get(spoken, "und|et|y")
    # A letter alone joins two full names; in *Ortega y Gasset* it is part of one.
    joiner = "|".join(rf"{word}(?=\s+\S+\s+\S)" if len(word) == 1 else word for word in joiner.split("|"))
    parts = re.split(rf"{_PUNCTUATION}|\s+(?:and|{joiner})\s+", text, flags=re.IGNORECASE)
    found: dict[str, str] = {}
    for part in parts:
        for name in _bare(part, spoken, from_prose=from_prose):
            if _is_name(name):
                found.setdefault(key(name), name)
    full = any(" " in name for name in found.values())
    mixed = any(" " in name and not name.isupper() for name in found.values())
    # Beside a full name a single word, or one in capitals, is a place, a degree or a paper.
    return tuple(
        name
        for own, name in found.items()
        if own in AGENCIES or not ((full and _ONE_WORD.fullmatch(name)) or (mixed and name.isupper()))
    )


def _bare(part: str, spoken: str, *, from_prose: bool) -> list[str]:
    """The name in a part of a byline; two in East Asian writing, where a space is enough between them."""
    if NOT_WRITTEN.match(part.strip(_EDGES)):
        return []
    name = _CJK_BEFORE.sub("", _NUMBER.sub("", FOR.sub("", IS.sub("", part))).strip(_EDGES))
    for _ in range(2):  # Text: von …
        name = BY.sub("", name + " ").strip(_EDGES)
    label = _LABEL.match(name)
    if label and len(label[0].split()) <= 3:  # whatever the language calls those who write
        said, name = label[0].strip(_EDGES), name[label.end() :]
        if ROLE.search(name):
            name = said  # and not what comes after
    name = _from_capital(re.sub(r"^(?:and|und|et)\s+", "", name), labelled=name != part.strip(_EDGES))
    bare = AROUND.sub("", name)
    if bare != name and _LATIN_WORD.fullmatch(bare):
        return []  # the technology reporter
    bare = " ".join((_PLACE.sub("", bare) if from_prose else bare).split())
    return bare.split() if _CJK_NAMES.fullmatch(bare) and spoken != "ja" else [bare]


def _from_capital(name: str, *, labelled: bool) -> str:
    """A name without the small words before it (*our correspondent*), which are not all part of names."""
    words = name.split()
    first = next((at for at, word in enumerate(words) if not word.islower()), 0)
    if len(words) - first > 1 and (labelled or not PARTICLES.issuperset(words[:first])):
        return " ".join(words[first:])
    return name


def _apart(text: str, spoken: str) -> str:
    """A text with a bar for every *and* that is one word with the name after it."""
    if spoken not in AFFIXED_AND or len(text.split()) < 4:
        return text
    letter, names = AFFIXED_AND[spoken]
    words = text.split(" ")
    for at in range(2, len(words) - 1):
        word = words[at]
        if word.startswith(letter) and len(word) > 3 and word not in names.split():
            words[at] = f"| {word[1:]}"
    return " ".join(words)


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or not any(char.isalpha() for char in name) or key(name) in NOBODY:
        return False
    words = name.split()
    return len(words) <= 6 and not ROLE.search(name) and (not name[0].islower() or len(words) > 1)


def is_full_name(name: str) -> bool:
    """Whether a name has a given and a family part, both with capitals where the script has any."""
    words = name.split()
    return 1 < len(words) < 5 and not words[0].islower() and not words[-1].islower()
