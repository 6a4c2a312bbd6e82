"""Answers of the register's REST interface: fetched politely, kept, and asked for again only where they may be old."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from qualgraph.errors import RegisterAnswerError, RegisterUnreachableError, UsageError
from qualgraph.harvest.folder import HarvestFolder, Kept
from qualgraph.harvest.transport import Failure, Reply, Transport

RATE: Final = 1.0
"""Requests a second, at most."""
RETRIES: Final = 4
LONGEST_WAIT: Final = 300.0
"""Seconds that the register may ask to wait before the harvest is left for later."""


class Client:
    """Fetches answers at most ``rate`` times a second; one that was fetched in this run is never asked for again.

    ``asked`` counts the requests, ``tally`` the answers: fetched, unchanged (the copy kept is still right), kept
    (fetched earlier in this run).
    """

    def __init__(
        self,
        transport: Transport,
        folder: HarvestFolder,
        *,
        run: str,
        rate: float = RATE,
        retries: int = RETRIES,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``run`` names the harvest; a failure that may pass is tried ``retries`` times more, after 1, 2, 4 s ..."""
        if rate <= 0 or retries < 0:
            raise UsageError("a rate is above 0 requests a second, and a number of retries at least 0.")
        self.asked = 0
        self.tally: Counter[str] = Counter()
        self._transport = transport
        self._folder = folder
        self._run = run
        self._gap = 1 / rate
        self._retries = retries
        self._clock = clock
        self._sleep = sleep
        self._next = clock()

    @property
    def base(self) -> str:
        """The base address of the interface."""
        return self._transport.base

    def answer(self, path: str) -> Any:
        """What an address answers; raises HarvestError where it does not.

        A RegisterUnreachableError says that the register cannot be asked at present; any other error is about this
        address alone.
        """
        url = f"{self.base}/{path}"
        kept = self._folder.kept(url)
        if kept is not None and kept.run == self._run:
            self.tally["kept"] += 1
            return _json(kept.body, url)
        attempt = 0
        while isinstance(found := self._attempt(path, url, kept), Failure):
            wait = found.wait if found.wait is not None else 2.0**attempt
            if not found.transient or attempt == self._retries or wait > LONGEST_WAIT:
                raise found.error
            self._sleep(wait)
            attempt += 1
        return found

    def _attempt(self, path: str, url: str, kept: Kept | None) -> object | Failure:
        self._pace()
        self.asked += 1
        reply = self._transport.get(path, kept.validators if kept else None)
        if isinstance(reply, Failure):
            return reply
        return self._taken(reply, url, kept)

    def _taken(self, reply: Reply, url: str, kept: Kept | None) -> object | Failure:
        if reply.body is None and kept is None:
            error = RegisterAnswerError("answers 'not modified' to a request without conditions.", where=url)
            return Failure(error=error, transient=False)
        body = kept.body if reply.body is None and kept else reply.body or b""
        try:
            value: object = _json(body, url)
        except RegisterUnreachableError as error:
            return Failure(error=error, transient=True)
        validators = kept.validators if reply.body is None and kept else reply.validators
        self._folder.keep(url, Kept(run=self._run, validators=validators, body=body))
        self.tally["unchanged" if reply.body is None else "fetched"] += 1
        return value

    def _pace(self) -> None:
        ahead = self._next - self._clock()
        if ahead > 0:
            self._sleep(ahead)
        self._next = max(self._next, self._clock()) + self._gap


def _json(body: bytes, url: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RegisterUnreachableError(
            "answers with JSON that is cut off or damaged.",
            where=url,
            hint="Run the same command again later: what was fetched is kept, and it goes on from there.",
        ) from error
