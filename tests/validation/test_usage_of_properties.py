"""Properties used otherwise than the ontology defines them are found; what is as defined is left alone."""

from __future__ import annotations

import pytest

from qualgraph.namespaces import SHAPES
from qualgraph.rdf import Triple, parse_data
from qualgraph.validation import Finding, Report, Severity, validate_triples
from qualgraph.validation.usage import USAGE_CHECKS

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMES = {check.iri for check in USAGE_CHECKS}
CASES = [
    ('x:r qg:hasUnitGrid "the grid" .', "ObjectIsAThing", ["qg:UnitGrid", "'the grid' (xsd:string)"]),
    ("x:g qg:rowsStated x:three .", "ValueIsALiteral", ["xsd:integer", "<https://example.org/three>"]),
    ('x:g qg:rowsStated "3" .', "ValueHasDatatype", ["xsd:integer", "'3' (xsd:string)"]),
    ('x:d qg:heading "Kopf"@de .', "ValueHasDatatype", ["xsd:string", "'Kopf' (de)"]),
    (
        "x:u a qg:UnitOfCompetency ; qg:rowsStated 3 .",
        "SubjectInDomain",
        ["qg:UnitGrid", "qg:UnitOfCompetency"],
    ),
    ('x:q dcterms:title " " .', "TextNotEmpty", ["at least 1 character", "' '"]),
    ('x:c skos:prefLabel ""@en .', "TextNotEmpty", ["skos:prefLabel"]),
]
RIGHT = [
    "x:r qg:hasUnitGrid x:g .",
    "x:r qg:hasUnitGrid [ qg:rowsStated 3 ] .",
    'x:g qg:rowsStated "3"^^xsd:int .',
    'x:u a qg:UnitOfCompetency ; qg:preferredTitle "Manage fog" .',
    "x:g a qg:UnitGrid , x:Grid ; qg:rowsStated 3 .",
    "x:g a x:Grid ; qg:rowsStated 3 .",
    "x:g qg:rowsStated 3 .",
    'x:q dcterms:title "a" . x:q x:title "" .',
]


def checked(turtle: str) -> Report:
    statements = parse_data(PREFIXES + turtle)
    return validate_triples((Triple(s.subject, s.predicate, s.object) for s in statements), name="mine.ttl")


def of_usage(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.shape.iri in NAMES]


@pytest.mark.parametrize(("data", "check", "says"), CASES)
def test_a_property_used_otherwise_than_defined_is_found(data: str, check: str, says: list[str]):
    [finding] = of_usage(checked(f"x:any a qg:Qualification . {data}"))
    assert finding.shape.iri == SHAPES + check
    assert all(part in finding.message for part in says), finding.message
    assert finding.shape.hint
    assert finding.severity is (Severity.WARNING if check == "SubjectInDomain" else Severity.VIOLATION)
    assert finding.places[0].document == "mine.ttl"


def test_every_check_has_a_case():
    assert {SHAPES + check for _, check, _ in CASES} == NAMES


@pytest.mark.parametrize("data", RIGHT)
def test_a_property_used_as_defined_is_left_alone(data: str):
    assert of_usage(checked(f"x:any a qg:Qualification . {data}")) == []


def test_what_a_shape_blames_is_not_blamed_twice():
    report = checked('x:r a qg:PackagingRule ; qg:totalCount "12" .')
    about = [finding.message for finding in report.findings if "'12'" in finding.message]
    assert len(about) == 1
    assert "'12' (xsd:string)" in about[0]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        ("x:q a qg:leadTo .", "no term is near"),
        ("x:q qg:UnitOfCompetenc x:r .", "no term is near"),
        ("x:q a qg:Qualificatio .", "the nearest is qg:Qualification;"),
        ("x:q qg:leadTo x:r .", "the nearest is qg:leadsTo;"),
    ],
)
def test_a_misspelt_term_is_told_only_terms_that_could_stand_there(data: str, advice: str):
    [finding] = [one for one in checked(data).findings if one.shape.iri == f"{SHAPES}TermDefined"]
    assert advice.rstrip(";") in finding.message
