"""What the tests of the store share: databases, articles, claims and lines to import."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.article import Article
from extract.records import Claim
from store.imports import Imported, claim_lines, import_claims, line_of
from store.schema import Store, open_db

NOW = datetime(2026, 4, 30, 12, tzinfo=UTC)
TEXT = (
    "DeepSeek V3.2 processed 3.96 trillion tokens in the week of March 23-29, OpenRouter data show."
    " That is 12% more than a week earlier, when rivals from three countries shared the top of the table."
)


def new_db(folder: Path, name: str = "beat.db") -> Store:
    return open_db(folder / name, create=True)


def article(url: str = "https://wire.example/1", text: str = TEXT, **more: Any) -> Article:
    return Article(
        url,
        **{"title": "DeepSeek leads", "published": "2026-03-30", "site": "wire.example"} | more,
        text=text,
    )


def claim(text: str = TEXT, quote: str = "3.96 trillion tokens", **more: Any) -> Claim:
    start = text.index(quote)
    plain = {
        "subject": "DeepSeek V3.2", "metric": "tokens", "kind": "level", "value": 3.96e12, "unit": "tokens",
        "period": ("2026-03-23", "2026-03-29"), "source": "OpenRouter",
    }  # fmt: skip
    return Claim(
        **plain | more,
        quote=quote,
        sentence=text.split(". ")[0] + ".",
        field="text",
        start=start,
        end=start + len(quote),
    )


def line(**fields: Any) -> dict[str, Any]:
    """A line as ``extract`` writes it; ``published`` is also when it was seen."""
    plain: dict[str, Any] = {
        "url": "https://wire.example/1", "title": "A report", "site": "wire.example",
        "published": "2026-03-30", "subject": "Alpha", "metric": "tokens", "kind": "level", "value": 10.0,
        "unit": "tokens", "period": [None, None], "sentence": "A sentence.", "quote": "10",
    }  # fmt: skip
    return plain | fields


def load(db: Store, rows: Iterable[Mapping[str, Any]]) -> Imported:
    return import_claims(db, map(line_of, rows), NOW)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def load_file(db: Store, path: Path) -> Imported:
    return import_claims(db, claim_lines(path), NOW)


def dump(db: Store, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the tables hold, in a fixed order."""
    return {table: sorted(db.conn.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}
