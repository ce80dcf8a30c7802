"""Pages whose text is made by their scripts: a browser reads them, for the sources that ask for it (extra
``render``).

The system's Chromium is used where there is one, else the one that playwright brings. It gets what a page
needs to show its text and nothing more; private addresses stay out of its reach as they do out of Scrapy's.
"""

import asyncio
import importlib.util
import os
import shutil
from typing import Any

from crawler.urls import host_of, is_public

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NOT_TEXT = {"image", "media", "font"}


def can_render() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("scrapy_playwright") is not None


def browser_settings(allowed: frozenset[str]) -> dict[str, Any]:
    """Scrapy's settings for requests of a browser; ``allowed`` hosts (``host:port``) may be private
    addresses."""

    async def refuse(request: Any) -> bool:
        if request.resource_type in _NOT_TEXT:
            return True
        place = host_of(request.url)
        if request.url.startswith(("data:", "blob:")) or place in allowed:
            return False
        try:
            found = await asyncio.get_running_loop().getaddrinfo(place.rpartition(":")[0].strip("[]"), None)
        except OSError:
            return True
        return not all(is_public(str(address[0])) for *_, address in found)

    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(_FLAGS)  # root has no sandbox
    return {
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "args": flags,
            **({"executable_path": executable} if executable else {}),
        },
        "PLAYWRIGHT_CONTEXTS": {"default": {"service_workers": "block", "accept_downloads": False}},
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 30_000,
        "PLAYWRIGHT_ABORT_REQUEST": refuse,
    }
