"""Settings of the whole suite, ways to run a command, and a store to read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from commands import Ran, Run
from qualgraph.cli.application import app
from qualgraph.pipeline import build
from qualgraph.store import open_store

settings.register_profile(
    "any machine", deadline=None
)  # how long one example takes says nothing about it here
settings.load_profile("any machine")


@pytest.fixture
def run() -> Run:
    """Run a command in this process."""

    def ran(*arguments: str | Path, stdin: str | bytes | None = None) -> Ran:
        done = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(code=done.exit_code, out=done.stdout, err=done.stderr)

    return ran


@pytest.fixture
def process() -> Run:
    """Run a command in a process of its own, without a terminal."""

    def ran(*arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "qualgraph", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=120,
        )
        return Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())

    return ran


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with what qualgraph ships; tests only read it."""
    location = tmp_path_factory.mktemp("built") / "store"
    with open_store(location, read_only=False) as store:
        build(store)
    return location
