"""A sentence that restricts is not taken for one that only leads on, explains a mark or asks a person to judge.

All texts are invented.
"""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse

START = ["Total number of units = 6", "2 core units", "4 elective units, of which:"]
LISTS = [
    *("Core units", "ZZC101 Fly a kite", "ZZC102 Land a kite"),
    *("Group A", "ZZE201 Mend a kite", "ZZE202 Store a kite", "ZZE203 Paint a kite", "ZZE204 Sell a kite"),
    *("Group B", "ZZE301 Spin string", "ZZE302 Wind string", "ZZE303 Cut string"),
]
RULES = ["at least 2 from Group A", "the remaining units may be from Group A or Group B"]


def read(sentence: str) -> PackagingRule:
    return parse("\n".join([*START, *RULES, sentence, *LISTS]))


RESTRICTING = [
    "To achieve this qualification, all Group A units must be completed",
    "To be awarded this qualification, the candidate must complete one of the specialisations below",
    "Electives can be chosen to provide a specialisation by selecting three string units",
    "Where appropriate, electives may be packaged to provide a qualification with a specialisation by completing all "
    "Group B units",
    "Any combination of electives that meets the packaging rules can be selected for the award of the Certificate II "
    "provided string is not used",
    "Where imported units are selected, they must come from a Certificate III",
    "The units in Group B are used by supervisors only",
    "Electives must be relevant to the job outcome and drawn from a single group",
    "Electives must be relevant to the job outcome, except for units on string",
    "Units marked with an asterisk must be selected",
    "Units marked with an asterisk cannot be chosen together",
    "Prerequisite units do not count towards the total",
    "at least 3 units from the same group",
    "at least 2 units from Group A or equivalent",
    "at least 2 units from Group A where Group B is selected",
    "at least 2 units from Group A that are at Certificate III level",
    "up to 2 units from any endorsed Training Package below Certificate III level",
]


@pytest.mark.parametrize("sentence", RESTRICTING)
def test_a_sentence_that_restricts_is_read_or_reported(sentence: str) -> None:
    rule = read(sentence)
    assert rule.status == "partial"
    assert [unread.text for unread in rule.unread] == [sentence]
    assert rule.prerequisite_policy == "unstated"


HARMLESS = [
    "Any combination of electives that meets the packaging rules can be selected for the award of the Certificate II",
    "Each unit may be selected once only",
    "Where two specialisations are completed, award of the qualification would read Toys (Kites and String)",
    "An asterisk shows that a unit has prerequisites that must be met",
    "Prerequisite units are additional to the total number of units",
    "Electives must be relevant to the job outcome",
]


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_sentence_that_restricts_nothing_leaves_the_rule_complete(sentence: str) -> None:
    rule = read(sentence)
    assert rule.status == "complete", rule.unread


def test_units_from_this_qualification_are_those_of_its_lists() -> None:
    head = ["Total number of units = 6", "2 core units", "4 elective units"]
    last = "up to 3 units from this qualification or any endorsed Training Package"
    rule = parse("\n".join([*head, "at least 1 from Group A", last, *LISTS]))
    assert rule.status == "complete", rule.unread
    assert rule.rules[-1].pools == ("listed", "import")
    assert rule.rules[-1].import_ is not None
    assert rule.rules[-1].import_.sources == ("any-package",)
