"""The catalogue's queries as examples for an endpoint, in the vocabulary by which editors and crawlers find them.

Sources: SHACL, section 5.1 (sh:SPARQLExecutable); the SIB examples of SPARQL queries, for schema:target.
"""

from __future__ import annotations

from typing import Final

from qualgraph.catalogue import Catalogue, Query
from qualgraph.namespaces import RDFS, SCHEMA, SH
from qualgraph.rdf import IRI, RDF_TYPE, Triple, text

FORMS: Final = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "construct", "DESCRIBE": "describe"}


def sparql_examples(catalogue: Catalogue, document: str, endpoint: IRI) -> list[Triple]:
    """Every question, asked with the example values of its parameters, as ``document#name``."""
    return [triple for query in catalogue for triple in _example(query, document, endpoint)]


def _example(query: Query, document: str, endpoint: IRI) -> list[Triple]:
    example, form = IRI(f"{document}#{query.name}"), FORMS[query.form]
    return [
        Triple(example, RDF_TYPE, IRI(f"{SH}SPARQLExecutable")),
        Triple(example, RDF_TYPE, IRI(f"{SH}SPARQL{form.capitalize()}Executable")),
        Triple(example, IRI(f"{RDFS}label"), text(query.title, "en")),
        Triple(example, IRI(f"{RDFS}comment"), text(query.question, "en")),
        Triple(example, IRI(f"{SH}{form}"), text(query.sparql(query.example))),
        Triple(example, IRI(f"{SCHEMA}target"), endpoint),
        *(Triple(example, IRI(f"{SCHEMA}keywords"), text(word)) for word in (query.folder, *query.tags)),
    ]
