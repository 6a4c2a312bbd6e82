"""Specialisations, streams and options: names, the lines that open them, counts of their own."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, judge, parse, rule_in_words

LISTS = """\
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Group A: Kites
ZZE101 Mend a kite
ZZE102 Make a kite
ZZE103 Paint a kite
Group B: Boats
ZZE201 Mend a boat
ZZE202 Make a boat
ZZE203 Paint a boat
General elective units
ZZE301 Keep a shop
ZZE302 Keep books
ZZE303 Keep bees
ZZE304 Keep time
"""


def read(text: str) -> PackagingRule:
    return parse(f"{text}\n{LISTS}")


def words(rule: PackagingRule, name: str) -> list[str]:
    """The rules of one stream in words."""
    [stream] = [item for item in rule.specialisations if item.name == name]
    return [rule_in_words(statement) for statement in rule.rules if statement.id in stream.rules]


@pytest.mark.parametrize(
    ("kites", "boats"),
    [
        ("Certificate II in Toys (Kites)", "Certificate II in Toys (Boats)"),
        ("Specialisation - Kites", "Specialisation – Boats"),
        (
            "Specialisation - ZZZ20120 Certificate II in Toys (Kites)",
            "Specialisation - Certificate II in Toys (Boats)",
        ),
        ("OPTION 1: Kites", "OPTION 2: Boats"),
        ("Stream 1 - Kites", "Stream 2 - Boats"),
    ],
)
def test_streams_have_rules_and_counts_of_their_own(kites: str, boats: str) -> None:
    rule = read(
        f"""\
Candidates must complete one of the following:
{kites}
A total of 6 units of competency comprising:
2 core units plus
3 units from Group A plus
1 unit from the general elective units
{boats}
A total of 7 units of competency comprising:
2 core units plus
3 units from Group B plus
2 units from the general elective units
"""
    )
    assert rule.status == "complete", rule.unread
    assert (rule.total, rule.core, rule.elective) == (None, 2, None)
    assert [(item.name, item.total, item.replaces) for item in rule.specialisations] == [
        ("Kites", 6, True),
        ("Boats", 7, True),
    ]
    assert words(rule, "Kites") == ["exactly 3 from Group A", "exactly 1 from Group General"]
    assert words(rule, "Boats") == ["exactly 3 from Group B", "exactly 2 from Group General"]


def test_a_total_for_each_stream_may_stand_before_them_all() -> None:
    rule = read(
        """\
A total of 6 units of competency for the Specialisation - Kites
A total of 7 units of competency for the Specialisation - Boats
comprising:
Specialisation – Kites
2 core units listed below; plus
3 specialisation units from Group A; plus
1 unit from the general elective units
Specialisation – Boats
2 core units listed below; plus
3 specialisation units from Group B; plus
2 units from the general elective units
"""
    )
    assert rule.status == "complete", rule.unread
    assert [(item.name, item.total) for item in rule.specialisations] == [("Kites", 6), ("Boats", 7)]


def test_streams_of_one_sentence_each() -> None:
    rule = read(
        """\
Total number of units = 6
2 core units
4 elective units from the electives listed below
Specialisations
Certificate II in Toys (Kites) = 2 core units plus 3 Group A units plus 1 unit from anywhere in this qualification
Certificate II in Toys (Boats) = 2 core units plus 3 Group B units plus 1 unit from anywhere in this qualification
"""
    )
    assert rule.status == "complete", rule.unread
    assert words(rule, "Boats") == ["at least 3 from Group B", "at least 1 from the listed electives"]


def test_what_a_specialisation_asks_beside_the_plain_award_is_a_minimum() -> None:
    rule = read(
        """\
Total number of units = 6
2 core units
4 elective units from the electives listed below
Specialisations
For specialisation in Kites, 2 elective units must be selected from Group A
For a specialisation in Boats, 3 elective units must be selected from Group B
"""
    )
    assert rule.status == "complete", rule.unread
    assert words(rule, "Kites") == ["at least 2 from Group A"]
    assert words(rule, "Boats") == ["at least 3 from Group B"]
    assert not any(item.replaces for item in rule.specialisations)


def test_a_stream_whose_numbers_do_not_add_up_makes_the_rule_partial() -> None:
    rule = read(
        """\
Candidates must complete one of the following:
Specialisation - Kites
A total of 6 units of competency comprising:
2 core units plus
5 elective units
"""
    )
    assert rule.status == "partial"
    assert "core and electives add up to 7" in "".join(item.text for item in rule.unread)


def test_a_choice_of_streams_without_any_stream_is_not_read() -> None:
    rule = read(
        "Total number of units = 6\n2 core units\n4 elective units\nCandidates must complete one of the following:"
    )
    assert [item.text for item in rule.unread] == ["Candidates must complete one of the following:"]


def test_a_rule_in_the_heading_of_a_group_is_read() -> None:
    text = f"Total number of units = 6\n2 core units\n4 elective units\n{LISTS}"
    rule = parse(text.replace("Group B: Boats", "Group B: Boats (maximum one unit from this group)"))
    assert [rule_in_words(item) for item in rule.rules] == ["at most 1 from Group B"]
    assert rule.status == "complete"
    odd = parse(text.replace("Group B: Boats", "Group B: Boats (only one unit for each boat)"))
    assert odd.status == "partial"


def test_a_number_of_groups_is_not_a_number_of_units() -> None:
    rule = read(
        "Total number of units = 6\n2 core units\n4 elective units\nChoose from at least two of groups A to B."
    )
    assert rule.status == "partial"
    assert not rule.rules


def test_imports_may_take_the_places_that_any_listed_unit_may_fill() -> None:
    rule = read(
        """\
