"""What a store holds, described for programs by VoID and DCAT, with counts of its own.

Sources: Describing Linked Datasets with VoID (W3C Interest Group Note); DCAT 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qualgraph.namespaces import DCAT, FOAF, PREFIXES, RDFS, SPDX, VCARD, VOID
from qualgraph.publishing.counts import Counts
from qualgraph.publishing.publication import NOTHING_STATED, Publication, publication_triples, stated_of
from qualgraph.rdf import IRI, RDF_TYPE, Term, Triple, integer, text

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
DESCRIBED: Final = {**PREFIXES, "foaf": FOAF, "spdx": SPDX, "vcard": VCARD, "void": VOID}
"""The prefixes of a description."""
NOT_COUNTED: Final = "The counts of this dataset are being made; ask again in some seconds."


def dataset_description(
    dataset: IRI,
    counts: Counts | None,
    stated: Publication = NOTHING_STATED,
    said: Iterable[tuple[str, Term]] = (),
) -> list[Triple]:
    """The data of a store as a dataset of VoID and DCAT in a catalogue of its own.

    It has what its publisher has ``stated`` and what else is ``said`` of it (property, value), the counts of triples,
    classes and properties, and for each document its graph with licence and attribution where they are known; where
    they are not, it says so. Without ``counts`` it says that they are being made.
    """
    catalogue = IRI(f"{dataset.value}-catalog")
    triples = [
        Triple(dataset, RDF_TYPE, IRI(f"{VOID}Dataset")),
        Triple(dataset, RDF_TYPE, IRI(f"{DCAT}Dataset")),
        *publication_triples(stated, dataset),
        Triple(catalogue, RDF_TYPE, IRI(f"{DCAT}Catalog")),
        Triple(catalogue, IRI(f"{DCAT}dataset"), dataset),
        *(Triple(catalogue, predicate, value) for _, predicate, value in stated_of(stated, dataset)),
        *(Triple(dataset, IRI(predicate), value) for predicate, value in said),
        *(Triple(dataset, IRI(f"{VOID}vocabulary"), IRI(namespace)) for namespace in PREFIXES.values()),
    ]
    if counts is None:
        return [*triples, Triple(dataset, IRI(f"{RDFS}comment"), text(NOT_COUNTED, "en"))]
    return [*triples, *_counted(counts, dataset)]


def _counted(counts: Counts, dataset: IRI) -> Iterator[Triple]:
    yield Triple(dataset, IRI(f"{VOID}triples"), integer(counts.triples))
    yield Triple(dataset, IRI(f"{VOID}classes"), integer(len(counts.classes)))
    yield Triple(dataset, IRI(f"{VOID}properties"), integer(len(counts.properties)))
    for number, (graph, count) in enumerate(counts.graphs, start=1):
        part = IRI(f"{dataset.value}-graph-{number}")
        yield Triple(dataset, IRI(f"{VOID}subset"), part)
        yield Triple(part, RDF_TYPE, IRI(f"{VOID}Dataset"))
        yield Triple(part, IRI(f"{RDFS}seeAlso"), graph)
        yield Triple(part, IRI(f"{SD}name"), graph)
        if graph in counts.rights:
            yield from counts.rights[graph].triples(part)
        yield Triple(part, IRI(f"{VOID}triples"), integer(count))
    for kind, rows, counted in (
        ("class", counts.classes, "entities"),
        ("property", counts.properties, "triples"),
    ):
        for number, (thing, count) in enumerate(rows, start=1):
            part = IRI(f"{dataset.value}-{kind}-{number}")
            yield Triple(dataset, IRI(f"{VOID}{kind}Partition"), part)
            yield Triple(part, IRI(f"{VOID}{kind}"), thing)
            yield Triple(part, IRI(f"{VOID}{counted}"), integer(count))
