"""A register of invented packaging rules: groups, imports, specialisations, and sentences that were not read."""

from __future__ import annotations

from qualgraph.packaging import (
    ImportPool,
    ListedUnit,
    PackagingRule,
    RuleStatement,
    Specialisation,
    UnitGroup,
    UnreadText,
)
from qualgraph.packaging.tree import EVERYONE, Kind, Status
from stored_rules import Stated


def _group(id: str, name: str, line: int, *codes: str) -> UnitGroup:
    path = f"packaging/group/{id}"
    members = (
        ListedUnit(path=f"{path}/{n}", code=code, title=f"Unit {code[3:]}", line=line + n)
        for n, code in enumerate(codes, start=1)
    )
    role = "core" if id == "core" else "elective"
    return UnitGroup(path=path, id=id, name=name, role=role, members=tuple(members), line=line)


def _rule(
    id: str,
    kind: Kind,
    n: int | None,
    pools: tuple[str, ...],
    line: int,
    outside: ImportPool | None = None,
    *,
    within: str | None = None,
    scope: str = EVERYONE,
) -> RuleStatement:
    return RuleStatement(
        path=f"packaging/rule/{id}",
        id=id,
        kind=kind,
        n=n,
        pools=pools,
        text=f"Sentence {id}.",
        line=line,
        import_=outside,
        within=within,
        scope=scope,
    )


def _stated(
    code: str,
    title: str,
    groups: tuple[UnitGroup, ...],
    rules: tuple[RuleStatement, ...] = (),
    *,
    status: Status = "complete",
    counts: tuple[int, int, int] = (4, 1, 3),
    specialisations: tuple[Specialisation, ...] = (),
    unread: tuple[UnreadText, ...] = (),
) -> Stated:
    total, core, elective = counts
    rule = PackagingRule(
        code=code,
        title=title,
        total=total,
        core=core,
        elective=elective,
        groups=groups,
        rules=rules,
        specialisations=specialisations,
        status=status,
        unread=unread,
    )
    return Stated(rule=rule, code=code, title=title, key="release-1")


SAME_LEVEL = ImportPool(sources=("any-package",), levels=("same",))
ANYTHING = ImportPool(sources=("any-package",))
OWN = ImportPool(sources=("this-package",), levels=("Certificate III",))
WALL = "specialisation:Wall tiling"

RULES = (
    _stated(
        "ZZZ40122",
        "Certificate IV in Tile Laying",
        (
            _group("core", "Core units", 20, "ZZZTIL401"),
            _group("A", "Group A", 30, "ZZZTIL402", "ZZZTIL403", "ZZZTIL404"),
            _group("B", "Group B", 40, "ZZZTIL405"),
        ),
        (
            _rule("r1", "min", 2, ("A",), 11),
            _rule("r2", "max", 1, ("import",), 12, SAME_LEVEL),
            _rule("r3", "max", 1, ("unit:ZZZGRO301",), 13),
        ),
    ),
    _stated(
        "ZZZ30122",
        "Certificate III in Tile Laying",
        (
            _group("core", "Core units", 20, "ZZZTIL301"),
            _group("General", "General electives", 30, "ZZZTIL302", "ZZZTIL303", "ZZZTIL405"),
            _group("Wall", "Wall electives", 40, "ZZZTIL304", "ZZZTIL305", "ZZZTIL306"),
        ),
        (
            _rule("r1", "min", 1, ("General",), 11),
            _rule("r2", "max", 0, ("import",), 12, ANYTHING),
            _rule("r3", "all", None, ("Wall",), 14, scope=WALL),
            _rule("r4", "max", 2, ("General", "Wall"), 15),
            _rule("r5", "min", 2, ("Wall",), 16, within="r4"),
        ),
        status="partial",
        counts=(5, 1, 4),
        specialisations=(
            Specialisation(path="packaging/specialisation/1", name="Wall tiling", rules=("r3",), line=13),
            Specialisation(
                path="packaging/specialisation/2",
                name="Floor tiling",
                replaces=True,
                line=17,
                total=6,
                core=1,
            ),
        ),
        unread=(UnreadText(path="packaging/unread/1", text="Every third tile must be blue.", line=18),),
    ),
    _stated(
        "ZZZ50122",
        "Diploma of Tile Design",
        (_group("core", "Core units", 20, "ZZZTIL501"), _group("listed", "Electives", 30, "ZZZTIL405")),
        (_rule("r1", "max", 3, ("listed", "import"), 11, ANYTHING),),
    ),
    _stated(
        "YYY40122",
        "Certificate IV in Glazing",
        (_group("core", "Core units", 20, "YYYGLA401"), _group("listed", "Electives", 30, "YYYGLA402")),
        counts=(2, 1, 1),
    ),
    _stated(
        "YYY30122",
        "Certificate III in Glazing",
        (_group("core", "Core units", 20, "YYYGLA301"), _group("listed", "Electives", 30, "YYYGLA402")),
        (_rule("r1", "max", 1, ("import",), 11, OWN),),
        counts=(3, 1, 2),
    ),
)
