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
from qualgraph.namespaces import DCAT, DCTERMS, PREFIXES
from qualgraph.publishing.description import VOID, dataset_description
from qualgraph.rdf import IRI, RDF_TYPE, Quad, RdfFormat, Triple, canonical_turtle, integer, serialize, text
from qualgraph.store.base import Store

Progress = Callable[[str, int, int], None]

NAME: Final = "qualgraph"
DUMPS: Final[dict[str, RdfFormat]] = {
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}
"""The syntaxes of dumps by the ending of their files; N-Quads and JSON-LD tell the graph of each triple."""
DESCRIPTION: Final = "void.ttl"
CHECKSUMS: Final = "SHA256SUMS"
_TOLD_EVERY: Final = 100_000
_IANA: Final = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dumped:
    """A file of a dump: its name, bytes and checksum, and how many statements are in it."""

    name: str
    size: int
    sha256: str
    statements: int


def dump(
    store: Store, folder: Path, base: str | None = None, progress: Progress = lambda *_: None
) -> list[Dumped]:
    """Write every syntax of ``DUMPS``, gzipped, then ``void.ttl`` and ``SHA256SUMS``; a newer dump replaces an older.

    ``base`` is the address at which the folder will be found, with a slash at its end; without one the description
    names the files relative to itself. All files are written before the first one takes its place, the checksums
    last: a dump that fails leaves the older one. The same store gives the same bytes. Raises UsageError for a folder
    that cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [
            _written(folder, f"{NAME}.{ending}.gz", _of_store(store, syntax, progress))
            for ending, syntax in DUMPS.items()
        ]
        files.append(_written(folder, DESCRIPTION, _description(store, base or "", files)))
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


def _description(store: Store, base: str, files: list[Dumped]) -> Write:
    def write(stream: IO[bytes]) -> int:
        root = base or "https://w3id.org/qualgraph/dumps/"
        dataset = IRI(f"{root}#dataset")
        triples = dataset_description(store, dataset, _downloads(root, files))
        triples += [triple for file in files for triple in _distribution(dataset, root, file)]
        stream.write(canonical_turtle(triples, {**PREFIXES, "void": VOID}).encode())
        return len(triples)

    return write


def _downloads(root: str, files: list[Dumped]) -> list[tuple[str, IRI]]:
    return [(f"{VOID}dataDump", IRI(f"{root}{file.name}")) for file in files]


def _distribution(dataset: IRI, root: str, file: Dumped) -> Iterator[Triple]:
    syntax = DUMPS[file.name.split(".")[1]]
    distribution = IRI(f"{root}#{file.name}")
    yield Triple(dataset, IRI(f"{DCAT}distribution"), distribution)
    yield Triple(distribution, RDF_TYPE, IRI(f"{DCAT}Distribution"))
    yield Triple(distribution, IRI(f"{DCTERMS}title"), text(file.name))
    yield Triple(distribution, IRI(f"{DCAT}downloadURL"), IRI(f"{root}{file.name}"))
    yield Triple(distribution, IRI(f"{DCAT}mediaType"), IRI(f"{_IANA}{syntax.media_type}"))
    yield Triple(distribution, IRI(f"{DCAT}compressFormat"), IRI(f"{_IANA}application/gzip"))
    yield Triple(distribution, IRI(f"{DCAT}byteSize"), integer(file.size))
