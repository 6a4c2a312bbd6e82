"""One server for the tests of the web: a real one, on a store with what qualgraph ships."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers import free_port, wait_for


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server with small limits, without a slash at its end."""
    port = free_port()
    command = [
        "serve",
        "--store",
        str(built),
        "--port",
        str(port),
        "--timeout",
        "2",
        "--max-rows",
        "5000",
    ]
    process = subprocess.Popen([sys.executable, "-m", "qualgraph", *command], stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/sparql?query=ASK%7B%7D")
        yield address
    finally:
        process.terminate()
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)
