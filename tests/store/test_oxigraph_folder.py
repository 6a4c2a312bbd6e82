"""The embedded store on disk: transactions that hold, readers that are not disturbed, clear refusals."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from qualgraph.errors import (
    QueryError,
    StoreError,
    StoreLockedError,
    StoreMissingError,
    StoreReadOnlyError,
    UsageError,
)
from qualgraph.rdf import IRI, Quad, QueryResultsFormat, Triple, ntriples, text
from qualgraph.store import MemoryStore, OxigraphStore, Store, Table, default_location, open_store
from qualgraph.store.base import parsed_results
from qualgraph.store.oxigraph import _has_doubled
from qualgraph.store.sparql import read_query
from small_register import G1, G2, ONE, REGISTER, triples_of

P = IRI("http://example.org/p")
G3 = IRI("http://example.org/graph/three")


def numbered(count: int) -> Iterator[Triple]:
    return (Triple(IRI(f"http://example.org/{n}"), P, text(str(n))) for n in range(count))


def broken(count: int) -> Iterator[Triple]:
    yield from numbered(count)
    raise RuntimeError("half way")


def state(store: Store) -> dict[IRI, str]:
    return {name: ntriples(store.triples(name)) for name in store.graphs()}


def merged(store: Store) -> int:
    answer = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(answer, Table)
    return int(next(answer.rows)[0].value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store that holds REGISTER, closed."""
    place = tmp_path / "store"
    with OxigraphStore(place) as store:
        store.replace_graphs(REGISTER)
    return place


