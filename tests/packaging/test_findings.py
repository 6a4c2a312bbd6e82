"""What does not add up in a printed rule. All texts are invented."""

from __future__ import annotations

from qualgraph.packaging import RuleFinding, check_counts, parse


def findings(*lines: str) -> list[RuleFinding]:
    return list(check_counts(parse("\n".join(lines))))


CORE = ("Core units", "ZZC101 Fly", "ZZC102 Land")
ELECTIVES = ("Elective units", "ZZE101 Mend", "ZZE102 Sell")


def test_a_rule_that_adds_up_has_no_findings() -> None:
    assert findings("Total number of units = 4", "2 core units", "2 elective units", *CORE, *ELECTIVES) == []


def test_a_total_that_is_not_core_and_electives_is_found() -> None:
    [found] = findings("Total number of units = 5", "2 core units", "2 elective units", *CORE, *ELECTIVES)
    assert (found.check, found.seen, found.wanted, found.path) == ("total", "5", "4", "packaging/total")


def test_a_core_list_of_another_length_is_found_at_its_heading() -> None:
    [found] = findings("Total number of units = 5", "3 core units", "2 elective units", *CORE, *ELECTIVES)
    assert (found.check, found.seen, found.wanted, found.line) == ("core", "2", "3", 4)


def test_too_few_listed_electives_are_found_unless_imports_are_let_in() -> None:
    start = ("Total number of units = 5", "2 core units", "3 elective units")
    [found] = findings(*start, *CORE, *ELECTIVES)
    assert (found.check, found.seen, found.wanted) == ("electives", "2", "at least 3")
    assert findings(*start, "up to 3 from the list below or any training package", *CORE, *ELECTIVES) == []


def test_a_unit_listed_twice_is_found_at_its_second_line() -> None:
    [found] = findings("2 core units", *CORE, *ELECTIVES, "ZZE101 Mend again")
    assert (found.check, found.seen, found.line) == ("listed-twice", "2", 8)


def test_a_unit_that_is_core_and_elective_is_found() -> None:
    [found] = findings("2 core units", *CORE, *ELECTIVES, "ZZC102 Land")
    assert (found.check, found.line) == ("core-and-elective", 8)


def test_more_units_asked_from_a_group_than_it_holds_is_found() -> None:
    lists = (*CORE, "Group A", "ZZE101 Mend", "Group B", "ZZE102 Sell", "ZZE103 Buy")
    found = findings(
        "Total number of units = 5", "2 core units", "3 elective units", "3 must be from Group A", *lists
    )
    assert [(item.check, item.seen, item.wanted, item.line) for item in found] == [
        ("room", "1", "at least 3", 4)
    ]
