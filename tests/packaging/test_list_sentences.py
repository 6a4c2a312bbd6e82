"""Sentences between the heading of a list and its units, and conditions on what a person does. Texts are invented."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse, rule_in_words

COUNTS = ["Total number of units = 6", "2 core units", "4 elective units, consisting of:"]
CORE = ["Core units", "ZZC101 Fly a kite", "ZZC102 Land a kite"]
NAMED = "Certificate II in Toys (Kites)"


def page_of(sentence: str, *, first: int = 0, rules: tuple[str, ...] = ()) -> PackagingRule:
    """A rule of two groups of five units; the sentence stands in Group A, after ``first`` of its units."""
    units = [f"ZZE20{n} Do kite task {n}" for n in range(1, 6)]
    others = [f"ZZE30{n} Do boat task {n}" for n in range(1, 6)]
    lists = [
        "Elective units",
        "Group A Kites",
        *units[:first],
        sentence,
        *units[first:],
        "Group B Boats",
        *others,
    ]
    return parse("\n".join([*COUNTS, *rules, *CORE, *lists]))


def test_units_after_a_sentence_on_an_award_are_the_list_under_the_heading_before() -> None:
    rule = page_of(
        f"For the award of {NAMED}, users must complete three of the following units:",
        rules=("at least 2 units from Groups A and B", "up to 2 units from any endorsed training package"),
    )
    assert rule.status == "complete", rule.unread
    assert {group.id: len(group.members) for group in rule.elective_groups} == {"A": 5, "B": 5}
    assert [rule_in_words(item) for item in rule.rules if item.scope == "specialisation:Kites"] == [
        "at least 3 from Group A"
    ]


def test_a_sentence_over_a_list_that_repeats_one_of_the_rules_adds_nothing() -> None:
    rule = page_of(
        f"For the award of {NAMED}, users must complete three of the following units:",
        rules=(
            "4 units from Groups A or B",
            f"At least 3 Group A electives must be selected for the award of the {NAMED}",
        ),
    )
    assert rule.status == "complete", rule.unread
    assert len([item for item in rule.rules if item.scope == "specialisation:Kites"]) == 1


def test_another_number_over_the_list_is_kept_beside_that_of_the_rules() -> None:
    rule = page_of(
        f"For the award of {NAMED}, users must complete four of the following units:",
        rules=(
            "4 units from Groups A or B",
            f"At least 3 Group A electives must be selected for the award of the {NAMED}",
        ),
    )
    assert len([item for item in rule.rules if item.scope == "specialisation:Kites"]) == 2


def test_the_following_units_in_the_midst_of_a_list_are_not_the_whole_list() -> None:
    rule = page_of(
        "At least one of the following units must be selected", first=2, rules=("4 units from Groups A or B",)
    )
    assert rule.status == "partial"


@pytest.mark.parametrize(
    "sentence",
    [
        "For kite pilots, selection must include unit ZZE201 or its equivalent as one of the electives.",
        "To apply for registration as a kite pilot with the Kite Board the following units must be selected:ZZE201 Do"
        " kite task 1",
    ],
)
def test_what_a_person_of_one_calling_must_select_is_a_condition_for_people(sentence: str) -> None:
    rule = page_of("Kite units", rules=("4 units from Groups A or B", sentence))
    assert any("ZZE201" in item.text for item in rule.human_conditions)
    assert not any("unit:ZZE201" in item.pools for item in rule.rules)


def test_what_everybody_must_select_is_no_such_condition() -> None:
    rule = page_of("Kite units", rules=("4 units from Groups A or B", "Selection must include unit ZZE201."))
    assert not rule.human_conditions


def test_outcomes_that_each_count_their_units_are_whole_rules() -> None:
    text = """\
For the award of Certificate II in Toys (Kites), 4 units must be selected, consisting of
2 core units
2 units from Group A
For the award of Certificate II in Toys (Boats), 5 units must be selected, consisting of
2 core units
3 units from Group B
"""
    lists = ["Elective units", "Group A", "ZZE201 Mend a kite", "ZZE202 Sell a kite", "ZZE203 Make a kite"]
    lists += [
        "Group B",
        "ZZE301 Mend a boat",
        "ZZE302 Sell a boat",
        "ZZE303 Make a boat",
        "ZZE304 Row a boat",
    ]
    rule = parse("\n".join([text, *CORE, *lists]))
    assert [(item.name, item.total, item.replaces) for item in rule.specialisations] == [
        ("Kites", 4, True),
        ("Boats", 5, True),
    ]


def test_points_from_a_list_or_so_many_from_elsewhere_are_two_sentences() -> None:
    text = """\
A total of 60 weighting points comprising:
20 core weighting points listed below; plus
40 general elective weighting points.
General elective weighting points are to be selected from the Group A general elective units listed below, or up to \
10 general elective weighting points, may be selected from any relevant nationally endorsed Training Package.
Core units
Weighting Points
ZZC101
Fly a kite
20
Group A General elective units
Weighting Points
ZZE201
Mend a kite
20
ZZE202
Sell a kite
30
"""
    rule = parse(text)
    assert rule.status == "complete", rule.unread
    assert [(item.kind, item.n, item.pools) for item in rule.rules] == [
        ("exact", 40, ("A", "import")),
        ("max", 10, ("import",)),
    ]


STREAMS = """\
Total number of units
Specialisations
Specialisation – Kites
Total of 4 units of competency
2 core units listed below, plus
2 electives from Group A
Specialisation – Boats
Total of 5 units of competency
2 core units listed below, plus
3 electives from Group B
"""
IMPORT = (
    "Up to 1 elective unit may be selected from any endorsed training package, provided it contributes to the"
)


def streams(last: str) -> PackagingRule:
    """Two streams, and a sentence after the last of them."""
    lists = [*CORE, "Elective units", "Group A", *(f"ZZE20{n} Do kite task {n}" for n in range(1, 5))]
    lists += ["Group B", *(f"ZZE30{n} Do boat task {n}" for n in range(1, 5))]
    return parse("\n".join([STREAMS + last, *lists]))


def test_imports_for_the_outcome_of_the_qualification_after_the_last_stream_are_of_each() -> None:
    rule = streams(f"{IMPORT} vocational outcome of the qualification.")
    outside = [item for item in rule.rules if item.pools == ("import",)]
    assert rule.status == "complete", rule.unread
    assert {item.scope for item in outside} == {"specialisation:Kites", "specialisation:Boats"}
    assert all(item.n == 1 and item.ambiguity for item in outside)


def test_imports_after_the_last_stream_that_name_no_qualification_leave_the_rule_partial() -> None:
    rule = streams(f"{IMPORT} work of the boat builder.")
    assert rule.status == "partial"


def test_a_part_of_the_core_list_that_must_be_complete_adds_nothing() -> None:
    start = "To be awarded the Certificate II in Kites, "
    start += "competency must be demonstrated in 2 core units of competency.\n"
    start += "There are no elective units for this qualification."
    lists = "Core units\nZZC101 Fly a kite\nZZC102 Land a kite"
    assert (
        parse(f"{start}\nComplete all 1 of the general core units listed below:\n{lists}").status
        == "complete"
    )
    assert (
        parse(f"{start}\nComplete all 3 of the general core units listed below:\n{lists}").status == "partial"
    )