def run_python(script: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


# Writing, on every store that can be written


def test_replacing_a_graph_leaves_the_others_alone(writable: Store) -> None:
    writable.replace_graphs(REGISTER)
    writable.replace_graphs({G2: numbered(3)})
    assert state(writable) == {G1: ntriples(REGISTER[G1]), G2: ntriples(numbered(3))}
    assert merged(writable) == len(REGISTER[G1]) + 3


def test_a_triple_stays_in_the_default_graph_while_any_graph_holds_it(writable: Store) -> None:
    writable.replace_graphs({G1: numbered(3), G2: numbered(2), G3: numbered(1)})
    assert merged(writable) == 3
    writable.replace_graphs({}, drop=[G1])
    assert merged(writable) == 2
    writable.replace_graphs({}, drop=[G2, G3])
    assert (merged(writable), writable.count(), writable.graphs()) == (0, 0, ())


def test_replace_and_drop_happen_together(writable: Store) -> None:
    writable.replace_graphs(REGISTER)
    writable.replace_graphs({G3: numbered(2)}, drop=[G1, G2, IRI("http://example.org/never-there")])
    assert writable.graphs() == (G3,)


def test_a_graph_that_is_both_replaced_and_dropped_is_replaced(writable: Store) -> None:
    writable.replace_graphs({G1: numbered(2)})
    writable.replace_graphs({G1: numbered(1)}, drop=[G1])
    assert writable.count(G1) == 1


def test_a_graph_replaced_by_nothing_is_gone(writable: Store) -> None:
    writable.replace_graphs(REGISTER)
    writable.replace_graphs({G2: []})
    assert writable.graphs() == (G1,)


def test_removing_a_graph_twice_is_harmless(writable: Store) -> None:
    writable.replace_graphs(REGISTER)
    writable.remove_graph(G2)
    writable.remove_graph(G2)
    assert writable.graphs() == (G1,)


@pytest.mark.parametrize("drop", [[], [G2]])
def test_triples_that_raise_half_way_change_nothing(writable: Store, drop: list[IRI]) -> None:
    writable.replace_graphs(REGISTER)
    before = state(writable), merged(writable)
    with pytest.raises(RuntimeError, match="half way"):
        writable.replace_graphs({G3: numbered(5), G1: broken(5)}, drop=drop)
    assert (state(writable), merged(writable)) == before


def test_what_the_triples_raise_is_raised_as_it_is(writable: Store) -> None:
    def unreadable() -> Iterator[Triple]:
        yield from numbered(2)
        raise FileNotFoundError("page.txt")

    with pytest.raises(FileNotFoundError, match=r"page\.txt"):
        writable.replace_graphs({G1: unreadable()})


def test_a_first_write_that_raises_leaves_an_empty_store(writable: Store) -> None:
    with pytest.raises(RuntimeError, match="half way"):
        writable.replace_graphs({G1: broken(5)})
    assert (writable.graphs(), merged(writable)) == ((), 0)


def test_writing_the_same_again_changes_nothing(writable: Store) -> None:
    writable.replace_graphs(REGISTER)
    before = state(writable)
    writable.replace_graphs(REGISTER)
    assert state(writable) == before


def test_a_number_or_time_written_another_way_stays_when_its_graph_is_replaced(writable: Store) -> None:
    spelled = triples_of(
        """<a:a> <a:at> "2026-01-02T03:04:05+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
        <a:a> <a:number> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
        <a:a> <a:price> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .
        <a:a> <a:word> "lamp"@en ."""
    )
    writable.replace_graphs({G1: [*spelled, *numbered(2)], G2: numbered(50)})
    writable.replace_graphs({G1: [*spelled, *numbered(1)]})
    assert {str(triple.predicate) for triple in writable.triples(G1)} == {
        *(str(triple.predicate) for triple in spelled),
        str(P),
    }
    assert (writable.count(G1), merged(writable)) == (5, 54)


def test_a_repeated_triple_counts_once(writable: Store) -> None:
    writable.replace_graphs({G1: [*numbered(2), *numbered(2)]})
    assert writable.count(G1) == 2


@pytest.mark.parametrize("kind", ["oxigraph", "rdflib"])
def test_a_store_in_memory_refuses_a_time_out_it_could_not_keep(kind: str) -> None:
    store = OxigraphStore(None) if kind == "oxigraph" else MemoryStore()
    with pytest.raises(UsageError, match="takes no time-out"):
        store.query("ASK { ?s ?p ?o }", timeout=5)


# On disk


def test_what_was_written_is_there_when_the_store_is_opened_again(folder: Path) -> None:
    with OxigraphStore(folder, read_only=True) as store:
        assert state(store) == {name: ntriples(triples) for name, triples in REGISTER.items()}


def test_a_big_graph_is_written_and_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualgraph.store.oxigraph._BATCH", 1_000)
    monkeypatch.setattr("qualgraph.store.oxigraph._FEW", 100)
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graphs({G1: numbered(2_750), G2: numbered(1)})
        assert (store.count(), merged(store)) == (2_751, 2_750)
        store.replace_graphs({G1: numbered(10)})
        assert (store.count(), merged(store)) == (11, 10)


def test_a_long_write_goes_on_in_larger_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualgraph.store.oxigraph._FEW", 100)
    monkeypatch.setattr("qualgraph.store.oxigraph._BATCH", 1_000)
    monkeypatch.setattr("qualgraph.store.oxigraph._LONG_BATCH", 3_000)
    monkeypatch.setattr("qualgraph.store.oxigraph._LONG", 2_000)
    batches: list[int] = []

    def told(quads: Iterable[Quad], most: int) -> Iterator[Quad]:
        batches.append(most)
        return islice(quads, most)

    monkeypatch.setattr("qualgraph.store.oxigraph.islice", told)
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graphs({G1: numbered(5_050)})
        assert batches[-11:] == [100, 900, 100, 900, 100, 2_900, 100, 2_900, 100, 2_900, 100]
        assert (store.count(), merged(store)) == (5_050, 5_050)


def test_table_files_are_merged_once_a_large_state_has_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualgraph.store.oxigraph._BATCH", 2_500)

    def files(large: int) -> set[int]:
        """The table files of a store to which many triples came."""
        monkeypatch.setattr("qualgraph.store.oxigraph._LARGE", large)
        with OxigraphStore(tmp_path / f"{large}") as store:
            store.replace_graphs({G1: numbered(9_000)})
            assert set(store.triples(G1)) == set(numbered(9_000))
            return tables(store)

    def tables(store: OxigraphStore) -> set[int]:
        assert store.database_folder is not None
        return {path.stat().st_ino for path in store.database_folder.glob("*.sst")}

    assert len(files(0)) < len(files(2**40))


def test_a_large_state_that_has_not_doubled_is_not_merged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubled: list[bool] = []

    def told(folder: Path, before: int) -> bool:
        doubled.append(_has_doubled(folder, before))
        return doubled[-1]

    monkeypatch.setattr("qualgraph.store.oxigraph._LARGE", 0)
    monkeypatch.setattr("qualgraph.store.oxigraph._has_doubled", told)
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graphs({G1: numbered(9_000)})
        store.replace_graphs({G2: numbered(5)})
        monkeypatch.setattr("qualgraph.store.oxigraph._LARGE", 2**40)
        store.replace_graphs({G3: numbered(40_000)})
    assert doubled == [True, False, False]


def test_a_graph_replaced_in_part_keeps_what_other_graphs_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualgraph.store.oxigraph._FEW", 4)
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graphs({G1: numbered(10), G2: numbered(3)})
        store.replace_graphs({G1: [*list(numbered(12))[2:], *list(numbered(12))[4:]], G2: numbered(1)})
        assert set(store.triples(G1)) == set(list(numbered(12))[2:])
        assert (store.count(G2), merged(store)) == (1, 11)


@pytest.mark.parametrize("before", [1, 50, 5_000])
def test_a_source_that_breaks_off_leaves_the_store_writable(tmp_path: Path, before: int) -> None:
    with OxigraphStore(tmp_path / "store") as store:
        with pytest.raises(RuntimeError, match="half way") as kept:
            store.replace_graphs({G1: broken(before)})
        store.replace_graphs({G2: numbered(2)})
        assert store.graphs() == (G2,)
    assert kept.value.__traceback__ is not None  # what still holds the error holds no file of the store


def test_a_small_graph_beside_a_big_one_is_replaced(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graphs({G1: numbered(500), G2: numbered(20)})
        store.replace_graphs({G2: triples_of("<a:a> <a:b> 1 .")})
        assert (store.count(G1), store.count(G2), merged(store)) == (500, 1, 501)
        store.replace_graphs({G1: numbered(10)})
        assert (store.count(G1), store.count(G2), merged(store)) == (10, 1, 11)


def test_an_error_that_is_kept_does_not_stop_the_next_write(folder: Path) -> None:
    with OxigraphStore(folder) as store:
        with pytest.raises(RuntimeError, match="half way") as kept:
            store.replace_graphs({G3: broken(10)})
        store.replace_graphs({G3: numbered(10)})
        assert store.count(G3) == 10
        assert kept.tb is not None


def test_a_reader_and_a_writer_do_not_disturb_each_other(folder: Path) -> None:
    with OxigraphStore(folder, read_only=True) as reader, OxigraphStore(folder) as writer:
        answer = reader.query("SELECT ?s WHERE { ?s ?p ?o }")
        assert isinstance(answer, Table)
        first = next(answer.rows)
        for _ in range(3):
            writer.replace_graphs({G3: numbered(4)}, drop=[G1, G2])
        assert len([first, *answer.rows]) == len(set(REGISTER[G1] + REGISTER[G2]))
        assert reader.graphs() == (G3,)


def test_generations_that_nobody_reads_are_deleted(folder: Path) -> None:
    with OxigraphStore(folder) as writer:
        for count in range(1, 4):
            writer.replace_graphs({G3: numbered(count)})
        left = [path.name for path in folder.iterdir() if path.name.startswith("g0")]
        assert left == [writer.database_folder.name]


def test_a_generation_that_is_read_stays_until_it_is_not(folder: Path) -> None:
    reader = OxigraphStore(folder, read_only=True)
    answer = reader.query("SELECT ?s WHERE { ?s ?p ?o }")
    with OxigraphStore(folder) as writer:
        writer.replace_graphs({G3: numbered(1)})
        assert len(list(folder.glob("g0*"))) == 2
        del answer
        reader.close()
        writer.replace_graphs({G3: numbered(2)})
        assert len(list(folder.glob("g0*"))) == 1


def test_a_second_writer_is_told_to_wait_and_readers_are_not(folder: Path) -> None:
    script = """
import sys, pathlib
from qualgraph.store import OxigraphStore
from qualgraph.errors import StoreLockedError
folder = pathlib.Path(sys.argv[1])
print(OxigraphStore(folder, read_only=True).count())
try:
    OxigraphStore(folder)
except StoreLockedError as error:
    print(error)
"""
    with OxigraphStore(folder):
        done = run_python(script, str(folder))
        with pytest.raises(StoreLockedError):
            OxigraphStore(folder)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == str(sum(len(triples) for triples in REGISTER.values()))
    assert "another process is writing to this store" in done.stdout
    OxigraphStore(folder).close()


KILLED = """
import sys, time, pathlib
sys.path[:0] = sys.argv[2:]
from test_oxigraph_folder import G1, G2, G3, numbered
from qualgraph.store import OxigraphStore
def slow():
    for n, triple in enumerate(numbered(60_000)):
        yield triple
        if n == 55_000:
            print("half way", flush=True)
            time.sleep(60)
OxigraphStore(pathlib.Path(sys.argv[1])).replace_graphs({G1: slow(), G3: numbered(1)}, drop=[G2])
"""


def test_a_writer_killed_half_way_changes_nothing(folder: Path) -> None:
    here = Path(__file__).parent
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(here), str(here.parent)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"half way\n"
        process.send_signal(signal.SIGKILL)
    process.wait()
    expected = {name: ntriples(triples) for name, triples in REGISTER.items()}
    with OxigraphStore(folder, read_only=True) as store:
        assert state(store) == expected
    assert len(list(folder.glob("g0*"))) == 2
    with OxigraphStore(folder) as store:
        assert state(store) == expected
        assert len(list(folder.glob("g0*"))) == 1
        store.replace_graphs({G3: numbered(1)})
        assert store.graphs() == (G1, G3, G2)


@pytest.mark.parametrize("moment", range(6))
def test_a_writer_killed_at_any_moment_leaves_one_state_or_the_other(folder: Path, moment: int) -> None:
    script = KILLED.replace("time.sleep(60)", "pass").replace("60_000", "20_000").replace("55_000", "0")
    here = Path(__file__).parent
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(here), str(here.parent)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()
        time.sleep(moment * 0.12)
        process.send_signal(signal.SIGKILL)
    process.wait()
    with OxigraphStore(folder, read_only=True) as store:
        assert store.graphs() in ((G1, G2), (G1, G3))
        assert store.count(G1) in (len(REGISTER[G1]), 20_000)


def test_a_missing_store_is_said_to_be_missing(tmp_path: Path) -> None:
    for options in ({"read_only": True}, {"create": False}):
        with pytest.raises(StoreMissingError, match="qualgraph build"):
            OxigraphStore(tmp_path / "nothing", **options)
        with pytest.raises(StoreMissingError):
            OxigraphStore(tmp_path, **options)
    assert not (tmp_path / "nothing").exists()


def test_a_store_that_was_made_but_never_written_is_missing_to_readers(tmp_path: Path) -> None:
    OxigraphStore(tmp_path / "store").close()
    with pytest.raises(StoreMissingError):
        OxigraphStore(tmp_path / "store", read_only=True)
    OxigraphStore(tmp_path / "store").close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_is_no_store(tmp_path: Path, read_only: bool) -> None:
    file = tmp_path / "file"
    file.write_text("not a store")
    with pytest.raises(StoreError, match="is a file"):
        OxigraphStore(file, read_only=read_only)
    assert file.read_text() == "not a store"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="not a qualgraph store"):
        OxigraphStore(tmp_path, read_only=read_only)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_store_opened_for_reading_cannot_be_written(folder: Path) -> None:
    with OxigraphStore(folder, read_only=True) as store, pytest.raises(StoreReadOnlyError):
        store.replace_graphs({G3: numbered(1)})


def test_a_closed_store_cannot_be_written(folder: Path) -> None:
    store = OxigraphStore(folder)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.replace_graphs({G3: numbered(1)})
    OxigraphStore(folder).close()


def test_a_folder_without_write_permission_is_read_only_and_readable(folder: Path) -> None:
    script = """
import os, sys, pathlib
folder = pathlib.Path(sys.argv[1])
from qualgraph.store import OxigraphStore
from qualgraph.errors import StoreReadOnlyError
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
print(len(OxigraphStore(folder, read_only=True).graphs()))
try:
    OxigraphStore(folder)
except StoreReadOnlyError as error:
    print("refused:", error)
"""
    own = [path for path in folder.parents if Path(tempfile.gettempdir()) in path.parents]
    for parent in own:  # pytest keeps its folders from everybody else, which the script may have become
        parent.chmod(parent.stat().st_mode | 0o055)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = run_python(script, str(folder))
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.stderr == ""
    assert done.stdout.startswith("2\nrefused:")


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"format": 99, "current": "g000001"}', "store format 99"),
        ('{"format": 1, "current": "g999999"}', "is not there"),
    ],
)
def test_a_damaged_pointer_is_reported_with_its_file(folder: Path, pointer: str, words: str) -> None:
    (folder / "store.json").write_text(pointer)
    with pytest.raises(StoreError, match=words):
        OxigraphStore(folder, read_only=True).graphs()


