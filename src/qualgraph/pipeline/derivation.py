"""The derived graph: shortcuts that follow from all documents, rebuilt whole and never mixed with what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Final

from qualgraph.catalogue.header import Each
from qualgraph.catalogue.index import Rule, discover_rules, everything
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.namespaces import PROV, QG
from qualgraph.pipeline.content import Status, stored_documents
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.pipeline.terms import furnish
from qualgraph.rdf import Term, Triple, text
from qualgraph.store.base import Graph, Row, Store, Table
from qualgraph.store.rows import selected
from qualgraph.triples.builder import qg

_DOCUMENTS: Final = f"""PREFIX qg: <{QG}> PREFIX prov: <{PROV}>
SELECT DISTINCT ?document ?sha ?version WHERE {{
  ?document a qg:SourceDocument ; qg:sha256 ?sha ; prov:wasGeneratedBy ?reading .
  ?reading qg:readerVersion ?version .
}}"""
FEW: Final = 10
"""A rule of which each part has no more portions than so many is asked at once: that takes half the time."""
_RECORDED: Final = f"SELECT ?made WHERE {{{{ GRAPH {{graph}} {{{{ {{graph}} <{QG}fingerprint> ?made }}}} }}}}"


def _fingerprint(store: Store) -> str:
    """What the derived graph depends on: every document as stored, and the rules."""
    parts = sorted(f"{row['document']} {row['sha']} {row['version']}" for row in selected(store, _DOCUMENTS))
    parts += [rule.text for rule in discover_rules()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _recorded_fingerprint(store: Store, ids: Identifiers) -> str | None:
    found = selected(store, _RECORDED.format(graph=ids.graph(OwnGraph.DERIVED)))
    return found[0]["made"] if found else None


def is_current(store: Store, ids: Identifiers | None = None) -> bool:
    """Whether the derived graph was made from the documents that are stored now, by today's rules."""
    ids = ids or Identifiers()
    return _recorded_fingerprint(store, ids) == _fingerprint(store)


def derive(store: Store, ids: Identifiers | None = None, progress: Progress = no_progress) -> int:
    """Rebuild the derived graph from all documents in one transaction; returns how many triples it holds.

    Rules are answered from what is stored while their triples are written, and in a large store each of some things at
    a time, so that neither what they look up nor what they derive is kept in memory.
    """
    ids = ids or Identifiers()
    graph = ids.graph(OwnGraph.DERIVED)
    made = Triple(graph, qg("fingerprint"), text(_fingerprint(store)))
    store.replace_graphs({graph: chain([made], _derived(store, progress))})
    return store.count(graph) - 1


def _derived(store: Store, progress: Progress) -> Iterator[Triple]:
    rules = discover_rules()
    for done, rule in enumerate(rules):
        progress(f"deriving {rule.name}", done, len(rules))
        for asked in portions(store, rule):
            answer = store.query(asked)
            if isinstance(answer, Graph):
                yield from answer.triples
    progress("deriving", len(rules), len(rules))


def portions(store: Store, rule: Rule, *, few: int = FEW) -> Iterator[str]:
    """The rule, once for each portion of what it is to be asked of; at once where there are but ``few``."""
    if all(_are_few(store, each, few) for each in rule.each):
        yield rule.text
        return
    for each in rule.each:
        things = _things(store, each)
        while portion := tuple(islice(things, each.at_once)):
            yield rule.asked_of(each.variable, dict.fromkeys(portion))


def _are_few(store: Store, each: Each, few: int) -> bool:
    most = few * each.at_once
    return sum(1 for _ in islice(_rows(store, each), most + 1)) <= most


def _things(store: Store, each: Each) -> Iterator[Term]:
    """What a rule is to be asked of. A store mostly finds a thing's rows one after the other; they count once.

    Where it does not, the thing is asked of again, which derives nothing else.
    """
    return (thing for thing, _ in groupby(map(itemgetter(0), _rows(store, each))) if thing is not None)


def _rows(store: Store, each: Each) -> Iterator[Row]:
    found = store.query(everything(each))
    return iter(found.rows if isinstance(found, Table) else ())


def refresh(store: Store, ids: Identifiers | None = None, progress: Progress = no_progress) -> bool:
    """Rebuild the derived graph if it is stale; says whether it was.

    A store that has no vocabularies gets them, as only they tell what the levels and fields are that documents name.
    """
    if not furnish(store, ids) and is_current(store, ids):
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
