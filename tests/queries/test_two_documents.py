"""Two documents that print different things at one place: no title goes to the wrong component."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualgraph.assets import asset_folder
from qualgraph.catalogue import discover
from qualgraph.identifiers import Identifiers
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


@pytest.fixture(params=[OxigraphStore, MemoryStore])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    path = tmp_path / "both-ends.trig"
    path.write_text(BOTH_ENDS + TWO_PUBLISHERS, "utf-8")
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
    assert _rows(store, text) == [["https://w3id.org/qualgraph/id/unit/ZZZKNO402"]]
    rows = _rows(store, discover()["current-equivalent"].sparql({"code": "ZZZKNO501"}))
    assert [row[6:8] for row in rows[1:]] == [["UNKNOWN: documents disagree", "UNKNOWN"]] * 2
    found = _rows(store, discover()["equivalences-that-disagree"].sparql({}))
    assert [row[2] for row in found] == ["equivalent", "not equivalent"]
