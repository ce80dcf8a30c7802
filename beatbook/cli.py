"""The command line: a click group whose subcommands are imported when they are called.

Errors reach a person as one line on standard error with the subject first; the exit status is 0 for done, 1
for done with failures listed, and 2 where the call is wrong.
"""

import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from crawler.errors import BeatbookError

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "alerts": "operating",
        "backfill": "collecting",
        "browse": "showing",
        "candidates": "words",
        "checks": "comparing",
        "claims": "asking",
        "conflicts": "comparing",
        "crawl": "collecting",
        "demo": "showing",
        "digest": "showing",
        "export": "showing",
        "extract": "reading",
        "history": "asking",
        "import": "collecting",
        "leaders": "asking",
        "merge": "collecting",
        "movers": "asking",
        "outcomes": "comparing",
        "prices": "asking",
        "read": "reading",
        "reextract": "collecting",
        "revisions": "comparing",
        "schedule": "operating",
        "search": "asking",
        "sources": "operating",
        "status": "operating",
        "vocabulary": "words",
    }
)
"""Each command and the module of ``beatbook.commands`` that holds it, under its own name, as
``NAME_command``."""


class LazyGroup(click.Group):
    """Finds its commands in ``COMMANDS`` and turns every known error into one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"beatbook.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["standalone_mode"] = False
        try:
            status = super().main(*args, **kwargs)
        except click.exceptions.Abort:
            fail("beatbook: interrupted")
            sys.exit(128 + signal.SIGINT)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            fail(f"{context.command_path if context else 'beatbook'}: {error.format_message()}")
            sys.exit(2)
        except BeatbookError as error:
            fail(str(error))
            sys.exit(2)
        except BrokenPipeError:
            # The reader of a pipe has seen enough; whatever Python still wants to flush has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        sys.exit(status if isinstance(status, int) else 0)


def fail(message: str) -> None:
    """Writes one line to standard error."""
    click.echo(" ".join(message.split()), err=True)


@click.group(
    "beatbook",
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="beatbook")
def main() -> None:
    """An analyst's notebook for a beat.

    Beatbook crawls the trade press, reads every number that an article asserts, keeps each with its sentence,
    and shows how the numbers move: who said what, when, about which period, what was revised, who disagrees
    and who turned out right.

    Start with `beatbook demo`, which needs no network. Then: crawl, ask (prices, history, leaders, claims,
    search), compare (revisions, conflicts, outcomes, checks), and look (browse, digest).
    """


if __name__ == "__main__":
    main()
