"""Servers on loopback for tests: a real SPARQL endpoint, and one that answers whatever a test wants."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from qualgraph.rdf import IRI, Quad, RdfFormat, Triple, serialize


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sparql_server(data: Mapping[IRI, Iterable[Triple]], *, merge: bool = True) -> Iterator[str]:
    """The query URL of an ``oxigraph serve`` that holds these named graphs, for as long as the block runs.

    Its default graph is their merge, or without ``merge`` empty.
    (The server's own union counts a triple once for each graph it is in.)
    """
    binary = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if binary is None:
        pytest.fail("the 'oxigraph' package of the dev extra is not installed: no SPARQL server to test with")
    quads = [Quad(*triple, name) for name, triples in data.items() for triple in triples]
    merged = [Quad(*triple) for triple in {quad.triple for quad in quads if merge}]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nq"
        file.write_bytes(serialize(quads + merged, format=RdfFormat.N_QUADS) or b"")
        location = str(Path(folder) / "db")
        subprocess.run(
            [binary, "load", "--location", location, "--file", str(file)], check=True, capture_output=True
        )
        address = f"127.0.0.1:{free_port()}"
        server = subprocess.Popen(
            [binary, "serve", "--location", location, "--bind", address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://{address}/")
            yield f"http://{address}/query"
        finally:
            server.kill()
            server.wait()


def wait_for(url: str) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the SPARQL server at {url} did not start within a minute")


@dataclass(kw_only=True)
class Request:
    """A request that a scripted server received."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str


@dataclass(kw_only=True)
class Response:
    """What a scripted server answers; ``drip`` waits that many seconds before each byte of the body."""

    status: int = 200
    body: bytes = b'{"head":{},"boolean":true}'
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"Content-Type": "application/sparql-results+json"}
    )
    delay: float = 0
    drip: float = 0
    announced: int | None = None


@dataclass(kw_only=True)
class ScriptedServer:
    """A server that gives its responses one after the other, and the last one from then on."""

    url: str
    requests: list[Request]


@contextmanager
def scripted_server(*responses: Response) -> Iterator[ScriptedServer]:
    """A server on loopback that answers each request with the next of ``responses``."""
    requests: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(size).decode()
            response = responses[min(len(requests), len(responses) - 1)]
            requests.append(
                Request(method=self.command, path=self.path, headers=dict(self.headers), body=body)
            )
            time.sleep(response.delay)
            send(self, response)

        do_GET = do_POST = answer  # noqa: N815 - the names http.server looks for

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield ScriptedServer(url=f"http://127.0.0.1:{server.server_port}/query", requests=requests)
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, response: Response) -> None:
    """Answer a request; a client that gave up is no fault."""
    try:
        handler.send_response(response.status)
        for name, value in response.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(response.announced or len(response.body)))
        handler.end_headers()
        pieces = [response.body] if not response.drip else [bytes([byte]) for byte in response.body]
        for piece in pieces:
            time.sleep(response.drip)
            handler.wfile.write(piece)
            handler.wfile.flush()
    except (BrokenPipeError, ConnectionResetError):
        pass  # the client under test has given up, as it should


@contextmanager
def serving(store: Path, *options: str, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a ``qualgraph serve`` of this store, without a slash at its end, while the block runs."""
    with served(store, *options, env=env) as (address, _):
        yield address


@contextmanager
def served(
    store: Path, *options: str, env: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same with its process."""
    port = str(free_port())
    command = [sys.executable, "-m", "qualgraph", "serve", "--store", str(store), "--port", port, *options]
    process = subprocess.Popen(command, env={**os.environ, **(env or {})}, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/sparql?query=ASK%7B%7D")
        yield address, process
    finally:
        process.terminate()
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)