Total number of units = 6
2 core units
3 units from Group A
1 elective unit from anywhere in this qualification.
Up to 1 of the elective units may be selected from any endorsed Training Package.
"""
    )
    assert rule.status == "complete", rule.unread
    assert [rule_in_words(item) for item in rule.rules] == [
        "at least 3 from Group A",
        "the remaining 1 place: from the listed electives",
        "at most 1 from units that are not listed, from any endorsed training package",
    ]


def test_imports_after_the_last_stream_may_be_meant_for_all_and_are_not_read() -> None:
    streams = """\
Specialisations
Kites
Total of 5 units of competency
2 core units listed below, plus
3 elective units from Group A.
Boats
Total of 5 units of competency
2 core units listed below, plus
3 elective units from Group B.
"""
    assert read(streams).status == "complete"
    after = read(
        f"{streams}Up to 1 of the elective units may be selected from any endorsed Training Package."
    )
    assert "of the last stream or of all" in "".join(item.text for item in after.unread)


def test_a_maximum_from_another_group_lets_that_group_in() -> None:
    rule = read(
        "Total number of units = 5\n2 core units\n3 electives from Group A, with up to 1 from Group B"
    )
    assert [rule_in_words(item) for item in rule.rules] == [
        "exactly 3 from Group A or Group B",
        "at most 1 from Group B",
    ]
    assert rule.rules[1].within == "r1"


def test_a_sentence_may_ask_for_a_specialisation_at_its_end() -> None:
    rule = read(
        """\
Total number of units = 3
2 core units
1 elective unit
The candidate is required to choose either the kite or boat specialisation:
1 elective unit from Group A for a kite specialisation
1 elective unit from Group B for a boat specialisation
"""
    )
    assert rule.status == "complete", rule.unread
    assert words(rule, "kite") == ["at least 1 from Group A"]
    assert words(rule, "boat") == ["at least 1 from Group B"]


def test_one_import_instead_of_one_listed_unit() -> None:
    rule = read(
        """\
Total number of units = 5
2 core units
3 elective units
3 from the listed electives
or
2 from the listed electives and 1 from any endorsed Training Package
"""
    )
    assert rule.status == "complete", rule.unread
    assert [rule_in_words(item) for item in rule.rules] == [
        "at most 1 from units that are not listed, from any endorsed training package"
    ]
    odd = read(
        "Total number of units = 5\n2 core units\n3 elective units\n3 from Group A\nor\n2 from Group B"
    )
    assert odd.status == "partial"


def test_what_the_groups_are_about_is_no_rule() -> None:
    lead = "This qualification has core and elective units of competency that cover the skills of two groups:"
    counts = "Total number of units = 5\n2 core units\n3 elective units"
    assert read(f"{lead}\nGroup A - Kites\nGroup B - Boats\n{counts}").status == "complete"
    assert read(f"{lead[:-1]} and 3 of them must be from Group A\n{counts}").status == "partial"


def test_either_of_several_groups_is_read_with_its_doubt() -> None:
    rule = read("Total number of units = 5\n2 core units\n3 units from either Group A or Group B")
    assert rule.rules[0].ambiguity is not None
    assert "one group" in rule.rules[0].ambiguity


def test_a_limit_on_all_the_electives_after_the_last_stream_holds_for_each() -> None:
    rule = read(
        """\
Total number of units = 6
2 core units
4 elective units
For the award of the Certificate II in Toys (Kites) choose:
at least 3 units from the electives in Group A
up to 1 unit from any currently endorsed Training Package
For the award of the Certificate II in Toys (Boats) choose:
at least 3 units from the electives in Group B
up to 1 unit from any currently endorsed Training Package
At least 2 of the 4 electives must be coded at AQF level 2 or above.
"""
    )
    assert rule.status == "complete", rule.unread
    assert words(rule, "Kites")[-1] == words(rule, "Boats")[-1]
    assert words(rule, "Kites")[-1].startswith("at most 2 from units whose code has 1")
    assert [item.ambiguity is not None for item in rule.rules] == [False, False, False, False, True, True]


def test_of_which_some_may_come_from_another_group_or_be_imported() -> None:
    rule = read(
        """\
Total number of units = 5
2 core units
3 elective units from Group A listed below, of which, 1 elective unit may be selected from Group B or from any \
endorsed Training Package
"""
    )
    assert rule.status == "complete", rule.unread
    first, second = rule.rules
    assert (first.kind, first.n, first.pools) == ("exact", 3, ("A", "B", "import"))
    assert (second.kind, second.n, second.pools, second.within) == ("max", 1, ("B", "import"), "r1")
    core = ["ZZC101", "ZZC102"]
    assert judge(rule, [*core, "ZZE101", "ZZE102", "ZZE103"]).verdict == "satisfied"
    assert judge(rule, [*core, "ZZE101", "ZZE102", "ZZE201"]).verdict == "satisfied"
    assert judge(rule, [*core, "ZZE101", "ZZE201", "ZZE202"]).verdict == "violated"


@pytest.mark.parametrize(
    ("words", "levels", "only"),
    [
        ("elective units, first packaged at AQF level 2 or 3, may", ("AQF 2", "AQF 3"), ()),
        ("Certificate III units may", ("Certificate III",), ()),
        ("units coded ZZX may", (), ("prefix:ZZX",)),
        ("of the Group B units may", (), ()),
    ],
)
def test_what_stands_before_the_verb_narrows_imports(
    words: str, levels: tuple[str, ...], only: tuple[str, ...]
) -> None:
    rule = read(
        "Total number of units = 5\n2 core units\n3 elective units\n"
        f"a maximum of 2 {words} be selected from any endorsed Training Package"
    )
    assert rule.status == "complete", rule.unread
    [statement] = rule.rules
    assert statement.import_ is not None
    assert (statement.import_.levels, statement.only) == (levels, only)
