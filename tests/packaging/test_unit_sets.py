"""Units that a sentence names in the lines after it, units joined by 'or', and prerequisites joined so."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse, rule_in_words

HEAD = """\
Total number of units = 6
2 core units
4 elective units from the electives listed below
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Elective units
ZZE101 Mend a kite
ZZE102 Make a kite
ZZE103 Paint a kite
ZZE104 Sell a kite
ZZE105 Lend a kite
Specialisations
Where relevant, specialisations can be used for this qualification in:
kite mender
kite seller.
The achievement of a specialisation will be identified on testamurs as follows:
ZZZ30120 Certificate III in Kites (Kite Mender)
ZZZ30120 Certificate III in Kites (Kite Seller).
"""


def specialisation(text: str) -> tuple[PackagingRule, list[str]]:
    """The rule, and what its first specialisation asks, in words."""
    rule = parse(HEAD + text)
    own = rule.specialisations[0].rules if rule.specialisations else ()
    return rule, [rule_in_words(item) for item in rule.rules if item.id in own]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Select the following 2 elective units:\nZZE101 Mend a kite\nZZE102 Make a kite",
            ["ZZE101 and ZZE102"],
        ),
        ("Select all the following units:\nZZE101 Mend a kite\nZZE102 Make a kite", ["ZZE101 and ZZE102"]),
        (
            "The following 2 elective units must be selected:\nZZE101\nMend a kite\nZZE102\nMake a kite",
            ["ZZE101 and ZZE102"],
        ),
        (
            "Two of the following elective units must be selected:\n"
            "ZZE101 Mend a kite\nZZE102 Make a kite\nZZE103 Paint a kite",
            ["at least 2 from ZZE101 or ZZE102 or ZZE103"],
        ),
        (
            "Select the following 2 elective units:\nZZE101 Mend a kite\n"
            "Plus\nZZE102 Make a kite\nor\nZZE103 Paint a kite",
            ["ZZE101", "at least 1 from ZZE102 or ZZE103"],
        ),
        (
            "Select at least 2 of the following units:\n"
            "ZZE101 Mend a kite\nZZE102 Make a kite\nOR\nZZE103 Paint a kite\nZZE104 Sell a kite",
            ["at least 2 from ZZE101 or ZZE104 or ZZE102 or ZZE103", "at most 1 from ZZE102 or ZZE103"],
        ),
    ],
)
def test_a_sentence_names_the_units_after_it(text: str, asked: list[str]) -> None:
    rule, words = specialisation(f"Kite Mender\n{text}")
    assert rule.status == "complete", rule.unread
    assert words == asked
    assert rule.specialisations[0].name == "Kite Mender"
    assert len(rule.listed_electives) == 5


@pytest.mark.parametrize(
    "text",
    [
        "Select the following 3 elective units:\nZZE101 Mend a kite\nZZE102 Make a kite",
        "Select 3 of the following units:\nZZE101 Mend a kite\nZZE102 Make a kite",
        "Select one of the following units for each kite:\nZZE101 Mend a kite\nZZE102 Make a kite",
    ],
)
def test_a_set_of_another_size_or_wording_is_not_read(text: str) -> None:
    rule, words = specialisation(f"Kite Mender\n{text}")
    assert rule.status == "partial"
    assert not words


def test_a_heading_in_other_words_is_the_name_that_is_left() -> None:
    text = "Seller of Kites\nSelect the following unit:\nZZE104 Sell a kite"
    rule, words = specialisation(text.replace("Seller of Kites", "Kite and Boat Seller"))
    assert rule.status == "complete", rule.unread
    assert rule.specialisations[0].name == "Kite Seller"
    assert words == ["ZZE104"]


def test_units_of_a_list_joined_by_or_count_once() -> None:
    rule = parse(HEAD.replace("ZZE102 Make a kite\n", "ZZE102 Make a kite\nOR\n").split("Specialisations")[0])
    assert rule.status == "complete", rule.unread
    assert [rule_in_words(item) for item in rule.rules] == ["at most 1 from ZZE102 or ZZE103"]
    assert rule.listed_electives == ("ZZE101", "ZZE102", "ZZE103", "ZZE104", "ZZE105")


def required(rows: str) -> tuple[PackagingRule, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The rule with these rows under ZZE101, and what ZZE101 requires: all of, and rows of one."""
    text = HEAD.split("Specialisations")[0].replace("ZZE101 Mend a kite", f"ZZE101 Mend a kite\n{rows}")
    rule = parse(text)
    found = next((item for item in rule.prerequisites if item.unit == "ZZE101"), None)
    return (rule, found.requires, found.one_of) if found else (rule, (), ())


