"""Errors as values: a batch goes on past what fails, lists it, and says so with its exit status."""

from typing import Any

import click

from crawler.errors import BeatbookError


class Failures:
    """Counts what a batch did, and prints each failure as one line on standard error as it happens."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0

    def count(self, result: Any) -> None:
        """``result`` is a BeatbookError, or anything else for a success."""
        if isinstance(result, BeatbookError):
            self.failed += 1
            click.echo(" ".join(str(result).split()), err=True)
        else:
            self.done += 1

    def close(self) -> None:
        """Ends the command: status 0 where nothing failed, 1 where others succeeded, else 2."""
        if self.failed:
            raise click.exceptions.Exit(1 if self.done else 2)
