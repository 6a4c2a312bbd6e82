"""Entry, pathways, job roles, licensing, employability skills and examples of outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from qualgraph.identifiers import Kind, slug
from qualgraph.model import (
    EmployabilitySkill,
    EntryRequirement,
    ExperienceAlternative,
    JobRole,
    JobRoles,
    LicensingNote,
    OutcomeExample,
    Pathway,
    PathwayAlternative,
    PathwayDirection,
    QualificationAlternative,
)
from qualgraph.rdf import IRI
from qualgraph.triples.builder import LABEL, Builder
from qualgraph.triples.component import describe_type_named

PATHWAY_CLASSES = {PathwayDirection.INTO: "PathwayInto", PathwayDirection.FROM: "PathwayFrom"}


def describe_entry(builder: Builder, record: EntryRequirement) -> None:
    """An entry requirement, or the statement that there is none."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasEntryRequirement",
        builder.part(builder.release, "entry-requirement", str(record.line)),
        "EntryRequirement",
        record.line,
        noneRequired=record.none_required,
    )
    builder.prose(iri, record.text)


def describe_pathway(builder: Builder, record: Pathway) -> None:
    """A pathway into or from the qualification, with its alternatives."""
    if builder.release is None:
        return
    iri = builder.part(builder.release, "pathway", record.direction)
    builder.hang(builder.release, "hasPathway", iri, PATHWAY_CLASSES[record.direction], record.line)
    for position, alternative in enumerate(record.alternatives, start=1):
        _describe_alternative(builder, iri, position, alternative)


def _describe_alternative(builder: Builder, pathway: IRI, position: int, record: PathwayAlternative) -> None:
    iri = builder.ids.below(pathway, "alternative", str(position))
    builder.add(pathway, "hasAlternative", iri)
    builder.add(iri, "position", position)
    builder.prose(iri, record.text)
    match record:
        case QualificationAlternative():
            qualification = builder.named(Kind.QUALIFICATION, record.code, record.title)
            describe_type_named(builder, qualification, record.title)
            builder.mention(iri, "QualificationAlternative", qualification, record.title, record.line)
            builder.add(iri, "openEnded", record.open_ended)
        case ExperienceAlternative():
            builder.node(iri, "ExperienceAlternative", record.line)
            _describe_role_list(builder, iri, builder.ids.below(iri, "job-role"), record.roles)
        case _:
            builder.node(iri, "OtherAlternative", record.line)


def describe_roles(builder: Builder, record: JobRoles) -> None:
    """The job roles that the qualification prepares for."""
    if builder.release is None:
        return
    for role in _describe_role_list(
        builder, builder.release, builder.part(builder.release, "job-role"), record.roles
    ):
        builder.add(builder.release, "preparesForRole", role)


def _describe_role_list(builder: Builder, parent: IRI, place: IRI, roles: Sequence[JobRole]) -> list[IRI]:
    named = []
    for position, role in enumerate(roles, start=1):
        iri = builder.ids.job_role(role.label)
        builder.node(iri, "JobRole")
        builder.add(iri, LABEL, role.label)
        builder.hang(
            parent,
            "hasJobRoleListing",
            builder.ids.below(place, str(position)),
            "JobRoleListing",
            role.line,
            namesJobRole=iri,
            statedLabel=role.label,
            position=position,
        )
        named.append(iri)
    return named


def describe_licensing(builder: Builder, record: LicensingNote) -> None:
    """What the document says of licensing."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasLicensingNote",
        builder.part(builder.release, "licensing", str(record.line)),
        "LicensingNote",
        record.line,
        directLink=record.direct_link,
    )
    builder.prose(iri, record.text)


def describe_skill(builder: Builder, record: EmployabilitySkill) -> None:
    """An employability skill and how many facets it has; their wording only where text is wanted."""
    if builder.release is None:
        return
    skill = builder.ids.concept("employability-skill", slug(record.label)) if record.label else None
    iri = builder.hang(
        builder.release,
        "hasEmployabilitySkill",
        builder.part(builder.release, "employability-skill", str(record.position)),
        "EmployabilitySkillEntry",
        record.line,
        namesSkill=skill,
        statedLabel=record.label,
        facetCount=len(record.facets),
        position=record.position,
    )
    for position, facet in enumerate(record.facets, start=1):
        node = builder.ids.below(iri, "facet", str(position))
        builder.hang(iri, "hasFacet", node, "SkillFacet", facet.line, position=position)
        builder.prose(node, facet.text)


def describe_example(builder: Builder, record: OutcomeExample) -> None:
    """An example of units for an outcome: advice, not a rule."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasOutcomeExample",
        builder.part(builder.release, "example", slug(record.name)),
        "OutcomeExample",
        record.line,
        statedCoreCount=record.core,
        statedElectiveCount=record.elective,
        chooseCount=record.choose,
        cutOff=record.cut_off,
    )
    builder.add(iri, LABEL, record.name)
    for position, unit in enumerate(record.units, start=1):
        node = builder.ids.below(iri, unit.code)
        builder.add(iri, "hasExampleUnit", node)
        component = builder.named(Kind.UNIT, unit.code, unit.title)
        builder.mention(node, "ExampleUnit", component, unit.title, unit.line, position=position)
