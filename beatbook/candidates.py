"""Names that no vocabulary holds, as a table or as entries to be pasted into a vocabulary file."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from beatbook.output import FORMATS, emit
from store.schema import open_db
from store.status import Candidate, candidates

TABLES = {
    "vendor": ("vendor", 'country = "" # fill in'),
    "model": ("model", 'kind = "model"'),
    "product": ("model", 'kind = "product"'),
    "group": ("group", ""),
    "market": ("market", ""),
    "organisation": ("organisation", 'role = "research" # or press, bank, regulator'),
}
"""The vocabulary table of a kind of name, and the key that it needs beside a name and an example."""


def show(db: Path, limit: int, form: str) -> None:
    """Prints the most frequent candidates as one of ``FORMATS`` or as ``toml``."""
    with open_db(db) as store:
        found = candidates(store, limit=limit)
    if form in FORMATS:
        emit(
            found,
            form,
            headings=("name", "kind", "owner", "recognised by", "articles", "mentions", "for example in"),
            cells=lambda c: (c.name, c.kind, c.owner, c.how, c.articles, c.mentions, c.example),
        )
    else:
        click.echo(entries(found), nl=False)


def entries(found: Sequence[Candidate]) -> str:
    """Vocabulary entries for the candidates whose kind has a table. Pure."""
    return "".join(_entry(candidate) for candidate in found if candidate.kind in TABLES)


def _entry(candidate: Candidate) -> str:
    table, more = TABLES[candidate.kind]
    lines = [f"[[{table}]]", f"name = {_text(candidate.name)}"]
    if table == "model" and candidate.owner:
        lines.append(f"owner = {_text(candidate.owner)}")
    lines += [more] if more else []
    lines.append(f"example = {_text(candidate.example)} # {candidate.articles} articles, by {candidate.how}")
    return "\n".join(lines) + "\n\n"


def _text(text: str) -> str:
    """A TOML string; JSON's escapes are among TOML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
