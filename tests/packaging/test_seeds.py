"""The packaging rules of the three seed qualifications, read from the documents as they are."""

from __future__ import annotations

import pytest

from qualgraph.packaging import (
    Cap,
    ImportPool,
    PackagingRule,
    Slot,
    check_counts,
    normal_forms,
    parse,
    to_text,
)
from support import seed_path


def rule_of(number: str, *, code: str) -> PackagingRule:
    """The rule of a seed: its packaging section, from the stated total to the heading after the unit lists."""
    lines = list(enumerate(seed_path(number).read_text(encoding="utf-8").split("\n"), start=1))
    start = next(at for at, (_, text) in enumerate(lines) if text.startswith("Total number of units"))
    end = (
        next(
            at
            for at, (_, text) in enumerate(lines)
            if at > start and text.strip().startswith(("Pathways into", "Unit Grid"))
        )
        if number != "000"
        else len(lines)
    )
    return parse(lines[start:end], code=code)


@pytest.fixture(scope="module")
def bsb40307() -> PackagingRule:
    return rule_of("000", code="BSB40307")


@pytest.fixture(scope="module")
def bsb50307() -> PackagingRule:
    return rule_of("001", code="BSB50307")


@pytest.fixture(scope="module")
def bsb50311() -> PackagingRule:
    return rule_of("003", code="BSB50311")


def counts(rule: PackagingRule) -> tuple[int | None, ...]:
    return rule.total, rule.core, rule.elective, len(rule.core_units), len(rule.listed_electives)


def test_the_counts_and_lists_are_those_of_the_text(
    bsb40307: PackagingRule, bsb50307: PackagingRule, bsb50311: PackagingRule
) -> None:
    assert counts(bsb40307) == (13, 7, 6, 7, 21)
    assert counts(bsb50307) == (10, 6, 4, 6, 55)
    assert counts(bsb50311) == (10, 3, 7, 3, 42)


def test_every_sentence_is_read_and_nothing_disagrees(
    bsb40307: PackagingRule, bsb50307: PackagingRule, bsb50311: PackagingRule
) -> None:
    for rule in (bsb40307, bsb50307, bsb50311):
        assert (rule.status, rule.unread) == ("complete", ())
        assert list(check_counts(rule)) == []
        assert len(rule.human_conditions) == 1


def test_imported_units_is_a_topic_heading_and_not_an_import(bsb40307: PackagingRule) -> None:
    core = bsb40307.group("core")
    assert core is not None
    assert (core.units[-1], core.members[-1].heading) == ("FNSICORG515B", "Imported Units")
    assert [group.id for group in bsb40307.groups] == ["core", "listed"]


def test_every_listed_unit_knows_its_line_and_heading(bsb40307: PackagingRule) -> None:
    [unit] = [member for _, member in bsb40307.members() if member.code == "BSBCCO402A"]
    assert unit.title == "Gather, collate and record information"
    assert (unit.line, unit.heading, unit.path) == (
        195,
        "Contact Centre Operations",
        "packaging/group/core/1",
    )


def test_the_outcome_examples_are_not_read_as_rules_or_units(
    bsb40307: PackagingRule, bsb50307: PackagingRule
) -> None:
    assert {"BSBRES401A", "BSBADM409A", "THHGLE05B"}.isdisjoint(bsb40307.listed_electives)
    assert {"THHGCS06B", "BSBADM409A"}.isdisjoint(bsb50307.listed_electives)


def test_a_title_broken_over_a_line_is_joined_and_reported(bsb50307: PackagingRule) -> None:
    [unit] = [member for _, member in bsb50307.members() if member.code == "BSBCOM503B"]
    assert unit.title == "Develop processes for the management of breaches in compliance requirements"
    assert [(note.line, "BSBCOM503B" in note.text) for note in bsb50307.notes] == [(150, True)]


def test_bare_lines_bullets_and_table_rows_are_one_list(bsb50307: PackagingRule) -> None:
    codes = bsb50307.listed_electives
    assert {"BSBCOM404B", "BSBCOM601B", "BSBLED502A", "BSBMGT405A", "ICAA6149B"} <= set(codes)
    headings = {member.code: member.heading for _, member in bsb50307.members()}
    assert (headings["BSBMGT405A"], headings["BSBMKG610A"]) == ("Management", "Marketing")


def test_bsb40307_has_one_elective_slot_and_a_cap_on_other_levels(bsb40307: PackagingRule) -> None:
    [form] = normal_forms(bsb40307)
    assert [(slot.id, slot.demand, slot.pools) for slot in form.slots] == [
        ("core", 7, ("core",)),
        ("electives", 6, ("listed", "import")),
    ]
    assert form.slots[1].import_ == ImportPool(sources=("any-package", "accredited-course"), levels=("same",))
    [cap] = form.caps
    assert (cap.limit, cap.opens, cap.import_) == (2, True, ImportPool(levels=("Certificate III", "Diploma")))
    assert form.left_out == ()


def test_the_contradictory_level_sentences_of_bsb40307_are_recorded_as_ambiguous(
    bsb40307: PackagingRule,
) -> None:
    level = bsb40307.rules[1]
    assert "The remaining 4 elective  units" in level.text or "The remaining 4 elective units" in level.text
    assert level.ambiguity is not None
    assert "imports alone" in level.ambiguity


def test_bsb50307_has_four_places_for_listed_units_or_imports_of_its_level(bsb50307: PackagingRule) -> None:
    [form] = normal_forms(bsb50307)
    assert [(slot.id, slot.demand, slot.pools) for slot in form.slots] == [
        ("core", 6, ("core",)),
        ("electives", 4, ("listed", "import")),
    ]
    assert form.slots[1].import_ is not None
    assert form.slots[1].import_.levels == ("same",)
    assert form.caps == form.gates == ()


def test_bsb50311_asks_two_of_group_a_and_opens_five_places(bsb50311: PackagingRule) -> None:
    [form] = normal_forms(bsb50311)
    core, first, rest = form.slots
    assert (core.demand, first.demand, first.pools) == (3, 2, ("A",))
    assert rest == Slot(
        path="packaging/form/1/slot/electives",
        id="electives",
        demand=5,
        pools=("A", "B", "import"),
        import_=ImportPool(sources=("any-package", "accredited-course"), levels=("same", "one higher")),
        from_rules=("r2", "r3"),
        rest=True,
    )
    assert form.caps == (
        Cap(
            path="packaging/form/1/cap/r3",
            id="r3",
            limit=2,
            pools=("import",),
            import_=ImportPool(levels=("Certificate IV",)),
            from_rule="r3",
            opens=True,
        ),
    )


def test_two_of_group_a_is_a_minimum_because_a_later_line_opens_it_again(bsb50311: PackagingRule) -> None:
    first = bsb50311.rules[0]
    assert (first.kind, first.reading, first.line) == ("min", "min", 34)
    assert first.because == "line 36 opens the same units again"
    assert [rule.reading for rule in bsb50311.rules] == ["min", "bucket", "max"]


def test_a_document_of_another_kind_has_no_rule() -> None:
    rule = parse(seed_path("004").read_text(encoding="utf-8"))
    assert rule.status == "failed"
    assert rule.rules == ()


def test_the_words_carry_the_lines_of_the_source(bsb50311: PackagingRule) -> None:
    words = to_text(bsb50311)
    assert "r1: at least 2 from Group A [line 34]" in words
    assert "BSBAUD501B Initiate a quality audit [line 54]" in words
