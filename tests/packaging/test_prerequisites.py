"""Prerequisites that are printed wrongly, or where cells are missing: right or not read. Texts are invented."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse
from qualgraph.packaging.reading.prerequisites import without_circles
from qualgraph.packaging.tree import Prerequisite

COUNTS = ["Total number of units = 4", "2 core units plus", "2 elective units"]
CORE = ["Core units", "ZZC101* Fly a kite", "ZZC102* Land a kite"]
ELECTIVES = ["Elective units", "ZZE201* Mend a kite", "ZZE202 Store a kite", "ZZE203 Sell a kite"]
HEADER = ["Prerequisite requirements", "Unit of competency", "Prerequisite requirement"]
GUIDED = ["Unit code", "Unit title", "Prerequisites", "Unit selection guidelines"]


def table(*rows: str) -> PackagingRule:
    """A rule whose lists mark ZZC101, ZZC102 and ZZE201, with a table of these rows."""
    return parse("\n".join([*COUNTS, *CORE, *ELECTIVES, *HEADER, *rows]))


def guided(*rows: str) -> PackagingRule:
    """A rule whose electives are a table with cells for prerequisites and guidelines, one a line."""
    core = ["Core units", *GUIDED, "ZZC101", "Fly a kite", "", "", "ZZC102", "Land a kite", "", ""]
    return parse("\n".join([*COUNTS, *core, "Elective units", *GUIDED, *rows]))


def required(rule: PackagingRule) -> dict[str, tuple[str, ...]]:
    """What each unit of the rule requires."""
    return {item.unit: item.requires for item in rule.prerequisites}


def test_a_code_beside_the_title_of_another_unit_is_not_read_and_starts_no_row() -> None:
    rule = table(
        *("ZZC101 Fly a kite", "ZZE202 Store a kite"),
        *("ZZC102 Land a kite", "ZZC101 Fly a kite *", "ZZE202 Store a kite"),
        *("ZZE201 Mend a kite", "ZZC102 Land a kite *", "ZZE202 Fly a kite *", "ZZE202 Store a kite"),
    )
    assert required(rule) == {
        "ZZC101": ("ZZE202",),
        "ZZC102": ("ZZC101", "ZZE202"),
        "ZZE201": ("ZZC102", "ZZE202"),
    }
    assert [(item.line, item.text) for item in rule.unread] == [(21, "a row of the prerequisite table")]
    assert rule.status == "partial"


def test_a_row_whose_only_required_unit_has_the_title_of_another_gives_no_prerequisite() -> None:
    rule = table(
        *("ZZC101 Fly a kite", "ZZP900 Store a kite"),
        *("ZZC102 Land a kite", "ZZC101 Fly a kite *"),
        *("ZZE201 Mend a kite", "ZZC102 Land a kite *"),
    )
    assert required(rule) == {"ZZC102": ("ZZC101",), "ZZE201": ("ZZC102",)}
    assert [item.line for item in rule.unread] == [14, 15]


def test_a_unit_with_a_mark_in_its_list_is_meant_by_its_code_whatever_title_its_row_prints() -> None:
    rule = table(
        *("ZZC101 Store a kite", "ZZE202 Store a kite"),
        *("ZZC102 Land a kite", "ZZC101 Fly a kite *"),
        *("ZZE201 Mend a kite", "ZZE202 Store a kite"),
    )
    assert required(rule) == {"ZZC101": ("ZZE202",), "ZZC102": ("ZZC101",), "ZZE201": ("ZZE202",)}
    assert rule.status == "complete", rule.unread


def test_an_alternative_with_the_title_of_another_unit_leaves_its_row_unread() -> None:
    rule = table(
        *("ZZC101 Fly a kite", "ZZE203 Sell a kite", "or", "ZZP900 Store a kite"),
        *("ZZC102 Land a kite", "ZZC101 Fly a kite *"),
        *("ZZE201 Mend a kite", "ZZE202 Store a kite"),
    )
    assert required(rule) == {"ZZC102": ("ZZC101",), "ZZE201": ("ZZE202",)}
    assert [item.line for item in rule.unread] == [14, 17]


def test_prerequisites_in_a_circle_are_not_read() -> None:
    core = ["Core units", "ZZC101", "Fly a kite", "∟ ZZC102 Land a kite", "ZZC102", "Land a kite"]
    rule = parse(
        "\n".join(
            [
                *COUNTS,
                *core,
                *("∟ ZZE201 Mend a kite", "Elective units", "ZZE201", "Mend a kite"),
                *("∟ ZZC101 Fly a kite", "ZZE202", "Store a kite", "∟ ZZC101 Fly a kite"),
            ]
        )
    )
    assert required(rule) == {"ZZE202": ("ZZC101",)}
    assert [(item.line, item.text) for item in rule.unread] == [
        (5, "prerequisites of ZZC101, which require it in turn"),
        (8, "prerequisites of ZZC102, which require it in turn"),
        (12, "prerequisites of ZZE201, which require it in turn"),
    ]
    assert rule.status == "partial"


def test_what_leads_to_a_circle_or_away_from_it_is_kept() -> None:
    chain = {"ZZA1": ("ZZA2",), "ZZA2": ("ZZA3", "ZZA4"), "ZZA3": ("ZZA2",), "ZZA4": ("ZZA5",)}
    given = [Prerequisite(path=unit, unit=unit, requires=codes) for unit, codes in chain.items()]
    kept, circular = without_circles(given)
    assert [item.unit for item in kept] == ["ZZA1", "ZZA4"]
    assert [item.unit for item in circular] == ["ZZA2", "ZZA3"]


def test_a_row_without_its_last_cells_does_not_require_the_row_after_it() -> None:
    rule = guided(
        *("ZZE201", "Mend a kite", "ZZE202", "Store a kite", "ZZC101", ""),
        *("ZZE203", "Sell a kite", "", "Do not take with ZZE201"),
    )
    assert rule.listed_electives == ("ZZE201", "ZZE202", "ZZE203")
    assert required(rule) == {"ZZE202": ("ZZC101",)}
    assert [(item.line, item.text) for item in rule.unread] == [
        (24, "ZZE202 [taken for a row: the one before lacks its last cells]")
    ]


def test_a_unit_before_a_note_that_names_units_is_required_by_the_row() -> None:
    note = "Alternative to ZZE202"
    rule = guided("ZZE201", "Mend a kite", "ZZC101", note, "ZZE202", "Store a kite", "", "")
    assert rule.listed_electives == ("ZZE201", "ZZE202")
    assert required(rule) == {"ZZE201": ("ZZC101",)}
    assert [item.text for item in rule.unread] == [note]


def test_a_unit_after_a_note_that_was_not_read_is_not_required_by_the_row() -> None:
    lines = ["ZZE201", "Mend a kite", "", "Take this unit or", "ZZE202", "ZZE202", "Store a kite", "", ""]
    rule = guided(*lines)
    assert rule.listed_electives == ("ZZE201", "ZZE202")
    assert required(rule) == {}
    assert [item.text for item in rule.unread] == ["Take this unit or", "ZZE202"]


def test_nil_in_a_cell_is_no_part_of_the_title_and_needs_no_reading() -> None:
    cells = ["Unit code", "Unit title", "Prerequisites"]
    core = ["Core units", *cells, "ZZC101", "Fly a kite", "nil", "ZZC102", "Land a kite", "ZZC101"]
    electives = ["Elective units", *cells, "ZZE201", "Mend a kite", "N/A", "ZZE202", "Store a kite", "Nil"]
    rule = parse("\n".join([*COUNTS, *core, *electives]))
    assert [unit.title for _, unit in rule.members()] == [
        "Fly a kite",
        "Land a kite",
        "Mend a kite",
        "Store a kite",
    ]
    assert required(rule) == {"ZZC102": ("ZZC101",)}
    assert rule.status == "complete", rule.unread


def unread(rule: PackagingRule) -> list[int]:
    """The lines of the rule that were not read; such a rule is partial."""
    assert rule.status == "partial"
    return [item.line for item in rule.unread]


def with_cell(cell: list[str]) -> PackagingRule:
    """The rule of two tables, the first elective of which has these lines in its cell of prerequisites."""
    titles = ["Unit code", "Unit title", "Prerequisites"]
    core = ["Core units", *titles, "ZZC101", "Fly a kite", "", "ZZC102", "Land a kite", ""]
    electives = [
        "Elective units",
        *titles,
        "ZZE201",
        "Mend a kite",
        *cell,
        "ZZE202",
        "Store a kite",
        "ZZC101",
    ]
    return parse("\n".join([*COUNTS, *core, *electives]))


@pytest.mark.parametrize(
    "cell",
    [
        ["ZZC101 or", "ZZC102"],
        ["ZZC101 Fly a kite OR", "ZZC102 Land a kite"],
        ["ZZC101", "or", "ZZC102"],
        ["ZZC101, ZZC102 and/or", "ZZE203"],
        ["either ZZC101, ZZC102"],
    ],
)
def test_units_of_a_cell_joined_by_or_over_its_lines_are_not_all_required(cell: list[str]) -> None:
    rule = with_cell(cell)
    assert rule.listed_electives == ("ZZE201", "ZZE202")
    assert required(rule) == {"ZZE202": ("ZZC101",)}
    assert set(unread(rule)) & set(range(20, 20 + len(cell)))


@pytest.mark.parametrize("end", ["∟ ZZC102 Land a kite", "∟ or ZZC102 Land a kite"])
def test_or_after_more_than_one_required_unit_leaves_the_whole_cell_unread(end: str) -> None:
    cell = ["∟ ZZC101 Fly a kite", "∟ ZZE203 Sell a kite", *(["or"] if "or" not in end else []), end]
    electives = [
        "Elective units",
        "ZZE201",
        "Mend a kite",
        *cell,
        "ZZE202",
        "Store a kite",
        "∟ ZZC101 Fly a kite",
    ]
    rule = parse("\n".join([*COUNTS, *CORE, *electives]))
    assert required(rule) == {"ZZE202": ("ZZC101",)}
    assert 11 + len(cell[:2]) - 1 in unread(rule)


def test_or_in_a_cell_after_a_tab_is_no_requirement_of_both() -> None:
    rows = ["ZZE201\tMend a kite\tZZC101 or ZZC102", "ZZE202\tStore a kite\tZZC101 or"]
    rule = parse("\n".join([*COUNTS, *CORE, "Elective units", *rows]))
    assert [(item.unit, item.requires, item.one_of) for item in rule.prerequisites] == [
        ("ZZE201", (), (("ZZC101", "ZZC102"),))
    ]
    assert unread(rule) == [9]


def test_or_at_the_end_of_a_line_of_a_prerequisite_table_leaves_its_row_unread() -> None:
    rule = table(
        *("ZZC101 Fly a kite", "ZZE203 Sell a kite OR", "ZZE202 Store a kite"),
        *("ZZC102 Land a kite", "ZZE203 or", "ZZE202 Store a kite"),
        *("ZZE201 Mend a kite", "ZZE202 Store a kite"),
    )
    assert required(rule) == {"ZZE201": ("ZZE202",)}
    assert {15, 18} <= set(unread(rule))


def test_a_required_unit_printed_after_the_title_of_its_row_is_read() -> None:
    title = "Mend a kite ∟ZZC101 Fly a kite"
    lines = ["Elective units", "ZZE201", title, "∟ZZC102 Land a kite", "ZZE202", "Store a kite"]
    rule = parse("\n".join([*COUNTS, *CORE, *lines]))
    assert [unit.title for _, unit in rule.members()][2:] == ["Mend a kite", "Store a kite"]
    assert required(rule) == {"ZZE201": ("ZZC101", "ZZC102")}


@pytest.mark.parametrize("cell", ["ZZC101, ZZC1, ZZC102", "ZZC101, ZZC102, ZZC1,"])
def test_a_misprint_among_required_units_is_reported(cell: str) -> None:
    rule = guided("ZZE201", "Mend a kite", cell, "", "ZZE202", "Store a kite", "", "")
    assert required(rule) == {"ZZE201": ("ZZC101", "ZZC102")}
    assert [item.text for item in rule.unread] == ["ZZC1"]
    assert unread(rule)


def test_a_misprint_among_alternatives_leaves_the_cell_unread() -> None:
    rule = guided("ZZE201", "Mend a kite", "ZZC101, ZZC1 or ZZC102", "", "ZZE202", "Store a kite", "", "")
    assert required(rule) == {}
    assert unread(rule) == [24]


def test_a_reference_to_a_note_is_no_title_and_its_unit_is_not_certain() -> None:
    rule = with_cell(["ZZC101", "ZZC102", "(see Note 1)", "ZZE203"])
    assert rule.listed_electives == ("ZZE201", "ZZE202")
    assert required(rule) == {"ZZE201": ("ZZC101", "ZZE203"), "ZZE202": ("ZZC101",)}
    assert [item.text for item in rule.unread] == ["ZZC102", "(see Note 1)"]
