"""The seam: any engine fits behind it, and the ontology is for lookup only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.namespaces import QG, SH, SHAPES
from qualgraph.rdf import IRI, Quad, Triple, parse_data
from qualgraph.store import MemoryStore
from qualgraph.validation import Engine, PyShaclEngine, Result, shape_set, validate_quads, validate_store
from qualgraph.validation.run import ontology

DATA = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix x: <https://example.org/> .
x:q a qg:Qualification ; qg:code "ZZZ40120" .
"""


class Recorder:
    """An engine that remembers what it was given and answers what it is told to."""

    name = "recorder 1"

    def __init__(self, *results: Result) -> None:
        self.results = list(results)
        self.given: list[int] = []

    def validate(
        self,
        data: Iterable[Triple | Quad],
        shapes: Iterable[Triple | Quad],
        background: Iterable[Triple | Quad] = (),
    ) -> list[Result]:
        self.given = [len(list(statements)) for statements in (data, shapes, background)]
        return self.results


def result(focus: str) -> Result:
    return Result(
        focus=IRI(focus),
        shape=IRI(f"{SHAPES}QualificationHasTitle"),
        component=IRI(f"{SH}MinCountConstraintComponent"),
        severity=IRI(f"{SH}Violation"),
        messages=("At least 1.",),
    )


def test_another_engine_can_be_put_behind_the_seam():
    engine: Engine = Recorder(result("https://example.org/q"))
    report = validate_quads(list(parse_data(DATA)), engine=engine)
    assert report.engine == "recorder 1"
    assert [finding.message for finding in report.findings] == ["At least 1. Seen: 0."]
    assert engine.given == [2, len(shape_set().statements), len(ontology())]  # type: ignore[attr-defined]


def test_a_result_about_the_background_alone_is_dropped():
    engine = Recorder(result(f"{QG}Current"), result("https://example.org/q"))
    report = validate_quads(list(parse_data(DATA)), engine=engine)
    assert [finding.focus_iri for finding in report.findings] == ["https://example.org/q"]


def test_a_mistake_in_the_background_is_nobody_s_finding():
    bad = list(parse_data(f'<https://example.org/v> <{QG}code> "not a code" ; a <{QG}Qualification> .'))
    assert len(validate_quads(list(parse_data(DATA)), background=bad).findings) == len(
        validate_quads(list(parse_data(DATA))).findings
    )


def test_owl_imports_in_shapes_are_not_followed(monkeypatch: pytest.MonkeyPatch):
    def refused(*args: object, **options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("urllib.request.urlopen", refused)
    imports = "<https://example.org/s> <http://www.w3.org/2002/07/owl#imports> <https://example.org/t> ."
    assert PyShaclEngine().validate(
        parse_data(DATA + imports), [*shape_set().statements, *parse_data(imports)]
    )


def test_the_engine_gives_focus_value_path_component_and_severity():
    shapes = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <https://example.org/> .
        x:S a sh:PropertyShape ; sh:targetNode x:a ; sh:path x:p ; sh:datatype x:d .
        x:S sh:severity sh:Warning ; sh:message "m" .
    """
    [found] = PyShaclEngine().validate(
        parse_data("<https://example.org/a> <https://example.org/p> 7 ."), parse_data(shapes)
    )
    assert (found.focus, found.path) == (IRI("https://example.org/a"), IRI("https://example.org/p"))
    assert (found.value.value if found.value else None, found.messages) == ("7", ("m",))
    assert (found.severity, found.shape) == (IRI(f"{SH}Warning"), IRI("https://example.org/S"))
    assert found.component == IRI(f"{SH}DatatypeConstraintComponent")


def test_a_store_is_checked_without_blaming_its_lookup_graphs(tmp_path: Path):
    ids = Identifiers()
    wrong = [Triple(q.subject, q.predicate, q.object) for q in parse_data(DATA)]
    document = ids.document("register-page", "ZZZ40120")
    with MemoryStore() as store:
        store.replace_graphs(
            {ids.graph(name): wrong for name in (OwnGraph.DERIVED, OwnGraph.ONTOLOGY, OwnGraph.INGESTS)}
        )
        assert validate_store(store).nothing == "Nothing here to check: the data holds no statements."
        store.replace_graphs({document: wrong})
        report = validate_store(store)
    found = [finding for finding in report.findings if finding.shape.iri == f"{SHAPES}QualificationHasTitle"]
    assert [[str(place) for place in finding.places] for finding in found] == [[document.value]]
