"""Rules of files by their code: read when they are asked for, the most complete of several, facts of units."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualgraph.errors import DocumentError
from qualgraph.sources import rule_library
from qualgraph.sources.rule_library import RuleLibrary
from rule_texts import RULE, row, written


def test_a_rule_is_read_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = rule_library.row_rule
    monkeypatch.setattr(
        rule_library, "row_rule", lambda row, where, **more: read.append(where) or real(row, where, **more)
    )
    path = written(tmp_path / "r.jsonl", row(), row(code="ZZZ30220"))
    library = RuleLibrary(path)
    assert (library.codes(), read) == (("ZZZ30120", "ZZZ30220"), [])
    found = library.find("ZZZ30220")
    assert found is not None
    assert found.rule.code == "ZZZ30220"
    assert library.find("ZZZ30220") is found
    assert read == [f"{path}:2"]
    assert library.find("ZZZ30999") is None


def test_of_several_rules_of_one_code_the_most_complete_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", row(truncated=True), row(), row())
    found = RuleLibrary(path).find("ZZZ30120")
    assert found is not None
    assert found.where == f"{path}:2"
    assert [each.where for each in RuleLibrary(path).rules()] == [f"{path}:2"]


def test_listed_units_are_packaged_in_their_qualification(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", row(), row(code="ZZY40220", title="Certificate IV in Kites"))
    facts = RuleLibrary(path).packagings("ZZE101")
    assert [(fact.qualification, fact.level, fact.source) for fact in facts] == [
        ("ZZZ30120", "Certificate III", f"{path}:1"),
        ("ZZY40220", "Certificate IV", f"{path}:2"),
    ]


def test_the_only_rule_needs_no_code(tmp_path: Path) -> None:
    text = tmp_path / "rule.txt"
    text.write_text(RULE, encoding="utf-8")
    found = RuleLibrary(text).only()
    assert found is not None
    assert found.rule.code is None
    assert RuleLibrary(written(tmp_path / "r.jsonl", row(), row(code="ZZZ30220"))).only() is None


def test_a_broken_row_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", json.dumps({"code": "ZZZ30120"}), row(code="ZZZ30220"))
    errors: list[DocumentError] = []
    library = RuleLibrary(path, failed=errors.append)
    assert library.find("ZZZ30220") is not None
    assert errors == []
    assert library.find("ZZZ30120") is None
    assert [error.where for error in errors] == [f"{path}:1"]
