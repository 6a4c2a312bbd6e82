"""Queries answered in processes of their own: bounded in number, time, memory and size, and ended when they must be.

No engine here can be stopped while it works on a query, but a process can. So a query that takes too long costs its
process, and a new one takes its place; all others go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from qualgraph import errors
from qualgraph.errors import AnswerTooLargeError, BusyError, QualgraphError, QueryTimeoutError, StoreError

_COMMAND: Final = "import sys; from qualgraph.web.worker import serve; serve(*sys.argv[1:])"
_GRACE: Final = 2.0
"""Seconds after its time-out when a process ends by itself that nobody has ended."""
_START_TIMEOUT: Final = 60.0
_LONGEST_LINE: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one query may take. ``timeout`` is in seconds, ``memory`` and ``max_bytes`` in bytes."""

    timeout: float = 30.0
    validation_timeout: float = 60.0
    """Seconds that the checking of somebody's data may take."""
    max_rows: int = 100_000
    max_bytes: int = 64 * 1024 * 1024
    max_statements: int = 100_000
    memory: int = 4 * 1024**3


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """An answer as it is sent; ``more``: it is a part, and more rows follow it."""

    body: bytes
    more: bool


class QueryWorkers:
    """So many processes that each answer one query at a time; further queries wait, but only so many."""

    def __init__(
        self,
        location: str,
        limits: Limits,
        *,
        services: Collection[str] = (),
        processes: int = 2,
        waiting: int = 20,
    ) -> None:
        """``services`` are the endpoints that a query may ask by SERVICE."""
        command = (sys.executable, "-c", _COMMAND, location, str(limits.memory), *sorted(services))
        self._limits = limits
        self._places = [_Place(command, location) for _ in range(processes)]
        self._free: asyncio.Queue[_Place] = asyncio.Queue()
        for place in self._places:
            self._free.put_nowait(place)
        self._most = processes + waiting
        self._asked = 0
        self.stopped = 0
        """How many queries have been stopped because their time was up."""

    @property
    def working(self) -> int:
        """How many queries are being answered or wait."""
        return self._asked

    async def answer(
        self,
        query: str,
        form: str,
        *,
        dataset: tuple[Sequence[str], Sequence[str]] = ((), ()),
        skip: int = 0,
        cut: int | None = None,
    ) -> Answered:
        """The answer written in a form of ``catalogue.formats``, or as RDF of a media type.

        ``dataset`` are the graphs that make the default graph and those that have names, as the protocol gives them.
        Of a table, ``skip`` rows are left out and then at most ``cut`` are given, so that it can be read in parts.

        Raises QueryError, QueryTimeoutError, AnswerTooLargeError, or BusyError where too many wait already.
        """
        return await self._done({"query": query, "form": form, "dataset": dataset, "skip": skip, "cut": cut})

    async def report(self, data: str, syntax: str, name: str, form: str) -> bytes:
        """The report on RDF that somebody sent, in a format of ``validation``, or as a ``fragment`` of a page.

        Raises DataError for what is no RDF of this syntax, and what ``answer`` raises.
        """
        asked = {"data": data, "syntax": syntax, "name": name, "form": form}
        return (await self._done({**asked, "max_statements": self._limits.max_statements})).body

    async def _done(self, asked: dict[str, Any]) -> Answered:
        if self._asked >= self._most:
            raise BusyError(
                "is answering as many queries as it can.", hint="Wait some seconds and ask again."
            )
        self._asked += 1
        try:
            async with self._place() as process:
                return await self._ask(process, asked)
        finally:
            self._asked -= 1

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The process of a free place; raises BusyError where none comes free in time."""
        try:
            async with asyncio.timeout(self._limits.timeout):
                place = await self._free.get()
        except TimeoutError as error:
            raise BusyError(
                f"had no time for this within {self._limits.timeout:g} s.",
                hint="Wait some seconds and ask again.",
            ) from error
        try:
            async with place.worked() as process:
                yield process
        finally:
            place.when_ready(lambda: self._free.put_nowait(place))

    async def start(self) -> None:
        """Have all processes ready before the first query comes; raises StoreError where they cannot be started."""
        await asyncio.gather(*(place.process() for place in self._places))

    async def _ask(self, process: asyncio.subprocess.Process, asked: dict[str, Any]) -> Answered:
        limits = self._limits
        seconds, thing = (limits.validation_timeout, "data") if "data" in asked else (limits.timeout, "query")
        bounds = {"max_rows": limits.max_rows, "max_bytes": limits.max_bytes, "seconds": seconds + _GRACE}
        try:
            async with asyncio.timeout(seconds):
                return await _asked(process, {**asked, **bounds})
        except TimeoutError as error:
            self.stopped += 1
            raise QueryTimeoutError(
                f"was not answered within {seconds:g} s and was stopped.",
                where=thing,
                hint="Start from a bound value such as a code, ask for less, or work on a download of the data."
                if thing == "query"
                else "Install qualgraph and check it with 'qualgraph validate FILE'.",
            ) from error

    async def close(self) -> None:
        """End all processes."""
        await asyncio.gather(*(place.close() for place in self._places))


class _Place:
    """Where one query at a time is answered, by one process, in whose place another comes when it has ended."""

    def __init__(self, command: Sequence[str], location: str) -> None:
        self._command = command
        self._location = location
        self._made: asyncio.Task[asyncio.subprocess.Process] | None = None
        self._closed = False

    async def process(self) -> asyncio.subprocess.Process:
        """The process, once it is ready; a new one where there is none that lives. Raises StoreError."""
        if self._closed:
            raise self._closing()
        if self._made is None or _lost(self._made):
            self._made = self._making()
        made = self._made
        try:
            return await asyncio.shield(made)
        except asyncio.CancelledError:
            if self._closed and made.cancelled():
                raise self._closing() from None
            raise

    def when_ready(self, told: Callable[[], None]) -> None:
        """Tell once nothing is being started here, at once where that is so."""
        if self._made is None or self._made.done():
            told()
        else:
            self._made.add_done_callback(lambda _: told())

    @asynccontextmanager
    async def worked(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The process for one query. Unless its answer was read to the end, it is ended and another is started."""
        process = await self.process()
        done = False
        try:
            yield process
            done = True
        except QualgraphError as error:
            done = process.returncode is None and not isinstance(error, QueryTimeoutError)
            if self._closed:
                raise self._closing() from error
            raise
        finally:
            if not done:
                await self._end()
                self._made = None if self._closed else self._making()

    def _closing(self) -> StoreError:
        return StoreError("is being closed.", where=self._location, hint="Ask again once it is served again.")

    def _making(self) -> asyncio.Task[asyncio.subprocess.Process]:
        return asyncio.create_task(_started(self._command, self._location))

    async def close(self) -> None:
        """End the process, or what starts it; there will be no other."""
        self._closed = True
        await self._end()

    async def _end(self) -> None:
        made, self._made = self._made, None
        if made is None:
            return
        if made.cancel():  # it is still being started, and ends what it has started
            await asyncio.wait([made])
        if not _lost(made):
            await _ended(made.result())


