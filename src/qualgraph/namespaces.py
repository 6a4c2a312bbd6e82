"""The namespaces qualgraph uses, under the prefixes it always gives them."""

from __future__ import annotations

from typing import Final

QG: Final = "https://w3id.org/qualgraph/def#"
ONTOLOGY: Final = "https://w3id.org/qualgraph/def"
DEFAULT_BASE: Final = "https://w3id.org/qualgraph/id/"
SHAPES: Final = "https://w3id.org/qualgraph/shapes#"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XKOS: Final = "http://rdf-vocabulary.ddialliance.org/xkos#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
PROV: Final = "http://www.w3.org/ns/prov#"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SPDX: Final = "http://spdx.org/rdf/terms#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"

PREFIXES: Final[dict[str, str]] = {
    "qg": QG,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "owl": OWL,
    "prov": PROV,
    "qgid": DEFAULT_BASE,
    "qgsh": SHAPES,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xkos": XKOS,
    "xsd": XSD,
}


def prefixed(iri: str) -> str:
    """An IRI with one of the known prefixes, where one fits; any other text as it is.

    >>> prefixed("https://w3id.org/qualgraph/def#Slot"), prefixed("BSB40307")
    ('qg:Slot', 'BSB40307')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
