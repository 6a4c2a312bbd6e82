"""Random packaging rules and selections, for properties that judges must have. All codes are invented.

``random_rule`` makes rules whose limits nest (laminar), unless ``crossing`` lets groups share units and limits
cross. The same seed gives the same rule.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random

from qualgraph.packaging import (
    ImportPool,
    ListedUnit,
    PackagingRule,
    RuleStatement,
    Specialisation,
    UnitGroup,
)
from qualgraph.packaging.tree import Kind

ANYWHERE = ImportPool(sources=("any-package",))
CASES = int(os.environ.get("QUALGRAPH_RANDOM_CASES", "2000"))
"""How many random cases a property is tried on; a nightly run sets QUALGRAPH_RANDOM_CASES higher."""


def random_rule(random: Random, *, crossing: bool = False, imports: bool = True) -> PackagingRule:
    """A small rule in units: up to 3 core units, up to 4 groups of up to 5 units, up to 6 electives."""
    core = [f"ZZC{n:03}" for n in range(random.randint(0, 3))]
    groups = {letter: _codes(letter, random.randint(1, 5)) for letter in "ABCD"[: random.randint(1, 4)]}
    if crossing and len(groups) > 1:
        _share_units(random, groups)
    elective = random.randint(1, 6)
    statements = _statements(random, groups, elective, imports)
    statements = [statement for statement in statements if statement is not None]
    if crossing and len(groups) > 2:
        statements.append(_crossing(random, groups, elective))
    return PackagingRule(
        code="ZZZ30120",
        title="Certificate III in Kites",
        total=len(core) + elective,
        core=len(core),
        elective=elective,
        groups=tuple(
            _group(id, units, "core" if id == "core" else "elective")
            for id, units in {**({"core": core} if core else {}), **groups}.items()
        ),
        rules=tuple(_numbered(statements)),
        status="complete",
    )


def random_specialised_rule(random: Random) -> PackagingRule:
    """A rule with one specialisation, 'Box', which asks units of one group beside the plain award."""
    rule = random_rule(random)
    group = random.choice(rule.elective_groups)
    own = _statement(
        "min", random.randint(1, len(group.units)), (group.id,), id="box", scope="specialisation:Box"
    )
    box = Specialisation(path="packaging/specialisation/1", name="Box", rules=("box",))
    return PackagingRule(
        **{**{name: getattr(rule, name) for name in rule.__dataclass_fields__}, "rules": (*rule.rules, own)}
        | {"specialisations": (box,)}
    )


def random_points_rule(random: Random) -> PackagingRule:
    """A small rule in points: every core unit, then points from the groups with a limit on one of them."""
    groups = {letter: _codes(letter, random.randint(1, 4)) for letter in "AB"[: random.randint(1, 2)]}
    core = _codes("C", random.randint(0, 2))
    weigh = {
        code: random.randint(1, 6) for code in (*core, *(code for units in groups.values() for code in units))
    }
    held = sum(weigh[code] for code in core)
    available = sum(weigh[code] for units in groups.values() for code in units)
    elective = random.randint(1, available)
    kind: Kind = random.choice(("min", "max"))
    statements = [_statement(kind, random.randint(1, elective), (random.choice(list(groups)),))]
    return PackagingRule(
        code="ZZZ30120",
        title="Certificate III in Kites",
        measure="points",
        total=held + elective,
        core=held,
        elective=elective,
        groups=tuple(
            _group(id, units, "core" if id == "core" else "elective", weigh)
            for id, units in {**({"core": core} if core else {}), **groups}.items()
        ),
        rules=tuple(_numbered(statements)),
        status="complete",
    )


def random_selection(random: Random, rule: PackagingRule, *, outside: int = 3) -> tuple[str, ...]:
    """Some of the listed units, mostly with the core, and up to ``outside`` that are not listed, in any order."""
    core = list(rule.core_units)
    if core and random.random() < 0.2:
        core.pop()
    listed = [code for code in rule.listed_electives if random.random() < 0.6]
    others = [f"YYE{n:03}" for n in range(random.randint(0, outside))]
    chosen = list(dict.fromkeys((*core, *listed, *others)))
    random.shuffle(chosen)
    return tuple(chosen)


def _codes(letter: str, size: int) -> list[str]:
    return [f"ZZ{letter}{n:03}" for n in range(100, 100 + size)]


def _share_units(random: Random, groups: dict[str, list[str]]) -> None:
    first, second = random.sample(list(groups), 2)
    groups[second] += [code for code in groups[first][: random.randint(1, 2)] if code not in groups[second]]


def _group(id: str, units: Sequence[str], role: str, points: dict[str, int] | None = None) -> UnitGroup:
    path = f"packaging/group/{id}"
    members = tuple(
        ListedUnit(path=f"{path}/{code}", code=code, points=points[code] if points else None)
        for code in units
    )
    return UnitGroup(
        path=path, id=id, name=id, role="core" if role == "core" else "elective", members=members
    )


def _statement(
    kind: Kind,
    n: int | None,
    pools: tuple[str, ...],
    *,
    import_: ImportPool | None = None,
    within: str | None = None,
    id: str = "",
    scope: str = "all",
) -> RuleStatement:
    amount = n if n is not None else "all"
    return RuleStatement(
        path=f"packaging/rule/{id}",
        id=id,
        kind=kind,
        n=n,
        pools=pools,
        text=f"{kind} {amount} of {' or '.join(pools)}",
        line=None,
        import_=import_,
        within=within,
        scope=scope,
        reading="bucket" if len(pools) > 1 and import_ else kind,
    )


def _statements(
    random: Random, groups: dict[str, list[str]], elective: int, imports: bool
) -> list[RuleStatement]:
    statements: list[RuleStatement] = []
    left = elective
    for id, units in groups.items():
        kind: Kind | None = random.choice(("min", "exact", "max", "all", None, None))
        n = min(random.randint(1, 3), len(units))
        if kind is None or (kind != "max" and (len(units) if kind == "all" else n) > left):
            continue
        left -= {"all": len(units), "max": 0}.get(kind, n)
        statements.append(_statement(kind, None if kind == "all" else n, (id,)))
    if len(groups) > 1 and left > 1 and random.random() < 0.3:
        asked = [id for id in groups if all(id not in statement.pools for statement in statements)]
        if len(asked) > 1:
            statements.append(_statement("one-of", 1, tuple(asked)))
            left -= 1
    if imports and left and random.random() < 0.7:
        bucket = random.random() < 0.5
        pools = ("listed", "import") if bucket else ("import",)
        statements.append(_statement("max", random.randint(1, left), pools, import_=ANYWHERE))
    return statements


def _crossing(random: Random, groups: dict[str, list[str]], elective: int) -> RuleStatement:
    pools = tuple(sorted(random.sample(list(groups), 2)))
    return _statement("max", random.randint(1, elective), pools)


def _numbered(statements: Sequence[RuleStatement]) -> list[RuleStatement]:
    return [
        RuleStatement(
            **{name: getattr(statement, name) for name in statement.__dataclass_fields__}
            | {"id": f"r{number}", "path": f"packaging/rule/r{number}"}
        )
        for number, statement in enumerate(statements, start=1)
    ]
