"""A packaging rule as JSON and back. The form is published as ``rule.schema.json`` and versioned by its ``$id``."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from qualgraph.errors import BrokenDocumentError
from qualgraph.packaging.conforms import faults
from qualgraph.packaging.tree import (
    EVERYONE,
    Alternative,
    HumanCondition,
    ImportPool,
    ListedUnit,
    PackagingRule,
    Prerequisite,
    ReadingNote,
    RuleStatement,
    Specialisation,
    UnitGroup,
    UnreadText,
    slug,
)

SCHEMA_ID = "https://w3id.org/qualgraph/schema/packaging-rule/1"


@cache
def rule_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one rule."""
    text = resources.files(__package__ or "").joinpath("rule.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def to_json(rule: PackagingRule, *, detail: bool = False) -> dict[str, Any]:
    """The rule as the published JSON.

    Rules that hold for one specialisation stand under it, all others under ``rules``; each stands once.
    ``detail`` adds what the tree knows beyond the published keys (unit titles and lines, readings and their
    reasons), so that :func:`from_json` gives the same tree back.
    """
    own = {id for specialisation in rule.specialisations for id in specialisation.rules}
    data: dict[str, Any] = {
        "code": rule.code,
        "title": rule.title,
        "release": rule.release,
        "measure": rule.measure,
        "total": rule.total,
        "core": rule.core,
        "elective": rule.elective,
        "groups": [_group(group, detail) for group in rule.groups],
        "rules": [_statement(statement, detail) for statement in rule.rules if statement.id not in own],
        "specialisations": [_specialisation(item, rule, detail) for item in rule.specialisations],
        "prerequisites": [_prerequisite(item, detail) for item in rule.prerequisites],
        "human_conditions": [_text(item, detail) for item in rule.human_conditions],
        "alternatives": [_alternative(item) for item in rule.alternatives],
        "status": rule.status,
        "unread": [{"text": item.text, "line": item.line} for item in rule.unread],
    }
    if detail:
        data["prerequisite_policy"] = rule.prerequisite_policy
        data["notes"] = [{"text": item.text, "line": item.line} for item in rule.notes]
    return data


def _group(group: UnitGroup, detail: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": group.id,
        "name": group.name,
        "role": group.role,
        "units": list(group.units),
    }
    if any(member.points is not None for member in group.members):
        data["points"] = {member.code: member.points for member in group.members if member.points is not None}
    if group.scope != EVERYONE:
        data["scope"] = group.scope
    if detail:
        keys = ("code", "title", "line", "heading", "mark", "points")
        data["line"] = group.line
        data["members"] = [{key: getattr(member, key) for key in keys} for member in group.members]
    return data


def _statement(statement: RuleStatement, detail: bool) -> dict[str, Any]:
    outside = statement.import_
    data: dict[str, Any] = {
        "id": statement.id,
        "kind": statement.kind,
        "n": statement.n,
        "pools": list(statement.pools),
        "import": None if outside is None else _import(outside),
        "within": statement.within,
        "scope": statement.scope,
        "text": statement.text,
        "line": statement.line,
    }
    if statement.scope.startswith("alternative:"):
        data["alt"] = statement.scope.removeprefix("alternative:")
    if statement.only:
        data["only"] = list(statement.only)
    if statement.condition:
        data["condition"] = statement.condition
    if detail:
        keys = ("last_line", "reading", "because", "ambiguity")
        data |= {key: getattr(statement, key) for key in keys}
    return data


def _import(outside: ImportPool) -> dict[str, Any]:
    data = {
        "sources": list(outside.sources),
        "levels": list(outside.levels),
        "packages": list(outside.packages),
    }
    data |= {"qualifications": list(outside.qualifications)} if outside.qualifications else {}
    return data | ({"except_packages": list(outside.except_packages)} if outside.except_packages else {})


def _own_counts(item: Specialisation | Alternative) -> dict[str, int]:
    counts = {"total": item.total, "core": item.core, "elective": item.elective}
    return {key: n for key, n in counts.items() if n is not None}


def _alternative(item: Alternative) -> dict[str, Any]:
    data: dict[str, Any] = {"id": item.id, "choice": item.choice, "rules": list(item.rules)}
    return data | ({"scope": item.scope} if item.scope != EVERYONE else {}) | _own_counts(item)


def _specialisation(item: Specialisation, rule: PackagingRule, detail: bool) -> dict[str, Any]:
    own = [statement for statement in rule.rules if statement.id in item.rules]
    rules = [_statement(statement, detail) for statement in own]
    data: dict[str, Any] = {"name": item.name, "rules": rules, "replaces": item.replaces}
    data |= _own_counts(item)
    return data | ({"line": item.line} if detail else {})


def _prerequisite(item: Prerequisite, detail: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"unit": item.unit, "requires": list(item.requires), "policy": item.policy}
    if item.one_of:
        data["one_of"] = [list(codes) for codes in item.one_of]
    return data | ({"line": item.line} if detail else {})


def _text(item: HumanCondition, detail: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"text": item.text, "line": item.line}
    return data | ({"scope": item.scope} if detail else {})


def from_json(data: dict[str, Any]) -> PackagingRule:
    """The rule that the published JSON describes.

    Raises BrokenDocumentError where a key is missing or of the wrong kind, naming it.
    """
    fault = next(faults(data, rule_schema()), None)
    if fault is not None:
        raise BrokenDocumentError(
            f"The packaging rule is not of the published form: {fault}.",
            hint=f"The form is described at {SCHEMA_ID}.",
        )
    try:
        return _read(data)
    except KeyError as error:
        raise BrokenDocumentError(
            f"The packaging rule has no {error.args[0]!r}.", hint=f"The form is described at {SCHEMA_ID}."
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BrokenDocumentError(
            f"The packaging rule is not of the published form: {error}.",
            hint=f"The form is described at {SCHEMA_ID}.",
        ) from error


def _read(data: dict[str, Any]) -> PackagingRule:
    nested = [rule for item in data["specialisations"] for rule in item["rules"]]
    rules = sorted(map(_read_statement, [*data["rules"], *nested]), key=_order)
    return PackagingRule(
        code=data["code"],
        title=data["title"],
        release=data["release"],
        measure=data["measure"],
        total=data["total"],
        core=data["core"],
        elective=data["elective"],
        groups=tuple(map(_read_group, data["groups"])),
        rules=tuple(rules),
        specialisations=tuple(
            Specialisation(
                path=f"packaging/specialisation/{number}",
                name=item["name"],
                rules=tuple(rule["id"] for rule in item["rules"]),
                replaces=item.get("replaces", False),
                line=item.get("line"),
                **_read_counts(item),
            )
            for number, item in enumerate(data["specialisations"], start=1)
        ),
        prerequisites=tuple(map(_read_prerequisite, data["prerequisites"])),
        prerequisite_policy=data.get("prerequisite_policy", "unstated"),
        human_conditions=tuple(
            HumanCondition(
                path=f"packaging/condition/{number}",
                text=item["text"],
                line=item["line"],
                scope=item.get("scope", EVERYONE),
            )
            for number, item in enumerate(data["human_conditions"], start=1)
        ),
        alternatives=tuple(
            Alternative(
                path=f"packaging/alternative/{item['id']}",
                id=item["id"],
                rules=tuple(item["rules"]),
                choice=item.get("choice", "1"),
                scope=item.get("scope", EVERYONE),
                **_read_counts(item),
            )
            for item in data["alternatives"]
        ),
        status=data["status"],
        unread=tuple(
            UnreadText(path=f"packaging/unread/{number}", text=item["text"], line=item["line"])
            for number, item in enumerate(data["unread"], start=1)
        ),
        notes=tuple(
            ReadingNote(path=f"packaging/note/{number}", text=item["text"], line=item["line"])
            for number, item in enumerate(data.get("notes", ()), start=1)
        ),
    )


def _read_counts(data: dict[str, Any]) -> dict[str, int | None]:
    return {key: data.get(key) for key in ("total", "core", "elective")}


def _order(statement: RuleStatement) -> tuple[int, str]:
    digits = statement.id.removeprefix("r")
    return (int(digits) if digits.isdigit() else 0, statement.id)


def _read_group(data: dict[str, Any]) -> UnitGroup:
    path = f"packaging/group/{slug(data['id'])}"
    weights = data.get("points") or {}
    members = data.get("members") or [{"code": code, "points": weights.get(code)} for code in data["units"]]
    return UnitGroup(
        path=path,
        id=data["id"],
        name=data["name"],
        role=data["role"],
        members=tuple(
            ListedUnit(path=f"{path}/{position}", **member)
            for position, member in enumerate(members, start=1)
        ),
        line=data.get("line"),
        scope=data.get("scope", EVERYONE),
    )


def _read_statement(data: dict[str, Any]) -> RuleStatement:
    outside = data["import"]
    return RuleStatement(
        path=f"packaging/rule/{data['id']}",
        id=data["id"],
        kind=data["kind"],
        n=data["n"],
        pools=tuple(data["pools"]),
        import_=None
        if outside is None
        else ImportPool(**{key: tuple(value) for key, value in outside.items()}),
        only=tuple(data.get("only", ())),
        within=data["within"],
        scope=data["scope"],
        condition=data.get("condition"),
        text=data["text"],
        line=data["line"],
        last_line=data.get("last_line"),
        reading=data.get("reading"),
        because=data.get("because"),
        ambiguity=data.get("ambiguity"),
    )


def _read_prerequisite(data: dict[str, Any]) -> Prerequisite:
    return Prerequisite(
        path=f"packaging/prerequisite/{data['unit']}",
        unit=data["unit"],
        requires=tuple(data["requires"]),
        one_of=tuple(tuple(codes) for codes in data.get("one_of", ())),
        policy=data["policy"],
        line=data.get("line"),
    )
