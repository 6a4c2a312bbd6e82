"""The ontology and the vocabularies that qualgraph ships, as graphs of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qualgraph.assets import ontology_files
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.rdf import IRI, Triple, parse_file
from qualgraph.store.base import Store


def furnish(store: Store, ids: Identifiers | None = None) -> bool:
    """Put the ontology and the vocabularies into a store that has none; says whether it had none.

    Documents name concepts (levels, fields, policies) of which only the vocabularies tell what they are.
    """
    ids = ids or Identifiers()
    if store.count(ids.graph(OwnGraph.VOCABULARY)):
        return False
    store.replace_graphs(terms(ids))
    return True


def terms(ids: Identifiers) -> dict[IRI, Iterable[Triple]]:
    """The ontology and the vocabularies, each with the name of its graph."""
    defined = ontology_files(vocabularies=False)
    return {
        ids.graph(OwnGraph.ONTOLOGY): triples_of(defined),
        ids.graph(OwnGraph.VOCABULARY): triples_of(path for path in ontology_files() if path not in defined),
    }


def triples_of(paths: Iterable[Path]) -> Iterator[Triple]:
    """All triples of RDF files, as they are read."""
    for path in paths:
        for quad in parse_file(path):
            yield quad.triple
