"""Headless Chromium for tests: a page as it is after its scripts have run, and what the browser asked the
network."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--window-size=1280,1000",
)


@dataclass(frozen=True)
class Seen:
    """``html`` after scripts ran, the ``hosts`` that were asked for anything, and lines of the
    ``console``."""

    html: str
    hosts: frozenset[str]
    console: tuple[str, ...]


def look(url: str, folder: Path) -> Seen:
    """Opens ``url`` in a fresh profile below ``folder``."""
    assert CHROMIUM is not None
    log = folder / "net.json"
    done = subprocess.run(
        [
            CHROMIUM,
            *FLAGS,
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={log}",
            "--enable-logging=stderr",
            "--v=0",
            "--virtual-time-budget=15000",
            "--timeout=60000",
            "--dump-dom",
            url,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    console = tuple(line for line in done.stderr.splitlines() if ":CONSOLE" in line)
    return Seen(done.stdout, asked_for(log), console)


def asked_for(log: Path) -> frozenset[str]:
    """The hosts of all requests that pages made; those of the browser's own services have no initiator."""
    data = json.loads(log.read_text(encoding="utf-8"))
    asked = [event.get("params", {}) for event in data["events"]]
    urls = [
        params["url"] for params in asked if "url" in params and "://" in str(params.get("initiator", ""))
    ]
    return frozenset(urlsplit(url).netloc for url in urls if not url.startswith(("data:", "blob:")))
