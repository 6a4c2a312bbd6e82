"""The two sides of a comparison: a store as it is, or a dump loaded into a store of its own for as long as it takes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from qualgraph.errors import UsageError
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.rdf import IRI, Triple, parse_file
from qualgraph.store import OxigraphStore, Store, is_endpoint, open_store

LOADED: Final = IRI("urn:qualgraph:dump")
"""The one graph that a dump is loaded into: which graph says something is not compared."""
TOLD_EVERY: Final = 50_000


@contextmanager
def opened_side(place: str, progress: Progress = no_progress) -> Iterator[Store]:
    """The store in a folder or at an endpoint, or what an RDF file (also packed, ``.gz``) holds.

    A file is loaded into a temporary folder, which takes about 150 bytes of disk for each of its triples and no memory
    to speak of. Raises UsageError for a place where nothing is, DataError for a file that cannot be read.
    """
    if is_endpoint(place) or Path(place).is_dir():
        with open_store(place, read_only=True) as store:
            yield store
        return
    path = Path(place)
    if not path.is_file():
        raise UsageError("is not there.", where=place, hint="Give a store's folder or an RDF file.")
    with (
        tempfile.TemporaryDirectory(prefix="qualgraph-") as folder,
        OxigraphStore(Path(folder) / "s") as store,
    ):
        store.replace_graphs({LOADED: _triples(path, progress)})
        store.location = place
        yield store


def _triples(path: Path, progress: Progress) -> Iterator[Triple]:
    for number, quad in enumerate(parse_file(path), start=1):
        if number % TOLD_EVERY == 0:
            progress(f"loading {path.name}: {number:,} statements", 0, 0)
        yield quad.triple
