"""Reads the tables of invented publishers' pages: the answers of each page, then its markup.

A record begins with ``=== NAME``; the lines ``url:``, ``title:``, ``authors:`` (``; `` between them) and
``day:`` follow, then HTML up to the next record. ``{{body}}`` stands for three paragraphs of text.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "publishers"
BODY = (
    "<p>The price of a million tokens fell to 0.40 dollars last week, the lowest since the index began.</p>"
    "<p>Analysts expect a further fall of a tenth by the summer, according to a survey made on Sunday.</p>"
    "<p>Vendors have cut their prices five times since the autumn, and demand has doubled meanwhile.</p>"
)


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    url: str
    title: str
    authors: tuple[str, ...]
    day: str | None
    html: str


def examples(table: str) -> list[Example]:
    """The records of one table of the folder."""
    return [_record(part) for part in (FOLDER / table).read_text("utf-8").split("=== ")[1:]]


def _record(part: str) -> Example:
    name, url, title, authors, day, html = part.split("\n", 5)
    said = [line.partition(":")[2].strip() for line in (url, title, authors, day)]
    people = tuple(one for one in said[2].split("; ") if one)
    return Example(name, said[0], said[1], people, said[3] or None, html.replace("{{body}}", BODY))
