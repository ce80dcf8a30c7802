"""A signal ends a crawl or the reading after it in order, and the next one goes on."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from beatbook.cli import main
from beatbook.demo.server import SampleSite, serving
from beatbook.demo.site import editions, sources_toml
from beatbook.reader import Read, Reader
from beatbook.stopping import stopping
from store.fetches import record_fetch
from store.schema import open_db
from store.status import status


@pytest.fixture(scope="module")
def site() -> Iterator[SampleSite]:
    with serving() as server:
        server.turn_to(editions()[0])
        yield server


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_noted_and_the_handler_of_before_is_called_and_comes_back(number: signal.Signals) -> None:
    called: list[int] = []
    before = signal.signal(number, lambda number, frame: called.append(number))
    try:
        mine = signal.getsignal(number)
        with stopping() as stopped:
            assert not stopped()
            os.kill(os.getpid(), number)
            assert stopped()
        assert called == [number]
        assert signal.getsignal(number) is mine
    finally:
        signal.signal(number, before)


def test_texts_that_were_not_read_are_read_by_the_next_crawl(
    site: SampleSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, db = tmp_path / "sources.toml", tmp_path / "x.db"
    file.write_text(sources_toml(site.root))
    asked = ["crawl", "--sources", str(file), "--db", str(db), "--now", "2026-03-02T22:00:00+00:00"]
    read = Reader.read

    def interrupted(self: Reader, *arguments: object) -> Read:
        os.kill(os.getpid(), signal.SIGINT)
        return read(self, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "read", interrupted)
        result = CliRunner().invoke(main, asked)
    assert result.exit_code == 1
    assert "interrupted" in result.stderr.splitlines()[-1]
    with open_db(db) as store:
        left = status(store)
    assert left.pending == left.versions > 0
    CliRunner().invoke(main, asked)
    with open_db(db) as store:
        assert status(store).pending == 0


def test_a_signal_during_the_fetching_leaves_the_reading_to_the_next_crawl(
    site: SampleSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, db = tmp_path / "sources.toml", tmp_path / "x.db"
    file.write_text(sources_toml(site.root))
    asked = ["crawl", "--sources", str(file), "--db", str(db), "--now", "2026-03-02T22:00:00+00:00"]

    def unwanted(*_: object) -> Read:
        raise AssertionError("nothing is read after a signal")

    def told(*arguments: object) -> None:
        record_fetch(*arguments)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(Reader, "read", unwanted)
    monkeypatch.setattr("store.fetches.record_fetch", told)
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 1, result.output
    with open_db(db) as store:
        assert any(source.interrupted for source in status(store).sources)
