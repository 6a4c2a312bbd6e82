"""The processes that answer a server's queries: what happens when one of them comes to an end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qualgraph.errors import AnswerTooLargeError, QueryTimeoutError, StoreError
from qualgraph.web.workers import Answered, Limits, QueryWorkers

ASK = "ASK { }"
SLOW = "SELECT (COUNT(*) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


async def _processes_of(workers: QueryWorkers) -> list[asyncio.subprocess.Process]:
    return [await place.process() for place in workers._places]


def test_a_process_that_ended_while_idle_costs_no_query(built: Path) -> None:
    async def asked() -> Answered:
        workers = QueryWorkers(str(built), Limits(), processes=1)
        await workers.start()
        [idle] = await _processes_of(workers)
        idle.kill()
        await idle.wait()
        try:
            return await workers.answer(ASK, "json")
        finally:
            await workers.close()

    assert b"true" in asyncio.run(asked()).body


def test_a_process_that_ends_while_it_works_is_told_as_that_and_another_takes_its_place(built: Path) -> None:
    async def asked() -> tuple[AnswerTooLargeError, Answered]:
        workers = QueryWorkers(str(built), Limits(), processes=1)
        await workers.start()
        [process] = await _processes_of(workers)
        try:
            slow = asyncio.create_task(workers.answer(SLOW, "json"))
            await asyncio.sleep(0.3)
            process.send_signal(signal.SIGKILL)
            with pytest.raises(AnswerTooLargeError) as caught:
                await slow
            return caught.value, await workers.answer(ASK, "json")
        finally:
            await workers.close()

    error, answered = asyncio.run(asked())
    assert error.what == "could not be answered: the process that worked on it came to an end."
    assert b"true" in answered.body


def test_a_store_that_no_process_can_open_is_an_error_about_the_store(tmp_path: Path) -> None:
    missing = tmp_path / "missing"

    async def started() -> None:
        workers = QueryWorkers(str(missing), Limits(), processes=1)
        try:
            await workers.start()
        finally:
            await workers.close()

    with pytest.raises(StoreError, match="cannot be opened") as caught:
        asyncio.run(started())
    assert caught.value.where == str(missing)


def doubled(times: int) -> str:
    """A text that is twice as long in each step."""
    steps = "".join(f" BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(?v{times}) AS ?n) {{ BIND('0123456789' AS ?v0){steps} }}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to ask for")
def test_a_query_that_wants_more_memory_than_there_may_be_is_refused_and_the_next_one_answered(
    built: Path,
) -> None:
    async def asked() -> tuple[AnswerTooLargeError, Answered]:
        workers = QueryWorkers(str(built), Limits(memory=1024**3, timeout=300), processes=1)
        try:
            assert b'"10240"' in (await workers.answer(doubled(10), "json")).body
            with pytest.raises(AnswerTooLargeError) as caught:
                await workers.answer(doubled(40), "json")
            return caught.value, await workers.answer(ASK, "json")
        finally:
            await workers.close()

    error, answered = asyncio.run(asked())
    assert "memory" in f"{error.what} {error.hint}"
    assert b"true" in answered.body


def test_a_query_that_gets_no_turn_in_time_is_told_that_the_server_is_busy(built: Path) -> None:
    async def asked() -> list[object]:
        workers = QueryWorkers(str(built), Limits(timeout=1.0), processes=1)
        try:
            slow = (workers.answer(SLOW, "json") for _ in range(2))
            return await asyncio.gather(*slow, return_exceptions=True)
        finally:
            await workers.close()

    assert sorted(type(each).__name__ for each in asyncio.run(asked())) == ["BusyError", "QueryTimeoutError"]


@pytest.mark.skipif(sys.platform != "linux", reason="the children of a process are read from /proc")
def test_there_are_never_more_processes_than_there_may_be(built: Path) -> None:
    """While one is being replaced, the query that waits for it starts none of its own."""

    async def most() -> int:
        workers = QueryWorkers(str(built), Limits(timeout=0.5), processes=2)
        seen = 0
        try:
            await workers.start()
            asked = [asyncio.create_task(workers.answer(SLOW, "json")) for _ in range(10)]
            while not all(each.done() for each in [*asked, *_starts(workers)]):
                seen = max(seen, len(_children()))
                await asyncio.sleep(0.01)
            await asyncio.gather(*asked, return_exceptions=True)
            await workers.answer(ASK, "json")
            return max(seen, len(_children()))
        finally:
            await workers.close()

    before = len(_children())
    assert asyncio.run(most()) - before == 2
    assert len(_children()) == before


def test_a_query_takes_the_process_that_is_ready_while_another_is_being_started(built: Path) -> None:
    async def asked() -> bool:
        workers = QueryWorkers(str(built), Limits(timeout=0.5), processes=2)
        try:
            await workers.start()
            with pytest.raises(QueryTimeoutError):
                await workers.answer(SLOW, "json")
            [starting] = [each for each in _starts(workers) if not each.done()]
            for _ in range(3):
                await workers.answer(ASK, "json")
            return not starting.done()
        finally:
            await workers.close()

    assert asyncio.run(asked())


def test_a_query_that_is_broken_off_by_the_end_of_the_server_is_told_that(built: Path) -> None:
    async def asked() -> list[object]:
        workers = QueryWorkers(str(built), Limits(), processes=2)
        await workers.start()
        running = asyncio.create_task(workers.answer(SLOW, "json"))
        await asyncio.sleep(0.2)
        [idle] = [place for place in workers._places if place is workers._free._queue[0]]
        await idle._end()
        waiting = asyncio.create_task(workers.answer(ASK, "json"))  # has a process started
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await workers.close()
        return await asyncio.gather(running, waiting, workers.answer(ASK, "json"), return_exceptions=True)

    told = asyncio.run(asked())
    assert [(type(each), getattr(each, "what", each)) for each in told] == [
        (StoreError, "is being closed.")
    ] * 3


def _starts(workers: QueryWorkers) -> list[asyncio.Task[asyncio.subprocess.Process]]:
    """What has started the processes that there are, or is starting them."""
    return [place._made for place in workers._places if place._made is not None]


def _children() -> list[str]:
    """The processes that this one has started and that have not ended."""
    threads = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [child for thread in threads for child in thread.read_text().split()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm to set")
def test_a_process_whose_server_was_killed_ends_by_itself_once_time_is_up(built: Path) -> None:
    command = "import sys; from qualgraph.web.worker import serve; serve(*sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", command, str(built), str(4 * 1024**3)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()

        def send(query: str) -> None:
            assert process.stdin is not None
            asked = {"query": query, "form": "json", "dataset": [[], []], "skip": 0, "cut": None}
            limits = {"max_rows": 10, "max_bytes": 1000, "seconds": 1.0}
            process.stdin.write(json.dumps({**asked, **limits}).encode() + b"\n")
            process.stdin.flush()

        send(ASK)
        reply = json.loads(process.stdout.readline())
        assert b"true" in process.stdout.read(reply["size"])
        time.sleep(1.5)
        assert process.poll() is None, "it ended though it had answered in time"
        send(SLOW)
        assert process.wait(timeout=60) == -signal.SIGALRM
