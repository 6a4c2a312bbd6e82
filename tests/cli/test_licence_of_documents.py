"""The licence that a user gives for documents: noted without reading them again, and of these bytes alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from commands import COPY, PAGE, Run
from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DCTERMS
from qualgraph.pages.described_pages import described_page
from qualgraph.pages.descriptions import description
from qualgraph.pages.pages import Pages
from qualgraph.pipeline import Ingested, Wanted, ingest_files, stored_documents
from qualgraph.rdf import IRI, Triple, parse_file
from qualgraph.store import open_store

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
TERMS = "https://example.org/terms"


def licences(location: Path) -> dict[str, list[str]]:
    with open_store(location, read_only=True) as store:
        return {
            document.name: sorted(
                triple.object.value
                for graph in store.graphs()
                for triple in store.triples(graph)
                if (triple.subject, triple.predicate.value) == (document.iri, f"{DCTERMS}license")
            )
            for document in stored_documents(store)
        }


def page_of(location: Path, name: str) -> str:
    with open_store(location, read_only=True) as store:
        [iri] = [document.iri for document in stored_documents(store) if document.name == name]
        return described_page(Pages(Identifiers()), Identifiers(), store, iri, description(store, iri)) or ""


@pytest.fixture
def held(run: Run, tmp_path: Path) -> Path:
    location = tmp_path / "store"
    assert run("ingest", COPY, "--code", "ZZZ50120", "--store", location).code == 0
    return location


def test_a_licence_is_shown_on_the_page_of_the_document_instead_of_not_recorded(run: Run, held: Path) -> None:
    before = page_of(held, COPY.name)
    assert "<dt>Licence</dt><dd>not recorded; ask its publisher" in before
    done = run("ingest", COPY, "--code", "ZZZ50120", "--store", held, "--licence", CC_BY)
    assert f"{COPY}: unchanged" in done.out
    assert "its licence noted" in done.out
    after = page_of(held, COPY.name)
    assert f'<dt>Licence</dt><dd><a href="{CC_BY}">CC BY 4.0</a></dd>' in after
    assert "not recorded" not in after
    assert "training.gov.au" not in after


def test_a_file_is_not_read_again_for_its_licence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = tmp_path / "store"
    assert run("ingest", PAGE, "--store", location, "--licence", CC_BY).code == 0
    assert licences(location) == {PAGE.name: [CC_BY]}

    def read(*_: object, **__: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr("qualgraph.pipeline.preparation.read_file", read)
    derived = [location / name for name in os.listdir(location) if name.startswith("g")]
    again = run("ingest", PAGE, "--store", location, "--licence", CC_BY)
    assert again.code == 0
    assert "licence" not in again.out
    assert [location / name for name in os.listdir(location) if name.startswith("g")] == derived
    assert run("ingest", PAGE, "--store", location).code == 0
    assert licences(location) == {PAGE.name: [CC_BY]}
    changed = run("ingest", PAGE, "--store", location, "--licence", TERMS)
    assert "unchanged" in changed.out
    assert licences(location) == {PAGE.name: [TERMS]}


def test_a_new_document_and_its_licence_are_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / "store", read_only=False) as store:
        writes: list[set[str]] = []
        write = store.replace_graphs

        def counting(graphs: Mapping[IRI, Iterable[Triple]]) -> None:
            writes.append({graph.value.rpartition("/")[2] for graph in graphs})
            write(graphs)

        monkeypatch.setattr(store, "replace_graphs", counting)
        wanted = Wanted(ids=Identifiers(), licence=IRI(CC_BY))
        [done] = ingest_files(store, [PAGE], wanted)
        assert len(writes) == 1
        assert isinstance(done, Ingested)
        assert done.licensed
    assert licences(tmp_path / "store") == {PAGE.name: [CC_BY]}


def test_a_licence_stays_with_the_bytes_that_it_was_given_for(run: Run, tmp_path: Path) -> None:
    location, document = tmp_path / "store", tmp_path / "page.txt"
    document.write_bytes(PAGE.read_bytes())
    run("ingest", document, "--store", location, "--licence", CC_BY)
    run("ingest", document, "--store", location, "--replace")
    assert licences(location) == {"page.txt": [CC_BY]}
    document.write_text(PAGE.read_text("utf-8") + "\n\n", "utf-8")
    done = run("ingest", document, "--store", location)
    assert "replaced" in done.out
    assert licences(location) == {"page.txt": []}


@pytest.mark.parametrize("licence", ["CC BY", "https://example.org/%zz", "https://example.org/a[b]"])
def test_a_licence_that_is_no_address_is_refused_and_nothing_is_stored(
    run: Run, tmp_path: Path, licence: str
) -> None:
    done = run("ingest", PAGE, "--store", tmp_path / "store", "--licence", licence)
    assert done.code == 2
    assert f"--licence: '{licence}' is not an address" in done.err
    assert not (tmp_path / "store").exists()


def test_a_file_of_triples_says_the_licence_and_a_forgotten_document_leaves_none(
    run: Run, held: Path
) -> None:
    out = held.parent / "out.ttl"
    assert run("ingest", PAGE, "--out", out, "--licence", TERMS).code == 0
    said = [quad.triple for quad in parse_file(out) if quad.predicate.value == f"{DCTERMS}license"]
    assert [(each.object, "/document/" in str(each.subject)) for each in said] == [(IRI(TERMS), True)]
    run("ingest", COPY, "--code", "ZZZ50120", "--store", held, "--licence", TERMS)
    with open_store(held, read_only=True) as store:
        [document] = stored_documents(store)
    assert run("forget", document.iri.value, "--store", held).code == 0
    with open_store(held, read_only=True) as store:
        left: list[Triple] = [each for graph in store.graphs() for each in store.triples(graph)]
    assert IRI(TERMS) not in {each.object for each in left}
