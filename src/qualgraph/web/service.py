"""The SPARQL service described for programs. Source: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

from qualgraph.namespaces import RDFS
from qualgraph.pages.media import GRAPHS, TABLES
from qualgraph.publishing import SD
from qualgraph.rdf import IRI, RDF_TYPE, Term, Triple

FORMATS: Final = "http://www.w3.org/ns/formats/"
EXAMPLES: Final = "sparql/examples"
"""Where the examples of queries are, below the root."""
FORMAT_NAMES: Final = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
    "srj": "SPARQL_Results_JSON",
    "srx": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}


def service_description(root: str) -> list[Triple]:
    """The SPARQL service at ``root`` + ``sparql``: its language, its formats, and that all graphs are the default."""
    service, described = IRI(f"{root}sparql"), IRI(f"{root}#default-dataset")
    graph = IRI(f"{root}#default-graph")
    said: list[tuple[IRI, str, Term]] = [
        (service, "endpoint", service),
        (service, "supportedLanguage", IRI(f"{SD}SPARQL11Query")),
        (service, "feature", IRI(f"{SD}UnionDefaultGraph")),
        (service, "defaultDataset", described),
        (described, "defaultGraph", graph),
        *(
            (service, "resultFormat", IRI(f"{FORMATS}{FORMAT_NAMES[media.ending]}"))
            for media in (*TABLES, *GRAPHS)
            if media.ending not in ("trig", "nq")
        ),
    ]
    return [
        Triple(service, RDF_TYPE, IRI(f"{SD}Service")),
        Triple(described, RDF_TYPE, IRI(f"{SD}Dataset")),
        Triple(graph, RDF_TYPE, IRI(f"{SD}Graph")),
        Triple(service, IRI(f"{RDFS}seeAlso"), IRI(f"{root}{EXAMPLES}")),
        Triple(graph, IRI(f"{RDFS}seeAlso"), IRI(f"{root}.well-known/void")),
        *(Triple(subject, IRI(f"{SD}{predicate}"), value) for subject, predicate, value in said),
    ]
