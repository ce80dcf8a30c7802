"""Who asks: the same name on every request, from the flag or the environment, in the schedule's lines as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from beatbook.cli import main
from beatbook.demo.server import SampleSite, serving
from beatbook.demo.site import editions

OWN = "Acme-Desk/2.0 (+mailto:press-desk@acme.example)"


@pytest.fixture
def heard() -> Iterator[tuple[SampleSite, set[str]]]:
    """The sample site, and the names under which it was asked."""
    agents: set[str] = set()
    with serving() as site:

        class Hearing(site.RequestHandlerClass):  # type: ignore[name-defined, misc]
            def do_GET(self) -> None:  # noqa: N802
                agents.add(self.headers["User-Agent"])
                super().do_GET()

        site.RequestHandlerClass = Hearing
        site.turn_to(editions()[0])
        yield site, agents


def sources(site: SampleSite, folder: Path) -> Path:
    file = folder / "sources.toml"
    file.write_text(f'[[source]]\nid = "pricing"\nkind = "page"\nurl = "{site.root}/halcyon/pricing"\n')
    return file


@pytest.mark.parametrize(
    "command",
    [["crawl"], ["schedule", "run", "--once"], ["sources", "check"]],
    ids=lambda command: " ".join(command),
)
@pytest.mark.parametrize("how", ["flag", "environment"])
def test_every_request_is_asked_under_that_name(
    command: list[str], how: str, heard: tuple[SampleSite, set[str]], tmp_path: Path
) -> None:
    site, agents = heard
    name, *rest = command
    asked = [name, "--sources", str(sources(site, tmp_path))]
    if name == "sources":
        asked, rest = ["sources", *rest, *asked[1:]], []
    if name != "sources":
        asked += ["--db", str(tmp_path / "x.db")]
    if how == "flag":
        asked += ["--user-agent", OWN]
    environment = {"BEATBOOK_USER_AGENT": OWN} if how == "environment" else {}
    result = CliRunner().invoke(main, [*asked, *rest], env=environment)
    assert result.exit_code == 0, result.output
    assert agents == {OWN}


def test_without_one_the_crawler_says_that_it_is_beatbook(
    heard: tuple[SampleSite, set[str]], tmp_path: Path
) -> None:
    site, agents = heard
    file = sources(site, tmp_path)
    result = CliRunner().invoke(main, ["crawl", "--sources", str(file), "--db", str(tmp_path / "x.db")])
    assert result.exit_code == 0, result.output
    assert {agent.partition("/")[0] for agent in agents} == {"Beatbook"}


def test_the_line_for_cron_carries_it(tmp_path: Path) -> None:
    asked = ["schedule", "--db", str(tmp_path / "x.db"), "--user-agent", OWN, "--cron"]
    line = CliRunner().invoke(main, asked).stdout
    assert f"--user-agent '{OWN}' run --once" in line


@pytest.mark.parametrize("agent", ["", "two\nlines", "Beätbook/1", " spaced"])
def test_what_cannot_be_sent_is_a_wrong_call(agent: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["crawl", "--db", str(tmp_path / "x.db"), "--user-agent", agent])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "x.db").exists()
