"""Sightings for tests, said in few words."""

from typing import Any

from store.records import Sighting, name_key

QUARTER = ("2026-01-01", "2026-03-31")


def say(day: str, site: str, value: float | None, quote: str = "", **more: Any) -> Sighting:
    """A level of 1Q26 revenue of Acme in dollars, in an article of its own, unless told otherwise."""
    fields: dict[str, Any] = {
        "article": f"{site}/{day}", "subject": "Acme", "metric": "revenue", "kind": "level", "unit": "USD",
        "version": 1, "period": QUARTER, "sentence": quote, "start": 0,
    } | more  # fmt: skip
    fields["period_start"], fields["period_end"] = fields.pop("period")
    fields.setdefault("url", f"https://{site}.example/{day}")
    fields.setdefault("first_seen", f"{day}T09:00:00+00:00")
    fields.setdefault("id", "|".join(str(part) for part in (*sorted(fields.items()), value, quote)))
    return Sighting(
        value=value, quote=quote, entity=name_key(fields["subject"]), site=site, published=day, said=day,
        last_seen=fields["first_seen"], story=fields["article"], **fields,
    )  # fmt: skip


def change(day: str, site: str, value: float | None, quote: str = "", **more: Any) -> Sighting:
    """A change of 1Q26 revenue of Acme on the year, up, in percent, unless told otherwise."""
    usual = {"kind": "change", "unit": "percent", "direction": "up", "basis": "yoy"}
    return say(day, site, value, quote, **(usual | more))
