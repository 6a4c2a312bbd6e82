"""``rules audit`` and ``rules diff``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from commands import Run
from qualgraph.packaging import difference_schema, parse, to_json

TEXT = """\
Packaging Rules
Total number of units = 4
2 core units plus
2 elective units
Core units
ZZC101 Fly a kite
ZZC102 Land a kite
Elective units
ZZE101 Mend a kite
ZZE102 Sell a kite
"""


def row(code: str, text: str, release: str | None = None) -> str:
    return json.dumps(
        {"code": code, "title": "Certificate IV in Kites", "packagingRules": text, "release": release}
    )


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.jsonl"
    wrong = TEXT.replace("= 4", "= 5").replace("Sell a kite", "Sell kites")
    path.write_text(f"{row('ZZZ40120', TEXT)}\n{row('ZZZ40220', wrong)}\n", encoding="utf-8")
    return path


def test_findings_are_told_in_words_with_a_summary(run: Run, rules: Path) -> None:
    done = run("rules", "audit", rules)
    assert done.code == 1
    [line] = [line for line in done.out.splitlines() if line.endswith("[total]")]
    assert line.startswith("violation: ZZZ40220: The total is 5")
    assert "2 rules checked" in done.out
    assert "1  violation  total: the total is not core and electives" in done.out


def test_findings_are_data_one_a_line_or_whole(run: Run, rules: Path) -> None:
    lines = [json.loads(line) for line in run("rules", "audit", rules, "--format", "jsonl").out.splitlines()]
    table = list(csv.DictReader(io.StringIO(run("rules", "audit", rules, "--format", "csv").out)))
    whole = run("rules", "audit", rules, "--json").data
    assert whole["findings"] == lines
    assert [each["check"] for each in table] == [each["check"] for each in lines]
    assert whole["rules"] == 2
    assert sum(each["findings"] for each in whole["summary"]) == len(lines)
    assert {"check", "code", "path", "line", "message", "seen", "wanted", "severity"} == set(lines[0])


def test_only_the_checks_named_are_told_and_judge(run: Run, rules: Path) -> None:
    done = run("rules", "audit", rules, "--check", "titles-differ", "--format", "jsonl")
    assert done.code == 0
    assert [json.loads(line)["check"] for line in done.out.splitlines()] == ["titles-differ"]
    assert run("rules", "audit", rules, "--check", "titles-differ", "--fail-on", "info").code == 1
    unknown = run("rules", "audit", rules, "--check", "colour")
    assert unknown.code == 2
    assert "There are: total, core" in unknown.err


def test_a_file_that_cannot_be_read_does_not_stop_the_audit_and_out_is_written(
    run: Run, rules: Path, tmp_path: Path
) -> None:
    out = tmp_path / "findings.csv"
    done = run("rules", "audit", tmp_path / "missing.jsonl", rules, "--format", "csv", "--out", out)
    assert done.code == 3
    assert "missing.jsonl" in done.err
    assert "total" in out.read_text(encoding="utf-8")


def test_without_files_the_rules_of_the_store_are_audited(run: Run, built: Path) -> None:
    done = run("rules", "audit", "--store", built, "--json")
    assert done.data["rules"] == 3
    assert {each["code"] for each in done.data["findings"]} <= {"BSB40307", "BSB50307", "BSB50311"}


def test_two_qualifications_of_the_store_are_compared(run: Run, built: Path) -> None:
    done = run("rules", "diff", "BSB50307", "BSB50311@1", "--store", built)
    assert done.code == 2
    done = run("rules", "diff", "BSB50307@1", "bsb50311", "--store", built)
    assert done.code == 0
    assert done.out.startswith("BSB50307")
    assert "units: 25 the same, 36 gone, 20 new" in done.out
    assert "same stem, not known to be its successor" in done.out
    assert done.err == ""


def test_files_are_compared_with_a_note_that_no_store_was_asked(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(TEXT.replace("ZZE102 Sell", "ZZE103 Sell"), encoding="utf-8")
    done = run("rules", "diff", old, new, "--json")
    assert [unit["fate"] for unit in done.data["units"]] == ["same", "same", "same", "gone", "new"]
    assert done.data["schema"] == difference_schema()["$id"]
    assert "No store was asked" in done.err
    assert "nothing changed" in run("rules", "diff", old, old).out


def test_codes_are_taken_from_files_of_rules(run: Run, rules: Path, tmp_path: Path) -> None:
    done = run("rules", "diff", "ZZZ40120", "ZZZ40220", "--rules", rules)
    assert "total: 4 -> 5" in done.out
    missing = run("rules", "diff", "ZZZ40120", "ZZZ99999", "--rules", rules)
    assert missing.code == 2
    assert "no packaging rule of ZZZ99999" in missing.err
    absent = tmp_path / "absent"
    assert run("rules", "diff", "ZZZ40120", "ZZZ40220", "--rules", rules, "--store", absent).code == 4
    several = run("rules", "diff", rules, "ZZZ40220", "--rules", rules)
    assert several.code == 2
    assert "names 2 packaging rules" in several.err


def test_control_characters_of_a_document_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    clean = {**to_json(parse(TEXT, code="ZZZ40120", title="Kites")), "status": "partial"}
    bad = {
        **clean,
        "title": "Kites\x1b[31m\u202e",
        "unread": [{"text": "\x1b]0;title\x07 read me", "line": 1}],
    }
    old.write_text(json.dumps(clean), encoding="utf-8")
    new.write_text(json.dumps(bad), encoding="utf-8")
    audited, compared = run("rules", "audit", new), run("rules", "diff", old, new)
    assert "read me" in audited.out
    assert "Kites" in compared.out
    assert not {"\x1b", "\x07", "\u202e"} & set(audited.out + compared.out)
