"""JSON of a rule that is not of the published form is refused with its place, before anything is made of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.packaging import check_counts, from_json, parse, rule_html, to_json, to_text
from rule_texts import RULE

WITH_IMPORT = RULE.replace(
    "Core units\n",
    "at least 1 must be from the electives listed below\n"
    "up to 1 may be from any currently endorsed Training Package at Diploma level\nCore units\n",
    1,
)
WRONG: tuple[Any, ...] = (None, 3, -1, "x", [], {}, [1], [[]], True, 1.5)


@cache
def whole() -> dict[str, Any]:
    return to_json(parse(WITH_IMPORT, code="ZZZ30120", title="Certificate III in Kites"), detail=True)


def places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if place:
        yield place
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from places(value, (*place, key))


def changed(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(whole())
    inner: Any = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return data


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("total",), "three", "total is no integer or null"),
        (("measure",), "kites", "measure is none of units, points"),
        (("rules", 0, "n"), -1, "rules/0/n is less than 0"),
        (("rules", 0, "pools", 0), 3, "rules/0/pools/0 is no string"),
        (("groups", 0, "units"), None, "groups/0/units is no array"),
    ],
)
def test_the_place_of_a_fault_is_told(place: tuple[Any, ...], value: Any, told: str) -> None:
    with pytest.raises(BrokenDocumentError) as raised:
        from_json(changed(place, value))
    assert told in raised.value.what
    assert raised.value.hint


def test_whatever_stands_anywhere_the_rule_is_refused_or_can_be_worked_with() -> None:
    tried = refused = 0
    for place in list(places(whole())):
        for value in WRONG:
            tried += 1
            try:
                rule = from_json(changed(place, value))
            except BrokenDocumentError:
                refused += 1
                continue
            to_text(rule)
            list(check_counts(rule))
            rule_html(rule)
            to_json(rule, detail=True)
    assert tried > 900
    assert refused > tried / 2
