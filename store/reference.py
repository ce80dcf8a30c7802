"""The press against the public price list that the package ``genai-prices`` ships (an optional extra)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from crawler.errors import InputError
from store.pricing import PER_MILLION
from store.query import prices
from store.records import Price, Sighting, name_key
from store.schema import Store
from store.sightings import Day, day

METRICS = {
    "price_input": "input_mtok",
    "price_output": "output_mtok",
    "price_cached_input": "cache_read_mtok",
}
VENDORS = frozenset(
    [
        "anthropic",
        "arcee",
        "cohere",
        "deepseek",
        "google",
        "minimax",
        "mistral",
        "moonshotai",
        "openai",
        "perplexity",
        "x-ai",
        "zai",
    ]
)
"""Providers of the list that sell models of their own; a reseller's price says nothing about the vendor's."""

TOLERANCE = 0.005


@dataclass(frozen=True, slots=True)
class PublicPrice:
    """A price of the public list in USD per 1M tokens, in force from a day (null: as far as the list goes
    back)."""

    model: str
    metric: str
    valid_from: str | None
    value: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Where press and public list part, in USD per 1M tokens; ``valid_from`` is the day from which they do.

    ``verdict`` is ``differs`` (both know a price for today, not the same), ``not in the list`` (a change
    that only the press knows) or ``not in the press`` (one that only the list knows); ``model`` is the
    list's name.
    """

    subject: str
    metric: str
    model: str
    verdict: str
    valid_from: str | None
    press: float | None
    public: float | None
    evidence: tuple[Sighting, ...]


def reference(
    db: Store,
    subject: str | None = None,
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    now: date | None = None,
) -> list[Difference]:
    """What the press says of prices that the public list says otherwise, or not at all, and what the press
    missed.

    Only standard prices (no scope) in dollars per token are compared, of models that both name. Raises
    InputError where the extra is not installed or the subject is unknown, StoreError.
    """
    known = day(as_of)
    today = date.fromisoformat(known) if known else now or date.max
    steps = prices(db, subject, since=since, until=until, as_of=as_of, now=now)
    return differences(steps, public_prices(), today)


def public_prices() -> list[PublicPrice]:
    """The vendors' own prices in the list, each once under its id and once under its name."""
    try:
        from genai_prices.data_snapshot import get_snapshot
    except ImportError as error:
        raise InputError("prices --reference", "needs an extra: pip install 'beatbook[reference]'") from error
    found = []
    for provider in get_snapshot().providers:
        if provider.id in VENDORS:
            for model in provider.models:
                names = dict.fromkeys(name for name in (model.name, model.id) if name)
                found += [price for name in names for price in _of_model(name, model.prices)]
    return found


def _of_model(name: str, listed: Any) -> list[PublicPrice]:
    """Prices under no condition or from a day on; those of some hours of the day are left aside."""
    conditions = listed if isinstance(listed, list) else None
    entries = [(None, listed)] if conditions is None else [(c.constraint, c.prices) for c in conditions]
    found = []
    for constraint, values in entries:
        start = getattr(constraint, "start_date", None)
        if constraint is not None and start is None:
            continue
        for metric, attribute in METRICS.items():
            value = getattr(values, attribute, None)
            value = getattr(value, "base", value)  # of prices by length the first tier
            if value is not None:
                found.append(PublicPrice(name, metric, start and start.isoformat(), float(value)))
    return found


def differences(steps: Iterable[Price], public: Sequence[PublicPrice], today: date) -> list[Difference]:
    """Where the steps of the press and the public list part, by subject and price kind. Pure."""
    listed: dict[tuple[str, str], list[PublicPrice]] = {}
    for entry in public:
        listed.setdefault((name_key(entry.model), entry.metric), []).append(entry)
    told: dict[tuple[str, str], list[Price]] = {}
    for step in steps:
        if step.unit == f"USD{PER_MILLION}" and step.scope is None and step.metric in METRICS:
            told.setdefault((name_key(step.subject), step.metric), []).append(step)
    found: list[Difference] = []
    for key, series in sorted(told.items()):
        if key in listed:
            entries = sorted(listed[key], key=lambda entry: entry.valid_from or "")
            found += _compared(series, entries, today.isoformat())
    return found


def _compared(series: list[Price], entries: list[PublicPrice], today: str) -> list[Difference]:
    model, last = entries[-1].model, series[-1]
    current = next((p for p in series if p.status == "current"), None)
    in_force = [entry for entry in entries if (entry.valid_from or "") <= today]
    found: list[Difference] = []

    def add(verdict: str, when: str | None, press: Price | None, public: float | None) -> None:
        evidence = (press or last).evidence
        value = None if press is None else press.value
        found.append(Difference(last.subject, last.metric, model, verdict, when, value, public, evidence))

    if current is not None and in_force and not _same(current.value, in_force[-1].value):
        add("differs", current.valid_from, current, in_force[-1].value)
    for old, step in pairwise(series):
        changed = not _same(old.value, step.value) and step.status == "past"
        if changed and not any(_same(step.value, entry.value) for entry in entries):
            add("not in the list", step.valid_from, step, None)
    for before, entry in pairwise(entries):
        changed = not _same(before.value, entry.value) and (entry.valid_from or "") <= today
        if changed and not any(_same(entry.value, step.value) for step in series):
            add("not in the press", entry.valid_from, None, entry.value)
    return found


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))
