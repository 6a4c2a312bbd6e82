"""The judge on selections with known verdicts, over rules as they are read and as a person read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from qualgraph.packaging import (
    ImportPool,
    ListedUnit,
    PackagingRule,
    Prerequisite,
    RuleStatement,
    Specialisation,
    UnitGroup,
    judge,
    parse,
    shipped_facts,
)
from support import shared_path

DEVSET = "corpus", "packaging-devset"


def lines(name: str) -> list[dict[str, Any]]:
    path = shared_path(*DEVSET, name)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def golds() -> dict[str, PackagingRule]:
    folder = shared_path(*DEVSET, "gold")
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    assert len(found) == 28
    return {gold["code"]: gold_rule(gold) for gold in found}


def gold_rule(gold: dict[str, Any]) -> PackagingRule:
    """A hand reading as a rule: what holds for a specialisation alone becomes its own rules."""
    statements = [gold_statement(f"r{n}", row) for n, row in enumerate(gold["rules"], start=1)]
    plain = any("when" not in row for row in gold["rules"])
    return PackagingRule(
        code=gold["code"],
        title=gold["title"],
        measure=gold["measure"],
        total=gold["total"],
        core=gold["core"],
        elective=gold["elective"],
        groups=tuple(gold_group(group) for group in gold["groups"]),
        rules=tuple(statements),
        specialisations=tuple(
            Specialisation(
                path=f"packaging/specialisation/{n}",
                name=name,
                rules=tuple(item.id for item in statements if item.scope == f"specialisation:{name}"),
                replaces=not plain,
            )
            for n, name in enumerate(gold["specialisations"], start=1)
        ),
        prerequisites=tuple(
            Prerequisite(
                path=f"packaging/prerequisite/{row['unit']}",
                unit=row["unit"],
                requires=tuple(row["requires"]),
                policy=gold["prerequisite_policy"],
            )
            for row in gold["prerequisites"]
        ),
        status="complete",
    )


def gold_group(group: dict[str, Any]) -> UnitGroup:
    path = f"packaging/group/{group['id']}"
    points = group.get("points", {})
    return UnitGroup(
        path=path,
        id=group["id"],
        name=group["name"],
        role=group["role"],
        members=tuple(
            ListedUnit(path=f"{path}/{code}", code=code, points=points.get(code)) for code in group["units"]
        ),
    )


def gold_statement(id: str, row: dict[str, Any]) -> RuleStatement:
    levels = (row["level"],) if "level" in row and "import" in row["pools"] else ()
    bucket = bool(row.get("slot")) or (row["kind"] == "max" and "import" in row["pools"])
    return RuleStatement(
        path=f"packaging/rule/{id}",
        id=id,
        kind=row["kind"],
        n=row["n"],
        pools=tuple(row["pools"]),
        text=row["text"],
        line=None,
        import_=ImportPool(sources=("any-package",), levels=levels) if "import" in row["pools"] else None,
        scope=f"specialisation:{row['when']}" if "when" in row else "all",
        reading="bucket" if bucket else row["kind"],
    )


@cache
def rules_as_read() -> dict[str, PackagingRule]:
    return {
        row["code"]: parse(row["packagingRules"], code=row["code"], title=row["title"])
        for row in lines("inputs.jsonl")
    }


def verdicts(rules: dict[str, PackagingRule]) -> Iterator[tuple[str, str, str]]:
    """Each known case: its id, the known verdict and the judge's."""
    cases = lines("judge-cases.jsonl")
    assert len(cases) == 272
    for case in cases:
        rule = rules[case["code"]]
        names = {item.name for item in rule.specialisations}
        if case["specialisation"] is not None and case["specialisation"] not in names:
            yield case["id"], case["expected"], "unknown"
            continue
        verdict = judge(rule, case["units"], specialisation=case["specialisation"], facts=shipped_facts())
        yield case["id"], case["expected"], verdict.verdict


def test_no_verdict_on_rules_as_they_were_read_is_contrary_to_a_known_one() -> None:
    found = list(verdicts(rules_as_read()))
    assert [row for row in found if row[2] not in (row[1], "unknown")] == []


def test_almost_every_known_case_is_decided_where_the_whole_rule_is_read() -> None:
    rules = {
        code: rule if rule.status == "complete" else golds()[code] for code, rule in rules_as_read().items()
    }
    found = list(verdicts(rules))
    assert [row for row in found if row[2] not in (row[1], "unknown")] == []
    decided = sum(verdict != "unknown" for _, _, verdict in found)
    assert decided >= 0.98 * len(found), [row for row in found if row[2] == "unknown"]


def test_hand_readings_give_the_known_verdicts() -> None:
    found = list(verdicts(golds()))
    assert [row for row in found if row[2] not in (row[1], "unknown")] == []
    assert sum(verdict == expected for _, expected, verdict in found) >= 0.92 * len(found)
