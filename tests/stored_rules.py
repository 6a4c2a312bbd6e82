"""Invented packaging rules as documents that state them, and stores that hold these."""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import (
    Authority,
    Classification,
    Component,
    Packaging,
    Reading,
    Release,
    Scheme,
    SourceDocument,
    Table,
)
from qualgraph.packaging import PackagingRule, parse
from qualgraph.store import Store
from qualgraph.triples import TextPolicy, describe, document_iri

IDS = Identifiers()
WOVEN = """Packaging Rules
Total number of units = 4
2 core units plus
2 elective units
The elective units consist of:
at least 1 unit from Group A
up to 1 unit from the elective units listed below, or any currently endorsed training package
Core units
ZZZABC401 Weave cloth
ZZZABC402 Dye cloth
Group A
ZZZABC403 Spin yarn
ZZZABC404 Card wool
Group B
ZZZABC405 Mend looms
"""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A document that states a packaging rule: by which reader, of which release."""

    rule: PackagingRule
    code: str
    title: str | None = None
    release: str | None = "1"
    reader: str = "register-page"
    key: str = "page"
    level: str | None = None


def stated(text: str = WOVEN, code: str = "ZZZ40120", **of: str | None) -> Stated:
    """A document with the rule that this text is read as."""
    return Stated(
        rule=parse(text, code=code, title=of.get("title"), release=of.get("release")), code=code, **of
    )


def reading(document: Stated) -> Reading:
    """The reading of such a document."""
    source = SourceDocument(
        reader=document.reader,
        reader_version="1",
        key=f"{document.code}/{document.key}",
        name="page.txt",
        sha256="0" * 64,
        byte_size=10,
        media_type="text/plain",
        line_count=99,
        authority=Authority.REGISTER,
        subject_kind=Kind.QUALIFICATION,
        subject_code=document.code,
    )
    level = Classification(
        scheme=Scheme.LEVEL_OF_EDUCATION, value=document.level, label="level", table=Table.CURRENT, line=3
    )
    return Reading(
        document=source,
        records=(
            Component(kind=Kind.QUALIFICATION, code=document.code, title=document.title, line=1),
            Release(number=document.release, issued=None, described=True, line=2),
            *([level] if document.level else []),
            Packaging(rule=document.rule, line=4),
        ),
        problems=(),
    )


def put(store: Store, *documents: Stated, policy: TextPolicy = TextPolicy.RULES) -> Store:
    """The store with the triples of these documents in it."""
    readings = map(reading, documents)
    store.replace_graphs({document_iri(each.document, IDS): describe(each, IDS, policy) for each in readings})
    return store


def document_of(document: Stated) -> str:
    """The IRI of such a document."""
    return document_iri(reading(document).document, IDS).value
