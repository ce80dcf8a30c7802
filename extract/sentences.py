"""Where sentences and paragraphs begin: one spaCy component, and the pure function behind it.

News text breaks lines for bullets, table rows and bylines, so a line break always ends a sentence here; within a line
a full stop ends one unless what stands before it is an abbreviation, an initial or a number that goes on.
"""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extract.doc_text import text_of

_BREAK = re.compile(r"""[.!?…。！？]+["'”’»)\]]*(?=\s|$)|\n(?:[^\S\n]*\n)*|\r""")
_ABBREVIATION = re.compile(
    r"""(?:^|[\s(“"'‘\[|])(?:[A-Za-z]|[A-Z][a-z]?|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Inc|Corp|Co|Ltd|vs|No|Nos|approx|ca|est|Jan|Feb
    |Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Rs|Fig|cf|etc|al|e\.g|i\.e|U\.S|U\.K|E\.U|a\.m|p\.m|resp|incl|excl|avg|Gen|Gov|Sen|Rep
    |Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun|max|min|bn|mn|tn|Cos|Bros)$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``paragraph`` and ``line`` count from 0; ``bullet`` tells a list item or a table row."""

    start: int
    end: int
    paragraph: int
    line: int
    bullet: bool


_BULLET = re.compile(r"\s*(?:[-–—•*·▪‣◦>]|\d{1,2}[.)]|\(\d\))\s")


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of ``text`` in order, without the white space around them; none is empty."""
    found: list[Sentence] = []
    start, paragraph, line = 0, 0, 0
    line_start = 0

    def close(end: int) -> None:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            bullet = " | " in text[line_start : _line_end(text, line_start)] or bool(
                _BULLET.match(text, line_start)
            )
            found.append(Sentence(start + left, start + right, paragraph, line, bullet))

    for match in _BREAK.finditer(text):
        mark = match.group()
        if mark[0] in "\r\n":
            close(match.start())
            start = match.end()
            line += 1
            line_start = start
            if mark.count("\n") > 1:
                paragraph += 1
            continue
        if mark == "." and _goes_on(text, match):
            continue
        close(match.end())
        start = match.end()
    close(len(text))
    return found


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _goes_on(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 3].lstrip(" \t\xa0\u2009\u202f")
    if after[:1].islower():
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(after) and bool(_ABBREVIATION.search(before))


class SentenceMarker:
    """Sets ``doc._.sentences``."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.sentences = split_sentences(text_of(doc))
        return doc


@Language.factory("beatbook_sentences")
def make_sentences(nlp: Language, name: str) -> SentenceMarker:
    """The sentence component."""
    if not Doc.has_extension("sentences"):
        Doc.set_extension("sentences", default=())
    return SentenceMarker()
