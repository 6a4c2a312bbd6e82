"""Verdicts of the reference judge on small rules. All texts are invented."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qualgraph.errors import UsageError
from qualgraph.packaging import (
    Alternative,
    FastJudge,
    ImportPool,
    KnownUnits,
    ListedUnit,
    PackagingRule,
    Prerequisite,
    RuleStatement,
    Specialisation,
    UnitGroup,
    UnreadText,
    Verdict,
    feasible,
    further,
    judge,
    parse,
    verdict_schema,
    verdict_to_json,
)
from qualgraph.packaging.judging.selection import specialisation_named
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


def test_units_of_a_group_fill_its_own_places_before_those_of_any_electives() -> None:
    messages = {0: ["Elective Group A needs 2 units; you have 0", "Electives need 4 units; you have 0"]}
    messages[1] = ["Elective Group A needs 2 units; you have 1 (ZZE100)", messages[0][1]]
    messages[3] = ["Electives need 4 units; you have 1 (ZZE102)"]
    for held, wanted in messages.items():
        verdict = judge(rule(*SENTENCES), [*CORE, *A[:held]])
        assert [message.partition(". Rule")[0] for message in said(verdict)] == wanted


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


def test_a_level_beside_that_of_the_qualification_is_told_in_words() -> None:
    higher = [
        sentence.replace("Certificate III level", "the same level or one level higher")
        for sentence in LEVELLED
    ]
    [missing] = judge(rule(*higher), [*CORE, *A, *B[:1], "YYE001"]).unknowns
    assert missing.fact == "whether YYE001 is packaged at the same level or one level higher"


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


@pytest.mark.parametrize(
    "name", ["Kite Makers", "makers, kite", "Kite Makers stream", "Specialisation in kite makers"]
)
def test_a_specialisation_is_found_by_its_words(name: str) -> None:
    rule = PackagingRule(specialisations=(Specialisation(path="s", name="Kite Makers"),))
    assert specialisation_named(rule, name) == "Kite Makers"


@pytest.mark.parametrize("name", ["Kite", "Kite Makers and Menders", "stream", ""])
def test_another_name_is_no_specialisation_of_the_rule(name: str) -> None:
    rule = PackagingRule(specialisations=(Specialisation(path="s", name="Kite Makers"),))
    with pytest.raises(UsageError, match="no specialisation named"):
        specialisation_named(rule, name)


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


def made(*, points: bool = False, **parts: Any) -> PackagingRule:
    """A rule in data: 1 core unit and 2 electives of Groups A (4 units) and B (2 units), each of 2 points."""
    groups = [("core", "core", ["ZZC101"]), ("A", "elective", A), ("B", "elective", B[:2])]
    weight = 2 if points else None
    return PackagingRule(
        code="ZZZ30120",
        title="Certificate III in Kites",
        measure="points" if points else "units",
        **{"total": 3, "core": 1, "elective": 2, "status": "complete"} | parts,
        groups=tuple(
            UnitGroup(
                path=f"packaging/group/{id}",
                id=id,
                name=id,
                role="core" if role == "core" else "elective",
                members=tuple(ListedUnit(path=f"p/{id}/{u}", code=u, points=weight) for u in units),
            )
            for id, role, units in groups
        ),
    )


def asks(kind: Any, n: int | None, *pools: str, **parts: Any) -> RuleStatement:
    return RuleStatement(
        path="packaging/rule/r1", id="r1", kind=kind, n=n, pools=pools, text="so it says", line=7, **parts
    )


NEEDS = Prerequisite(path="packaging/prerequisite/ZZE100", unit="ZZE100", requires=("ZZE101",), line=9)


def test_a_prerequisite_that_must_be_inside_and_is_missing_makes_the_verdict_unknown() -> None:
    inside = made(prerequisites=(replace(NEEDS, policy="inside"),))
    verdict = judge(inside, ["ZZC101", "ZZE100", "ZZE102"])
    assert verdict.verdict == "unknown"
    assert [item.fact for item in verdict.unknowns] == ["whether ZZE101, the prerequisite of ZZE100, is held"]
    assert judge(inside, ["ZZC101", "ZZE100", "ZZE101"]).verdict == "satisfied"


def test_a_unit_that_lacks_its_prerequisite_does_no_harm_where_others_are_enough() -> None:
    inside = made(prerequisites=(replace(NEEDS, policy="inside"),))
    assert judge(inside, ["ZZC101", "ZZE100", "ZZE102", "ZZE103"]).verdict == "satisfied"


def test_a_prerequisite_beside_the_count_is_for_a_person() -> None:
    verdict = judge(made(prerequisites=(NEEDS,)), ["ZZC101", "ZZE100", "ZZE102"])
    assert verdict.verdict == "satisfied"
    assert [(item.text, item.line) for item in verdict.human_conditions] == [
        ("ZZE100 needs ZZE101, which must be held first.", 9)
    ]


def test_units_let_in_as_prerequisites_count_only_with_the_unit_that_needs_them() -> None:
    only = made(
        rules=(asks("max", 2, "B", condition="as-prerequisite"),),
        prerequisites=(replace(NEEDS, requires=(B[0],)),),
    )
    assert judge(only, ["ZZC101", "ZZE100", B[0]]).verdict == "satisfied"
    verdict = judge(only, ["ZZC101", "ZZE101", B[0]])
    assert verdict.verdict == "unknown"
    assert [item.fact for item in verdict.unknowns] == [f"whether {B[0]} is a prerequisite of a unit chosen"]


def test_whether_a_listed_unit_fills_a_place_for_units_from_elsewhere_is_not_guessed() -> None:
    outside = ImportPool(sources=("any-package",))
    read = made(rules=(asks("exact", 1, "import", import_=outside, reading="exact"),))
    assert judge(read, ["ZZC101", "ZZE100", "YYE001"]).verdict == "satisfied"
    verdict = judge(read, ["ZZC101", "ZZE100", "ZZE101"])
    assert verdict.verdict == "unknown"
    assert "may fill a place for units from elsewhere" in verdict.unknowns[0].fact
    assert judge(read, ["ZZC101", "ZZE100"]).verdict == "violated"


def test_points_of_a_unit_that_is_not_listed_are_not_known() -> None:
    outside = ImportPool(sources=("any-package",))
    read = made(
        points=True,
        total=8,
        core=2,
        elective=6,
        rules=(asks("max", 3, "import", import_=outside, reading="max"),),
    )
    assert judge(read, ["ZZC101", *A[:3]]).verdict == "satisfied"
    verdict = judge(read, ["ZZC101", *A[:2], "YYE001"])
    assert verdict.verdict == "unknown"
    assert [item.fact for item in verdict.unknowns] == ["how many points YYE001 counts"]
    assert judge(read, ["ZZC101", A[0], "YYE001"]).verdict == "violated"


def test_a_limit_on_units_told_by_code_holds_for_imports_too() -> None:
    outside = ImportPool(sources=("any-package",))
    fewer = asks("max", 1, "digit:2")
    read = made(
        rules=(
            asks("max", 2, "listed", "import", import_=outside, reading="bucket"),
            replace(fewer, id="r2", path="packaging/rule/r2"),
        )
    )
    assert judge(read, ["ZZC101", "ZZE100", "YYE201"]).verdict == "satisfied"
    assert judge(read, ["ZZC101", B[0], "YYE201"]).verdict == "violated"


def test_a_choice_inside_the_core_leaves_the_rest_of_it_compulsory() -> None:
    core = ListedUnit(path="p/core/ZZC102", code="ZZC102"), ListedUnit(path="p/core/ZZC103", code="ZZC103")
    base = made(core=2, total=4, rules=(asks("exact", 1, "unit:ZZC102", "unit:ZZC103"),))
    first = replace(base.groups[0], members=(*base.groups[0].members, *core))
    read = replace(base, groups=(first, *base.groups[1:]))
    assert judge(read, ["ZZC101", "ZZC103", *A[:2]]).verdict == "satisfied"
    assert judge(read, ["ZZC102", "ZZC103", *A[:2]]).verdict == "violated"


def test_one_of_two_blocks_of_sentences_is_enough() -> None:
    rows = [
        replace(asks("all", None, "B"), id="r1", scope="alternative:1"),
        replace(asks("min", 3, "A"), id="r2", scope="alternative:2"),
    ]
    blocks = (
        Alternative(path="packaging/alternative/1", id="1", rules=("r1",)),
        Alternative(path="packaging/alternative/2", id="2", rules=("r2",), elective=3, total=4),
    )
    read = made(rules=tuple(rows), alternatives=blocks)
    assert judge(read, ["ZZC101", *B[:2]]).verdict == "satisfied"
    assert judge(read, ["ZZC101", *A[:3]]).verdict == "satisfied"
    assert judge(read, ["ZZC101", *A[:2]]).verdict == "violated"


def test_a_rule_that_nobody_can_meet_is_found() -> None:
    assert feasible(made(rules=(asks("min", 2, "B"),)))
    assert not feasible(made(rules=(asks("exact", 1, "A"), replace(asks("exact", 1, "A"), id="r2"))))


def test_the_json_of_every_verdict_follows_its_schema() -> None:
    validator = Draft202012Validator(verdict_schema())
    for units in ([*CORE, *A, *B], ["ZZC101"], [*CORE, *A, "YYE001"], ["not a code"]):
        for sentences in (SENTENCES, LEVELLED):
            validator.validate(verdict_to_json(judge(rule(*sentences), units, id="p1")))


def test_a_unit_that_is_counted_in_a_violated_plan_without_proof_is_told() -> None:
    read = parse(
        "\n".join([*START, "up to 2 may be from a Certificate IV in any training package", *LISTS]),
        title="Certificate III in Kites",
    )
    verdict = judge(read, [*CORE, "ZZF401"])
    assert verdict.verdict == "violated"
    assert [item.unit for item in verdict.unknowns] == ["ZZF401"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two of the units may be swapped for units of the award below.",
        "Holders of a pilot's licence fly without the first unit.",
        "Some units need not be flown again.",
    ],
)
def test_a_sentence_not_read_that_may_relieve_of_units_leaves_everything_open(sentence: str) -> None:
    read = parse("\n".join([*START, "6 electives from Group A or Group B", *LISTS]))
    read = replace(read, status="partial", unread=(UnreadText(path="u", text=sentence, line=3),))
    assert judge(read, ["ZZC101"]).verdict == "unknown"
    assert FastJudge(read).outcomes([["ZZC101"]]) == ["unknown"]
