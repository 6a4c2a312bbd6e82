"""The embedded store from what qualgraph ships: ontology, vocabularies, data, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qualgraph.assets import asset_folder
from qualgraph.errors import DataError
from qualgraph.identifiers import Identifiers
from qualgraph.pipeline.content import Status, stored_documents
from qualgraph.pipeline.derivation import derive, status
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.pipeline.terms import terms, triples_of
from qualgraph.rdf import IRI, RDF_TYPE, Triple
from qualgraph.store.base import Store
from qualgraph.triples.builder import qg


def build(store: Store, ids: Identifiers | None = None, progress: Progress = no_progress) -> Status:
    """Fill a store from the ontology, the vocabularies and ``data/``, and derive what follows from them.

    Documents ingested by the user stay as they are, also where ``data/`` has a reading of the same document.
    """
    ids = ids or Identifiers()
    ingested = {document.iri for document in stored_documents(store, counted=False) if document.stored_at}
    graphs = terms(ids)
    files = sorted((asset_folder("data") / "register").glob("*.ttl"))
    for done, path in enumerate(files):
        progress(f"reading {path.name}", done, len(files))
        triples = list(triples_of([path]))
        iri = _document_of(path, triples)
        if iri not in ingested:
            graphs[iri] = triples
    store.replace_graphs(graphs)
    derive(store, ids, progress)
    return status(store, ids)


def _document_of(path: Path, triples: Iterable[Triple]) -> IRI:
    """The one document that a file of ``data/register`` states."""
    subjects = [t.subject for t in triples if t.predicate == RDF_TYPE and t.object == qg("SourceDocument")]
    if len(subjects) != 1 or not isinstance(subjects[0], IRI):
        raise DataError("does not state exactly one source document.", where=str(path))
    return subjects[0]
