"""Findings over many rules. All texts are invented, but for the known cases of real documents at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import process_time

import pytest

from qualgraph.packaging import RuleFinding, difference, parse
from qualgraph.packaging.comparing.audit import AWARDS, CHECKS, audit, check_rule
from qualgraph.packaging.comparing.changes import Succession
from qualgraph.packaging.comparing.codes import is_slip, is_version, slips
from qualgraph.packaging.tree import (
    ListedUnit,
    PackagingRule,
    Prerequisite,
    RuleStatement,
    Specialisation,
    UnreadText,
)
from qualgraph.sources.rule_files import rules_in
from support import CHECKOUT, shared_path

TEXT = """\
Total number of units = 4
2 core units plus
2 elective units, of which:
at least 1 must be from Group A
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Group A
ZZE101 Mend a kite
ZZE102 Paint a kite
Group B
ZZE201 Sell a kite
ZZE202 Buy a kite
"""


def rule(text: str = TEXT, code: str = "ZZZ40120") -> PackagingRule:
    return parse(text, code=code, title="Certificate IV in Kites")


def found(*rules: PackagingRule) -> dict[str, RuleFinding]:
    """The first finding of each check."""
    findings: dict[str, RuleFinding] = {}
    for finding in audit(rules):
        findings.setdefault(finding.check, finding)
    return findings


def needs(unit: str, *requires: str, line: int = 20) -> Prerequisite:
    return Prerequisite(path=f"packaging/prerequisite/{unit}", unit=unit, requires=requires, line=line)


def named(kind: str, n: int | None, *units: str) -> RuleStatement:
    values = {"kind": kind, "n": n, "pools": tuple(f"unit:{code}" for code in units)}
    return RuleStatement(
        path="packaging/rule/s1",
        id="s1",
        text="Select these",
        line=30,
        scope="specialisation:Night",
        **values,
    )  # type: ignore[arg-type]


def test_a_sound_rule_has_no_findings() -> None:
    assert list(audit([rule()])) == []


def test_every_finding_names_a_check_that_is_described() -> None:
    page = (CHECKOUT / "docs" / "auditing.md").read_text(encoding="utf-8")
    assert set(CHECKS) >= AWARDS
    assert [check for check in CHECKS if f"| `{check}` |" not in page] == []


def test_a_rule_that_no_selection_meets_is_a_violation_where_it_was_read_whole() -> None:
    short = tuple(replace(g, members=g.members[:1]) if g.id == "A" else g for g in rule().groups)
    asked = replace(rule(), rules=(replace(rule().rules[0], n=2),), groups=short, status="complete")
    finding = found(asked)["cannot-be-met"]
    assert (finding.severity, finding.code, finding.path) == ("violation", "ZZZ40120", "packaging")
    assert found(replace(asked, status="partial"))["cannot-be-met"].severity == "warning"
    assert [finding.check for finding in check_rule(asked, awards=False)] == ["room"]


def night(*units: str, policy: str = "inside") -> PackagingRule:
    """A specialisation that names exactly the electives."""
    own = Specialisation(path="packaging/specialisation/1", name="Night", rules=("s1",), line=29)
    plain = rule()
    return replace(
        plain,
        rules=(*plain.rules, named("exact", len(units), *units)),
        specialisations=(own,),
        prerequisites=(needs("ZZE201", "ZZE202"),),
        prerequisite_policy=policy,  # type: ignore[arg-type]
        status="complete",
    )


def test_a_specialisation_whose_units_leave_no_place_for_their_prerequisites_is_found() -> None:
    finding = found(night("ZZE101", "ZZE201"))["prerequisites-cannot-fit"]
    assert (finding.severity, finding.seen, finding.wanted) == ("violation", "5", "at most 4")
    assert "'Night' cannot be awarded" in finding.message
    assert "ZZE202" in finding.message
    assert finding.line == 29


def test_prerequisites_fit_where_they_are_chosen_or_additional_or_not_needed() -> None:
    for fits in (night("ZZE101", "ZZE202"), night("ZZE101", "ZZE201", policy="additional")):
        assert "prerequisites-cannot-fit" not in found(fits)
    unstated = found(night("ZZE101", "ZZE201", policy="unstated"))["prerequisites-cannot-fit"]
    assert unstated.severity == "warning"


def test_a_compulsory_unit_with_a_prerequisite_that_is_not_packaged_cannot_fit() -> None:
    closed = replace(rule(), prerequisites=(needs("ZZC101", "ZZX999"),))
    assert found(closed)["prerequisites-cannot-fit"].wanted == "at most 4"


def test_a_prerequisite_that_is_in_no_list_is_found_at_its_line() -> None:
    finding = found(replace(rule(), prerequisites=(needs("ZZE101", "ZZX999"),)))["prerequisite-not-packaged"]
    assert (finding.seen, finding.line) == ("ZZX999 in no list", 20)
    either = Prerequisite(path="p", unit="ZZE101", one_of=(("ZZX999", "ZZC101"),))
    assert "prerequisite-not-packaged" not in found(replace(rule(), prerequisites=(either,)))


def test_a_unit_that_a_sentence_names_and_no_list_holds_is_found() -> None:
    whole = night("ZZE101", "ZZX999")
    finding = found(whole)["named-not-listed"]
    assert (finding.seen, finding.line, finding.path) == ("ZZX999 in no list", 30, "packaging/rule/s1")
    assert "named-not-listed" not in found(night("ZZE101", "ZZE201"))


def with_members(change: dict[str, ListedUnit]) -> PackagingRule:
    """The rule with some of its units replaced."""
    groups = tuple(
        replace(group, members=tuple(change.get(member.code, member) for member in group.members))
        for group in rule().groups
    )
    return replace(rule(), groups=groups)


def test_marks_without_a_prerequisite_are_one_finding_for_the_rule() -> None:
    marked = {
        code: ListedUnit(path=f"packaging/group/A/{code}", code=code, mark="*", line=line)
        for line, code in enumerate(("ZZE101", "ZZE102"), start=8)
    }
    finding = found(with_members(marked))["mark-without-prerequisite"]
    assert (finding.seen, finding.line) == ("2", 8)
    assert "ZZE101, ZZE102" in finding.message
    known = replace(
        with_members(marked), prerequisites=(needs("ZZE101", "ZZC101"), needs("ZZE102", "ZZC101"))
    )
    assert "mark-without-prerequisite" not in found(known)


def test_two_titles_and_text_in_a_title_are_found() -> None:
    finding = found(rule(TEXT + "ZZE101 Mend a kite well\n"))["two-titles"]
    assert (finding.seen, finding.wanted) == ("Mend a kite well", "Mend a kite")
    assert "two-titles" not in found(rule(TEXT + "ZZE101 MEND A  KITE\n"))
    leaked = ListedUnit(path="p", code="ZZE101", title="Mend a kite have been added to elective Group B")
    assert found(with_members({"ZZE101": leaked}))["text-in-title"].seen == "have been added"


def test_what_was_not_read_is_a_finding_with_its_text() -> None:
    unread = UnreadText(path="packaging/unread/1", text="Kites must be red.", line=7)
    finding = found(replace(rule(), unread=(unread,)))["not-read"]
    assert (finding.seen, finding.line) == ("Kites must be red.", 7)
    assert found(parse("nothing here", code="ZZZ1"))["no-rule"].severity == "violation"


def test_units_in_several_lists_are_one_finding() -> None:
    finding = found(rule(TEXT + "ZZE101 Mend a kite\nZZE102 Paint a kite\n"))["in-several-lists"]
    assert (finding.seen, finding.severity) == ("2", "info")


def test_a_title_that_differs_between_rules_is_found_once_with_both() -> None:
    other = rule(TEXT.replace("Sell a kite", "Sell kites"), "ZZZ40220")
    third = rule(TEXT.replace("Sell a kite", "SELL KITES"), "ZZZ40320")
    findings = [finding for finding in audit([rule(), other, third]) if finding.check == "titles-differ"]
    assert [(f.code, f.seen, f.wanted) for f in findings] == [("ZZZ40220", "Sell kites", "Sell a kite")]
    assert "ZZZ40120" in findings[0].message


@pytest.mark.parametrize(("more", "severity"), [("ZZX001", "info"), (None, "warning")])
def test_prerequisites_that_contradict_another_rule_weigh_more_than_those_that_add(
    more: str | None, severity: str
) -> None:
    first = replace(rule(), prerequisites=(needs("ZZE101", "ZZC101"),))
    requires = ("ZZC101", more) if more else ("ZZC102",)
    second = replace(rule(code="ZZZ40220"), prerequisites=(needs("ZZE101", *requires),))
    finding = found(first, second)["prerequisites-differ"]
    assert (finding.code, finding.severity) == ("ZZZ40220", severity)
    assert "ZZZ40120" in finding.message


def test_a_slip_in_the_letters_of_a_code_is_told_by_the_title() -> None:
    slipped = rule(TEXT.replace("ZZE201", "ZZEE201"), "ZZZ40320")
    finding = found(rule(), rule(code="ZZZ40220"), slipped)["code-mistyped"]
    assert (finding.code, finding.seen, finding.wanted) == ("ZZZ40320", "ZZEE201", "ZZE201")
    other = rule(TEXT.replace("ZZE201 Sell a kite", "ZZEE201 Eat a kite"), "ZZZ40320")
    assert "code-mistyped" not in found(rule(), rule(code="ZZZ40220"), other)


def test_another_version_of_a_unit_is_no_slip() -> None:
    other = rule(TEXT.replace("ZZE201", "ZZE211"), "ZZZ40320")
    findings = found(rule(), rule(code="ZZZ40220"), other)
    assert findings["code-of-other-version"].seen == "ZZE211"
    assert "code-mistyped" not in findings
    assert is_slip("ZZEBRA101A", "ZZEBAR101A")
    assert not is_slip("ZZE101A", "ZZE101B")
    assert is_version("ZZE101A", "ZZE101")
    assert slips("no code") == set()


class Packaged:
    """Facts by hand: codes that some other qualification packages."""

    def __init__(self, *codes: str) -> None:
        self.codes = set(codes)

    def is_known(self, code: str, *, besides: str | None = None) -> bool:
        return code in self.codes


def test_a_unit_that_nothing_known_packages_is_told_and_a_slip_for_a_known_one_asked() -> None:
    lists = ("ZZC101", "ZZC102", "ZZE101", "ZZE102", "ZZE201")
    [finding] = audit([rule()], known=Packaged(*lists))
    assert (finding.check, finding.seen, finding.severity) == ("unit-unknown", "ZZE202", "info")
    [finding] = audit([rule()], known=Packaged(*lists, "ZZEE202"))
    assert (finding.check, finding.wanted) == ("code-mistyped", "ZZEE202")


@pytest.mark.parametrize(("equivalent", "told"), [(True, "(equivalent)"), (False, "(not equivalent)")])
def test_a_superseded_unit_is_told_and_still_counts(equivalent: bool, told: str) -> None:
    step = Succession(code="ZZE301", equivalent=equivalent)
    [finding] = audit([rule()], successions={"ZZE201": [step]})
    assert (finding.check, finding.severity, finding.wanted) == ("unit-superseded", "info", "ZZE301")
    assert told in finding.message
    assert "still counts" in finding.message


def test_rules_are_audited_one_by_one_and_not_kept() -> None:
    taken: list[int] = []

    def endless() -> Iterator[PackagingRule]:
        for number in range(1_000_000):
            taken.append(number)
            yield rule(TEXT.replace("Total number of units = 4", "Total number of units = 5"))

    findings = audit(endless(), awards=False)
    assert [next(findings).check for _ in range(4)] == ["total", "not-read"] * 2
    assert len(taken) == 2


@pytest.fixture(scope="module")
def real() -> dict[str, list[RuleFinding]]:
    """The findings of real documents by check: the original component XML and the development texts."""
    files = [
        shared_path("corpus", "packaging-devset", "inputs.jsonl"),
        *sorted(shared_path("corpus", "authorit-xml", "qualification").glob("*.xml")),
    ]
    rules = (found.rule for found in rules_in(files))
    by_check: dict[str, list[RuleFinding]] = {}
    for finding in audit(rules):
        by_check.setdefault(finding.check, []).append(finding)
    return by_check


@pytest.mark.parametrize(
    ("check", "code", "words"),
    [
        ("prerequisite-not-packaged", "AUR31220", "AURETH002 needs AURETH001"),
        ("mark-without-prerequisite", "CPC10120", "marked"),
        ("mark-without-prerequisite", "CPC30220", "marked"),
        ("mark-without-prerequisite", "CPC30320", "marked"),
        ("mark-without-prerequisite", "CPC30420", "marked"),
        ("mark-without-prerequisite", "CPC30920", "marked"),
        ("mark-without-prerequisite", "CPC32920", "marked"),
        ("mark-without-prerequisite", "CPC41020", "marked"),
        ("text-in-title", "CPC32920", "CPCCLTC4002"),
        ("in-several-lists", "AUR31220", "25 units"),
        ("in-several-lists", "ICT30419", "ICTCBL254"),
        ("listed-twice", "SHB30416", "SHBHCUT006"),
        ("prerequisites-cannot-fit", "ICT30419", "HFC Technician"),
    ],
)
def test_what_readers_noted_in_real_documents_is_found(
    real: dict[str, list[RuleFinding]], check: str, code: str, words: str
) -> None:
    assert [f for f in real[check] if f.code == code and words in f.message]


def test_a_rule_of_hostile_size_is_audited_in_bounded_time() -> None:
    group = rule().groups[1]
    many = tuple(
        replace(
            group,
            id=f"G{number}",
            path=f"packaging/group/G{number}",
            members=tuple(
                replace(member, code=f"ZZE{number}{at}") for at, member in enumerate(group.members)
            ),
        )
        for number in range(10_000)
    )
    large = replace(rule(), groups=(rule().groups[0], *many))
    started = process_time()
    assert "not-examined" in {finding.check for finding in audit([large])}
    assert difference(large, large).nothing_changed
    assert process_time() - started < 30
