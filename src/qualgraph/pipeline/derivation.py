"""The derived graph: shortcuts that follow from all documents, rebuilt whole and never mixed with what was read."""

from __future__ import annotations

import hashlib

from qualgraph.catalogue.index import discover_rules
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.pipeline.content import Status, stored_documents
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.rdf import Literal, Triple, text
from qualgraph.store.base import Graph, Store
from qualgraph.triples.builder import qg


def _fingerprint(store: Store) -> str:
    """What the derived graph depends on: every document as stored, and the rules."""
    parts = [f"{d.iri.value} {d.sha256} {d.reader_version}" for d in stored_documents(store, counted=False)]
    parts += [rule.text for rule in discover_rules()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _recorded_fingerprint(store: Store, ids: Identifiers) -> str | None:
    graph = ids.graph(OwnGraph.DERIVED)
    found = [
        t.object for t in store.triples(graph) if t.subject == graph and t.predicate == qg("fingerprint")
    ]
    return found[0].value if found and isinstance(found[0], Literal) else None


def is_current(store: Store, ids: Identifiers | None = None) -> bool:
    """Whether the derived graph was made from the documents that are stored now, by today's rules."""
    ids = ids or Identifiers()
    return _recorded_fingerprint(store, ids) == _fingerprint(store)


def derive(store: Store, ids: Identifiers | None = None, progress: Progress = no_progress) -> int:
    """Rebuild the derived graph from all documents in one transaction; returns how many triples it holds."""
    ids = ids or Identifiers()
    graph = ids.graph(OwnGraph.DERIVED)
    derived: set[Triple] = {Triple(graph, qg("fingerprint"), text(_fingerprint(store)))}
    rules = discover_rules()
    for done, rule in enumerate(rules):
        progress(f"deriving {rule.name}", done, len(rules))
        answer = store.query(rule.text)
        if isinstance(answer, Graph):
            derived.update(answer.triples)
    progress("deriving", len(rules), len(rules))
    store.replace_graphs({graph: derived})
    return len(derived) - 1


def refresh(store: Store, ids: Identifiers | None = None, progress: Progress = no_progress) -> bool:
    """Rebuild the derived graph if it is stale; says whether it was."""
    if is_current(store, ids):
        return False
    derive(store, ids, progress)
    return True


def status(store: Store, ids: Identifiers | None = None) -> Status:
    """What the store holds and whether its derived graph is up to date."""
    ids = ids or Identifiers()
    documents = tuple(stored_documents(store))
    graphs = {graph.value: store.count(graph) for graph in store.graphs()}
    return Status(
        location=store.location,
        triples=sum(graphs.values()),
        graphs=graphs,
        documents=documents,
        current=is_current(store, ids),
    )
