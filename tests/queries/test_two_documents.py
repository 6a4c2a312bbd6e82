"""Two documents that print different things at one place: no title goes to the wrong component."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualgraph.assets import asset_folder
from qualgraph.catalogue import discover
from qualgraph.identifiers import Identifiers
from qualgraph.overview import history
from qualgraph.pipeline.derivation import derive
from qualgraph.rdf import IRI, Triple, parse_file
from qualgraph.store import MemoryStore, OxigraphStore, Store, Table

BOTH_ENDS = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
<https://w3id.org/qualgraph/id/document/old> {
  <https://w3id.org/qualgraph/id/document/old> a qg:SourceDocument .
  <https://w3id.org/qualgraph/id/unit/ZZZKNO401> a qg:UnitOfCompetency ; qg:code "ZZZKNO401" .
  <https://w3id.org/qualgraph/id/unit/ZZZKNO402> a qg:UnitOfCompetency ; qg:code "ZZZKNO402" .
  <https://w3id.org/qualgraph/id/mapping/ZZZKNO401/ZZZKNO402> a qg:SupersessionMapping ;
    qg:mapsFrom <https://w3id.org/qualgraph/id/unit/ZZZKNO401> ;
    qg:mapsTo <https://w3id.org/qualgraph/id/unit/ZZZKNO402> ;
    qg:hasEquivalence qg:Equivalent ; qg:sourceLine 5 ;
    qg:mentions <https://w3id.org/qualgraph/id/unit/ZZZKNO402> ; qg:statedTitle "Arrange knots" .
}
<https://w3id.org/qualgraph/id/document/new> {
  <https://w3id.org/qualgraph/id/document/new> a qg:SourceDocument .
  <https://w3id.org/qualgraph/id/unit/ZZZKNO401> a qg:UnitOfCompetency ; qg:code "ZZZKNO401" .
  <https://w3id.org/qualgraph/id/unit/ZZZKNO402> a qg:UnitOfCompetency ; qg:code "ZZZKNO402" .
  <https://w3id.org/qualgraph/id/mapping/ZZZKNO401/ZZZKNO402> a qg:SupersessionMapping ;
    qg:mapsFrom <https://w3id.org/qualgraph/id/unit/ZZZKNO401> ;
    qg:mapsTo <https://w3id.org/qualgraph/id/unit/ZZZKNO402> ;
    qg:hasEquivalence qg:Equivalent ; qg:sourceLine 7 ;
    qg:mentions <https://w3id.org/qualgraph/id/unit/ZZZKNO401> ; qg:statedTitle "Tie knots" .
}
"""
"""The pages of an old unit and of its successor: each prints the title of the other in the one mapping row."""


TWO_PUBLISHERS = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix unit: <https://w3id.org/qualgraph/id/unit/> .
@prefix x: <https://example.org/> .
x:one {
  x:one a qg:SourceDocument .
  unit:ZZZKNO501 a qg:UnitOfCompetency ; qg:code "ZZZKNO501" .
  unit:ZZZKNO502 a qg:UnitOfCompetency ; qg:code "ZZZKNO502" .
  x:row-1 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZKNO501 ; qg:mapsTo unit:ZZZKNO502 ;
    qg:hasEquivalence qg:Equivalent ; qg:sourceLine 3 .
}
x:other {
  x:other a qg:SourceDocument .
  unit:ZZZKNO501 a qg:UnitOfCompetency ; qg:code "ZZZKNO501" .
  unit:ZZZKNO502 a qg:UnitOfCompetency ; qg:code "ZZZKNO502" .
  x:row-2 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZKNO501 ; qg:mapsTo unit:ZZZKNO502 ;
    qg:hasEquivalence qg:NotEquivalent ; qg:sourceLine 4 .
}
"""
"""Two publishers, each with an IRI of its own for the row, who do not agree that it is equivalent."""

SILENT = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix unit: <https://w3id.org/qualgraph/id/unit/> .
@prefix mapping: <https://w3id.org/qualgraph/id/mapping/> .
@prefix x: <https://example.org/> .
x:says {
  x:says a qg:SourceDocument .
  unit:ZZZKNO601 a qg:UnitOfCompetency ; qg:code "ZZZKNO601" ; qg:hasUsageStatement x:usage .
  x:usage a qg:UsageStatement ; qg:statesUsage qg:Superseded ; qg:sourceLine 1 .
  unit:ZZZKNO602 a qg:UnitOfCompetency ; qg:code "ZZZKNO602" .
  unit:ZZZKNO603 a qg:UnitOfCompetency ; qg:code "ZZZKNO603" .
  mapping:601 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZKNO601 ; qg:mapsTo unit:ZZZKNO602 ;
    qg:hasEquivalence qg:Equivalent ; qg:sourceLine 2 .
  mapping:602 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZKNO602 ; qg:mapsTo unit:ZZZKNO603 ;
    qg:hasEquivalence qg:NotEquivalent ; qg:sourceLine 3 .
}
x:silent {
  x:silent a qg:SourceDocument .
  unit:ZZZKNO601 a qg:UnitOfCompetency ; qg:code "ZZZKNO601" .
  unit:ZZZKNO602 a qg:UnitOfCompetency ; qg:code "ZZZKNO602" .
  unit:ZZZKNO603 a qg:UnitOfCompetency ; qg:code "ZZZKNO603" .
  mapping:601 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZKNO601 ; qg:mapsTo unit:ZZZKNO602 ;
    qg:hasEquivalence qg:NotDetermined ; qg:sourceLine 4 .
  mapping:602 a qg:SupersessionMapping ; qg:mapsFrom unit:ZZZKNO602 ; qg:mapsTo unit:ZZZKNO603 ;
    qg:hasEquivalence qg:NotDetermined ; qg:sourceLine 5 .
  x:release a qg:Release ; <http://purl.org/dc/terms/isVersionOf> x:packaging ; qg:hasPackagingRule x:rule .
  x:packaging a qg:Qualification ; qg:code "ZZZ30120" .
  x:rule a qg:PackagingRule ; qg:hasGroup x:core .
  x:core a qg:UnitGroup ; qg:hasRole qg:CoreRole ; qg:hasMembership x:member .
  x:member a qg:GroupMembership ; qg:mentions unit:ZZZKNO601 ; qg:sourceLine 6 .
}
"""
"""A document that states equivalence, and one that states the same supersessions and says nothing of equivalence."""


