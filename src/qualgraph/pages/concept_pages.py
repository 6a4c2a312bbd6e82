"""The page of a concept, such as an occupation or a field: what is said of it, and what stands under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final

from qualgraph.namespaces import QG, SCHEMA, SKOS
from qualgraph.overview.concept import RELATIONS, Around, Listing, around
from qualgraph.pages.descriptions import CUT, Description
from qualgraph.pages.pages import Pages, names_of
from qualgraph.rdf import IRI, Quad
from qualgraph.store import Store

_FACTS: Final = {
    f"{QG}skillLevel": "Skill level (1 is the highest)",
    f"{QG}aqfLevel": "AQF level (10 is the highest)",
    f"{SKOS}scopeNote": "Scope note",
}
_HEADINGS: Final = {
    "linked": "Qualifications that linked data gives for it",
    "classified": "What is classified under it",
    "typed": "Qualifications whose titles name it",
    "about": "What linked data says is about it",
    "category": "What linked data gives it as the category of",
}
_ALL: Final = """SELECT DISTINCT ?component ?code ?title WHERE {{
  {pattern} OPTIONAL {{ ?component <{qg}code> ?code }} OPTIONAL {{ ?component <{qg}preferredTitle> ?title }}
}} ORDER BY ?code ?component"""


def concept_page(pages: Pages, store: Store, iri: IRI, found: Description) -> str:
    """The page of a concept of a store; what is near it is named by its code and its label."""
    own = _about(found, {iri})
    near = {way: _near(found, own, iri, way) for way in ("inScheme", "broader", "narrower", "related")}
    told = around(store, iri.value, {each for things in near.values() for each in things})
    names = names_of(found)
    title = [_first(own, f"{SKOS}notation"), names.get(iri.value)]

    def links(way: str, more: Iterable[str] = ()) -> list[tuple[str, str, str]]:
        return _links(pages, {*near[way], *more}, told, names)

    return pages.written(
        "concept.html",
        title=" ".join(filter(None, title)) or iri.value,
        iri=iri.value,
        key=pages.key(iri.value),
        definition=_first(own, f"{SKOS}definition"),
        facts=[
            (label, value, graphs)
            for predicate, label in _FACTS.items()
            for value, graphs in _stated(own, predicate)
        ],
        editions=_editions(found, own),
        near=[
            ("In the scheme", links("inScheme")),
            ("Broader", links("broader")),
            ("Narrower", links("narrower", told.narrower)),
            ("Related", links("related")),
        ],
        listings=[(_HEADINGS[each.way], each, _all(each, iri)) for each in told.listings],
        cut=CUT if found.cut else None,
        representations=pages.representations,
    )


def _about(found: Description, subjects: Collection[Any]) -> list[Quad]:
    return [quad for quad in found.quads if quad.subject in subjects]


def _stated(quads: Iterable[Quad], predicate: str) -> list[tuple[str, list[str]]]:
    """Each value of a property once, with the graphs that state it."""
    graphs: defaultdict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == predicate and isinstance(quad.graph_name, IRI):
            graphs[getattr(quad.object, "value", str(quad.object))].add(quad.graph_name.value)
    return [(value, sorted(graphs[value])) for value in sorted(graphs)]


def _first(own: Iterable[Quad], predicate: str) -> str | None:
    """The first by the alphabet of what is said of a concept."""
    return next((value for value, _ in _stated(own, predicate)), None)


def _near(found: Description, own: Iterable[Quad], iri: IRI, way: str) -> set[str]:
    """The concepts that stand to this one in a way of SKOS, whichever of the two says so."""
    other = {"broader": "narrower", "narrower": "broader", "related": "related"}.get(way)
    out = {quad.object for quad in own if quad.predicate.value == f"{SKOS}{way}"}
    into = {q.subject for q in found.quads if q.predicate.value == f"{SKOS}{other}" and q.object == iri}
    return {each.value for each in out | into if isinstance(each, IRI)}


def _links(pages: Pages, things: set[str], told: Around, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """The code, the label and the address of each concept, by code and label."""
    found = []
    for iri in things:
        named = told.names.get(iri)
        code = named.code if named else None
        label = (named.title if named else None) or names.get(iri)
        found.append((code or "", label or ("" if code else iri.rsplit("/", 1)[-1]), pages.href(iri)))
    return sorted(found)


def _editions(
    found: Description, own: Iterable[Quad]
) -> list[tuple[str, list[tuple[str, list[str]]], list[tuple[str, list[str]]]]]:
    """What each edition calls the code, and its skill levels there: what one edition says is never another's."""
    entries = {quad.object for quad in own if quad.predicate.value == f"{QG}hasEditionEntry"}
    said: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in _about(found, entries):
        said[quad.subject].append(quad)
    return sorted(
        (edition.rpartition("/")[2], _stated(quads, f"{QG}statedLabel"), _stated(quads, f"{QG}skillLevel"))
        for quads in said.values()
        for edition, _ in _stated(quads, f"{QG}isInEdition")
    )


def _all(listing: Listing, iri: IRI) -> str | None:
    """A query that gives all of a list that is cut; None for one that is whole."""
    if listing.total <= len(listing.shown):
        return None
    pattern = f"<{iri.value}> <{SCHEMA}qualifications> ?component ."
    if listing.way in RELATIONS:
        pattern = f"?component <{RELATIONS[listing.way]}> <{iri.value}> ."
    return _ALL.format(pattern=pattern, qg=QG)
