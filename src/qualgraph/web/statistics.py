"""The counts of a store, made in a thread of their own once for each state of it: nobody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from concurrent.futures import Future
from typing import Final

from qualgraph.errors import QualgraphError
from qualgraph.publishing import Counts, counted
from qualgraph.store import Store

PATIENCE: Final = 0.3
"""Seconds that a request waits for counts that are being made."""


class Statistics:
    """Knows how much one store holds as it is now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._made: tuple[Hashable, Future[Counts]] | None = None
        self._thread: threading.Thread | None = None

    def begin(self) -> Future[Counts]:
        """Count the store as it is now, without waiting for it; what was counted already is not counted again."""
        with self._lock:
            state = getattr(self._store, "database_folder", None)
            if self._made is None or self._made[0] != state or _failed(self._made[1]):
                making: Future[Counts] = Future()
                self._made = state, making
                self._thread = threading.Thread(
                    target=self._make, args=(making,), name="statistics", daemon=True
                )
                self._thread.start()
            return self._made[1]

    def known(self, patience: float = PATIENCE) -> Counts | None:
        """The counts, or None where they are not made after so many seconds.

        Raises QualgraphError for a store that does not answer.
        """
        try:
            return self.begin().result(patience)
        except TimeoutError:
            return None

    def close(self) -> None:
        """Wait for what is being counted, so that the store can be closed; not for an endpoint that is slow."""
        if self._thread is not None:
            self._thread.join(timeout=10)

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
