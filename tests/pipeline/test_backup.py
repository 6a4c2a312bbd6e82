"""A store as one file and back: nothing is lost, and a file that is not whole changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualgraph.errors import DataError, StoreError
from qualgraph.pipeline import backup, checked_backup, restore
from qualgraph.rdf import IRI, Literal, Triple, parse_stream
from qualgraph.store import OxigraphStore
from query_cases import store

GRAPH = IRI("http://example.org/graph")
OWN = [Triple(IRI("http://example.org/a"), IRI("http://example.org/p"), Literal("own"))]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backup") / "register.nq.gz"
    with path.open("wb") as stream:
        backup(store("faults", "oxigraph"), stream)
    return path


@pytest.fixture
def holding(tmp_path: Path) -> Iterator[OxigraphStore]:
    with OxigraphStore(tmp_path / "store") as opened:
        opened.replace_graphs({GRAPH: OWN})
        yield opened


def test_a_store_comes_back_as_it_was(written: Path, tmp_path: Path) -> None:
    original = store("faults", "oxigraph")
    with OxigraphStore(tmp_path / "new") as opened:
        found = restore(opened, written)
        assert opened.graphs() == original.graphs()
        for graph in original.graphs():
            assert set(opened.triples(graph)) == set(original.triples(graph))
    assert found.triples == original.count()
    assert found == checked_backup(written)


def test_a_backup_is_n_quads_that_any_tool_reads(written: Path) -> None:
    with gzip.open(written) as stream:
        quads = list(parse_stream(stream, "nq", where="backup"))
    assert len(quads) == store("faults", "oxigraph").count()


def test_a_store_that_holds_something_is_not_overwritten_unless_that_is_wanted(
    written: Path, holding: OxigraphStore
) -> None:
    with pytest.raises(StoreError, match="holds 1 triples already"):
        restore(holding, written)
    assert list(holding.triples(GRAPH)) == OWN
    restore(holding, written, replace=True)
    assert GRAPH not in holding.graphs()
    assert holding.graphs() == store("faults", "oxigraph").graphs()


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _without_last_line(content: bytes) -> bytes:
    return _packed(_lines(content)[:-1])


def _with_a_word_changed(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b"Fold card", b"Fold curd"))


def _with_a_line_less(content: bytes) -> bytes:
    lines = _lines(content)
    return _packed([lines[0], *lines[2:]])


def _continued(content: bytes) -> bytes:
    return _packed([*_lines(content), b"<http://a> <http://b> <http://c> <http://d> .\n"])


def _of_a_later_format(content: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(b'"format": 1', b'"format": 2'))


def _saying_nothing(content: bytes) -> bytes:
    return _packed([*_lines(content)[:-1], b"# qualgraph backup ends {}\n"])


def _lines(content: bytes) -> list[bytes]:
    return gzip.decompress(content).splitlines(keepends=True)


def _packed(lines: list[bytes]) -> bytes:
    return gzip.compress(b"".join(lines))


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off": (_cut, "cannot be unpacked"),
    "without its last line": (_without_last_line, "breaks off"),
    "with a word changed": (_with_a_word_changed, "checksum is another"),
    "with a line less": (_with_a_line_less, "checksum is another"),
    "that goes on": (_continued, "goes on after its end"),
    "of a later format": (_of_a_later_format, "format 2"),
    "that does not say what it holds": (_saying_nothing, "does not say what it holds"),
    "of something else": (lambda _: gzip.compress(b"<a> <b> <c> .\n"), "no backup of a qualgraph store"),
    "that is not packed": (gzip.decompress, "cannot be unpacked"),
    "that is empty": (lambda _: b"", "no backup of a qualgraph store"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_backup_is_one_error_and_changes_nothing(
    case: str, written: Path, holding: OxigraphStore, tmp_path: Path
) -> None:
    damage, words = DAMAGED[case]
    path = tmp_path / "damaged.nq.gz"
    path.write_bytes(damage(written.read_bytes()))
    with pytest.raises(DataError, match=words):
        restore(holding, path, replace=True)
    assert holding.graphs() == (GRAPH,)
    assert list(holding.triples(GRAPH)) == OWN


def test_counts_that_do_not_fit_what_is_there_are_found_while_it_is_read(
    written: Path, holding: OxigraphStore, tmp_path: Path
) -> None:
    """The checksum is over the statements; the counts stand in the line after them."""
    *lines, last = _lines(written.read_bytes())
    ending = json.loads(last.removeprefix(b"# qualgraph backup ends "))
    for change in (lambda name: {name: ending["graphs"][name] + 1}, lambda name: {f"{name}x": 1}):
        name = min(ending["graphs"])
        graphs = {**ending["graphs"], **change(name)}
        path = tmp_path / "miscounted.nq.gz"
        told = json.dumps({**ending, "graphs": graphs}).encode()
        path.write_bytes(_packed([*lines, b"# qualgraph backup ends " + told + b"\n"]))
        with pytest.raises(DataError, match="nothing was restored"):
            restore(holding, path, replace=True)
        assert list(holding.triples(GRAPH)) == OWN


def test_a_store_that_is_written_meanwhile_is_read_again(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store") as writer:
        writer.replace_graphs({GRAPH: OWN})
        reader = OxigraphStore(tmp_path / "store", read_only=True)
        late = IRI("http://example.org/late")
        written = []

        def write_once(what: str, done: int, total: int) -> None:
            if not written:
                written.append(what)
                writer.replace_graphs({late: OWN})

        stream = io.BytesIO()
        found = backup(reader, stream, write_once)
        assert set(found.graphs) == {GRAPH.value, late.value}

        def write_always(what: str, done: int, total: int) -> None:
            written.append(what)
            writer.replace_graphs({IRI(f"http://example.org/{len(written)}"): OWN})

        with pytest.raises(StoreError, match="written to while it was read"):
            backup(reader, io.BytesIO(), write_always)


KILLED = """
import os, sys
from pathlib import Path
from qualgraph.pipeline import restore
from qualgraph.store import OxigraphStore

def kill(what, done, total):
    if what.startswith("restoring") and done > 20:
        os.kill(os.getpid(), 9)

restore(OxigraphStore(Path(sys.argv[1])), Path(sys.argv[2]), replace=True, progress=kill)
"""


def test_a_restore_that_is_killed_leaves_what_was_there(
    written: Path, holding: OxigraphStore, tmp_path: Path
) -> None:
    holding.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "store"), str(written)], check=False)
    assert done.returncode == -9
    with OxigraphStore(tmp_path / "store") as opened:
        assert list(opened.triples(GRAPH)) == OWN
        assert opened.graphs() == (GRAPH,)
        restore(opened, written, replace=True)
        assert opened.count() == store("faults", "oxigraph").count()
