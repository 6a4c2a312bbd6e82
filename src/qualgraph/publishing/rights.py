"""On what terms a document may be reused: as far as that is recorded, and never guessed.

What was recorded when the document was ingested goes before what came with qualgraph, and that before what is reported
of documents of its kind. Of kinds whose documents are under different licences only the attribution is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from qualgraph.assets import asset_folder
from qualgraph.namespaces import DCTERMS, QG
from qualgraph.rdf import IRI, Literal, Triple, parse_file, text
from qualgraph.store import Store
from qualgraph.store.rows import selected

UNKNOWN_RIGHTS: Final = (
    "The licence of this document is not recorded here; ask its publisher before reusing its words."
)
CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
_PUBLISHERS: Final = "https://w3id.org/qualgraph/data/publisher/"
_DOCUMENTS: Final = f"""PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}>
SELECT DISTINCT ?document ?kind ?licence WHERE {{
  ?document a qg:SourceDocument ; qg:documentKind ?kind . OPTIONAL {{ ?document dcterms:license ?licence }} }}
ORDER BY ?document ?kind ?licence"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """``licences`` are IRIs, none where it is not recorded; ``creator`` is an IRI and ``statement`` an attribution."""

    licences: tuple[str, ...] = ()
    statement: str | None = None
    creator: str | None = None

    def triples(self, thing: IRI) -> Iterator[Triple]:
        """What is known; where it is nothing at all, that it is not."""
        yield from (Triple(thing, IRI(f"{DCTERMS}license"), IRI(each)) for each in self.licences)
        if self.creator:
            yield Triple(thing, IRI(f"{DCTERMS}creator"), IRI(self.creator))
        if self.statement:
            yield Triple(thing, IRI(f"{DCTERMS}rights"), text(self.statement, "en"))
        elif not self.licences:
            yield Triple(thing, IRI(f"{DCTERMS}rights"), text(UNKNOWN_RIGHTS, "en"))


_OF_ABS: Final = Rights(
    licences=(CC_BY,),
    statement="Australian Bureau of Statistics, CC BY 4.0, as its classifications are published.",
    creator=f"{_PUBLISHERS}abs",
)
_OF_REGISTER: Final = Rights(
    statement="From training.gov.au, Commonwealth of Australia: reported under CC BY 4.0, of older training packages "
    "under CC BY-ND 3.0 AU. Which of them this document is under is not recorded.",
    creator=f"{_PUBLISHERS}tga",
)
_COLLECTED: Final = Rights(
    statement="Content of the register of training.gov.au, Commonwealth of Australia, collected by others; the licence "
    "of this document is not recorded.",
)
_LINKED: Final = Rights(
    statement="From the Jobs and Skills Australia skills graph, published under the Unlicense, with content of the "
    "Australian Bureau of Statistics and of the register; the licence of that content is not recorded.",
)
_KINDS: Final = {
    _OF_ABS: (
        "anzsco-unit-group",
        "classification-structure",
        "classification-index",
        "classification-correspondence",
    ),
    _OF_REGISTER: (
        "register-page",
        "register-pdf",
        "component-xml",
        "packaging-export",
        "scope-export",
        "soap-details",
        "rest-answers",
        "rest-classification",
        "rest-component",
        "rest-content",
        "rest-release",
        "rest-search",
        "rest-unit-grid",
    ),
    _COLLECTED: ("unit-list", "component-list", "unit-links", "package-xml", "unit-documents"),
    _LINKED: ("jsa-skills-graph",),
}
"""What is reported of documents of each kind of reader. Of a copy on anybody's page nothing is.

Sources: the copyright pages of training.gov.au and of the Australian Bureau of Statistics, and the licence files of the
repositories, as they were in 2026.
"""
OF_KIND: Final = {kind: rights for rights, kinds in _KINDS.items() for kind in kinds}


def rights_of(document: str, kind: str | None, recorded: Iterable[str] = ()) -> Rights:
    """The rights of a document: ``recorded`` are the licences that were given for it when it was ingested.

    They say nothing of who made it, so that its creator stays; an attribution does where the licence was known.
    """
    known = _shipped().get(document) or OF_KIND.get(kind or "", Rights())
    given = tuple(recorded)
    if not given:
        return known
    statement = known.statement if known.licences else None
    return Rights(licences=given, statement=statement, creator=known.creator)


def rights_of_documents(store: Store) -> dict[IRI, Rights]:
    """The rights of every document of a store."""
    kinds: dict[str, str] = {}
    recorded: dict[str, list[str]] = {}
    for row in selected(store, _DOCUMENTS):
        kinds.setdefault(row["document"], row["kind"])
        if row["licence"]:
            recorded.setdefault(row["document"], []).append(row["licence"])
    return {
        IRI(document): rights_of(document, kind, recorded.get(document, ()))
        for document, kind in kinds.items()
    }


@cache
def _shipped() -> dict[str, Rights]:
    """What is recorded of each document that came with qualgraph, by its IRI."""
    said: dict[str, dict[str, str]] = {}
    for quad in parse_file(asset_folder("data") / "catalog.ttl"):
        if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI | Literal):
            name = quad.predicate.value.removeprefix(DCTERMS)
            said.setdefault(quad.subject.value, {})[name] = quad.object.value
    return {
        each["source"]: Rights(
            licences=(each["license"],), statement=each.get("rights"), creator=each.get("creator")
        )
        for each in said.values()
        if "source" in each and "license" in each
    }