def test_a_damaged_database_is_reported(folder: Path) -> None:
    [generation] = folder.glob("g0*")
    (generation / "CURRENT").write_text("rubbish")
    with pytest.raises(StoreError, match="cannot be opened"):
        OxigraphStore(folder, read_only=True).graphs()


def test_a_disk_without_hard_links_gets_copies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    with OxigraphStore(folder) as store:
        store.replace_graphs({G3: numbered(2)})
        assert store.graphs() == (G1, G3, G2)


def test_a_full_disk_leaves_the_store_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with OxigraphStore(folder) as store:
        before = state(store)
        monkeypatch.setattr("qualgraph.store.generations.publish", full)
        with pytest.raises(StoreError, match="No space left"):
            store.replace_graphs({G3: numbered(2)})
        assert state(store) == before
        assert len(list(folder.glob("g0*"))) == 1


def test_a_store_can_be_moved(folder: Path, tmp_path: Path) -> None:
    moved = Path(shutil.move(folder, tmp_path / "elsewhere"))
    with OxigraphStore(moved) as store:
        store.replace_graphs({G3: numbered(2)})
        assert store.graphs() == (G1, G3, G2)


SLOW = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c = ?l && ?c = ?f) }"
)


def test_a_query_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graphs({G1: numbered(3_000)})
        began = time.monotonic()
        with pytest.raises(QueryError, match="within 1 s"):
            store.query(SLOW, timeout=1)
        assert time.monotonic() - began < 10


