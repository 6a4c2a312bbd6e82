"""The answers about a component that a harvest saves: one release with its grid and its packaging rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import (
    Classification,
    Component,
    Equivalence,
    Mapping,
    Packaging,
    Release,
    Scheme,
    SchemeValue,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from register_answers import answers, bundle, component, grid, item, page, release, saved


def test_all_answers_about_a_component_are_one_entry(answered: Callable[..., Any]) -> None:
    read = answered(saved(answers()), name="ZZZ40120.jsonl")
    [entry] = read.entries
    assert (entry.kind, entry.code, entry.line) == (Kind.QUALIFICATION, "ZZZ40120", 1)
    assert (read.document.reader, read.document.key) == ("rest-answers", "zzz40120")
    assert read.problems == ()
    assert read.one(Component).title == "Certificate IV in Lamp Tending"
    assert read.one(UsageStatement).value is UsageRecommendation.CURRENT
    described, earlier = sorted(read.all(Release), key=lambda one: not one.described)
    assert (described.number, described.issued, described.described) == ("2", date(2021, 3, 4), True)
    assert (earlier.number, earlier.issued, earlier.described) == ("1", date(2020, 11, 19), False)


def test_a_record_has_the_line_of_the_answer_that_says_it(answered: Callable[..., Any]) -> None:
    read = answered(saved(answers()))
    assert [read.one(kind).line for kind in (Component, UnitGrid, Packaging)] == [1, 4, 5]
    assert {row.scheme: row.line for row in read.all(Classification)}[Scheme.ANZSCO] == 2


def test_the_rule_is_read_from_the_html_of_the_bundle(answered: Callable[..., Any]) -> None:
    rule = answered(saved(answers())).one(Packaging).rule
    assert (rule.status, rule.total, rule.core, rule.elective) == ("complete", 3, 2, 1)
    assert (rule.code, rule.release) == ("ZZZ40120", "2")
    assert [group.units for group in rule.groups] == [("ZZZLMP401", "ZZZLMP402"), ("ZZZOIL401", "ZZZOIL402")]
    assert {group.line for group in rule.groups} == {5}


def test_the_grid_says_core_or_elective_and_no_group(answered: Callable[..., Any]) -> None:
    found = answered(saved(answers())).one(UnitGrid)
    assert [(row.code, row.essential) for row in found.rows][1:3] == [
        ("ZZZLMP402", "Core"),
        ("ZZZOIL401", "Elective"),
    ]
    assert found.stated == 4


def test_a_grid_that_numbers_its_rows_reads_the_same(answered: Callable[..., Any]) -> None:
    numbered = {str(at): row for at, row in enumerate(grid())}
    read, plain = answered(saved(answers(grid=numbered))), answered(saved(answers()))
    assert read.one(UnitGrid) == plain.one(UnitGrid)


def test_classifications_of_both_answers_stand_once(answered: Callable[..., Any]) -> None:
    found = {(row.scheme, row.value, row.label) for row in answered(saved(answers())).all(Classification)}
    assert found == {
        (Scheme.ANZSCO, "399999", "Lamp Tender"),
        (Scheme.ASCED_FIELD, "0313", "Lamp Engineering"),
        (Scheme.LEVEL_OF_EDUCATION, "511", "Certificate IV"),
        (Scheme.INDUSTRY_SECTOR, None, "Lighting, Historic"),
        (Scheme.TAXONOMY_OCCUPATION, None, "Lamp Tender"),
    }
    assert len(answered(saved(answers())).all(Classification)) == 5


def test_a_pair_of_both_answers_is_one_mapping_with_date_and_note(answered: Callable[..., Any]) -> None:
    pair = answered(saved(answers())).one(Mapping)
    assert (pair.old, pair.new, pair.old_title) == ("ZZZ40115", "ZZZ40120", "Certificate IV in Lamps")
    assert pair.equivalence is Equivalence.EQUIVALENT
    assert (pair.date, pair.note) == (date(2020, 11, 18), "Two units added.")


def test_answers_that_differ_on_equivalence_are_both_kept(answered: Callable[..., Any]) -> None:
    other = item(supersedes=[{"code": "ZZZ40115", "isEquivalent": False}])
    read = answered(saved(answers(item=page(other))))
    stated = {row.equivalence for row in read.all(Mapping)}
    assert stated == {Equivalence.EQUIVALENT, Equivalence.NOT_EQUIVALENT}
    assert any("both are kept" in message for message in read.warnings())


def test_an_answer_that_says_nothing_of_equivalence_does_not_differ(answered: Callable[..., Any]) -> None:
    read = answered(saved(answers(item=page(item(supersedes=[{"code": "ZZZ40115"}])))))
    assert read.one(Mapping).equivalence is Equivalence.EQUIVALENT
    assert not any("equivalent" in message for message in read.warnings())


def test_a_rule_is_held_against_the_counts_of_its_release(answered: Callable[..., Any]) -> None:
    other = release(packagingInformation={"core": 3, "elective": 1, "measure": "units"})
    assert answered(saved(answers(release=other))).notes() == [
        "The rules want 2 core units; the release's own figure is 3."
    ]


def test_a_bundle_in_plain_text_gives_the_same_counts(answered: Callable[..., Any]) -> None:
    plain = (
        "Total number of units = 2\n1 core unit plus\n1 elective unit\nCore units\nZZZLMP401 Trim a lamp\n"
    )
    plain += "Elective units\nZZZOIL401 Store lamp oil\nZZZOIL402 Press lamp oil\n"
    items = [{"content": plain, "contentType": "PackagingRules", "format": "plainText"}]
    rule = answered(saved(answers(bundle=bundle(items=items)))).one(Packaging).rule
    assert (rule.total, rule.core, rule.elective) == (2, 1, 1)


def test_two_releases_asked_for_are_two_entries(answered: Callable[..., Any]) -> None:
    found = answers()
    first = ("training/ZZZ40120/releases/7f3a-1", release(id="7f3a-1", releaseNumber="1", contentBundles=[]))
    read = answered(saved([*found, first]))
    assert [[r.number for r in e.records if isinstance(r, Release)] for e in read.entries] == [["2"], ["1"]]
    assert len(read.all(Component)) == 1


def test_an_answer_about_another_code_is_not_read(answered: Callable[..., Any]) -> None:
    read = answered(saved([("training/ZZZ40121", component("ZZZ40120"))]))
    assert read.entries == []
    assert read.warnings() == ["The answer does not state the code that was asked for; not read."]


def test_a_file_of_many_components_has_an_entry_for_each(answered: Callable[..., Any]) -> None:
    read = answered(saved([*answers("ZZZ40120"), *answers("ZZZ50120")]))
    assert [entry.code for entry in read.entries] == ["ZZZ40120", "ZZZ50120"]
    assert [entry.line for entry in read.entries] == [1, 6]


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_breaks_off_is_refused(answered: Callable[..., Any], kept: float) -> None:
    whole = saved(answers()).rstrip()
    with pytest.raises(BrokenDocumentError):
        answered(whole[: int(len(whole) * kept)])


@pytest.mark.parametrize(
    "line", ['{"path": "elsewhere/ZZZ", "answer": {}}', '{"path": 3, "answer": {}}', "[]", '"text"', "7"]
)
def test_a_line_that_is_no_known_answer_is_a_problem(answered: Callable[..., Any], line: str) -> None:
    read = answered(saved(answers()) + line + "\n")
    assert len(read.entries) == 1
    assert read.warnings() == ["A line that is no answer of an address that is known; not read."]


SHORT = bundle(items=[{"content": "1 unit", "contentType": "PackagingRules", "format": "html"}])
WRONG = [
    None,
    "text",
    7,
    True,
    [],
    {},
    [None],
    ["text"],
    {"items": None},
    {"items": [7]},
    {"code": ["x"]},
    [[{}]],
]


@pytest.mark.parametrize("wrong", WRONG, ids=json.dumps)
@pytest.mark.parametrize("which", ["component", "item", "release", "grid", "bundle"])
def test_no_answer_of_a_wrong_type_ends_in_a_crash(
    answered: Callable[..., Any], which: str, wrong: Any
) -> None:
    read = answered(saved(answers(**{"bundle": SHORT, which: wrong})))
    told = bool(read.problems) or (which == "grid" and wrong in ([], {}))
    assert told, "nobody was told"


def members(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [
            found for name, each in value.items() for found in [(*path, name), *members(each, (*path, name))]
        ]
    if isinstance(value, list):
        return [found for at, each in enumerate(value) for found in members(each, (*path, at))]
    return []


def with_member(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    changed = json.loads(json.dumps(value))
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = new
    return changed


@pytest.mark.parametrize("new", [None, "odd", 7.5, True, [1], {"odd": 1}], ids=json.dumps)
def test_no_member_of_a_wrong_type_ends_in_a_crash(answered: Callable[..., Any], new: Any) -> None:
    tried = 0
    for at, (path, value) in enumerate(answers(bundle=SHORT)):
        for member in members(value):
            found = answers(bundle=SHORT)
            found[at] = (path, with_member(value, member, new))
            answered(saved(found))
            tried += 1
    assert tried > 100


def test_html_without_text_is_no_rule_and_no_crash(answered: Callable[..., Any]) -> None:
    items = [{"content": "<p></p>", "contentType": "PackagingRules", "format": "html"}]
    assert answered(saved(answers(bundle=bundle(items=items)))).one(Packaging).rule.status == "failed"


def test_a_bundle_of_another_release_is_not_taken(answered: Callable[..., Any]) -> None:
    found = [(path, value) for path, value in answers() if not path.startswith("content/")]
    other = ("content/bundle/other", bundle(id="other"))
    assert answered(saved([*found, other])).all(Packaging) == []


def test_values_of_a_scheme_are_known_by_their_address(answered: Callable[..., Any]) -> None:
    listed = {"data": [{"code": "399999", "name": "Lamp Tender"}]}
    read = answered(saved([("nrt-classification-scheme/01/values", listed), *answers(bundle=SHORT)]))
    assert read.items[0] == SchemeValue(scheme=Scheme.ANZSCO, code="399999", title="Lamp Tender", line=1)
    assert [entry.line for entry in read.entries] == [2]