def _lost(made: asyncio.Task[asyncio.subprocess.Process]) -> bool:
    """Whether a process could not be started, or has come to an end."""
    if not made.done():
        return False
    return made.cancelled() or made.exception() is not None or made.result().returncode is not None


async def _started(command: Sequence[str], location: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LONGEST_LINE
    )
    try:
        async with asyncio.timeout(_START_TIMEOUT):
            ready = process.stdout and await process.stdout.readline()
    except BaseException:
        await _ended(process)
        raise
    if not ready:
        await process.wait()
        raise StoreError(
            "cannot be opened by the processes that answer queries.",
            where=location,
            hint="The log of the server says why; 'qualgraph status' opens the same store.",
        )
    return process


async def _asked(process: asyncio.subprocess.Process, request: dict[str, Any]) -> Answered:
    """What the process answers; raises AnswerTooLargeError where it ended, which it may do for want of memory."""
    if process.stdin is None or process.stdout is None:
        raise StoreError("is asked through a process without pipes.")
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        await process.stdin.drain()
        head = json.loads(await process.stdout.readuntil(b"\n"))
        if "error" in head:
            raise _error(head["error"])
        return Answered(body=await process.stdout.readexactly(head["size"]), more=head["more"])
    except (ConnectionError, asyncio.IncompleteReadError) as error:
        await process.wait()
        raise AnswerTooLargeError(
            "could not be answered: the process that worked on it came to an end.",
            where="query",
            hint="It may have taken more memory than a query may have: start from a bound value such as a code, "
            "or ask for less.",
        ) from error


def _error(data: dict[str, Any]) -> QualgraphError:
    """The error that a process told of, of the same class."""
    known = getattr(errors, str(data["error"]), QualgraphError)
    kind = known if isinstance(known, type) and issubclass(known, QualgraphError) else QualgraphError
    return kind(str(data["what"]), where=data["where"], hint=data["hint"])


async def _ended(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
