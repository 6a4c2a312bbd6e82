"""The terms of the JSA shape: what each is read as, and which term a misspelt one was meant to be."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import Final

from qualgraph.namespaces import DCTERMS, QG, RDF, RDFS, SCHEMA, SKOS

TYPE: Final = f"{RDF}type"
ORGANISATION: Final = f"{SCHEMA}Organization"

LABELS: Final = {f"{SKOS}prefLabel": 0, f"{RDFS}label": 1, f"{DCTERMS}title": 2, f"{SCHEMA}name": 3}
"""Properties that give a name, the preferred one first."""

OTHER_LABELS: Final = {
    f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{SCHEMA}alternateName", f"{SCHEMA}legalName"
}  # fmt: skip
PAGES: Final = {f"{SCHEMA}url"}
TEXTS: Final = {
    f"{SKOS}definition", f"{SKOS}scopeNote", f"{SKOS}example", f"{SKOS}historyNote", f"{SKOS}note",
    f"{SKOS}editorialNote", f"{SKOS}changeNote", f"{DCTERMS}description",
}  # fmt: skip

LINKS: Final = {
    **{
        iri: iri
        for iri in (
            f"{SKOS}broader", f"{SKOS}related", f"{SKOS}exactMatch", f"{SKOS}closeMatch", f"{SKOS}broadMatch",
            f"{SKOS}narrowMatch", f"{SKOS}relatedMatch", f"{DCTERMS}isRequiredBy", f"{DCTERMS}isReferencedBy",
            f"{DCTERMS}replaces", f"{DCTERMS}isReplacedBy", f"{DCTERMS}creator", f"{DCTERMS}publisher",
            f"{SCHEMA}qualifications", f"{SCHEMA}credentialCategory", f"{SCHEMA}about",
        )
    },
    "https://rdf.sfia-online.org/9/ontology/level": f"{QG}isLocatedAt",
}  # fmt: skip
"""Properties that lead to another thing, and the property that is written for each."""

ANYWHERE: Final = {
    *(f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")),
    f"{DCTERMS}creator", f"{DCTERMS}publisher",
}  # fmt: skip
"""Of these, the ones that may lead to a thing that has no identifier here."""

NOTATION: Final = f"{SKOS}notation"
SCHEME: Final = f"{SKOS}inScheme"
"""Not read: the IRI of a concept tells its scheme."""

IMPLIED: Final = {f"{SKOS}narrower", f"{SKOS}hasTopConcept", f"{SKOS}topConceptOf"}
"""Properties that say again what another says."""

TYPES: Final = {
    f"{SKOS}Concept", f"{SKOS}ConceptScheme", f"{SKOS}Collection", ORGANISATION, f"{SCHEMA}Occupation",
    f"{SCHEMA}Course", f"{SCHEMA}EducationalOccupationalCredential", f"{SCHEMA}EducationalOccupationalProgram",
}  # fmt: skip

_PREDICATES: Final = {
    TYPE, NOTATION, SCHEME, *LABELS, *OTHER_LABELS, *PAGES, *TEXTS, *LINKS, *IMPLIED
}  # fmt: skip
_REAL: Final = {
    *(f"{SKOS}{name}" for name in (
        "OrderedCollection", "broaderTransitive", "narrowerTransitive", "semanticRelation", "mappingRelation",
        "member", "memberList")),
    *(f"{DCTERMS}{name}" for name in (
        "created", "modified", "issued", "date", "references", "requires", "hasVersion", "isVersionOf", "license",
        "contributor", "rights", "source", "subject", "identifier", "hasPart", "isPartOf")),
    *(f"{SCHEMA}{name}" for name in (
        "citation", "id", "identifier", "Person", "Thing", "sameAs", "description", "dateCreated", "dateModified")),
}  # fmt: skip
"""Terms that are not read, and no misspellings of those that are."""

_ALIKE: Final = 0.8


@cache
def meant(iri: str, *, of_types: bool) -> str | None:
    """The known type or property that the IRI is, or is a misspelling of; None for any other.

    >>> meant("http://www.w3.org/2004/02/skos/core#Concpet", of_types=True).rpartition("#")[2]
    'Concept'
    >>> meant("https://www.w3.org/2004/02/skos/core#broadr", of_types=False).rpartition("#")[2]
    'broader'
    >>> meant("http://purl.org/dc/terms/created", of_types=False)
    """
    known = TYPES if of_types else _PREDICATES
    if iri in known:
        return iri
    if iri in _REAL:
        return None
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    namespace, name = _plain(iri[:cut]), iri[cut:]
    near = {one[max(one.rfind("#"), one.rfind("/")) + 1 :]: one for one in known if _starts(one, namespace)}
    if name in near:
        return near[name]
    real = {one[len(_space(one)) :] for one in _REAL if _starts(one, namespace)}
    found = get_close_matches(name, [*near, *real], n=1, cutoff=_ALIKE)
    return near.get(found[0]) if found else None


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _plain(namespace: str) -> str:
    return namespace.split("://", 1)[-1].removeprefix("www.")


def _starts(iri: str, namespace: str) -> bool:
    return _plain(_space(iri)) == namespace
