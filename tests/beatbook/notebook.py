"""A small notebook for tests of the roof: claims in a database, made without a crawl or an extractor."""

import json
from datetime import UTC, datetime
from pathlib import Path

from store.imports import claim_lines, import_claims
from store.schema import open_db

HOSTILE = "<script>document.title='broken into'</script>"
NOW = datetime(2026, 3, 30, 12, tzinfo=UTC)
WEEKS = (("2026-03-02", "2026-03-08"), ("2026-03-09", "2026-03-15"), ("2026-03-16", "2026-03-22"))
TOKENS = {"Halcyon 3": (3.2e12, 4.1e12, 4.6e12), "Baiyun-4": (3.3e12, 3.2e12, 3.4e12)}


def lines() -> list[dict[str, object]]:
    """Claims as ``import --claims`` takes them: weekly tokens, a price that falls, two outlets that
    disagree."""
    made: list[dict[str, object]] = []

    def say(
        subject: str, metric: str, value: float, unit: str, said: str, sentence: str, **more: object
    ) -> None:
        site = more.pop("site", "The Token Ledger")
        slug = f"{subject}-{metric}-{said}-{site}".lower().replace(" ", "-")
        made.append(
            {
                "url": f"https://ledger.example/{slug}?a=1&b=<2>",
                "title": f"{subject} {HOSTILE}",
                "site": site,
                "published": said,
                "first_seen": f"{said}T20:00:00+00:00",
                "subject": subject,
                "metric": metric,
                "kind": "level",
                "value": value,
                "unit": unit,
                "quote": sentence,
                "sentence": sentence,
                "field": "text",
                "start": 0,
                "end": len(sentence),
                "modality": "reported",
                "negated": False,
                "confidence": 0.9,
                **more,
            }
        )

    for subject, values in TOKENS.items():
        for (start, end), value in zip(WEEKS, values, strict=True):
            sentence = f"{subject} processed {value / 1e12:.1f} trillion tokens in the week to {end}."
            say(subject, "tokens", value, "tokens", end, sentence, period=[start, end])
    for value, day in ((3.0, "2026-03-02"), (2.0, "2026-03-09")):
        sentence = f"Halcyon 3 costs ${value:.2f} per million input tokens from {day}."
        say("Halcyon 3", "price_input", value, "USD/1M tokens", day, sentence, period=[day, None])
    february = ["2026-02-01", "2026-02-28"]
    for value, site in ((9e8, "Meridian Business Wire"), (1.15e9, "Harbour Post")):
        sentence = f"Halcyon AI's annualised revenue reached ${value / 1e9:.2f} billion in February."
        say("Halcyon AI", "arr", value, "USD", "2026-03-10", sentence, period=february, site=site)
    return made


def write_lines(path: Path) -> Path:
    """The claims as a JSON Lines file."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines()), encoding="utf-8")
    return path


def make(folder: Path) -> Path:
    """A database with the claims in it; returns its path."""
    path = folder / "notebook.db"
    with open_db(path, create=True) as db:
        import_claims(db, claim_lines(write_lines(folder / "claims.jsonl")), NOW)
    return path
