"""The triples of a document, or of a dataset while it is read: what the pipeline calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qualgraph.identifiers import Identifiers, Kind, slug
from qualgraph.model import (
    Classification,
    Component,
    EmployabilitySkill,
    Entry,
    EntryRequirement,
    Inclusion,
    JobRoles,
    LicensingNote,
    LinkedThing,
    Mapping,
    Occupation,
    Organisation,
    OutcomeExample,
    Packaging,
    Parent,
    Pathway,
    Reading,
    Record,
    Release,
    Section,
    SourceDocument,
    UnitElement,
    UnitField,
    UnitGrid,
    UnitGroup,
    UnitPrerequisite,
    UnitSection,
    UsageStatement,
)
from qualgraph.rdf import IRI, Triple, sorted_triples
from qualgraph.sources.dataset import Dataset, Item
from qualgraph.triples import (
    classification,
    component,
    concepts,
    document,
    linked,
    occupation,
    packaging,
    profile,
    unit,
)
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


def describe_dataset(dataset: Dataset, ids: Identifiers, policy: TextPolicy) -> Iterator[Triple]:
    """The triples of a dataset as it is read: the file, each item, and last what of it was not read.

    They come in the order of the rows, some of them more than once. Raises DocumentError where the dataset does.
    """
    source = dataset.document
    iri = document_iri(source, ids)

    def builder() -> Builder:
        return Builder(ids=ids, policy=policy, document=iri, reader=source.reader)

    opening = builder()
    document.describe_file(opening, source)
    yield from opening.triples
    for item in dataset:
        made = builder()
        _describe_item(made, item, source.key)
        yield from made.triples
    ending = builder()
    document.describe_problems(ending, dataset.problems)
    yield from ending.triples


def _describe_item(builder: Builder, item: Item, key: str) -> None:
    match item:
        case Entry():
            _describe_dataset_entry(builder, item, key)
        case LinkedThing():
            linked.describe_linked_thing(builder, item)
        case Organisation():
            linked.describe_organisation(builder, item)
        case _:
            concepts.describe_classification_item(builder, item)


def _describe_dataset_entry(builder: Builder, item: Entry, key: str) -> None:
    _place(builder, item.kind, item.code, item.records, key)
    for record in sorted(item.records, key=_title_rank):
        _describe_record(builder, record)
    if item.described and builder.component:
        builder.add(builder.document, "describes", builder.component)
    classification.describe_classifications(
        builder, [record for record in item.records if isinstance(record, Classification)]
    )


def _place_release(builder: Builder, reading: Reading) -> None:
    source = reading.document
    if source.subject_kind is not None and source.subject_code is not None:
        _place(builder, source.subject_kind, source.subject_code, reading.records, source.key)


def _place(builder: Builder, kind: Kind, code: str, records: Iterable[Record], key: str) -> None:
    """Finds what everything else hangs on: the component, and the release that is described or the row it stands in."""
    described = next((r for r in records if isinstance(r, Release) and r.described), None)
    number = described.number if described and described.number else f"unstated-{slug(key)}"
    builder.component = builder.ids.component(kind, code)
    builder.release = builder.ids.release(kind, code, number)
    if described is None:
        builder.listing = builder.ids.below(builder.component, "listing", builder.reader, slug(key))


def _describe_record(builder: Builder, record: Record) -> None:
    match record:
        case Component():
            component.describe_component(builder, record)
        case UsageStatement():
            component.describe_usage(builder, record)
        case Parent():
            component.describe_parent(builder, record)
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
        case UnitElement():
            unit.describe_element(builder, record)
        case UnitPrerequisite():
            unit.describe_unit_prerequisite(builder, record)
        case UnitSection():
            unit.describe_unit_section(builder, record)
        case UnitField():
            unit.describe_unit_field(builder, record)
        case Inclusion():
            unit.describe_inclusion(builder, record)
        case UnitGroup():
            occupation.describe_unit_group(builder, record)
        case Occupation():
            occupation.describe_occupation(builder, record)
        case Section() | Classification():
            pass  # sections belong to the document; classification rows are written together, after the rest
