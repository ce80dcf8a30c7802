"""Work that is told to end: what is under way is finished, what is left is for the next run."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Until the context ends, SIGINT and SIGTERM end nothing by themselves; its value says whether one came.

    A handler that the caller had set is called as well. Outside the main thread nothing is changed.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop.is_set
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()
        theirs = before[signal.Signals(number)]
        if callable(theirs) and theirs is not signal.default_int_handler:
            theirs(number, frame)

    for number in before:
        signal.signal(number, handle)
    try:
        yield stop.is_set
    finally:
        for number, theirs in before.items():
            signal.signal(number, theirs)
