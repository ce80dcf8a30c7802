"""The database in the browser: rows, facets, queries and charts, and nothing fetched from anywhere else."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import chromium
import notebook
import pytest
import uvicorn
import yaml
from click.testing import CliRunner

from beatbook.browse import server
from beatbook.cli import main
from crawler.errors import InputError
from store.schema import open_db


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A notebook, served."""
    path = notebook.make(tmp_path_factory.mktemp("browse"))
    listener = server.listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(server.application(path), log_level="warning", lifespan="on"))
    thread = Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()
        listener.close()


def own(seen: chromium.Seen, address: str) -> None:
    """Nothing but the notebook was asked for anything, and no script complained."""
    assert seen.hosts <= {address.removeprefix("http://")}
    assert seen.console == ()


@chromium.needs_chromium
def test_the_front_page_leads_on(address: str, tmp_path: Path) -> None:
    seen = chromium.look(address, tmp_path)
    own(seen, address)
    for link in (
        server.DASHBOARD,
        "/beatbook/latest_claims",
        "/beatbook/price_history",
        "/beatbook/token_ranking",
    ):
        assert f'href="{link}' in seen.html


@chromium.needs_chromium
def test_claims_show_their_evidence_escaped(address: str, tmp_path: Path) -> None:
    seen = chromium.look(f"{address}/beatbook/latest_claims", tmp_path)
    own(seen, address)
    assert seen.html.count('<td class="col-subject') == len(notebook.lines())
    assert "Halcyon 3 costs $2.00 per million input tokens from 2026-03-09." in seen.html
    assert "&lt;script&gt;document.title" in seen.html
    assert "<title>broken into" not in seen.html
    assert 'href="https://ledger.example/' in seen.html
    assert "facet-results" in seen.html
    assert ">4.6 trillion<" in seen.html


@chromium.needs_chromium
def test_the_charts_of_the_dashboard_have_marks(address: str, tmp_path: Path) -> None:
    seen = chromium.look(f"{address}{server.DASHBOARD}", tmp_path)
    own(seen, address)
    points, lines = len(notebook.WEEKS) * len(notebook.TOKENS), len(notebook.TOKENS)
    assert len(re.findall(r'aria-roledescription="point"', seen.html)) == points + 2
    assert len(re.findall(r'aria-roledescription="line mark"', seen.html)) == lines + 1
    assert len(re.findall(r'aria-roledescription="bar"', seen.html)) >= 3


@chromium.needs_chromium
@pytest.mark.parametrize(
    ("path", "rows"),
    [("price_history?model=halcyon+3", 2), ("token_ranking", 6), ("latest_claims_query", 10)],
)
def test_canned_queries_answer(address: str, path: str, rows: int, tmp_path: Path) -> None:
    seen = chromium.look(f"{address}/beatbook/{path}", tmp_path)
    own(seen, address)
    assert seen.html.count('<td class="col-sentence') == rows
    assert seen.html.count('<td class="col-url') == rows


def test_the_metadata_names_only_what_is_there(tmp_path: Path) -> None:
    metadata = yaml.safe_load(Path(server.__file__).with_name("metadata.yml").read_text(encoding="utf-8"))
    with open_db(tmp_path / "new.db", create=True) as db:
        there = {*db.table_names(), *db.view_names()}
        tables = metadata["databases"]["beatbook"]["tables"]
        assert set(tables) <= there
        for name, table in tables.items():
            columns = {row[1] for row in db.execute(f"PRAGMA table_info([{name}])")}
            named = {
                table.get("sort"),
                table.get("sort_desc"),
                table.get("label_column"),
                *table.get("facets", ()),
            }
            assert {*table.get("columns", {}), *named} - {None} <= columns, name
        for query in metadata["databases"]["beatbook"]["queries"].values():
            db.execute(query["sql"], dict.fromkeys(query.get("params", ()), ""))
        for chart in metadata["plugins"]["datasette-dashboards"]["beat"]["charts"].values():
            db.execute(chart["query"])


def test_listens_on_loopback_unless_told_otherwise() -> None:
    result = CliRunner().invoke(main, ["browse", "--help"])
    assert "127.0.0.1" in result.output


def test_a_port_in_use_is_one_line_and_status_2(tmp_path: Path) -> None:
    path = notebook.make(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["browse", "--db", str(path), "--port", str(port)])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"port {port}: address already in use")
    assert result.stderr.count("\n") == 1


def test_an_unknown_host_is_refused() -> None:
    with pytest.raises(InputError, match=r"no\.such\.host\.invalid"):
        server.listen("no.such.host.invalid", 0)


@pytest.mark.parametrize("content", [None, b"plain text, no database at all", b"\x00\x01" * 4000])
def test_what_is_no_database_is_one_line_and_status_2(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    result = CliRunner().invoke(main, ["browse", "--db", str(path), "--port", "0"])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{path}: ")
    assert result.stderr.count("\n") == 1
