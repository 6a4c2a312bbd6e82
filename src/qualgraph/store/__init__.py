"""Where the triples are kept: embedded on disk (the default), in memory, or behind a SPARQL endpoint."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from qualgraph.errors import UsageError
from qualgraph.store.base import ENDPOINT_RETRIES, ENDPOINT_TIMEOUT, Answer, Graph, Row, Store, Table
from qualgraph.store.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from qualgraph.store.memory import MemoryStore
    from qualgraph.store.remote import RemoteStore

__all__ = [
    "ENDPOINT_RETRIES",
    "ENDPOINT_TIMEOUT",
    "STORE_VARIABLE",
    "Answer",
    "Graph",
    "MemoryStore",
    "OxigraphStore",
    "RemoteStore",
    "Row",
    "Store",
    "Table",
    "default_location",
    "is_endpoint",
    "open_store",
]

STORE_VARIABLE: Final = "QUALGRAPH_STORE"
_LOADED_WHEN_USED: Final = {"MemoryStore": "qualgraph.store.memory", "RemoteStore": "qualgraph.store.remote"}


def __getattr__(name: str) -> object:
    """The stores on rdflib and SPARQLWrapper, whose libraries take longer to load than a query to answer."""
    if name in _LOADED_WHEN_USED:
        return getattr(import_module(_LOADED_WHEN_USED[name]), name)
    raise AttributeError(f"module 'qualgraph.store' has no attribute '{name}'")


def default_location() -> str:
    """Where the store is unless said otherwise: the variable QUALGRAPH_STORE, else the user's data folder."""
    said = os.environ.get(STORE_VARIABLE, "").strip()
    return said or str(Path(platformdirs.user_data_dir("qualgraph", appauthor=False)) / "store")


def is_endpoint(location: str | Path) -> bool:
    """Whether a location is the URL of a SPARQL endpoint rather than a folder."""
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))


def open_store(
    location: str | Path | None = None,
    *,
    read_only: bool = True,
    create: bool = True,
    allow_service: bool | Collection[str] = False,
    user: str | None = None,
    password: str | None = None,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = ENDPOINT_TIMEOUT,
    retries: int = ENDPOINT_RETRIES,
) -> Store:
    """The store at a folder, or the endpoint at an http(s) URL; None means ``default_location()``.

    ``user`` and everything after it are for an endpoint only; ``timeout`` is in seconds for each attempt. Raises
    StoreMissingError for a folder without a store when ``read_only`` or not ``create``, StoreLockedError while
    another process writes, StoreReadOnlyError for a folder that cannot be written.
    """
    place = default_location() if location is None else location
    if is_endpoint(place):
        from qualgraph.store.remote import RemoteStore

        remote = RemoteStore(
            str(place),
            user=user,
            password=password,
            token=token,
            headers=headers,
            timeout=timeout,
            retries=retries,
            allow_service=allow_service,
        )
        if not read_only:
            remote.replace_graphs({})  # says that an endpoint cannot be written, before any work is done
        return remote
    if "://" in str(place):
        raise UsageError(
            "is neither a folder nor an http(s) address.",
            where=str(place),
            hint="Give a folder, or the URL of a SPARQL endpoint.",
        )
    folder = Path(place).expanduser()
    return OxigraphStore(folder, read_only=read_only, create=create, allow_service=allow_service)
