"""What a store says of one thing, as RDF: its own statements, those about its parts, and what points at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from qualgraph.namespaces import QG, RDFS, SCHEMA, SKOS
from qualgraph.rdf import IRI, BlankNode, Literal, Quad, Triple
from qualgraph.store import Store, Table
from qualgraph.store.sparql import iri_text

MOST: Final = 2_000
"""How many statements about a thing are given, how many about its parts, and how many that point at it."""
CUT: Final = (
    f"More is known than is given here: at most {MOST:,} statements about a thing, {MOST:,} about its parts and "
    f"{MOST:,} that point at it."
)
_WHOLE: Final = (
    "All of it is in the dumps, and by SPARQL: CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} "
    "WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"
)

_OWN: Final = "{{ {thing} ?p ?o }}"
_PARTS: Final = """{{
  {thing} ?link ?s . ?s ?p ?o . FILTER (STRSTARTS(STR(?s), CONCAT(STR({thing}), "/"))) }}"""
_INTO: Final = "{{ ?s ?p {thing} . BIND ({thing} AS ?o) }}"
_ABOUT: Final = f"{_OWN} UNION {_PARTS}"
_OF_ONE: Final = """
SELECT ({thing} AS ?thing) ?graph ?s ?p ?o WHERE {{ GRAPH ?graph {{ {pattern} }} }} LIMIT {limit}"""
_OF_MANY: Final = """
SELECT ?thing ?graph ?s ?p ?o WHERE {{ VALUES ?thing {{ {things} }} GRAPH ?graph {{ {pattern} }} }}"""
_COUNTED: Final = """
SELECT ?p (COUNT(*) AS ?number) WHERE {{ GRAPH ?graph {{ {thing} ?p ?o }} }} GROUP BY ?p ORDER BY ?number ?p"""
_LABELS: Final = f"""
SELECT DISTINCT ?o ?naming ?name WHERE {{{{ VALUES ?o {{{{ {{things}} }}}}
  ?o ?naming ?name FILTER (?naming IN (<{RDFS}label>, <{SKOS}prefLabel>, <{QG}preferredTitle>)) }}}}"""


@dataclass(frozen=True, kw_only=True)
class Description:
    """The statements about a thing, each in the graph that makes it; ``labels`` are names of what it points at.

    ``cut``: there are more statements than are given; then ``triples`` say so, too. ``counted``: of a thing of which
    too much is said to be given, how many of its own statements there are of each property.
    """

    iri: IRI
    quads: tuple[Quad, ...]
    labels: tuple[Triple, ...]
    cut: bool = False
    counted: Mapping[str, int] = field(default_factory=dict)

    def triples(self) -> Iterator[Triple]:
        """All of it without graphs."""
        yield from (quad.triple for quad in self.quads)
        yield from self.labels
        yield from self.notes()

    def notes(self) -> Iterator[Triple]:
        """Of a description that is cut, that it is and where the rest is."""
        if self.cut:
            document = BlankNode("cut")
            yield Triple(document, IRI(f"{SCHEMA}mainEntity"), self.iri)
            yield Triple(
                document, IRI(f"{RDFS}comment"), Literal(f"{CUT} {_WHOLE.format(iri=self.iri.value)}")
            )

    def __bool__(self) -> bool:
        """Whether anything is said of the thing."""
        return bool(self.quads)


def description(store: Store, iri: IRI) -> Description:
    """What the store says of a thing, its parts' statements included; empty where it says nothing.

    Of each kind at most ``MOST`` statements are given: of a list of all units, what it describes is cut, and what
    else is said of it is whole.
    """
    thing = iri_text(iri.value)
    about = _of_one(store, iri, _ABOUT.format(thing=thing), MOST + 1)
    into = _of_one(store, iri, _INTO.format(thing=thing), MOST + 1)
    cut = len(into) > MOST
    counted: dict[str, int] = {}
    if len(about) > MOST:
        own, counted = _own(store, iri)
        parts = _of_parts(store, iri, own)
        cut = cut or sum(counted.values()) > len(own) or len(parts) > MOST
        about = own + parts[:MOST]
    quads = tuple(dict.fromkeys(about + into[:MOST]))
    return replace(_named(store, {iri: quads}, cut=cut)[iri], counted=counted)


def descriptions(store: Store, things: Sequence[IRI]) -> dict[IRI, Description]:
    """The same for many things, asked for together."""
    places = " ".join(iri_text(iri.value) for iri in things)
    found: dict[IRI, dict[Quad, None]] = {iri: {} for iri in things}
    for pattern in (_ABOUT, _INTO):
        question = _OF_MANY.format(things=places, pattern=pattern.format(thing="?thing"))
        for thing, quad in _quads(store, question):
            found[thing][quad] = None
    told = _named(store, {iri: tuple(quads) for iri, quads in found.items() if len(quads) <= MOST})
    return {iri: told[iri] if iri in told else description(store, iri) for iri in things}


def _of_one(store: Store, iri: IRI, pattern: str, limit: int) -> list[Quad]:
    """So many of the statements about one thing; its name stands in the question, which is quicker than a value."""
    question = _OF_ONE.format(thing=iri_text(iri.value), pattern=pattern, limit=limit)
    return [quad for _, quad in _quads(store, question)]


def _own(store: Store, iri: IRI) -> tuple[list[Quad], dict[str, int]]:
    """Statements about a thing of which very much is said, and how many there are of each property.

    Those of rare properties come first, so that its name and kind are not left out for one long list.
    """
    thing = iri_text(iri.value)
    answer = store.query(_COUNTED.format(thing=thing))
    found: list[Quad] = []
    numbers: dict[str, int] = {}
    for predicate, counted in answer.rows if isinstance(answer, Table) else ():
        if isinstance(predicate, IRI):
            numbers[predicate.value] = int(getattr(counted, "value", 0))
        if isinstance(predicate, IRI) and len(found) < MOST:
            pattern = f"{_OWN.format(thing=thing)} VALUES ?p {{ {iri_text(predicate.value)} }}"
            found += _of_one(store, iri, pattern, MOST - len(found))
    return found, numbers


def _of_parts(store: Store, iri: IRI, own: Iterable[Quad]) -> list[Quad]:
    """Statements about those parts of a thing that its own statements point at, one too many if there are more."""
    parts = {each for each in _pointed_at(iri, own) if each.value.startswith(f"{iri.value}/")}
    if not parts:
        return []
    places = " ".join(sorted(iri_text(each.value) for each in parts))
    return _of_one(store, iri, f"VALUES ?s {{ {places} }} ?s ?p ?o", MOST + 1)


def _named(
    store: Store, found: Mapping[IRI, tuple[Quad, ...]], *, cut: bool = False
) -> dict[IRI, Description]:
    """Descriptions with the names of what each thing points at."""
    pointed = {iri: _pointed_at(iri, quads) for iri, quads in found.items()}
    names = _names(store, {each for some in pointed.values() for each in some})
    return {
        iri: Description(
            iri=iri,
            quads=quads,
            labels=tuple(triple for each in pointed[iri] for triple in names.get(each, ())),
            cut=cut,
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
    for thing, graph, subject, predicate, value in answer.rows if isinstance(answer, Table) else ():
        if (
            isinstance(thing, IRI)
            and isinstance(graph, IRI)
            and isinstance(predicate, IRI)
            and value is not None
        ):
            yield thing, Quad(subject or thing, predicate, value, graph)  # type: ignore[arg-type]
