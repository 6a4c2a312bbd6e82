"""Prerequisites that a note states for all units with a mark; names of groups in part; pages without core units."""

from __future__ import annotations

from qualgraph.packaging import parse, rule_in_words

LISTS = """\
Core units
ZZC101 Fly a kite
ZZC102* Land a kite
Elective units
Group A - Kite Making Skills
ZZE101* Mend a kite
ZZE102 Tie knots
Group B - Kite Selling Skills
ZZE201 Sell a kite
"""
COUNTS = "Total number of units = 4\n2 core units\n2 elective units\n"


def test_a_note_that_names_a_unit_gives_it_to_every_unit_with_the_mark() -> None:
    note = "Note: Unit marked with an asterisk * includes prerequisite unit ZZP900 Hold string, firmly.\n"
    rule = parse(f"{COUNTS}1 unit from Group A\n1 unit from Group B\n{note}{LISTS}")
    assert rule.status == "complete", rule.unread
    assert [(item.unit, item.requires) for item in rule.prerequisites] == [
        ("ZZC102", ("ZZP900",)),
        ("ZZE101", ("ZZP900",)),
    ]


def test_a_note_with_a_choice_of_units_stays_unread() -> None:
    note = "Note: Unit marked with an asterisk * includes prerequisite unit ZZP900 Hold string or ZZP901 Hold rope.\n"
    rule = parse(f"{COUNTS}1 unit from Group A\n1 unit from Group B\n{note}{LISTS}")
    assert rule.status == "partial"
    assert rule.prerequisites == ()


def test_a_group_is_known_by_a_part_of_its_name_and_in_a_row_of_names() -> None:
    rule = parse(f"{COUNTS}at least 1 unit from Group A Making Skills units\n{LISTS}")
    assert rule_in_words(rule.rules[0]) == "at least 1 from Group A"
    row = parse(f"{COUNTS}2 units from Groups A Kite Making Skills and B Kite Selling Skills\n{LISTS}")
    assert row.status == "complete", row.unread
    assert rule_in_words(row.rules[0]) == "exactly 2 from Group A or Group B"


def test_a_page_that_never_speaks_of_core_units_has_none() -> None:
    electives = LISTS.split("Elective units\n")[1]
    text = f"2 units of competency must be completed:\n1 unit from Group A\n1 unit from Group B\n{electives}"
    rule = parse(text)
    assert rule.status == "complete", rule.unread
    assert (rule.total, rule.core, rule.electives_needed) == (2, 0, 2)
    assert parse(text + "The core skills are in each unit, and 1 more.\n").core is None
