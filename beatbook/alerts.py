"""Alerts: rules in TOML, held against new claims, sent through Apprise; each claim once for each rule."""

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from beatbook.output import note
from beatbook.wording import said
from crawler.errors import InputError
from store.records import Sighting, name_key
from store.schema import Store

LOOK_BACK, MOST = timedelta(days=7), 100_000

KEYS = {"name": str, "subject": str, "metric": str, "direction": str, "threshold": int | float, "to": list}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is worth an alert; a field that is null asks for nothing.

    ``threshold`` is the least size of a change, in its unit, and of a level the value that it reaches: from
    below, or from above where ``direction`` is ``down``. ``to`` are Apprise addresses; ``$NAME`` in them is
    read from the environment, so that no secret needs to stand in the file.
    """

    name: str
    to: tuple[str, ...]
    subject: str | None = None
    metric: str | None = None
    direction: str | None = None
    threshold: float | None = None

    def concerns(self, claim: Sighting) -> bool:
        """Whether ``claim`` is one to alert of. A denial never is."""
        if claim.negated or (self.metric and claim.metric != self.metric):
            return False
        if self.subject and name_key(self.subject) not in (name_key(claim.subject), claim.entity):
            return False
        if self.threshold is None:
            return not self.direction or claim.direction == self.direction
        if claim.kind == "change":
            reached = claim.value is not None and claim.value >= self.threshold
            return reached and (not self.direction or claim.direction == self.direction)
        if claim.kind != "level" or claim.value is None:
            return False
        return claim.value <= self.threshold if self.direction == "down" else claim.value >= self.threshold


def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file, each an ``[[alert]]``. Raises InputError that names file and entry."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(path, f"is not TOML: {error}") from error
    if set(data) != {"alert"} or not isinstance(data["alert"], list):
        raise InputError(path, "holds [[alert]] entries and nothing else")
    return tuple(_rule(f"{path} [[alert]] {number}", entry) for number, entry in enumerate(data["alert"], 1))


def _rule(where: str, entry: Any) -> Rule:
    if not isinstance(entry, dict):
        raise InputError(where, "must be a table")
    for key, value in entry.items():
        if key not in KEYS:
            raise InputError(where, f"unknown key {key!r}; known are {', '.join(KEYS)}")
        if not isinstance(value, KEYS[key]) or isinstance(value, bool):
            raise InputError(where, f"{key} has the wrong type")
    if not entry.get("to") or not all(isinstance(address, str) for address in entry["to"]):
        raise InputError(where, "to must list at least one Apprise address")
    if entry.get("direction") not in (None, "up", "down", "flat"):
        raise InputError(where, "direction must be up, down or flat")
    named = entry.get("name") or " ".join(str(entry[key]) for key in KEYS if key in entry and key != "to")
    return Rule(**{**entry, "name": named, "to": tuple(entry["to"])})


def matches(rules: Iterable[Rule], claims: Sequence[Sighting]) -> list[tuple[Rule, Sighting]]:
    """Every rule with every claim that it concerns. Pure."""
    return [(rule, claim) for rule in rules for claim in claims if rule.concerns(claim)]


def notify(rule: Rule, claim: Sighting) -> bool:
    """Sends one alert; false where Apprise could not deliver it. Raises InputError without the extra
    ``alerts``."""
    try:
        import apprise
    except ImportError as error:
        raise InputError("alerts", "need the extra 'alerts': pip install 'beatbook[alerts]'") from error
    sender = apprise.Apprise()
    for address in rule.to:
        if not sender.add(os.path.expandvars(address)):
            raise InputError(f"alert {rule.name!r}", "an address in 'to' is none that Apprise knows")
    return bool(sender.notify(title=f"Beatbook: {rule.name}", body=f"{said(claim)}\n{note(claim)}"))


def send_new(db: Store, rules: Sequence[Rule], now: datetime) -> bool:
    """Alerts of every claim that a rule concerns and that it was not told of before; false where one failed.

    What could not be delivered is tried again the next time. The first time, a rule looks back one week.
    """
    from store.query import claims

    table = db.table("alerts")
    if not table.exists():
        table.create({"rule": str, "claim": str, "at": str}, pk=("rule", "claim"))
    recent = claims(db, since=(now - LOOK_BACK).date(), limit=MOST)
    delivered = True
    for rule, claim in matches(rules, recent):
        if table.count_where("rule = ? AND claim = ?", [rule.name, claim.id]):
            continue
        if notify(rule, claim):
            table.insert({"rule": rule.name, "claim": claim.id, "at": now.isoformat(timespec="seconds")})
        else:
            delivered = False
    return delivered
