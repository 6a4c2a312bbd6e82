"""Documents go into a store wholly or not at all; what follows from them is rebuilt, and never silently old."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qualgraph.assets import asset_folder
from qualgraph.errors import DocumentError, OlderDocumentError, ParameterError, StoreMissingError
from qualgraph.graph import Graph
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.namespaces import DCTERMS
from qualgraph.pipeline import (
    Action,
    build,
    derive,
    ingest_file,
    is_current,
    refresh,
    require_content,
    status,
    stored_documents,
)
from qualgraph.rdf import IRI, ntriples
from qualgraph.store import MemoryStore, OxigraphStore, Store
from qualgraph.triples import TextPolicy
from support import DOCUMENTS, seed_path

IDS = Identifiers()
COPY = """Diploma of Lamp Tending

Total number of units = 2

1 core unit plus

1 elective unit from Group A below.

Core units

ZZZLMP501 Trim a lamp

Elective units

Group A

ZZZOIL502 Store {what}

Entry Requirements

There are no entry requirements for this qualification.
"""


@pytest.fixture(params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with OxigraphStore(None) if request.param == "oxigraph" else MemoryStore() as opened:
        yield opened


def written(folder: Path, what: str = "oil") -> Path:
    path = folder / "copy.txt"
    path.write_text(COPY.format(what=what), encoding="utf-8")
    return path


def content(store: Store) -> dict[str, str]:
    return {graph.value: ntriples(store.triples(graph)) for graph in store.graphs()}


def test_the_same_document_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    first = ingest_file(store, written(tmp_path), code="ZZZ50120")
    before = content(store)
    again = ingest_file(store, written(tmp_path), code="ZZZ50120")
    assert (first.action, again.action) == (Action.STORED, Action.UNCHANGED)
    assert content(store) == before


def test_a_newer_copy_takes_the_place_of_the_older_one(store: Store, tmp_path: Path) -> None:
    old = ingest_file(store, written(tmp_path), code="ZZZ50120")
    new = ingest_file(store, written(tmp_path, "rope"), code="ZZZ50120")
    assert (new.action, new.document) == (Action.REPLACED, old.document)
    [document] = stored_documents(store)
    assert document.triples == new.triples
    assert "Store oil" not in content(store)[new.document.value]


def test_another_text_policy_is_another_reading(store: Store, tmp_path: Path) -> None:
    ingest_file(store, written(tmp_path), code="ZZZ50120", policy=TextPolicy.NONE)
    again = ingest_file(store, written(tmp_path), code="ZZZ50120", policy=TextPolicy.ALL)
    assert again.action is Action.REPLACED


def test_a_copy_retrieved_earlier_is_refused_unless_it_is_wanted(store: Store, tmp_path: Path) -> None:
    ingest_file(store, written(tmp_path), code="ZZZ50120", retrieved=date(2026, 3, 1))
    before = content(store)
    older = written(tmp_path, "rope")
    with pytest.raises(OlderDocumentError, match="2026-02-01"):
        ingest_file(store, older, code="ZZZ50120", retrieved=date(2026, 2, 1))
    assert content(store) == before
    forced = ingest_file(store, older, code="ZZZ50120", retrieved=date(2026, 2, 1), replace=True)
    assert forced.action is Action.REPLACED


@pytest.mark.parametrize(
    "broken", [b"", b"\x00\x01\x02" * 50, b"a shopping list\nmilk\n", COPY.encode("utf-16")[:99]]
)
def test_a_document_that_cannot_be_read_changes_nothing(store: Store, tmp_path: Path, broken: bytes) -> None:
    ingest_file(store, written(tmp_path), code="ZZZ50120")
    refresh(store)
    before = content(store)
    path = tmp_path / "broken.txt"
    path.write_bytes(broken)
    with pytest.raises(DocumentError):
        ingest_file(store, path)
    assert content(store) == before


def test_a_store_says_when_what_is_derived_is_older_than_its_documents(store: Store, tmp_path: Path) -> None:
    assert not is_current(store)
    ingest_file(store, written(tmp_path), code="ZZZ50120")
    assert refresh(store)
    assert is_current(store)
    assert not refresh(store)
    ingest_file(store, written(tmp_path, "rope"), code="ZZZ50120")
    assert not is_current(store)
    assert not status(store).current


def test_a_store_of_documents_alone_gets_the_vocabularies_that_tell_their_levels(
    store: Store, tmp_path: Path
) -> None:
    ingest_file(store, written(tmp_path), code="ZZZ50120")
    vocabulary = Identifiers().graph(OwnGraph.VOCABULARY)
    assert store.count(vocabulary) == 0
    refresh(store)
    assert store.count(vocabulary) > 500
    told = Graph(store).query("qualifications-by-level").rows
    assert [list(row) for row in told] == [[5, 1, 0]]
    assert not refresh(store)


def test_deriving_twice_gives_the_same_graph(store: Store, tmp_path: Path) -> None:
    ingest_file(store, written(tmp_path), code="ZZZ50120")
    count = derive(store)
    before = content(store)
    assert derive(store) == count > 0
    assert content(store) == before


def test_building_again_changes_nothing_and_keeps_what_the_user_ingested(
    store: Store, tmp_path: Path
) -> None:
    mine = ingest_file(store, written(tmp_path), code="ZZZ50120")
    first = build(store)
    before = content(store)
    assert build(store) == first
    assert content(store) == before
    assert mine.document.value in first.graphs
    assert len(first.documents) == 1 + len(list((asset_folder("data") / "register").glob("*.ttl")))
    assert first.current


def test_building_keeps_the_users_own_reading_of_a_document_that_is_shipped(store: Store) -> None:
    build(store)
    [shipped] = [document for document in stored_documents(store) if document.reader == "anzsco-unit-group"]
    mine = ingest_file(store, seed_path("004"), policy=TextPolicy.ALL, replace=True)
    assert mine.document == shipped.iri
    build(store)
    [kept] = [document for document in stored_documents(store) if document.iri == shipped.iri]
    assert (kept.policy, kept.triples) == ("all", mine.triples)
    assert kept.triples > shipped.triples


def test_every_named_component_has_exactly_one_title_to_show(store: Store) -> None:
    build(store)
    shown = [
        t for t in store.triples(IDS.graph(OwnGraph.DERIVED)) if t.predicate.value.endswith("#preferredTitle")
    ]
    titled = {
        t.subject
        for graph in store.graphs()
        for t in store.triples(graph)
        if t.predicate == IRI(f"{DCTERMS}title") and "/id/qualification/" in str(t.subject)
    }
    assert len({t.subject for t in shown}) == len(shown)
    assert titled <= {t.subject for t in shown}
    assert len(titled) == 7


def test_an_empty_store_says_how_to_fill_it(store: Store) -> None:
    with pytest.raises(StoreMissingError, match="qualgraph build"):
        require_content(store)


def test_a_store_killed_while_it_is_written_holds_each_document_wholly_or_not_at_all(tmp_path: Path) -> None:
    location = tmp_path / "store"
    path = written(tmp_path)
    script = f"""
