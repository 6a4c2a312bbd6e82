"""A document out of a store again, and what follows without it."""

from __future__ import annotations

import difflib

from qualgraph.errors import UsageError
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.pipeline.content import StoredDocument, stored_documents
from qualgraph.pipeline.derivation import derive
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.store.base import Store


def short_name(iri: str) -> str:
    """A document's IRI without the base that all of ours share."""
    return iri.removeprefix(f"{DEFAULT_BASE}document/")


def forget(
    store: Store, document: str, ids: Identifiers | None = None, progress: Progress = no_progress
) -> StoredDocument:
    """Remove the document with this key, as ``status`` prints it, or IRI, and rebuild what is derived.

    A document that came with qualgraph comes back with the next ``build``. Raises UsageError with keys that look
    like it for a document that the store does not hold.
    """
    ids = ids or Identifiers()
    known = {short_name(each.iri.value): each for each in stored_documents(store)}
    wanted = short_name(document.strip())
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)
        raise UsageError(
            f"the store holds no document '{wanted}'.",
            where=store.location,
            hint=f"Did you mean {' or '.join(near)}?" if near else "'qualgraph status' lists the documents.",
        )
    found = known[wanted]
    ingests = ids.graph(OwnGraph.INGESTS)
    kept = [triple for triple in store.triples(ingests) if triple.subject != found.iri]
    store.replace_graphs({ingests: kept}, drop=[found.iri])
    derive(store, ids, progress)
    return found
