"""Counts in leading sentences, and sentences that a page parts over lines. All texts are invented."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse, rule_in_words

IMPORTS = "units that are not listed, from any endorsed training package or an accredited course"


def page_of(lines: list[str], *, core: int = 2, groups: str = "AB") -> PackagingRule:
    """The rule of a page with these sentences over a core list and elective groups of five units each."""
    lists = ["Core units", *(f"ZZC10{n} Do core task {n}" for n in range(core))] if core else []
    for letter, group in enumerate(groups):
        lists += [f"Group {group}", *(f"ZZE{letter + 2}0{n} Do elective task {letter}{n}" for n in range(5))]
    return parse("\n".join([*lines, *lists]))


TOTALS = [
    "To be awarded the Certificate II in Kites, a total of six (6) units of competency must be achieved, "
    "chosen as outlined below:",
    "The requirement for achievement of the Certificate II in Kites is the achievement of competence in "
    "six (6) units of competency made up of:",
    "Competency must be demonstrated in 6 units, consisting of:",
    "A total of 6 units of competency is required for this qualification, comprising:",
    "A total of 6 units of competency comprising units listed below:",
]


@pytest.mark.parametrize("total", TOTALS)
def test_a_leading_sentence_states_the_total(total: str) -> None:
    rule = page_of(
        [
            total,
            "all two (2) core units listed below, and",
            "four (4) elective units, as specified below:",
        ]
    )
    assert (rule.total, rule.core, rule.elective) == (6, 2, 4)
    assert rule.status == "complete", rule.unread


WHOLES = [
    "Total number of units = 2 core units",
    "A total of 2 core units of competency comprising all units listed below.",
    "All 2 core units from the list below are required.",
]


@pytest.mark.parametrize("whole", WHOLES)
def test_a_qualification_of_core_units_alone_has_the_same_total_and_core(whole: str) -> None:
    rule = page_of([whole], groups="")
    assert (rule.total, rule.core, rule.status) == (2, 2, "complete")


def test_a_total_that_depends_on_a_choice_is_not_read() -> None:
    rule = page_of(
        ["Competency must be demonstrated in 6 or 7 units of competency, depending on the choice."]
    )
    assert rule.total is None
    assert rule.status == "partial"


READ = {
    "a range of units": (
        ["1 to 3 units from Group A", "zero to 3 units from Group B"],
        ["at least 1 from Group A", "at most 3 from Group A", "at most 3 from Group B"],
    ),
    "a minimum to a maximum": (
        ["a minimum of one (1) to a maximum of three (3) Group A elective units", "up to 3 from Group B"],
        ["at least 1 from Group A", "at most 3 from Group A", "at most 3 from Group B"],
    ),
    "pools on lines of their own": (
        [
            "a minimum of two (2) units from Group A",
            "the balance of units, to a maximum of two (2), may be selected from:",
            "Group A or B",
            "any endorsed Training Package qualification or accredited course.",
        ],
        ["at least 2 from Group A", f"up to 2 places: from Group A or Group B or {IMPORTS}"],
    ),
    "the rest of the electives, with a maximum in parentheses": (
        [
            "a minimum of two Group A units",
            "other units to bring the total number of elective units to four. These may come from Groups A or B"
            " or (up to one unit) from any endorsed Training Package or accredited course.",
        ],
        [
            "at least 2 from Group A",
            f"up to 2 places: from Group A or Group B or {IMPORTS}",
            f"at most 1 from {IMPORTS}",
        ],
    ),
    "imports in the places of a list that takes every elective": (
        [
            "4 elective units from Group A",
            "Up to 1 unit may be chosen from any endorsed Training Package or accredited course.",
        ],
        [f"exactly 4 from Group A or {IMPORTS}", f"at most 1 from {IMPORTS}"],
    ),
}


READ |= {
    "minima inside a wider minimum, as they fit no other way": (
        [
            "Choose a minimum of 3 elective units from the elective unit lists below:",
            "2 elective units from Group A",
            "1 elective unit (maximum) may be chosen from Group B",
            "Select the remaining 1 elective unit from the elective unit lists below or any endorsed Training Package"
            " or accredited course.",
        ],
        [
            "at least 3 from the listed electives",
            "at least 2 from Group A",
            "at most 1 from Group B",
            f"up to 1 place: from the listed electives or {IMPORTS}",
        ],
    ),
    "a part of the number named after a comma": (
        ["Choose 4 elective units from the elective unit list below, 2 units must be from Group A"],
        ["exactly 4 from the listed electives", "at least 2 from Group A"],
    ),
}


READ |= {
    "one of each group": (
        ["a minimum of 1 unit from each of Groups A and B", "up to 2 units from A or B"],
        ["at least 1 from Group A", "at least 1 from Group B", "at most 2 from Group A or Group B"],
    ),
    "a level asked of imports in the same sentence": (
        [
            "at least 2 units from Group A",
            "up to 2 units from Groups A, B or any endorsed Training Package or accredited course – these units must"
            " be relevant to the work outcome, and if imported from other Training Packages, must be units first"
            " packaged in a Certificate III or higher-level qualification.",
        ],
        [
            "at least 2 from Group A",
            f"up to 2 places: from Group A or Group B or {IMPORTS}, packaged at Certificate III or above level",
        ],
    ),
    "qualifications of a package by its code": (
        [
            "4 units from Group A or B",
            "A maximum of 1 elective unit may be chosen from other ZZZ qualifications",
        ],
        [
            "exactly 4 from Group A or Group B or units that are not listed, from the zzz training package",
            "at most 1 from units that are not listed, from the zzz training package",
        ],
    ),
    "an aside on what the units are for": (
        [
            "at least 2 units from Group A",
            "2 Group B elective units, that are relevant to work as a kite maker and do not duplicate skills and"
            " knowledge already available in units within this qualification, may be chosen from any endorsed Training"
            " Package.",
        ],
        [
            "at least 2 from Group A",
            "at most 2 from units that are not listed, from any endorsed training package",
        ],
    ),
}


@pytest.mark.parametrize("wording", READ)
def test_sentences_over_several_lines_and_ranges_are_read(wording: str) -> None:
    lines, read = READ[wording]
    rule = page_of(["Total number of units = 6", "2 core units", "4 elective units", *lines])
    assert [rule_in_words(statement) for statement in rule.rules] == read
    assert rule.status == "complete", rule.unread


def test_a_sentence_that_brings_the_electives_to_another_number_is_not_read() -> None:
    rest = "the balance may be chosen from Group A or B to bring the total number of electives to five (5)."
    rule = page_of(
        [
            "Total number of units = 6",
            "2 core units",
            "4 elective units",
            "at least 1 unit from Group A",
            rest,
        ]
    )
    assert rest in [unread.text for unread in rule.unread]


def test_the_sentence_that_brings_the_electives_to_a_number_states_it() -> None:
    rest = "the balance may be chosen from Group A or B to bring the total number of electives to four (4)."
    rule = page_of(["Total number of units = 6", "2 core units", "at least 1 unit from Group A", rest])
    assert (rule.elective, rule.status) == (4, "complete")


def test_two_lists_are_named_together() -> None:
    lines = [
        *("Total number of units = 3", "1 core unit", "2 elective units"),
        *(
            "2 units from the general and technical elective units",
            "at least 1 from the technical units listed",
        ),
        *("Core units", "ZZC101 Fly", "General electives", "ZZE201 Mend", "ZZE202 Store"),
        *("Technical electives", "ZZE301 Weld", "ZZE302 Solder"),
    ]
    rule = parse("\n".join(lines))
    assert [statement.pools for statement in rule.rules] == [("General", "Technical"), ("Technical",)]


OUTCOMES = [
    "Total number of units",
    "Deck Hand = 4 units: 2 core units, plus all units from Group A",
    "Mate = 9 units: 2 core units, plus all units from Group A and B, plus 2 units from Group C",
    "National specialisation",
    "Deck Hand Specialist = 5 units; 2 core units, all units from Group A, plus unit from Group C",
    "Mate = Certificate III in Sailing (Mate)",
]
DECKS = """\
Core units
Handling of the small craft and care for the persons on board at the level of operations in coastal waters
ZZC101 Sail
ZZC102 Moor
Group A
ZZE101 Row
ZZE102 Swim
Group BElective Units
ZZE201 Steer
ZZE202 Navigate
ZZE203 Signal
Group C:
General elective units
ZZE301 Cook
ZZE302 Clean
ZZE303 Paint
"""


def test_lines_of_outcomes_state_counts_and_rules_of_their_own() -> None:
    rule = parse("\n".join([*OUTCOMES, DECKS]))
    assert rule.status == "complete", rule.unread
    assert (rule.total, rule.core) == (None, 2)
    assert [(item.name, item.total, item.replaces) for item in rule.specialisations] == [
        ("Deck Hand", 4, True),
        ("Mate", 9, True),
        ("Deck Hand Specialist", 5, True),
    ]
    assert [(statement.scope, rule_in_words(statement)) for statement in rule.rules] == [
        ("specialisation:Deck Hand", "every unit of Group A"),
        ("specialisation:Mate", "every unit of Group A"),
        ("specialisation:Mate", "every unit of Group B"),
        ("specialisation:Mate", "exactly 2 from Group C"),
        ("specialisation:Deck Hand Specialist", "every unit of Group A"),
        ("specialisation:Deck Hand Specialist", "exactly 1 from Group C"),
    ]


def test_an_outcome_whose_units_do_not_add_up_is_partial() -> None:
    lines = [line.replace("Mate = 9 units", "Mate = 8 units") for line in OUTCOMES]
    assert parse("\n".join([*lines, DECKS])).status == "partial"


POINTS_LEADS = [
    "To be awarded the Certificate III in Kites units of competency to a value of 30 points must be achieved,"
    " chosen as outlined below:",
    "To be awarded the Certificate III in Kites competence must be achieved in units of competency to a minimum value"
    " of thirty (30) points, chosen as outlined below:",
]


@pytest.mark.parametrize("lead", POINTS_LEADS)
def test_a_leading_sentence_states_points(lead: str) -> None:
    lines = [
        lead,
        "all core units of competency listed below (totalling 10 points) and",
        "units to a minimum value of 20 points from Group A electives as described below and",
        "Core units",
        *("ZZC101", "Fly", "10"),
        "Group A",
        *("ZZE101", "Mend", "10", "ZZE102", "Sell", "10"),
    ]
    rule = parse("\n".join(lines))
    assert (rule.measure, rule.total, rule.core, rule.status) == ("points", 30, 10, "complete")


def test_a_note_on_the_core_list_that_repeats_its_number_says_nothing_more() -> None:
    counts = [
        "Total number of units = 4",
        "2 core units",
        "2 elective units, including up to 1 from any accredited course.",
    ]
    lists = [
        "Core units",
        "{note}",
        "ZZC101 Fly",
        "ZZC102 Land",
        "Group A",
        "Select 2 units from this list.",
        "ZZE101 Mend",
    ]
    page = "\n".join([*counts, *lists, "ZZE101 Mend", "ZZE102 Sell"])
    for note in (
        "Complete all two(2) units from the following list.",
        "Select all of the units from this list",
    ):
        assert parse(page.replace("{note}", note)).status == "complete"
    wrong = parse(page.replace("{note}", "Complete all three (3) units from the following list."))
    assert [unread.text for unread in wrong.unread] == [
        "Complete all three (3) units from the following list."
    ]


def test_all_of_a_list_counts_units_joined_by_or_once() -> None:
    lines = [
        *("Total number of units = 4", "1 core unit", "3 elective units"),
        "All units in Group A and Group B electives must be selected for award of the Certificate III in Kite (Repair)",
        *(
            "Core units",
            "ZZC101",
            "Fly",
            "Group A",
            "ZZE101",
            "Mend",
            "or",
            "ZZE102",
            "Sell",
            "Group B",
            "ZZE201",
            "Dye",
        ),
        *("Group C", "ZZE301", "Cut", "ZZE302", "Sew"),
    ]
    rule = parse("\n".join(lines))
    assert [(rule_in_words(statement), statement.scope) for statement in rule.rules] == [
        ("exactly 1 from Group A", "specialisation:Repair"),
        ("every unit of Group B", "specialisation:Repair"),
        ("at most 1 from ZZE101 or ZZE102", "all"),
    ]


READ_WITH_LEVELS = [
    (
        "up to 2 units from any endorsed Training Package. These units must be relevant to the work role, and must not"
        " include more than 1 unit aligned at a level lower than Australian Qualifications Framework Level 3."
    ),
    (
        "up to 2 units from any endorsed Training Package. These units: must be relevant to the work role;"
        " must not include more than 1 unit aligned at a level lower than AQF level 3"
    ),
]


@pytest.mark.parametrize("imports", READ_WITH_LEVELS)
def test_a_cap_on_imports_of_a_lower_level_is_read(imports: str) -> None:
    rule = page_of(
        [
            "Total number of units = 6",
            "2 core units",
            "4 elective units",
            "at least 2 units from Group A",
            imports,
        ]
    )
    assert [rule_in_words(statement) for statement in rule.rules] == [
        "at least 2 from Group A",
        "at most 2 from units that are not listed, from any endorsed training package",
        "at most 1 from units that are not listed, packaged at AQF 2 or below level",
    ]
    assert rule.status == "complete", rule.unread


def test_a_cap_on_a_lower_level_of_units_that_are_listed_is_not_read() -> None:
    cap = "These must suit the work, and must not include more than 1 unit aligned at a level lower than AQF level 3"
    rule = page_of(
        ["Total number of units = 6", "2 core units", "4 elective units", "4 units from Group A", cap]
    )
    assert [unread.text for unread in rule.unread] == [cap]


def test_points_that_bring_two_groups_to_a_value_count_what_one_of_them_gives() -> None:
    lines = [
        "To be awarded the Certificate III in Kites units of competency to the value of 60 points must be achieved",
        "core units of competency listed below (totalling 10 points)",
        "units to a minimum value of 10 points from Group A electives",
        "units from Group B electives to bring the total value of Groups A and B to a minimum value of 30 points",
        "units to a maximum value of 20 points from Group C",
        *(
            "Core units",
            "ZZC101",
            "Fly",
            "10",
            "Group A",
            "ZZE101",
            "Mend",
            "20",
            "Group B",
            "ZZE201",
            "Sell",
            "30",
        ),
        *("Group C", "ZZE301", "Cut", "20"),
    ]
    rule = parse("\n".join(lines))
    assert [(rule_in_words(statement), statement.within) for statement in rule.rules] == [
        ("at least 10 from Group A", "r2"),
        ("at least 30 from Group A or Group B", None),
        ("at most 20 from Group C", None),
    ]


def test_units_of_the_same_lists_in_other_places_are_not_capped() -> None:
    counts = ["Total number of units = 6", "2 core units", "4 elective units"]
    rule = page_of([*counts, "at least 2 units from Group A", "2 units from the electives listed below"])
    assert [rule_in_words(statement) for statement in rule.rules] == [
        "at least 2 from Group A",
        "at least 2 from the listed electives",
    ]


def words_of(*lines: str, groups: str = "AB") -> tuple[list[str], list[str]]:
    """The rules in words, and what was not read, of sentences over two core and four elective units."""
    head = ["Total number of units = 6", "2 core units", "4 elective units, of which:"]
    rule = page_of([*head, *lines], groups=groups)
    return [rule_in_words(statement) for statement in rule.rules], [item.text for item in rule.unread]


def test_at_least_two_from_one_of_the_groups_are_two_of_the_same_group() -> None:
    lines = [
        "at least 2 units must be from one of the Groups A or B",
        "up to 2 may be from Group A or Group B",
    ]
    rules, unread = words_of(*lines)
    assert rules[0] == "2 of one of Group A or Group B"
    assert unread == []


@pytest.mark.parametrize(
    "line",
    ["up to 2 units may be from one of the Groups A or B", "2 units may be from one of the Groups A or B"],
)
def test_a_cap_on_one_of_the_groups_is_not_read_as_one_on_all(line: str) -> None:
    rules, unread = words_of("at least 2 from Group A", line)
    assert unread == [line]
    assert rules == ["at least 2 from Group A"]


@pytest.mark.parametrize("other", ["any other group", "another group", "the other groups"])
def test_any_other_group_is_any_of_the_lists_and_says_that_this_is_doubtful(other: str) -> None:
    last = f"1 elective unit may be selected from {other} or any endorsed Training Package"
    head = ["Total number of units = 6", "2 core units", "4 elective units"]
    rule = page_of([*head, "3 elective units must be chosen from Group A", last])
    assert rule.status == "complete", rule.unread
    assert [(item.kind, item.n, item.pools, bool(item.ambiguity)) for item in rule.rules] == [
        ("min", 3, ("A",), False),
        ("max", 1, ("listed", "import"), True),
    ]
