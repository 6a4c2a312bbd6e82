"""ANZSCO unit groups and occupations as concepts, with what their pages say of skill levels."""

from __future__ import annotations

import re

from qualgraph.identifiers import slug
from qualgraph.model import Edition, Occupation, QualificationOption, SkillLevelStatement, UnitGroup
from qualgraph.rdf import IRI, RDF_TYPE
from qualgraph.triples.builder import (
    ALT_LABEL,
    BROADER,
    CONCEPT,
    IN_SCHEME,
    LABEL,
    NOTATION,
    Builder,
    TextPolicy,
)
from qualgraph.triples.concepts import describe_entry

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _concept(builder: Builder, code: str, class_name: str, title: str, line: int) -> IRI:
    iri = builder.node(builder.ids.concept("anzsco", code), class_name, line)
    builder.add(iri, RDF_TYPE, CONCEPT)
    builder.add(iri, IN_SCHEME, builder.ids.scheme("anzsco"))
    builder.add(iri, NOTATION, code)
    builder.add(iri, LABEL, title)
    if len(code) > 1:
        builder.add(iri, BROADER, builder.ids.concept("anzsco", code[: -2 if len(code) == 6 else -1]))
    return iri


def describe_unit_group(builder: Builder, record: UnitGroup) -> None:
    """A unit group, the edition it is of, its tasks, and each occupation's skill level statements."""
    iri = _concept(builder, record.code, "OccupationUnitGroup", record.title, record.line)
    if record.edition and (year := YEAR.search(record.edition)):
        _describe_edition(builder, record, Edition(scheme="anzsco", key=year.group()))
    builder.add(builder.document, "statedEdition", record.edition)
    builder.add(builder.document, "catalogueNumber", record.catalogue_number)
    builder.add(builder.document, "releasedOn", record.released)
    builder.add(builder.document, "isArchived", record.archived)
    _prose_lines(builder, iri, record)
    codes = {
        _folded(listed.text.split(maxsplit=1)[-1]): listed.text.split()[0] for listed in record.occupations
    }
    for statement in record.skill_levels:
        if code := codes.get(_folded(statement.occupation_title)):
            _describe_skill_level(builder, builder.ids.concept("anzsco", code), statement)


def _describe_edition(builder: Builder, record: UnitGroup, edition: Edition) -> None:
    """What the edition of the page calls the unit group and the occupations that it lists."""
    describe_entry(builder, edition, record.code, record.title, record.line)
    for listed in record.occupations:
        code, _, title = listed.text.partition(" ")
        entry = describe_entry(builder, edition, code, title.strip() or None, listed.line)
        levels = {
            said.skill_level
            for said in record.skill_levels
            if _folded(said.occupation_title) == _folded(title)
        }
        builder.add(entry, "skillLevel", levels.pop() if len(levels) == 1 else None)


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _prose_lines(builder: Builder, iri: IRI, record: UnitGroup) -> None:
    if builder.policy is TextPolicy.ALL:
        for task in record.tasks:
            builder.add(iri, "task", task.text)
    builder.add(iri, "taskCount", len(record.tasks))
    builder.prose(iri, record.description.text if record.description else None)


def _describe_skill_level(builder: Builder, occupation: IRI, record: SkillLevelStatement) -> None:
    iri = builder.hang(
        occupation,
        "hasSkillLevelStatement",
        builder.ids.below(occupation, "skill-level", record.country),
        "SkillLevelStatement",
        record.line,
        country=record.country,
        skillLevel=record.skill_level,
        substituteYears=record.substitute_years,
    )
    for position, option in enumerate(record.options, start=1):
        _describe_option(builder, iri, position, option)


def _describe_option(builder: Builder, statement: IRI, position: int, option: QualificationOption) -> None:
    iri = builder.hang(
        statement,
        "hasQualificationOption",
        builder.ids.below(statement, "option", str(position)),
        "QualificationOption",
        option.line,
        position=position,
        trainingYears=option.training_years,
    )
    for named in option.types:
        builder.add(iri, "acceptsQualificationType", builder.ids.concept("aqf-type", slug(named)))
    for level in option.register_levels:
        builder.add(iri, "registerLevel", level)


def describe_occupation(builder: Builder, record: Occupation) -> None:
    """An occupation with its skill level (1 is the highest), alternative titles and specialisations."""
    iri = _concept(builder, record.code, "Occupation", record.title, record.line)
    builder.add(iri, "skillLevel", record.skill_level)
    for title in record.alternative_titles:
        builder.add(iri, ALT_LABEL, title.text)
    for specialisation in record.specialisations:
        builder.add(iri, "specialisationTitle", specialisation.text)
    builder.prose(iri, record.description.text if record.description else None)
