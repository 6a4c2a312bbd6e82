"""The terms of a document: what was recorded of it before what is reported of its kind, and never a guess."""

from __future__ import annotations

import re
from pathlib import Path

from qualgraph.namespaces import DCTERMS
from qualgraph.publishing import counted, dataset_description, rights_of
from qualgraph.publishing.rights import CC_BY, OF_KIND, UNKNOWN_RIGHTS, Rights
from qualgraph.rdf import IRI, text
from qualgraph.sources import VERSIONS
from qualgraph.store import open_store

DATASET = IRI("https://data.example.org/#dataset")
DOCUMENT = "https://w3id.org/qualgraph/id/document"


def test_of_every_kind_of_reader_but_copies_something_is_told() -> None:
    assert set(VERSIONS) - set(OF_KIND) == {"third-party-copy"}
    assert set(OF_KIND) <= set(VERSIONS)


def test_what_was_recorded_goes_before_what_came_along_and_that_before_the_kind() -> None:
    ours = f"{DOCUMENT}/register-page/BSB40307/release-1"
    assert rights_of(ours, "register-page").licences == (
        "https://creativecommons.org/licenses/by-nd/3.0/au/",
    )
    noted = rights_of(ours, "register-page", [CC_BY])
    assert (noted.licences, noted.creator) == ((CC_BY,), rights_of(ours, "register-page").creator)
    assert noted.creator
    assert rights_of("https://data.example.org/x", "classification-index").licences == (CC_BY,)
    assert rights_of("https://data.example.org/x", "third-party-copy") == Rights()


def test_a_noted_licence_takes_away_no_creator_and_no_attribution() -> None:
    classified = "https://data.example.org/x", "classification-index"
    assert rights_of(*classified, [CC_BY]) == rights_of(*classified)
    registered = rights_of("https://data.example.org/x", "register-page", [CC_BY])
    assert registered == Rights(licences=(CC_BY,), creator=OF_KIND["register-page"].creator)
    assert rights_of("https://data.example.org/x", "third-party-copy", [CC_BY]) == Rights(licences=(CC_BY,))


def test_of_the_register_no_licence_is_guessed() -> None:
    told = rights_of("https://data.example.org/x", "register-page")
    assert told.licences == ()
    assert "CC BY-ND 3.0 AU" in (told.statement or "")
    assert not [
        rights for kind, rights in OF_KIND.items() if rights.licences and re.match("rest|register", kind)
    ]


def test_unknown_rights_are_said_to_be_unknown() -> None:
    [only] = Rights().triples(DATASET)
    assert (only.predicate.value, only.object) == (f"{DCTERMS}rights", text(UNKNOWN_RIGHTS, "en"))
    assert UNKNOWN_RIGHTS not in str(list(Rights(licences=(CC_BY,)).triples(DATASET)))


def test_each_graph_of_a_document_has_its_terms_in_the_description(built: Path) -> None:
    with open_store(built, read_only=True) as store:
        described = dataset_description(DATASET, counted(store))
    graphs = {t.subject: t.object.value for t in described if t.predicate.value.endswith("#name")}
    licensed = {graphs[t.subject] for t in described if t.predicate.value == f"{DCTERMS}license"}
    assert licensed == {graph for graph in graphs.values() if "/document/" in graph}
    assert len(licensed) == 4
