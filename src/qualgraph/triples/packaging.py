"""The packaging rule of a release: what was read (statements), and what it means (slots and caps)."""

from __future__ import annotations

from collections.abc import Iterable

from qualgraph.identifiers import Kind, slug
from qualgraph.packaging.normal import Cap, Gate, NormalForm, Slot, normal_forms
from qualgraph.packaging.tree import (
    IMPORT,
    LISTED,
    ImportPool,
    ListedUnit,
    PackagingRule,
    RuleStatement,
    UnitGroup,
)
from qualgraph.rdf import IRI
from qualgraph.triples.builder import LABEL, Builder, qg
from qualgraph.vocabulary import QUALIFICATION_TYPES

ROLES = {"core": "CoreRole", "elective": "ElectiveRole"}
SOURCES = {
    "this-package": "SameTrainingPackage",
    "any-package": "AnyEndorsedTrainingPackage",
    "accredited-course": "AccreditedCourses",
}
LEVELS = {"same": "SameLevel", "one higher": "OneLevelHigher", "one lower": "OneLevelLower"}


def describe_packaging(builder: Builder, rule: PackagingRule, line: int) -> None:
    """The counts, groups, statements, slots, caps, human conditions and unread text of one rule."""
    if builder.release is None:
        return
    iri = builder.hang(
        builder.release,
        "hasPackagingRule",
        builder.part(builder.release, "packaging"),
        "PackagingRule",
        line,
        measure=rule.measure,
        totalCount=rule.total,
        coreCount=rule.core,
        electiveCount=rule.elective,
        readingStatus=rule.status,
        prerequisitePolicy=rule.prerequisite_policy,
    )
    for group in rule.groups:
        _describe_group(builder, iri, group)
    for statement in rule.rules:
        _describe_statement(builder, rule, iri, statement)
    _describe_conditions(builder, iri, rule)
    _describe_named(builder, iri, rule)
    _describe_normal_form(builder, rule, iri)


def _group_iri(builder: Builder, rule: IRI, key: str) -> IRI:
    return builder.ids.below(rule, "group", slug(key) if not key.isalnum() else key)


def _describe_group(builder: Builder, rule: IRI, group: UnitGroup) -> None:
    iri = builder.hang(
        rule,
        "hasGroup",
        _group_iri(builder, rule, group.id),
        "UnitGroup",
        group.line,
        groupKey=group.id,
        hasRole=qg(ROLES[group.role]),
    )
    builder.add(iri, LABEL, group.name)
    seen: dict[str, int] = {}
    for position, unit in enumerate(group.members, start=1):
        seen[unit.code] = seen.get(unit.code, 0) + 1
        _describe_member(builder, iri, position, unit, seen[unit.code])


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


def _pool_iris(builder: Builder, rule: PackagingRule, iri: IRI, pools: Iterable[str], key: str) -> list[IRI]:
    """The nodes a pool expression names; ``listed`` is every elective group, ``import`` the pool of ``key``."""
    nodes: list[IRI] = []
    for pool in pools:
        if pool == IMPORT:
            nodes.append(builder.ids.below(iri, "import", key))
        elif rule.group(pool) is None and pool == LISTED:
            nodes.extend(_group_iri(builder, iri, group.id) for group in rule.elective_groups)
        else:
            nodes.append(_group_iri(builder, iri, pool))
    return nodes


def _describe_import(builder: Builder, rule: IRI, key: str, pool: ImportPool | None) -> None:
    """Which units from elsewhere may be chosen; a level in words the vocabulary lacks stays a label."""
    iri = builder.ids.below(rule, "import", key)
    builder.hang(rule, "hasImportPool", iri, "ImportPool", None)
    if pool is None:
        return
    for source in pool.sources:
        builder.add(iri, "admitsSource", qg(SOURCES[source]) if source in SOURCES else None)
    for level in pool.levels:
        concept = _level_iri(builder, level)
        builder.add(iri, "admitsLevel", concept)
        builder.add(iri, "statedLevel", level)
    for package in pool.packages:
        builder.add(iri, "admitsPackage", builder.named(Kind.TRAINING_PACKAGE, package))


def _level_iri(builder: Builder, level: str) -> IRI | None:
    if level in LEVELS:
        return qg(LEVELS[level])
    if level in QUALIFICATION_TYPES:
        return builder.ids.concept("aqf-type", slug(level))
    return None


def _describe_statement(builder: Builder, rule: PackagingRule, iri: IRI, statement: RuleStatement) -> None:
    node = builder.hang(
        iri,
        "hasStatement",
        builder.ids.below(iri, "statement", statement.id),
        "RuleStatement",
        statement.line,
        lastSourceLine=statement.last_line,
        statementKey=statement.id,
        statementKind=statement.kind,
        statedCount=statement.n,
        statementReading=statement.reading,
        readingReason=statement.because,
        isAmbiguous=True if statement.ambiguity else None,
    )
    builder.prose(node, statement.ambiguity, rule=True, predicate="ambiguity")
    if statement.within:
        builder.add(node, "countsWithin", builder.ids.below(iri, "statement", statement.within))
    if IMPORT in statement.pools:
        _describe_import(builder, iri, statement.id, statement.import_)
    for pool in _pool_iris(builder, rule, iri, statement.pools, statement.id):
        builder.add(node, "concernsPool", pool)
    builder.prose(node, statement.text, rule=True)


