"""Elements, performance criteria, prerequisites and sections of a unit of competency, and what includes it."""

from __future__ import annotations

from collections.abc import Iterable

from qualgraph.identifiers import Kind
from qualgraph.model import (
    Inclusion,
    RequiredUnit,
    SectionItem,
    UnitElement,
    UnitField,
    UnitPrerequisite,
    UnitSection,
)
from qualgraph.rdf import IRI
from qualgraph.triples.builder import Builder, qg


def describe_element(builder: Builder, record: UnitElement) -> None:
    """An element with its criteria: order and numbers always, words where text is wanted."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasElement",
        builder.part(builder.release, "element", str(record.position)),
        "Element",
        record.line,
        statedNumber=record.number,
        position=record.position,
    )
    builder.prose(iri, record.text)
    for criterion in record.criteria:
        node = builder.hang(
            iri,
            "hasPerformanceCriterion",
            builder.ids.below(iri, "criterion", str(criterion.position)),
            "PerformanceCriterion",
            criterion.line,
            statedNumber=criterion.number,
            position=criterion.position,
        )
        builder.prose(node, criterion.text)


def describe_unit_prerequisite(builder: Builder, record: UnitPrerequisite) -> None:
    """What must be held before the described unit; or that its document says there is nothing."""
    if builder.release is None or builder.component is None:
        return
    if not record.named:
        builder.add(builder.release, "statesNoPrerequisite", True)
        return
    iri = builder.hang(
        builder.release,
        "hasPrerequisite",
        builder.part(builder.release, "prerequisite"),
        "Prerequisite",
        record.line,
        concernsUnit=builder.component,
    )
    for unit in record.requires:
        builder.add(iri, "requiresUnit", builder.named(Kind.UNIT, unit.code, unit.title))
    _describe_required(builder, iri, record.requires, None)
    for row, units in enumerate(record.one_of, start=1):
        _describe_required(builder, iri, units, row)
    for unit in record.unclear:
        builder.add(iri, "namesPossibleUnit", builder.named(Kind.UNIT, unit.code, unit.title))


def _describe_required(builder: Builder, node: IRI, units: Iterable[RequiredUnit], row: int | None) -> None:
    for position, unit in enumerate(units, start=1):
        place = builder.ids.below(node, str(row or "all"), str(position))
        builder.add(node, "hasRequiredUnit", place)
        component = builder.named(Kind.UNIT, unit.code, unit.title)
        builder.mention(
            place, "RequiredUnit", component, unit.title, unit.line, position=position, choiceNumber=row
        )


def describe_unit_section(builder: Builder, record: UnitSection) -> None:
    """A section with its items: their order and depth always, words where text is wanted."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasUnitSection",
        builder.part(builder.release, "section", record.kind.value),
        "UnitSection",
        record.line,
        sectionKind=record.kind.value,
    )
    for item in record.items:
        _describe_item(builder, iri, item)


def _describe_item(builder: Builder, section: IRI, item: SectionItem) -> None:
    node = builder.hang(
        section,
        "hasSectionItem",
        builder.ids.below(section, str(item.position)),
        "SectionItem",
        item.line,
        position=item.position,
        itemDepth=item.depth,
        statedLabel=item.label,
        linkAddress=item.address,
    )
    builder.prose(node, item.text)


def describe_unit_field(builder: Builder, record: UnitField) -> None:
    """The competency field and the unit sector, as printed."""
    if builder.release is not None:
        builder.add(builder.release, "competencyField", record.competency_field)
        builder.add(builder.release, "unitSector", record.sector)


def describe_inclusion(builder: Builder, record: Inclusion) -> None:
    """A component that includes the described one, as its page lists it."""
    if builder.component is None:
        return
    iri = builder.ids.below(builder.component, builder.reader, "inclusion", record.kind, record.code)
    builder.add(builder.component, "hasInclusion", iri)
    builder.mention(
        iri,
        "Inclusion",
        builder.named(record.kind, record.code, record.title),
        record.title,
        record.line,
        statedReleases=record.releases,
        statedEssential=record.essential,
        statesUsage=qg(record.usage.value) if record.usage else None,
    )
