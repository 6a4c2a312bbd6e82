"""The packaging rule of a release as it was read: counts, groups, statements, conditions and what was not read."""

from __future__ import annotations

from collections.abc import Sequence

from qualgraph.identifiers import Kind
from qualgraph.packaging.tree import (
    EVERYONE,
    IMPORT,
    Alternative,
    HumanCondition,
    ListedUnit,
    PackagingRule,
    Prerequisite,
    ReadingNote,
    RuleStatement,
    Specialisation,
    UnitGroup,
    UnreadText,
)
from qualgraph.rdf import IRI
from qualgraph.triples.builder import LABEL, Builder, qg
from qualgraph.triples.packaging.forms import describe_forms
from qualgraph.triples.packaging.places import Places
from qualgraph.triples.packaging.pools import describe_import, describe_terms, pool_iris

ROLES = {"core": "CoreRole", "elective": "ElectiveRole"}


def describe_packaging(builder: Builder, rule: PackagingRule, line: int) -> None:
    """Everything that one rule says, and what it comes to, below the described release."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasPackagingRule",
        builder.part(builder.release, "packaging"),
        "PackagingRule",
        line,
        ruleCode=rule.code,
        ruleTitle=rule.title,
        ruleRelease=rule.release,
        measure=rule.measure,
        readingStatus=rule.status,
        prerequisitePolicy=rule.prerequisite_policy,
    )
    _describe_counts(builder, iri, rule)
    places = Places(builder.ids, rule, iri)
    for position, (group, node) in enumerate(zip(rule.groups, places.groups, strict=True), start=1):
        _describe_group(builder, places, node, group, position)
    for position, (statement, node) in enumerate(zip(rule.rules, places.statements, strict=True), start=1):
        _describe_statement(builder, places, node, statement, position)
    _describe_texts(builder, places)
    _describe_blocks(builder, places)
    for position, (item, node) in enumerate(
        zip(rule.prerequisites, places.prerequisites, strict=True), start=1
    ):
        _describe_prerequisite(builder, places, node, item, position)
    describe_forms(builder, places)


def _describe_counts(
    builder: Builder, node: IRI, counted: PackagingRule | Specialisation | Alternative
) -> None:
    builder.node(node, None, totalCount=counted.total, coreCount=counted.core, electiveCount=counted.elective)


def _describe_scope(builder: Builder, places: Places, node: IRI, scope: str) -> None:
    """Where a part holds, unless for everyone: as the rule has it, and the block it names."""
    if scope != EVERYONE:
        builder.add(node, "scopeKey", scope)
        builder.add(node, "appliesTo", places.of_scope(scope))


def _describe_group(builder: Builder, places: Places, iri: IRI, group: UnitGroup, position: int) -> None:
    builder.hang(
        places.iri,
        "hasGroup",
        iri,
        "UnitGroup",
        group.line,
        groupKey=group.id,
        hasRole=qg(ROLES[group.role]),
        position=position,
    )
    builder.add(iri, LABEL, group.name)
    _describe_scope(builder, places, iri, group.scope)
    seen: dict[str, int] = {}
    for place, unit in enumerate(group.members, start=1):
        seen[unit.code] = seen.get(unit.code, 0) + 1
        _describe_member(builder, iri, place, unit, seen[unit.code])


def _describe_member(builder: Builder, group: IRI, position: int, unit: ListedUnit, occurrence: int) -> None:
    """A line of the list; a unit that the same list prints again gets a membership for each line."""
    component = builder.named(Kind.UNIT, unit.code, unit.title)
    builder.add(group, "hasMember", component)
    parts = [unit.code] if occurrence == 1 else [unit.code, str(occurrence)]
    node = builder.ids.below(group, *parts)
    builder.add(group, "hasMembership", node)
    builder.mention(
        node,
        "GroupMembership",
        component,
        unit.title,
        unit.line,
        position=position,
        topicHeading=unit.heading,
        prerequisiteMark=unit.mark,
        points=unit.points,
    )


def _describe_statement(
    builder: Builder, places: Places, node: IRI, statement: RuleStatement, position: int
) -> None:
    builder.hang(
        places.iri,
        "hasStatement",
        node,
        "RuleStatement",
        statement.line,
        lastSourceLine=statement.last_line,
        position=position,
        statementKey=statement.id,
        statementKind=statement.kind,
        statedCount=statement.n,
        statementReading=statement.reading,
        readingReason=statement.because,
        countCondition=statement.condition,
        isAmbiguous=True if statement.ambiguity is not None else None,
    )
    builder.prose(node, statement.ambiguity, rule=True, predicate="ambiguity")
    builder.prose(node, statement.text, rule=True)
    _describe_scope(builder, places, node, statement.scope)
    if statement.within is not None:
        builder.add(node, "countsWithin", places.statement.get(statement.within))
    if statement.import_ is not None:
        builder.add(node, "statesImport", describe_import(builder, places, statement.id, statement.import_))
    elif IMPORT in statement.pools:
        describe_import(builder, places, statement.id, None)
    for pool in pool_iris(builder, places, statement.pools, statement.id):
        builder.add(node, "concernsPool", pool)
    describe_terms(builder, places, node, statement.pools, statement.id, only=False)
    describe_terms(builder, places, node, statement.only, statement.id, only=True)


def _describe_texts(builder: Builder, places: Places) -> None:
    """What is kept in words: conditions for a person, text that was not read, and what the reader noted."""
    rule = places.rule
    kinds: tuple[tuple[str, str, str, Sequence[HumanCondition | UnreadText | ReadingNote]], ...] = (
        ("condition", "hasHumanCondition", "HumanCondition", rule.human_conditions),
        ("unread", "hasUnreadText", "UnreadText", rule.unread),
        ("note", "hasReadingNote", "ReadingNote", rule.notes),
    )
    for kind, link, class_name, items in kinds:
        for position, item in enumerate(items, start=1):
            node = places.below(kind, str(position))
            builder.hang(places.iri, link, node, class_name, item.line, position=position)
            builder.prose(node, item.text, rule=True)
            if isinstance(item, HumanCondition):
                _describe_scope(builder, places, node, item.scope)


def _describe_blocks(builder: Builder, places: Places) -> None:
    """Specialisations, and blocks of which one must hold, with the statements that hold there alone."""
    rule = places.rule
    for position, (special, node) in enumerate(
        zip(rule.specialisations, places.specialisations, strict=True), start=1
    ):
        builder.hang(places.iri, "hasSpecialisation", node, "Specialisation", special.line, position=position)
        builder.add(node, "replacesPlainAward", True if special.replaces else None)
        builder.add(node, LABEL, special.name)
        _describe_block(builder, places, node, special)
    for position, (block, node) in enumerate(
        zip(rule.alternatives, places.alternatives, strict=True), start=1
    ):
        builder.hang(places.iri, "hasRuleAlternative", node, "RuleAlternative", None, position=position)
        builder.node(node, None, alternativeKey=block.id, choiceKey=block.choice)
        _describe_scope(builder, places, node, block.scope)
        _describe_block(builder, places, node, block)


def _describe_block(builder: Builder, places: Places, node: IRI, block: Specialisation | Alternative) -> None:
    _describe_counts(builder, node, block)
    for key in block.rules:
        builder.add(node, "appliesStatement", places.statement.get(key))


def _describe_prerequisite(
    builder: Builder, places: Places, node: IRI, item: Prerequisite, position: int
) -> None:
    """The unit, each unit required before it at its place, and the rows of which one unit is required."""
    builder.hang(
        places.iri,
        "hasPrerequisite",
        node,
        "Prerequisite",
        item.line,
        position=position,
        concernsUnit=builder.named(Kind.UNIT, item.unit),
        prerequisitePolicy=item.policy,
    )
    for place, code in enumerate(item.requires, start=1):
        builder.add(node, "requiresUnit", builder.named(Kind.UNIT, code))
        _describe_required(builder, node, item, code, "all", place)
    for row, codes in enumerate(item.one_of, start=1):
        for place, code in enumerate(codes, start=1):
            _describe_required(builder, node, item, code, str(row), place)


def _describe_required(
    builder: Builder, node: IRI, item: Prerequisite, code: str, row: str, position: int
) -> None:
    place = builder.ids.below(node, row, str(position))
    builder.add(node, "hasRequiredUnit", place)
    component = builder.named(Kind.UNIT, code)
    choice = None if row == "all" else int(row)
    builder.mention(place, "RequiredUnit", component, None, item.line, position=position, choiceNumber=choice)
