"""A process that helps another ends with it, however that one ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading


def end_with_parent() -> None:
    """End this process when the one that started it has ended, killed ones included, and not by Ctrl-C before.

    Ctrl-C in a terminal reaches every process there; the one in charge says what is to be done about it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, name="watch of the parent", daemon=True).start()


def _watch() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # nobody is left to hear of it; files appear whole or not at all
