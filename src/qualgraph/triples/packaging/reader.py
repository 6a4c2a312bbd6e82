"""A packaging rule read back from its triples: the tree that :func:`describe_packaging` was given.

Under the text policy ``none`` a graph has no rule text. Then the text of statements, conditions, unread text and
notes is empty, and an ambiguity says only that there is one. Everything else is equal under every policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Final, cast, get_args

from qualgraph.packaging.tree import (
    CORE,
    EVERYONE,
    IMPORT,
    Alternative,
    Condition,
    HumanCondition,
    ImportPool,
    Kind,
    ListedUnit,
    Measure,
    PackagingRule,
    Policy,
    Prerequisite,
    Reading,
    ReadingNote,
    Role,
    RuleStatement,
    Specialisation,
    Status,
    UnitGroup,
    UnreadText,
    slug,
)
from qualgraph.rdf import IRI, Triple
from qualgraph.triples.builder import LABEL, qg
from qualgraph.triples.packaging.nodes import Node, indexed

WORDLESS_AMBIGUITY: Final = "can be read in another way too; the words are not stored"
"""The ambiguity of a statement in a graph without rule text."""

RULE_LINKS: Final = (
    "hasGroup",
    "hasMembership",
    "hasStatement",
    "hasPoolTerm",
    "hasNarrowingTerm",
    "concernsPool",
    "statesImport",
    "hasImportTerm",
    "hasSpecialisation",
    "hasRuleAlternative",
    "hasPrerequisite",
    "hasRequiredUnit",
    "hasHumanCondition",
    "hasUnreadText",
    "hasReadingNote",
    "mentions",
    "concernsUnit",
)
"""The properties that lead from a rule to all that it is read from."""


def read_rule(triples: Iterable[Triple], rule: IRI) -> PackagingRule:
    """The packaging rule that this node is, from a graph that holds at least its parts and the codes they name.

    What is not of the rule is passed over. Raises DataError where a part lacks what makes it one.
    """
    node = Node(indexed(triples), rule)
    statements = node.parts("hasStatement")
    return PackagingRule(
        code=node.text("ruleCode"),
        title=node.text("ruleTitle"),
        release=node.text("ruleRelease"),
        measure=cast(Measure, node.word("measure", get_args(Measure))),
        groups=tuple(map(_group, node.parts("hasGroup"))),
        rules=tuple(map(_statement, statements)),
        specialisations=tuple(
            _specialisation(part, position, statements)
            for position, part in enumerate(node.parts("hasSpecialisation"), start=1)
        ),
        prerequisites=tuple(map(_prerequisite, node.parts("hasPrerequisite"))),
        prerequisite_policy=cast(Policy, node.word("prerequisitePolicy", get_args(Policy))),
        human_conditions=tuple(
            HumanCondition(
                path=f"packaging/condition/{position}",
                text=_words(part),
                line=part.line(),
                scope=_scope(part),
            )
            for position, part in enumerate(node.parts("hasHumanCondition"), start=1)
        ),
        alternatives=tuple(_alternative(part, statements) for part in node.parts("hasRuleAlternative")),
        status=cast(Status, node.word("readingStatus", get_args(Status))),
        unread=tuple(
            UnreadText(path=f"packaging/unread/{position}", text=_words(part), line=part.line())
            for position, part in enumerate(node.parts("hasUnreadText"), start=1)
        ),
        notes=tuple(
            ReadingNote(path=f"packaging/note/{position}", text=_words(part), line=part.line())
            for position, part in enumerate(node.parts("hasReadingNote"), start=1)
        ),
        **_counts(node),
    )


def _counts(node: Node) -> dict[str, int | None]:
    return {key: node.number(f"{key}Count") for key in ("total", "core", "elective")}


def _scope(node: Node) -> str:
    return node.text("scopeKey") or EVERYONE


def _words(node: Node) -> str:
    return node.text("sourceText") or ""


def _code(node: Node, link: str) -> str:
    """The national code of the unit that a part names."""
    named = node.one(link)
    return named.needed("code") if named else node.needed(link)


def _group(node: Node) -> UnitGroup:
    key = node.needed("groupKey")
    path = f"packaging/group/{slug(key)}"
    return UnitGroup(
        path=path,
        id=key,
        name=key if node.text(LABEL) is None else node.needed(LABEL),
        role=cast(Role, CORE if qg("CoreRole") in node.values("hasRole") else "elective"),
        members=tuple(
            ListedUnit(
                path=f"{path}/{position}",
                code=_code(member, "mentions"),
                title=member.text("statedTitle"),
                line=member.line(),
                heading=member.text("topicHeading"),
                mark=member.text("prerequisiteMark"),
                points=member.number("points"),
            )
            for position, member in enumerate(node.parts("hasMembership"), start=1)
        ),
        line=node.line(),
        scope=_scope(node),
    )


def _statement(node: Node) -> RuleStatement:
    key = node.needed("statementKey")
    outer = node.one("countsWithin")
    words = node.text("ambiguity")
    doubted = WORDLESS_AMBIGUITY if node.flag("isAmbiguous") else None
    reading = node.text("statementReading")
    condition = node.text("countCondition")
    return RuleStatement(
        path=f"packaging/rule/{key}",
        id=key,
        kind=cast(Kind, node.word("statementKind", get_args(Kind))),
        n=node.number("statedCount"),
        pools=_pools(node),
        text=_words(node),
        line=node.line(),
        last_line=node.number("lastSourceLine"),
        import_=_import(node.one("statesImport")),
        only=tuple(term.needed("poolKey") for term in node.parts("hasNarrowingTerm")),
        within=outer.needed("statementKey") if outer else None,
        scope=_scope(node),
        condition=cast(Condition, node.word("countCondition", get_args(Condition))) if condition else None,
        reading=cast(Reading, node.word("statementReading", get_args(Reading))) if reading else None,
        because=node.text("readingReason"),
        ambiguity=doubted if words is None else words,
    )


def _pools(node: Node) -> tuple[str, ...]:
    """The pools in the words of the statement; of a graph that has only the pools, their keys."""
    terms = node.parts("hasPoolTerm")
    if terms:
        return tuple(term.needed("poolKey") for term in terms)
    keys = [pool.text("groupKey") for pool in node.parts("concernsPool")]
    return tuple(sorted((key or IMPORT for key in keys), key=lambda key: key == IMPORT))


def _import(node: Node | None) -> ImportPool | None:
    if node is None:
        return None
    words: dict[str, list[str]] = {field.name: [] for field in fields(ImportPool)}
    for term in node.parts("hasImportTerm"):
        words[term.word("termKind", tuple(words))].append(term.needed("termText"))
    return ImportPool(**{kind: tuple(found) for kind, found in words.items()})


def _applied(node: Node, statements: list[Node]) -> tuple[str, ...]:
    """The ids of the statements that hold in a block alone, in the order of the rule."""
    applied = node.values("appliesStatement")
    return tuple(item.needed("statementKey") for item in statements if item.iri in applied)


def _specialisation(node: Node, position: int, statements: list[Node]) -> Specialisation:
    return Specialisation(
        path=f"packaging/specialisation/{position}",
        name=node.needed(LABEL),
        rules=_applied(node, statements),
        replaces=node.flag("replacesPlainAward"),
        line=node.line(),
        **_counts(node),
    )


def _alternative(node: Node, statements: list[Node]) -> Alternative:
    key = node.needed("alternativeKey")
    return Alternative(
        path=f"packaging/alternative/{key}",
        id=key,
        rules=_applied(node, statements),
        choice=node.needed("choiceKey"),
        scope=_scope(node),
        **_counts(node),
    )


def _prerequisite(node: Node) -> Prerequisite:
    unit = _code(node, "concernsUnit")
    rows: dict[int, list[str]] = {}
    for required in node.parts("hasRequiredUnit"):
        rows.setdefault(required.number("choiceNumber") or 0, []).append(_code(required, "mentions"))
    every = rows.pop(0, [])
    return Prerequisite(
        path=f"packaging/prerequisite/{unit}",
        unit=unit,
        requires=tuple(every),
        one_of=tuple(tuple(rows[row]) for row in sorted(rows)),
        policy=cast(Policy, node.word("prerequisitePolicy", get_args(Policy))),
        line=node.line(),
    )
