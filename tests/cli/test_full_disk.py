"""A full disk: one clear error, what was there before as it was, and the same command works once there is room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import PAGE, Run
from disks import FULL, LIMIT, Disk, disk_of
from qualgraph.rdf import ntriples
from qualgraph.store import open_store
from register_server import Register, register
from support import DOCUMENTS

OTHER = DOCUMENTS / "unit.xml"
ROOM = (0, 4_000, 80_000)
"""Bytes that are left: not even a first file, not every small one, no table file."""


@pytest.fixture(params=[FULL, LIMIT])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    with disk_of(request.param, tmp_path / "disk") as found:
        yield found


@pytest.fixture
def lamps() -> Iterator[Register]:
    with register() as found:
        found.add("ZZZ40120")
        for code in ("ZZZLMP401", "ZZZLMP402", "ZZZOIL401", "ZZZOIL402"):
            found.add_unit(code)
        yield found


def content(store: Path) -> dict[str, str]:
    with open_store(store) as opened:
        return {graph.value: ntriples(opened.triples(graph)) for graph in opened.graphs()}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def states(store: Path) -> list[str]:
    return sorted(path.name for path in store.iterdir())


@pytest.mark.parametrize("room", ROOM)
def test_an_ingest_leaves_what_is_stored(run: Run, disk: Disk, room: int) -> None:
    store = disk.folder / "store"
    assert run("ingest", PAGE, "--store", store).code == 0
    before = content(store), states(store)
    with disk.full(room):
        done = run("ingest", OTHER, "--store", store, "--json")
        assert run("status", "--store", store).code == 0
    assert (done.code, done.error["error"], done.error["where"]) == (4, "StoreError", str(store))
    assert f"could not be written ({disk.words}); it holds what it held before" in done.error["what"]
    assert "Make room" in done.error["hint"]
    assert (content(store), states(store)) == before
    assert run("ingest", OTHER, "--store", store).code == 0
    assert content(store).keys() > before[0].keys()


def test_a_first_ingest_makes_no_store_and_the_next_does(run: Run, disk: Disk) -> None:
    store = disk.folder / "store"
    with disk.full(4_000):
        assert run("ingest", PAGE, "--store", store).code == 4
        assert "there is no store here" in run("status", "--store", store).err
    assert run("ingest", PAGE, "--store", store).code == 0
    assert run("status", "--store", store, "--json").data["current"]


@pytest.mark.parametrize("room", ROOM)
def test_a_restore_leaves_what_is_stored(run: Run, disk: Disk, room: int, tmp_path: Path) -> None:
    store, saved = disk.folder / "store", tmp_path / "saved.nq.gz"
    assert run("ingest", OTHER, "--store", tmp_path / "other").code == 0
    assert run("backup", saved, "--store", tmp_path / "other").code == 0
    assert run("ingest", PAGE, "--store", store).code == 0
    before = content(store), states(store)
    with disk.full(room):
        done = run("restore", saved, "--replace", "--store", store, "--json")
    assert (done.code, done.error["error"]) == (4, "StoreError")
    assert disk.words in done.error["what"]
    assert (content(store), states(store)) == before
    assert run("restore", saved, "--replace", "--store", store).code == 0
    assert content(store) == content(tmp_path / "other")


@pytest.mark.parametrize("room", [500])
@pytest.mark.parametrize(
    ("command", "name"), [("backup", "b.nq.gz"), ("export", "e.nq"), ("export", "e.trig"), ("dump", "")]
)
def test_a_file_that_is_there_stays_as_it_was(
    run: Run, disk: Disk, command: str, name: str, room: int, tmp_path: Path
) -> None:
    store, place = tmp_path / "store", disk.folder / "files"
    place.mkdir()
    target = place / name
    assert run("ingest", PAGE, "--store", store).code == 0
    assert run(command, target, "--store", store).code == 0
    before = files(place)
    assert run("ingest", OTHER, "--store", store).code == 0
    with disk.full(room):
        done = run(command, target, "--store", store, "--json")
    assert (done.code, done.error["error"], done.error["where"]) == (2, "UsageError", str(target))
    assert disk.words in done.error["what"]
    assert "Make room" in done.error["hint"]
    assert files(place) == before
    assert run(command, target, "--store", store).code == 0
    assert files(place) != before


def test_a_dump_with_room_for_some_files_replaces_none(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("ingest", PAGE, "--store", store).code == 0
    with disk_of(FULL, tmp_path / "disk") as disk:
        place = disk.folder / "files"
        assert run("dump", place, "--store", store).code == 0
        before = files(place)
        assert run("ingest", OTHER, "--store", store).code == 0
        with disk.full(sum(map(len, before.values())) // 2):
            assert run("dump", place, "--store", store).code == 2
        assert files(place) == before


def harvest(lamps: Register, cache: Path, store: Path) -> tuple[str | Path, ...]:
    where = ("--base-url", lamps.base, "--cache", cache, "--store", store)
    return ("harvest", "ZZZ40120", "--follow", "units", *where, "--rate", "100000", "--json")


@pytest.mark.parametrize("room", [0, 1_500])
def test_a_harvest_goes_on_once_its_folder_has_room(
    run: Run, disk: Disk, lamps: Register, room: int, tmp_path: Path
) -> None:
    command = harvest(lamps, disk.folder / "cache", tmp_path / "store")
    with disk.full(room):
        done = run(*command)
    assert (done.code, done.error["error"]) == (2, "UsageError")
    assert disk.words in done.error["what"]
    assert str(disk.folder / "cache") in done.error["where"]
    assert "goes on where it was" in done.error["hint"]
    kept = len(list((disk.folder / "cache" / "answers").glob("*/*")))
    asked = len(lamps.asked)
    rest = run(*command)
    assert rest.code == 0, rest.err
    assert rest.data["stored"] == {"stored": 5}
    assert asked - kept <= 1  # the answer that had no room
    assert len(lamps.asked) == 5 + 4 * 3 + asked - kept


def test_a_harvest_asks_for_nothing_again_once_its_store_has_room(
    run: Run, disk: Disk, lamps: Register, tmp_path: Path
) -> None:
    command = harvest(lamps, disk.folder / "cache", disk.folder / "store")
    assert run("ingest", PAGE, "--store", disk.folder / "store").code == 0
    before = content(disk.folder / "store")
    with disk.full(80_000 if disk.words == os.strerror(27) else 300_000):
        done = run(*command)
    assert (done.code, done.error["error"]) == (4, "StoreError")
    assert before.items() <= content(disk.folder / "store").items()
    asked = len(lamps.asked)
    assert run(*command).code == 0
    assert len(lamps.asked) == asked
