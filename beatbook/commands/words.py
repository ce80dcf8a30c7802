"""Commands about the words of a beat: vocabulary check, candidates."""

from pathlib import Path

import click

from beatbook.failures import Failures
from beatbook.options import db_option, format_option


@click.group("vocabulary")
def vocabulary_command() -> None:
    """Check files of words of your own, which `--vocabulary FILE` adds to those built in."""


@vocabulary_command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def check_command(files: tuple[Path, ...]) -> None:
    """Say whether a vocabulary file is right, and which entry is wrong and why where it is not."""
    from crawler.errors import BeatbookError
    from extract.vocabulary import check_file

    failures = Failures()
    for file in files:
        try:
            failures.count(vocabulary := check_file(file))
            counts = ", ".join(f"{len(rows)} {table}" for table, rows in vocabulary.tables.items() if rows)
            click.echo(f"{file}: good ({counts or 'no entries'})")
        except BeatbookError as error:
            failures.count(error)
    failures.close()


@click.command("candidates")
@db_option
@click.option("--limit", default=30, show_default=True, help="How many at most.")
@format_option("table", "json", "jsonl", "csv", "toml")
def candidates_command(db: Path, limit: int, form: str) -> None:
    """List the names that no vocabulary holds, the most frequent first, and how they were recognised.

    With `--format toml` as entries to be pasted into a vocabulary file.
    """
    from beatbook.candidates import show

    show(db, limit, form)
