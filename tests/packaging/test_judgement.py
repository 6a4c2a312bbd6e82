"""Verdicts of the reference judge on small rules. All texts are invented."""

from __future__ import annotations

from random import Random

import pytest

from qualgraph.errors import UsageError
from qualgraph.packaging import KnownUnits, PackagingRule, Verdict, further, judge, parse
from random_rules import CASES, random_points_rule, random_rule, random_selection, random_specialised_rule

START = ["Total number of units = 8", "2 core units", "6 elective units, of which:"]
LISTS = ["Core units", "ZZC101 Fly", "ZZC102 Land"]
LISTS += [
    line
    for letter, at in zip("AB", "12", strict=True)
    for line in (f"Group {letter}", *(f"ZZE{at}0{n} Do" for n in range(4)))
]
CORE = ["ZZC101", "ZZC102"]
A = [f"ZZE10{n}" for n in range(4)]
B = [f"ZZE20{n}" for n in range(4)]
SENTENCES = (
    "at least 2 units from Group A",
    "up to 4 from the electives listed below or any training package",
)


def rule(*sentences: str, title: str = "Certificate III in Kites") -> PackagingRule:
    read = parse("\n".join([*START, *sentences, *LISTS]), code="ZZZ30120", title=title)
    assert read.status == "complete", read.unread
    return read


def said(verdict: Verdict) -> list[str]:
    return [item.message for item in verdict.shortfalls]


def test_units_that_fill_every_slot_satisfy_the_rule() -> None:
    verdict = judge(rule(*SENTENCES), [*CORE, *A[:2], *B], id="p1")
    assert (verdict.id, verdict.code, verdict.verdict) == ("p1", "ZZZ30120", "satisfied")
    assert {item.unit: item.slot for item in verdict.placed} == {
        **dict.fromkeys(CORE, "core"),
        **dict.fromkeys(A[:2], "Group A"),
        **dict.fromkeys(B, "electives"),
    }
    assert verdict.unplaced == verdict.shortfalls == verdict.unknowns == ()


def test_a_shortfall_says_what_is_needed_what_there_is_and_which_line_asks() -> None:
    verdict = judge(rule(*SENTENCES), [*CORE, A[0], *B])
    assert verdict.verdict == "violated"
    assert said(verdict) == [
        'Elective Group A needs 2 units; you have 1 (ZZE100). Rule: "at least 2 units from Group A", line 4.'
    ]
    [short] = verdict.shortfalls
    assert (short.need, short.have, short.line) == (2, 1, 4)


def test_missing_core_units_are_named() -> None:
    verdict = judge(rule(*SENTENCES), ["ZZC101", *A, *B])
    assert said(verdict) == ["The core needs 2 units; you have 1. Missing: ZZC102."]


def test_a_unit_given_twice_counts_once() -> None:
    verdict = judge(rule(*SENTENCES), [*CORE, A[0], A[0].lower(), *B])
    assert verdict.verdict == "violated"


def test_an_import_without_a_level_limit_needs_no_fact() -> None:
    verdict = judge(rule(*SENTENCES), [*CORE, *A, "YYE001", "YYE002"])
    assert verdict.verdict == "satisfied"
    assert judge(rule(*SENTENCES), [*CORE, *A, "YYE001", "not a code"]).verdict == "violated"


LEVELLED = (
    "at least 5 units from the electives listed below",
    "up to 1 unit from any training package at Certificate III level",
)


def test_an_import_is_admitted_by_the_level_of_a_qualification_that_packages_it() -> None:
    home = parse("1 core unit\nCore units\nYYE001 Tow", code="YYY30120", title="Certificate III in Towing")
    plan = [*CORE, *A, *B[:1], "YYE001"]
    verdict = judge(rule(*LEVELLED), plan, facts=KnownUnits.from_rules([home]))
    assert verdict.verdict == "satisfied"


def test_where_the_level_is_not_known_the_verdict_names_the_missing_fact() -> None:
    verdict = judge(rule(*LEVELLED), [*CORE, *A, *B[:1], "YYE001"])
    assert verdict.verdict == "unknown"
    assert [(item.unit, item.fact, item.line) for item in verdict.unknowns] == [
        ("YYE001", "whether YYE001 is packaged at the level Certificate III", 5)
    ]
    assert judge(rule(*LEVELLED), [*CORE, *A, "YYE001", "YYE002"]).verdict == "violated"


def test_a_unit_left_over_is_told_why() -> None:
    verdict = judge(rule(*LEVELLED), [*CORE, *A, "YYE001", "YYE002"])
    [left] = [item for item in verdict.unplaced if item.unit.startswith("YY")]
    assert left.why == "every place that it could take is filled"


def test_a_unit_that_passes_a_limit_is_told_which() -> None:
    read = rule("all 6 may be from the electives listed below", "up to 1 unit from any training package")
    verdict = judge(read, [*CORE, *A, "YYE001", "YYE002"])
    [left] = verdict.unplaced
    assert left.why == (
        'at most 1 unit may count in this way. Rule: "up to 1 unit from any training package", line 5.'
    )


def test_an_unknown_specialisation_is_an_error_that_names_those_there_are() -> None:
    read = rule(
        *SENTENCES, "All Group A electives must be selected for award of the Certificate I in Kites (Box)"
    )
    assert judge(read, [*CORE, *A, *B[:2]], specialisation=" bOx ").verdict == "satisfied"
    with pytest.raises(UsageError, match="It has: Box"):
        judge(read, CORE, specialisation="Round")


def test_a_rule_that_was_not_read_whole_is_unknown_but_a_core_unit_cannot_be_missing() -> None:
    lines = [*START, *SENTENCES, "units must be chosen as the wind blows, or 3 of them", *LISTS]
    read = parse("\n".join(lines), code="ZZZ30120")
    assert read.status == "partial"
    assert judge(read, [*CORE, *A, *B]).verdict == "unknown"
    assert judge(read, ["ZZC101", *A, *B]).verdict == "violated"


def test_the_fewest_further_units_are_told() -> None:
    assert further(rule(*SENTENCES), [*CORE, *B]) == ("ZZE100", "ZZE101")
    assert further(rule(*SENTENCES), [*CORE, *A, *B[:2]]) == ()


def test_more_units_never_turn_satisfied_into_violated_and_order_does_not_matter() -> None:
    random = Random(1)
    makers = (random_rule, random_specialised_rule, random_points_rule)
    seen = set()
    for number in range(CASES // 10):
        read = makers[number % 3](random)
        units = random_selection(random, read)
        box = "Box" if read.specialisations else None
        verdict = judge(read, units, specialisation=box)
        shuffled = random.sample(units, len(units))
        again = judge(read, shuffled, specialisation=box)
        assert (again.verdict, set(again.placed)) == (verdict.verdict, set(verdict.placed))
        further_unit = random.choice(read.listed_electives)
        more = judge(read, [*units, further_unit], specialisation=box)
        assert (verdict.verdict, more.verdict) != ("satisfied", "violated")
        seen.add(verdict.verdict)
    assert {"satisfied", "violated"} <= seen
