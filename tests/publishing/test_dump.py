"""Dumps: every syntax holds the store, the description and checksums are right, and half a file is never seen."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest

from commands import Run
from qualgraph.errors import UsageError
from qualgraph.namespaces import DCAT, DCTERMS
from qualgraph.publishing import CHECKSUMS, DUMPS, VOID, dump, dump_files
from qualgraph.rdf import IRI, Quad, parse_data, parse_file
from qualgraph.store import Store, open_store


@pytest.fixture
def store(built: Path) -> Store:
    return open_store(built, read_only=True)


def held(store: Store) -> set[Quad]:
    return {
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for graph in store.graphs()
        for triple in store.triples(graph)
    }


@pytest.mark.parametrize("ending", sorted(DUMPS))
def test_every_syntax_holds_all_of_the_store(store: Store, tmp_path: Path, ending: str) -> None:
    files = {file.name: file for file in dump(store, tmp_path / "dumps")}
    path = tmp_path / "dumps" / f"qualgraph.{ending}.gz"
    found = list(parse_data(gzip.decompress(path.read_bytes()), ending))
    expected = held(store)
    if DUMPS[ending].supports_datasets:
        assert set(found) == expected
    else:
        assert {quad.triple for quad in found} == {quad.triple for quad in expected}
    assert files[path.name].statements == len(expected)


def test_the_description_and_the_checksums_are_those_of_the_files(store: Store, tmp_path: Path) -> None:
    files = dump(store, tmp_path, "https://data.example.org/dumps/")
    assert {file.name for file in files} == {path.name for path in tmp_path.iterdir()}
    sums = dict(reversed(line.split("  ")) for line in (tmp_path / "SHA256SUMS").read_text().splitlines())
    assert sums.keys() == {file.name for file in files} - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    said = [quad.triple for quad in parse_file(tmp_path / "void.ttl")]
    dumps = {t.object for t in said if t.predicate == IRI(f"{VOID}dataDump")}
    assert dumps == {IRI(f"https://data.example.org/dumps/qualgraph.{ending}.gz") for ending in DUMPS}
    sizes = sorted(int(t.object.value) for t in said if t.predicate == IRI(f"{DCAT}byteSize"))
    assert sizes == sorted(file.size for file in files if file.name.endswith(".gz"))
    licences = {t.object.value for t in said if t.predicate == IRI(f"{DCTERMS}license")}
    assert "https://creativecommons.org/licenses/by/4.0/" in licences


def test_the_same_store_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    first = dump(store, tmp_path / "a")
    assert dump(store, tmp_path / "b") == first


def test_a_dump_that_fails_leaves_the_older_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(store, tmp_path)

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qualgraph.publishing.dumps.serialize", broken)
    with pytest.raises(UsageError, match="No space left"):
        dump(store, tmp_path)
    for file in before:
        assert hashlib.sha256((tmp_path / file.name).read_bytes()).hexdigest() == file.sha256
    assert len(list(tmp_path.iterdir())) == len(before)


def test_the_command_says_what_it_wrote(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("dump", tmp_path / "dumps", "--store", built)
    assert done.code == 0
    assert all(f"qualgraph.{ending}.gz" in done.out for ending in DUMPS)
    assert run("dump", tmp_path / "dumps" / "void.ttl", "--store", built).code == 2


def test_a_file_that_goes_while_it_is_looked_for_is_left_out(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(built, read_only=True) as store:
        names = [file.name for file in dump(store, tmp_path) if file.name != CHECKSUMS]
    asked = Path.lstat

    def going(path: Path) -> os.stat_result:
        path.with_name(names[0]).unlink(missing_ok=True)
        return asked(path)

    monkeypatch.setattr(Path, "lstat", going)
    monkeypatch.setattr(Path, "is_file", lambda path: True)
    assert [file.name for file in dump_files(tmp_path)] == names[1:]
