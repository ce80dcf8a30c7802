"""Sources found on a real server, written down and checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from beatbook.cli import main
from beatbook.demo.server import SampleSite, serving
from beatbook.demo.site import editions, sources_toml


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serving() as server:
        server.turn_to(editions()[0])
        yield server


def test_add_writes_an_entry_once(site: SampleSite, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    asked = ["sources", "add", f"{site.root}/token-ledger/feed.xml", "--sources", str(file)]
    dry = CliRunner().invoke(main, [*asked, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert not file.exists()
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert done.stdout == dry.stdout
    assert f'url = "{site.root}/token-ledger/feed.xml"' in file.read_text()
    again = CliRunner().invoke(main, asked)
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert file.read_text().count("[[source]]") == 1


def test_check_reports_each_source(site: SampleSite, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(
        sources_toml(site.root) + f'[[source]]\nid = "gone"\nkind = "page"\nurl = "{site.root}/gone"\n'
    )
    result = CliRunner().invoke(
        main, ["sources", "check", "--sources", str(file), "--now", "2026-03-02T22:00:00+00:00"]
    )
    assert result.exit_code == 1, result.output
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert "good" in lines["token-ledger"]
    assert "Baiyun-4 leads" in lines["token-ledger"]
    assert "good" in lines["halcyon-pricing"]
    assert "404" in lines["gone"]
    assert "index" not in result.stdout


def test_an_unknown_source_is_one_line_and_status_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["sources", "check", "no-such-source"])
    assert result.exit_code == 2
    assert result.stderr.startswith("no-such-source: no such source")
    assert result.stderr.count("\n") == 1
