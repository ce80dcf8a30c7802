"""The command line as a whole: help is instant, errors are one line, the exit status says what happened."""

import subprocess
import sys
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from beatbook.cli import COMMANDS, LazyGroup, main
from beatbook.failures import Failures
from crawler.errors import InputError

HEAVY = ("scrapy", "spacy", "altair", "datasette", "trafilatura", "twisted", "pandas", "dask", "rich", "lxml")


def loaded_by(*arguments: str) -> set[str]:
    """The heavy packages that a command line has imported when it ends."""
    script = (
        "import sys\n"
        "from beatbook.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print('LOADED', *sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return set(HEAVY) & set(done.stderr.rpartition("LOADED")[2].split())


def test_help_loads_nothing_heavy() -> None:
    assert loaded_by("--help") == set()


@pytest.mark.parametrize("command", ["crawl", "extract", "browse", "history", "demo"])
def test_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    assert loaded_by(command, "--help") == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_found_and_says_what_it_does(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0, result.output
    command = getattr(import_module(f"beatbook.commands.{COMMANDS[name]}"), f"{name}_command")
    assert command.name == name
    assert command.get_short_help_str(300)


@pytest.mark.parametrize(
    ("arguments", "subject"),
    [
        (["no-such-command"], "beatbook:"),
        (["history"], "beatbook history:"),
        (["history", "X", "--since", "soon"], "beatbook history:"),
        (["claims", "--format", "yaml"], "beatbook claims:"),
        (["browse", "--port", "99999"], "beatbook browse:"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(arguments: list[str], subject: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(subject)
    assert result.stderr.count("\n") == 1


def group_that(action: object) -> click.Group:
    return LazyGroup("test", callback=lambda: action(), invoke_without_command=True)  # type: ignore[operator]


def raising(error: BaseException) -> object:
    def act() -> None:
        raise error

    return act


def test_an_error_of_ours_is_one_line_with_its_subject_first() -> None:
    result = CliRunner().invoke(group_that(raising(InputError("a.txt", "no such\nfile"))), [])
    assert (result.exit_code, result.stderr) == (2, "a.txt: no such file\n")


def test_an_interrupt_ends_in_order() -> None:
    result = CliRunner().invoke(group_that(raising(KeyboardInterrupt())), [])
    assert result.exit_code == 130
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("done", "failed", "status"), [(2, 0, 0), (1, 1, 1), (0, 1, 2)])
def test_failures_decide_the_exit_status(done: int, failed: int, status: int) -> None:
    def act() -> None:
        failures = Failures()
        for _ in range(done):
            failures.count("an article")
        for _ in range(failed):
            failures.count(InputError("b.txt", "is empty"))
        failures.close()

    result = CliRunner().invoke(group_that(act), [])
    assert result.exit_code == status
    assert result.stderr == "b.txt: is empty\n" * failed


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m beatbook --help | true; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
