"""How live answers differ from what the readers expect, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from qualgraph.errors import NotOnRegisterError, RegisterAnswerError
from qualgraph.harvest import Check, Client, check
from qualgraph.sources.interfaces.rest_paths import Answer
from register_answers import EARLIER, RELEASE, component, grid, item, page, release
from register_server import Register


def told(found: Check) -> list[tuple[str, str, str]]:
    return [(one.answer.value, one.difference.path, one.difference.change.value) for one in found.differences]


def test_a_register_that_answers_as_expected_is_said_to_do_so(client: Client) -> None:
    found = check(client, "ZZZ40120")
    assert found.as_expected
    assert len(found.asked) == 8


def test_an_earlier_release_is_looked_at_too(client: Client, lamps: Register) -> None:
    lamps.answers[f"training/ZZZ40120/releases/{EARLIER}/unitgrid"][0]["glow"] = 1
    [one] = check(client, "ZZZ40120").differences
    assert (one.answer, one.difference.path) == (Answer.GRID, "glow")
    assert EARLIER in one.path


def test_every_kind_of_answer_about_a_component_is_looked_at(client: Client, lamps: Register) -> None:
    lamps.answers["training/ZZZ40120"] = component(glow=1)
    lamps.items[0]["glow"] = 1
    lamps.answers[f"training/ZZZ40120/releases/{RELEASE}"] = release(glow=1)
    rows = grid()
    rows[2]["glow"] = 1
    lamps.answers[f"training/ZZZ40120/releases/{RELEASE}/unitgrid"] = rows
    lamps.answers["content/bundle/b0d1-9"]["glow"] = 1
    answers = {Answer.COMPONENT, Answer.SEARCH, Answer.RELEASE, Answer.GRID, Answer.CONTENT}
    assert set(told(check(client, "ZZZ40120"))) == {(each.value, "glow", "new") for each in answers}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"releases": None}, ("releases", "missing")),
        ({"releases": [{"id": RELEASE, "releaseNumber": "2"}]}, ("releases[].releaseDate", "missing")),
        ({"mappingInformation": {}}, ("mappingInformation", "other type")),
        ({"parent": {"code": 7}}, ("parent.code", "other type")),
        ({"parent": None}, None),
        ({"taxonomy": {"occupations": ["Lamp Tender"]}}, ("taxonomy.occupations[]", "other type")),
        (
            {"mappingInformation": [{"mapsToCode": "ZZZ1", "isEquivalent": "yes"}]},
            ("mappingInformation[].isEquivalent", "other type"),
        ),
    ],
)
def test_missing_new_and_changed_fields_are_told_apart(
    client: Client, lamps: Register, changes: dict[str, Any], expected: tuple[str, str] | None
) -> None:
    lamps.answers["training/ZZZ40120"] = component(**changes)
    wanted = [("component", *expected)] if expected else []
    assert told(check(client, "ZZZ40120")) == wanted


def test_a_difference_of_many_rows_is_told_once(client: Client, lamps: Register) -> None:
    rows = [row | {"isEssential": "yes"} for row in grid()]
    lamps.answers[f"training/ZZZ40120/releases/{RELEASE}/unitgrid"] = rows
    [one] = check(client, "ZZZ40120").differences
    assert (one.difference.expected, one.difference.found) == ("flag", "text")
    assert one.path.endswith("unitgrid")


def test_without_a_code_a_qualification_of_a_search_is_looked_at(client: Client, lamps: Register) -> None:
    lamps.items.reverse()
    found = check(client, None)
    assert found.code == "ZZZ40120"
    assert found.as_expected


def test_an_answer_that_is_not_had_is_not_as_expected(client: Client, lamps: Register) -> None:
    del lamps.answers["content/bundle/b0d1-9"]
    found = check(client, "ZZZ40120")
    assert not found.as_expected
    assert [type(failure) for failure in found.failures] == [NotOnRegisterError]


def test_a_search_that_lists_nothing_asks_for_a_code(client: Client, lamps: Register) -> None:
    lamps.page = lambda found, offset, size: page()
    with pytest.raises(RegisterAnswerError, match="--check CODE"):
        check(client, None)


def test_a_row_that_is_no_object_is_a_difference(client: Client, lamps: Register) -> None:
    lamps.page = lambda found, offset, size: {"data": [item(), "text"]}
    assert told(check(client, "ZZZ40120")) == [("search page", "", "other type")]
