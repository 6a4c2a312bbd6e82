"""A store that another process writes, or nobody can write: writing commands say so at once, reading goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import PAGE, Run
from disks import read_only_mount, without_write_permission
from qualgraph.cli.application import app
from qualgraph.rdf import IRI, Triple, text
from qualgraph.store import open_store
from support import DOCUMENTS

NAME = "register-page/ZZZ40120/release-1"
WRITING = (
    ("ingest", DOCUMENTS / "unit.xml"),
    ("ingest", PAGE),
    ("build",),
    ("forget", NAME),
    ("restore", "saved.nq.gz", "--replace"),
    ("harvest", "ZZZ40120", "--base-url", "http://127.0.0.1:9/api", "--cache", "cache"),
)
READING = (("status",), ("query", "documents"), ("show", "ZZZ40120"), ("backup", "again.nq.gz"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and a backup of it."""
    place = tmp_path_factory.mktemp("filled")
    for command in (("ingest", PAGE), ("backup", place / "saved.nq.gz")):
        done = CliRunner().invoke(app, [*map(str, command), "--store", str(place / "store")])
        assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def place(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is the current folder."""
    shutil.copytree(filled, tmp_path / "place")
    monkeypatch.chdir(tmp_path / "place")
    return tmp_path / "place"


def content(store: Path) -> dict[str, bytes]:
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_every_writing_command_is_told_at_once_that_the_store_is_locked(run: Run, place: Path) -> None:
    with open_store(place / "store", read_only=False):
        before = content(place / "store")
        for command in WRITING:
            done = run(*command, "--store", place / "store", "--json")
            assert (done.code, done.error["error"]) == (4, "StoreLockedError"), command
            assert done.error["where"] == str(place / "store")
            assert "Wait until it has finished; reading is possible meanwhile" in done.error["hint"]
        assert content(place / "store") == before
    assert not (place / "cache").exists()
    assert run("ingest", DOCUMENTS / "unit.xml", "--store", place / "store").code == 0


def test_readers_see_the_old_state_until_a_write_is_whole(run: Run, place: Path) -> None:
    asked = ("query", "documents", "--format", "csv", "--store", place / "store")
    before = run(*asked).out
    graph = IRI("http://example.org/graph/new")
    seen = []

    def slowly() -> list[Triple]:
        seen.append((run(*asked).out, run("status", "--store", place / "store", "--json").data["graphs"]))
        return [Triple(IRI("http://example.org/a"), IRI("http://example.org/b"), text("c"))]

    with open_store(place / "store", read_only=False) as writer:
        writer.replace_graphs({graph: (triple for _ in range(1) for triple in slowly())})
        [(answer, graphs)] = seen
        assert answer == before
        assert graph.value not in graphs
        assert graph.value in run("status", "--store", place / "store", "--json").data["graphs"]


@pytest.mark.parametrize("kept_from", [read_only_mount, without_write_permission])
def test_a_store_that_cannot_be_written_is_read_and_every_writing_command_says_so(
    run: Run, place: Path, kept_from: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    before = content(place / "store")
    answers = [run(*command, "--store", place / "store").out for command in READING[:3]]
    with kept_from(place / "store") as store:
        for command in WRITING:
            done = run(*command, "--store", store, "--json")
            assert (done.code, done.error["error"]) == (4, "StoreReadOnlyError"), command
            assert done.error["where"] == str(store)
            assert "permissions" in done.error["hint"]
        found = [run(*command, "--store", store) for command in READING]
        assert [done.code for done in found] == [0] * len(READING), found
        assert [done.out.replace(str(store), str(place / "store")) for done in found[:3]] == answers
    assert content(place / "store") == before
    assert not (place / "cache").exists()
