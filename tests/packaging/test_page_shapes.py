"""Unit lists in the shapes that pages print them in. All texts are invented."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse
from qualgraph.packaging.reading.headings import read_heading
from qualgraph.packaging.reading.lines import clean, page_lines
from qualgraph.packaging.reading.units import read_unit, unit_codes

START = ["Total number of units = 4", "2 core units plus", "2 elective units"]
LISTS = {
    "code and title on one line": ["ZZC101 Fly a kite", "ZZC102 Land a kite"],
    "code line, title line": ["ZZC101", "Fly a kite", "ZZC102", "Land a kite"],
    "table cells": ["ZZC101\tFly a kite", "ZZC102\tLand a kite"],
    "round bullets": ["• ZZC101 Fly a kite", "• ZZC102 Land a kite"],
    "dashes": ["- ZZC101 Fly a kite", "– ZZC102 Land a kite"],
    "no-break spaces": ["ZZC101\u00a0Fly a kite", "\u00a0ZZC102 Land a kite"],
    "markup": ["**ZZC101** Fly a kite", "<ul>ZZC102 Land a kite</ul>"],
    "residue of a web page": ["add topic ZZC101 Fly a kite", "add topic ZZC102 Land a kite"],
    "an empty bullet between": ["ZZC101 Fly a kite", "-", "ZZC102 Land a kite"],
    "a table header": ["Unit code", "Unit title", "ZZC101", "Fly a kite", "ZZC102", "Land a kite"],
    "a title glued to its code": ["ZZC101Fly a kite", "ZZC102Land a kite"],
    "a heading glued to the header": ["Unit codeUnit titleZZC101", "Fly a kite", "ZZC102", "Land a kite"],
}


def page_of(core: list[str], electives: list[str] | None = None) -> PackagingRule:
    tail = electives or ["Elective units", "ZZE201 Mend a kite", "ZZE202 Store a kite", "ZZE203 Sell a kite"]
    return parse("\n".join([*START, "Core units", *core, *tail]))


@pytest.mark.parametrize("shape", LISTS)
def test_a_list_is_read_in_every_shape(shape: str) -> None:
    rule = page_of(LISTS[shape])
    assert [(unit.code, unit.title) for _, unit in rule.members()][:2] == [
        ("ZZC101", "Fly a kite"),
        ("ZZC102", "Land a kite"),
    ]
    assert rule.status == "complete"


@pytest.mark.parametrize(
    "code",
    [
        "BSBCCO402A",
        "CHCINF5B",
        "CHCPOL3A",
        "BSBTWK201",
        "MEM18001",
        "THHGLE05B",
        "ICAA5056B",
        "FNSICORG515B",
        "VU21234",
        "UETTDREL14A",
        "AHCBIO4X01",
        "22603VIC",
    ],
)
def test_codes_of_every_era_are_codes(code: str) -> None:
    unit = read_unit(f"{code} Do the work")
    assert unit is not None
    assert (unit.code, unit.title) == (code, "Do the work")
    assert unit_codes(f"needs {code}, or not") == [code]


@pytest.mark.parametrize(
    "text", ["A1 licence", "ISO 9001 audit", "ZZZ30120 Certificate III in Kites", "2 units", "GROUP A"]
)
def test_other_words_are_not_units(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize("mark", ["*", " *", "#", " (*)"])
def test_a_prerequisite_mark_is_kept_apart_from_the_code(mark: str) -> None:
    rule = page_of([f"ZZC101{mark}\tFly a kite", "ZZC102\tLand a kite"])
    assert [unit.mark for _, unit in rule.members()][:2] == [mark.strip(" ()"), None]


def test_a_mark_after_the_title_belongs_to_the_unit() -> None:
    rule = page_of(["ZZC101 Fly a kite*", "ZZC102 Land a kite"])
    assert next((unit.title, unit.mark) for _, unit in rule.members()) == ("Fly a kite", "*")


def test_prerequisites_under_a_unit_are_its_prerequisites_and_not_list_members() -> None:
    rule = page_of(
        ["ZZC101", "Fly a kite", "∟ZZE201 Mend a kite", "∟ ZZE202 Store a kite", "ZZC102", "Land a kite"]
    )
    assert rule.core_units == ("ZZC101", "ZZC102")
    assert [(p.unit, p.requires) for p in rule.prerequisites] == [("ZZC101", ("ZZE201", "ZZE202"))]


def test_a_prerequisite_column_is_not_a_list_of_units() -> None:
    header = ["Unit code", "Unit title", "Prerequisites"]
    rule = page_of([*header, "ZZC101", "Fly a kite", "ZZE201 Mend a kite", "ZZC102", "Land a kite", ""])
    assert rule.core_units == ("ZZC101", "ZZC102")
    assert [(p.unit, p.requires) for p in rule.prerequisites] == [("ZZC101", ("ZZE201",))]


def test_a_prerequisite_table_after_the_lists_is_read_by_rows() -> None:
    table = ["Prerequisite requirements", "Unit of competency\tPrerequisite requirement"]
    rule = parse(
        "\n".join(
            [
                *START,
                "Core units",
                "ZZC101* Fly a kite",
                "ZZC102 Land a kite",
                "Elective units",
                "ZZE201* Mend a kite",
                "ZZE202 Store a kite",
                *table,
                "ZZC101 Fly a kite\tZZC102 Land a kite",
                "ZZE201 Mend a kite\tZZC101 Fly a kite",
            ]
        )
    )
    assert {p.unit: p.requires for p in rule.prerequisites} == {"ZZC101": ("ZZC102",), "ZZE201": ("ZZC101",)}
    assert len(rule.listed_electives) == 2


def test_headings_over_units_inside_a_list_are_topics_and_not_groups() -> None:
    rule = page_of(["Flying", "ZZC101 Fly a kite", "Landing", "ZZC102 Land a kite"])
    assert [unit.heading for _, unit in rule.members()][:2] == ["Flying", "Landing"]
    assert [group.id for group in rule.groups] == ["core", "listed"]


@pytest.mark.parametrize(
    ("text", "id", "name"),
    [
        ("Group A", "A", ""),
        ("Group B: Specialist elective units", "B", "Specialist elective units"),
        ("Group C – General electives", "C", "General electives"),
        ("Elective Group D", "D", ""),
        ("Group YA - Hybrid", "YA", "Hybrid"),
        ("Group E (Units from the kite sector)", "E", "Units from the kite sector"),
        ("Group F: Kites (single line)", "F", "Kites (single line)"),
    ],
)
def test_group_headings_give_letter_and_name(text: str, id: str, name: str) -> None:
    heading = read_heading(text)
    assert heading is not None
    assert (heading.kind, heading.id, heading.name) == ("group", id, name)


@pytest.mark.parametrize(
    "text",
    [
        "Group A units must be selected",
        "3 units from Group A",
        "7 elective units",
        "All Group A elective units",
        "Core Units = 4",
    ],
)
def test_sentences_are_not_headings(text: str) -> None:
    assert read_heading(text) is None


def test_named_elective_lists_are_groups_by_their_names() -> None:
    rule = page_of(
        ["ZZC101 Fly a kite", "ZZC102 Land a kite"],
        ["General elective units", "ZZE201 Mend a kite", "Technical elective units", "ZZE202 Store a kite"],
    )
    assert [group.id for group in rule.elective_groups] == ["General", "Technical"]


def test_a_heading_glued_to_the_unit_before_still_starts_a_list() -> None:
    rule = parse(
        "\n".join(
            [
                *START,
                "Core units",
                "ZZC101 Fly a kite",
                "ZZC102 Land a kiteElective units",
                "Group A",
                "ZZE201 Mend it",
                "ZZE202 Store itGroup B",
                "ZZE203 Sell it",
            ]
        )
    )
    assert {group.id: group.units for group in rule.groups} == {
        "core": ("ZZC101", "ZZC102"),
        "A": ("ZZE201", "ZZE202"),
        "B": ("ZZE203",),
    }


def test_a_core_list_that_is_short_makes_the_reading_partial() -> None:
    rule = page_of(["ZZC101 Fly a kite"])
    assert rule.status == "partial"
    assert [unread.text for unread in rule.unread] == ["2 core units plus [the core list has 1 units]"]


def test_reading_stops_at_the_outcome_examples() -> None:
    rule = parse(
        "\n".join(
            [
                *START,
                "Core units",
                "ZZC101 Fly a kite",
                "ZZC102 Land a kite",
                "Elective units",
                "ZZE201 Mend",
                "ZZE202 Sell",
                "Selecting Elective Units for Different Outcomes",
                "Kite maker",
                "2 core units plus",
                "ZZE999 Carve a kite",
            ]
        )
    )
    assert rule.status == "complete"
    assert rule.listed_electives == ("ZZE201", "ZZE202")


def test_line_numbers_given_by_the_caller_are_kept() -> None:
    lines = [(40 + at, text) for at, text in enumerate([*START, "Core units", "ZZC101 Fly", "ZZC102 Land"])]
    rule = parse(lines)
    assert [unit.line for _, unit in rule.members()] == [44, 45]


def test_invisible_characters_and_marks_of_direction_are_dropped() -> None:
    assert clean("\u200eZZC101\u00a0\u202eFly\ufeff\x07 a kite ") == "ZZC101 Fly a kite"


def test_lines_keep_their_numbers_when_they_are_parted() -> None:
    lines, whole = page_lines("Core unitsZZC101\nFly")
    assert whole
    assert [(line.number, line.text) for line in lines] == [(1, "Core units"), (1, "ZZC101"), (2, "Fly")]


TABLE = """\
Total number of units = 4
2 core units plus
2 elective units
Core units
Prerequisite units
ZZC101
Fly a kite

