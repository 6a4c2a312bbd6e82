"""Specialisations named on the page: in full titles, in a list of names, glued to a sentence, or leading one."""

from __future__ import annotations

from qualgraph.packaging import PackagingRule, parse, rule_in_words

PAGE = """\
Total number of units = 6
2 core units plus
4 elective units, of which:
3 must be from Group A
1 may be from the remaining listed electives.
Where relevant, the choice of elective units set out in the packaging rules above can serve to provide the \
qualification with one of the following specialisations. The rules to achieve a specialisation are detailed at \
qualification end.
Box Kites
Kites and StringCore units
ZZC101 Fly a kite
ZZC102 Land a kiteElective units
Group A - Making
ZZE101 Mend a kite
ZZE102 Cut, fold and glue paper*
ZZE103 Tie knots
ZZE104 Bend rods Group B - Selling
ZZS101 Sell a kite
ZZS102 Wrap a kiteSpecialisationsThe achievement of a specialisation will be identified on testamurs as follows:
ZZZ30199 Certificate III in Kites (Box Kites).Packaging rules to achieve a specialisationBox Kites
2 Group A electives must be selected, and must include, ZZE101 Mend a kite, \
and ZZE102 Cut, fold and glue paper*.Kites and String
1 Group A elective units coded ZZE must be selected
"""


def said(rule: PackagingRule, name: str) -> list[str]:
    """The rules of one specialisation in words."""
    return [rule_in_words(item) for item in rule.rules if item.scope == f"specialisation:{name}"]


def test_names_glued_to_sentences_lead_the_sentences_after_them() -> None:
    rule = parse(PAGE)
    assert rule.status == "complete", rule.unread
    assert [item.name for item in rule.specialisations] == ["Box Kites", "Kites and String"]
    assert said(rule, "Box Kites") == ["at least 2 from Group A", "ZZE101 and ZZE102"]
    assert said(rule, "Kites and String") == ["at least 1 from Group A, only units coded ZZE"]


def test_the_units_that_must_be_included_count_among_those_of_the_sentence() -> None:
    first, second = [item for item in parse(PAGE).rules if item.scope == "specialisation:Box Kites"]
    assert second.within == first.id
    assert (second.kind, second.pools) == ("all", ("unit:ZZE101", "unit:ZZE102"))


def test_a_heading_glued_to_a_unit_does_not_stay_in_its_title() -> None:
    titles = {unit.code: unit.title for _, unit in parse(PAGE).members()}
    assert titles["ZZS102"] == "Wrap a kite"
    assert titles["ZZE104"] == "Bend rods"


def test_a_name_before_the_lists_opens_nothing() -> None:
    assert [rule_in_words(item) for item in parse(PAGE).rules if item.scope == "all"] == [
        "at least 3 from Group A",
        "at most 1 from the listed electives",
    ]


def test_a_sentence_led_by_the_specialisation_is_its_rule() -> None:
    text = PAGE.replace(
        "3 must be from Group A\n",
        "3 must be from Group A\nFor specialisation in Long Kites, 2 elective units must be selected from Group A\n"
        "For the award of the Certificate III in Kites (Odd Kites) at least 1 unit from Group B Selling must be"
        " chosen\n",
    )
    rule = parse(text)
    assert rule.status == "complete", rule.unread
    assert said(rule, "Long Kites") == ["at least 2 from Group A"]
    assert said(rule, "Odd Kites") == ["at least 1 from Group B"]


def test_where_none_is_sought_the_sentences_before_belong_to_the_specialisations() -> None:
    text = """\
Total number of units = 5
2 core units plus
3 elective units.
At least 2 electives must be selected from Group A for the award of the Certificate III in Kites (Box Kites)
At least 2 electives must be selected from Group B for the award of the Certificate III in Kites (Odd Kites)
Plus 1 unit from Group A or any accredited course.
Where a specialisation area is not sought, the electives are to be chosen as follows:
3 units from Group A or Group B
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Group A
ZZE101 Mend a kite
ZZE102 Tie knots
ZZE103 Cut paper
Group B
ZZS101 Sell a kite
ZZS102 Wrap a kite
"""
    rule = parse(text)
    assert rule.status == "complete", rule.unread
    assert [rule_in_words(item) for item in rule.rules if item.scope == "all"] == [
        "exactly 3 from Group A or Group B"
    ]
    last = "1 place: from Group A or units that are not listed, from an accredited course"
    assert said(rule, "Box Kites") == ["at least 2 from Group A", last]
    assert said(rule, "Odd Kites") == ["at least 2 from Group B", last]
    assert all(item.replaces for item in rule.specialisations)


def test_a_specialisation_of_a_list_that_the_plain_award_leaves_out_is_doubted() -> None:
    text = PAGE.replace(
        "1 may be from the remaining listed electives.", "up to 1 may be from any accredited course."
    )
    rule = parse(text.replace("1 Group A elective units coded ZZE", "1 Group B elective units coded ZZS"))
    assert rule.status == "complete", rule.unread
    doubts = {item.scope: item.ambiguity for item in rule.rules if item.ambiguity}
    assert list(doubts) == ["specialisation:Kites and String"]
    assert "plain award" in str(doubts["specialisation:Kites and String"])


def test_units_named_after_a_condition_are_not_lost_with_it() -> None:
    text = PAGE.replace(
        "and must include, ZZE101 Mend a kite, and ZZE102 Cut, fold and glue paper*",
        "and must include ZZE103 Tie knots and ensure tight ends, and ZZE102 Cut, fold and glue paper",
    )
    rule = parse(text)
    units = [pool for item in rule.rules for pool in item.pools if pool.startswith("unit:")]
    assert units == ["unit:ZZE103", "unit:ZZE102"] or rule.status == "partial"
