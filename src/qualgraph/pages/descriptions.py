"""What a store says of one thing, as RDF: its own statements, those about its parts, and what points at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qualgraph.rdf import IRI, Quad, Triple
from qualgraph.store import Graph, Store, Table
from qualgraph.store.sparql import iri_text

MOST_LINKS: Final = 2_000
"""How many statements that point at a thing are given with it."""

_OWN: Final = """
SELECT ?graph ?s ?p ?o WHERE {{ GRAPH ?graph {{ {{ BIND ({iri} AS ?s) {iri} ?p ?o }} UNION {{
  {iri} ?link ?s . ?s ?p ?o . FILTER (STRSTARTS(STR(?s), "{below}")) }} }} }}"""
_INTO: Final = """
SELECT ?graph ?s ?p WHERE {{ GRAPH ?graph {{ ?s ?p {iri} }} }} LIMIT {most}"""
_LABELS: Final = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX qg: <https://w3id.org/qualgraph/def#>
CONSTRUCT {{ ?o ?naming ?name }} WHERE {{
  VALUES ?naming {{ rdfs:label skos:prefLabel qg:preferredTitle }}
  {iri} ?p ?o . ?o ?naming ?name }}"""


@dataclass(frozen=True, kw_only=True)
class Description:
    """The statements about a thing, each in the graph that makes it; ``labels`` are names of what it points at."""

    quads: tuple[Quad, ...]
    labels: tuple[Triple, ...]

    def triples(self) -> Iterator[Triple]:
        """All of it without graphs."""
        yield from (quad.triple for quad in self.quads)
        yield from self.labels

    def __bool__(self) -> bool:
        """Whether anything is said of the thing."""
        return bool(self.quads)


def description(store: Store, iri: IRI) -> Description:
    """What the store says of a thing, its parts' statements included; empty where it says nothing.

    Of a thing that very many others point at (a concept), the first ``MOST_LINKS`` of them are given.
    """
    place = iri_text(iri.value)
    own = _rows(store, _OWN.format(iri=place, below=f"{iri.value}/"), None)
    into = _rows(store, _INTO.format(iri=place, most=MOST_LINKS), iri)
    quads = tuple(dict.fromkeys([*own, *into]))
    if not quads:
        return Description(quads=(), labels=())
    labels = store.query(_LABELS.format(iri=place))
    named: Iterable[Triple] = labels.triples if isinstance(labels, Graph) else ()
    return Description(quads=quads, labels=tuple(named))


def _rows(store: Store, query: str, target: IRI | None) -> list[Quad]:
    answer = store.query(query)
    if not isinstance(answer, Table):
        return []
    found = []
    for row in answer.rows:
        graph, subject, predicate = row[:3]
        value = row[3] if target is None else target
        if (
            isinstance(graph, IRI)
            and isinstance(predicate, IRI)
            and subject is not None
            and value is not None
        ):
            found.append(Quad(subject, predicate, value, graph))  # type: ignore[arg-type]
    return found