def _describe_conditions(builder: Builder, iri: IRI, rule: PackagingRule) -> None:
    for position, condition in enumerate(rule.human_conditions, start=1):
        node = builder.ids.below(iri, "condition", str(position))
        builder.hang(iri, "hasHumanCondition", node, "HumanCondition", condition.line, position=position)
        builder.prose(node, condition.text, rule=True)
    for position, unread in enumerate(rule.unread, start=1):
        node = builder.ids.below(iri, "unread", str(position))
        builder.hang(iri, "hasUnreadText", node, "UnreadText", unread.line, position=position)
        builder.prose(node, unread.text, rule=True)


def _describe_named(builder: Builder, iri: IRI, rule: PackagingRule) -> None:
    for specialisation in rule.specialisations:
        node = builder.ids.below(iri, "specialisation", slug(specialisation.name))
        builder.hang(iri, "hasSpecialisation", node, "Specialisation", specialisation.line)
        builder.add(node, LABEL, specialisation.name)
        for key in specialisation.rules:
            builder.add(node, "appliesStatement", builder.ids.below(iri, "statement", key))
    for alternative in rule.alternatives:
        node = builder.ids.below(iri, "alternative", alternative.id)
        builder.hang(iri, "hasRuleAlternative", node, "RuleAlternative", None)
        for key in alternative.rules:
            builder.add(node, "appliesStatement", builder.ids.below(iri, "statement", key))
    for prerequisite in rule.prerequisites:
        unit = builder.named(Kind.UNIT, prerequisite.unit)
        node = builder.ids.below(iri, "prerequisite", prerequisite.unit)
        builder.hang(iri, "hasPrerequisite", node, "Prerequisite", prerequisite.line, concernsUnit=unit)
        builder.add(node, "prerequisitePolicy", prerequisite.policy)
        for code in prerequisite.requires:
            builder.add(node, "requiresUnit", builder.named(Kind.UNIT, code))


def _describe_normal_form(builder: Builder, rule: PackagingRule, iri: IRI) -> None:
    """Slots, caps and gates, where the whole rule was read and comes to exactly one normal form; else none."""
    forms = normal_forms(rule)
    if rule.status != "complete" or len(forms) != 1 or forms[0].left_out:
        return
    [form] = forms
    for slot in form.slots:
        _describe_slot(builder, rule, iri, slot, form)
    for cap in form.caps:
        _describe_cap(builder, rule, iri, cap)


def _describe_slot(builder: Builder, rule: PackagingRule, iri: IRI, slot: Slot, form: NormalForm) -> None:
    node = builder.ids.below(iri, "slot", slot.id)
    builder.hang(iri, "hasSlot", node, "Slot", None, demand=slot.demand)
    key = _import_key(rule, slot)
    if IMPORT in slot.pools:
        _describe_import(builder, iri, key, slot.import_)
    for pool in _pool_iris(builder, rule, iri, slot.pools, key):
        builder.add(node, "drawsFrom", pool)
    for statement in slot.from_rules:
        builder.add(node, "isReadFrom", builder.ids.below(iri, "statement", statement))
    for gate in form.gates:
        if gate.slot == slot.id:
            _describe_limit(builder, rule, iri, builder.ids.below(node, "gate", gate.id), gate)
            builder.add(node, "hasGate", builder.ids.below(node, "gate", gate.id))


def _import_key(rule: PackagingRule, slot: Slot) -> str:
    """The import pool of a slot is that of the statement it was read from, where there is one."""
    same = (statement.id for statement in rule.rules if statement.id in slot.from_rules)
    return next((key for key in same if _import_of(rule, key) == slot.import_), slot.id)


def _import_of(rule: PackagingRule, key: str) -> ImportPool | None:
    statement = rule.rule(key)
    return statement.import_ if statement and IMPORT in statement.pools else None


def _describe_cap(builder: Builder, rule: PackagingRule, iri: IRI, cap: Cap) -> None:
    node = builder.ids.below(iri, "cap", cap.id)
    builder.add(iri, "hasCap", node)
    if IMPORT in cap.pools:
        _describe_import(builder, iri, cap.id, cap.import_)
    _describe_limit(builder, rule, iri, node, cap)


def _describe_limit(builder: Builder, rule: PackagingRule, iri: IRI, node: IRI, limit: Cap | Gate) -> None:
    builder.node(node, type(limit).__name__, limit=limit.limit)
    for pool in _pool_iris(builder, rule, iri, limit.pools, limit.id):
        builder.add(node, "capsPool", pool)
    builder.add(node, "isReadFrom", builder.ids.below(iri, "statement", limit.from_rule))
