"""Rules of which one or another must hold: sentences and blocks that 'or' joins, counts that go with a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
import shacl

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.packaging import (
    NO_FACTS,
    FastJudge,
    PackagingRule,
    from_json,
    judge,
    parse,
    rule_in_words,
    to_json,
    to_text,
)
from qualgraph.packaging.compiling.plan_rdf import plan_triples
from qualgraph.packaging.compiling.shacl import compile_shacl
from qualgraph.rdf import ntriples
from qualgraph.triples import TextPolicy
from qualgraph.triples.builder import Builder
from qualgraph.triples.packaging import describe_packaging, read_rule

FOUR = {"A": 9, "B": 9, "C": 9, "D": 9}
STREAMS = {"A": 3, "B": 3, "C": 2, "D": 3, "General elective units": 9}
IMPORTS = "up to 3 may be from elsewhere in this or any other endorsed training package or accredited course"
START = ["Total number of units = 14", "2 core units", "12 elective units, of which:"]
FIRST = ["at least 6 must be from Group A", "a further 6 must be from Group A or Group B"]
SECOND = ["8 must be from Group C", "4 must be from Group D"]
THIRD = ["7 must be from Group B", "5 must be from Group D"]
SIX = ["Total number of units = 6", "2 core units", "4 elective units"]
CORE = ["ZZC100", "ZZC101"]


def rule(sentences: Sequence[str], groups: Mapping[str, int] = FOUR) -> PackagingRule:
    """What the sentences say above two core units and groups of so many units each."""
    lines = [*sentences, "Core units", *(f"ZZC10{n} Do core task {n}" for n in range(2)), "Elective units"]
    for at, (name, size) in enumerate(groups.items()):
        lines.append(f"Group {name}" if len(name) == 1 else name)
        lines += [f"ZZE{at + 2}{n:02} Do elective task {at} {n}" for n in range(size)]
    return parse("\n".join(lines), code="ZZZ30120")


def some(group: str, number: int, first: int = 0) -> list[str]:
    """So many units of a group."""
    return [f"ZZE{'ABCDE'.index(group) + 2}{n:02}" for n in range(first, first + number)]


def by_way(read: PackagingRule) -> dict[str, list[str]]:
    """What each alternative asks, in words."""
    known = {each.id: each for each in read.rules}
    return {each.id: [rule_in_words(known[id]) for id in each.rules] for each in read.alternatives}


def verdicts(read: PackagingRule, plans: Sequence[Sequence[str]], name: str | None = None) -> list[str]:
    """What the judge says of each plan, core units added; the fast judge must say the same."""
    whole = [[*CORE, *plan] for plan in plans]
    found = [judge(read, plan, specialisation=name).verdict for plan in whole]
    assert [
        fast or slow
        for fast, slow in zip(FastJudge(read, specialisation=name).outcomes(whole), found, strict=True)
    ] == found
    return found


def test_two_blocks_with_or_between_them_are_alternatives() -> None:
    read = rule([*START, *FIRST, "OR", *SECOND])
    assert read.status == "complete"
    assert by_way(read) == {
        "1a": ["at least 6 from Group A", "the remaining 6 places: from Group A or Group B"],
        "1b": ["exactly 8 from Group C", "exactly 4 from Group D"],
    }
    assert {each.choice for each in read.alternatives} == {"1"}
    assert {each.scope for each in read.rules} == {"alternative:1a", "alternative:1b"}


def test_three_blocks_are_three_alternatives_whatever_the_case_of_or() -> None:
    for word in ("OR", "Or", "or", "– or –"):
        read = rule([*START, *FIRST, word, *SECOND, word, *THIRD])
        assert read.status == "complete"
        assert list(by_way(read)) == ["1a", "1b", "1c"]


def test_a_plan_meets_one_block_and_not_half_of_each() -> None:
    read = rule([*START, *FIRST, "OR", *SECOND])
    plans = [
        [*some("A", 6), *some("B", 6)],
        [*some("C", 8), *some("D", 4)],
        [*some("A", 6), *some("D", 4), *some("C", 2)],
        [*some("C", 8), *some("B", 4)],
        [*some("A", 5), *some("B", 7)],
    ]
    assert verdicts(read, plans) == ["satisfied", "satisfied", "violated", "violated", "violated"]


def test_a_rule_of_blocks_is_met_where_a_rule_of_one_of_them_is() -> None:
    blocks = (FIRST, SECOND, THIRD)
    together = rule([*START, *FIRST, "OR", *SECOND, "OR", *THIRD])
    alone = [rule([*START, *block]) for block in blocks]
    random, every = Random(3), [unit for group in "ABCD" for unit in some(group, 9)]
    plans = [[*CORE, *random.sample(every, 12)] for _ in range(60)]
    plans += [[*CORE, *some("A", n), *some("B", 12 - n)] for n in range(4, 9)]
    plans += [[*CORE, *some("B", n), *some("D", 12 - n)] for n in range(4, 9)]
    plans += [[*CORE, *some("C", n), *some("D", 12 - n)] for n in range(4, 9)]
    found = [judge(together, plan).verdict for plan in plans]
    assert found == [
        "satisfied" if any(judge(one, plan).verdict == "satisfied" for one in alone) else "violated"
        for plan in plans
    ]
    assert found.count("satisfied") >= 5


def test_each_block_keeps_its_own_imports() -> None:
    read = rule([*START, *FIRST, "OR", "9 from Group C", IMPORTS])
    assert read.status == "partial", "the imports may be of the last block or of both"
    second = ["at least 4 must be from Group C", "a further 5 may be from Group B or Group C", IMPORTS]
    first = ["at least 6 must be from Group A", "a further 3 must be from Group A or Group B", IMPORTS]
    assert rule([*START, *first, "OR", *second]).status == "complete"


def test_blocks_that_state_their_own_counts_have_them() -> None:
    read = rule(
        [
            *(
                "Either",
                "2 core units",
                "8 elective units:",
                "6 units from Group A",
                "2 units from Group B",
                "or",
            ),
            *("2 core units", "7 elective units:", "7 units from Group C"),
        ]
    )
    assert (read.status, read.core, read.elective) == ("complete", 2, None)
    assert [each.elective for each in read.alternatives] == [8, 7]
    plans = [[*some("A", 6), *some("B", 2)], some("C", 7), some("C", 8), [*some("A", 6), *some("B", 1)]]
    assert verdicts(read, plans)[:2] == ["satisfied", "satisfied"]
    assert verdicts(read, plans)[3] == "violated"


def test_one_unit_of_one_group_or_two_of_another() -> None:
    read = rule(
        [*START, "1 unit from Group A or 2 units from Group B", "at least 10 units from Groups C and D"]
    )
    assert read.status == "complete"
    assert by_way(read) == {"1a": ["exactly 1 from Group A"], "1b": ["exactly 2 from Group B"]}
    rest = [*some("C", 6), *some("D", 4)]
    plans = [
        [*some("A", 1), *rest, *some("D", 1, 4)],
        [*some("B", 2), *rest],
        [*some("A", 1), *some("B", 1), *rest],
        [*some("B", 1), *rest, *some("D", 1, 4)],
    ]
    assert verdicts(read, plans) == ["satisfied", "satisfied", "violated", "violated"]


def test_ways_a_line_each_share_what_comes_after_them() -> None:
    for lines in (
        ["all 3 units from Group A, or", "all 2 units from Group C"],
        ["all 3 units from Group A", "or all 2 units from Group C"],
        ["all 3 units from Group A", "OR", "all 2 units from Group C"],
    ):
        read = rule(
            [*START[:2], "4 elective units", *lines, "the remaining units may be from any group"], STREAMS
        )
        assert read.total == 14
        read = rule([*SIX, *lines, "the remaining units may be from any group"], STREAMS)
        assert read.status == "complete"
        assert by_way(read) == {"1a": ["every unit of Group A"], "1b": ["every unit of Group C"]}
        assert [(each.n, each.scope) for each in read.rules if each.kind == "max"] == [(2, "all")]
        assert verdicts(
            read, [[*some("A", 3), "ZZE600"], [*some("C", 2), "ZZE600", "ZZE601"], some("E", 4)]
        ) == [
            "satisfied",
            "satisfied",
            "violated",
        ]


def test_all_of_one_group_or_all_of_another_of_its_size_is_one_choice_and_no_block() -> None:
    lines = [
        "all 3 units from Group A",
        "OR",
        "all 3 units from Group B",
        "the remaining units may be from any group",
    ]
    read = rule([*SIX, *lines], STREAMS)
    assert read.status == "complete"
    assert rule_in_words(read.rules[0]) == "every unit of one of Group A or Group B"


def test_an_or_that_is_glued_to_a_word_of_the_page_is_parted_from_it() -> None:
    ways = ["3 units from Group A in this qualificationor", "2 units from Group C in this qualification"]
    read = rule([*SIX, *ways, "the remaining units may be from any group"], STREAMS)
    assert list(by_way(read)) == ["1a", "1b"]
    unlike = rule(
        ["Total number of units = 6", "2 core units", "3 units from Group A Surveyor", "1 unit from Group C"]
    )
    assert not unlike.alternatives


def test_a_choice_inside_a_specialisation_holds_there_alone() -> None:
    read = rule(
        [
            *("Total number of units = 6", "2 core units", "4 elective units"),
            *("For the award of the ZZZ30120 Certificate III in Kites choose:", "4 units from Group D"),
            "For the award of the ZZZ30120 Certificate III in Kites (Box Kites) choose:",
            *("1 unit from Group A or 2 units from Group B", "at least 2 units from Group C"),
        ]
    )
    assert read.status == "complete"
    assert {each.scope for each in read.alternatives} == {"specialisation:Box Kites"}
    plans = [[*some("A", 1), *some("C", 3)], [*some("B", 2), *some("C", 2)], some("D", 4)]
    assert verdicts(read, plans, "Box Kites") == ["satisfied", "satisfied", "violated"]
    assert verdicts(read, plans) == ["violated", "violated", "satisfied"]


GENERAL = (
    "5 general elective units if selecting Group A, B, D, or 6 general elective units if selecting Group C"
)
EIGHT = ["Total number of units = 10", "2 core units", "8 elective units comprising:"]


@pytest.mark.parametrize(
    "sentences",
    [
        ["all units from one of Groups A, B, C or D", GENERAL],
        ["all units from Group A, B, C or D plus", GENERAL],
        ["all units from one of Groups A, B, C or D", GENERAL.replace("6 general elective units", "6")],
        [
            "all units from one of Groups A, B, C or D",
            "5 units from the general electives where Group A, B or D is chosen, or",
            "6 units from the general electives where Group C is chosen",
        ],
    ],
)
def test_a_count_that_goes_with_the_group_chosen(sentences: list[str]) -> None:
    read = rule([*EIGHT, *sentences], STREAMS)
    assert read.status == "complete"
    assert by_way(read) == {
        "1a": ["every unit of one of Group A or Group B or Group D", "exactly 5 from Group General"],
        "1b": ["every unit of Group C", "exactly 6 from Group General"],
    }
    plans = [
        [*some("B", 3), *some("E", 5)],
        [*some("C", 2), *some("E", 6)],
        [*some("C", 2), *some("E", 5), "ZZE200"],
        [*some("A", 2), *some("E", 6)],
    ]
    assert verdicts(read, plans) == ["satisfied", "satisfied", "violated", "violated"]


def test_a_count_goes_with_ways_that_were_read_before() -> None:
    read = rule([*EIGHT, "3 units from one of Groups A, B or D or 2 units from Group C", GENERAL], STREAMS)
    assert read.status == "complete"
    assert by_way(read)["1a"] == ["3 of one of Group A or Group B or Group D", "exactly 5 from Group General"]
    assert by_way(read)["1b"] == ["exactly 2 from Group C", "exactly 6 from Group General"]


ONE_OF = "all units from one of Groups A, B, C or D"
UNREAD = {
    "a block that leaves places empty": [*START, *FIRST, "OR", "8 must be from Group C"],
    "two bullets or two blocks": [*START, "6 from Group A", "6 from Group B", "OR", "6 from Group C"],
    "minima that fit both ways": [
        *(*START, "at least 3 from Group A", "at least 3 from Group B", "OR"),
        *("at least 3 from Group C", "at least 3 from Group D"),
    ],
    "a block not read": [*START, *FIRST, "OR", "8 must be from Group C", "4 from the fourth kind of kites"],
    "and beside or in a line": [*START, "4 from Group A and 8 from Group B or 12 from Groups C and D"],
    "a way that only permits": [*START, "9 from Group A or up to 9 from Group B"],
    "an import": [*START, "3 from Group A or 2 from any endorsed training package", "9 from Group C"],
    "a way with too many": [*START, "3 from Group A or 9 from Group B", "9 from Group C"],
    "a way that leaves places empty": [*START, "12 from Group A and Group B, or", "9 from Group C"],
    "two ways with the same units": [*START, "3 from Group A or 4 from Group A", "9 from Group C"],
    "a condition without a choice of groups": [*EIGHT, GENERAL],
    "a group left out": [*EIGHT, ONE_OF, GENERAL.replace(", D", "")],
    "sums that fail": [*EIGHT, ONE_OF, GENERAL.replace("6", "7")],
    "a group in both conditions": [*EIGHT, ONE_OF, GENERAL.replace("Group C", "Group C or D")],
}


@pytest.mark.parametrize("sentences", UNREAD.values(), ids=UNREAD)
def test_what_may_be_meant_otherwise_stays_unread(sentences: list[str]) -> None:
    read = rule(sentences, STREAMS if sentences[:3] == EIGHT else FOUR)
    assert read.status == "partial"
    assert read.unread


def test_alternatives_come_back_from_json_and_triples_and_stand_in_words() -> None:
    ids = Identifiers()
    release = ids.release(Kind.QUALIFICATION, "ZZZ40120", "1")
    for read in (
        rule([*START, *FIRST, "OR", *SECOND]),
        rule(
            [*START, "1 unit from Group A or 2 units from Group B", "at least 10 units from Groups C and D"]
        ),
        rule([*EIGHT, "all units from one of Groups A, B, C or D", GENERAL], STREAMS),
    ):
        assert from_json(to_json(read, detail=True)) == read
        builder = Builder(
            ids=ids,
            policy=TextPolicy.RULES,
            document=ids.document("register-page", "ZZZ40120/page"),
            release=release,
            reader="register-page",
        )
        describe_packaging(builder, read, 1)
        assert read_rule(builder.triples, ids.below(release, "register-page", "packaging")) == read
    data = to_json(rule([*START, *FIRST, "OR", *SECOND]))
    assert [each["alt"] for each in data["rules"]] == ["1a", "1a", "1b", "1b"]
    words = to_text(rule([*START, *FIRST, "OR", *SECOND]))
    assert "  choice 1, one must hold: 1a (r1, r2) or 1b (r3, r4)\n" in words
    assert "r1: at least 6 from Group A (alternative:1a) [line 4]" in words


def test_compiled_shapes_give_the_verdicts_of_alternatives() -> None:
    read = rule([*START, *FIRST, "OR", *SECOND])
    plans = {
        "one": [*CORE, *some("A", 6), *some("B", 6)],
        "two": [*CORE, *some("C", 8), *some("D", 4)],
        "half": [*CORE, *some("A", 6), *some("D", 4), *some("C", 2)],
    }
    text = compile_shacl(read)
    assert "qgsh:NecessaryOnly" not in text
    data = ntriples(
        triple for id, units in plans.items() for triple in plan_triples(id, read, units, NO_FACTS)
    )
    report = shacl.Shapes.from_turtle(text).validate_turtle(text + data)
    failed = {result.focus_node.strip("<>").rsplit("/", 1)[1] for result in report.results}
    assert (
        failed == {id for id, units in plans.items() if judge(read, units).verdict == "violated"} == {"half"}
    )