ZZC102
Land a kite
ZZC101
Elective units
Select all of the units from this list
Unit code
Unit title
Prerequisites
Unit selection guidelines
ZZE201
Mend a kite
ZZC101, ZZC102,
ZZC101
Do not take with ZZE202 or ZZE203
ZZE202
Store a kite
ZZC101 or ZZC102
Do not take with ZZE201
ZZE203
Sell a kite

"""


def test_a_table_with_columns_for_prerequisites_and_exclusions_is_read_by_its_rows() -> None:
    rule = parse(TABLE)
    assert rule.core_units == ("ZZC101", "ZZC102")
    assert rule.listed_electives == ("ZZE201", "ZZE202", "ZZE203")
    assert [(item.unit, item.requires, item.one_of) for item in rule.prerequisites] == [
        ("ZZC102", ("ZZC101",), ()),
        ("ZZE201", ("ZZC101", "ZZC102"), ()),
        ("ZZE202", (), (("ZZC101", "ZZC102"),)),
    ]
    assert [(item.kind, item.n, item.pools) for item in rule.rules if "Do not" in item.text] == [
        ("max", 1, ("unit:ZZE201", "unit:ZZE202")),
        ("max", 1, ("unit:ZZE201", "unit:ZZE203")),
    ]


def test_one_of_the_units_under_a_row_is_enough_where_the_row_says_so() -> None:
    rows = [
        "ZZC101",
        "Fly a kite",
        "∟ ZZX101 Run",
        "*and one of the following:",
        "∟ ZZX102 Hop",
        "∟ ZZX103 Skip",
    ]
    rule = page_of([*rows, "ZZC102", "Land a kite", "∟ ZZX104 Jump", "Or", "∟ ZZX105 Walk"])
    assert [(item.unit, item.requires, item.one_of) for item in rule.prerequisites] == [
        ("ZZC101", ("ZZX101",), (("ZZX102", "ZZX103"),)),
        ("ZZC102", (), (("ZZX104", "ZZX105"),)),
    ]
    assert rule.status == "complete"


def test_and_mixed_with_or_in_a_cell_of_prerequisites_is_not_read() -> None:
    rule = page_of(["ZZC101", "Fly a kite", "ZZX101, ZZX102 and ZZX103 or ZZX104", "ZZC102", "Land a kite"])
    assert not rule.prerequisites
    assert [unread.text for unread in rule.unread] == ["ZZX101, ZZX102 and ZZX103 or ZZX104"]


def test_a_core_list_without_a_heading_is_known_by_the_sentence_over_it() -> None:
    rule = parse("All 2 core units below are required.\nZZC101\nFly a kite\nZZC102\nLand a kite")
    assert rule.core_units == ("ZZC101", "ZZC102")


def test_units_over_which_nothing_says_what_they_are_stay_unread() -> None:
    rule = parse("Total number of units = 2\nZZC101\nFly a kite\nZZC102\nLand a kite")
    assert not rule.groups
    assert rule.status != "complete"


GUIDED = """\
Total number of units = 3
1 core unit
2 elective units
Core units
Unit code
Unit title
Prerequisites
Unit selection guidelines
ZZC101
Fly a kite


