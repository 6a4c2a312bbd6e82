"""The export of packaging rules: one entry a row, each part at the row's line, cut texts never complete."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from io import BytesIO

import pytest
from openpyxl import Workbook

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import Component, Packaging, Parent, Release, UsageStatement
from qualgraph.sources import open_dataset

TEXT = (
    "Total number of units = 2\n1 core unit\n1 elective unit from the list below\n"
    "Core units\nZZZKIT401\nFly kites\nElective units\nZZZTAI402\nAttach tails\n"
)
ROW = {
    "code": "ZZZ40120",
    "title": "Certificate IV in Kites",
    "usageRecommendation": "Current",
    "tpCode": "ZZZ",
    "tpTitle": "Kites and Balloons",
    "truncated": False,
    "packagingRules": TEXT,
}


def lines(*rows: dict[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def sheet(*rows: dict[str, object]) -> bytes:
    book = Workbook()
    book.active.append(list(ROW))
    for row in rows:
        book.active.append([row.get(key) for key in ROW])
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def line_numbers(tree: object) -> set[int]:
    """Every line that any part of a rule is at."""
    if isinstance(tree, tuple):
        return {number for part in tree for number in line_numbers(part)}
    if not is_dataclass(tree):
        return set()
    found = {getattr(tree, field.name) for field in fields(tree) if field.name in ("line", "last_line")}
    return (found - {None}) | {n for field in fields(tree) for n in line_numbers(getattr(tree, field.name))}


def rule_of(found, code: str = "ZZZ40120"):
    [packaging] = [record for record in found.records(code) if isinstance(record, Packaging)]
    return packaging.rule


@pytest.mark.parametrize("form", ["jsonl", "xlsx"])
def test_a_row_gives_the_qualification_with_its_rule(read, form: str) -> None:
    content = lines(ROW) if form == "jsonl" else sheet(ROW)
    line = 1 if form == "jsonl" else 2
    found = read(content, f"rules.{form}")
    assert (found.kind, found.problems) == ("packaging-export", ())
    assert found.counts == {"qualification": 1, "packaging rule": 1}
    release, component, usage, parent, packaging = found.records("ZZZ40120")
    assert release == Release(number=None, issued=None, described=True, line=line)
    assert component == Component(
        kind=Kind.QUALIFICATION, code="ZZZ40120", title="Certificate IV in Kites", line=line
    )
    assert isinstance(usage, UsageStatement)
    assert parent == Parent(code="ZZZ", title="Kites and Balloons", line=line)
    assert isinstance(packaging, Packaging)
    assert (packaging.rule.total, packaging.rule.core, packaging.rule.elective) == (2, 1, 1)


def test_every_part_of_a_rule_is_at_the_line_of_its_row(read) -> None:
    found = read(lines(ROW | {"code": "ZZZ30120"}, ROW), "rules.jsonl")
    assert line_numbers(rule_of(found)) == {2}


def test_a_text_cut_off_when_exported_is_partly_read(read) -> None:
    rule = rule_of(read(lines(ROW | {"truncated": True}), "rules.jsonl"))
    assert rule.status == "partial"
    assert rule.unread


def test_a_stated_release_is_the_one_the_rule_hangs_on(read) -> None:
    [release, *_] = read(lines(ROW | {"release": "3"}), "rules.jsonl").records("ZZZ40120")
    assert (release.number, release.described) == ("3", True)


def test_rows_that_cannot_be_read_stop_no_other(read) -> None:
    rows = [
        ROW,
        ROW | {"code": "not a code"},
        {"code": "ZZZ1"},
        ROW | {"code": 7},
        ROW | {"code": "ZZZ40220", "usageRecommendation": "Perhaps"},
    ]
    found = read(lines(*rows), "rules.jsonl")
    assert [entry.line for entry in found.entries] == [1, 5]
    assert [line for line, _ in found.messages] == [2, 3, 4, 5]


def test_a_second_row_of_a_qualification_is_told_and_not_mixed_with_the_first(read) -> None:
    found = read(lines(ROW, ROW | {"packagingRules": TEXT.replace("= 2", "= 9")}), "rules.jsonl")
    assert [entry.line for entry in found.entries] == [1]
    assert found.messages == [(2, "ZZZ40120 has a second row; only the first is read.")]


def test_a_training_package_that_is_no_code_is_told(read) -> None:
    found = read(lines(ROW | {"tpCode": "\u00fcber"}), "rules.jsonl")
    assert [line for line, _ in found.messages] == [1]
    assert not [one for one in found.records("ZZZ40120") if isinstance(one, Parent)]


@pytest.mark.parametrize(
    "end",
    ['{"code": "ZZZ5012', "[1]\n", "\x00\x01\n", '{"code": "ZZZ50120", "packagingRules": "\\ud800"}\n'],
)
def test_a_file_that_breaks_off_or_is_damaged_is_refused_with_the_line(read, end: str) -> None:
    with pytest.raises(BrokenDocumentError, match=r"rules.jsonl:2"):
        read(lines(ROW) + end, "rules.jsonl")


def test_rules_that_were_read_before_and_other_files_are_not_taken_for_an_export(tmp_path) -> None:
    for number, text in enumerate(
        ['{"code": "ZZZ40120", "groups": [], "rules": []}\n', '{"code": 1}\n', "{\n", "PK\x03\x04"]
    ):
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        dataset = open_dataset(path)
        assert dataset is None or dataset.document.reader != "packaging-export"


def test_a_first_row_longer_than_what_is_looked_at_is_recognised(read) -> None:
    long = ROW | {"packagingRules": TEXT + "Further words.\n" * 6_000}
    assert read(lines(long), "rules.jsonl").counts["packaging rule"] == 1
