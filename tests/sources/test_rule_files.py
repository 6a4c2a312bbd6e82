"""Packaging rules out of files of every kind: rows, parsed rules, documents, plain text; broken lines stop nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from qualgraph.errors import (
    BrokenDocumentError,
    DocumentError,
    DocumentTooLargeError,
    UnidentifiedDocumentError,
)
from qualgraph.packaging import parse, to_json
from qualgraph.sources import rule_files
from qualgraph.sources.rule_files import rules_in
from qualgraph.sources.rule_rows import CELL_LIMIT, FoundRule
from rule_texts import RULE, row, written
from support import DOCUMENTS


def both(path: Path, **options: Any) -> tuple[list[FoundRule], list[DocumentError]]:
    errors: list[DocumentError] = []
    return list(rules_in(path, failed=errors.append, **options)), errors


def test_each_row_of_json_lines_is_a_rule_with_its_file_and_line(tmp_path: Path) -> None:
    path = written(
        tmp_path / "register.jsonl", row(), "", row(code="ZZZ30220", usageRecommendation="Current")
    )
    first, second = rules_in(path)
    assert (first.where, first.package, first.usage) == (f"{path}:1", "ZZZ", None)
    assert (second.where, second.rule.code, second.usage) == (f"{path}:3", "ZZZ30220", "Current")
    assert first.rule == parse(RULE, code="ZZZ30120", title="Certificate III in Kites")
    assert first.rule.status == "complete"


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ('{"code": "ZZZ30120",', "is no JSON."),
        ('"a word"', "is no JSON object."),
        ('{"code": "ZZZ30120"}', "is no packaging rule: it has no 'packagingRules'."),
        ('{"code": 7, "packagingRules": ""}', "has a 'code' that is no text."),
        ('{"groups": [], "rules": []}', "The packaging rule has no"),
    ],
)
def test_a_broken_line_is_one_error_with_its_line_and_the_others_are_read(
    tmp_path: Path, broken: str, told: str
) -> None:
    found, [error] = both(written(tmp_path / "register.jsonl", row(), broken, row(code="ZZZ30220")))
    assert [each.rule.code for each in found] == ["ZZZ30120", "ZZZ30220"]
    assert error.where == f"{tmp_path / 'register.jsonl'}:2"
    assert told in error.what
    assert error.hint


def test_a_broken_first_line_stops_nothing_either(tmp_path: Path) -> None:
    found, [error] = both(written(tmp_path / "register.jsonl", '{"code": ', row()))
    assert [each.where[-2:] for each in found] == [":2"]
    assert str(error.where).endswith(":1")


def test_without_somebody_to_tell_a_broken_line_is_raised(tmp_path: Path) -> None:
    with pytest.raises(BrokenDocumentError):
        list(rules_in(written(tmp_path / "register.jsonl", "{", row())))


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_files, "MAX_ROW", 2_000)
    found, [error] = both(written(tmp_path / "r.jsonl", row(), row(title="x" * 9_000), row(code="ZZZ30220")))
    assert [each.where[-2:] for each in found] == [":1", ":3"]
    assert "more than 2,000 bytes" in error.what


def test_rules_that_were_read_before_are_taken_as_they_are(tmp_path: Path) -> None:
    rule = parse(RULE, code="ZZZ30120", title="Certificate III in Kites")
    data = to_json(rule, detail=True)
    lines = tmp_path / "rules.jsonl"
    array = tmp_path / "rules.json"
    single = tmp_path / "rule.json"
    written(lines, data, data)
    array.write_text(json.dumps([data, data], indent=2), encoding="utf-8")
    single.write_text("\ufeff\n" + json.dumps(data, indent=2), encoding="utf-8")
    for path, places in (
        (lines, [":1", ":2"]),
        (array, ["#1", "#2"]),
        (single, [""]),
    ):
        found = list(rules_in(path))
        assert [each.rule for each in found] == [rule] * len(places), path
        assert [each.where.removeprefix(str(path)) for each in found] == places


@pytest.mark.parametrize(
    "cut", [{"truncated": True}, {"packagingRules": RULE.ljust(CELL_LIMIT)}], ids=["flagged", "at the limit"]
)
def test_a_text_that_was_cut_off_is_never_complete(tmp_path: Path, cut: dict[str, Any]) -> None:
    [found] = rules_in(written(tmp_path / "register.jsonl", row(**cut)))
    assert found.rule.status == "partial"
    assert "cut off" in found.rule.unread[-1].text


def test_a_code_holds_where_the_row_has_none_and_is_refused_where_it_has_another(tmp_path: Path) -> None:
    path = written(tmp_path / "register.jsonl", row(code=...), row())
    [found], [error] = both(path, code="ZZZ30999")
    assert found.rule.code == "ZZZ30999"
    assert isinstance(error, UnidentifiedDocumentError)
    assert str(error.where).endswith(":2")


def test_rows_of_other_codes_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path / "register.jsonl", row(), row(code="ZZZ30220"))
    assert [found.rule.code for found in rules_in(path, codes={"ZZZ30220"})] == ["ZZZ30220"]


def test_a_document_gives_its_rule(tmp_path: Path) -> None:
    [found] = rules_in(DOCUMENTS / "register-page.txt")
    assert found.where == str(DOCUMENTS / "register-page.txt")
    assert found.rule.code


def test_a_text_of_nothing_but_a_packaging_rule_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rule.txt"
    path.write_text(RULE, encoding="utf-8")
    [found] = rules_in(path, code="zzz30120", title="Certificate III in Kites")
    assert found.rule == parse(RULE, code="ZZZ30120", title="Certificate III in Kites")
    [unnamed] = rules_in(path)
    assert unnamed.rule.code is None


def test_standard_input_is_read_as_any_file(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO((json.dumps(row()) + "\n").encode()))
    monkeypatch.setattr("sys.stdin", given)
    [found] = rules_in(Path("-"))
    assert found.where == "standard input:1"
    assert not given.closed


@pytest.mark.parametrize(
    "content", [b"", b"   \n", b"\x00\x01\x02", b"no rule in here\n", b"PK\x03\x04rest", b"[" * 100_000, b"{"]
)
def test_a_file_without_a_rule_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "given"
    path.write_bytes(content)
    found, [error] = both(path)
    assert found == []
    assert str(path) in str(error.where)


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    found, [error] = both(tmp_path / "absent.jsonl")
    assert found == []
    assert "cannot be opened" in error.what


def test_a_document_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_files, "MAX_BYTES", 100)
    monkeypatch.setattr(rule_files, "check_size", _tiny_limit)
    path = tmp_path / "rule.txt"
    path.write_text(RULE, encoding="utf-8")
    with pytest.raises(DocumentTooLargeError):
        list(rules_in(path))


def _tiny_limit(size: int, where: str) -> None:
    if size > 100:
        raise DocumentTooLargeError("too large.", where=where)


def test_text_with_the_line_ends_of_old_macs_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rule.txt"
    path.write_bytes(RULE.replace("\n", "\r").encode())
    [found] = rules_in(path, code="ZZZ30120")
    assert found.rule.status == "complete"


def test_a_page_that_only_shows_codes_in_tables_is_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    rows = "".join(f"<tr><td>ZZE{number}</td><td>Mend a kite</td></tr>" for number in range(101, 109))
    path.write_text(
        f"<html><body><h2>Elective units</h2><table>{rows}</table></body></html>", encoding="utf-8"
    )
    found, errors = both(path)
    assert found == []
    assert "is no document that a reader knows" in str(errors[0])
