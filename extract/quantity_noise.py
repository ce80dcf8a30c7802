"""Digits that count nothing: dates, times, tickers, phone numbers, links, list numbers. They are blanked, in
place."""

import re

BLANK = "\x00"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:19|20)\d\d(?![\d%]|[,.]\d)"
_TO = r"[ ]?(?:-|—|to|and|through|until|or)[ ]?"
# A day of the month is not followed by what a count is followed by.
_NO_COUNT = (
    r"(?![\d%]|[.,]\d|x\b|[ ]?(?:percent|per[ ]cent|pct|hundred|thousand|million|billion|trillion|bn|mn"
    r"|tn|m\b|k\b"
    r"|lakh|crore|yuan|times|degrees|points|people|tokens|users)(?![a-z]))"
)
_AFTER_MONTH = re.compile(rf"(?<![a-z]){_MONTH}\.?,?[ -]+(?:of[ ])?$")
_MONTH_REST = re.compile(
    rf"""{_YEAR}
    |{_DAY}{_NO_COUNT}(?:{_TO}(?:{_MONTH}\.?[ ])?{_DAY}{_NO_COUNT})?(?:,?[ ]{_YEAR})?""",
    re.VERBOSE | re.ASCII,
)
_MONTH_HEADS = frozenset(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "of")
)
_PERIOD_HEADS = frozenset(("fy", "cy", "fiscal", "year", "q1", "q2", "q3", "q4", "h1", "h2", "q", "h"))
_AFTER_PERIOD = re.compile(r"(?<![a-z0-9])(?:fy|cy|fiscal|fiscal year|financial year|q[1-4]|h[12]|q|h)[ ']*$")
_PERIOD_REST = re.compile(r"(?:(?:19|20)?\d\d|[1-4])(?:[-/]\d\d)?[ef]?(?![\d%a-z]|[.,]\d)", re.ASCII)
_DAY_FIRST = re.compile(
    rf"""{_DAY}(?:{_TO}{_DAY})?[ -]+(?:of[ ])?{_MONTH}(?:\.?,?[ ]{_YEAR})?
    (?:{_TO}{_DAY}[ ]{_MONTH}(?:\.?,?[ ]{_YEAR})?)?""",
    re.VERBOSE | re.ASCII,
)
_OTHER = re.compile(
    r"""\d{4}-\d\d?-\d\d?(?!\d)(?:t\d\d:\d\d(?::\d\d)?)?          # 2026-03-15
    |(?:19|20)\d\d[-/](?:(?:19|20)\d\d|\d\d)(?![\d%]|[.,]\d)      # 2025-26, 2024/25
    |\d{1,2}/\d{1,2}(?:/(?:19|20)?\d\d)?(?![\d%/]|[.,]\d)         # 3/15, 24/7
    |\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)                        # 15.03.2026
    |\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[ap]\.?m\b)?                    # 16:30
    |\d{1,2}(?:\.\d\d)?(?:[ ]?(?:-|to)[ ]?\d{1,2}(?:\.\d\d)?)?[ ]?[ap]\.?m(?:\.|\b)  # 12.30am, 6 to 8 pm
    |\d{1,2}\.\d\d(?:[ ]?(?:-|to)[ ]?\d{1,2}\.\d\d)?[ ](?:gmt|utc|cet|bst|edt|est|jst|kst|sgt|hkt|ist)\b
    |\d{3,4}(?:[ ]hours)?[ ](?:gmt|utc|cet|bst|edt|est|et|pst|pdt|jst|kst|sgt|hkt|ist|local)\b  # 0915 GMT
    |\d{1,2}[ ]?o'clock
    |\d{4,6}[. ](?:hk|ks|kq|kp|tt|tw|ss|sz|sh|ch|jp|kl|t)\b       # 2513 HK
    |[1-4]q(?:[ ]?(?:fy)?'?\d\d(?:\d\d)?)?e?\b|[12]h[ ]?(?:fy)?'?\d\d(?:\d\d)?\b  # 1Q26, 2H25
    |(?:19|20)\d\d[ef]\b                                          # 2026E
    |\d+(?:st|nd|rd|th)\b
    |\d?\d?\d0s\b                                                 # 1990s
    |\d{3}[ -]\d{3}[ -]\d{4}(?!\d)|\d{3}-\d{4}(?=[ ]|$|[.;])      # 555-0100
    """,
    re.VERBOSE | re.ASCII,
)
_LINES = re.compile(
    r"^ *(?:\(?\d{1,2}[.)]|[ivx]{1,4}[.)])(?= )|\[\d{1,3}\]|\+\d{1,3}[ -]\(?\d[\d ()-]{6,}\d",
    re.MULTILINE | re.ASCII,
)
# The hour at the head of an entry of a live report: "14.31 New York opens", "0602 MINATO SAYS".
_LIVE = re.compile(
    r"^(?:(?:[01]\d|2[0-3])\.|0\d|(?:1\d|2[0-3])(?=\d\d [A-Z]{2}))[0-5]\d(?= [A-Z])", re.MULTILINE
)
_LINKS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
_RUN = re.compile(r"[0-9]+")
_JOINED = frozenset("0123456789.,$€£¥₹₩-/")


def blank(low: str, folded: str) -> str:
    """``low`` with everything that is a date, a time or a number by name overwritten, character for
    character.

    ``folded`` is the same text before lowering: *may* and *march* are months only where they are written
    large.
    """
    if "@" in low or "www." in low or "://" in low:
        low = _LINKS.sub(_blanks, low)
    low = _LINES.sub(_blanks, low)
    for clock in _LIVE.finditer(folded):
        low = low[: clock.start()] + _blanks(clock) + low[clock.end() :]
    pieces: list[str] = []
    done = 0
    run = _RUN.search(low)
    while run:
        start, end = run.span()
        span = _date(low, folded, start) if end - start <= 6 else None
        if span:
            begin = max(done, span[0])
            pieces += (low[done:begin], BLANK * (span[1] - begin))
            done = end = span[1]
        run = _RUN.search(low, end)
    return "".join(pieces) + low[done:]


def _blanks(match: re.Match[str]) -> str:
    return BLANK * len(match.group())


def _date(low: str, folded: str, start: int) -> tuple[int, int] | None:
    """The span of the date, time or code of which the digits at ``start`` are the first, if they are of
    one."""
    before = low[start - 1 : start]
    if before and (before in " -'.," or before.isalnum()):
        left = max(0, start - 16)
        words = low[left:start].replace("-", " ").rstrip(" '.,").split()
        last = words[-1].strip(".,(\"'") if words else ""
        if last[:3] in _MONTH_HEADS:
            lead = _AFTER_MONTH.search(low, left, start)
            rest = _MONTH_REST.match(low, start) if lead else None
            if lead and rest and _is_month(lead.group(), folded, lead.start()):
                return lead.start(), rest.end()
        if last in _PERIOD_HEADS:
            lead = _AFTER_PERIOD.search(low, left, start)
            rest = _PERIOD_REST.match(low, start) if lead else None
            if lead and rest:
                return lead.start(), rest.end()
    if before in _JOINED or (before.isascii() and before.isalnum()):
        return None
    found = _OTHER.match(low, start)
    if found:
        return found.span()
    found = _DAY_FIRST.match(low, start)
    if found and _is_month(found.group(), folded, start):
        return found.span()
    return None


def _is_month(found: str, folded: str, start: int) -> bool:
    """*may* and *march* are words unless they are written large."""
    for word in ("may", "mar"):
        at = found.find(word)
        if at >= 0 and folded[start + at].islower():
            return False
    return True
