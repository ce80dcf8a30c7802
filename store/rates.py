"""Exchange rates in the European Central Bank's CSV formats."""

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.errors import InputError


@dataclass(frozen=True, slots=True)
class Rates:
    """For each currency the days (ISO, ascending) with a rate, and the units of it that one euro bought."""

    days: dict[str, tuple[str, ...]]
    values: dict[str, tuple[float, ...]]

    def of(self, currency: str, day: str) -> float | None:
        """Units of a currency for one euro on a day: the latest rate by then, else the first one known."""
        if currency == "EUR":
            return 1.0
        days = self.days.get(currency)
        if not days:
            return None
        return self.values[currency][max(0, bisect_right(days, day) - 1)]

    def convert(self, value: float, source: str, target: str, day: str) -> float | None:
        """An amount in another currency at the rates of a day, null where one of them has no rate."""
        if source == target:
            return value
        sold, bought = self.of(source, day), self.of(target, day)
        return None if sold is None or bought is None else value / sold * bought


def load_rates(path: Path) -> Rates:
    """Read a rate file: one column a currency (``eurofxref.csv``, ``eurofxref-hist.csv``), or the data
    portal's
    one row a rate (``CURRENCY``, ``TIME_PERIOD``, ``OBS_VALUE``). Raises InputError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, skipinitialspace=True))
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(path, "is no CSV file of exchange rates") from error
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        if "OBS_VALUE" in row:
            _add(found, row.get("CURRENCY", ""), row.get("TIME_PERIOD", ""), row["OBS_VALUE"])
        else:
            for name, value in row.items():
                if name and name.strip() != "Date" and isinstance(value, str):
                    _add(found, name, row.get("Date", ""), value)
    if not found:
        raise InputError(path, "holds no exchange rates in the European Central Bank's CSV format")
    ordered = {currency: sorted(rates.items()) for currency, rates in found.items()}
    return Rates(
        {currency: tuple(day for day, _ in rates) for currency, rates in ordered.items()},
        {currency: tuple(rate for _, rate in rates) for currency, rates in ordered.items()},
    )


def _add(
    found: dict[str, dict[str, float]], currency: str | None, day: str | None, value: str | None
) -> None:
    """Keep a rate; a holiday's ``N/A`` and a row that is no rate are passed over."""
    when = _iso(day or "")
    try:
        rate = float(value or "")
    except ValueError:
        return
    if when and currency and rate > 0:
        found.setdefault(currency.strip().upper(), {})[when] = rate


def _iso(text: str) -> str | None:
    """``2026-03-30``, or ``30 March 2026`` as the daily file writes it."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return None
