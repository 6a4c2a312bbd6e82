"""All that a store holds as files to download, streamed: their size is not bounded by memory."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from qualgraph.errors import UsageError, no_room
from qualgraph.namespaces import PREFIXES
from qualgraph.publishing.counts import counted
from qualgraph.publishing.description import DESCRIBED, dataset_description
from qualgraph.publishing.offers import CHECKSUMS, DESCRIPTION, DUMPS, NAME, DumpFile, dump_triples
from qualgraph.publishing.publication import NOTHING_STATED, Publication
from qualgraph.rdf import IRI, Quad, RdfFormat, canonical_turtle, serialize
from qualgraph.store.base import Store

Progress = Callable[[str, int, int], None]

_HERE: Final = "http://here.invalid/"
"""Stands for the address of a folder that is not known; what is written is relative to itself."""
_TOLD_EVERY: Final = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Dumped(DumpFile):
    """A file that was written, and how many statements are in it."""

    statements: int


def dump(
    store: Store,
    folder: Path,
    base: str | None = None,
    progress: Progress = lambda *_: None,
    stated: Publication = NOTHING_STATED,
    dataset: IRI | None = None,
) -> list[Dumped]:
    """Write every syntax of ``DUMPS``, gzipped, then ``void.ttl`` and ``SHA256SUMS``; a newer dump replaces an older.

    ``base`` is the address at which the folder will be found, with a slash at its end; without one the description
    names the files relative to itself. It has what the publisher has ``stated`` of the ``dataset``, which is
    ``#dataset`` there if it has no other IRI. All files are written before the first one takes its place, the checksums
    last: a dump that fails leaves the older one. The same store gives the same bytes. Raises UsageError for a folder
    that cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [
            _written(folder, f"{NAME}.{ending}.gz", _of_store(store, syntax, progress))
            for ending, syntax in DUMPS.items()
        ]
        files.append(_written(folder, DESCRIPTION, _description(store, base or "", files, stated, dataset)))
        sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
        files.append(_written(folder, CHECKSUMS, _text(sums)))
        for file in files:
            _pending(folder, file.name).replace(folder / file.name)
    except OSError as error:
        raise UsageError(
            f"cannot be written ({error.strerror or error}).",
            where=str(folder),
            hint="Make room on the disk, or give a folder on another one."
            if no_room(error)
            else "Give a folder you can write to.",
        ) from error
    finally:
        for name in (*(f"{NAME}.{ending}.gz" for ending in DUMPS), DESCRIPTION, CHECKSUMS):
            with suppress(NotADirectoryError):  # the folder that was given is a file
                _pending(folder, name).unlink(missing_ok=True)
    return files


def _pending(folder: Path, name: str) -> Path:
    return folder / f".{name}.part"


Write = Callable[[IO[bytes]], int]
"""Writes a file's content and says how many statements it has."""


def _written(folder: Path, name: str, write: Write) -> Dumped:
    pending = _pending(folder, name)
    with pending.open("wb") as stream:
        statements = write(stream)
    digest = hashlib.sha256()
    with pending.open("rb") as stream:
        while part := stream.read(1024 * 1024):
            digest.update(part)
    size = pending.stat().st_size
    return Dumped(name=name, size=size, sha256=digest.hexdigest(), statements=statements)


def _of_store(store: Store, syntax: RdfFormat, progress: Progress) -> Write:
    def write(stream: IO[bytes]) -> int:
        counted = _Counted(store, syntax, progress)
        with _gzipped(stream) as packed:
            serialize(counted.statements(), cast(IO[bytes], packed), format=syntax, prefixes=dict(PREFIXES))
        return counted.number

    return write


@contextmanager
def _gzipped(stream: IO[bytes]) -> Iterator[gzip.GzipFile]:
    """A stream that packs what is written, without the time of day, so that the same content has the same bytes."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=6, mtime=0) as packed:
        yield packed


class _Counted:
    """The statements of a store, graph by graph, and how many they were."""

    def __init__(self, store: Store, syntax: RdfFormat, progress: Progress) -> None:
        self._store = store
        self._syntax = syntax
        self._progress = progress
        self.number = 0

    def statements(self) -> Iterator[Quad]:
        graphs = self._store.graphs()
        for done, graph in enumerate(graphs):
            self._progress(f"writing {self._syntax.name}", done, len(graphs))
            for triple in self._store.triples(graph):
                self.number += 1
                name = graph if self._syntax.supports_datasets else None
                yield Quad(triple.subject, triple.predicate, triple.object, name)


def _text(content: str) -> Write:
    def write(stream: IO[bytes]) -> int:
        stream.write(content.encode())
        return 0

    return write


def _description(
    store: Store, base: str, files: list[Dumped], stated: Publication, named: IRI | None
) -> Write:
    def write(stream: IO[bytes]) -> int:
        root = base or _HERE
        dataset = named or IRI(f"{root}#dataset")
        triples = dataset_description(dataset, counted(store), stated)
        triples += dump_triples(dataset, root, files, stated)
        told = canonical_turtle(triples, DESCRIBED)
        stream.write((told if base else told.replace(f"<{_HERE}", "<")).encode())
        return len(triples)

    return write
