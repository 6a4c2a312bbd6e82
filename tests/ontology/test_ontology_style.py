"""The house rules of the ontology, as shapes: the files obey them, and each shape fires when it should."""

from __future__ import annotations

import pytest

from qualgraph.assets import ontology_files
from qualgraph.rdf import IRI, Quad, parse_data, parse_file
from qualgraph.validation.pyshacl_engine import PyShaclEngine
from support import CHECKOUT

QGSH = "https://w3id.org/qualgraph/shapes#"
SHAPES = list(parse_file(CHECKOUT / "shapes" / "ontology-style.ttl"))
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <http://example.org/> .
"""
TERM = "qg:Thing a owl:Class ; rdfs:isDefinedBy <https://w3id.org/qualgraph/def> "
TOLD = 'skos:definition "A thing made up for this test."@en'
CONCEPT = "e:c a skos:Concept "
SCHEME = "e:s a skos:ConceptScheme "

# shape: (what conforms to it, what violates it)
CASES = {
    "TermNamesItsOntology": (f"{TERM}.", "qg:Thing a owl:Class ."),
    "TermHasOneLabel": (f'{TERM}; rdfs:label "thing"@en .', f'{TERM}; rdfs:label "thing" .'),
    "TermHasOneDefinition": (f"{TERM}; {TOLD} .", f'{TERM}; skos:definition "Short."@en .'),
    "TermHasSource": (f'{TERM}; dcterms:source "A standard"@en .', f"{TERM}; {TOLD} ."),
    "ClassNameIsUpperCamelCase": ("qg:UnitGroup a owl:Class .", "qg:unitGroup a owl:Class ."),
    "ObjectPropertyNameBeginsWithVerb": (
        "qg:hasUnit a owl:ObjectProperty .",
        "qg:unit a owl:ObjectProperty .",
    ),
    "DatatypePropertyNameIsLowerCamelCase": (
        "qg:unitCode a owl:DatatypeProperty .",
        "qg:unit_code a owl:DatatypeProperty .",
    ),
    "DatatypePropertyNameIsNoun": (
        "qg:isOld a owl:DatatypeProperty ; rdfs:range xsd:boolean .",
        "qg:hasCode a owl:DatatypeProperty ; rdfs:range xsd:string .",
    ),
    "AtMostOneDomain": ("e:p rdfs:domain e:A .", "e:p rdfs:domain e:A , e:B ."),
    "AtMostOneRange": ("e:p rdfs:range e:A .", "e:p rdfs:range [ a owl:Class ] ."),
    "RangeIsOwlDatatype": (
        "e:p a owl:DatatypeProperty ; rdfs:range xsd:integer .",
        "e:p a owl:DatatypeProperty ; rdfs:range xsd:date .",
    ),
    "NoCardinality": ("e:p a owl:ObjectProperty .", "e:p a owl:ObjectProperty , owl:FunctionalProperty ."),
    "ConceptHasOneLabel": (
        f'{CONCEPT}; skos:prefLabel "c"@en .',
        f'{CONCEPT}; skos:prefLabel "c"@en , "k"@en .',
    ),
    "ConceptHasScheme": (f"{CONCEPT}; skos:inScheme e:s . {SCHEME}.", f"{CONCEPT}; skos:inScheme e:s ."),
    "ConceptHasDefinition": (f"{CONCEPT}; {TOLD} .", f"{CONCEPT}."),
    "ConceptHasSource": (f'{CONCEPT}; dcterms:source "A page" .', f"{CONCEPT}."),
    "NarrowerAnswersBroader": (
        f"{CONCEPT}; skos:broader e:b . e:b skos:narrower e:c .",
        f"{CONCEPT}; skos:broader e:b .",
    ),
    "SchemeHasTitle": (f'{SCHEME}; dcterms:title "s"@en .', f"{SCHEME}."),
    "SchemeHasPublisher": (f'{SCHEME}; dcterms:publisher "p"@en .', f"{SCHEME}."),
    "SchemeHasSource": (f'{SCHEME}; dcterms:source "s" .', f"{SCHEME}."),
    "SchemeHasLicence": (f"{SCHEME}; dcterms:license e:l .", f"{SCHEME}."),
}


def fired(data: list[Quad]) -> dict[str, list[str]]:
    """The shapes that found something, each with the things it found it about."""
    found: dict[str, list[str]] = {}
    for result in PyShaclEngine().validate(data, SHAPES):
        assert isinstance(result.shape, IRI)
        found.setdefault(result.shape.value.removeprefix(QGSH), []).append(str(result.focus))
    return found


def test_the_ontology_its_vocabularies_and_alignments_keep_the_house_rules() -> None:
    data = [quad for file in ontology_files(alignments=True) for quad in parse_file(file)]
    assert fired(data) == {}


def test_every_style_shape_has_a_case_and_every_case_a_shape() -> None:
    sources = "<http://purl.org/dc/terms/source>"
    shapes = {quad.subject.value.removeprefix(QGSH) for quad in SHAPES if str(quad.predicate) == sources}
    assert set(CASES) == shapes
    assert len(CASES) == 21


@pytest.mark.parametrize("shape", sorted(CASES))
def test_a_style_shape_lets_pass_what_keeps_it_and_fires_on_what_breaks_it(shape: str) -> None:
    conforming, violating = CASES[shape]
    assert shape not in fired(list(parse_data(PREFIXES + conforming)))
    assert shape in fired(list(parse_data(PREFIXES + violating)))
