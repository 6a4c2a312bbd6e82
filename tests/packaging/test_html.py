"""A rule and a verdict as fragments of HTML: parsed again, and hostile text in every place."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from lxml import html as reader

from qualgraph.packaging import judge, parse
from qualgraph.packaging.html import MAX_DEPTH, rule_html
from qualgraph.packaging.html_verdict import verdict_html
from qualgraph.packaging.tree import (
    HumanCondition,
    PackagingRule,
    Prerequisite,
    RuleStatement,
    Specialisation,
    UnreadText,
)

TEXT = """\
Total number of units = 4
2 core units plus
2 elective units, of which:
at least 1 must be from Group A
up to 1 may be from any currently endorsed Training Package at the same qualification level
Electives must be relevant to the work outcome.
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Group A
Mending
ZZE101 Mend a kite
ZZE102 Paint a kite
Group B
ZZE201 Sell a kite
"""
HOSTILE = (
    "</title><script>alert(1)</script><img src=x onerror=\"alert('2')\"> ‮evil\x00\x07 'quoted' & \"more\""
)
ALLOWED = {
    "article",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "dl",
    "dt",
    "dd",
    "p",
    "ul",
    "li",
    "table",
    "caption",
}
ALLOWED |= {"thead", "tbody", "tr", "th", "td", "strong", "em", "blockquote", "small", "span", "abbr", "a"}
ATTRIBUTES = {
    "class",
    "id",
    "data-line",
    "data-role",
    "data-kind",
    "data-count",
    "data-status",
    "data-verdict",
}
ATTRIBUTES |= {"aria-labelledby", "scope", "colspan", "title", "href", "role"}


class Balanced(HTMLParser):
    """Fails where a tag is left open, closed twice, or is not among those a fragment may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert {name for name, _ in attrs} <= ATTRIBUTES
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(fragment: str) -> Balanced:
    parser = Balanced()
    parser.feed(fragment)
    parser.close()
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    return parser


def rule() -> PackagingRule:
    return parse(TEXT, code="ZZZ30120", title="Certificate III in Kites")


def test_every_unit_and_sentence_is_shown_with_its_line() -> None:
    fragment = rule_html(rule())
    checked(fragment)
    page = reader.fromstring(fragment)
    assert page.xpath("string(h2)") == "ZZZ30120 Certificate III in Kites"
    assert page.xpath("//tr[th[text()='ZZE101']]/@data-line") == ["12"]
    assert page.xpath("//tr[th[text()='ZZE101']]/td/text()") == ["Mend a kite"]
    assert page.xpath("//th[@scope='rowgroup']/text()") == ["Mending"]
    rules = page.xpath("//section[@class='rules']/ul/li")
    assert [item.get("data-line") for item in rules] == ["4", "5"]
    assert rules[0].xpath("string(strong)") == "at least 1 from Group A"
    assert page.xpath("//section[@class='conditions']//li/@data-line") == ["6"]


def test_unread_text_is_visible() -> None:
    partial = replace(
        rule(),
        status="partial",
        unread=(UnreadText(path="packaging/unread/1", text="What is this?", line=9),),
    )
    page = reader.fromstring(rule_html(partial))
    assert "What is this?" in page.xpath("string(//section[@class='unread'])")
    assert page.xpath("//dd[@data-status]/@data-status") == ["partial"]


def statement(id: str, **given: object) -> RuleStatement:
    values: dict[str, object] = {
        "kind": "min",
        "n": 1,
        "pools": ("A",),
        "text": f"text {id}",
        "line": 1,
        **given,
    }
    return RuleStatement(path=f"packaging/rule/{id}", id=id, **values)  # type: ignore[arg-type]


def test_rules_of_a_specialisation_stand_under_its_name_and_nested_ones_in_theirs() -> None:
    scope = "specialisation:Deep sea"
    rules = (statement("r1"), statement("r2", within="r1"), statement("r3", scope=scope))
    named = Specialisation(path="packaging/specialisation/1", name="Deep sea", rules=("r3",), line=3)
    page = reader.fromstring(rule_html(replace(rule(), rules=rules, specialisations=(named,))))
    assert page.xpath("//section[@class='rules']/ul/li/ul/li/@id") == ["rule-packaging-rule-r2"]
    [own] = page.xpath("//section[@class='specialisation']")
    assert own.xpath("string(h3)") == "Specialisation: Deep sea"
    assert own.xpath("ul/li/@id") == ["rule-packaging-rule-r3"]


