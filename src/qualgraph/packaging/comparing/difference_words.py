"""What changed between two packaging rules, in plain words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any, Final

from qualgraph.packaging.comparing.changes import (
    Difference,
    GroupChange,
    NamedChange,
    RuleChange,
    Side,
    UnitChange,
    UnitFate,
)

DIFFERENCE_SCHEMA_ID: Final = "https://w3id.org/qualgraph/schema/packaging-difference/1"

_FATES: Final[dict[UnitFate, str]] = {
    "same": "same unit",
    "replaced-by-equivalent": "replaced by an equivalent unit",
    "superseded-not-equivalent": "superseded by a unit that is not equivalent",
    "superseded-equivalence-not-determined": "superseded, equivalence not determined",
    "superseded-in-steps": "superseded in several steps (whether that gives credit depends on policy)",
    "gone": "gone",
    "new": "new",
}
_HINT: Final = "same stem, not known to be its successor"
_PREDECESSOR_HINT: Final = "same stem, not known to have superseded it"


@cache
def difference_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one difference."""
    text = resources.files(__package__ or "").joinpath("difference.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def difference_json(found: Difference) -> dict[str, Any]:
    """The difference as the published JSON: every list, what stayed the same included."""
    data: dict[str, Any] = {"schema": DIFFERENCE_SCHEMA_ID, "same": found.nothing_changed, **asdict(found)}
    data["counts"] = [{**asdict(count), "changed": count.changed} for count in found.counts]
    data["units"] = [{**asdict(unit), "moved": unit.moved, "retitled": unit.retitled} for unit in found.units]
    data["groups"] = [
        {**asdict(group), "elsewhere": [{"id": id, "units": n} for id, n in group.elsewhere]}
        for group in found.groups
    ]
    return {key: _plain(value) for key, value in data.items()}


def _plain(data: Any) -> Any:
    """Tuples as lists, as JSON gives them back."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list | tuple) else data


def difference_text(found: Difference) -> str:
    """The difference for a person; what stayed the same is counted, not listed."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    yield f"{_name(found.before, 'first rule')} -> {_name(found.after, 'second rule')}"
    for caution in found.cautions:
        yield f"  caution: {caution}"
    if found.nothing_changed:
        yield "  nothing changed, as far as the rules were read"
    yield from _section("counts", (_count(c.name, c.before, c.after) for c in found.counts if c.changed))
    yield from _section("unit lists", (_group(group) for group in found.groups if group.change != "same"))
    yield from _section("rules", (line for rule in found.rules for line in _rule(rule)))
    yield from _units(found)
    yield from _section("specialisations", map(_named, found.specialisations))
    yield from _section("prerequisites", map(_named, found.prerequisites))
    yield from _section("for a person to judge", map(_named, found.conditions))


def _name(side: Side, otherwise: str) -> str:
    named = " ".join(filter(None, (side.code, side.title))) or otherwise
    return f"{named}, release {side.release}" if side.release else named


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield f"  {title}"
        yield from (f"    {line}" for line in told)


def _count(name: str, before: object, after: object) -> str:
    return f"{name}: {_stated(before)} -> {_stated(after)}"


def _stated(value: object) -> str:
    return "not stated" if value is None else str(value)


def _at(before: int | None, after: int | None = None) -> str:
    lines = [str(line) for line in (before, after) if line is not None]
    return f" [line {' -> '.join(lines)}]" if lines else ""


def _list_name(id: str | None, name: str | None) -> str:
    """'Group A' for the list A; a list with a name of its own by that."""
    return name or f"list {id}"


def _group(group: GroupChange) -> str:
    at = _at(group.line_before, group.line_after)
    if group.change in ("new", "gone"):
        new = group.change == "new"
        name = (
            _list_name(group.after, group.name_after) if new else _list_name(group.before, group.name_before)
        )
        size = group.size_after if new else group.size_before
        where = ", ".join(f"{n} {'came from' if new else 'went to'} {id}" for id, n in group.elsewhere)
        told = f"; of these {where}" if where else ""
        return f"{group.change}: {name}, {_number(size, 'unit')}{told}{at}"
    old, new_name = _list_name(group.before, group.name_before), _list_name(group.after, group.name_after)
    names = old if old == new_name else f"{old} -> {new_name}"
    if group.change == "renamed":
        return f"renamed: {names}, the same {_number(group.size_after, 'unit')}{at}"
    alike = f", {group.alike} more with the same stem" if group.alike else ""
    matched = "" if group.basis == "units" else " (matched by name: few units in common)"
    sizes = f"{group.size_before} -> {_number(group.size_after, 'unit')}"
    return f"changed: {names}, {sizes}, {group.shared} in common{alike}{matched}{at}"


def _number(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def _rule(rule: RuleChange) -> Iterator[str]:
    if rule.change == "same":
        return
    scope = "" if rule.scope == "all" else f" ({rule.scope})"
    at = _at(rule.line_before, rule.line_after)
    if rule.before == rule.after:
        yield f"changed: {rule.before}; what it lets in, or narrows, differs{scope}{at}"
    elif rule.change == "changed":
        yield f"was: {rule.before}{scope}{at}"
        yield f"now: {rule.after}"
    else:
        yield f"{rule.change}: {rule.before or rule.after}{scope}{at}"


def _units(found: Difference) -> Iterator[str]:
    same = found.of_fate("same")
    told = [f"{len(same)} the same"] if same else []
    told += [
        f"{len(units)} {_FATES[fate]}" for fate in _FATES if fate != "same" and (units := found.of_fate(fate))
    ]
    yield f"  units: {', '.join(told) or 'none listed'}"
    yield from (f"    {line}" for unit in found.units for line in _unit(unit))


def _unit(unit: UnitChange) -> Iterator[str]:
    at = _at(unit.line_before, unit.line_after)
    moved = f", moved from {unit.moved}" if unit.moved else ""
    if unit.regrouped:
        moved += f", from {' and '.join(unit.groups_before)} to {' and '.join(unit.groups_after)}"
    if unit.fate == "same":
        retitled = f", title now '{unit.title_after}', was '{unit.title_before}'" if unit.retitled else ""
        if moved or retitled:
            yield f"same: {unit.before}{moved}{retitled}{at}"
    elif unit.fate in ("new", "gone"):
        gone = unit.fate == "gone"
        code, title = (unit.before, unit.title_before) if gone else (unit.after, unit.title_after)
        role = unit.role_before if gone else unit.role_after
        hint = f"; {', '.join(unit.alike)}: {_HINT if gone else _PREDECESSOR_HINT}" if unit.alike else ""
        yield f"{unit.fate}: {' '.join(filter(None, (code, title)))} ({role}){hint}{at}"
    else:
        via = f", by way of {' and '.join(unit.via)}" if unit.via else ""
        says = f", says {', '.join(unit.sources)}" if unit.sources else ""
        yield f"{unit.before} -> {unit.after}: {_FATES[unit.fate]}{via}{moved}{says}{at}"


def _named(item: NamedChange) -> str:
    return f"{item.change}: {item.text}{_at(item.line)}"
