"""What a store says of one thing, as RDF: its own statements, those about its parts, and what points at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.namespaces import QG, RDFS, SKOS
from qualgraph.rdf import IRI, Quad, Triple
from qualgraph.store import Store, Table
from qualgraph.store.sparql import iri_text

MOST_LINKS: Final = 2_000
"""How many statements that point at a thing are given with it."""

_OWN: Final = """
SELECT ?thing ?graph ?s ?p ?o WHERE {{ VALUES ?thing {{ {things} }} GRAPH ?graph {{
  {{ ?thing ?p ?o }} UNION {{
  ?thing ?link ?s . ?s ?p ?o . FILTER (STRSTARTS(STR(?s), CONCAT(STR(?thing), "/"))) }} }} }}"""
_INTO: Final = """
SELECT ?thing ?graph ?s ?p WHERE {{ VALUES ?thing {{ {things} }} GRAPH ?graph {{ ?s ?p ?thing }} }}{limit}"""
_LABELS: Final = f"""
SELECT DISTINCT ?o ?naming ?name WHERE {{{{ VALUES ?o {{{{ {{things}} }}}}
  ?o ?naming ?name FILTER (?naming IN (<{RDFS}label>, <{SKOS}prefLabel>, <{QG}preferredTitle>)) }}}}"""


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
    return descriptions(store, [iri], most=MOST_LINKS)[iri]


def descriptions(store: Store, things: Sequence[IRI], *, most: int | None = None) -> dict[IRI, Description]:
    """The same for many things, asked for together; ``most`` are the links into all of them that are given."""
    places = " ".join(iri_text(iri.value) for iri in things)
    found: dict[IRI, dict[Quad, None]] = {iri: {} for iri in things}
    limit = f" LIMIT {most}" if most is not None else ""
    for question in (_OWN.format(things=places), _INTO.format(things=places, limit=limit)):
        for thing, quad in _quads(store, question):
            found[thing][quad] = None
    pointed = {iri: _pointed_at(iri, quads) for iri, quads in found.items()}
    names = _names(store, {each for some in pointed.values() for each in some})
    return {
        iri: Description(
            quads=tuple(quads),
            labels=tuple(triple for each in pointed[iri] for triple in names.get(each, ())),
        )
        for iri, quads in found.items()
    }


def _pointed_at(iri: IRI, quads: Iterable[Quad]) -> list[IRI]:
    """What a thing itself points at, each once."""
    found = (quad.object for quad in quads if quad.subject == iri)
    return sorted({each for each in found if isinstance(each, IRI)}, key=str)


def _names(store: Store, things: Iterable[IRI]) -> dict[IRI, list[Triple]]:
    places = " ".join(sorted(iri_text(each.value) for each in things))
    found: dict[IRI, list[Triple]] = {}
    if places:
        answer = store.query(_LABELS.format(things=places))
        for thing, naming, name in answer.rows if isinstance(answer, Table) else ():
            if isinstance(thing, IRI) and isinstance(naming, IRI) and name is not None:
                found.setdefault(thing, []).append(Triple(thing, naming, name))
    return found


def _quads(store: Store, question: str) -> Iterator[tuple[IRI, Quad]]:
    """The statements that a question finds of each thing; without a subject of their own they are the thing's."""
    answer = store.query(question)
    for row in answer.rows if isinstance(answer, Table) else ():
        thing, graph, subject, predicate = row[:4]
        value = row[4] if len(row) > 4 else thing
        if (
            isinstance(thing, IRI)
            and isinstance(graph, IRI)
            and isinstance(predicate, IRI)
            and value is not None
        ):
            yield thing, Quad(subject or thing, predicate, value, graph)  # type: ignore[arg-type]
