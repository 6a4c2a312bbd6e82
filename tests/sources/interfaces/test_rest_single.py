"""Answers of the REST interface saved one by one: told by their content, and whose they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualgraph.errors import BrokenDocumentError, UnidentifiedDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import (
    Component,
    Packaging,
    Parent,
    Release,
    RequiredUnit,
    Scheme,
    SchemeValue,
    UnitGrid,
    UnitPrerequisite,
    UsageStatement,
)
from qualgraph.sources.datasets import open_dataset
from register_answers import bundle, component, grid, item, page, release, unit


@pytest.mark.parametrize(
    ("value", "code", "reader", "key"),
    [
        (component(), None, "rest-component", "ZZZ40120"),
        (page(item()), None, "rest-search", "answer"),
        (page(), None, "rest-search", "answer"),
        (release(), "ZZZ40120", "rest-release", "ZZZ40120/release-2"),
        (grid(), "ZZZ40120", "rest-unit-grid", "ZZZ40120/unit-grid"),
        ({"0": grid()[0]}, "ZZZ40120", "rest-unit-grid", "ZZZ40120/unit-grid"),
        (bundle(), "ZZZ40120", "rest-content", "ZZZ40120/content"),
    ],
)
def test_an_answer_is_known_by_its_fields(
    answered: Callable[..., Any], value: Any, code: str | None, reader: str, key: str
) -> None:
    document = answered(value, code).document
    assert (document.reader, document.key) == (reader, key)


@pytest.mark.parametrize(
    "value",
    [
        {"code": "ZZZ40120", "title": "Lamps", "packagingRules": "1 unit", "usageRecommendation": "Current"},
        {"code": "ZZZ40120", "title": "Lamps", "groups": [], "rules": []},
        {"@context": {}, "@graph": []},
        [{"code": "AU", "name": "Australia"}],
        {"data": [{"code": "AU", "name": "Australia"}]},
        [],
        {},
        "text",
        7,
    ],
    ids=lambda value: json.dumps(value)[:40],
)
def test_other_json_is_no_answer_of_the_register(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    dataset = open_dataset(path)
    assert dataset is None or not dataset.document.reader.startswith("rest-")


@pytest.mark.parametrize("value", [release(), grid(), bundle()], ids=["release", "grid", "bundle"])
def test_an_answer_that_never_says_whose_it_is_needs_a_code(answered: Callable[..., Any], value: Any) -> None:
    with pytest.raises(UnidentifiedDocumentError, match="--code"):
        answered(value)


def test_a_given_code_may_not_contradict_the_answer(answered: Callable[..., Any]) -> None:
    with pytest.raises(UnidentifiedDocumentError, match="ZZZ40120"):
        answered(component(), "ZZZ40121")


def test_a_component_alone_describes_none_of_its_releases(answered: Callable[..., Any]) -> None:
    read = answered(component())
    assert [(one.number, one.described) for one in read.all(Release)] == [("2", False), ("1", False)]
    assert read.one(Component).title == "Certificate IV in Lamp Tending"


def test_a_unit_of_competency_is_read_too(answered: Callable[..., Any]) -> None:
    [entry] = answered(unit("ZZZLMP401")).entries
    assert (entry.kind, entry.code) == (Kind.UNIT, "ZZZLMP401")


@pytest.mark.parametrize("type", ["trainingPackageGroup", "none", None, 7])
def test_a_type_that_is_no_component_is_told(answered: Callable[..., Any], type: Any) -> None:
    read = answered(component(type=type))
    assert read.entries == []
    assert any("type that is not read" in message for message in read.warnings())


def test_a_grid_alone_stands_on_a_release_without_a_number(answered: Callable[..., Any]) -> None:
    read = answered(grid(), "ZZZ40120")
    assert read.one(Release).number is None
    assert len(read.one(UnitGrid).rows) == 4


def test_a_bundle_alone_gives_its_rule(answered: Callable[..., Any]) -> None:
    assert answered(bundle(), "ZZZ40120").one(Packaging).rule.core == 2


def test_a_bundle_without_rules_says_so(answered: Callable[..., Any]) -> None:
    read = answered(
        bundle(items=[{"content": "x", "contentType": "Description", "format": "html"}]), "ZZZ40120"
    )
    assert read.warnings() == ["The content bundle holds no packaging rules."]


def test_fields_that_are_not_known_are_told_once(answered: Callable[..., Any]) -> None:
    rows = [
        item(f"ZZZ4012{n}", glow=n, taxonomyIndustry=[{"industrySector": "Oil", "hue": 1}]) for n in range(5)
    ]
    read = answered(page(*rows))
    assert len(read.entries) == 5
    assert read.notes() == [
        "Fields of the search page that are not known are not read: taxonomyIndustry[].hue, glow."
    ]


def test_a_field_that_is_missing_or_of_another_type_is_told(answered: Callable[..., Any]) -> None:
    changed = component(releases="two", usageRecommendation=["current"], mappingInformation=[])
    del changed["title"]
    read = answered(changed | {"title": None})
    assert read.warnings() == [
        "The component does not state the field 'title' (text).",
        "The field 'usageRecommendation' of the component is list where text or object is expected; not read.",
        "The field 'releases' of the component is text where list is expected; not read.",
    ]


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T00:00:00", "2021-03-04"),
        ("2021-03-04T00:00:00+11:00", "2021-03-04"),
        ("2021-03-03T13:00:00Z", None),
        ("9999-12-31", None),
        ("2021-02-30", None),
        ("4 March 2021", None),
        (20210304, None),
    ],
)
def test_a_day_is_taken_only_where_it_is_plainly_one(
    answered: Callable[..., Any], day: Any, read: str | None
) -> None:
    found = answered(release(releaseDate=day), "ZZZ40120").one(Release).issued
    assert (found.isoformat() if found else None) == read


def test_a_row_has_its_line_of_the_file(answered: Callable[..., Any]) -> None:
    read = answered(json.dumps(page(item(), item("ZZZ50120")), indent=1))
    lines = [entry.line for entry in read.entries]
    assert lines[0] > 1
    assert lines[1] > lines[0] + 20
    assert [one.line for one in read.all(UsageStatement)] == lines


def test_a_long_search_page_is_read_row_by_row(answered: Callable[..., Any]) -> None:
    read = answered(page(*(item(f"ZZZ4{n:05}") for n in range(2_000))))
    assert len(read.entries) == 2_000
    assert read.problems == ()


@pytest.mark.parametrize("end", [-1, -40, 1_000])
def test_a_page_that_breaks_off_is_refused(answered: Callable[..., Any], end: int) -> None:
    with pytest.raises(BrokenDocumentError):
        answered(json.dumps(page(item(), item("ZZZ50120")))[:end])


@pytest.mark.parametrize(
    "text",
    [
        b'{"data": [' + b"[" * 200_000,
        b'{"code": "ZZZ40120", "title": "x", "releases": [' + b'{"a":' * 100_000,
        b'{"data": [{"code": "ZZZ40120", "title": "x", "type": \xff}]}',
        b'{"count": 1, "data": [] trailing',
        b'{"count": ' + b"9" * 5_000 + b', "data": []',
    ],
)
def test_hostile_json_is_refused_and_no_crash(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "hostile.json"
    path.write_bytes(text)
    with pytest.raises(BrokenDocumentError):
        list(open_dataset(path) or _none())


def _none() -> list[Any]:
    raise BrokenDocumentError("no reader knows it.")


def test_a_byte_order_mark_is_no_part_of_the_answer(answered: Callable[..., Any]) -> None:
    assert len(answered(b"\xef\xbb\xbf" + json.dumps(component()).encode()).entries) == 1


def test_the_training_package_of_a_component_is_read(answered: Callable[..., Any]) -> None:
    for value in (component(), page(item())):
        found = answered(value).one(Parent)
        assert (found.code, found.title) == ("ZZZ", "Lamps and Lanterns Training Package")


def units(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "title": f"Lamp {code}"} for code in codes]


@pytest.mark.parametrize(
    ("stated", "requires", "unclear"),
    [
        ({"hasPreRequisites": True, "preRequisites": units("ZZZOIL301")}, ["ZZZOIL301"], []),
        (units("ZZZOIL301"), ["ZZZOIL301"], []),
        (units("ZZZOIL301", "ZZZOIL302"), [], ["ZZZOIL301", "ZZZOIL302"]),
        ({"hasPreRequisites": False, "preRequisites": []}, [], []),
    ],
)
def test_a_prerequisite_is_read_and_of_several_it_stays_open_whether_all_are_needed(
    answered: Callable[..., Any], stated: Any, requires: list[str], unclear: list[str]
) -> None:
    found = answered(unit("ZZZLMP401", preRequisites=stated)).one(UnitPrerequisite)
    assert [one.code for one in found.requires] == requires
    assert [one.code for one in found.unclear] == unclear


@pytest.mark.parametrize("stated", [[], None, {}, {"hasPreRequisites": None, "preRequisites": []}, "none"])
def test_an_empty_list_does_not_say_that_there_is_no_prerequisite(
    answered: Callable[..., Any], stated: Any
) -> None:
    assert answered(unit("ZZZLMP401", preRequisites=stated)).all(UnitPrerequisite) == []


def test_a_prerequisite_without_a_name_is_told(answered: Callable[..., Any]) -> None:
    read = answered(unit("ZZZLMP401", preRequisites={"hasPreRequisites": True, "preRequisites": []}))
    assert read.warnings() == ["ZZZLMP401 has a prerequisite that the answer does not name."]


def test_a_search_row_names_the_prerequisite_of_a_unit(answered: Callable[..., Any]) -> None:
    row = item("ZZZLMP401", type={"id": "unit"}, preRequisiteUnits=units("ZZZOIL301"))
    found = answered(page(row)).one(UnitPrerequisite)
    assert found.requires == (RequiredUnit(code="ZZZOIL301", title="Lamp ZZZOIL301", line=1),)


def value(code: str, name: str, **changes: Any) -> dict[str, Any]:
    return {"schemeCode": "04", "code": code, "name": name} | changes


@pytest.mark.parametrize(
    "whole", [list, lambda rows: {"count": len(rows), "data": rows}], ids=["list", "page"]
)
def test_the_values_of_a_scheme_keep_their_zeros(answered: Callable[..., Any], whole: Any) -> None:
    read = answered(
        whole([value("0313", "Lamp Engineering"), value("511", "Certificate IV", schemeCode="05")])
    )
    assert read.document.reader == "rest-classification"
    assert read.items == [
        SchemeValue(scheme=Scheme.ASCED_FIELD, code="0313", title="Lamp Engineering", line=1),
        SchemeValue(scheme=Scheme.LEVEL_OF_EDUCATION, code="511", title="Certificate IV", line=1),
    ]


def test_values_of_a_scheme_that_is_no_classification_are_told(answered: Callable[..., Any]) -> None:
    read = answered([value("qual", "Qualification", schemeCode="06"), value("0313", "")])
    assert read.items == []
    assert read.warnings() == [
        "Values of scheme 06 are not read.",
        "A value without code and name is not read.",
    ]
