"""From text to the tokens that date expressions are made of, in one scan.

Figures that are plainly something else (money, percentages, versions, model names) become tokens of the kind
``figure``, which no rule takes.
"""

import re

_DASH = r"‐‑‒–—―−~\-"  # inside a character class
_SPACE = r"[^\S\n]"
_YEAR2 = r"(?:\d{4}|['’]?\d{2})"
# Between Q1 and its year: two digits alone need a mark of their own, else H100 would be a half of 2000.
_LINK = (
    rf"(?:{_SPACE}of{_SPACE}|{_SPACE}?[-–/]|(?={_SPACE}?(?:['’]\d|FY|CY))"
    rf"|{_SPACE}(?=\d{{4}}|fiscal)){_SPACE}?"
)
_OWN = rf"FY|CY|fiscal{_SPACE}year|fiscal"
_SCANNER = re.compile(
    rf"""(?:
    (?P<word>(?!(?:FY|CY)\b)[^\W\d_]++(?![\d_])|[぀-ヿ一-鿿가-힣]++)
  | (?P<stop>\n|[?!|•]|\.(?=\s+["“‘(]?[A-Z])|\.$|:(?=\s))
  | (?P<mark>['’,;/()\[\].{_DASH}])(?!\d0['’]?s\b)
  | (?<![\w.$€£¥])(?<![^\W\d][{_DASH}])(?P<code>
        (?P<h4>[12])H(?![\w%'’]|{_SPACE}?(?:FY|CY|['’]?\d))
      | (?P<q1>[1-4])Q{_SPACE}?[-–]?(?P<qf1>FY|CY)?{_SPACE}?(?P<qy1>{_YEAR2})?[EF]?(?![\w%])
      | Q(?P<q2>[1-4])(?:{_LINK}(?P<qf2>{_OWN})?{_SPACE}?-?(?P<qy2>{_YEAR2})(?:/(?P<qs>\d\d))?)?[EF]?(?![\w%])
      | 9M{_SPACE}?(?P<mf>FY)?{_SPACE}?(?P<my>{_YEAR2})(?![\w%])
      | (?P<y3>\d{{4}}){_SPACE}?-?(?:Q(?P<q3>[1-4])|H(?P<h3>[12]))(?!\w)
      | (?P<h1>[12])H{_SPACE}?[-–]?(?P<hf1>FY|CY)?{_SPACE}?(?P<hy1>{_YEAR2})(?![\w%])
      | H(?P<h2>[12])(?:{_LINK}(?P<hf2>{_OWN})?{_SPACE}?-?(?P<hy2>{_YEAR2}))?(?![\w%])
      | (?P<fy>FY|CY){_SPACE}?[-–]?(?P<fy1>{_YEAR2})(?:[-–/](?P<fy2>\d{{4}}|\d{{2}}))?[EF]?(?![\w%])
    )
  | (?P<cjk>(?P<cy>\d{{4}})年(?:(?P<cm>\d{{1,2}})月(?:(?P<cd>\d{{1,2}})日)?)?
      | (?P<cm2>\d{{1,2}})月(?P<cd2>\d{{1,2}})日)
  | (?<![\w.,$€£¥₹₩/{_DASH}])(?P<date>
        (?P<iy>\d{{4}})(?P<isep>[-/.])(?P<im>\d{{1,2}})(?P=isep)(?P<id>\d{{1,2}})(?:T\d\d:\d\d[\d:.+Z-]*)?
      | (?P<a>\d{{1,2}})(?P<dsep>[/.\-])(?P<b>\d{{1,2}})(?P=dsep)(?P<dy>\d{{4}}|\d{{2}})
    )(?![\w%]|[.,]\d)
  | (?<![\w.,$€£¥₹₩/])(?P<years>
        (?P<ya>(?:19|20)\d\d){_SPACE}?[/–—-]{_SPACE}?(?P<yb>(?:19|20)\d\d|\d\d)
    )(?![\w%/–-]|[.,]\d)
  | (?<![\w.,$€£¥₹₩])(?P<decade>(?:['’]|1[5-9]|20)?\d0['’]?s)(?!\w)
  | (?<![\w.,$€£¥₹₩])(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th))(?!\w)
  | (?<![\w.,$€£¥₹₩])(?P<number>\d{{1,4}})(?![\w%‰°％]|[.,:]\d|{_SPACE}?%)
  | (?P<figure>[$€£¥₹₩]?\w+(?:[.,:]\d+)*(?:{_SPACE}?%)?)
    ){_SPACE}*  # else every blank is tried against every alternative
    """,
    re.VERBOSE,
)


class Tokens:
    """A text as parallel lists, one entry a token, for speed.

    ``kind`` is ``word``, ``number`` (up to four digits), ``ordinal`` (*14th*), ``date``, ``cjk``, ``code``
    (*1Q26*), ``years`` (*2024/25*), ``decade`` (*1990s*), ``figure``, ``stop`` (end of a sentence or line) or
    a punctuation mark; ``low`` is the token in lower case. A place outside the text has the kind ``stop``.
    """

    def __init__(self, text: str) -> None:
        matches = list(_SCANNER.finditer(text))
        self.matches = matches
        self.kind = [match.lastgroup or "" for match in matches]
        self.low = [match[kind].lower() for match, kind in zip(matches, self.kind, strict=True)]
        self.low += ["", "", "", "", "", "", "", ""]
        for place, kind in enumerate(self.kind):
            if kind == "mark":
                mark = self.low[place]
                self.kind[place] = "-" if mark in _DASH else "'" if mark == "’" else mark
        self.kind += ["stop"] * 8

    def __len__(self) -> int:
        return len(self.matches)

    def start(self, place: int) -> int:
        """Where the token begins in the text."""
        return self.matches[place].start()

    def end(self, place: int) -> int:
        """Where the token ends in the text."""
        match = self.matches[place]
        return match.end(match.lastgroup or 0)

    def capital(self, place: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.matches[place][0][:1].isupper()

    def number(self, place: int) -> int | None:
        """The value of a number or an ordinal written in digits."""
        kind = self.kind[place]
        if kind == "number":
            return int(self.low[place])
        return int(self.low[place][:-2]) if kind == "ordinal" else None

    def groups(self, place: int) -> dict[str, str]:
        """The parts of a date or a code by name."""
        return {name: part for name, part in self.matches[place].groupdict().items() if part is not None}


def whole_year(piece: str, near: int) -> int:
    """A year written with four digits or two: ``26`` is the one of the centuries around that lies nearest."""
    digits = int(piece.lstrip("'’"))
    if len(piece.lstrip("'’")) == 4:
        return digits
    return min((century + digits for century in (1900, 2000, 2100)), key=lambda year: abs(year - near))