# Opening by location


def test_the_default_location_is_the_users_data_folder_or_what_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("QUALGRAPH_STORE", raising=False)
    assert Path(default_location()).parts[-2:] == ("qualgraph", "store")
    monkeypatch.setenv("QUALGRAPH_STORE", str(tmp_path / "mine"))
    with open_store(read_only=False) as store:
        store.replace_graphs({G1: triples_of("<a:a> <a:b> 1 .")})
    with open_store() as store:
        assert (store.location, store.count()) == (str(tmp_path / "mine"), 1)


def test_a_location_of_another_scheme_is_refused() -> None:
    with pytest.raises(UsageError, match="neither a folder nor"):
        open_store("ftp://example.org/store")


def test_an_endpoint_opened_for_writing_is_refused_at_once() -> None:
    with pytest.raises(StoreReadOnlyError, match="remote endpoint"):
        open_store("http://user:secret@127.0.0.1:9/query", read_only=False)


def test_an_answer_left_unread_can_be_forgotten_in_another_thread() -> None:
    store = OxigraphStore(None)
    store.replace_graphs({G1: triples_of(ONE)})
    answers = [store.query("SELECT * { ?s ?p ?o }")]
    thread = threading.Thread(target=answers.clear)
    thread.start()
    thread.join()
    assert answers == []


def test_an_error_over_a_broken_answer_can_be_forgotten_in_another_thread() -> None:
    cut_off = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://x/"}},{"s":'
    errors = []
    try:
        parsed_results(read_query("SELECT ?s { ?s ?p ?o }"), cut_off, QueryResultsFormat.JSON)
    except SyntaxError as error:
        errors.append(error)
    assert len(errors) == 1
    thread = threading.Thread(target=errors.clear)
    thread.start()
    thread.join()
    assert errors == []
