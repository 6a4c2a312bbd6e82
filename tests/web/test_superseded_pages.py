"""Pages about superseded components: they say what documents say, that something is UNKNOWN, and nothing of Python."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from qualgraph.assets import asset_folder
from qualgraph.catalogue import discover
from qualgraph.identifiers import Identifiers
from qualgraph.pages.descriptions import description
from qualgraph.pages.pages import Pages
from qualgraph.pipeline.derivation import derive
from qualgraph.rdf import IRI, Triple, parse_file
from qualgraph.store import OxigraphStore, Store
from qualgraph.web.component_pages import ComponentPages

IDS = Identifiers()
DOCUMENTS = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix unit: <https://w3id.org/qualgraph/id/unit/> .
@prefix qualification: <https://w3id.org/qualgraph/id/qualification/> .
@prefix mapping: <https://w3id.org/qualgraph/id/mapping/> .
@prefix document: <https://w3id.org/qualgraph/id/document/> .
@prefix x: <https://example.org/> .
document:page {
  document:page a qg:SourceDocument ; qg:documentKind "register-page" ; qg:fileName "page.txt" ; qg:sourceRank 1 .
  unit:ZZZNET401 a qg:UnitOfCompetency ; qg:code "ZZZNET401" ; qg:hasUsageStatement x:old .
  x:old a qg:UsageStatement ; qg:statesUsage qg:Superseded ; qg:sourceLine 2 .
  unit:ZZZNET402 a qg:UnitOfCompetency ; qg:code "ZZZNET402" .
  mapping:401 qg:sourceLine 7 .
  mapping:401 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZNET401 ; qg:mapsTo unit:ZZZNET402 ;
    qg:hasEquivalence qg:Equivalent ; qg:sourceLine 3 .
  qualification:ZZZ30119 a qg:Qualification ; qg:code "ZZZ30119" ; qg:hasUsageStatement x:gone .
  x:gone a qg:UsageStatement ; qg:statesUsage qg:Superseded ; qg:sourceLine 4 .
  qualification:ZZZ30120 a qg:Qualification ; qg:code "ZZZ30120" .
  unit:ZZZNET501 a qg:UnitOfCompetency ; qg:code "ZZZNET501" .
  unit:ZZZNET502 a qg:UnitOfCompetency ; qg:code "ZZZNET502" .
  unit:ZZZNET503 a qg:UnitOfCompetency ; qg:code "ZZZNET503" .
  mapping:501 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZNET501 ; qg:mapsTo unit:ZZZNET502 ;
    qg:hasEquivalence qg:Equivalent ; qg:mappingDate "2020-10-18"^^xsd:date ; qg:sourceLine 5 .
  mapping:502 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZNET502 ; qg:mapsTo unit:ZZZNET503 ;
    qg:hasEquivalence qg:Equivalent ; qg:mappingDate "2022-03-04"^^xsd:date ; qg:sourceLine 6 .
}
<https://w3id.org/qualgraph/id/document/scope-export/table> {
  <https://w3id.org/qualgraph/id/document/scope-export/table> a qg:SourceDocument ; qg:sourceRank 2 .
  unit:ZZZNET501 a qg:UnitOfCompetency ; qg:code "ZZZNET501" ; qg:hasUsageStatement x:until .
  x:until a qg:UsageStatement ; qg:statesUsage qg:Current ; qg:validThrough "2020-10-17"^^xsd:date ; qg:sourceLine 8 .
  unit:ZZZNET502 a qg:UnitOfCompetency ; qg:code "ZZZNET502" ; qg:hasUsageStatement x:later .
  x:later a qg:UsageStatement ; qg:statesUsage qg:Current ; qg:validThrough "2022-03-04"^^xsd:date ; qg:sourceLine 9 .
}
"""
"""A unit with a successor of which no status is stated, and a qualification superseded by what no document names."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("superseded") / "documents.trig"
    path.write_text(DOCUMENTS, "utf-8")
    graphs: dict[IRI, list[Triple]] = {}
    for quad in parse_file(path):
        assert isinstance(quad.graph_name, IRI)
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    policies = parse_file(asset_folder("ontology") / "vocab" / "credit-policy.ttl")
    graphs[IDS.graph("vocabulary")] = [quad.triple for quad in policies]
    with OxigraphStore(None) as filled:
        filled.replace_graphs(graphs)
        derive(filled)
        yield filled


def _request(path: str, **params: str) -> Request:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "path_params": params}
    return Request({**scope, "headers": [(b"accept", b"text/html")]})


def _words(page: str) -> str:
    """The text of a page without its marks."""
    body = re.sub(r"<script.*?</script>", "", page.split("<h1>")[1], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", body).split())


def _pages(store: Store) -> ComponentPages:
    return ComponentPages(store, IDS, discover(), Pages(IDS))


def history(store: Store, code: str) -> str:
    answer = asyncio.run(_pages(store).history(_request(f"/history/{code}", code=code)))
    return _words(bytes(answer.body).decode())


def component(store: Store, key: str) -> str:
    iri = IRI(f"{IDS.base}{key}")
    return _words(_pages(store).thing(_request(f"/doc/{key}"), iri, description(store, iri)))


def test_what_a_unit_is_equivalent_to_today_tells_nothing_that_is_not_there(store: Store) -> None:
    page = component(store, "unit/ZZZNET401")
    assert "ZZZNET401: superseded: the chain goes on ZZZNET401 → ZZZNET402" in page
    assert "UNKNOWN: no document states its status; credit: without mapping" in page
    assert "None" not in page


def test_superseded_by_what_no_document_names_is_told_as_unknown(store: Store) -> None:
    for page in (history(store, "ZZZ30119"), component(store, "qualification/ZZZ30119")):
        assert "A document says that it is superseded; by what is UNKNOWN." in page
        assert "No document says that anything superseded it" not in page
    assert "No document says that anything superseded it." in history(store, "ZZZ30120")
    assert "is UNKNOWN" not in component(store, "unit/ZZZNET401")


def test_a_status_that_no_document_states_is_not_read_as_an_equivalence(store: Store) -> None:
    assert "ZZZNET402 : status UNKNOWN, equivalent by ZZZNET401 → ZZZNET402" in history(store, "ZZZNET401")
    assert "unit of competency: status UNKNOWN" in history(store, "ZZZNET402")


def test_a_mapping_that_a_document_states_on_two_lines_is_one_row_with_both(store: Store) -> None:
    told = history(store, "ZZZNET401")
    assert told.count("page, lines 3, 7") == 1
    page = component(store, "unit/ZZZNET401")
    assert page.count("[page.txt, lines 3, 7]") == 1
    assert page.count("credit: without mapping [page, lines 3, 7]") == 1
    assert "[page.txt, lines 3, 7]" in component(store, "unit/ZZZNET402")


def test_last_days_that_are_a_day_apart_are_told_with_why(store: Store) -> None:
    page = history(store, "ZZZNET501")
    assert page.count("documents name the last days") == 1
    assert "ZZZNET501: documents name the last days 2020-10-17 and 2020-10-18, and both are shown." in page
    assert "The scope export ends the time in which a component was current a day before" in page
    assert "documents name the last days" not in history(store, "ZZZNET401")
