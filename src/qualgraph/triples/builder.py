"""Collects the triples of one document under its IRIs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.namespaces import DCTERMS, PROV, QG, RDFS, SKOS
from qualgraph.rdf import IRI, RDF_TYPE, Term, Triple, boolean, day, integer, text


class TextPolicy(StrEnum):
    """How much of a document's own prose goes into the graph."""

    NONE = "none"
    RULES = "rules"
    ALL = "all"


@cache
def qg(name: str) -> IRI:
    """A term of the qualgraph ontology."""
    return IRI(QG + name)


LABEL = IRI(f"{RDFS}label")
TITLE = IRI(f"{DCTERMS}title")
IS_VERSION_OF = IRI(f"{DCTERMS}isVersionOf")
ISSUED = IRI(f"{DCTERMS}issued")
WAS_REVISION_OF = IRI(f"{PROV}wasRevisionOf")
NOTATION = IRI(f"{SKOS}notation")
ALT_LABEL = IRI(f"{SKOS}altLabel")
BROADER = IRI(f"{SKOS}broader")
IN_SCHEME = IRI(f"{SKOS}inScheme")
CONCEPT = IRI(f"{SKOS}Concept")

CLASSES = {
    Kind.QUALIFICATION: "Qualification",
    Kind.UNIT: "UnitOfCompetency",
    Kind.SKILL_SET: "SkillSet",
    Kind.TRAINING_PACKAGE: "TrainingPackage",
    Kind.ACCREDITED_COURSE: "AccreditedCourse",
}

Value = Term | str | int | bool | date | None


def term(value: Term | str | int | bool | date) -> Term:
    """A Python value as an RDF term; terms stay as they are."""
    match value:
        case bool():
            return boolean(value)
        case int():
            return integer(value)
        case date():
            return day(value)
        case str():
            return text(value)
        case _:
            return value


@dataclass(kw_only=True)
class Builder:
    """The triples of one document, and what every writer needs to know about it."""

    ids: Identifiers
    policy: TextPolicy
    document: IRI
    component: IRI | None = None
    release: IRI | None = None
    listing: IRI | None = None
    """The place where the component is named, where the document describes no release of it."""
    reader: str = ""
    triples: set[Triple] = field(default_factory=set)
    parts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    titled: set[IRI] = field(default_factory=set)

    def add(self, subject: IRI, predicate: IRI | str, value: Value) -> None:
        """One statement; nothing where the value is None. A predicate without ``:`` is a qualgraph term."""
        if value is None:
            return
        named = qg(predicate) if isinstance(predicate, str) else predicate
        self.triples.add(Triple(subject, named, term(value)))

    def part(self, release: IRI, *names: str) -> IRI:
        """The IRI of something this document says of a release; a second of the same name has a number.

        The reader's name is part of it: a page and a PDF of one release may say different things, and what one says
        must never be taken for a part of what the other does.
        """
        self.parts[names] += 1
        count = self.parts[names]
        last = names[-1] if count == 1 else f"{names[-1]}-{count}"
        return self.ids.below(release, self.reader, *names[:-1], last)

    def node(self, iri: IRI, class_name: str | None, line: int | None = None, **values: Value) -> IRI:
        """A thing of a class, at a line, with statements whose predicates are qualgraph terms."""
        if class_name:
            self.add(iri, RDF_TYPE, qg(class_name))
        self.add(iri, "sourceLine", line)
        for name, value in values.items():
            self.add(iri, name, value)
        return iri

    def hang(
        self, parent: IRI, predicate: str, iri: IRI, class_name: str, line: int | None, **values: Value
    ) -> IRI:
        """A thing that hangs on ``parent`` by a qualgraph property."""
        self.add(parent, predicate, iri)
        return self.node(iri, class_name, line, **values)

    def prose(
        self, subject: IRI, value: str | None, *, rule: bool = False, predicate: str = "sourceText"
    ) -> None:
        """The document's own words, where the text policy lets them in."""
        if self.policy is TextPolicy.ALL or (rule and self.policy is TextPolicy.RULES):
            self.add(subject, predicate, value)

    def named(self, kind: Kind, code: str, title: str | None = None) -> IRI:
        """A component the document names; its first title wins within one document."""
        iri = self.ids.component(kind, code)
        self.add(iri, RDF_TYPE, qg(CLASSES[kind]))
        self.add(iri, "code", code)
        if title and iri not in self.titled:
            self.titled.add(iri)
            self.add(iri, TITLE, title)
            self.add(iri, LABEL, f"{code} {title}")
        return iri

    def mention(
        self, iri: IRI, class_name: str, component: IRI, title: str | None, line: int | None, **values: Value
    ) -> IRI:
        """A place where the document names a component, with the title exactly as printed there."""
        return self.node(iri, class_name, line, mentions=component, statedTitle=title, **values)
