"""Every shape of shapes/register/ has a case that conforms and one that it alone must find.

A case is one TriG file named after its shape: graphs ``case:conforming`` and ``case:violating``, and what the
message must say about the second (``case:says``), which thing it is about (``case:focus``), and which other
shapes cannot help firing (``case:alsoFires``). Further graphs ``case:conforming-...`` hold what the shape must
leave alone, whatever other shapes say of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qualgraph.assets import asset_folder
from qualgraph.namespaces import QG, SHAPES
from qualgraph.rdf import IRI, DefaultGraph, Literal, Quad, parse_file
from qualgraph.validation import Finding, Severity, Shape, shape_set, validate_quads
from qualgraph.validation.run import ontology
from support import CHECKOUT

CASES = Path(__file__).parent / "cases"
EXAMPLE = "https://example.org/"
CASE = f"{EXAMPLE}case#"
UNIQUE = "CodeNamesOneComponent"
SHAPES_IN_FILES = 117
"""How many shapes shapes/register/ holds; change it together with the files."""


@cache
def statements(name: str) -> tuple[Quad, ...]:
    return tuple(parse_file(CASES / f"{name}.trig"))


def graph_of(name: str, graph: str, *, below: str = "") -> list[Quad]:
    """One graph of a case; ``below`` moves its IRIs, so that cases checked together stay apart."""

    def moved(term: Any) -> Any:
        own = isinstance(term, IRI) and term.value.startswith(EXAMPLE)
        return IRI(f"{EXAMPLE}{below}{term.value.removeprefix(EXAMPLE)}") if own else term

    quads = [quad for quad in statements(name) if quad.graph_name == IRI(CASE + graph)]
    return [Quad(moved(quad.subject), quad.predicate, moved(quad.object), quad.graph_name) for quad in quads]


def left_alone() -> list[tuple[str, str]]:
    """The further conforming graphs, each with its shape."""
    start = f"{CASE}conforming-"
    graphs = {
        (name, quad.graph_name.value)
        for name in names()
        for quad in statements(name)
        if isinstance(quad.graph_name, IRI)
    }
    return sorted((name, graph.removeprefix(CASE)) for name, graph in graphs if graph.startswith(start))


@cache
def all_findings(graph: str) -> tuple[Finding, ...]:
    """The findings of all cases in one run. Their codes are not unique, so that shape is run apart."""
    quads = [quad for name in names() for quad in graph_of(name, graph, below=f"{name}/")]
    return tuple(
        finding for finding in validate_quads(quads).findings if finding.shape.iri != SHAPES + UNIQUE
    )


@cache
def findings_of(name: str, graph: str) -> tuple[Finding, ...]:
    if name == UNIQUE:
        return validate_quads(graph_of(name, graph)).findings
    return tuple(f for f in all_findings(graph) if f.focus_iri.startswith(f"{EXAMPLE}{name}/"))


def expected(name: str, term: str) -> list[str]:
    return [
        quad.object.value
        for quad in statements(name)
        if isinstance(quad.graph_name, DefaultGraph)
        and quad.predicate.value == CASE + term
        and isinstance(quad.object, IRI | Literal)
    ]


def found_by(findings: Iterable[Finding], name: str) -> list[Finding]:
    return [finding for finding in findings if finding.shape.iri == SHAPES + name]


def names() -> list[str]:
    return sorted(shape.iri.removeprefix(SHAPES) for shape in shape_set().shapes)


def test_the_suite_sees_every_shape_that_the_files_declare():
    declared = [
        quad.subject
        for file in sorted((asset_folder("shapes") / "register").glob("*.ttl"))
        for quad in parse_file(file)
        if isinstance(quad.subject, IRI)
        and quad.object
        in (IRI("http://www.w3.org/ns/shacl#NodeShape"), IRI("http://www.w3.org/ns/shacl#PropertyShape"))
    ]
    assert len(declared) == len(set(declared)) == len(names()) == SHAPES_IN_FILES


def test_every_shape_has_a_case_and_every_case_a_shape():
    assert sorted(file.stem for file in CASES.iterdir()) == names()


@pytest.mark.parametrize("name", names())
def test_the_conforming_case_does_not_fire(name: str):
    assert graph_of(name, "conforming")
    findings = findings_of(name, "conforming")
    assert not found_by(findings, name)
    assert [finding.message for finding in findings if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize(("name", "graph"), left_alone())
def test_a_shape_leaves_alone_what_is_no_mistake(name: str, graph: str):
    assert not found_by(validate_quads(graph_of(name, graph)).findings, name)


@pytest.mark.parametrize("name", names())
def test_the_violating_case_fires_this_shape_and_no_other(name: str):
    findings = findings_of(name, "violating")
    fired = found_by(findings, name)
    others = {f.shape.iri.removeprefix(SHAPES) for f in findings if f.severity is not Severity.INFO} - {name}
    assert fired, f"{name} did not fire"
    assert others == set(expected(name, "alsoFires"))


@pytest.mark.parametrize("name", names())
def test_the_message_gives_what_was_seen_and_wanted(name: str):
    fired = found_by(findings_of(name, "violating"), name)
    says = expected(name, "says")
    assert says
    about = tuple(f"/{focus.removeprefix(EXAMPLE)}" for focus in expected(name, "focus")) or ("",)
    messages = [finding.message for finding in fired if finding.focus_iri.endswith(about)]
    assert any(all(part in message for part in says) for message in messages), messages
    assert not any("{?" in message or "{$" in message for message in messages)


@pytest.mark.parametrize("shape", shape_set().shapes, ids=names())
def test_a_shape_tells_a_stranger_what_it_wants_why_and_what_to_do(shape: Shape):
    assert shape.name != shape.iri
    assert shape.description.endswith(".")
    assert shape.hint.endswith(".")
    assert shape.source
    assert not shape.unverifiable or shape.severity is Severity.INFO


def test_a_companion_names_a_shape_that_exists():
    known = {shape.iri for shape in shape_set().shapes}
    companions = [shape for shape in shape_set().shapes if shape.companion_of]
    assert len(companions) == 6
    assert {shape.companion_of for shape in companions} <= known
    assert all(shape.unverifiable for shape in companions)


def clauses() -> list[str]:
    return sorted({clause for shape in shape_set().shapes for clause in shape.source.split("; ")})


@pytest.mark.parametrize("clause", clauses())
def test_a_source_names_a_clause_that_exists(clause: str):
    where, _, what = clause.partition(": ")
    if where == "Ontology":
        defined = {quad.subject for quad in ontology()}
        assert all(IRI(QG + term.removeprefix("qg:")) in defined for term in what.split(", "))
    elif where.startswith("docs/"):
        text = (CHECKOUT / where).read_text(encoding="utf-8")
        numbers = re.findall(r"no\. (\d+)", what)
        assert all(f"\n| {number} |" in text for number in numbers)
        assert numbers or re.search(rf"^#+ {re.escape(what)}$", text, flags=re.MULTILINE)
    else:
        assert re.match(r"ANZSCO First Edition, 2006|AQF Second Edition, January 2013", where)
