"""What a rule comes to is in the graph: every form, its slots, caps, gates and sums, each by its path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.packaging import (
    ListedUnit,
    PackagingRule,
    RuleStatement,
    Specialisation,
    UnitGroup,
    normal_forms,
    parse,
)
from qualgraph.packaging import tree as t
from qualgraph.rdf import Triple
from qualgraph.triples import TextPolicy
from qualgraph.triples.builder import Builder, qg
from qualgraph.triples.packaging import describe_packaging
from qualgraph.triples.packaging.package_codes import package_code
from stored_rules import WOVEN

IDS = Identifiers()
RELEASE = IDS.release(Kind.QUALIFICATION, "ZZZ40120", "1")
ROOT = IDS.below(RELEASE, "register-page", "packaging").value


def triples_of(rule: PackagingRule) -> set[Triple]:
    document = IDS.document("register-page", "ZZZ40120/page")
    builder = Builder(
        ids=IDS, policy=TextPolicy.NONE, document=document, release=RELEASE, reader="register-page"
    )
    describe_packaging(builder, rule, 1)
    return builder.triples


def links(triples: set[Triple], predicate: str) -> set[tuple[str, str]]:
    """The statements with this predicate, as what follows the rule's own IRI; a literal as its text."""
    return {
        (
            triple.subject.value.removeprefix(ROOT),  # type: ignore[union-attr]
            triple.object.value.removeprefix(ROOT),  # type: ignore[union-attr]
        )
        for triple in triples
        if triple.predicate == qg(predicate)
    }


def group(id: str, size: int, points: int | None = None) -> UnitGroup:
    path = f"packaging/group/{id}"
    members = (
        ListedUnit(path=f"{path}/{n}", code=f"ZZZ{id.upper()}{n:03}", points=points)
        for n in range(1, size + 1)
    )
    role: t.Role = "core" if id == "core" else "elective"
    return UnitGroup(path=path, id=id, name=f"Group {id}", role=role, members=tuple(members))


def statement(id: str, kind: t.Kind, n: int | None, *pools: str, scope: str = t.EVERYONE) -> RuleStatement:
    path = f"packaging/rule/{id}"
    return RuleStatement(path=path, id=id, kind=kind, n=n, pools=pools, text="", line=1, scope=scope)


CHOICE = PackagingRule(
    total=3,
    core=1,
    elective=2,
    groups=(group("core", 1), group("A", 2), group("B", 2)),
    rules=(statement("r1", "one-of", None, "A", "B"),),
    status="complete",
)


def test_a_rule_with_one_form_has_its_slots_and_caps_itself_and_through_the_form() -> None:
    triples = triples_of(parse(WOVEN, code="ZZZ40120"))
    slots = {"/form/1/slot/core", "/form/1/slot/r1", "/form/1/slot/electives"}
    assert links(triples, "hasNormalForm") == {("", "/form/1")}
    assert links(triples, "hasSlot") == {(owner, slot) for owner in ("", "/form/1") for slot in slots}
    assert links(triples, "isNecessaryOnly") == {("/form/1", "false")}
    assert ("/form/1/slot/r1", "/group/A") in links(triples, "drawsFrom")
    assert ("/form/1/slot/r1", "/statement/r1") in links(triples, "isReadFrom")


def test_a_rule_with_a_choice_has_a_form_for_each_way_and_no_slots_of_its_own() -> None:
    triples = triples_of(CHOICE)
    assert links(triples, "hasNormalForm") == {("", "/form/1"), ("", "/form/2")}
    assert links(triples, "appliesChosenGroup") == {("/form/1", "/group/A"), ("/form/2", "/group/B")}
    assert {owner for owner, _ in links(triples, "hasSlot")} == {"/form/1", "/form/2"}


def test_the_iri_of_a_slot_is_its_path_in_a_verdict() -> None:
    paths = {slot.path.removeprefix("packaging") for form in normal_forms(CHOICE) for slot in form.slots}
    assert {slot for _, slot in links(triples_of(CHOICE), "hasSlot")} == paths


def test_a_rule_that_was_not_read_completely_has_no_forms() -> None:
    assert links(triples_of(replace(CHOICE, status="partial")), "hasNormalForm") == set()


def test_a_rule_with_very_many_ways_to_choose_has_its_sentences_and_no_forms() -> None:
    many = tuple(statement(f"r{n}", "one-of", 1, "A", "B") for n in range(1, 8))
    triples = triples_of(replace(CHOICE, rules=many, elective=20, total=21))
    assert links(triples, "hasNormalForm") == set()
    assert len(links(triples, "hasStatement")) == 7


def test_the_forms_of_a_specialisation_apply_to_it_alone() -> None:
    scope = "specialisation:Weaving"
    rule = replace(
        CHOICE,
        rules=(statement("r1", "min", 1, "A"), statement("r2", "min", 2, "B", scope=scope)),
        specialisations=(
            Specialisation(path="packaging/specialisation/1", name="Weaving", rules=("r2",), line=3),
        ),
    )
    triples = triples_of(rule)
    forms = {form for _, form in links(triples, "hasNormalForm")}
    assert ("/form/1" in forms, "/specialisation/1/form/1" in forms) == (True, True)
    applied = {pair for pair in links(triples, "appliesTo") if "/form/" in pair[0]}
    assert applied == {("/specialisation/1/form/1", "/specialisation/weaving")}


def test_a_rule_in_points_says_which_slots_are_counted_together() -> None:
    rule = replace(
        CHOICE,
        measure="points",
        total=None,
        core=None,
        elective=40,
        groups=(group("A", 4, 10), group("B", 4, 10)),
        rules=(statement("r1", "min", 20, "A"),),
    )
    [form] = normal_forms(rule)
    assert form.sums
    triples = triples_of(rule)
    assert len(links(triples, "hasSum")) == len(form.sums)
    assert {slot for _, slot in links(triples, "countsSlot")} <= {
        slot for _, slot in links(triples, "hasSlot")
    }


def test_a_form_that_leaves_a_sentence_out_says_which_and_is_necessary_only() -> None:
    rule = replace(CHOICE, total=None, core=None, elective=None, rules=(statement("r1", "min", 1, "A"),))
    [form] = normal_forms(rule)
    assert form.left_out == ("r1",)
    triples = triples_of(rule)
    assert links(triples, "isNecessaryOnly") == {("/form/1", "true")}
    assert links(triples, "hasLeftOut") == {("/form/1", "/statement/r1")}
    assert {owner for owner, _ in links(triples, "hasSlot")} <= {"/form/1"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("the mem training package", "MEM"),
        ("sfl floristry training package", "SFL"),
        ("the rgr racing and breeding training package", "RGR"),
        ("the shb training package", "SHB"),
        ("the business services training package", None),
        ("the dry cleaning training package", None),
        ("chc or hlt training package", None),
        ("the chc and hlt training packages", None),
        ("the new training package", None),
        ("MEM", "MEM"),
        ("ZZZ", "ZZZ"),
    ],
)
def test_a_training_package_that_a_rule_names_has_its_code_and_never_words_for_one(
    words: str, code: str | None
) -> None:
    assert package_code(words) == code
