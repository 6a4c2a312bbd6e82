"""The ontology as a page: every term with what it means, where it applies and where it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from qualgraph.assets import ontology_files
from qualgraph.namespaces import DCTERMS, ONTOLOGY, OWL, QG, RDFS, SKOS, prefixed
from qualgraph.pages.media import GRAPHS
from qualgraph.pages.pages import Pages, Value
from qualgraph.rdf import IRI, RDF_TYPE, Term, Triple, parse_file, python_value

_KINDS: Final = {
    "Classes": ("Class",),
    "Relations": ("ObjectProperty",),
    "Values": ("DatatypeProperty",),
    "Notes": ("AnnotationProperty",),
}
_LINES: Final = (
    ("Is a kind of", f"{RDFS}subClassOf"),
    ("Is a case of", f"{RDFS}subPropertyOf"),
    ("Inverse of", f"{OWL}inverseOf"),
    ("Of", f"{RDFS}domain"),
    ("Leads to", f"{RDFS}range"),
    ("Source", f"{DCTERMS}source"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TermEntry:
    """A term as its page shows it; ``name`` is what follows the # in its IRI."""

    name: str
    label: str
    definition: str
    lines: tuple[tuple[str, tuple[Value, ...]], ...]


@cache
def shipped_ontology() -> tuple[Triple, ...]:
    """The statements of the ontology that comes with qualgraph, without its vocabularies."""
    return tuple(quad.triple for path in ontology_files(vocabularies=False) for quad in parse_file(path))


def ontology_page(pages: Pages, triples: Iterable[Triple] | None = None) -> str:
    """The documentation of the ontology: an anchor for each term, so that its IRI leads to it."""
    said: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in shipped_ontology() if triples is None else triples:
        if isinstance(subject, IRI) and not isinstance(value, Triple):
            said[subject.value][predicate.value].append(value)
    sections = [(heading, _entries(pages, said, kinds)) for heading, kinds in _KINDS.items()]
    own = said[ONTOLOGY]
    return pages.written(
        "ontology.html",
        title=_first(own, f"{RDFS}label", f"{DCTERMS}title") or "Ontology of vocational qualifications",
        description=_first(own, f"{DCTERMS}description", f"{RDFS}comment", f"{SKOS}definition"),
        version=_first(own, f"{OWL}versionInfo"),
        iri=ONTOLOGY,
        sections=[(heading, entries) for heading, entries in sections if entries],
        representations=GRAPHS,
    )


def _entries(
    pages: Pages, said: dict[str, defaultdict[str, list[Term]]], kinds: tuple[str, ...]
) -> list[TermEntry]:
    declared = {IRI(f"{OWL}{kind}") for kind in kinds}
    names = (iri for iri in said if iri.startswith(QG) and declared & {*said[iri][RDF_TYPE.value]})
    found = [_entry(pages, iri.removeprefix(QG), said[iri]) for iri in sorted(names)]
    return sorted(found, key=lambda entry: entry.name.lower())


def _entry(pages: Pages, name: str, own: defaultdict[str, list[Term]]) -> TermEntry:
    return TermEntry(
        name=name,
        label=_first(own, f"{RDFS}label", f"{SKOS}prefLabel") or name,
        definition=_first(own, f"{SKOS}definition", f"{RDFS}comment"),
        lines=tuple(
            (label, tuple(_value(pages, value) for value in sorted(own[predicate], key=str)))
            for label, predicate in _LINES
            if own[predicate]
        ),
    )


def _value(pages: Pages, value: Term) -> Value:
    if isinstance(value, IRI):
        return Value(text=prefixed(value.value), href=pages.href(value.value))
    return Value(text=str(python_value(value)))


def _first(own: defaultdict[str, list[Term]], *predicates: str) -> str:
    found = (
        str(python_value(value)) for predicate in predicates for value in sorted(own[predicate], key=str)
    )
    return next(found, "")
