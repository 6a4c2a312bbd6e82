"""The triples of a reading: the one function that the pipeline calls."""

from __future__ import annotations

from qualgraph.identifiers import Identifiers, slug
from qualgraph.model import (
    Classification,
    Component,
    EmployabilitySkill,
    EntryRequirement,
    JobRoles,
    LicensingNote,
    Mapping,
    Occupation,
    OutcomeExample,
    Packaging,
    Pathway,
    Reading,
    Record,
    Release,
    Section,
    SourceDocument,
    UnitGrid,
    UnitGroup,
    UsageStatement,
)
from qualgraph.rdf import IRI, Triple, sorted_triples
from qualgraph.triples import classification, component, document, occupation, packaging, profile
from qualgraph.triples.builder import Builder, TextPolicy


def document_iri(source: SourceDocument, ids: Identifiers) -> IRI:
    """The IRI of a document, which also names the graph of its statements."""
    return ids.document(source.reader, source.key)


def describe(reading: Reading, ids: Identifiers, policy: TextPolicy) -> list[Triple]:
    """All triples of one document in canonical order; the same reading always gives the same list."""
    builder = Builder(
        ids=ids,
        policy=policy,
        document=document_iri(reading.document, ids),
        reader=reading.document.reader,
    )
    document.describe_document(builder, reading)
    _place_release(builder, reading)
    titled_first = sorted(reading.records, key=_title_rank)
    for record in titled_first:
        _describe_record(builder, record)
    classification.describe_classifications(
        builder, [record for record in reading.records if isinstance(record, Classification)]
    )
    return sorted_triples(builder.triples)


def _title_rank(record: Record) -> int:
    """Within one document the title of a component is taken from its heading, then lists, then the grid."""
    match record:
        case Component():
            return 0
        case Packaging():
            return 1
        case UnitGrid():
            return 2
        case _:
            return 3


def _place_release(builder: Builder, reading: Reading) -> None:
    """Finds what everything else hangs on: the component and the release that the document describes."""
    source = reading.document
    if source.subject_kind is None or source.subject_code is None:
        return
    described = next((r for r in reading.records if isinstance(r, Release) and r.described), None)
    key = described.number if described and described.number else f"unstated-{slug(source.key)}"
    builder.component = builder.ids.component(source.subject_kind, source.subject_code)
    builder.release = builder.ids.release(source.subject_kind, source.subject_code, key)


def _describe_record(builder: Builder, record: Record) -> None:
    match record:
        case Component():
            component.describe_component(builder, record)
        case UsageStatement():
            component.describe_usage(builder, record)
        case Release():
            component.describe_release(builder, record)
        case Mapping():
            component.describe_mapping(builder, record)
        case UnitGrid():
            component.describe_grid(builder, record)
        case Packaging():
            packaging.describe_packaging(builder, record.rule, record.line)
        case EntryRequirement():
            profile.describe_entry(builder, record)
        case Pathway():
            profile.describe_pathway(builder, record)
        case JobRoles():
            profile.describe_roles(builder, record)
        case LicensingNote():
            profile.describe_licensing(builder, record)
        case EmployabilitySkill():
            profile.describe_skill(builder, record)
        case OutcomeExample():
            profile.describe_example(builder, record)
        case UnitGroup():
            occupation.describe_unit_group(builder, record)
        case Occupation():
            occupation.describe_occupation(builder, record)
        case Section() | Classification():
            pass  # sections belong to the document; classification rows are written together, after the rest
