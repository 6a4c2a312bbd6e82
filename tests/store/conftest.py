"""The stores that the compliance suite runs on: each is filled with the same small register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualgraph.store import MemoryStore, OxigraphStore, RemoteStore, Store
from servers import sparql_server
from small_register import REGISTER


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The query URL of a real SPARQL server that holds REGISTER."""
    with sparql_server(REGISTER) as url:
        yield url


@pytest.fixture(params=["oxigraph on disk", "oxigraph in memory", "rdflib"])
def writable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each store that can be written, empty."""
    if request.param == "rdflib":
        yield MemoryStore()
        return
    with OxigraphStore(tmp_path / "store" if request.param == "oxigraph on disk" else None) as store:
        yield store


@pytest.fixture(
    scope="module",
    params=["oxigraph on disk", "oxigraph on disk, timed", "oxigraph in memory", "rdflib", "remote"],
)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Each kind of store, holding REGISTER."""
    if request.param == "remote":
        yield RemoteStore(request.getfixturevalue("endpoint"))
        return
    if request.param == "rdflib":
        made: Store = MemoryStore()
    else:
        made = OxigraphStore(
            tmp_path_factory.mktemp("register") / "store" if "disk" in request.param else None
        )
    with made:
        made.replace_graphs(REGISTER)
        yield _Timed(made) if "timed" in request.param else made


class _Timed:
    """A store whose queries all have a time-out, and so run in a worker process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def query(self, sparql: str) -> object:
        return self._store.query(sparql, timeout=60)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)
