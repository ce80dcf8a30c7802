"""Processes that compute beside this one, and end with it however it ends."""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor


def pool(processes: int | None = None) -> ProcessPoolExecutor:
    """A pool of so many processes, one a core by default; to start them takes a second or more.

    Ctrl-C is left to this process, which shuts the pool down.
    """
    spawn = multiprocessing.get_context("spawn")  # a fork would copy open connections and databases
    return ProcessPoolExecutor(processes or os.cpu_count(), spawn, initializer=_serve_parent)


def _serve_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
