"""A whole store as one file, and back.

A backup is gzipped N-Quads, graph by graph, that any RDF tool reads; the first and the last line are comments that say
what it is and what it must hold::

    # qualgraph backup {"format": 1, "version": "0.1.0", "made": "2026-01-31T09:00:00+00:00"}
    <...> <...> <...> <graph> .
    # qualgraph backup ends {"sha256": "...", "graphs": {"https://...": 12, ...}}

The checksum is that of every byte before the last line. A file that breaks off has no last line, or no end of its gzip
stream; one that was changed has another checksum. Either is found before a store is touched.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final

from qualgraph.errors import DataError, StoreError
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.rdf import IRI, Quad, RdfFormat, Triple, parse_stream, serialize
from qualgraph.store.base import Store

FORMAT: Final = 1
_FIRST: Final = b"# qualgraph backup "
_LAST: Final = b"# qualgraph backup ends "
_LEVEL: Final = 4  # of gzip: half the time of its best, a tenth larger
_TRIES: Final = 3
_TOLD_EVERY: Final = 100_000
_WRONG_GZIP = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself: when and by which qualgraph it was made, and how many triples each graph holds."""

    version: str
    made: datetime
    graphs: dict[str, int]
    sha256: str

    @property
    def triples(self) -> int:
        """How many triples all graphs hold; one that is in two graphs counts twice."""
        return sum(self.graphs.values())


