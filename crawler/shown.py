"""Dates as readers see them: in words and figures of some forty languages, with what stands before them. Pure.

The names of the months are dateparser's; the parsing is not, since it takes a hundredth of the time.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from itertools import takewhile

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.markup import ancestors_marked, clean, key, text_of

ELSEWHERE = re.compile(
    r"comment|relat|aside|sidebar|footer|nav|teaser|recommend|widget|popular|trending|promo", re.IGNORECASE
)
"""What marks the parts of a page that are about other articles."""

_HEADINGS = ("h2", "h3", "strong", "title")
_BELOW, _ABOVE = 150, 12  # elements around the headline
_YEAR = re.compile(r"\d{4}|\d\d?\.\d\d?\.\d\d")

_MONTHS = """
january february march april may june july august september october november december
"""
_SIBLINGS = {
    "no": ("nb",),
    "sr": ("sr-Latn", "hr"),
    "bs": ("hr", "sr-Latn"),
    "hr": ("sr-Latn",),
    "nn": ("nb",),
}
_MONTH_FIRST = {"en", None}  # numbers in either order; elsewhere the day comes first
_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_JALALI_YEARS = (1370, 1500)
_JALALI_START = -356033
_BUDDHIST = 543  # years that the Thai calendar is ahead

# A month: not \w, which leaves out the vowel signs of Indic scripts and Thai.
_WORD = r"([^\W\d_][^\d\s,;|/()<>]{1,15})"
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.º)?"
_OF = r"(?:(?:de|of|del|di|den|der|da|di)\s+|d['’])?"
_END = r"(?!\d)"
_TO_YEAR = r"[\s,.\-–/]{1,3}(?:(?:de|del|of)\s+)?(\d{4})(?!\d)"
_PATTERNS = (
    ("ymd", re.compile(r"(?<!\d)(\d{4})\s?(?:年|년)\s?(\d{1,2})\s?(?:月|월)\s?(\d{1,2})")),
    ("dmy", re.compile(rf"{_DAY}\s*tháng\s*(\d{{1,2}})\s*,?\s*(?:năm\s*)?(\d{{4}}){_END}", re.IGNORECASE)),
    ("ymd", re.compile(rf"(?<![\d/.:-])(\d{{4}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{1,2}}){_END}")),
    ("dmy", re.compile(r"(?<![\w/.:-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\.?\d)")),
    ("dmy", re.compile(r"(?<![\w/.:-])(\d{1,2})(\.)(\d{1,2})\.([12]\d)(?![\d.:])")),
    ("dmy", re.compile(rf"{_DAY}[\s.\-–/]{{0,3}}{_OF}{_WORD}{_TO_YEAR}", re.IGNORECASE)),
    ("mdy", re.compile(rf"{_WORD}[\s.]{{1,2}}(\d{{1,2}})(?:st|nd|rd|th|,)*[\s,]{{1,3}}(\d{{4}}){_END}", re.IGNORECASE)),
    ("ydm", re.compile(rf"(?<!\d)(\d{{4}})\.?\s+gada\s+(\d{{1,2}})\.?\s*{_WORD}", re.IGNORECASE)),
    ("ymd", re.compile(rf"(?<!\d)(\d{{4}})(?:\.|\s?m\.|ko)?,?\s+{_WORD}\s+(\d{{1,2}}){_END}", re.IGNORECASE)),
)  # fmt: skip
_UPDATED_WORDS = """
updat modifi edited revised aktualisier geändert überarbeitet letzte.änderung mis.à.jour actualiz modificad aggiorna
atualiza bijgewerkt gewijzigd uppdatera ändrad opdater oppdater päivitet muokattu aktualiz upraven zmenen frissít
módosít обновл изменен оновл змінен ενημερώθηκε ενημέρωση τελευταία güncel تحديث עודכן עדכון अपडेट আপডেট
புதுப்பி อัปเดต อัพเดต cập.nhật diperbarui dikemas 更新 修改 最后 最終 最後 수정 업데이트 atnaujin atjaun uuenda muude
ažurira posodob izmijen актуализ промен بروزرسانی به‌روز
"""
_PUBLISHED_WORDS = """
publi posted created veröffentlicht erstellt erschienen inserito pubblica gepubliceerd geplaatst offentlig
lagt.ut julkais opublikow zveřejně vydané vydáno megjelen публик создан дата δημοσι ανάρτηση yayın giriş نشر פורסם
प्रकाशित প্রকাশ வெளியி เผยแพร่ đăng dipublikasi terbit 发布 發布 發佈 出版 公開 掲載 配信 입력 등록 paskelb publicēt avaldat
objavljen datum
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A day that a text shows; ``updated`` where the words before it say that it is a change's."""

    day: date
    updated: bool = False


