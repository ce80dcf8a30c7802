"""Whose dollars, pesos, kroner, rupees, crowns and cents a text means: a bare ``$`` from Sydney is Australian."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.records import Quantity
from extract.units import is_money

_COUNTRIES = {
    "AUD": r"australia|australians?|sydney|melbourne|brisbane|perth|canberra|adelaide|asx|queensland|tradies",
    "CAD": r"canada|canadians?|toronto|ottawa|montr[eé]al|vancouver|calgary|tsx|ontario|qu[eé]bec|caisse",
    "NZD": r"new zealand|new zealanders?|auckland|wellington|christchurch|nzx",
    "COP": r"colombia|colombians?|bogot[aá]|medell[ií]n",
    "CLP": r"chile|chileans?|santiago|valpara[ií]so",
    "ARS": r"argentina|argentin(?:e|ian)s?|buenos aires",
    "PHP": r"philippines?|filipinos?|manila|cebu",
    "MXN": r"mexico|mexicans?|monterrey|guadalajara",
    "DKK": r"danish|denmark|danes?|copenhagen|aarhus|odense",
    "NOK": r"norway|norwegians?|oslo|bergen|trondheim|stavanger",
    "SEK": r"swedish|sweden|swedes?|stockholm|gothenburg|malm[oö]|uppsala",
    "PKR": r"pakistan|pakistanis?|karachi|lahore|islamabad|rawalpindi",
    "INR": r"india|indians?|mumbai|delhi|bengaluru|bangalore|chennai|hyderabad|pune|lakh|crores?",
    "CZK": r"czechs?|czechia|prague|brno|ostrava",
}  # fmt: skip
_COUNTRY = re.compile(
    rf"(?<![a-z])(?:{'|'.join(f'(?P<{code}>{words})' for code, words in _COUNTRIES.items())})(?![a-z])"
)
# A word that is the money of several countries, and those; the first where no country is named.
_SHARED = {
    "peso": ("MXN", "COP", "CLP", "ARS", "PHP"),
    "kron": ("NOK", "DKK"),
    "crown": ("CZK", "SEK", "DKK", "NOK"),
    "rupee": ("INR", "PKR"),
}
_SHARED_WORD = re.compile(
    r"(?<![a-z])(?P<nation>[a-z]+ )?(?:(?P<peso>pesos?)|(?P<kron>kroner?)|(?P<crown>crowns?)"
    r"|(?P<rupee>rupees?|rs))(?![a-z])"
)
_BARE_DOLLAR = re.compile(r"^[^a-z$]*\$|(?:^|[\d ])(?:dollars?|bucks?)(?![a-z])")
_MARKED_DOLLAR = re.compile(r"[a-z]\.? ?-?\$|usd|(?:us|u\.s\.|american) ?(?:dollar|cent)")
_CENTS = re.compile(r"(?<![a-z])(?:cents?|c|¢)(?![a-z])")
_CENTIMES = re.compile(r"centimes?")
_WITH_CENTS = frozenset(("USD", "EUR", "AUD", "CAD", "NZD", "SGD", "HKD", "ZAR"))
_SAID = re.compile(
    r"(?:(?<=in )|(?<=are )|(?<=all ))(?:(?P<AUD>australian dollars|aud|a\$)|(?P<CAD>canadian dollars|cad|c\$)"
    r"|(?P<NZD>new zealand dollars|nzd|nz\$)|(?P<SGD>singapore(?:an)? dollars|sgd|s\$)"
    r"|(?P<HKD>hong kong dollars|hkd|hk\$)|(?P<TWD>(?:new )?taiwan(?:ese)? dollars|twd|nt\$))(?! ?\d)(?![a-z])"
)
_SAID_AMERICAN = re.compile(r"(?<!\d )(?<!illion )(?<![a-z])(?:us|u\.s\.|american) dollars")
_PREFIXED = re.compile(
    r"(?<![a-z])(?:(?P<AUD>au?)|(?P<CAD>ca?|can)|(?P<NZD>nz)|(?P<SGD>sg?)|(?P<USD>us) ?-?)\$"
)
_AMERICAN = re.compile(
    r"(?<![a-z])(?:u\.s\.(?! ?\$)|us(?= [a-z])|america|americans?|nasdaq|wall street|new york|nyse|silicon valley"
    r"|san francisco|california|seattle|texas|washington|boston|chicago)(?![a-z])"
)
_HOMES = ("AUD", "CAD", "NZD")
_OFTEN = 2
"""How often a country must be named for its dollar to be meant by a bare sign."""
_LEAD = 250
"""Within how many characters from the beginning, where the dateline and the lead stand, it must be named too."""
_NEAR = 160


def settle_homes(found: Sequence[Quantity], low: str) -> list[Quantity]:
    """The quantities, each in the money that its shared word or sign means in the text ``low``."""
    money = [i for i, q in enumerate(found) if _code(q)]
    settled = list(found)
    if not money:
        return settled
    marks = {i: _mark(found[i], low) for i in money}
    home = _home(low) if "$" in marks.values() else None
    if home is None and not any(mark and mark != "$" for mark in marks.values()):
        return settled
    countries = [(m.start(), m.lastgroup or "") for m in _COUNTRY.finditer(low)]
    most = [code for code, _ in Counter(code for _, code in countries).most_common()]
    last: dict[str, str] = {}
    at = 0
    for i in money:
        q, mark, code = found[i], marks[i], _code(found[i])
        while at < len(countries) and countries[at][0] < q.end:
            at += 1
        new = code
        if mark == "$":
            new = home or code
        elif mark in _SHARED:
            before = [c for where, c in countries[max(0, at - 6) : at] if q.start - where <= _NEAR]
            for_it = [c for c in (*reversed(before), *most) if c in _SHARED[mark]]
            new = for_it[0] if for_it else code
        elif mark == "":
            new = last.get(code, code)
        if mark not in ("¢", "centime"):
            last[code] = new
        settled[i] = _in(q, new)
    for k, i in enumerate(money):
        if marks[i] == "¢":
            around = [*reversed(money[max(0, k - 12) : k]), *money[k + 1 : k + 12]]
            near = [settled[j] for j in around if marks[j] != "¢" and _code(settled[j]) in _WITH_CENTS]
            below = (settled[i].unit or "")[3:]
            near.sort(key=lambda q: below != "" and (q.unit or "")[3:] != below)  # what is sold alike first
            settled[i] = _in(settled[i], _code(near[0]) if near else "USD")
        elif marks[i] == "centime" and not any(
            marks[j] != "centime" and _code(found[j]) == "CHF" for j in money
        ):
            settled[i] = _in(settled[i], "EUR")
    return settled


def _code(quantity: Quantity) -> str:
    """The currency of a sum or price, empty where it is none."""
    code = (quantity.unit or "").partition("/")[0]
    return code if is_money(code) else ""


def _mark(q: Quantity, low: str) -> str | None:
    """How the money is written: ``$`` for a bare dollar, ``¢``, a key of the shared words, empty for none of its own;
    null where its currency is plain."""
    written, code = low[q.start : q.end], _code(q)
    shared = _SHARED_WORD.search(written)
    if shared and not (shared["nation"] and _COUNTRY.match(shared["nation"].strip())):
        return next((key for key in _SHARED if shared[key]), None)
    if _CENTIMES.search(written):
        return "centime"
    if code == "USD":
        if _MARKED_DOLLAR.search(written):
            return None
        if _CENTS.search(written):
            return "¢"
        if _BARE_DOLLAR.search(written):
            return "$"
    head = written.partition("/")[0]
    return None if re.search(rf"{code.lower()}|[$€£¥₹₩₱]|yuan|euros?|yen|won|francs?|pounds?", head) else ""


def _home(low: str) -> str | None:
    """The dollar that a bare sign means where it is not the American one."""
    said = _SAID.search(low)
    if said:
        return said.lastgroup
    prefixed = {m.lastgroup for m in _PREFIXED.finditer(low)}
    named = Counter(m.lastgroup for m in _COUNTRY.finditer(low) if m.lastgroup in _HOMES)
    if _SAID_AMERICAN.search(low):
        return None
    american = 0 if "USD" in prefixed else sum(1 for _ in _AMERICAN.finditer(low))
    for code, count in named.most_common(1):
        leads = any(m.lastgroup == code for m in _COUNTRY.finditer(low, 0, _LEAD))
        if leads and code not in prefixed and count >= _OFTEN and count > american:
            return code
    return None


def _in(quantity: Quantity, code: str) -> Quantity:
    unit = quantity.unit or ""
    return quantity if unit[:3] == code else replace(quantity, unit=code + unit[3:])
