"""What does not add up in a packaging rule as printed: counts, lists, units listed twice. Facts, never repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qualgraph.packaging.tree import CORE, EVERYONE, IMPORT, LISTED, PackagingRule, RuleStatement, UnitGroup

Severity = Literal["violation", "warning", "info"]


@dataclass(frozen=True, kw_only=True)
class RuleFinding:
    """One thing that does not add up: where, what is printed (``seen``), and what would agree (``wanted``).

    ``code`` is that of the qualification. A ``violation`` is a fault of the rule as printed or read that can change
    a verdict, a ``warning`` something that a person should look at, ``info`` loses nothing.
    """

    check: str
    path: str
    message: str
    seen: str
    wanted: str
    line: int | None = None
    code: str | None = None
    severity: Severity = "warning"

    def as_dict(self) -> dict[str, str | int | None]:
        """The finding for JSON and tables."""
        return {
            "severity": self.severity,
            "check": self.check,
            "code": self.code,
            "path": self.path,
            "line": self.line,
            "message": self.message,
            "seen": self.seen,
            "wanted": self.wanted,
        }


def check_counts(rule: PackagingRule) -> Iterator[RuleFinding]:
    """Every count and list of the rule that disagrees with another, in the order of the checks."""
    yield from _total(rule)
    if rule.measure == "units":
        yield from _core(rule)
        yield from _listed(rule)
    for group in rule.groups:
        yield from _repeated(rule, group)
    yield from _core_and_elective(rule)
    for statement in rule.rules:
        yield from _room(rule, statement)


def _total(rule: PackagingRule) -> Iterator[RuleFinding]:
    if None in (rule.total, rule.core, rule.elective):
        return
    added = (rule.core or 0) + (rule.elective or 0)
    if added != rule.total:
        yield RuleFinding(
            code=rule.code,
            check="total",
            severity="violation",
            path="packaging/total",
            message=f"The total is {rule.total}, but {rule.core} core and {rule.elective} electives make {added}.",
            seen=str(rule.total),
            wanted=str(added),
        )


def _core(rule: PackagingRule) -> Iterator[RuleFinding]:
    """The core list against its number; lists of single streams, and choices inside the core, are not counted so."""
    groups = [group for group in rule.groups if group.role == "core"]
    if any(group.scope != EVERYONE for group in groups) or any(CORE in item.pools for item in rule.rules):
        return
    listed = len(set(rule.core_units))
    if rule.core is not None and listed != rule.core:
        yield RuleFinding(
            code=rule.code,
            check="core",
            severity="violation",
            path=groups[0].path if groups else "packaging/core",
            message=f"The rule asks for {rule.core} core units and lists {listed}.",
            seen=str(listed),
            wanted=str(rule.core),
            line=groups[0].line if groups else None,
        )


def _listed(rule: PackagingRule) -> Iterator[RuleFinding]:
    needed = rule.electives_needed
    imports = any(_unlisted(statement) for statement in rule.rules)
    listed = len(rule.listed_electives)
    if needed is not None and listed < needed and not imports:
        yield RuleFinding(
            code=rule.code,
            check="electives",
            severity="violation",
            path="packaging/elective",
            message=f"{needed} electives are needed, {listed} are listed, and no sentence lets others in.",
            seen=str(listed),
            wanted=f"at least {needed}",
        )


def _unlisted(statement: RuleStatement) -> bool:
    """Whether the pools may hold units that no list names: imports, and units told by their code or title."""
    return any(pool in (IMPORT, CORE) or ":" in pool for pool in statement.pools)


def _repeated(rule: PackagingRule, group: UnitGroup) -> Iterator[RuleFinding]:
    for code, times in Counter(group.units).items():
        if times > 1:
            again = [member for member in group.members if member.code == code][1]
            yield RuleFinding(
                code=rule.code,
                check="listed-twice",
                path=again.path,
                message=f"{code} is listed {times} times in {group.name}.",
                seen=str(times),
                wanted="1",
                line=again.line,
            )


def _core_and_elective(rule: PackagingRule) -> Iterator[RuleFinding]:
    core = set(rule.core_units)
    for group, member in rule.members():
        if group.role == "elective" and member.code in core:
            yield RuleFinding(
                code=rule.code,
                check="core-and-elective",
                path=member.path,
                message=f"{member.code} is a core unit and is listed as an elective too.",
                seen="core and elective",
                wanted="one of them",
                line=member.line,
            )


def _room(rule: PackagingRule, statement: RuleStatement) -> Iterator[RuleFinding]:
    if statement.n is None or statement.kind not in ("min", "exact") or _unlisted(statement):
        return
    if rule.measure != "units":
        return
    groups = [
        group for group in rule.elective_groups if LISTED in statement.pools or group.id in statement.pools
    ]
    room = len({code for group in groups for code in group.units})
    if room < statement.n:
        yield RuleFinding(
            code=rule.code,
            check="room",
            severity="violation",
            path=statement.path,
            message=f"{statement.n} units are asked from lists that hold {room}.",
            seen=str(room),
            wanted=f"at least {statement.n}",
            line=statement.line,
        )
