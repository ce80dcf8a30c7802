"""When a page was published and changed, as it says itself. Pure: the latest date believed is an argument."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain, islice

import dateparser  # type: ignore[import-untyped]
from htmldate import find_date
from lxml.etree import LxmlError  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from crawler.jsonld import JsonArticle
from crawler.markup import Page, ancestors_marked, clean, text_of
from crawler.shown import ELSEWHERE, says_updated, shown, shown_around

_EARLIEST = 1990  # what is older (1970 above all) is an empty field of some database
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "publish-date", "publish_date",
    "publishdate", "published_time", "published_at", "date.published", "published-date", "pubdate",
    "pub_date",
    "publication_date", "publicationdate", "article_date_original", "article.published",
    "originalpublicationdate",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "datecreated", "article:created", "og:pubdate",
    "last-published",
    "ptime", "displaydate", "iso-8601-publish-date", "bt:pubdate", "vr:published_time", "article.created",
    "cxenseparse:publishtime", "shareaholic:article_published_time", "rbpubdate", "date",
)  # fmt: skip
_UPDATED_META = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "last-modified",
    "lastmod",
    "dcterms.modified", "dc.date.modified", "revision_date", "modified_time", "updated_time", "utime",
    "article.updated", "article:updated_time", "shareaholic:article_modified_time",
)  # fmt: skip
_ISO = re.compile(
    r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T\s]+(\d\d?):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
    r"(?![\d])",
    re.IGNORECASE,
)
_SLASHED = re.compile(
    r"(?<!\d)(\d{4})[/.年]\s?(\d\d?)[/.月]\s?(\d\d?)日?(?:[T\s,]+(\d\d?):(\d\d)(?::(\d\d))?)?"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_JS_DATE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")
_YEAR = re.compile(r"(19|20)\d\d")
_HAS_YEAR = re.compile(r"\d{4}")  # in any digits, and of any calendar
_MOST_SHOWN = 20
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m\b)?", re.IGNORECASE)
_URL_DATE = re.compile(r"[/_-](20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?([0-2]\d|3[01])(?=[/_-]|\b)")


def published_and_updated(
    page: Page, declared: JsonArticle, title: str, url: str | None, language: str | None, now: date | None
) -> tuple[str | None, str | None]:
    """Publication and last change as ISO 8601, each None where the page gives none that can be believed.

    ``now`` is the last day that a date may have; without it the future is not known and nothing is cut off.
    A change before the publication, or equal to it, is none.
    """
    times = list(page.tree.iter("time"))
    stated = chain(_stated(page, declared, times), _marked(times, updated=False))
    published = _first_and_finest(iso(text, now, language) for text in stated)
    # Where the page states a date that is yet to come, what else can be found is the date of something else.
    if published is None and not any(iso(text, None, language) for text in _stated(page, declared, times)):
        published = _searched(page.tree, title, url, language, now) or _first_and_finest(
            iso(text, now, language) for text in _marked(times, updated=True)
        )
    modified = [declared.modified, *(value for name in _UPDATED_META for value in page.meta.get(name, ()))]
    modified += [_stamp(element) for element in page.tree.iter("time") if _is(element, "datemodified")]
    updated = next(filter(None, (iso(text, now, language) for text in modified if text)), None)
    if updated and published and not _later(updated, published):
        updated = None
    return published or None, updated


def iso(
    text: str, now: date | None = None, language: str | None = None, *, worded: bool = True
) -> str | None:
    """A date or date-time as written somewhere, in ISO 8601 with its own zone, or None.

    Plain dates stay plain. Dates before 1990 and after ``now`` are None. Without ``worded`` only the
    formats of machines are read, a thousand times faster.
    """
    text = clean(text)
    moment = _parsed(text, language, worded) if 6 <= len(text) <= 80 else None
    if moment is None:
        return None
    return (
        (moment.date() if isinstance(moment, _Day) else moment).isoformat()
        if _believed(moment, now)
        else None
    )


def _first_and_finest(found: Iterable[str | None]) -> str | None:
    """The first date; where that is a bare day, one of that day or the next to it that has a time.

    A bare day in a meta element is often cut from a time in UTC.
    """
    first: str | None = None
    for said in found:
        if said is None:
            continue
        if "T" in said and (first is None or abs(_day(said) - _day(first)) <= timedelta(1)):
            return said
        first = first or said
    return first


def _day(stamp: str) -> date:
    return date.fromisoformat(stamp[:10])


class _Day(datetime):
    """A moment of which only the day is known."""


def _parsed(text: str, language: str | None, worded: bool) -> datetime | None:
    try:
        if match := _ISO.match(text):
            return _moment(*match.groups())
        if match := _SLASHED.match(text):
            year, month, day, hour, minute, second = match.groups()
            return _moment(year, month, day, hour, minute, second, None)
        if _EPOCH.fullmatch(text):
            seconds = float(text[:10])
            return datetime.fromtimestamp(seconds, UTC)
        if match := _JS_DATE.match(text):
            return datetime.strptime(" ".join(match.groups()), "%b %d %Y %H:%M:%S %z")
        if "," in text[:5] and (moment := _mail_date(text)):
            return moment
        if not worded or not _HAS_YEAR.search(text):
            return None
        if one := next(shown(text, language), None):
            return _timed(one.day, text)
        return _worded(text, language) if _YEAR.search(text) else None
    except (ValueError, OverflowError, TypeError):
        return None


def _moment(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None,
) -> datetime:
    if hour is None or minute is None:
        return _Day(int(year), int(month), int(day))
    if hour == "24":
        hour = "00"
    offset = ""
    if zone:
        offset = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone
    return datetime.fromisoformat(
        f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}:{second or '00'}{offset}"
    )


def _mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _timed(day: date, text: str) -> datetime:
    """A day with the time of day that the text shows, if it shows one."""
    clock = _CLOCK.search(text)
    if clock is None:
        return _Day(day.year, day.month, day.day)
    hour = int(clock[1]) % 12 + 12 * (clock[4].lower() == "p") if clock[4] else int(clock[1])
    return datetime(day.year, day.month, day.day, hour, int(clock[2]), int(clock[3] or 0))


def _worded(text: str, language: str | None) -> datetime | None:
    try:
        moment = dateparser.parse(
            text,
            languages=[language] if language else None,
            settings={"REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False},
        )
    except Exception:  # dateparser raises whatever its locale tables trip over
        return None
    if moment is None:
        return None
    return moment if re.search(r"\d:\d\d", text) else _Day(moment.year, moment.month, moment.day)


def _believed(moment: datetime, now: date | None) -> bool:
    if moment.year < _EARLIEST or moment.year > 2100:
        return False
    if now is None:
        return True
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.date() <= now


def _later(updated: str, published: str) -> bool:
    one, two = datetime.fromisoformat(updated), datetime.fromisoformat(published)
    if "T" not in updated or "T" not in published:
        return one.date() > two.date()
    if (one.tzinfo is None) != (two.tzinfo is None):
        one, two = one.replace(tzinfo=None), two.replace(tzinfo=None)
        return one - two > timedelta(0)
    return one > two


def _stated(page: Page, declared: JsonArticle, times: Sequence[HtmlElement]) -> Iterator[str]:
    """What a page says is its publication date, the most trustworthy first."""
    if declared.published:
        yield declared.published
    for name in _PUBLISHED_META:
        yield from page.meta.get(name, ())
    marked = page.tree.iterfind(".//*[@itemprop]")
    for element in marked:
        if _is(element, "datepublished", "datecreated"):
            yield _stamp(element)
    for element in times:
        marked_so = element.get("pubdate") is not None or _PUBLISHED.search(element.get("class") or "")
        if marked_so and not ancestors_marked(element, ELSEWHERE):
            yield _stamp(element)


def _marked(times: Sequence[HtmlElement], *, updated: bool) -> Iterator[str]:
    """The times that a machine was meant to read, those of changes or the others."""
    for element in times:
        said = element.get("datetime")
        if said and not ancestors_marked(element, ELSEWHERE) and _of_change(element) is updated:
            yield said


def _of_change(element: HtmlElement) -> bool:
    """Whether a time is marked, or labelled by what stands before it, as that of a change."""
    own = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _PUBLISHED.search(own) or _CHANGED.search(own):
        return not _PUBLISHED.search(own)
    before, around = element.getprevious(), element.getparent()
    label = around.text if before is None and around is not None else None
    if before is not None:
        label = (before.tail or "").strip() or text_of(before)
    inside = text_of(element)
    return says_updated((label or "")[-40:] if len(label or "") < 60 else "") or says_updated(inside[:40])


_CHANGED = re.compile(r"updat|modif|revis", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|entry-date|pubdate|posted|created", re.IGNORECASE)


def _is(element: HtmlElement, *properties: str) -> bool:
    return (element.get("itemprop") or "").lower() in properties


def _stamp(element: HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or text_of(element)[:80]


def _searched(
    tree: HtmlElement, title: str, url: str | None, language: str | None, now: date | None
) -> str | None:
    """Last resorts: the date in the address, the first one shown below the headline, htmldate's."""
    said = [iso("-".join(match.groups()), now)] if url and (match := _URL_DATE.search(url)) else []
    seen = list(islice(_visible(tree, title, language, now), _MOST_SHOWN))
    fresh = (stamp for stamp, updated in seen if not updated)
    if found := _first_and_finest(chain(said, fresh)) or next((stamp for stamp, _ in seen), None):
        return found
    try:
        # Not its extensive search, which takes any date of the page and loads all of dateparser's locales
        found = find_date(
            tree,
            url=url,
            original_date=True,
            extensive_search=False,
            max_date=(now or date(2100, 1, 1)).isoformat(),
            min_date=f"{_EARLIEST}-01-01",
        )
    except (LxmlError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    return iso(found, now) if found else None


def _visible(
    tree: HtmlElement, title: str, language: str | None, now: date | None
) -> Iterator[tuple[str, bool]]:
    """The dates shown around the headline, and whether each is said to be that of a change."""
    for text, one in shown_around(tree, title, language):
        exact = _ISO.search(text)  # with its time
        stamp = iso(one.day.isoformat(), now)
        if exact and stamp and exact[0].startswith(stamp):
            stamp = iso(exact[0], now)
        if stamp:
            yield stamp, one.updated
