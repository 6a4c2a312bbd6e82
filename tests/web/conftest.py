"""One server for the tests of the web: a real one, on a store with what qualgraph ships."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import Ran, Run
from qualgraph.cli.application import app
from qualgraph.pipeline import build
from qualgraph.store import open_store
from servers import free_port, wait_for


@pytest.fixture(scope="session")
def web_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    location = tmp_path_factory.mktemp("web") / "store"
    with open_store(location, read_only=False) as store:
        build(store)
    return location


@pytest.fixture(scope="session")
def server(web_store: Path) -> Iterator[str]:
    """The address of a server with small limits, without a slash at its end."""
    port = free_port()
    command = [
        "serve",
        "--store",
        str(web_store),
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


@pytest.fixture
def run() -> Run:
    """Run a command in this process."""

    def ran(*arguments: str | Path) -> Ran:
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(code=done.exit_code, out=done.stdout, err=done.stderr)

    return ran
