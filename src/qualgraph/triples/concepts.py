"""The concepts of a classification by edition, the titles of its index, and correspondences, as SKOS and XKOS."""

from __future__ import annotations

from typing import Final

from qualgraph.model import (
    LEVELS,
    ClassificationItem,
    ClassifiedConcept,
    Correspondence,
    CorrespondenceRow,
    Edition,
    GroupSkillLevels,
    IndexTitle,
    SchemeValue,
    SkillLevels,
)
from qualgraph.namespaces import DCTERMS, SKOS, XKOS, XSD
from qualgraph.rdf import IRI, RDF_TYPE, Literal
from qualgraph.triples.builder import (
    ALT_LABEL,
    BROADER,
    CONCEPT,
    IN_SCHEME,
    IS_VERSION_OF,
    LABEL,
    NOTATION,
    Builder,
    qg,
)

CONCEPT_SCHEME = IRI(f"{SKOS}ConceptScheme")
TOP_CONCEPT_OF = IRI(f"{SKOS}topConceptOf")
MEMBER = IRI(f"{SKOS}member")
IS_PART_OF = IRI(f"{DCTERMS}isPartOf")
CLASSIFICATION_LEVEL = IRI(f"{XKOS}ClassificationLevel")
DEPTH = IRI(f"{XKOS}depth")
CORRESPONDENCE = IRI(f"{XKOS}Correspondence")
ASSOCIATION = IRI(f"{XKOS}ConceptAssociation")
COMPARES = IRI(f"{XKOS}compares")
MADE_OF = IRI(f"{XKOS}madeOf")
SOURCE_CONCEPT = IRI(f"{XKOS}sourceConcept")
TARGET_CONCEPT = IRI(f"{XKOS}targetConcept")
POSITIVE = IRI(f"{XSD}positiveInteger")

_OCCUPATIONS: Final = {4: "OccupationUnitGroup", 5: "Occupation"}
"""Classes of the levels of ANZSCO and OSCA that have one."""


def describe_classification_item(builder: Builder, item: ClassificationItem) -> None:
    """Everything one row says."""
    match item:
        case SchemeValue():
            _describe_value(builder, item)
        case Edition():
            describe_edition(builder, item)
        case ClassifiedConcept():
            _describe_concept(builder, item)
        case GroupSkillLevels():
            _describe_group_levels(builder, item)
        case IndexTitle():
            _describe_title(builder, item)
        case Correspondence():
            _describe_correspondence(builder, item)
        case CorrespondenceRow():
            _describe_row(builder, item)


def _describe_value(builder: Builder, item: SchemeValue) -> None:
    """A value that the register lists, in the scheme as a whole: of which edition it is, is not said."""
    concept = builder.ids.concept(item.scheme.value, item.code)
    builder.node(concept, None, item.line)
    builder.add(concept, RDF_TYPE, CONCEPT)
    builder.add(concept, IN_SCHEME, builder.ids.scheme(item.scheme.value))
    builder.add(concept, NOTATION, item.code)
    builder.add(concept, LABEL, item.title)


def describe_edition(builder: Builder, edition: Edition) -> IRI:
    """The scheme of an edition, which is a version of the classification it is of."""
    scheme, every = builder.ids.scheme(edition.name), builder.ids.scheme(edition.scheme)
    builder.add(scheme, RDF_TYPE, CONCEPT_SCHEME)
    if scheme != every:
        builder.add(every, RDF_TYPE, CONCEPT_SCHEME)
        builder.add(scheme, IS_VERSION_OF, every)
    return scheme


def concept_of(builder: Builder, edition: Edition, code: str) -> IRI:
    """The concept of a code, one for all editions, in the scheme of the classification and in that of the edition."""
    iri = builder.ids.concept(edition.scheme, code)
    builder.add(iri, RDF_TYPE, CONCEPT)
    builder.add(iri, IN_SCHEME, builder.ids.scheme(edition.scheme))
    builder.add(iri, IN_SCHEME, builder.ids.scheme(edition.name))
    builder.add(iri, NOTATION, code)
    return iri


def describe_entry(
    builder: Builder, edition: Edition, code: str, title: str | None, line: int | None = None
) -> IRI:
    """What an edition says of a code: a node of its own, so that a label of 2006 is not one of 2022."""
    concept = concept_of(builder, edition, code)
    return builder.hang(
        concept,
        "hasEditionEntry",
        builder.ids.below(concept, "edition", edition.name),
        "EditionEntry",
        line,
        isInEdition=builder.ids.scheme(edition.name),
        statedLabel=title,
    )


