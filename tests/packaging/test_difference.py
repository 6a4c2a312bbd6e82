"""What changed between two rules. All texts are invented, but for the seeds at the end."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from qualgraph.packaging import parse
from qualgraph.packaging.comparing.changes import Difference, Succession
from qualgraph.packaging.comparing.difference import difference
from qualgraph.packaging.comparing.difference_words import difference_json, difference_schema, difference_text
from qualgraph.packaging.tree import PackagingRule
from qualgraph.sources.rule_files import rules_in
from support import seed_path

BEFORE = """\
Total number of units = 4
2 core units plus
2 elective units, of which:
at least 1 must be from Group A
up to 1 may be from any currently endorsed Training Package
Core units
ZZC101A Fly a kite
ZZC102A Land a kite
Group A
ZZE101A Mend a kite
ZZE102A Paint a kite
Group B
ZZE201A Sell a kite
ZZE202A Buy a kite
"""
AFTER = """\
Total number of units = 5
2 core units plus
3 elective units, of which:
at least 2 must be from Group C
up to 1 may be from any currently endorsed Training Package
Core units
ZZC101A Fly a kite
ZZE201A Sell a kite
Group C
ZZE101B Mend a kite
ZZE102A Paint a kite in colour
Group D
ZZC102B Land a kite
ZZE301A Fold a kite
"""
EQUIVALENT = {"ZZE101A": [Succession(code="ZZE101B", equivalent=True, source="register page")]}


def rule(text: str, code: str = "ZZZ40120") -> PackagingRule:
    return parse(text, code=code, title="Certificate IV in Kites")


def compared(**successions: Succession) -> Difference:
    return difference(rule(BEFORE), rule(AFTER), {code: [step] for code, step in successions.items()})


def fates(found: Difference) -> dict[str | None, str]:
    return {unit.before or unit.after: unit.fate for unit in found.units}


def test_a_rule_does_not_differ_from_itself() -> None:
    found = difference(rule(BEFORE), rule(BEFORE))
    assert found.nothing_changed
    assert "nothing changed" in difference_text(found)
    assert {unit.fate for unit in found.units} == {"same"}


def test_counts_that_changed_are_told_with_both_numbers() -> None:
    changed = {count.name: (count.before, count.after) for count in compared().counts if count.changed}
    assert changed == {"total": (4, 5), "elective": (2, 3)}


def test_a_code_that_looks_alike_is_a_hint_and_never_a_successor() -> None:
    found = compared()
    assert fates(found)["ZZE101A"] == "gone"
    assert fates(found)["ZZE101B"] == "new"
    [gone] = [unit for unit in found.units if unit.before == "ZZE101A"]
    assert gone.alike == ("ZZE101B",)
    assert "same stem, not known to be its successor" in difference_text(found)


@pytest.mark.parametrize(
    ("equivalent", "fate"),
    [
        (True, "replaced-by-equivalent"),
        (False, "superseded-not-equivalent"),
        (None, "superseded-equivalence-not-determined"),
    ],
)
def test_only_what_the_register_calls_equivalent_is_equivalent(equivalent: bool | None, fate: str) -> None:
    found = compared(ZZE101A=Succession(code="ZZE101B", equivalent=equivalent, source="register page"))
    assert fates(found)["ZZE101A"] == fate
    assert "ZZE101B" not in fates(found)
    assert "says register page" in difference_text(found)


def test_several_steps_of_supersession_are_told_and_never_called_equivalent() -> None:
    found = compared(
        ZZE101A=Succession(code="ZZE101X", equivalent=True),
        ZZE101X=Succession(code="ZZE101B", equivalent=True),
    )
    [unit] = [unit for unit in found.units if unit.before == "ZZE101A"]
    assert (unit.fate, unit.after, unit.via) == ("superseded-in-steps", "ZZE101B", ("ZZE101X",))


def test_a_circle_of_supersession_ends() -> None:
    found = compared(
        ZZE101A=Succession(code="ZZE101X", equivalent=True),
        ZZE101X=Succession(code="ZZE101A", equivalent=True),
    )
    assert fates(found)["ZZE101A"] == "gone"


def test_a_unit_that_is_now_core_has_moved() -> None:
    [unit] = [unit for unit in compared().units if unit.before == "ZZE201A"]
    assert (unit.fate, unit.moved) == ("same", "elective to core")
    found = compared(ZZC102A=Succession(code="ZZC102B", equivalent=True))
    [unit] = [unit for unit in found.units if unit.before == "ZZC102A"]
    assert (unit.fate, unit.moved) == ("replaced-by-equivalent", "core to elective")


def test_a_title_that_changed_under_one_code_is_told() -> None:
    [unit] = [unit for unit in compared().units if unit.before == "ZZE102A"]
    assert unit.retitled
    assert "title now 'Paint a kite in colour', was 'Paint a kite'" in difference_text(compared())


def test_lists_are_matched_by_the_units_they_share() -> None:
    groups = {group.before or f"+{group.after}": group for group in compared().groups}
    assert (groups["A"].change, groups["A"].after, groups["A"].shared, groups["A"].alike) == (
        "changed",
        "C",
        1,
        1,
    )
    assert groups["B"].change == "gone"
    assert groups["+D"].change == "new"
    same = difference(rule(BEFORE), rule(BEFORE.replace("Group A", "Group K")))
    assert [(g.change, g.before, g.after) for g in same.groups if g.change != "same"] == [
        ("renamed", "A", "K")
    ]


def test_a_sentence_about_a_renamed_list_is_the_same_sentence() -> None:
    same = difference(rule(BEFORE), rule(BEFORE.replace("Group A", "Group K")))
    assert {item.change for item in same.rules} == {"same"}
    [asked, let_in] = compared().rules
    assert (asked.change, asked.before, asked.after) == (
        "changed",
        "at least 1 from Group A",
        "at least 2 from Group C",
    )
    assert let_in.change == "same"


def test_what_was_not_read_is_a_caution() -> None:
    unread = rule(BEFORE + "\nNotes\nThe kites must number a further 2 units on Tuesdays.\n")
    found = difference(rule(BEFORE), unread)
    if unread.unread:
        assert "not read and not compared" in found.cautions[0]
    assert "No packaging rule was read" in difference(rule("nothing"), rule(AFTER)).cautions[0]


def test_the_json_is_that_of_its_schema() -> None:
    Draft202012Validator.check_schema(difference_schema())
    data = difference_json(difference(rule(BEFORE), rule(AFTER), EQUIVALENT))
    Draft202012Validator(difference_schema()).validate(data)
    assert json.loads(json.dumps(data)) == data
    assert data["schema"] == difference_schema()["$id"]
    assert [unit["after"] for unit in data["units"] if unit["fate"] == "replaced-by-equivalent"] == [
        "ZZE101B"
    ]


def test_the_two_diplomas_share_37_stems_and_25_units() -> None:
    [old] = [found.rule for found in rules_in(seed_path("001"))]
    [new] = [found.rule for found in rules_in(seed_path("003"), code="BSB50311")]
    found = difference(old, new)
    assert len(found.of_fate("same")) == 25
    assert sum(bool(unit.alike) for unit in found.of_fate("gone")) == 12
    assert found.of_fate("replaced-by-equivalent") == ()
    assert [(c.before, c.after) for c in found.counts if c.changed] == [(6, 3), (4, 7)]
    assert {unit.before for unit in found.units if unit.moved == "core to elective"} == {
        "BSBINM501A",
        "BSBINN502A",
        "BSBWOR502B",
    }
