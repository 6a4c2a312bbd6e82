"""``rules parse``, ``rules show`` and ``rules report`` over exports, documents and the store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from commands import PAGE, Run
from qualgraph.packaging import from_json
from rule_texts import RULE, row, written
from support import DOCUMENTS

XML = DOCUMENTS / "component.xml"


def test_an_export_is_parsed_row_by_row_and_broken_rows_are_told(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "register.jsonl", row(), "{broken", row(code="ZZZ30220"))
    out = tmp_path / "rules.jsonl"
    done = run("rules", "parse", path, "--format", "jsonl", "--out", out)
    assert done.code == 3
    assert f"{path}:2: is no JSON." in done.err
    assert "1 document or line gave no packaging rule." in done.err
    assert done.out == f"{out}: written, 2 packaging rules\n"
    rules = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(rule["code"], rule["status"]) for rule in rules] == [
        ("ZZZ30120", "complete"),
        ("ZZZ30220", "complete"),
    ]
    again = run("rules", "parse", out, "--format", "jsonl")
    assert (again.code, [json.loads(line) for line in again.out.splitlines()]) == (0, rules)


def test_every_kind_of_file_is_told_by_its_content(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    [sheet] = book.worksheets
    sheet.append(["Code", "Title", "Packaging Rules"])
    sheet.append(["ZZZ30120", "Certificate III in Kites", RULE])
    book.save(tmp_path / "given")
    text = tmp_path / "rule"
    text.write_text(RULE, encoding="utf-8")
    done = run("rules", "parse", tmp_path / "given", text, XML, PAGE, "--json")
    assert done.code == 0
    assert [rule["code"] for rule in done.data] == ["ZZZ30120", None, "ZZZ30124", "ZZZ40120"]
    given = run("rules", "parse", text, "--code", "ZZZ30120", "--title", "Certificate III in Kites", "--json")
    assert given.data[0] == done.data[0]


def test_no_rule_at_all_is_still_whole_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("{", encoding="utf-8")
    done = run("rules", "parse", path, "--format", "json")
    assert (done.code, done.data) == (3, [])


def test_rules_come_out_while_others_are_still_to_come(tmp_path: Path) -> None:
    """A reader of the pipe gets the first rule before the writer has written the second."""
    command = [sys.executable, "-m", "qualgraph", "rules", "parse", "-", "--format", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(row()).encode() + b"\n")
        first = process.stdout.readline()
        assert json.loads(first)["code"] == "ZZZ30120"
        process.stdin.write(json.dumps(row(code="ZZZ30220")).encode() + b"\n")
        process.stdin.close()
        assert json.loads(process.stdout.read())["code"] == "ZZZ30220"
        assert process.wait(timeout=60) == 0


def test_a_rule_of_the_store_is_shown_with_its_lines_and_its_document(run: Run, built: Path) -> None:
    done = run("rules", "show", "bsb50311", "--store", built)
    assert done.code == 0
    assert done.out.startswith("BSB50311 Diploma of Customer Contact\n")
    assert "[line 34]" in done.out
    assert "''" not in done.out
    assert done.out.rstrip().splitlines()[-1].startswith("  read from third-party-copy/BSB50311/")
    shown = run("rules", "show", "BSB50311", "--store", built, "--json").data
    assert from_json(shown).code == "BSB50311"
    assert run("rules", "show", "BSB50311", "--store", built, "--format", "html").out.startswith("<article")


def test_a_rule_that_is_not_there_says_what_is(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("rules", "show", "ZZZ30999", "--store", built)
    assert done.code == 2
    assert "It has those of BSB40307, BSB50307, BSB50311." in done.err
    path = written(tmp_path / "register.jsonl", row())
    done = run("rules", "show", "ZZZ30999", "--rules", path)
    assert done.code == 2
    assert "It has ZZZ30120." in done.err


def test_a_release_can_be_named(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "register.jsonl", row(release="1"), row(release="2"))
    assert "release 2" in run("rules", "show", "ZZZ30120", "--rules", path, "--release", "2").out
    done = run("rules", "show", "ZZZ30120", "--rules", path, "--release", "3")
    assert done.code == 2
    assert "no packaging rule of ZZZ30120 release 3" in done.err


def test_the_figures_are_split_by_training_package(run: Run, tmp_path: Path) -> None:
    unread = RULE.replace("Core units", "Electives are governed by the moon in 3 units.\nCore units", 1)
    short = RULE.replace("1 core unit", "2 core units", 1)
    path = written(
        tmp_path / "register.jsonl",
        row(),
        row(code="ZZY30120", tpCode=None, packagingRules=unread),
        row(code="22603VIC", tpCode=None, packagingRules="Nothing to see."),
        row(code="ZZZ30220", packagingRules=short),
    )
    done = run("rules", "report", path, "--unread")
    assert done.code == 0
    rows = {line.split()[0]: line.split()[1:] for line in done.out.splitlines()[2:6]}
    assert rows["ZZZ"] == ["2", "1", "1", "0", "2", "1/2", "1/2", "0"] or rows["ZZZ"][:3] == ["2", "1", "1"]
    assert rows["other"][:4] == ["1", "0", "0", "1"]
    assert rows["all"][0] == "4"
    assert (
        "ZZY30120 Certificate III in Kites\n  line 4: Electives are governed by the moon in 3 units."
        in done.out
    )
    data = run("rules", "report", path, "--json", "--unread").data
    assert (data["rules"], data["failed"], data["silent"]) == (4, 1, 0)
    assert data["packages"]["ZZZ"]["cores_agree"] == 1
    assert {item["code"] for item in data["unread_sentences"]} >= {"ZZY30120"}


def test_complete_rules_that_nobody_can_meet_are_named(run: Run, tmp_path: Path) -> None:
    from qualgraph.packaging import parse, to_json

    data = to_json(parse(RULE, code="ZZZ30120", title="Certificate III in Kites"))
    data["groups"][1]["units"] = ["ZZE101"]
    path = written(tmp_path / "rules.jsonl", data)
    done = run("rules", "report", path)
    assert "Complete, and no units could meet it: ZZZ30120." in done.out
    assert run("rules", "report", path, "--quick", "--json").data["infeasible"] == 0


def test_without_files_the_figures_are_of_the_store(run: Run, built: Path) -> None:
    data = run("rules", "report", "--store", built, "--json").data
    assert (data["rules"], data["complete"], data["sums"], data["cores_agree"]) == (3, 3, 3, 3)
    assert list(data["packages"]) == ["BSB"]


@pytest.mark.parametrize(
    "command", [("rules", "show", "ZZZ30120"), ("check", "ZZZ30120", "--units", "ZZC101")]
)
def test_without_a_store_the_hint_says_how_to_make_one(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = run(*command, "--store", tmp_path / "none")
    assert done.code == 4
    assert "qualgraph build" in done.err