def _describe_concept(builder: Builder, item: ClassifiedConcept) -> None:
    entry = describe_entry(builder, item.edition, item.code, item.title, item.line)
    builder.add(entry, "sourceTable", item.table or None)
    concept = builder.ids.concept(item.edition.scheme, item.code)
    builder.node(concept, None, item.line)
    builder.add(concept, LABEL, item.title)
    if item.edition.scheme in ("anzsco", "osca") and item.depth in _OCCUPATIONS:
        builder.add(concept, RDF_TYPE, qg(_OCCUPATIONS[item.depth]))
    if item.broader:
        builder.add(concept, BROADER, builder.ids.concept(item.edition.scheme, item.broader))
    elif item.depth == 1:
        builder.add(concept, TOP_CONCEPT_OF, builder.ids.scheme(item.edition.name))
    _describe_level(builder, item.edition, item.depth, concept)
    if item.skill:
        builder.add(concept, "skillLevel", item.skill.single)
        _describe_skill(builder, entry, item.skill, item.line)


def _describe_level(builder: Builder, edition: Edition, depth: int, concept: IRI) -> None:
    describe_level_member(builder, builder.ids.scheme(edition.name), edition.scheme, depth, concept)


def describe_level_member(builder: Builder, scheme: IRI, kind: str, depth: int, concept: IRI) -> None:
    """The level of a scheme that the concept is at; 1 is the top."""
    level = builder.ids.below(scheme, "level", str(depth))
    builder.add(level, RDF_TYPE, CLASSIFICATION_LEVEL)
    builder.add(level, DEPTH, Literal(str(depth), datatype=POSITIVE))
    builder.add(level, IS_PART_OF, scheme)
    builder.add(level, LABEL, LEVELS[kind][depth - 1])
    builder.add(level, MEMBER, concept)


def _describe_skill(builder: Builder, entry: IRI, skill: SkillLevels, line: int) -> None:
    """Skill levels of an edition; where the countries differ each has a statement, and the entry has no level."""
    builder.add(entry, "statedSkillLevel", skill.stated)
    builder.add(entry, "skillLevel", skill.single)
    for level in skill.several:
        builder.add(entry, "predominantSkillLevel", level)
    for country, level in skill.by_country:
        builder.hang(
            entry,
            "hasSkillLevelStatement",
            builder.ids.below(entry, "skill-level", country),
            "SkillLevelStatement",
            line,
            country=country,
            skillLevel=level,
        )


def _describe_group_levels(builder: Builder, item: GroupSkillLevels) -> None:
    """The levels that predominate: a group has no skill level of its own, and none in one country."""
    entry = describe_entry(builder, item.edition, item.code, None)
    builder.add(entry, "statedSkillLevel", item.skill.stated)
    for level in (*item.skill.several, *([item.skill.single] if item.skill.single else [])):
        builder.add(entry, "predominantSkillLevel", level)


def _describe_title(builder: Builder, item: IndexTitle) -> None:
    concept = concept_of(builder, item.edition, item.code)
    node = builder.hang(
        concept,
        "hasIndexTitle",
        builder.ids.below(concept, "edition", item.edition.name, "title", item.title),
        "IndexTitle",
        item.line,
        isInEdition=builder.ids.scheme(item.edition.name),
        statedLabel=item.title,
        titleCategory=item.category,
    )
    builder.add(node, "sourceTable", item.table or None)
    if item.category == "alternative title":
        builder.add(concept, ALT_LABEL, item.title)


def _describe_correspondence(builder: Builder, item: Correspondence) -> None:
    source, target = describe_edition(builder, item.source), describe_edition(builder, item.target)
    iri = builder.ids.correspondence(item.source.name, item.target.name)
    builder.add(iri, RDF_TYPE, CORRESPONDENCE)
    builder.add(iri, LABEL, f"{item.source.name} to {item.target.name}")
    builder.add(iri, COMPARES, source)
    builder.add(iri, COMPARES, target)
    builder.node(
        iri, None, None, hasSourceScheme=source, hasTargetScheme=target, sourceTable=item.table or None
    )


def _describe_row(builder: Builder, item: CorrespondenceRow) -> None:
    whole = builder.ids.correspondence(item.source.name, item.target.name)
    iri = builder.ids.below(whole, item.source_code or "none", item.target_code or "none")
    builder.add(whole, MADE_OF, iri)
    builder.add(iri, RDF_TYPE, ASSOCIATION)
    builder.node(iri, None, item.line, isPartialMatch=item.partial)
    sides = (
        (SOURCE_CONCEPT, item.source, item.source_code, item.source_title),
        (TARGET_CONCEPT, item.target, item.target_code, item.target_title),
    )
    for predicate, edition, code, title in sides:
        if code:
            builder.add(iri, predicate, _end(builder, edition, code, title))


def _end(builder: Builder, edition: Edition, code: str, title: str | None) -> IRI:
    if edition.is_stated:
        describe_entry(builder, edition, code, title or None)
    concept = concept_of(builder, edition, code)
    if not (edition.is_stated and edition.key):
        builder.add(concept, LABEL, title or None)
    return concept
