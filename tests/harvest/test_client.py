"""Requests to the register: polite, patient, bounded, to no other host, and never twice for the same answer."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from qualgraph.errors import (
    HarvestError,
    NotOnRegisterError,
    RegisterAnswerError,
    RegisterRefusedError,
    RegisterUnreachableError,
    UsageError,
)
from qualgraph.harvest import Client, HarvestFolder, Transport
from qualgraph.harvest.transport import Failure
from register_answers import component
from register_server import JSON, Register
from servers import Response, free_port, scripted_server

PATH = "training/ZZZ40120"


def test_an_answer_is_had_with_a_name_that_says_who_asks(client: Client, lamps: Register) -> None:
    assert client.answer(PATH) == component()
    assert lamps.headers[0]["User-Agent"].startswith("qualgraph/")
    assert lamps.headers[0]["Accept"] == "application/json"


def test_an_answer_is_never_fetched_twice_in_one_run(client: Client, lamps: Register) -> None:
    client.answer(PATH)
    client.answer(PATH)
    assert lamps.times() == {f"/api/{PATH}": 1}
    assert client.tally == {"fetched": 1, "kept": 1}


def test_the_next_run_asks_whether_the_copy_is_still_right(
    client: Client, lamps: Register, tmp_path: Path, time: Any
) -> None:
    client.answer(PATH)
    with Transport(lamps.base) as transport:
        later = Client(
            transport, HarvestFolder(tmp_path / "cache"), run="two", clock=time.clock, sleep=time.sleep
        )
        assert later.answer(PATH) == component()
        assert later.tally == {"unchanged": 1}
        lamps.answers[PATH] = component(title="Certificate IV in Lamps")
        last = Client(
            transport, HarvestFolder(tmp_path / "cache"), run="three", clock=time.clock, sleep=time.sleep
        )
        assert last.answer(PATH)["title"] == "Certificate IV in Lamps"
        assert last.tally == {"fetched": 1}


def test_requests_keep_their_distance(client: Client, lamps: Register, time: Any) -> None:
    for code in ("ZZZLMP401", "ZZZLMP402", "ZZZOIL401"):
        client.answer(f"training/{code}")
    assert time.slept == [1.0, 1.0]


def test_time_between_requests_counts_as_distance(client: Client, lamps: Register, time: Any) -> None:
    client.answer("training/ZZZLMP401")
    time.now += 0.75
    client.answer("training/ZZZLMP402")
    time.now += 60
    client.answer("training/ZZZOIL401")
    client.answer("training/ZZZOIL402")
    assert time.slept == [0.25, 1.0]


def test_a_host_that_nothing_knows_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with Transport("http://register.invalid/api") as transport:
        failure = transport.get(PATH)
    assert isinstance(failure, Failure)
    assert failure.error.what == "cannot be reached: the host name register.invalid could not be resolved."
    assert "is online" in (failure.error.hint or "")


def test_too_many_requests_waits_as_long_as_it_is_told(client: Client, lamps: Register, time: Any) -> None:
    lamps.odd[PATH] = [Response(status=429, body=b"", headers={"Retry-After": "7"})]
    assert client.answer(PATH) == component()
    assert time.slept == [7.0]
    assert client.asked == 2


def test_the_time_to_wait_may_be_a_point_in_time(client: Client, lamps: Register, time: Any) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    lamps.odd[PATH] = [Response(status=503, body=b"", headers={"Retry-After": when})]
    client.answer(PATH)
    assert 50 < time.slept[0] <= 60


def test_a_wait_that_is_too_long_ends_the_harvest(client: Client, lamps: Register, time: Any) -> None:
    lamps.odd[PATH] = [Response(status=429, body=b"", headers={"Retry-After": "86400"})]
    with pytest.raises(RegisterUnreachableError, match="goes on from there"):
        client.answer(PATH)
    assert time.slept == []


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_fault_of_the_server_may_pass(client: Client, lamps: Register, time: Any, status: int) -> None:
    lamps.odd[PATH] = [Response(status=status, body=b"oops", headers={"Content-Type": "text/plain"})] * 2
    assert client.answer(PATH) == component()
    assert time.slept == [1.0, 2.0]


def test_a_fault_that_stays_ends_in_an_error(client: Client, lamps: Register, time: Any) -> None:
    lamps.odd[PATH] = [Response(status=500, body=b"", headers={})] * 5
    with pytest.raises(RegisterUnreachableError, match="status 500"):
        client.answer(PATH)
    assert time.slept == [1.0, 2.0, 4.0, 8.0]


CUT = json.dumps(component()).encode()[:200]


@pytest.mark.parametrize(
    "broken",
    [
        Response(body=CUT, headers=JSON),
        Response(body=CUT, headers=JSON, announced=5_000),
        Response(body=b"", headers=JSON),
        Response(body=b"\x1f\x8bno gzip", headers={**JSON, "Content-Encoding": "gzip"}),
        Response(body=b"\xff\xfe\xfd", headers=JSON),
    ],
    ids=["cut json", "cut body", "empty", "damaged gzip", "no text"],
)
def test_an_answer_that_breaks_off_is_asked_for_again(
    client: Client, lamps: Register, broken: Response
) -> None:
    lamps.odd[PATH] = [broken]
    assert client.answer(PATH) == component()
    assert client.asked == 2


def test_a_broken_answer_is_never_kept(client: Client, lamps: Register, tmp_path: Path) -> None:
    lamps.odd[PATH] = [Response(body=CUT, headers=JSON)] * 5
    with pytest.raises(RegisterUnreachableError, match="cut off or damaged"):
        client.answer(PATH)
    assert HarvestFolder(tmp_path / "cache").kept(f"{lamps.base}/{PATH}") is None


@pytest.mark.parametrize(
    ("response", "error", "words"),
    [
        (Response(status=404, body=b"", headers={}), NotOnRegisterError, "not known"),
        (Response(status=403, body=b"", headers={}), RegisterRefusedError, "403"),
        (Response(status=400, body=b"", headers={}), RegisterRefusedError, "400"),
        (Response(status=204, body=b"", headers={}), RegisterRefusedError, "204"),
        (Response(body=b"<html>", headers={"Content-Type": "text/html"}), RegisterAnswerError, "text/html"),
        (Response(body=b"{}", headers={}), RegisterAnswerError, "no content type"),
        (Response(status=304, body=b"", headers={}), RegisterAnswerError, "not modified"),
    ],
)
def test_what_no_patience_mends_is_asked_for_once(
    client: Client, lamps: Register, response: Response, error: type[HarvestError], words: str
) -> None:
    lamps.odd[PATH] = [response]
    with pytest.raises(error, match=words):
        client.answer(PATH)
    assert client.asked == 1


def test_a_slow_answer_is_given_up(lamps: Register, tmp_path: Path, time: Any) -> None:
    lamps.odd[PATH] = [Response(body=b"{}", headers=JSON, delay=0.3)]
    with Transport(lamps.base, timeout=0.1) as transport:
        client = Client(transport, HarvestFolder(tmp_path), run="one", retries=0, sleep=time.sleep)
        with pytest.raises(RegisterUnreachableError, match=r"within 0\.1 seconds"):
            client.answer(PATH)


def test_an_answer_that_drips_is_given_up(lamps: Register, tmp_path: Path, time: Any) -> None:
    lamps.odd[PATH] = [Response(body=b"{" + b" " * 30 + b"}", headers=JSON, drip=0.02)]
    with Transport(lamps.base, timeout=0.1) as transport:
        client = Client(transport, HarvestFolder(tmp_path), run="one", retries=0, sleep=time.sleep)
        with pytest.raises(RegisterUnreachableError, match="in full"):
            client.answer(PATH)


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_cut(lamps: Register, tmp_path: Path, packed: bool, time: Any) -> None:
    body = b'"' + b"x" * 100_000 + b'"'
    headers = {**JSON, "Content-Encoding": "gzip"} if packed else JSON
    lamps.odd[PATH] = [Response(body=gzip.compress(body) if packed else body, headers=headers)]
    with Transport(lamps.base, max_bytes=50_000) as transport:
        client = Client(transport, HarvestFolder(tmp_path), run="one", sleep=time.sleep)
        with pytest.raises(RegisterAnswerError, match="50,000 bytes"):
            client.answer(PATH)


def test_nobody_at_home_is_told_with_the_address(tmp_path: Path, time: Any) -> None:
    base = f"http://127.0.0.1:{free_port()}/api"
    with Transport(base) as transport:
        client = Client(
            transport, HarvestFolder(tmp_path), run="one", retries=1, sleep=time.sleep, clock=time.clock
        )
        with pytest.raises(RegisterUnreachableError, match=base):
            client.answer(PATH)
    assert client.asked == 2


def test_a_redirect_to_another_host_is_refused_and_that_host_is_not_asked(
    client: Client, lamps: Register
) -> None:
    with scripted_server(Response(body=b"{}", headers=JSON)) as foreign:
        lamps.odd[PATH] = [Response(status=302, body=b"", headers={"Location": foreign.url})]
        with pytest.raises(RegisterAnswerError, match="not followed"):
            client.answer(PATH)
        assert foreign.requests == []


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "/elsewhere", "/api/../secret", "https://127.0.0.1/api/x", ""]
)
def test_a_redirect_that_leaves_the_base_is_refused(client: Client, lamps: Register, target: str) -> None:
    lamps.odd[PATH] = [Response(status=301, body=b"", headers={"Location": target} if target else {})] * 5
    with pytest.raises(RegisterAnswerError):
        client.answer(PATH)


def test_a_redirect_below_the_base_is_followed(client: Client, lamps: Register) -> None:
    lamps.odd["training/zzz40120"] = [Response(status=308, body=b"", headers={"Location": f"/api/{PATH}"})]
    assert client.answer("training/zzz40120") == component()


@pytest.mark.parametrize(
    "base",
    [
        "ftp://host/api",
        "host/api",
        "http://",
        "http://user:word@host/api",
        "http://host/api?x=1",
        "http://[::1",
    ],
)
def test_no_address_is_a_base_but_a_plain_one_of_the_web(base: str) -> None:
    with pytest.raises(UsageError, match="base address"):
        Transport(base)


@pytest.mark.parametrize(("rate", "retries"), [(0, 1), (-1, 1), (1, -1)])
def test_a_rate_and_a_number_of_retries_are_sensible(
    client: Client, tmp_path: Path, rate: float, retries: int
) -> None:
    with Transport("http://127.0.0.1/api") as transport, pytest.raises(UsageError):
        Client(transport, HarvestFolder(tmp_path), run="one", rate=rate, retries=retries)


@pytest.mark.parametrize(
    "damage", [lambda b: b"", lambda b: b[:30], lambda b: b'{"run": 3}\n{}', lambda b: b"\xff"]
)
def test_a_damaged_copy_is_fetched_again(
    client: Client, lamps: Register, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    client.answer(PATH)
    [file] = [path for path in (tmp_path / "cache" / "answers").rglob("*") if path.is_file()]
    file.write_bytes(damage(file.read_bytes()))
    assert client.answer(PATH) == component()
    assert client.tally == {"fetched": 2}
