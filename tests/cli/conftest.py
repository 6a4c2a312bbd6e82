"""What the tests of the command line share: a store, and ways to run a command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import Ran, Run
from qualgraph.cli.application import app
from qualgraph.pipeline import build
from qualgraph.store import open_store


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUALGRAPH_STORE", str(tmp_path / "default-store"))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "QUALGRAPH_DEBUG"):
        monkeypatch.delenv(name, raising=False)


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
