"""The morning brief: what changed since a day, each line with the sentence and the link that it rests on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import click

from beatbook.templates import render
from beatbook.views import VIEWS
from beatbook.wording import figure, period
from crawler.errors import InputError
from store.records import Point, Price, Sighting
from store.schema import Store

RECORDS = (
    "tokens",
    "api_calls",
    "users",
    "downloads",
    "revenue",
    "arr",
    "shipments",
    "capacity",
    "valuation",
)
"""Metrics of which a new highest figure is news."""

MOST = 5000
"""Claims of the window that are looked at for new records."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the brief and the claims that it rests on, first said first."""

    text: str
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What happened from ``since`` to ``until``, both inclusive."""

    since: date
    until: date
    sections: tuple[Section, ...]


def digest(db: Store, since: datetime, now: datetime) -> Brief:
    """The brief of what was said from ``since`` on, as known on the day of ``now``. Raises StoreError."""
    from store.compare import conflicts, outcomes, revisions
    from store.query import claims, history, prices

    first, last = since.date(), now.date()
    window: dict[str, Any] = {"since": first, "until": last, "as_of": last}
    recent = claims(db, kind="level", modality="reported", limit=MOST, **window)
    series = sorted({(claim.subject, claim.metric) for claim in recent if claim.metric in RECORDS})
    points = [history(db, subject, metric, as_of=last) for subject, metric in series]
    return Brief(
        first,
        last,
        (
            Section("Prices", tuple(price_changes(prices(db, as_of=last), first))),
            Section("Records", tuple(records(points, first))),
            Section("Revised figures", _rows("revisions", revisions(db, **window))),
            Section("Conflicts", _rows("conflicts", conflicts(db, **window))),
            Section("Forecasts come due", _rows("outcomes", outcomes(db, now=last, **window))),
        ),
    )


def price_changes(prices: Iterable[Price], since: date) -> list[Item]:
    """New prices and changed ones whose first mention is of ``since`` or later. Pure."""
    items = []
    ordered = sorted(prices, key=lambda p: (*_series(p), p.valid_from or ""))
    for _, steps in groupby(ordered, key=_series):
        before: Price | None = None
        for price in steps:
            only_as_past = price.valid_from is None and price.status == "past"  # told as what it rose from
            if price.evidence and price.evidence[0].said >= since.isoformat() and not only_as_past:
                items.append(Item(_price(price, before), price.evidence))
            before = price
    return items


def _series(price: Price) -> tuple[str, str, str, str]:
    return price.subject, price.metric, price.scope or "", price.unit or ""


def _price(price: Price, before: Price | None) -> str:
    name = f"{price.subject} {price.metric}" + (f" ({price.scope})" if price.scope else "")
    now = figure(price.value, price.unit, price.value_high)
    told = f"{figure(before.value, before.unit, before.value_high)} → {now}" if before else now
    when = (
        f", {'from' if price.status == 'announced' else 'since'} {price.valid_from}"
        if price.valid_from
        else ""
    )
    return f"{name}: {told}{when}" + (" (announced)" if price.status == "announced" else "")


def records(series: Iterable[Sequence[Point]], since: date) -> list[Item]:
    """Highest reported figures that were first said on ``since`` or later, of series that have a past.
    Pure."""
    items = []
    for points in series:
        for _, group in groupby(sorted(points, key=_kind), key=_kind):
            told = [p for p in group if p.modality == "reported" and p.value is not None and not p.derived]
            old = [p.value or 0.0 for p in told if p.first_said[:10] < since.isoformat()]
            new = [p for p in told if p.first_said[:10] >= since.isoformat()]
            best = max(new, key=lambda p: p.value or 0.0, default=None)
            if best is not None and best.value is not None and old and best.value > max(old):
                past = figure(max(old), best.unit)
                about = period(best.period_start, best.period_end)
                told_of = f", {about}" if best.period_start or best.period_end else ""
                text = f"{best.subject} {best.metric}: {figure(best.value, best.unit)}{told_of}"
                items.append(Item(f"{text} (before: {past})", best.evidence))
    return items


def _kind(point: Point) -> tuple[str, ...]:
    return (point.subject, point.metric, point.unit or "", point.per or "", point.scope or "")


def _rows(kind: str, rows: Iterable[object]) -> tuple[Item, ...]:
    """Rows of an answer as the cells of its table, in a line."""
    view = VIEWS[kind]
    return tuple(
        Item(
            " · ".join(str(cell) for cell in view.cells(row) if cell not in (None, "", "-")),
            tuple(view.evidence(row)),
        )
        for row in rows
    )


def markdown(brief: Brief) -> str:
    """The brief as Markdown. What articles say is escaped, so that it is text wherever it is shown."""
    lines = [f"# Beatbook, {brief.since} to {brief.until}", ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for item in section.items:
            lines.append(f"- **{_escaped(item.text)}**")
            lines += [f"  - “{_escaped(claim.sentence)}” — {_link(claim)}" for claim in item.evidence]
        lines += ["" if section.items else "Nothing new.\n"]
    return "\n".join(lines).rstrip() + "\n"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|~])", r"\\\1", " ".join(text.split()))


def _link(claim: Sighting) -> str:
    words = ", ".join(part for part in (claim.title or claim.url, claim.site, claim.said) if part)
    if urlsplit(claim.url).scheme not in ("http", "https"):
        return _escaped(words)
    return f"[{_escaped(words)}](<{quote(claim.url, safe=':/?#[]@!$&()*+,;=%~-._')}>)"


def html(brief: Brief) -> str:
    """The brief as one self-contained page."""
    return render("digest.html", brief=brief, web=lambda url: urlsplit(url).scheme in ("http", "https"))


def write(brief: Brief, output: Path | None) -> None:
    """Writes the brief to a file (``.md`` or ``.html``), else prints it. Raises InputError where it
    cannot."""
    if output is None:
        click.echo(markdown(brief), nl=False)
        return
    forms = {".md": markdown, ".html": html}
    if output.suffix.lower() not in forms:
        raise InputError(output, "a digest is written as .md or .html")
    try:
        output.write_text(forms[output.suffix.lower()](brief), encoding="utf-8")
    except OSError as error:
        raise InputError(output, error.strerror or str(error)) from error
