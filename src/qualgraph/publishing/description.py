"""What a store holds, described for programs by VoID and DCAT, with counts of its own.

Sources: Describing Linked Datasets with VoID (W3C Interest Group Note); DCAT 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from qualgraph.assets import asset_folder
from qualgraph.namespaces import DCAT, DCTERMS, PREFIXES, RDFS
from qualgraph.rdf import IRI, RDF_TYPE, Literal, Term, Triple, integer, parse_file, text
from qualgraph.store import Store, Table

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
_RIGHTS: Final = ("license", "rights", "creator")
UNKNOWN_RIGHTS: Final = (
    "The licence of this document is not recorded here; ask its publisher before reusing its words."
)


def dataset_description(store: Store, dataset: IRI, said: Iterable[tuple[str, Term]] = ()) -> list[Triple]:
    """The data of a store as a dataset of VoID and DCAT, with what else is ``said`` of it (property, value).

    It has the counts of triples, classes and properties, and for each document its graph with licence and
    attribution where they are known; where they are not, it says so.
    """
    triples = [
        Triple(dataset, RDF_TYPE, IRI(f"{VOID}Dataset")),
        Triple(dataset, RDF_TYPE, IRI(f"{DCAT}Dataset")),
        Triple(dataset, IRI(f"{DCTERMS}title"), text("Vocational qualifications as linked data", "en")),
        *(Triple(dataset, IRI(predicate), value) for predicate, value in said),
        *(Triple(dataset, IRI(f"{VOID}vocabulary"), IRI(namespace)) for namespace in PREFIXES.values()),
    ]
    return [*triples, *_counts(store, dataset)]


@cache
def _known_rights() -> dict[str, tuple[tuple[str, Term], ...]]:
    """Licence, rights statement and creator of each document that came with qualgraph, by the document's IRI."""
    quads = list(parse_file(asset_folder("data") / "catalog.ttl"))
    documents = {q.subject: q.object.value for q in quads if q.predicate.value == f"{DCTERMS}source"}  # type: ignore[union-attr]
    found: dict[str, list[tuple[str, Term]]] = {}
    for quad in quads:
        name = quad.predicate.value.removeprefix(DCTERMS)
        if quad.subject in documents and name in _RIGHTS and isinstance(quad.object, IRI | Literal):
            found.setdefault(documents[quad.subject], []).append((quad.predicate.value, quad.object))
    return {document: tuple(values) for document, values in found.items()}


def _rights(graph: IRI) -> tuple[tuple[str, Term], ...]:
    if "/document/" not in graph.value:
        return ()
    return _known_rights().get(graph.value, ((f"{DCTERMS}rights", text(UNKNOWN_RIGHTS, "en")),))


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
                for predicate, value in _rights(thing):
                    yield Triple(part, IRI(predicate), value)
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
