"""Datasette on one database: what it shows is declared in ``metadata.yml`` beside this file."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crawler.errors import InputError
from store.schema import open_db

HERE = Path(__file__).parent
NAME = "beatbook"
"""The name under which the database is served, whatever its file is called, so that queries and charts find
it."""

DASHBOARD = "/-/dashboards/beat"
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "suggest_facets": False,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1000,
    "truncate_cells_html": 400,
}


def application(path: Path) -> Any:
    """The ASGI application that serves the database read-only. Raises StoreError where it cannot be
    opened."""
    import yaml
    from datasette.app import Datasette
    from datasette.database import Database

    open_db(path).close()  # brings an older schema and the views up to date; Datasette itself only reads
    metadata = yaml.safe_load((HERE / "metadata.yml").read_text(encoding="utf-8"))
    datasette = Datasette(
        metadata=metadata,
        settings=SETTINGS,
        static_mounts=[("style", HERE / "static")],
        plugins_dir=str(HERE / "plugins"),
    )
    datasette.remove_database("_memory")
    datasette.add_database(Database(datasette, path=str(path), is_mutable=True), name=NAME)
    return datasette.app()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises InputError, subject the port, where that
    fails."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InputError(f"host {host}", error.strerror or str(error)) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise InputError(f"port {port}", f"{reason.lower()}; say --port with another, or 0") from error
    return listener


def browse(path: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves until interrupted; ``ready`` is told the address once the socket listens."""
    import uvicorn

    app = application(path)
    with listen(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listener.getsockname()[1]}")
        config = uvicorn.Config(app, log_level="warning", lifespan="on", workers=1)
        uvicorn.Server(config).run(sockets=[listener])
