"""Lowering to slots, caps and gates. All texts are invented."""

from __future__ import annotations

from typing import Any

from qualgraph.packaging import NormalForm, normal_forms, parse

START = ["Total number of units = 8", "2 core units", "6 elective units, of which:"]
LISTS = ["Core units", "ZZC101 Fly", "ZZC102 Land"]
LISTS += [
    line
    for letter, at in zip("AB", "12", strict=True)
    for line in (f"Group {letter}", *(f"ZZE{at}0{n} Do" for n in range(4)))
]


def forms(*sentences: str, specialisation: str | None = None) -> tuple[NormalForm, ...]:
    rule = parse("\n".join([*START, *sentences, *LISTS]))
    assert rule.status == "complete", rule.unread
    return normal_forms(rule, specialisation=specialisation)


def slots(form: NormalForm) -> list[tuple[Any, ...]]:
    return [(slot.demand, slot.pools) for slot in form.slots if slot.id != "core"]


def test_a_bucket_is_slots_and_not_a_maximum_over_listed_units() -> None:
    [form] = forms(
        "at least 2 from Group A", "up to 4 from the electives listed below or any training package"
    )
    assert slots(form) == [(2, ("A",)), (4, ("listed", "import"))]
    assert form.caps == form.gates == ()


def test_an_import_maximum_beside_a_free_choice_is_a_cap() -> None:
    [form] = forms("all 6 may be from the electives listed below", "up to 2 units from any training package")
    assert slots(form) == [(6, ("listed", "import"))]
    assert [(cap.limit, cap.pools, cap.opens) for cap in form.caps] == [(2, ("import",), True)]


def test_a_maximum_of_a_group_is_a_gate_in_the_places_left() -> None:
    [form] = forms("at least 3 units from Group A", "up to 3 units from Group A", "up to 1 unit from Group B")
    assert slots(form) == [(3, ("A",)), (3, ("A", "B"))]
    assert [(gate.slot, gate.limit, gate.pools) for gate in form.gates] == [("electives", 1, ("B",))]


def test_an_exact_number_is_a_slot_and_a_cap() -> None:
    [form] = forms("3 must be from Group A", "3 must be from Group B")
    assert slots(form) == [(3, ("A",)), (3, ("B",))]
    assert [(cap.limit, cap.pools, cap.opens) for cap in form.caps] == [
        (3, ("A",), False),
        (3, ("B",), False),
    ]


def test_one_group_of_several_gives_one_form_for_each() -> None:
    either = forms(
        "all units in one of the Groups A to B must be chosen", "remaining units from any training package"
    )
    assert [form.chosen_groups for form in either] == [("A",), ("B",)]
    assert [slots(form)[0] for form in either] == [(4, ("A",)), (4, ("B",))]


def test_a_number_within_another_takes_its_places_from_it() -> None:
    [form] = forms("Choose 6 elective units from the electives listed below, at least 2 must be from Group B")
    assert slots(form) == [(4, ("listed",)), (2, ("B",))]


def test_a_specialisation_is_counted_afresh_over_the_same_units() -> None:
    sentences = (
        "at least 4 units from the electives listed below",
        "up to 2 units from the electives listed below or any training package",
        "All Group A electives must be selected for award of the Certificate I in Kites (Box Kites)",
    )
    [plain] = forms(*sentences)
    [box] = forms(*sentences, specialisation="Box Kites")
    assert slots(box) == slots(plain)
    assert [(slot.demand, slot.pools) for slot in box.overlays] == [(4, ("A",))]
    assert plain.overlays == ()


def test_where_every_rule_is_of_an_outcome_the_plain_award_is_any_of_them() -> None:
    sentences = []
    for name, group, other in (("Maker", "A", "B"), ("Seller", "B", "A")):
        sentences += [
            f"To achieve the occupational outcome of {name} electives must include:",
            f"All Group {group} elective units",
            f"Up to two elective units from Group {other}",
        ]
    assert [slots(form)[0] for form in forms(*sentences)] == [(4, ("A",)), (4, ("B",))]
    [maker] = forms(*sentences, specialisation="Maker")
    assert slots(maker) == [(4, ("A",)), (2, ("B",))]


def test_a_rule_whose_number_of_electives_is_unknown_is_left_out_and_said_so() -> None:
    rule = parse("2 core units\nat least 2 units from Group A\n" + "\n".join(LISTS))
    assert normal_forms(rule)[0].left_out == ("r1",)


def test_numbers_that_fill_the_places_left_are_places_that_overlap() -> None:
    [form] = forms(
        "up to 5 units from the electives listed below", "up to 1 unit from Group A or any training package"
    )
    assert slots(form) == [(6, ("listed", "import"))]
    assert [(gate.limit, gate.pools) for gate in form.gates] == [(5, ("B",))]


def test_units_that_a_sentence_asks_for_at_least_are_not_those_that_another_permits() -> None:
    [form] = forms(
        "at least 2 units from Group A", "up to 2 units from Group A or Group B", "up to 1 unit from Group B"
    )
    assert [(gate.limit, gate.pools) for gate in form.gates] == [(2, ("B",)), (1, ("B",))]


def test_a_narrower_list_holds_no_more_than_the_places_that_name_it() -> None:
    [form] = forms("up to 4 units from Group A", "up to 2 units from Group A or Group B")
    assert [(gate.limit, gate.pools) for gate in form.gates] == [(2, ("B",))]
