"""A text as figures are read from it: folded, lower case, idle spaces left out."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from extract.numbers import fold, lower
from extract.quantity_noise import blank

_CHINESE = re.compile(
    r"yuan|rmb|renminbi|cny|beijing|shanghai|shenzhen|hangzhou|china|chinese|alibaba|baidu|tencent|bytedance|deepseek"
    r"|huawei|moonshot|zhipu|minimax|qwen|xiaomi"
)
_JAPANESE = re.compile(r"(?<![a-z])(?:yen|jpy|japan|japanese|tokyo|osaka|nikkei)(?![a-z])")
_KOREAN = re.compile(r"₩|krw|korea|seoul|(?:000|illion) won(?![a-z])")
# Letters before the digits that are money in a text of the country: N10, R149, W2.4m.
_LETTERS = {
    "N": ("NGN", re.compile(r"naira|nigeria|lagos|abuja")),
    "R": ("ZAR", re.compile(r"south africa|johannesburg|cape town|pretoria|(?<![a-z])(?:rand|jse)(?![a-z])")),
    "W": ("KRW", re.compile(r"korea|seoul|kospi|hynix|samsung")),
}
LETTER = re.compile(
    r"(?<![A-Za-z0-9])([NW](?=\d)|R(?=\d\d|\d[.,]\d|\d ?(?:bn|m|b|million|billion)(?![a-z])))"
)

# Spaces that say nothing: all but the first of a run, and those at the end of a line.
_IDLE = re.compile(r" +(?=\n)|(?<= ) +")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in the forms in which it is read, all of one length: without idle spaces (``text``), ``folded``,
    and in lower case with dates and times blanked (``low``).

    ``letters`` are the letters that are money in it; ``yen`` is the currency of a bare ¥ in it; ``korean`` says
    that a small figure with *won* may be money;
    ``dropped`` are the places in ``text`` before which so many characters of the given text were left out.
    """

    text: str
    folded: str
    low: str
    yen: str
    korean: bool
    dropped: tuple[tuple[int, int], ...]
    letters: Mapping[str, str] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of ``text`` is in the text as it was given."""
        if not self.dropped:
            return start, end
        return start + self._shift(start), end + self._shift(end - 1)

    def _shift(self, at: int) -> int:
        index = bisect_right(self.dropped, at, key=itemgetter(0))
        return self.dropped[index - 1][1] if index else 0


def read_passage(text: str) -> Passage:
    """Drops idle spaces, folds, blanks, and looks for what tells the currency of the text's ¥ and *won*."""
    folded = fold(text)
    kept, dropped, done, total = [], [], 0, 0
    for idle in _IDLE.finditer(folded) if "  " in folded or " \n" in folded else ():
        kept.append((done, idle.start()))
        done = idle.end()
        total += done - idle.start()
        dropped.append((done - total, total))
    if dropped:
        kept.append((done, len(text)))
        text = "".join(text[start:end] for start, end in kept)
        folded = "".join(folded[start:end] for start, end in kept)
    low = lower(folded)
    yen = "CNY" if "¥" in low and _CHINESE.search(low) and not _JAPANESE.search(low) else "JPY"
    korean = " won" in low and bool(_KOREAN.search(low))
    letters = {
        letter: code
        for letter in sorted({m.group(1) for m in LETTER.finditer(folded)})
        for code, country in (_LETTERS[letter],)
        if country.search(low)
    }
    return Passage(text, folded, blank(low, folded), yen, korean, tuple(dropped), letters)