def shown(text: str, language: str | None, before: str = "") -> Iterator[Shown]:
    """The dates in a short text, in its order; ``before`` is the label that stands ahead of it.

    ``5/6/2025`` is two days in two countries, so in English it is none.
    """
    text = _western(text)
    found: dict[int, tuple[int, date]] = {}
    taken = [False] * (len(text) + 1)
    for order, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _day(
                order, [part for part in match.groups() if part not in ("-", "/", ".")], match[0], language
            )
            if day and not any(taken[match.start() : match.end()]):
                found[match.start()] = (match.end(), day)
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    end = 0
    for start, (stop, day) in sorted(found.items()):
        yield Shown(
            day,
            says_updated(text[end:start]) or (not end and not text[:start].strip() and says_updated(before)),
        )
        end = stop


def shown_around(tree: HtmlElement, title: str, language: str | None) -> Iterator[tuple[str, Shown]]:
    """The dates in the short texts after the headline, then those just above it, each with its text."""
    for elements in _around(tree, key(title)):
        before = ""
        for element in elements:
            for text in (element.text, element.tail):
                if not text or not text.strip() or len(text) >= 150:
                    continue
                text = clean(text)
                if _YEAR.search(text) and not ancestors_marked(element, ELSEWHERE):
                    yield from ((text, one) for one in shown(text, language, before))
                before = text if len(text) < 40 else ""


def _around(tree: HtmlElement, wanted: str) -> Iterator[list[HtmlElement]]:
    """The elements from each heading on that may be the headline's, the last one's in full, then those
    that stand above the first of them in the same part of the page."""
    below: list[HtmlElement] = []
    heading, left = None, 0
    for element in tree.iter():
        if element.tag == "h1" or (element.tag in _HEADINGS and key(text_of(element)) == wanted):
            left = _BELOW
            heading = element if heading is None or heading.tag == "title" else heading
        if left > 0 and isinstance(element.tag, str):
            below.append(element)
        left -= 1
        if left == 0:
            break
    yield below
    if heading is None:
        return
    part = next(
        (up for up in heading.iterancestors() if up.tag in ("header", "article", "main", "section")), None
    )
    if part is not None:
        yield list(takewhile(lambda element: element is not heading, part.iter()))[-_ABOVE:]


def says_updated(words: str) -> bool:
    """Whether the last label in some words is one of a change and not of a publication."""
    updated = max((match.end() for match in _updated_words().finditer(words)), default=-1)
    return updated >= 0 and updated > max(
        (match.end() for match in _published_words().finditer(words)), default=-1
    )


def month(word: str, language: str | None) -> int | None:
    """The number of a month by its name in a language, in English otherwise."""
    name = word.casefold().replace(".", "").strip(",'’ ")
    for spoken in dict.fromkeys((language, *_SIBLINGS.get(language or "", ()), "en")):
        if spoken and (number := _months(spoken).get(name)):
            return number
    return None


def _day(order: str, parts: list[str], whole: str, language: str | None) -> date | None:
    said = dict(zip(order, parts, strict=True))
    named = not said["m"].isdigit()
    number = month(said["m"], language) if named else int(said["m"])
    year, day = int(said["y"]), int(said["d"])
    if year < 100:
        year += 2000
    if language == "fa" and _JALALI_YEARS[0] < year < _JALALI_YEARS[1]:
        return _from_jalali(year, number or _jalali_month(said["m"]), day)
    if number is None:
        return None
    if language == "th" and year > 2400:
        year -= _BUDDHIST
    if not named and order == "dmy" and "." not in whole and language in _MONTH_FIRST and day <= 12:
        if number <= 12:
            return None
        number, day = day, number
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _jalali_month(name: str) -> int:
    """The number of a month of the Iranian calendar; 0 for any other word."""
    return next((at for at, known in enumerate(_JALALI.split(), 1) if name == known), 0)


def _from_jalali(year: int, month: int, day: int) -> date | None:
    """The day of a date of the Iranian calendar, whose leap years come eight times in 33 years."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    cycles = year + 1595
    before = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    return date.fromordinal(
        _JALALI_START + 365 * cycles + cycles // 33 * 8 + (cycles % 33 + 3) // 4 + before + day
    )


def _western(text: str) -> str:
    """A text with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(char)) if char.isdecimal() and char > "\x7f" else char for char in text
    )


@cache
def _months(language: str) -> dict[str, int]:
    try:
        known = import_module(f"dateparser.data.date_translation_data.{language}").info
    except ImportError:
        return {}
    return {
        name.casefold().replace(".", ""): number
        for number, english in enumerate(_MONTHS.split(), 1)
        for name in known.get(english, ())
        if not name.isdigit()
    }


@cache
def _updated_words() -> re.Pattern[str]:
    return re.compile("|".join(_UPDATED_WORDS.split()), re.IGNORECASE)


@cache
def _published_words() -> re.Pattern[str]:
    return re.compile("|".join(_PUBLISHED_WORDS.split()), re.IGNORECASE)