Elective units
Group A
ZZE201
Mend a kite
ZZC101
Required for repair work
ZZE202
Store a kite
ZZC101,
ZZE201

ZZE203
Sell a kite

Required for shops – do not take with ZZE202
"""


def test_a_column_of_guidelines_does_not_turn_required_units_into_rows() -> None:
    rule = parse(GUIDED)
    assert rule.listed_electives == ("ZZE201", "ZZE202", "ZZE203")
    assert [(item.unit, item.requires) for item in rule.prerequisites] == [
        ("ZZE201", ("ZZC101",)),
        ("ZZE202", ("ZZC101", "ZZE201")),
    ]
    assert [item.pools for item in rule.rules] == [("unit:ZZE203", "unit:ZZE202")]
    assert [item.text for item in rule.human_conditions] == ["Required for repair work", "Required for shops"]


def test_a_guideline_that_counts_a_unit_twice_is_not_read() -> None:
    note = "Required for shops – count as 2 units – do not take with ZZE202"
    rule = parse(GUIDED.replace("Required for shops – do not take with ZZE202", note))
    assert rule.status == "partial"


def test_elective_units_under_a_group_heading_is_the_same_heading() -> None:
    rule = page_of(
        LISTS["table cells"], ["Group A", "Elective units", "ZZE201 Mend", "Group: B", "ZZE202 Store"]
    )
    assert [(group.id, group.units) for group in rule.elective_groups] == [
        ("A", ("ZZE201",)),
        ("B", ("ZZE202",)),
    ]


MARKED = """\
Core units
ZZC101* Fly a kite
ZZC102* Land a kite
Elective units
ZZE201* Mend a kite
ZZE202 Store a kite
Prerequisite requirements
Unit of competency
Prerequisite requirement
"""


def marked_table(*rows: str) -> PackagingRule:
    return parse("\n".join([*START, MARKED + "\n".join(rows)]))


def test_rows_that_start_with_a_marked_code_are_told_from_required_units() -> None:
    rows = [
        "ZZC101* Fly a kite",
        "ZZP900 Hold string",
        "ZZC102* Land a kite",
        "ZZC101 Fly a kite",
        "ZZP901 Run",
    ]
    rule = marked_table(*rows, "ZZE201* Mend a kite", "ZZP900 Hold string")
    assert {p.unit: p.requires for p in rule.prerequisites} == {
        "ZZC101": ("ZZP900",),
        "ZZC102": ("ZZC101", "ZZP901"),
        "ZZE201": ("ZZP900",),
    }
    assert rule.status == "complete", rule.unread


def test_a_marked_unit_without_a_row_makes_a_table_of_marked_rows_unsure() -> None:
    rule = marked_table(
        "ZZC101* Fly a kite", "ZZP900 Hold string", "ZZC102* Land a kite", "ZZE201* Mend a kite"
    )
    assert rule.status == "partial"
    assert "a row of the prerequisite table" in {item.text for item in rule.unread}


def test_a_required_unit_with_a_mark_has_a_row_of_its_own() -> None:
    rule = marked_table(
        *("ZZC101 Fly a kite", "ZZP900 Hold string *"),
        *("ZZC102 Land a kite", "ZZP901 Run ZZC101 Fly a kite"),
        *("ZZE201 Mend a kite", "ZZP901 Run"),
        *("ZZP900 Hold string", "ZZP902 Jump"),
    )
    assert {p.unit: p.requires for p in rule.prerequisites} == {
        "ZZC101": ("ZZP900",),
        "ZZC102": ("ZZP901", "ZZC101"),
        "ZZE201": ("ZZP901",),
        "ZZP900": ("ZZP902",),
    }


def test_a_unit_that_starts_two_rows_is_unsure() -> None:
    rule = marked_table(
        *("ZZC101 Fly a kite", "ZZP900 Hold string", "ZZC102 Land a kite", "ZZP900 Hold string"),
        *("ZZE201 Mend a kite", "ZZP900 Hold string", "ZZC102 Land a kite", "ZZP901 Run"),
    )
    assert rule.status == "partial"


def test_a_guideline_that_ties_two_units_together_is_not_read_as_a_rule_of_all() -> None:
    note = "Must be taken with ZZE203"
    rule = parse(GUIDED.replace("Required for repair work", note))
    assert [unread.text for unread in rule.unread] == [note]
    assert [item.kind for item in rule.rules] == ["max"]


def test_a_row_that_asks_for_a_unit_twice_is_unsure() -> None:
    rule = marked_table(
        *("ZZC101 Fly a kite", "ZZP900 Hold string", "ZZP901 Run", "ZZP900 Hold string"),
        *("ZZC102 Land a kite", "ZZP900 Hold string", "ZZE201 Mend a kite", "ZZP901 Run"),
    )
    assert rule.status == "partial"
    assert [item.text for item in rule.unread] == ["a row of the prerequisite table"]


def test_a_table_of_several_rows_without_any_mark_is_unsure() -> None:
    unmarked = MARKED.replace(" *", "").replace("*", "")
    rows = ["ZZC101 Fly a kite", "ZZP900 Hold string"]
    one_row = parse("\n".join([*START, unmarked + "\n".join(rows)]))
    assert {p.unit: p.requires for p in one_row.prerequisites} == {"ZZC101": ("ZZP900",)}
    assert one_row.status == "complete", one_row.unread
    rows += ["ZZC102 Land a kite", "ZZP900 Hold string"]
    assert parse("\n".join([*START, unmarked + "\n".join(rows)])).status == "partial"
