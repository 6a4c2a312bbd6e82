"""The counts of a store, made in a thread of their own once for each state of it: nobody waits for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from concurrent.futures import Future
from typing import Final

from qualgraph.errors import QualgraphError
from qualgraph.publishing import Counts, counted
from qualgraph.store import Store

PATIENCE: Final = 0.3
"""Seconds that a request waits for counts that are being made."""


RENEWED: Final = 300.0
"""Seconds after which an endpoint is counted again, as it does not say when it has changed."""
_LAST_WAIT: Final = 2.0


class Statistics:
    """Knows how much one store holds as it is now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._made: tuple[Hashable, Future[Counts]] | None = None
        self._thread: threading.Thread | None = None

    def begin(self) -> Future[Counts] | None:
        """Count the store as it is now, without waiting for it; what was counted already is not counted again.

        None while another state is still being counted: there is never more than one count at work.
        """
        with self._lock:
            state = self._state()
            if self._made is not None and not _failed(self._made[1]):
                of, counting = self._made
                if of == state:
                    return counting
                if not counting.done():
                    return None
            making: Future[Counts] = Future()
            self._made = state, making
            self._thread = threading.Thread(target=self._make, args=(making,), name="statistics", daemon=True)
            self._thread.start()
            return making

    def _state(self) -> Hashable:
        """What changes when the store does; of an endpoint only the time tells."""
        return getattr(self._store, "database_folder", None) or time.monotonic() // RENEWED

    def known(self, patience: float = PATIENCE) -> Counts | None:
        """The counts, or None where they are not made after so many seconds.

        Raises QualgraphError for a store that does not answer.
        """
        making = self.begin()
        try:
            return making.result(patience) if making is not None else None
        except TimeoutError:
            return None

    def close(self) -> None:
        """Wait a little for what is being counted; a slow count ends with the process."""
        if self._thread is not None:
            self._thread.join(timeout=_LAST_WAIT)

    def _make(self, making: Future[Counts]) -> None:
        try:
            making.set_result(counted(self._store))
        except QualgraphError as error:
            making.set_exception(error.with_traceback(None))
        except BaseException as error:
            making.set_exception(error.with_traceback(None))
            raise


def _failed(making: Future[Counts]) -> bool:
    return making.done() and making.exception() is not None