class _Summed:
    """A stream that knows the checksum of what was written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sum.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


def backup(store: Store, stream: IO[bytes], progress: Progress = no_progress) -> Manifest:
    """Write everything in the store to a seekable stream, as it is at one moment.

    Where somebody writes to the store meanwhile it begins again; raises StoreError where that happens each time.
    """
    for _ in range(_TRIES):
        state = _state(store)
        stream.seek(0)
        stream.truncate()
        found = _written(store, stream, progress)
        if _state(store) == state:
            return found
    raise StoreError(
        "was written to while it was read.",
        where=store.location,
        hint="Make the backup when nobody writes to the store.",
    )


def _state(store: Store) -> object:
    """Something that changes whenever an embedded store is written; None for any other."""
    return getattr(store, "database_folder", None)


def _written(store: Store, stream: IO[bytes], progress: Progress) -> Manifest:
    from importlib.metadata import version  # slow to load, for commands that need it not

    made = datetime.now(UTC).replace(microsecond=0)
    first = {"format": FORMAT, "version": version("qualgraph"), "made": made.isoformat()}
    graphs: dict[str, int] = {}
    with gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
        summed = _Summed(packed)  # type: ignore[arg-type]
        summed.write(_FIRST + json.dumps(first).encode() + b"\n")
        names = store.graphs()
        for done, name in enumerate(names):
            progress(f"writing {name.value}", done, len(names))
            counted = _Counted(store.triples(name), name)
            serialize(counted, summed, format=RdfFormat.N_QUADS)  # type: ignore[arg-type]
            graphs[name.value] = counted.count
        sha256 = summed.sum.hexdigest()
        packed.write(_LAST + json.dumps({"sha256": sha256, "graphs": graphs}).encode() + b"\n")
    return Manifest(version=first["version"], made=made, graphs=graphs, sha256=sha256)  # type: ignore[arg-type]


class _Counted(Iterator[Quad]):
    """The statements of a graph, and how many of them were taken."""

    def __init__(self, triples: Iterator[Triple], graph: IRI) -> None:
        self._triples = triples
        self._graph = graph
        self.count = 0

    def __next__(self) -> Quad:
        subject, predicate, value = next(self._triples)
        self.count += 1
        return Quad(subject, predicate, value, self._graph)


def checked_backup(path: Path, progress: Progress = no_progress) -> Manifest:
    """What a backup says of itself, once it was found whole and unchanged; raises DataError for any other file."""
    try:
        with gzip.open(path) as stream:
            return _checked(stream, path, progress)
    except _WRONG_GZIP as error:
        if isinstance(error, FileNotFoundError):
            raise DataError("is not there.", where=str(path), hint="Check the name.") from error
        raise _broken(path, f"cannot be unpacked ({error})") from error


def _checked(stream: Iterable[bytes], path: Path, progress: Progress) -> Manifest:
    summed = hashlib.sha256()
    lines = iter(stream)
    first = next(lines, b"")
    if not first.startswith(_FIRST):
        raise DataError(
            "is no backup of a qualgraph store.",
            where=str(path),
            hint="Give a file that 'qualgraph backup' wrote; any other RDF is read by 'qualgraph ingest'.",
        )
    summed.update(first)
    last = b""
    for number, line in enumerate(lines, start=1):
        if number % _TOLD_EVERY == 0:
            progress(f"checking {path.name}: {number:,} statements", 0, 0)
        if last:
            raise _broken(path, "goes on after its end")
        if line.startswith(_LAST):
            last = line
        else:
            summed.update(line)
    if not last:
        raise _broken(path, "breaks off: its last line is not there")
    return _manifest(first, last, summed.hexdigest(), path)


def _manifest(first: bytes, last: bytes, seen: str, path: Path) -> Manifest:
    try:
        opening: dict[str, Any] = json.loads(first.removeprefix(_FIRST))
        ending: dict[str, Any] = json.loads(last.removeprefix(_LAST))
        made = datetime.fromisoformat(opening["made"])
        found = Manifest(
            version=opening["version"], made=made, graphs=dict(ending["graphs"]), sha256=ending["sha256"]
        )
        form = opening["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path, "does not say what it holds") from error
    if form != FORMAT:
        raise DataError(
            f"is a backup of format {form}; this qualgraph reads format {FORMAT}.",
            where=str(path),
            hint=f"Restore it with qualgraph {found.version} or later.",
        )
    if found.sha256 != seen:
        raise _broken(path, "was changed after it was written: its checksum is another")
    return found


def _broken(path: Path, how: str) -> DataError:
    return DataError(f"{how}; nothing was restored.", where=str(path), hint="Use another backup.")


def restore(
    store: Store,
    path: Path,
    *,
    replace: bool = False,
    checked: Manifest | None = None,
    progress: Progress = no_progress,
) -> Manifest:
    """Put a backup in the place of everything in the store, in one transaction.

    The file is checked wholly first, unless ``checked_backup`` has just done so (``checked``). Raises DataError for
    one that is broken, StoreError for a store that holds something unless ``replace``; the store is then what it was,
    and so it is where this is killed on the way.
    """
    held = store.graphs()
    if held and not replace:
        raise StoreError(
            f"holds {store.count():,} triples already; nothing was restored.",
            where=store.location,
            hint="Give a new folder, or say --replace to put the backup in the place of all of them.",
        )
    manifest = checked or checked_backup(path, progress)
    with gzip.open(path) as stream:
        groups = _Groups(path, manifest, parse_stream(stream, "nq", where=str(path)), progress)
        store.replace_graphs({IRI(name): groups.triples(name) for name in manifest.graphs}, drop=held)
    return manifest


class _Groups:
    """The graphs of a backup one after the other, each held against the number of triples that it must have."""

    def __init__(self, path: Path, manifest: Manifest, quads: Iterator[Quad], progress: Progress) -> None:
        self._path = path
        self._manifest = manifest
        self._groups = groupby(quads, key=lambda quad: quad.graph_name)
        self._progress = progress
        self._done = 0

    def triples(self, name: str) -> Iterator[Triple]:
        """The triples of the next graph, which must be this one."""
        graph, quads = next(self._groups, (None, iter(())))
        if not isinstance(graph, IRI) or graph.value != name:
            raise _broken(self._path, f"does not hold the graph {name} where it should")
        count = 0
        for count, quad in enumerate(quads, start=1):
            if count % _TOLD_EVERY == 1:
                self._progress(f"restoring {name}", self._done, self._manifest.triples)
            yield quad.triple
        self._done += count
        if count != self._manifest.graphs[name]:
            raise _broken(
                self._path, f"holds {count:,} triples of {name}, and says {self._manifest.graphs[name]:,}"
            )
