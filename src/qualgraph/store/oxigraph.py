"""The default store: Oxigraph inside this process, in a folder on disk or in memory."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from itertools import chain, groupby, islice, repeat
from pathlib import Path
from traceback import clear_frames
from typing import TypeVar

import pyoxigraph as ox

from qualgraph.errors import (
    QueryError,
    QueryTimeoutError,
    StoreError,
    StoreReadOnlyError,
    UsageError,
    no_room,
)
from qualgraph.rdf import IRI, Literal, Quad, QueryResultsFormat, RdfFormat, Triple, parse_data
from qualgraph.store import generations
from qualgraph.store.base import Answer, Graph, Store, graph, parsed_results, table
from qualgraph.store.sparql import ReadQuery, syntax_error

IN_MEMORY = "memory"
_WORKER = "import sys; from qualgraph.store.oxigraph import answer_one; answer_one(*sys.argv[1:])"
_NOT_PARSED = 3  # the exit code of a worker whose query is not valid
_Found = TypeVar("_Found")
_READ_AT_ONCE = 10_000  # rows; see _stream
_FEW = 2_000  # up to this many quads a transaction is as cheap as table files of their own
_BATCH = 200_000  # quads that the database sorts in memory (0.25 GB) before it writes them to table files
_LONG_BATCH = 600_000  # quads (0.8 GB) once a write is long, as the files of each are merged with all before
_LONG = 20_000_000  # quads
_LARGE = 64 * 2**20  # bytes of table files; a smaller state is found through in no time as it is
_MERGE = ox.DefaultGraph()
_STRING = Literal("").datatype
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"


class _Snapshot:
    """An open generation, kept on disk for as long as anything still reads from it."""

    def __init__(self, database: ox.Store, *, folder: Path | None = None, handle: int | None = None) -> None:
        self.database = database
        self.folder = folder
        if handle is not None:
            weakref.finalize(self, os.close, handle)

    @classmethod
    def of(cls, location: Path) -> _Snapshot:
        folder, handle = generations.hold_current(location)
        try:
            database = ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            if handle is not None:
                os.close(handle)
            raise _damaged(folder, error) from error
        return cls(database, folder=folder, handle=handle)


class _SourceError(Exception):
    """What the triples given to us raised, to be told from what the database raises."""

    def __init__(self, original: Exception) -> None:
        super().__init__(str(original))
        self.original = original


class OxigraphStore(Store):
    """An embedded store. ``OxigraphStore(None)`` keeps everything in memory and forgets it.

    Oxigraph's union of named graphs counts a triple once for each graph it is in, so the default graph holds the
    merge of all named graphs instead, each triple once; it doubles the size and halves the time of a scan.

    On disk, one process writes and any number read. Each query sees the newest state that was completely written;
    rows that are still being read come from the state they began with. Read an answer in the thread that asked.
    """

    def __init__(
        self,
        location: Path | None,
        *,
        read_only: bool = False,
        create: bool = True,
        allow_service: bool | Collection[str] = False,
    ) -> None:
        """Open a store, for writing unless ``read_only``; ``create`` makes a missing one.

        Raises StoreMissingError, StoreLockedError, StoreReadOnlyError, or StoreError for anything else at the path.
        """
        super().__init__(
            str(location) if location else IN_MEMORY, read_only=read_only, allow_service=allow_service
        )
        self._folder = location
        self._writing = threading.Lock()
        self._writer_handle: int | None = None
        self._open: _Snapshot = _Snapshot(ox.Store())
        if location is None:
            return
        if read_only or not create:
            generations.require_store(location)
        if not read_only:
            self._writer_handle = generations.lock_for_writing(location)
            generations.sweep(location)

    def _snapshot(self) -> _Snapshot:
        """The newest state."""
        if self._folder is None:
            return self._open
        current = generations.current_generation(self._folder)
        if current is None and not self.read_only:
            return self._open  # made, but nothing was written yet
        if current is None or current != self._open.folder:
            self._open = _Snapshot.of(self._folder)
        return self._open

    @property
    def database_folder(self) -> Path | None:
        """The folder of the Oxigraph database itself, as ``oxigraph serve-read-only --location`` takes it."""
        return self._snapshot().folder

    def _answer(self, query: ReadQuery, timeout: float | None) -> Answer:
        snapshot = self._snapshot()
        if timeout is None:
            return _run(snapshot, query)
        if snapshot.folder is None:
            raise UsageError(
                "a query on a store in memory cannot be stopped once it runs, so it takes no time-out.",
                hint="Leave the time-out away, or use a store on disk or an endpoint.",
            )
        return _run_in_worker(snapshot.folder, query, timeout)

    def graphs(self) -> tuple[IRI, ...]:
        """The names of all graphs that hold a triple, sorted."""
        database = self._snapshot().database
        named = (name for name in database.named_graphs() if isinstance(name, IRI))
        return tuple(sorted((name for name in named if _holds_any(database, name)), key=str))

    def count(self, graph: IRI | None = None) -> int:
        """How many triples a graph holds, or all graphs together."""
        counted = self._snapshot().database.query(_COUNT.format(graph=graph or "?g"))
        if not isinstance(counted, ox.QuerySolutions):
            raise StoreError("did not count its triples.", where=self.location)
        return int(next(counted)[0].value)

    def triples(self, graph: IRI) -> Iterator[Triple]:
        """The triples of one graph, streamed from the state it is in now."""
        return _triples(self._snapshot(), graph)

    def replace_graphs(self, graphs: Mapping[IRI, Iterable[Triple]], *, drop: Iterable[IRI] = ()) -> None:
        """Write the next state beside the current one, then make it the current one."""
        if self.read_only:
            raise StoreReadOnlyError(
                "was opened for reading only.", where=self.location, hint="Open it for writing."
            )
        with self._writing:
            gone = {*graphs, *drop}
            if self._folder is None:
                self._write_memory(graphs, gone)
            else:
                self._write_generation(self._folder, graphs, gone)

    def _write_memory(self, graphs: Mapping[IRI, Iterable[Triple]], gone: set[IRI]) -> None:
        try:
            self._open = _Snapshot(_rebuilt(self._open.database, graphs, gone))
        except _SourceError as error:
            raise error.original from None

    def _write_generation(
        self, location: Path, graphs: Mapping[IRI, Iterable[Triple]], gone: set[IRI]
    ) -> None:
        """Make the next generation beside the current one, then make it current."""
        if self._writer_handle is None:
            raise StoreError("has been closed.", where=self.location, hint="Open it again.")
        folder = generations.next_folder(location)
        try:
            self._filled(folder, graphs, gone)
            generations.publish(location, folder)
        except _SourceError as error:
            raise error.original from None
        except (OSError, RuntimeError) as error:
            raise _not_written(self.location, error) from error
        finally:
            if generations.current_generation(location) != folder:
                shutil.rmtree(folder, ignore_errors=True)
        self._open = _Snapshot.of(location)
        generations.sweep(location)

    def _filled(self, folder: Path, graphs: Mapping[IRI, Iterable[Triple]], gone: set[IRI]) -> None:
        try:
            self._fill(folder, graphs, gone)
        except BaseException as error:
            clear_frames(error.__traceback__)  # they would keep the database open, and its folder locked
            raise

    def _fill(self, folder: Path, graphs: Mapping[IRI, Iterable[Triple]], gone: set[IRI]) -> None:
        """Write the next state into a folder of its own.

        Removing a triple costs more than copying one: with more to drop than to keep, start from nothing.
        """
        current = self._snapshot()
        held = {name: self.count(name) for name in gone}
        dropped = sum(held[name] for name in gone - graphs.keys())
        kept = sum(1 for _ in islice(_kept(current.database, gone - graphs.keys()), 2 * dropped))
        if current.folder is None or kept < 2 * dropped:
            with _written(folder, 0) as database:
                _add(database, chain(_kept(current.database, gone), _quads(graphs)))
            return
        generations.clone(current.folder, folder)
        with _written(folder, generations.size(folder)) as database:
            for replaced, some in groupby(graphs.items(), key=lambda each: held[each[0]] > 0):
                if not replaced:
                    _add(database, _quads(dict(some)))
                    continue
                for name, triples in some:
                    _replace(database, current.database, name, triples, held[name])
            for name in gone - graphs.keys():
                if held[name]:
                    _replace(database, current.database, name, (), held[name])

    def close(self) -> None:
        """Let other processes write. Rows still being read stay readable."""
        self._open = _Snapshot(ox.Store())
        handle, self._writer_handle = self._writer_handle, None
        if handle is not None:
            os.close(handle)


def _not_written(location: str, error: Exception) -> StoreError:
    full = no_room(error)
    return StoreError(
        f"could not be written ({full or error}); it holds what it held before.",
        where=location,
        hint="Make room on the disk and give the same command again."
        if full
        else "Check the disk, and the permissions of the folder.",
    )


def _damaged(folder: Path, error: Exception) -> StoreError:
    return StoreError(
        f"cannot be opened ({error}).", where=str(folder), hint="Build the store again in a new folder."
    )


def _holds_any(database: ox.Store, graph: IRI) -> bool:
    return next(database.quads_for_pattern(None, None, None, graph), None) is not None


def _triples(snapshot: _Snapshot, graph: IRI) -> Iterator[Triple]:
    for quad in snapshot.database.quads_for_pattern(None, None, None, graph):
        yield quad.triple


def _quads(graphs: Mapping[IRI, Iterable[Triple]]) -> Iterator[Quad]:
    """Each triple in its own graph and in the default graph, which is the merge of all."""
    for name, triples in graphs.items():
        for subject, predicate, value in _given(triples):
            yield Quad(subject, predicate, value, name)
            yield Quad(subject, predicate, value)


def _given(triples: Iterable[Triple]) -> Iterator[Triple]:
    try:
        yield from triples
    except Exception as error:
        raise _SourceError(error) from error


def _rebuilt(old: ox.Store, graphs: Mapping[IRI, Iterable[Triple]], gone: set[IRI]) -> ox.Store:
    """The store in memory after a write: the same one if graphs only came, else a new one.

    ``extend`` is atomic by itself, and so is swapping in a store that was made apart.
    """
    if not any(_holds_any(old, name) for name in gone):
        old.extend(_quads(graphs))
        return old
    new = ox.Store()
    new.extend(chain(_kept(old, gone), _quads(graphs)))
    return new


def _kept(database: ox.Store, gone: set[IRI]) -> Iterator[Quad]:
    for name in database.named_graphs():
        if name not in gone:
            for quad in database.quads_for_pattern(None, None, None, name):
                yield quad
                yield Quad(*quad.triple)


@contextmanager
def _written(folder: Path, before: int) -> Iterator[ox.Store]:
    """A generation that nobody reads yet, to be changed; the database is closed when this ends.

    What was written lies in many table files that overlap, all of which are looked into for each triple. Where a
    large state has become more than twice the bytes it had ``before``, they are merged: so seldom that all of it
    costs no more than to write the last state twice.
    """
    opened = [ox.Store(str(folder))]
    try:
        yield opened[0]
        opened[0].flush()
        if _has_doubled(folder, before):
            opened[0].optimize()
    finally:
        opened.clear()


def _has_doubled(folder: Path, before: int) -> bool:
    """Whether a generation is large and has become more than twice the bytes it had before."""
    return generations.size(folder) > max(_LARGE, 2 * before)


def _add(database: ox.Store, quads: Iterator[Quad]) -> None:
    """Write table files of so many quads that they are sorted once, in a memory that does not grow."""
    for size in chain(repeat(_BATCH, _LONG // _BATCH), repeat(_LONG_BATCH)):
        batch = list(islice(quads, _FEW))
        if len(batch) < _FEW:
            database.extend(batch)
            return
        database.bulk_extend(chain(batch, islice(quads, size - _FEW)))


def _replace(database: ox.Store, before: ox.Store, name: IRI, triples: Iterable[Triple], held: int) -> None:
    """Make a graph hold these triples, touching only what is new and what is gone; ``held`` is what it held."""
    same: set[bytes] = set()

    def new() -> Iterator[Quad]:
        for quad in _quads({name: triples}):
            if quad.graph_name != name:
                continue
            found = _as_kept(before, quad)
            if found is None:
                yield quad
                yield Quad(*quad.triple)
            else:
                same.add(_digest(found))

    _add(database, new())
    if len(same) < held:
        for quad in before.quads_for_pattern(None, None, None, name):
            if _digest(quad) not in same:
                _remove(database, quad)
        if not _holds_any(database, name):
            database.remove_graph(name)


def _as_kept(database: ox.Store, quad: Quad) -> Quad | None:
    """The quad as a database gives it back, which spells numbers and times in its own way; None if it has it not."""
    value = quad.object
    if isinstance(value, Literal) and value.datatype != _STRING:
        return next(database.quads_for_pattern(quad.subject, quad.predicate, value, quad.graph_name), None)
    return quad if quad in database else None


def _digest(quad: Quad) -> bytes:
    """What tells a quad from others, as short as the database itself tells its terms apart."""
    return blake2b(str(quad).encode(), digest_size=16).digest()


def _remove(database: ox.Store, quad: Quad) -> None:
    """Take a triple out of a graph, and out of the merge unless another graph has it."""
    database.remove(quad)
    subject, predicate, value = quad.triple
    if all(
        other.graph_name == _MERGE for other in database.quads_for_pattern(subject, predicate, value, None)
    ):
        database.remove(Quad(subject, predicate, value))


def _run(snapshot: _Snapshot, query: ReadQuery) -> Answer:
    try:
        results = snapshot.database.query(query.text)
    except SyntaxError as error:
        raise syntax_error(query.text, error.msg) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise _failed(error) from error
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return Graph(triples=_once(_stream(snapshot, results)))
    columns = [variable.value for variable in results.variables]
    return table(query, columns, (tuple(row) for row in _stream(snapshot, results)))


def _stream(snapshot: _Snapshot, results: Iterable[_Found]) -> Iterator[_Found]:
    """Results as they are found; holding ``snapshot`` keeps their generation on disk.

    The library's own iterator may be freed only in the thread that made it. An answer that fits is therefore read
    at once and the iterator let go here; only a longer one is still being read when the caller has it.
    """
    source = iter(results)
    first = list(islice(_safely(snapshot, source), _READ_AT_ONCE))
    return iter(first) if len(first) < _READ_AT_ONCE else chain(first, _safely(snapshot, source))


def _once(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Each triple once; the library itself sees to that for the first million only."""
    seen: set[Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _safely(_snapshot: _Snapshot, results: Iterator[_Found]) -> Iterator[_Found]:
    try:
        yield from results
    except (OSError, ValueError, RuntimeError) as error:
        raise _failed(error) from error


def _failed(error: Exception) -> QueryError:
    return QueryError(f"could not be answered: {error}.", where="query")


def _run_in_worker(folder: Path, query: ReadQuery, timeout: float) -> Answer:
    """Run the query in a process of its own, which can be ended when its time is up (Oxigraph's cannot be)."""
    command = [sys.executable, "-c", _WORKER, str(folder)]
    try:
        done = subprocess.run(
            command, input=query.text.encode(), capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeoutError(
            f"was not answered within {timeout:g} s and was stopped.",
            where="query",
            hint="Start from a bound value, ask for less, or allow more time.",
        ) from error
    if done.returncode == _NOT_PARSED:
        raise syntax_error(query.text, done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        raise QueryError(done.stderr.decode(errors="replace").strip().rpartition("\n")[2], where="query")
    if query.form in ("SELECT", "ASK"):
        return parsed_results(query, done.stdout, QueryResultsFormat.JSON)
    return graph(quad.triple for quad in parse_data(done.stdout, "nt"))


def answer_one(folder: str) -> None:
    """The worker's work: read a query from standard input, write its results to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        results = ox.Store.read_only(folder).query(sys.stdin.read())
        if isinstance(results, ox.QueryTriples):
            results.serialize(sys.stdout.buffer, RdfFormat.N_TRIPLES)
        else:
            results.serialize(sys.stdout.buffer, QueryResultsFormat.JSON)
    except SyntaxError as error:
        sys.stderr.write(error.msg)
        sys.exit(_NOT_PARSED)
    except (OSError, ValueError, RuntimeError) as error:
        sys.exit(f"could not be answered: {error}.")
