"""The published JSON: its schema, and round trips between tree, JSON and text."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualgraph.errors import BrokenDocumentError
from qualgraph.packaging import SCHEMA_ID, PackagingRule, from_json, parse, rule_schema, to_json
from support import shared_path

WORDS = {"min": "at least", "max": "up to"}
KEYS = [
    "code",
    "title",
    "release",
    "measure",
    "total",
    "core",
    "elective",
    "groups",
    "rules",
    "specialisations",
]
KEYS += ["prerequisites", "human_conditions", "alternatives", "status", "unread"]


def printed(rule: PackagingRule) -> str:
    """The rule printed as a qualification prints one, in wordings that mean one thing only."""
    lines = [
        f"Total number of units = {rule.total}",
        f"{rule.core} core units",
        f"{rule.elective} elective units",
    ]
    for statement in rule.rules:
        pools = " or ".join(
            "any training package" if p == "import" else f"Group {p}" for p in statement.pools
        )
        lines.append(f"{WORDS[statement.kind]} {statement.n} units from {pools}")
    for group in rule.groups:
        lines.append("Core units" if group.role == "core" else f"Group {group.id}")
        lines += [f"{member.code} {member.title}" for member in group.members]
    return "\n".join(lines)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """The text of a rule with a few groups and a minimum for some, which its own counts allow."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    core = draw(st.integers(1, 5))
    asked = [draw(st.integers(0, size)) for size in sizes]
    spare = draw(st.integers(1, 4))
    letters = "ABCD"[: len(sizes)]
    lines = [f"Total number of units = {core + sum(asked) + spare}", f"{core} core units"]
    lines.append(f"{sum(asked) + spare} elective units")
    lines += [
        f"at least {n} units from Group {letter}" for n, letter in zip(asked, letters, strict=True) if n
    ]
    lines.append(f"up to {spare} units from Group {letters[-1]} or any training package")
    lines += ["Core units", *(f"ZZC10{n} Core task" for n in range(core))]
    for at, (size, letter) in enumerate(zip(sizes, letters, strict=True)):
        lines += [f"Group {letter}", *(f"ZZE{at}0{n} Elective task" for n in range(size))]
    return "\n".join(lines)


@settings(max_examples=60)
@given(rules())
def test_a_tree_comes_back_from_its_json(text: str) -> None:
    rule = parse(text, code="ZZZ30120", title="Certificate III in Kites", release="1")
    assert rule.status == "complete"
    data = to_json(rule, detail=True)
    assert from_json(json.loads(json.dumps(data))) == rule
    plain = to_json(rule)
    assert to_json(from_json(plain)) == plain


@settings(max_examples=60)
@given(rules())
def test_a_tree_printed_and_read_again_says_the_same(text: str) -> None:
    rule = parse(text)
    again = parse(printed(rule))

    def meaning(of: PackagingRule) -> list[Any]:
        return [(item.kind, item.n, item.pools) for item in of.rules] + [(g.id, g.units) for g in of.groups]

    assert meaning(again) == meaning(rule)
    assert again.status == "complete"


def test_the_json_has_the_published_keys_and_no_others() -> None:
    assert list(to_json(parse("nothing"))) == KEYS


def test_the_schema_is_itself_valid_and_names_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(rule_schema())
    assert rule_schema()["$id"] == SCHEMA_ID


def test_every_reading_of_the_development_set_is_valid_against_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(rule_schema())
    lines = shared_path("corpus", "packaging-devset", "inputs.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 28
    for line in lines:
        rule = parse(json.loads(line)["packagingRules"], code=json.loads(line)["code"])
        for detail in (False, True):
            validator.validate(to_json(rule, detail=detail))
        assert from_json(to_json(rule, detail=True)) == rule


def test_the_schema_refuses_a_complete_rule_with_unread_text() -> None:
    data = to_json(parse("nothing"))
    data["status"], data["unread"] = "complete", [{"text": "2 units coded ZZK", "line": 4}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, rule_schema())


def test_rules_of_a_specialisation_stand_under_it_and_only_there() -> None:
    text = "\n".join(
        [
            "Total number of units = 2",
            "1 core unit",
            "1 elective unit",
            "All Group A electives must be selected for award of the Certificate I in Kites (Box Kites)",
            *("Core units", "ZZC101 Fly", "Group A", "ZZE101 Mend", "Group B", "ZZE102 Sell"),
        ]
    )
    data = to_json(parse(text))
    assert data["rules"] == []
    [box] = data["specialisations"]
    assert (box["name"], box["replaces"]) == ("Box Kites", False)
    assert [(rule["kind"], rule["pools"], rule["scope"]) for rule in box["rules"]] == [
        ("all", ["A"], "specialisation:Box Kites")
    ]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda data: data.pop("groups"), "'groups'"),
        (lambda data: data.update(rules=[{}]), "'import'"),
        (lambda data: data.update(rules=3), "published form"),
    ],
)
def test_json_of_another_form_is_refused_with_what_is_wrong(change: Any, what: str) -> None:
    data = to_json(parse("2 core units\nCore units\nZZC101 Fly\nZZC102 Land"))
    change(data)
    with pytest.raises(BrokenDocumentError, match=what):
        from_json(data)
