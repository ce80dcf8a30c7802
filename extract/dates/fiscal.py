"""When a company's year begins, as far as its text tells. Pure."""

import re

from extract.dates.reading import CALENDAR
from extract.dates.words import Fiscal, TimeWords

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_ORDINALS = {"opening": 1, "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_YEAR = r"(?:fiscal|financial) (?:20\d\d )?(?:year )?,?(?:that |which )?"
_BEGINS = re.compile(
    rf"{_YEAR}(?:begins?|began|beginning|starts?|started|starting) (?:in|on) (?:\d+ )?{_MONTH}", re.IGNORECASE
)
_ENDS = re.compile(
    rf"(?:{_YEAR}(?:ends?|ended|ending|to|through)|year (?:ended|ending)) (?:in |on )?(?:\d+ )?{_MONTH}",
    re.IGNORECASE,
)
# The September quarter (Q2FY26).
_QUARTER_CODE = re.compile(rf"{_MONTH}[ -]quarter,? \(?(?:Q([1-4])|([1-4])Q)", re.IGNORECASE)
# The three months to 31 December 2025, the opening quarter of the 2026 fiscal year.
_QUARTER_WORDS = re.compile(
    rf"{_MONTH}[ ,\d]{{0,12}}, (?:the|its) (?:fiscal )?({'|'.join(_ORDINALS)}) "
    r"(?:fiscal quarter|quarter of (?:the|its) [\w ]{0,14}(?:fiscal|financial))",
    re.IGNORECASE,
)
_HINTS = ("iscal", "FY", "inancial year", "ear end", "uarter (", "uarter, (")


def fiscal_of(text: str, words: TimeWords) -> Fiscal:
    """The company year that the text speaks of; the calendar year where nothing in it says otherwise.

    What is spelled out (*the fiscal year that begins in July*) wins over what a currency suggests.
    """
    text = " ".join(text.split())  # whatever blanks there are, the patterns look for one
    told = next((entry for entry in words.fiscal if any(word in text for word in entry.words)), CALENDAR)
    if not any(hint in text for hint in _HINTS):
        return told if told.quarters else CALENDAR
    if match := _QUARTER_CODE.search(text):
        return _from_quarter(match[1], int(match[2] or match[3]))
    if match := _QUARTER_WORDS.search(text):
        return _from_quarter(match[1], _ORDINALS[match[2].lower()])
    if match := _BEGINS.search(text):
        return Fiscal((), _number(match[1]), "end", told.quarters)
    if match := _ENDS.search(text):
        return Fiscal((), _number(match[1]) % 12 + 1, told.named_by, told.quarters)
    return told


def _from_quarter(month: str, number: int) -> Fiscal:
    return Fiscal((), (_number(month) - 3 * number) % 12 + 1, "end", True)


def _number(month: str) -> int:
    return _MONTHS.index(month.lower()[:3]) + 1
