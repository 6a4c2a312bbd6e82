"""``forget``: one document out of the store, and nothing left of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import COPY, PAGE, Run
from qualgraph.store import open_store


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Path:
    location = tmp_path / "store"
    assert run("ingest", PAGE, "--store", location).code == 0
    return location


def content(location: Path) -> dict[str, set[str]]:
    with open_store(location) as opened:
        return {
            graph.value: {str(triple) for triple in opened.triples(graph)}
            for graph in opened.graphs()
            if "ingests" not in graph.value
        }


def test_a_forgotten_document_leaves_the_store_as_it_was_before(run: Run, store: Path) -> None:
    before = content(store)
    assert run("ingest", COPY, "--code", "ZZZ50120", "--store", store).code == 0
    assert content(store) != before
    done = run("forget", "third-party-copy/ZZZ50120/third-party-copy", "--store", store)
    assert (done.code, done.err) == (0, "")
    assert "forgotten" in done.out
    assert content(store) == before
    status = run("status", "--store", store, "--json").data
    assert status["current"]
    assert [document["kind"] for document in status["documents"]] == ["register-page"]


def test_an_iri_names_the_document_as_well(run: Run, store: Path) -> None:
    [document] = run("status", "--store", store, "--json").data["documents"]
    assert run("forget", document["iri"], "--store", store, "--json").data["forgotten"] == document["iri"]
    assert run("status", "--store", store, "--json").data["documents"] == []


def test_an_unknown_document_is_refused_with_those_that_look_like_it(run: Run, store: Path) -> None:
    before = content(store)
    done = run("forget", "register-page/ZZZ40120/release-3", "--store", store)
    assert done.code == 2
    assert "Did you mean register-page/ZZZ40120/release-2?" in done.err
    assert content(store) == before


def test_there_is_nothing_to_forget_without_a_store(run: Run, tmp_path: Path) -> None:
    assert run("forget", "register-page/ZZZ40120/release-2", "--store", tmp_path / "nowhere").code == 4
    assert not (tmp_path / "nowhere").exists()
