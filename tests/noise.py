"""Typographic noise: the same articles as other publishers would set them.

Blanks become non-breaking, thin or double, quotation marks curly or straight, dashes and hyphens longer or
shorter, line ends those of Windows, the headline upper case. Which mark becomes which is decided by its place
alone, so that the noise is the same in every run; the quotes of claims are cut from the noisy text.

usage: python tests/noise.py GOLD_DIR OUT_DIR
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Article = dict[str, Any]

_BLANKS = (" ", " ", " ", "\u00a0", "\u202f", "\u2009", "  ")
_APOSTROPHES = ("'", "’", "ʼ")
_OPENING = ('"', "“", "«", "„")
_CLOSING = ('"', "”", "»", "“")
_HYPHENS = ("-", "\u2010", "\u2011")
_DASHES = ("–", "—", "-", "\u2012", "--")
_RANGES = ("–", "-", "\u2012", "\u2011")
_ALL_DASHES = frozenset("-–—\u2010\u2011\u2012\u2212")


def noisy(article: Article) -> Article:
    """The article with noise in text and title, and its claims' quotes to the letter of the new text."""
    text, title = _pieces(article["text"], article["id"]), [c.upper() for c in article["title"]]
    changed = {**article, "text": "".join(text), "title": "".join(title)}
    for kind in ("claims", "optional"):
        if kind in article:
            changed[kind] = [
                {**claim, "quote": _quote(claim["quote"], article, text, title)} for claim in article[kind]
            ]
    return changed


def _quote(quote: str, article: Article, text: list[str], title: list[str]) -> str:
    for field, pieces in ((article["text"], text), (article["title"], title)):
        start = field.find(quote)
        if start >= 0:
            return "".join(pieces[start : start + len(quote)])
    return quote


def _pieces(text: str, seed: str) -> list[str]:
    """For each character what stands in its place."""
    return [_piece(text, i, seed) for i in range(len(text))]


def _piece(text: str, i: int, seed: str) -> str:
    char = text[i]
    if char.isalnum() or char in ".,:;()%$|":
        return char
    number = hashlib.sha256(f"{seed}/{i}".encode()).digest()[0]
    before, after = text[i - 1 : i] if i else "", text[i + 1 : i + 2]

    def one_of(choices: tuple[str, ...]) -> str:
        return choices[number % len(choices)]

    if char == "\n":
        return "\r\n"
    if char == " ":
        return one_of(_BLANKS) if before.strip() and after.strip() else char
    if char in "'’‘":
        return one_of(_APOSTROPHES) if before.isalnum() and after.isalpha() else char
    if char in '"“”':
        opens = not before.strip() or before in "(["
        return one_of(_OPENING if opens else _CLOSING)
    if char in _ALL_DASHES:
        return _dash(before, after, one_of) or char
    return char


def _dash(before: str, after: str, one_of: Any) -> str | None:
    """A hyphen within a word, a dash between figures, a dash between clauses; a minus sign stays."""
    if before.isalpha() and after.isalnum():
        return str(one_of(_HYPHENS))
    if before.isdigit() and (after.isdigit() or after in "$€£"):
        return str(one_of(_RANGES))
    if before == " " and after == " ":
        return str(one_of(_DASHES))
    return None


def main(gold: str, out: str) -> None:
    """Writes the noisy articles of a folder into another one, file by file."""
    Path(out).mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(gold).glob("*.json")):
        article = noisy(json.loads(path.read_text(encoding="utf-8")))
        (Path(out) / path.name).write_text(
            json.dumps(article, ensure_ascii=False, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
