"""The part of an overview that is about packaging: rules with their unit lists, grids, and who packages a unit."""

from __future__ import annotations

import re

from qualgraph.overview import questions
from qualgraph.overview.records import (
    GridSummary,
    GridUnit,
    GroupSummary,
    ListedUnitSummary,
    PackagedBy,
    PackagingSummary,
    Places,
    Remark,
    StatementSummary,
)
from qualgraph.overview.rows import Answers, each_once, grouped, local, source
from qualgraph.store.rows import Row
from qualgraph.triples import packaging

ORIGINS = {
    "SameTrainingPackage": "this training package",
    "AnyEndorsedTrainingPackage": "any endorsed training package",
    "AccreditedCourses": "an accredited course",
}
LEVELS = {"same": "the same level", "one higher": "one level higher", "one lower": "one level lower"}
_LETTER = re.compile(r"[A-Z]{1,2}\d{0,2}|\d{1,2}")
ROLES = {term: role for role, term in packaging.ROLES.items()}


def packaging_of(told: Answers) -> tuple[PackagingSummary, ...]:
    """Each packaging rule of the component's releases, once for each document that states it."""
    rules = [group[0] for group in grouped(told[questions.PACKAGING], "rule", "document")]
    if not rules:
        return ()
    parts = {
        name: told[question]
        for name, question in {
            "groups": questions.GROUPS,
            "units": questions.UNITS,
            "statements": questions.STATEMENTS,
            "demands": questions.DEMANDS,
            "conditions": questions.CONDITIONS,
        }.items()
    }
    usage = {row["unit"]: row for row in told[questions.UNIT_USAGE]}
    names = _pool_names(told[questions.POOLS])
    return tuple(
        _packaging(rule, {name: _of(rows, rule) for name, rows in parts.items()}, usage, names)
        for rule in rules
    )


def _pool_names(rows: list[Row]) -> dict[str, str]:
    """What each pool is in words: the name of a list, or what may be imported."""
    return {
        group[0]["pool"]: _group_name(group[0]["key"], group[0]["name"])
        if group[0]["key"]
        else _import_name(group)
        for group in grouped(rows, "pool")
    }


def _group_name(key: str, name: str | None) -> str:
    """The name of a group with its letter, which is what the sentences of a rule call it by."""
    if not name or not _LETTER.fullmatch(key) or name.casefold().startswith("group"):
        return name or key
    return f"Group {key} – {name}"