@pytest.fixture(params=[OxigraphStore, MemoryStore])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    path = tmp_path / "both-ends.trig"
    path.write_text(BOTH_ENDS + TWO_PUBLISHERS + SILENT, "utf-8")
    graphs: dict[IRI, list[Triple]] = {}
    for quad in parse_file(path):
        assert isinstance(quad.graph_name, IRI)
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    policies = parse_file(asset_folder("ontology") / "vocab" / "credit-policy.ttl")
    graphs[Identifiers().graph("vocabulary")] = [quad.triple for quad in policies]
    filled: Store = OxigraphStore(None) if request.param is OxigraphStore else MemoryStore()
    filled.replace_graphs(graphs)
    derive(filled)
    return filled


def _rows(store: Store, text: str) -> list[list[str]]:
    found = store.query(text)
    assert isinstance(found, Table)
    return [[cell.value if cell else "" for cell in row] for row in found.rows]


def test_a_component_has_its_own_title_where_a_mapping_row_is_read_at_both_ends(store: Store) -> None:
    text = (
        "PREFIX qg: <https://w3id.org/qualgraph/def#> "
        "SELECT ?code ?title { ?c qg:preferredTitle ?title ; qg:code ?code } ORDER BY ?code"
    )
    assert _rows(store, text) == [["ZZZKNO401", "Tie knots"], ["ZZZKNO402", "Arrange knots"]]


@pytest.mark.parametrize("query", ["titles-that-differ", "titles-shared-by-codes"])
def test_a_mapping_row_read_at_both_ends_makes_no_title_differ(store: Store, query: str) -> None:
    assert _rows(store, discover()[query].sparql({})) == []


def test_rows_of_two_publishers_that_disagree_give_no_equivalence(store: Store) -> None:
    text = "PREFIX qg: <https://w3id.org/qualgraph/def#> SELECT ?new { ?old qg:supersededByEquivalent ?new }"
    assert ["https://w3id.org/qualgraph/id/unit/ZZZKNO502"] not in _rows(store, text)
    rows = _rows(store, discover()["current-equivalent"].sparql({"code": "ZZZKNO501"}))
    assert [row[6:8] for row in rows[1:]] == [["UNKNOWN: documents disagree", "UNKNOWN"]] * 2
    found = _rows(store, discover()["equivalences-that-disagree"].sparql({}))
    assert [row[2] for row in found] == ["equivalent", "not equivalent"]


def _answer(store: Store, query: str, **parameters: str) -> list[list[str]]:
    return _rows(store, discover()[query].sparql(parameters))


def test_a_document_that_says_nothing_of_equivalence_does_not_disagree(store: Store) -> None:
    rows = _answer(store, "current-equivalent", code="ZZZKNO601")
    assert [(row[1], row[2], row[6], row[7]) for row in rows[1:]] == [
        ("ZZZKNO601", "equivalent", "superseded: the chain goes on", "without mapping"),
        ("ZZZKNO601", "not stated", "superseded: the chain goes on", "without mapping"),
        ("ZZZKNO602", "not equivalent", "breaks: not equivalent", "none"),
        ("ZZZKNO602", "not stated", "breaks: not equivalent", "none"),
    ]
    assert not [row for row in _answer(store, "equivalences-that-disagree") if row[0] == "ZZZKNO601"]
    assert [
        (row[0], row[2]) for row in _answer(store, "superseded-not-equivalent") if row[0] > "ZZZKNO6"
    ] == [("ZZZKNO602", "not equivalent")]
    listed = _answer(store, "superseded-units-in-current-rules")
    assert [(row[4], row[7], row[8]) for row in listed] == [("ZZZKNO601", "ZZZKNO602", "equivalent")]


def test_the_history_of_a_unit_takes_what_is_stated_where_another_document_is_silent(store: Store) -> None:
    [end] = history(store, "ZZZKNO601").ends
    assert (end.code, end.equivalence, end.credit) == ("ZZZKNO603", "NotEquivalent", "none")
    [end] = history(store, "ZZZKNO602").ends
    assert end.equivalence == "NotEquivalent"
    steps = history(store, "ZZZKNO601").superseded_by
    assert {step.equivalence for step in steps if step.distance == 1} == {"Equivalent", "NotDetermined"}
