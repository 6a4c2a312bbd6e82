"""Every sentence pattern of ``patterns.toml`` is read as the table says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from qualgraph.packaging import parse, rule_in_words

TABLE = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["case"]


def page(case: dict[str, Any]) -> str:
    """The case's sentences above a core list and elective lists of five units."""
    lines = [*case["text"], "Core units", *(f"ZZC10{n} Do core task {n}" for n in range(case["core"]))]
    if case["groups"] != ["listed"]:
        lines.append("Elective units")
    for letter, group in enumerate(case["groups"]):
        lines.append("Elective units" if group == "listed" else f"Group {group}")
        lines += [f"ZZE{letter + 2}0{n} Do elective task {letter}{n}" for n in range(5)]
    return "\n".join(lines)


def test_the_table_is_whole() -> None:
    assert len(CASES) == 51
    assert len({case["pattern"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["pattern"])
def test_a_sentence_is_read_as_the_table_says(case: dict[str, Any]) -> None:
    rule = parse(page(case))
    assert (rule.total, rule.core) == (case["total"], case["core"])
    assert rule.electives_needed == case["total"] - case["core"]
    assert [rule_in_words(statement) for statement in rule.rules] == case["rules"]
    assert [unread.text for unread in rule.unread] == case.get("unread", [])
    assert rule.status == ("partial" if "unread" in case else "complete")
    if "conditions" in case:
        assert len(rule.human_conditions) == case["conditions"]


def test_every_statement_says_why_it_was_read_so_and_where() -> None:
    for case in CASES:
        for statement in parse(page(case)).rules:
            assert statement.because
            assert statement.reading
            assert statement.line is not None
            assert statement.text in "\n".join(case["text"])


POINTS = """\
A total of 100 weighting points comprising:
40 core weighting points listed below; plus
60 general elective weighting points from the general elective units listed below.
Choose a total of 60 weighting points elective units from the list below, of which between 0 and 20 weighting points \
can be taken from Group A; and between 40 and 60 weighting points must be taken from Group B; or all 60 weighting \
points can be taken from Group B.
Up to 10 weighting points of the general elective units Group A, may be selected from any training package.
Core units
Weighting Points
ZZC101
Fly a kite
40
Group A: Imported and common elective units
Weighting Points
ZZE101
Mend a kite
20
Group B: Qualification elective units
Weighting Points
ZZE201
Sell a kite
60
"""


def test_points_are_read_as_ranges_and_every_unit_has_its_weight() -> None:
    rule = parse(POINTS)
    assert rule.status == "complete", rule.unread
    assert (rule.measure, rule.total, rule.core, rule.elective) == ("points", 100, 40, 60)
    assert [unit.points for _, unit in rule.members()] == [40, 20, 60]
    assert [rule_in_words(statement) for statement in rule.rules] == [
        "at most 20 from Group A",
        "at least 40 from Group B",
        "at most 10 from units that are not listed, from any endorsed training package",
    ]


def test_a_unit_without_points_in_a_rule_of_points_makes_it_partial() -> None:
    rule = parse(POINTS.replace("Sell a kite\n60\n", "Sell a kite\n"))
    assert rule.status == "partial"
    assert "a listed unit has no points" in "".join(unread.text for unread in rule.unread)


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        (
            "or all 60 weighting points can be taken",
            "or all electives units of 60weightingpoints can be taken",
        ),
        ("or all 60 weighting points can be taken", "or all minimum 60 weighting points must be taken"),
        (
            "; or all 60 weighting points can be taken from Group B",
            " (or all elective weighting points can be taken from Group B)",
        ),
        ("between 0 and 20 weighting points", "between 0 and20 weightingpoints"),
        ("40 and 60 weighting points must", "40 and 60 must"),
        ("A total of 100 weighting points", "A minimum of 100 weighting points"),
        ("Group B: Qualification elective", "Group B: General elective"),
        ("general elective units Group A,", "general elective unitsGroup A,"),
    ],
)
def test_points_are_read_in_other_words(printed: str, instead: str) -> None:
    assert printed in POINTS
    usual, other = parse(POINTS), parse(POINTS.replace(printed, instead))
    assert other.status == "complete", other.unread
    assert [rule_in_words(rule) for rule in other.rules] == [rule_in_words(rule) for rule in usual.rules]
    assert (other.total, other.core, other.elective) == (100, 40, 60)


def test_a_range_that_the_whole_passes_is_not_read() -> None:
    rule = parse(POINTS.replace("between 40 and 60", "between 40 and 50"))
    assert rule.status == "partial"


def test_units_in_a_rule_of_points_are_not_read() -> None:
    rule = parse(POINTS.replace("Up to 10 weighting points of", "Up to 10 units of"))
    assert rule.status == "partial"
