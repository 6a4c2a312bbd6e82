"""What a server holds, described for programs: VoID and DCAT with counts of its own, and the SPARQL service.

Sources: Describing Linked Datasets with VoID (W3C Interest Group Note); DCAT 3; SPARQL 1.1 Service Description.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualgraph.namespaces import DCAT, DCTERMS, PREFIXES, RDFS
from qualgraph.rdf import IRI, RDF_TYPE, Literal, Term, Triple, integer, text
from qualgraph.store import Store, Table
from qualgraph.web.media import GRAPHS, TABLES

VOID: Final = "http://rdfs.org/ns/void#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
_BY_GRAPH: Final = (
    "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
)
_BY_CLASS: Final = (
    "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
)
_BY_PROPERTY: Final = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
_FORMAT_NAMES: Final = {
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


def dataset_description(store: Store, root: str) -> list[Triple]:
    """The data as a dataset of VoID and DCAT; ``root`` is the server's address with a slash at its end."""
    dataset = IRI(f"{root}#dataset")
    triples = [
        Triple(dataset, RDF_TYPE, IRI(f"{VOID}Dataset")),
        Triple(dataset, RDF_TYPE, IRI(f"{DCAT}Dataset")),
        Triple(dataset, IRI(f"{DCTERMS}title"), text("Vocational qualifications as linked data", "en")),
        Triple(dataset, IRI(f"{VOID}sparqlEndpoint"), IRI(f"{root}sparql")),
        Triple(dataset, IRI(f"{VOID}openSearchDescription"), IRI(f"{root}search")),
        Triple(dataset, IRI(f"{VOID}uriLookupEndpoint"), IRI(f"{root}search?q=")),
    ]
    said: list[tuple[str, str]] = [("vocabulary", namespace) for namespace in PREFIXES.values()]
    said += [("feature", f"{FORMATS}{_FORMAT_NAMES[media.ending]}") for media in GRAPHS]
    triples += [Triple(dataset, IRI(f"{VOID}{predicate}"), IRI(value)) for predicate, value in said]
    return [*triples, *_counts(store, dataset)]


def _counts(store: Store, dataset: IRI) -> Iterator[Triple]:
    graphs = _rows(store, _BY_GRAPH)
    classes, properties = _rows(store, _BY_CLASS), _rows(store, _BY_PROPERTY)
    yield Triple(dataset, IRI(f"{VOID}triples"), _sum(properties))
    yield Triple(dataset, IRI(f"{VOID}classes"), integer(len(classes)))
    yield Triple(dataset, IRI(f"{VOID}properties"), integer(len(properties)))
    parts = (
        ("graph", graphs, "triples"),
        ("class", classes, "entities"),
        ("property", properties, "triples"),
    )
    for kind, rows, counted in parts:
        for number, (thing, count) in enumerate(rows, start=1):
            part = IRI(f"{dataset.value}-{kind}-{number}")
            if kind == "graph":
                yield Triple(dataset, IRI(f"{VOID}subset"), part)
                yield Triple(part, RDF_TYPE, IRI(f"{VOID}Dataset"))
                yield Triple(part, IRI(f"{RDFS}seeAlso"), thing)
                yield Triple(part, IRI(f"{SD}name"), thing)
            else:
                yield Triple(dataset, IRI(f"{VOID}{kind}Partition"), part)
                yield Triple(part, IRI(f"{VOID}{kind}"), thing)
            yield Triple(part, IRI(f"{VOID}{counted}"), count)


def _rows(store: Store, query: str) -> list[tuple[IRI, Literal]]:
    answer = store.query(query)
    if not isinstance(answer, Table):
        return []
    return [
        (thing, count)
        for thing, count in answer.rows
        if isinstance(thing, IRI) and isinstance(count, Literal)
    ]


def _sum(rows: list[tuple[IRI, Literal]]) -> Literal:
    return integer(sum(int(count.value) for _, count in rows))


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
            (service, "resultFormat", IRI(f"{FORMATS}{_FORMAT_NAMES[media.ending]}"))
            for media in (*TABLES, *GRAPHS)
            if media.ending not in ("trig", "nq")
        ),
    ]
    return [
        Triple(service, RDF_TYPE, IRI(f"{SD}Service")),
        Triple(described, RDF_TYPE, IRI(f"{SD}Dataset")),
        Triple(graph, RDF_TYPE, IRI(f"{SD}Graph")),
        Triple(graph, IRI(f"{RDFS}seeAlso"), IRI(f"{root}.well-known/void")),
        *(Triple(subject, IRI(f"{SD}{predicate}"), value) for subject, predicate, value in said),
    ]
