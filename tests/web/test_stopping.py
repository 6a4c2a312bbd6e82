"""A server that is stopped: what is being answered is answered, what nobody reads is broken off, nothing stays."""

from __future__ import annotations

import hashlib
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from servers import served

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def children(pid: int) -> set[Path]:
    """The processes of a server that live."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.add(stat.parent)
    return found


def test_a_query_that_is_being_answered_is_answered_and_no_process_stays(built: Path) -> None:
    with served(built, "--timeout", "3") as (address, process), ThreadPoolExecutor() as threads:
        workers = children(process.pid)
        assert len(workers) == 2
        asked = threads.submit(httpx.get, f"{address}/sparql", params={"query": PRODUCT}, timeout=60)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        answer = asked.result(60)
        assert answer.status_code == 503
        assert "was stopped" in answer.json()["title"]
        process.wait(timeout=30)
        assert not [worker for worker in workers if worker.exists()]


def test_a_download_that_nobody_reads_does_not_hold_a_server_that_is_stopped(
    built: Path, tmp_path: Path
) -> None:
    content = b"\0" * (64 * 1024 * 1024)
    (tmp_path / "qualgraph.nq.gz").write_bytes(content)
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(content).hexdigest()}  qualgraph.nq.gz\n")
    options = ("--dumps-folder", str(tmp_path), "--stop-timeout", "1")
    with served(built, *options) as (address, process), socket.socket() as idle:
        workers = children(process.pid)
        host, _, port = address.removeprefix("http://").partition(":")
        idle.connect((host, int(port)))
        idle.sendall(b"GET /dumps/qualgraph.nq.gz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(15) == b"HTTP/1.1 200 OK"
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        assert not [worker for worker in workers if worker.exists()]
