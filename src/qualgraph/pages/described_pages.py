"""Pages about documents, made from what is said of them alone; the page of a concept is in ``concept_pages``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DCTERMS, QG, SKOS
from qualgraph.pages.concept_pages import concept_page
from qualgraph.pages.descriptions import CUT, Description
from qualgraph.pages.pages import Pages, names_of
from qualgraph.publishing import rights_of
from qualgraph.rdf import IRI, RDF_TYPE, python_value
from qualgraph.store import Store

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


def described_page(pages: Pages, ids: Identifiers, store: Store, iri: IRI, found: Description) -> str | None:
    """The page of a document or a concept of a store; None for anything else."""
    said = _said(found)
    kinds = {value.value for value in said[iri.value].get(RDF_TYPE.value, ()) if isinstance(value, IRI)}
    if f"{QG}SourceDocument" in kinds:
        return _document(pages, ids, iri, found, said)
    if f"{SKOS}Concept" in kinds:
        return concept_page(pages, store, iri, found)
    return None


def _said(found: Description) -> defaultdict[str, Said]:
    said: defaultdict[str, Said] = defaultdict(dict)
    for triple in dict.fromkeys(quad.triple for quad in found.quads):
        subject = getattr(triple.subject, "value", str(triple.subject))
        said[subject].setdefault(triple.predicate.value, []).append(triple.object)
    return said


def _document(
    pages: Pages, ids: Identifiers, iri: IRI, found: Description, said: defaultdict[str, Said]
) -> str:
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
        about=_described(pages, ids, own.get(f"{QG}describes", ()), names),
        described=found.counted.get(f"{QG}describes", 0),
        rights=rights_of(iri.value, _one(own, f"{QG}documentKind"), sorted(recorded)),
        problems=sorted(problems, key=lambda each: (each.severity != "warning", each.line or 0)),
        untold=len(told) - len(problems),
        sections=found.counted.get(f"{QG}hasSection") or len(own.get(f"{QG}hasSection", ())),
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


def _described(
    pages: Pages, ids: Identifiers, values: Iterable[Any], names: dict[str, str]
) -> list[tuple[str, str, str]]:
    """The code, the title and the address of each component that a document describes, by code."""
    found = []
    for iri in {value.value for value in values if isinstance(value, IRI)}:
        _, code = ids.component_of(iri) or (None, "")
        name = names.get(iri) or ("" if code else iri.rsplit("/", 1)[-1])
        found.append((code, name.removeprefix(f"{code} ") if code else name, pages.href(iri)))
    return sorted(found)


def _one(said: Said, predicate: str) -> Any:
    values = said.get(predicate)
    return python_value(values[0]) if values else None
