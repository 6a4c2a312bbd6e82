"""Which of two components is the older one, is read only where the answers tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qualgraph.model import Equivalence, Mapping, UsageRecommendation, UsageStatement
from register_answers import component, item, page

ROW = {"code": "ZZZ40120", "mapsToCode": "ZZZ40199", "mapsToTitle": "Lamps", "isEquivalent": False}


def superseded(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return component(usageRecommendation="superseded", mappingInformation=list(rows), **changes)


def pairs(read: Any) -> list[tuple[str, str]]:
    return [(row.old, row.new) for row in read.all(Mapping)]


def test_a_current_component_supersedes_what_it_maps_to(answered: Callable[..., Any]) -> None:
    read = answered(component(mappingInformation=[ROW]))
    assert pairs(read) == [("ZZZ40199", "ZZZ40120")]
    assert read.one(Mapping).equivalence is Equivalence.NOT_EQUIVALENT


def test_of_a_superseded_component_the_direction_is_not_guessed(answered: Callable[..., Any]) -> None:
    read = answered(superseded(ROW))
    assert pairs(read) == []
    assert read.warnings() == [
        "Whether ZZZ40120 supersedes ZZZ40199 or is superseded by it is not said; the mapping row is not read."
    ]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Supersedes ZZZ40199.", [("ZZZ40199", "ZZZ40120")]),
        ("This qualification supersedes and is not equivalent", [("ZZZ40199", "ZZZ40120")]),
        ("Superseded by ZZZ40199", [("ZZZ40120", "ZZZ40199")]),
        ("Is replaced by ZZZ40199", [("ZZZ40120", "ZZZ40199")]),
        ("Units were changed.", []),
    ],
)
def test_a_note_may_tell_the_direction(
    answered: Callable[..., Any], notes: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(answered(superseded(ROW | {"notes": notes}))) == expected


def test_the_day_before_the_first_release_is_that_of_the_predecessor(answered: Callable[..., Any]) -> None:
    assert pairs(answered(superseded(ROW | {"date": "2020-11-18"}))) == [("ZZZ40199", "ZZZ40120")]
    assert pairs(answered(superseded(ROW | {"date": "2020-11-19"}))) == []


def test_evidence_for_both_directions_is_none(answered: Callable[..., Any]) -> None:
    from register_answers import answers, saved

    both = item(supersedes=[{"code": "ZZZ40199"}], supersededBy=[{"code": "ZZZ40199"}])
    read = answered(saved(answers(component=superseded(ROW), item=page(both))))
    assert any("is not said" in message for message in read.warnings())


def test_a_search_item_tells_the_direction_of_a_row(answered: Callable[..., Any]) -> None:
    from register_answers import answers, saved

    told = item(supersedes=[], supersededBy=[{"code": "ZZZ40199", "title": "Lamps", "isEquivalent": False}])
    read = answered(saved(answers(component=superseded(ROW | {"date": "2024-01-31"}), item=page(told))))
    assert pairs(read) == [("ZZZ40120", "ZZZ40199")]
    assert str(read.one(Mapping).date) == "2024-01-31"


@pytest.mark.parametrize(
    "row", [{}, {"mapsToCode": None}, {"mapsToCode": "ZZZ40120"}, {"code": "ZZZ1", "mapsToCode": "ZZZ2"}]
)
def test_a_row_that_names_no_other_component_is_not_read(
    answered: Callable[..., Any], row: dict[str, Any]
) -> None:
    read = answered(component(mappingInformation=[row]))
    assert pairs(read) == []
    assert any("does not name one other component" in message for message in read.warnings())


def test_a_row_without_equivalence_leaves_it_open(answered: Callable[..., Any]) -> None:
    row = {name: value for name, value in ROW.items() if name != "isEquivalent"}
    assert (
        answered(component(mappingInformation=[row])).one(Mapping).equivalence is Equivalence.NOT_DETERMINED
    )


STATUSES = {
    "current": UsageRecommendation.CURRENT,
    "pending": None,
    "supersededNonEquivalent": UsageRecommendation.SUPERSEDED,
    "supersededEquivalent": UsageRecommendation.SUPERSEDED,
    "deleted": UsageRecommendation.DELETED,
    "cancelled": None,
    "nonCurrent": None,
    "retired": None,
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_says_what_it_says_and_names_no_successor(answered: Callable[..., Any], status: str) -> None:
    row = item(status={"id": status}, usageRecommendation=None, supersedes=[])
    read = answered(page(row))
    wanted = STATUSES[status]
    assert [one.value for one in read.all(UsageStatement)] == ([wanted] if wanted else [])
    assert read.all(Mapping) == []
    assert bool(read.notes()) is (wanted is None)


def test_a_status_against_the_usage_recommendation_is_told(answered: Callable[..., Any]) -> None:
    read = answered(page(item(status={"id": "deleted"})))
    assert read.one(UsageStatement).value is UsageRecommendation.CURRENT
    assert any("does not go with" in message for message in read.notes())


def test_a_recommendation_that_is_unknown_is_not_filled_in_from_the_status(
    answered: Callable[..., Any],
) -> None:
    assert answered(page(item(usageRecommendation={"name": "Unknown"}))).all(UsageStatement) == []
