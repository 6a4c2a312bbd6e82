"""What a statement asks, in words that do not contradict the rule that it stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualgraph.packaging import (
    PackagingRule,
    UnitGroup,
    counts_in_words,
    group_in_words,
    judge,
    parse,
    rule_html,
    rule_in_words,
    to_text,
    verdict_html,
)
from qualgraph.packaging.tree import Specialisation
from qualgraph.sources.exports.packaging_export import at_line

LISTS = """\
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Group A
ZZE101 Mend a kite
ZZE102 Paint a kite
ZZE103 Sew a kite
ZZE104 Wax a kite
Group B
ZZE201 Sell a kite
ZZE202 Lend a kite
ZZE203 Pack a kite
ZZE204 Post a kite
"""
HEAD = "Total number of units = 7\n2 core units plus\n5 elective units, of which:\n"
TWO_EACH = "2 units must be selected from Group A\n2 units must be selected from Group B\n"


def read(*sentences: str) -> PackagingRule:
    rule = parse(HEAD + "".join(f"{each}\n" for each in sentences) + LISTS, code="ZZZ30120")
    assert rule.status == "complete", rule.unread
    return rule


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        (
            [TWO_EACH, "up to 1 unit may be selected from Groups A and B"],
            "up to 1 further place: from Group A or Group B",
        ),
        (
            ["at least 3 units from Group A", "the remaining units from any of the Groups A or B"],
            "the remaining 2 places: from Group A or Group B",
        ),
        (
            [
                "at least 3 must be from Group A",
                "up to 2 may be from the listed electives or any endorsed training package",
            ],
            "up to 2 further places: from the listed electives or units that are not listed, "
            "from any endorsed training package",
        ),
        (
            ["at least 1 and up to 3 units from Group A", "up to 4 units from Group B"],
            "at most 4 from Group B",
        ),
        (["at least 3 must be from Group A", "up to 2 may be from Group B"], "at most 2 from Group B"),
        (
            [
                "at least 3 must be from Group A",
                "the remaining units from Groups A or B",
                "up to 1 from any accredited course",
            ],
            "at most 1 from units that are not listed, from an accredited course",
        ),
    ],
    ids=["beside minima", "remainder", "bucket", "range", "of another list", "imports"],
)
def test_places_that_are_left_are_told_as_places_and_a_maximum_as_a_maximum(
    sentences: list[str], words: str
) -> None:
    rule = read(*sentences)
    last = rule.rules[-1]
    assert rule_in_words(last, rule) == words
    assert f"{last.id}: {words}" in to_text(rule)
    assert f"<strong>{words}</strong>" in rule_html(rule)


def test_the_maximum_of_a_range_stays_a_maximum_beside_its_minimum() -> None:
    rule = read("at least 1 and up to 3 units from Group A", "up to 4 units from Group B")
    assert [rule_in_words(item, rule) for item in rule.rules][:2] == [
        "at least 1 from Group A",
        "at most 3 from Group A",
    ]


def own(name: str, total: int) -> Specialisation:
    return Specialisation(path=f"packaging/specialisation/{name}", name=name, total=total)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PackagingRule(total=15, core=5, elective=10), "15 units in all: 5 core, 10 elective"),
        (
            PackagingRule(total=15, core=5),
            "15 units in all: 5 core, elective not stated, 10 by the total less the core",
        ),
        (PackagingRule(core=5), "total not stated: 5 core, elective not stated"),
        (
            PackagingRule(core=5, specialisations=(own("Kites", 9), own("Boats", 11))),
            "total differs by specialisation: 5 core, elective differs by specialisation",
        ),
    ],
)
def test_a_count_that_is_missing_is_told_with_why(rule: PackagingRule, words: str) -> None:
    assert counts_in_words(rule) == words


def test_the_counts_of_specialisations_are_told_beside_their_names() -> None:
    rule = PackagingRule(core=5, specialisations=(own("Kites", 9), own("Boats", 11)))
    assert "specialisation Kites (9 in all):" in to_text(rule)
    assert ">differs by specialisation</dd>" in rule_html(rule)


def test_rules_of_a_rule_that_is_not_wholly_read_are_told_with_what_is_not_known() -> None:
    rule = parse(
        f"{HEAD}at least 4 units from Group A\nat least 4 units from Group B\n{LISTS}", code="ZZZ30120"
    )
    assert rule.status == "partial"
    caution = (
        "Added up, these ask for 8 units where 5 are needed: which of them hold for one specialisation, "
        "or in one of several ways, alone is not known."
    )
    lines = to_text(rule).splitlines()
    assert lines[lines.index("  rules") + 1] == f"    {caution}"
    assert f"<p><strong>{caution}</strong></p>\n<ul>" in rule_html(rule)


def test_of_a_rule_that_is_wholly_read_nothing_is_said_to_be_unknown() -> None:
    rule = read(TWO_EACH, "up to 1 unit may be selected from Groups A and B")
    told = "not known"
    assert told not in to_text(rule)
    assert told not in rule_html(rule)
    assert "Not every sentence was read: which of them hold" in to_text(replace(rule, status="partial"))


def test_a_line_that_a_reason_names_is_told_as_one_of_the_rule_where_the_rule_is_one_line() -> None:
    rule = read(TWO_EACH, "up to 1 unit may be selected from Groups A and B")
    assert "read as min: line 7 opens the same units again\n" in to_text(rule)
    told = to_text(at_line(rule, 204))
    assert "read as min: line 7 of the rule's own text opens the same units again\n" in told
    assert "line 7 of the rule&#x27;s own text" in rule_html(at_line(rule, 204))


def test_a_verdict_in_a_page_names_a_line_once() -> None:
    rule = at_line(read(TWO_EACH, "up to 1 unit may be selected from Groups A and B"), 204)
    verdict = judge(rule, ["ZZC101", "ZZC102", "ZZE101"])
    [first, *_] = verdict.shortfalls
    assert first.message.endswith("line 204.")
    told = verdict_html(verdict, rule=rule).split("<li>")[1].split("</li>")[0]
    assert told.count("line 204<") == told.count("line 204") == 1
    assert "Elective Group A needs 2 units; you have 1" in told


@pytest.mark.parametrize(
    ("id", "name", "words"),
    [
        ("A", "Mending", "Group A: Mending"),
        ("B", "B", "Group B"),
        ("C", "Group C - Selling", "Group C - Selling"),
        ("General", "General electives", "General electives"),
        ("General", "General", "Elective General"),
    ],
)
def test_a_group_is_called_by_the_letter_that_the_rules_name(id: str, name: str, words: str) -> None:
    assert group_in_words(UnitGroup(path="packaging/group/1", id=id, name=name, role="elective")) == words


def test_a_list_says_whether_its_units_are_required_or_listed() -> None:
    rule = read("at least 3 units from Group A", "the remaining units from any of the Groups A or B")
    assert [line.split(" [")[0].strip() for line in to_text(rule).splitlines() if " group " in line] == [
        "core group core, Core units: 2 required",
        "elective group A: 4 listed",
        "elective group B: 4 listed",
    ]
    assert "<caption>2 required</caption>" in rule_html(rule)
    assert "<caption>4 listed</caption>" in rule_html(rule)
