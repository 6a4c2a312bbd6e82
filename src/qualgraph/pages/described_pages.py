"""Pages about documents and concepts, made from what is said of them alone: no further question is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DCTERMS, QG, SCHEMA, SKOS
from qualgraph.pages.descriptions import CUT, Description
from qualgraph.pages.pages import Pages, names_of
from qualgraph.publishing import rights_of
from qualgraph.rdf import IRI, RDF_TYPE, python_value

Said = dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotRead:
    """Something in a document that was not read (warning), or read by tidying (info)."""

    severity: str
    message: str
    line: int | None


FACTS: Final = {
    "fileName": "File",
    "documentKind": "Kind",
    "retrievedOn": "Retrieved",
    "lineCount": "Lines",
    "byteSize": "Bytes",
    "sha256": "SHA-256",
}

CONCEPT_FACTS: Final = {
    f"{QG}skillLevel": "Skill level (1 is the highest)",
    f"{QG}aqfLevel": "AQF level (10 is the highest)",
    f"{SKOS}scopeNote": "Scope note",
}


def described_page(pages: Pages, ids: Identifiers, iri: IRI, found: Description) -> str | None:
    """The page of a document or a concept; None for anything else."""
    said = _said(found)
    kinds = {value.value for value in said[iri.value].get(RDF_TYPE.value, ()) if isinstance(value, IRI)}
    if f"{QG}SourceDocument" in kinds:
        return _document(pages, iri, found, said)
    if f"{SKOS}Concept" in kinds:
        return _concept(pages, ids, iri, found, said)
    return None


def _said(found: Description) -> defaultdict[str, Said]:
    said: defaultdict[str, Said] = defaultdict(dict)
    for triple in dict.fromkeys(quad.triple for quad in found.quads):
        subject = getattr(triple.subject, "value", str(triple.subject))
        said[subject].setdefault(triple.predicate.value, []).append(triple.object)
    return said


def _document(pages: Pages, iri: IRI, found: Description, said: defaultdict[str, Said]) -> str:
    own = said[iri.value]
    names = names_of(found)
    told = [said[value.value] for value in own.get(f"{QG}hasProblem", ())]
    problems = [_problem(each) for each in told if not found.cut or f"{QG}problemMessage" in each]
    facts = [(label, _one(own, f"{QG}{name}")) for name, label in FACTS.items()]
    recorded = [value.value for value in own.get(f"{DCTERMS}license", ()) if isinstance(value, IRI)]
    return pages.written(
        "document.html",
        title=f"Document {_one(own, f'{QG}fileName') or names.get(iri.value, iri.value)}",
        iri=iri.value,
        key=pages.key(iri.value),
        facts=[(label, value) for label, value in facts if value is not None],
        about=_links(pages, own.get(f"{QG}describes", ()), names),
        rights=rights_of(iri.value, _one(own, f"{QG}documentKind"), sorted(recorded)),
        problems=sorted(problems, key=lambda each: (each.severity != "warning", each.line or 0)),
        untold=len(told) - len(problems),
        sections=len(own.get(f"{QG}hasSection", ())),
        cut=CUT if found.cut else None,
        representations=pages.representations,
    )


def _problem(said: Said) -> NotRead:
    line = _one(said, f"{QG}sourceLine")
    return NotRead(
        severity=str(_one(said, f"{QG}problemSeverity") or "warning"),
        message=str(_one(said, f"{QG}problemMessage") or "not stated"),
        line=int(line) if line is not None else None,
    )


def _concept(
    pages: Pages, ids: Identifiers, iri: IRI, found: Description, said: defaultdict[str, Said]
) -> str:
    own, names = said[iri.value], names_of(found)
    into: defaultdict[str, list[IRI]] = defaultdict(list)
    for quad in found.quads:
        if quad.object == iri and isinstance(quad.subject, IRI):
            into[quad.predicate.value].append(quad.subject)
    pointing = {iri for subjects in into.values() for iri in subjects}
    components = {each.value: named[1] for each in pointing if (named := ids.component_of(each.value))}
    narrower = [*own.get(f"{SKOS}narrower", ()), *into[f"{SKOS}broader"]]
    return pages.written(
        "concept.html",
        title=" ".join(str(part) for part in (_one(own, f"{SKOS}notation"), names.get(iri.value)) if part)
        or iri.value,
        iri=iri.value,
        key=pages.key(iri.value),
        definition=_one(own, f"{SKOS}definition"),
        facts=_concept_facts(found, iri),
        linked=_linked(pages, ids, found, iri),
        schemes=_links(pages, own.get(f"{SKOS}inScheme", ()), names),
        broader=_links(pages, [*own.get(f"{SKOS}broader", ()), *into[f"{SKOS}narrower"]], names),
        narrower=_links(pages, narrower, names),
        related=_links(pages, own.get(f"{SKOS}related", ()), names),
        components=sorted((code, pages.href(each)) for each, code in components.items()),
        cut=CUT if found.cut else None,
        representations=pages.representations,
    )


def _concept_facts(found: Description, iri: IRI) -> list[tuple[str, str, list[str]]]:
    """What is said of a concept itself, each value once, with the graphs that say so."""
    facts = []
    for predicate, label in CONCEPT_FACTS.items():
        graphs: defaultdict[str, set[str]] = defaultdict(set)
        for quad in found.quads:
            if quad.subject == iri and quad.predicate.value == predicate and isinstance(quad.graph_name, IRI):
                graphs[getattr(quad.object, "value", str(quad.object))].add(quad.graph_name.value)
        facts += [(label, value, sorted(graphs[value])) for value in sorted(graphs)]
    return facts


def _linked(pages: Pages, ids: Identifiers, found: Description, iri: IRI) -> list[tuple[str, str, str]]:
    """The code and the address of each qualification that linked data gives for a concept, and the graph."""
    links = {
        (named[1], pages.href(quad.object.value), quad.graph_name.value)
        for quad in found.quads
        if quad.subject == iri
        and quad.predicate.value == f"{SCHEMA}qualifications"
        and isinstance(quad.object, IRI)
        and isinstance(quad.graph_name, IRI)
        and (named := ids.component_of(quad.object.value))
    }
    return sorted(links)


def _links(pages: Pages, values: Iterable[Any], names: dict[str, str]) -> list[tuple[str, str]]:
    """The name and the address of each thing, by name."""
    things = {value.value for value in values if isinstance(value, IRI)}
    return sorted((names.get(each) or each.rsplit("/", 1)[-1], pages.href(each)) for each in things)


def _one(said: Said, predicate: str) -> Any:
    values = said.get(predicate)
    return python_value(values[0]) if values else None
