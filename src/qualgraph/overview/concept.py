"""What stands under a concept: the components that are classified under it or linked to it, and the concepts near it.

There may be thousands; those that are told are named, and all of them counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.namespaces import QG, SCHEMA, XKOS
from qualgraph.overview.rows import answers, ask, each_once, local
from qualgraph.store.base import Store
from qualgraph.store.rows import Row
from qualgraph.store.sparql import iri_text

MOST: Final = 200
"""How many components of one list are named."""
RELATIONS: Final = {
    "classified": f"{XKOS}classifiedUnder",
    "typed": f"{QG}namesQualificationType",
    "about": f"{SCHEMA}about",
    "category": f"{SCHEMA}credentialCategory",
}
"""How a component points at a concept; the last two stand in linked data alone."""
_POINTING: Final = """
SELECT DISTINCT ?component ?current ?document WHERE {
  { GRAPH ?document { ?component <{relation}> {concept} } }
  UNION { ?component <{relation}> {concept} ; qg:hasLatestUsage ?usage . FILTER (?usage = qg:Current)
          BIND (true AS ?current) }
}"""
_LINKED: Final = """
SELECT DISTINCT ?component ?current ?document WHERE {
  { GRAPH ?document { {concept} schema:qualifications ?component } }
  UNION { {concept} schema:qualifications ?component . ?component qg:hasLatestUsage ?usage .
          FILTER (?usage = qg:Current) BIND (true AS ?current) }
}"""
_NARROWER: Final = "SELECT DISTINCT ?thing WHERE { ?thing skos:broader {concept} }"
_QUESTIONS: Final = {
    **{name: _POINTING.replace("{relation}", iri) for name, iri in RELATIONS.items()},
    "linked": _LINKED,
}
_NAMES: Final = """
SELECT DISTINCT ?thing ?saying ?value WHERE {
  VALUES ?thing { {things} }
  ?thing ?saying ?value .
  FILTER (?saying IN (qg:code, qg:preferredTitle, qg:hasLatestUsage, skos:notation, skos:prefLabel))
} ORDER BY ?thing ?saying ?value"""
"""All that is said of each, and of that the names: a pattern for each of them takes three times as long."""
_SAYING: Final = {
    "code": "code",
    "notation": "code",
    "preferredTitle": "title",
    "prefLabel": "title",
    "hasLatestUsage": "usage",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A component or concept with its code, title and usage recommendation, each None where it has none.

    ``documents`` are the IRIs of those that link it; of what is derived from a register's documents there are none.
    """

    iri: str
    code: str | None
    title: str | None
    usage: str | None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """The components that stand under a concept in one way: the first of them, current ones first, and how many.

    ``way`` is a key of ``RELATIONS``, or linked: the concept names them as its qualifications.
    """

    way: str
    shown: tuple[Named, ...]
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What stands under a concept, the concepts below it that the store knows of, and names of others asked for."""

    listings: tuple[Listing, ...]
    narrower: tuple[str, ...]
    names: dict[str, Named]


def around(store: Store, concept: str, others: Iterable[str] = ()) -> Around:
    """What stands under the concept with this IRI; ``others`` are the IRIs of things to be named, too."""
    told = answers(store, (*_QUESTIONS.values(), _NARROWER), concept=iri_text(concept))
    ways = {way: _ordered(told[question]) for way, question in _QUESTIONS.items()}
    narrower = each_once(sorted(row["thing"] for row in told[_NARROWER]))
    wanted = {*others, *narrower, *(iri for found in ways.values() for iri in list(found)[:MOST])}
    names = _names(store, wanted)
    return Around(
        listings=tuple(
            Listing(
                way=way,
                shown=tuple(_with(names[iri], documents) for iri, documents in list(found.items())[:MOST]),
                total=len(found),
            )
            for way, found in ways.items()
            if found
        ),
        narrower=narrower,
        names=names,
    )


def _ordered(rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """The documents that state each component, current components first, then by kind and code."""
    documents: defaultdict[str, list[str]] = defaultdict(list)
    current = {row["component"] for row in rows if row["current"]}
    for row in rows:
        documents[row["component"]] += [row["document"]] if row["document"] else []
    ordered = sorted(documents, key=lambda iri: (iri not in current, iri))
    return {iri: tuple(sorted(documents[iri])) for iri in ordered}


def _with(named: Named, documents: tuple[str, ...]) -> Named:
    said = tuple(each for each in documents if "/document/" in each)
    return Named(iri=named.iri, code=named.code, title=named.title, usage=named.usage, documents=said)


def _names(store: Store, things: set[str]) -> dict[str, Named]:
    """What each thing is called; the first by the alphabet where there are several."""
    found: dict[str, dict[str, str]] = {iri: {} for iri in sorted(things)}
    places = " ".join(map(iri_text, found))
    for row in ask(store, _NAMES, things=places) if found else ():
        found[row["thing"]].setdefault(_SAYING[local(row["saying"])], str(row["value"]))
    return {
        iri: Named(
            iri=iri,
            code=said.get("code"),
            title=said.get("title"),
            usage=local(said["usage"]) if "usage" in said else None,
        )
        for iri, said in found.items()
    }
