"""What a site asks of those who collect its pages, outside the pages themselves. Pure.

``X-Robots-Tag`` and the TDM Reservation Protocol of the W3C community group: the header ``tdm-reservation``
and the file ``/.well-known/tdmrep.json``.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

WELL_KNOWN = "/.well-known/tdmrep.json"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of tdmrep.json: a path pattern (``*`` any characters, a closing ``$`` the end), reserved or
    not."""

    location: str
    reserved: bool


def tdm_rules(body: bytes) -> tuple[Rule, ...]:
    """The rules of a tdmrep.json; none for what is no such file."""
    try:
        entries = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(entries, list):
        return ()
    return tuple(
        Rule(entry["location"], str(entry.get("tdm-reservation")) == "1")
        for entry in entries[:1000]
        if isinstance(entry, dict) and isinstance(entry.get("location"), str) and _bearable(entry["location"])
    )


def is_reserved(rules: Iterable[Rule], path: str) -> bool:
    """Whether the rules reserve a path (with its query); of those that match the longest decides."""
    matching = [rule for rule in rules if _matches(rule.location, path)]
    return bool(matching) and max(matching, key=lambda rule: len(rule.location)).reserved


def _bearable(location: str) -> bool:
    """Whether a pattern can be matched in no time; one with many stars is there to keep us busy."""
    return len(location) <= 500 and location.count("*") <= 5


def _matches(location: str, path: str) -> bool:
    anchored = location.endswith("$")
    parts = [re.escape(part) for part in location.removesuffix("$").split("*")]
    return re.match(".*".join(parts) + ("$" if anchored else ""), path) is not None


def header_reason(robots: Iterable[str], tdm: str | None, agent: str) -> str | None:
    """Why a page's headers forbid to keep it: ``noarchive``, ``noindex``, ``tdm-reservation``, or None.

    ``robots`` are the ``X-Robots-Tag`` headers; rules for another agent than ``agent`` do not count.
    """
    if (tdm or "").strip() == "1":
        return "tdm-reservation"
    words: set[str] = set()
    for line in robots:
        name, colon, rest = line.partition(":")
        to_one = (
            colon and "," not in name and name.strip().lower() not in ("unavailable_after", "max-snippet")
        )
        if to_one and name.strip().lower() != agent.lower():
            continue
        words.update(word.strip().lower() for word in (rest if to_one else line).split(","))
    if words & {"noindex", "none"}:
        return "noindex"
    return "noarchive" if "noarchive" in words else None