from pathlib import Path
from qualgraph.pipeline import ingest_file
from qualgraph.store import OxigraphStore
with OxigraphStore(Path({str(location)!r})) as store:
    print("open", flush=True)
    for n in range(1000):
        path = Path({str(path)!r})
        path.write_text(path.read_text()[:-1] + "." * (n % 2) + chr(10))
        ingest_file(store, path, code="ZZZ50120", replace=True)
        print("stored", flush=True)
"""
    sizes = set()
    for delay, writes in ((0.05, 0), (0.21, 0), (0.1, 2)):
        writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert writer.stdout
        assert writer.stdout.readline() == b"open\n"
        for _ in range(writes):
            assert writer.stdout.readline() == b"stored\n"
        time.sleep(delay)
        writer.kill()
        writer.communicate()
        with OxigraphStore(location) as store:
            documents = stored_documents(store)
            assert len(documents) <= 1
            sizes.update(document.triples for document in documents)
            assert all(store.count(document.iri) == document.triples for document in documents)
    assert len(sizes) == 1


def test_the_same_bytes_under_another_name_are_the_stored_document(store: Store, tmp_path: Path) -> None:
    first = ingest_file(store, written(tmp_path), code="ZZZ50120", retrieved=date(2026, 3, 1))
    before = content(store)
    other = tmp_path / "download (1).txt"
    other.write_bytes(written(tmp_path).read_bytes())
    again = ingest_file(store, other, code="ZZZ50120")
    assert (again.action, again.document, again.name) == (Action.UNCHANGED, first.document, "copy.txt")
    assert content(store) == before
    newer = ingest_file(store, other, code="ZZZ50120", policy=TextPolicy.ALL)
    assert (newer.action, newer.document) == (Action.REPLACED, first.document)
    assert ingest_file(store, other, code="ZZZ50220").document != first.document
    assert len(stored_documents(store)) == 2


def test_a_code_that_is_known_as_another_kind_of_component_is_refused(store: Store, tmp_path: Path) -> None:
    ingest_file(store, DOCUMENTS / "third-party-copy.txt", code="ZZZ50120")
    before = content(store)
    other = written(tmp_path, "rope")
    with pytest.raises(ParameterError, match="ZZZLMP501 is that of a unit of competency"):
        ingest_file(store, other, code="ZZZLMP501")
    assert content(store) == before


def test_a_code_that_is_known_with_another_title_is_doubted(store: Store, tmp_path: Path) -> None:
    assert ingest_file(store, written(tmp_path), code="ZZZ50120").doubts == ()
    other = tmp_path / "other.txt"
    other.write_text(COPY.format(what="rope").replace("Lamp Tending", "Rope Making"), encoding="utf-8")
    [doubt] = ingest_file(store, other, code="ZZZ50120").doubts
    assert "'Diploma of Rope Making'" in doubt
    assert "'Diploma of Lamp Tending'" in doubt