def _import_name(rows: list[Row]) -> str:
    stated = sorted((row["level"] for row in rows if row["level"]), key=lambda level: level != "same")
    levels = each_once(LEVELS.get(level, f"{level} level") for level in stated)
    origins = each_once(ORIGINS.get(local(row["origin"])) for row in rows if row["origin"])
    parts = [
        " or ".join(origins),
        f"packaged at {' or '.join(levels)}" if levels else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"units not listed ({told})" if told else "units not listed"


def _of(rows: list[Row], rule: Row) -> list[Row]:
    return [row for row in rows if (row["rule"], row["document"]) == (rule["rule"], rule["document"])]


def _packaging(
    rule: Row, parts: dict[str, list[Row]], usage: dict[str, Row], names: dict[str, str]
) -> PackagingSummary:
    demands = [
        _places(rows, names) for rows in grouped((row for row in parts["demands"] if row["demand"]), "node")
    ]
    limits = [
        _places(rows, names)
        for rows in grouped((row for row in parts["demands"] if not row["demand"]), "node")
    ]
    return PackagingSummary(
        release=rule["release"],
        measure=rule["measure"],
        total=rule["total"],
        core=rule["core"],
        elective=rule["elective"],
        status=rule["status"],
        groups=tuple(_group(rows[0], parts["units"], usage) for rows in grouped(parts["groups"], "key")),
        statements=tuple(_statement(rows, names) for rows in grouped(parts["statements"], "key")),
        slots=tuple(demands),
        caps=tuple(limits),
        human_conditions=tuple(_remark(row) for row in parts["conditions"] if not row["unread"]),
        unread=tuple(_remark(row) for row in parts["conditions"] if row["unread"]),
        source=source(rule),
    )


def _group(row: Row, units: list[Row], usage: dict[str, Row]) -> GroupSummary:
    return GroupSummary(
        key=row["key"],
        name=_group_name(row["key"], row["name"]),
        role=ROLES[local(row["role"])],
        units=tuple(_unit(unit, usage) for unit in units if unit["group"] == row["key"]),
        source=source(row),
    )


def _unit(row: Row, usage: dict[str, Row]) -> ListedUnitSummary:
    known = usage.get(row["unit"])
    return ListedUnitSummary(
        position=row["position"],
        code=row["code"],
        title=row["title"],
        heading=row["heading"],
        usage=local(known["recommendation"]) if known else None,
        source=source(row),
    )


def _places(rows: list[Row], names: dict[str, str]) -> Places:
    return Places(
        number=rows[0]["number"],
        pools=each_once(names.get(row["pool"], local(row["pool"])) for row in rows),
        sources=each_once(source(row) for row in rows if row["line"] is not None),
    )


def _statement(rows: list[Row], names: dict[str, str]) -> StatementSummary:
    first = rows[0]
    return StatementSummary(
        key=first["key"],
        kind=first["kind"],
        count=first["count"],
        pools=each_once(names.get(row["pool"], local(row["pool"])) for row in rows if row["pool"]),
        within=first["within"],
        ambiguous=bool(first["ambiguous"]),
        ambiguity=first["ambiguity"],
        text=first["text"],
        source=source(first),
    )


def _remark(row: Row) -> Remark:
    return Remark(text=row["text"], source=source(row))


def grids_of(told: Answers) -> tuple[GridSummary, ...]:
    """Each unit grid, with how many of its rows were seen."""
    return tuple(
        GridSummary(seen=row["seen"], stated=row["stated"], source=source(row))
        for row in told[questions.GRIDS]
    )


def grid_units_of(told: Answers) -> tuple[GridUnit, ...]:
    """The units that grids list and no rule of the same release does."""
    listed = {(row["of"], row["code"]) for row in told[questions.UNITS]}
    titles, usage = _grid_names(told)
    return tuple(
        GridUnit(
            code=row["code"],
            title=titles.get(row["unit"]),
            usage=local(usage[row["unit"]]) if row["unit"] in usage else None,
            source=source(row),
        )
        for row in told[questions.GRID_UNITS]
        if (row["of"], row["code"]) not in listed
    )


def _grid_names(told: Answers) -> tuple[dict[str, str], dict[str, str]]:
    """The titles and the usage recommendations of what grids list, and of what has the grids."""
    rows = told[questions.GRID_NAMES]
    titles = {row["thing"]: row["title"] for row in rows if row["title"]}
    return titles, {row["thing"]: row["usage"] for row in rows if row["usage"]}


def packaged_by(told: Answers) -> tuple[PackagedBy, ...]:
    """The qualifications that list a unit of competency: by their rules, then those by a unit grid alone."""
    listing = {row["of"] for row in told[questions.PACKAGED_BY]}
    by_rules = (
        PackagedBy(
            code=row["code"],
            title=row["title"],
            role=ROLES[local(row["role"])],
            group=_group_name(row["key"], row["group"]),
            source=source(row),
        )
        for row in told[questions.PACKAGED_BY]
    )
    titles, _ = _grid_names(told)
    by_grids = (
        PackagedBy(
            code=row["code"],
            title=titles.get(row["qualification"]),
            role="UNKNOWN",
            group=None,
            source=source(row),
        )
        for row in told[questions.IN_GRIDS]
        if row["of"] not in listing
    )
    return (*by_rules, *by_grids)