def test_required_units_joined_by_and_and_or() -> None:
    rows = "∟ ZZP101 Know wind\nand\n∟ ZZP102 Know rain\nor\n∟ ZZP103 Know sun\n∟ ZZP104 Know snow"
    rule, all_of, one_of = required(rows)
    assert rule.status == "complete", rule.unread
    assert all_of == ("ZZP101",)
    assert one_of == (("ZZP102", "ZZP103"), ("ZZP102", "ZZP104"))


def test_required_units_joined_by_and_alone_are_all_required() -> None:
    rule, all_of, one_of = required("∟ ZZP101 Know wind\nand\n∟ ZZP102 Know rain")
    assert rule.status == "complete", rule.unread
    assert (all_of, one_of) == (("ZZP101", "ZZP102"), ())


@pytest.mark.parametrize(
    "rows",
    [
        "∟ ZZP101 Know wind\n∟ ZZP102 Know rain\nor\n∟ ZZP103 Know sun",
        "∟ ZZP101 Know wind\nor\n∟ ZZP102 Know rain\nand\n∟ ZZP103 Know sun",
    ],
)
def test_an_or_that_may_reach_further_back_is_not_read(rows: str) -> None:
    assert required(rows)[0].status == "partial"


def test_units_that_a_number_of_units_includes() -> None:
    lead = "Select at least 3 units from the electives listed below"
    text = f"Kite Mender\n{lead}, including:\nZZE101 Mend a kite\nZZE102 Make a kite"
    rule, words = specialisation(text)
    assert rule.status == "complete", rule.unread
    assert words == ["at least 3 from the listed electives", "ZZE101 and ZZE102"]
    assert rule.rules[1].within == "r1"
    odd, _ = specialisation(text.replace(lead, "3 of each of the kites"))
    assert odd.status == "partial"


def test_named_units_of_a_group_before_the_lists() -> None:
    rule = parse(
        "Total number of units = 6\n2 core units\n4 elective units\n"
        "For the award of the Certificate III in Kites (Mending) choose:\n"
        "the following units from Group A:ZZE101 Mend a kite\nZZE102 Make a kite\n"
        "at least 1 more unit from the electives in Group A\n"
        "1 unit from the electives in Group A\n"
        "Core units\nZZC101 Fly a kite\nZZC102 Land a kite\n"
        "Elective units\nGroup A\nZZE101 Mend a kite\nZZE102 Make a kite\nZZE103 Paint a kite\nZZE104 Sell a kite\n"
    )
    assert rule.status == "complete", rule.unread
    assert [rule_in_words(item) for item in rule.rules] == [
        "ZZE101 and ZZE102",
        "at least 1 from Group A",
        "at least 1 from Group A",
    ]


GROUPS_WITH_SETS = """\
Total number of units = 4
1 core unit
3 elective units from the electives listed below
Core units
ZZC101 Fly a kite
Elective units
Unit code
Unit title
Prerequisites
Group A: Makers
ZZE101
Mend a kite

ZZE102
Make a kite
ZZE101
And at least one of the following units:
ZZE103
Paint a kite

Group B: Sellers
ZZE101
Mend a kite

ZZE104
Sell a kite
ZZE101
"""


def test_a_group_after_units_named_in_the_group_before_has_all_of_its_own() -> None:
    rule = parse(GROUPS_WITH_SETS)
    assert [(group.name, group.units) for group in rule.groups if group.role == "elective"] == [
        ("Makers", ("ZZE101", "ZZE102", "ZZE103")),
        ("Sellers", ("ZZE101", "ZZE104")),
    ]
    assert [(item.unit, item.requires) for item in rule.prerequisites] == [
        ("ZZE102", ("ZZE101",)),
        ("ZZE104", ("ZZE101",)),
    ]


def test_a_group_after_a_sentence_that_names_units_before_the_lists_has_all_of_its_own() -> None:
    text = (
        "Total number of units = 3\n1 core unit\n2 elective units\nThe following units have a prerequisite unit:\n"
        "ZZE101 Mend a kite\nCore units\nZZC101 Fly a kite\n"
        "Group A\nZZE101 Mend a kite\nZZE102 Make a kite\nGroup B\nZZE101 Mend a kite\nZZE103 Paint a kite"
    )
    rule = parse(text)
    assert [group.units for group in rule.groups] == [("ZZC101",), ("ZZE101", "ZZE102"), ("ZZE101", "ZZE103")]
