"""Training packages that a sentence leaves out, and units of which only so many are permitted. Texts are invented."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, from_json, parse, rule_in_words, to_json
from qualgraph.packaging.facts import Award, Packaging, proves
from qualgraph.packaging.tree import ImportPool

LISTS = [
    "Core units",
    "ZZC101 Fly a kite",
    "ZZC102 Land a kite",
    "Elective units",
    *(f"ZZE10{n} Do elective task {n}" for n in range(1, 7)),
]


def page_of(*lines: str) -> PackagingRule:
    """The rule of a page with six units, of which two are core, and these sentences."""
    counts = ["Total number of units = 6", "2 core units", "4 elective units, consisting of:"]
    return parse("\n".join([*counts, *lines, *LISTS]))


@pytest.mark.parametrize("wording", ["other than ZZZ", "excluding the ZZZ training package", "except ZZZ"])
def test_a_training_package_is_left_out_of_the_imports(wording: str) -> None:
    rule = page_of(
        "at least 3 units from the electives listed below",
        f"1 unit must be selected from any endorsed training package or accredited course {wording}",
    )
    outside = rule.rules[1].import_
    assert rule.status == "complete", rule.unread
    assert outside is not None
    assert outside.except_packages == ("ZZZ",)
    assert "accredited course, other than ZZZ" in rule_in_words(rule.rules[1])
    assert from_json(to_json(rule)).rules[1].import_ == outside


def test_a_package_left_out_of_the_listed_units_is_not_read() -> None:
    rule = page_of("4 units from the electives listed below other than ZZZ")
    assert rule.status == "partial"


@pytest.mark.parametrize(("package", "proven"), [("ZZZ", False), ("YYY", True), (None, True)])
def test_only_a_qualification_of_another_package_proves_such_an_import(
    package: str | None, *, proven: bool
) -> None:
    pool = ImportPool(sources=("any-package", "accredited-course"), except_packages=("ZZZ",))
    award = Award(code="ZZZ20220", level="Certificate II", package="ZZZ")
    known = [Packaging(qualification="ZZZ20120", level="Certificate II", package=package, source="x")]
    assert proves(pool, award, known) is proven
    assert not proves(pool, award, [])


@pytest.mark.parametrize(
    "lead",
    [
        "only one of the following units may be selected:",
        "Note: only one of the following string care units can be selected:",
    ],
)
def test_only_one_of_the_units_that_follow_is_a_maximum(lead: str) -> None:
    rule = page_of(
        "4 units from the electives listed below",
        f"{lead}ZZE101 Do elective task 1",
        "ZZE102 Do elective task 2",
    )
    assert rule.status == "complete", rule.unread
    assert [rule_in_words(item) for item in rule.rules][-1] == "at most 1 from ZZE101 or ZZE102"


def test_one_of_the_units_that_follow_may_be_needed_too_and_is_no_maximum() -> None:
    rule = page_of(
        "4 units from the electives listed below", "only one of the following apply:", "ZZE101", "ZZE102"
    )
    assert rule.status == "partial"


def test_a_cap_on_a_lower_level_is_of_imports_though_units_are_excluded_between() -> None:
    rule = page_of(
        "at least 2 units from the electives listed below",
        "up to 2 units from any endorsed Training Package",
        "must not include any unit coded ZZW",
        "must not include more than 1 unit aligned at a level lower than AQF Level 3.",
    )
    assert rule.status == "complete", rule.unread
    assert rule.rules[-1].n == 1
    assert rule.rules[-1].pools == ("import",)


TABLE = ["Prerequisite requirements", "Unit of competency", "Prerequisite requirement"]


def required(
    *rows: str,
) -> tuple[PackagingRule, dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]]:
    """A rule with a table of these rows, and what each unit requires: all of some, one of each row of others."""
    lists = [line.replace("ZZE101", "ZZE101*").replace("ZZE104", "ZZE104*") for line in LISTS]
    rule = parse("\n".join(["2 core units", "4 elective units", *lists, *TABLE, *rows]))
    return rule, {item.unit: (item.requires, item.one_of) for item in rule.prerequisites}


def test_or_between_the_required_units_of_a_table_makes_alternatives() -> None:
    rule, found = required("ZZE101", "ZZE102", "or", "ZZE103", "ZZE104", "ZZE105")
    assert found == {"ZZE101": ((), (("ZZE102", "ZZE103"),)), "ZZE104": (("ZZE105",), ())}
    assert rule.status == "complete", rule.unread


def test_one_of_the_following_in_a_table_holds_to_the_end_of_the_row() -> None:
    _, found = required("ZZE101", "ZZC101", "One of the following:", "ZZE102", "ZZE103", "ZZE104", "ZZE105")
    assert found == {"ZZE101": (("ZZC101",), (("ZZE102", "ZZE103"),)), "ZZE104": (("ZZE105",), ())}


@pytest.mark.parametrize("row", [["ZZE102", "ZZE103", "or", "ZZE105"], ["ZZE102", "or", "ZZE103", "ZZE105"]])
def test_an_or_of_which_the_reach_is_open_leaves_the_row_unread(row: list[str]) -> None:
    rule, _ = required("ZZE101", *row, "ZZE104", "ZZE106")
    assert rule.status == "partial"
    assert any("prerequisite table" in item.text for item in rule.unread)


def test_without_blank_cells_a_required_unit_before_a_unit_not_to_be_taken_is_no_row() -> None:
    text = (
        "Total number of units = 2",
        "1 core unit",
        "1 elective unit from Group A",
        "Core units",
        "Unit code",
    )
    text += (
        "Unit title",
        "ZZC101",
        "Fly a kite",
        "",
        "Elective units",
        "Unit code",
        "Unit title",
        "Prerequisites",
    )
    text += ("Unit selection guidelines", "Group: A", "ZZE101", "Mend a kite", "", "Do not take with ZZE103")
    text += ("ZZE102", "Make a kite", "ZZE101", "Do not take with ZZE104 ", "ZZE103", "Paint a kite", "")
    text += ("Do not take with ZZE101", "ZZE104", "Sell a kite", "", "Do not take with ZZE102")
    rule = parse("\n".join(line for line in text if line))
    assert [group.units for group in rule.groups] == [("ZZC101",), ("ZZE101", "ZZE102", "ZZE103", "ZZE104")]
    assert [(item.unit, item.requires) for item in rule.prerequisites] == [("ZZE102", ("ZZE101",))]