def test_rules_nested_without_end_or_in_a_circle_are_all_shown_once() -> None:
    chain = tuple(statement(f"r{n}", within=f"r{n - 1}" if n else None) for n in range(3_000))
    circle = (statement("a", within="b"), statement("b", within="a"))
    found = checked(rule_html(replace(rule(), rules=(*chain, *circle))))
    assert sum("-rule-r" in each for each in found.ids) == len(chain)
    assert {"rule-packaging-rule-a", "rule-packaging-rule-b"} <= set(found.ids)
    assert rule_html(replace(rule(), rules=chain)).count("Counted inside it") == MAX_DEPTH


def hostile() -> PackagingRule:
    plain = rule()
    groups = tuple(
        replace(
            group,
            name=HOSTILE,
            members=tuple(
                replace(m, code=HOSTILE, title=HOSTILE, heading=HOSTILE, mark=HOSTILE) for m in group.members
            ),
        )
        for group in plain.groups
    )
    return replace(
        plain,
        code=HOSTILE,
        title=HOSTILE,
        release=HOSTILE,
        groups=groups,
        rules=(statement("r1", text=HOSTILE, because=HOSTILE, ambiguity=HOSTILE, pools=(HOSTILE,)),),
        specialisations=(Specialisation(path=HOSTILE, name=HOSTILE),),
        prerequisites=(Prerequisite(path=HOSTILE, unit=HOSTILE, requires=(HOSTILE,)),),
        human_conditions=(
            HumanCondition(path=HOSTILE, text=HOSTILE, line=1, scope=f"specialisation:{HOSTILE}"),
        ),
        unread=(UnreadText(path=HOSTILE, text=HOSTILE, line=1),),
    )


def test_hostile_text_stays_text_wherever_it_stands() -> None:
    fragment = rule_html(hostile(), prefix=HOSTILE)
    found = checked(fragment)
    assert "<script" not in fragment
    assert not set("‮\x00\x07") & set(fragment)
    assert all(set(id) <= set(id.replace("<", "").replace('"', "").replace(" ", "")) for id in found.ids)
    assert "alert(1)" in reader.fromstring(fragment).xpath("string(h2)")


@pytest.mark.parametrize(
    ("units", "outcome"),
    [
        (["ZZC101", "ZZC102", "ZZE101", "ZZE201"], "satisfied"),
        (["ZZC101", "ZZC102", "ZZE201"], "violated"),
        (["ZZC101", "ZZC102", "ZZE101", "YYY999"], "unknown"),
    ],
)
def test_a_verdict_says_what_is_missing_or_not_known_and_links_to_the_rule(
    units: list[str], outcome: str
) -> None:
    fragment = verdict_html(judge(rule(), units, id="p1"), rule=rule())
    found = checked(fragment)
    assert {link.removeprefix("#") for link in found.links} <= set(checked(rule_html(rule())).ids)
    page = reader.fromstring(fragment)
    assert page.get("data-verdict") == outcome
    said = {"satisfied": "satisfied", "violated": "not satisfied", "unknown": "UNKNOWN"}[outcome]
    assert page.xpath("string(h2)").endswith(f": {said}")
    assert bool(page.xpath("//section[@class='shortfalls']")) == (outcome == "violated")
    assert bool(page.xpath("//section[@class='unknowns']")) == (outcome == "unknown")
    assert page.xpath("//section[@class='conditions']//li")
    assert (outcome == "violated") == ("#rule-packaging-rule-r1" in found.links)


def test_a_condition_whose_words_are_not_kept_says_so() -> None:
    bare = replace(rule(), human_conditions=(HumanCondition(path="packaging/condition/1", text="", line=40),))
    for fragment in (rule_html(bare), verdict_html(judge(bare, ["ZZC101"]))):
        [said] = reader.fromstring(fragment).xpath("//section[@class='conditions']//li")
        assert "words are not kept" in said.text_content()


def test_a_hostile_verdict_stays_text() -> None:
    verdict = judge(rule(), ["ZZC101", HOSTILE], id=HOSTILE)
    fragment = verdict_html(
        replace(verdict, code=HOSTILE), prefix=HOSTILE, rule=hostile(), rule_prefix=HOSTILE
    )
    checked(fragment)
    assert "<script" not in fragment
