"""Names of groups printed once more under the sentence that speaks of them."""

from __future__ import annotations

import pytest

from qualgraph.packaging import PackagingRule, parse

PAGE = """
2 core units
4 elective units, consisting of:
{lines}
remaining units from Group C or any current training package
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Elective units
Group A - Mending
ZZE101 Mend a kite
ZZE102 Mend a tail
Group B - Selling
ZZE201 Sell a kite
ZZE202 Sell a tail
Group C - General
ZZE301 Store a kite
ZZE302 Store a tail
"""


def page(*lines: str) -> PackagingRule:
    return parse(PAGE.format(lines="\n".join(lines)))


def test_names_of_groups_under_the_sentence_that_named_them_add_nothing() -> None:
    rule = page("all units from Group A or B:", "Group A - Mending", "Group B - Selling")
    assert [(r.kind, r.n, r.pools) for r in rule.rules] == [
        ("one-of", None, ("A", "B")),
        ("max", 2, ("C", "import")),
    ]
    assert rule.status == "complete"


@pytest.mark.parametrize(
    ("lead", "wanted"),
    [
        ("2 units from the following groups:", [("exact", 2, ("A", "B"))]),
        ("2 units from one of the following groups:", [("one-of", 2, ("A", "B"))]),
        ("all units from one of the elective groups below:", [("one-of", None, ("A", "B"))]),
        ("at least 1 unit from each of these groups:", [("min", 1, ("A",)), ("min", 1, ("B",))]),
    ],
)
def test_a_sentence_that_leads_to_names_of_groups_speaks_of_these(
    lead: str, wanted: list[tuple[str, int | None, tuple[str, ...]]]
) -> None:
    rule = page(lead, "Group A - Mending", "Group B - Selling")
    assert [(r.kind, r.n, r.pools) for r in rule.rules[:-1]] == wanted
    assert rule.rules[0].text == f"{lead} Group A - Mending; Group B - Selling"
    assert (rule.rules[0].line, rule.rules[0].last_line) == (4, 6)
    assert rule.status == "complete"


def test_a_name_of_another_group_is_not_taken_for_one_that_the_sentence_named() -> None:
    rule = page("all units from Group A or B:", "Group C - General")
    assert rule.rules[0].pools == ("A", "B")
