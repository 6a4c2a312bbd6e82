"""``check``: one selection in words, JSON and HTML; many plans line by line; rules of files or of the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands import Run
from rule_texts import RULE, row, written
from support import shared_path

MEETS = ["ZZC101", "ZZE101", "ZZE102"]
BUCKET = RULE.replace(
    "Core units\n",
    "The elective units are to be chosen as follows:\nat least 1 must be from the electives listed below\n"
    "up to 1 may be from any currently endorsed Training Package at Diploma level\nCore units\n",
    1,
)
"""One elective may be imported, at Diploma level."""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return written(tmp_path / "rules.jsonl", row(), row(code="ZZZ30220", packagingRules=BUCKET))


def plans(path: Path, *lines: dict[str, Any] | str) -> Path:
    return written(path, *lines)


def test_the_verdict_comes_first_and_then_why(run: Run, rules: Path) -> None:
    done = run("check", "ZZZ30120", "--units", "zzc101, ZZE101", "--rules", rules)
    assert done.code == 1
    first, second, *rest = done.out.splitlines()
    assert first == "NOT SATISFIED  ZZZ30120 Certificate III in Kites"
    assert second == "These units do not meet the packaging rule."
    assert rest[1] == "What is missing"
    assert "needs 2 units; you have 1" in rest[2] or "need 2 units; you have 1" in rest[2]
    assert "One way to meet it with the fewest further units (1 further unit)" in rest
    assert "  core       ZZC101  Fly a kite" in rest
    assert done.out.rstrip().endswith(f"Rule read from: {rules}:1")


@pytest.mark.parametrize(
    ("units", "verdict", "code"),
    [(MEETS, "satisfied", 0), (MEETS[:2], "violated", 1), ([*MEETS[:2], "ZZX999"], "violated", 1)],
)
def test_the_exit_code_says_the_verdict(
    run: Run, rules: Path, units: list[str], verdict: str, code: int
) -> None:
    done = run("check", "ZZZ30120", "--units", ",".join(units), "--rules", rules, "--json")
    assert done.code == code
    assert (done.data["code"], done.data["verdict"]) == ("ZZZ30120", verdict)
    assert {item["unit"] for item in done.data["placed"]} == {*units} - {"ZZX999"}


def test_what_is_not_known_is_named_and_its_exit_code_is_3(run: Run, rules: Path) -> None:
    done = run("check", "ZZZ30220", "-u", "ZZC101", "-u", "ZZE101 ZZX999", "--rules", rules)
    assert done.code == 3
    assert done.out.startswith("UNKNOWN  ZZZ30220")
    assert "What is not known" in done.out
    assert "ZZX999" in done.out
    assert "Levels and sources of units not listed: the other rules of" in done.out


def test_the_other_rules_of_the_files_say_what_packages_an_import(run: Run, tmp_path: Path) -> None:
    other = RULE.replace("ZZE101 Mend a kite", "ZZX999 Own a kite shop")
    path = written(
        tmp_path / "rules.jsonl",
        row(packagingRules=BUCKET),
        row(code="ZZY50120", title="Diploma of Kites", packagingRules=other),
    )
    done = run("check", "ZZZ30120", "--units", "ZZC101,ZZE101,ZZX999", "--rules", path, "--json")
    assert (done.code, done.data["verdict"]) == (0, "satisfied")
    told = run("check", "ZZZ30120", "--units", "ZZC101,ZZE101,ZZX999", "--rules", path).out
    assert "ZZX999  (not listed; packaged at Diploma (ZZY50120))" in told


def test_a_code_that_nothing_knows_is_pointed_out(run: Run, rules: Path) -> None:
    done = run("check", "ZZZ30220", "--units", "ZZC101,ZZE1O1", "--rules", rules)
    assert done.code == 1
    assert "ZZE1O1  (not listed; no known qualification packages it: check the code)" in done.out


def test_a_file_that_cannot_be_opened_is_told_once(run: Run, tmp_path: Path) -> None:
    done = run("check", "ZZZ30120", "--units", "ZZC101", "--rules", tmp_path / "absent.txt")
    assert done.code == 2
    assert done.err.count("cannot be opened") == 1


def test_a_verdict_as_html_stands_with_its_rule(run: Run, rules: Path, tmp_path: Path) -> None:
    out = tmp_path / "verdict.html"
    done = run("check", "ZZZ30120", "--units", "ZZC101", "--rules", rules, "--format", "html", "--out", out)
    assert done.code == 1
    assert out.read_text(encoding="utf-8").count("<article") == 2


def test_a_text_of_one_rule_needs_no_code_and_takes_a_given_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rule.txt"
    path.write_text(RULE, encoding="utf-8")
    assert run("check", "--units", ",".join(MEETS), "--rules", path).code == 0
    named = run("check", "ZZZ30120", "--units", ",".join(MEETS), "--rules", path, "--json")
    assert (named.code, named.data["code"]) == (0, "ZZZ30120")


def test_the_store_has_rules_too(run: Run, built: Path) -> None:
    done = run("check", "BSB50311", "--units", "BSBCCO504A,BSBLED501A", "--store", built)
    assert done.code == 1
    assert "Missing: BSBMGT516C." in done.out
    assert "Rule read from: third-party-copy/BSB50311" in done.out
    assert run("check", "ZZZ30120", "--units", "ZZC101", "--store", built).code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("ZZZ30120",),
        ("ZZZ30120", "--units", "ZZC101", "--plans", "plans.jsonl"),
        ("--units", "ZZC101"),
        ("ZZZ30999", "--units", "ZZC101"),
        ("ZZZ30120", "--units", "ZZC101", "--specialisation", "Gliders"),
        ("--plans", "absent.jsonl"),
    ],
)
def test_a_wrong_command_is_exit_2(run: Run, rules: Path, arguments: tuple[str, ...]) -> None:
    done = run("check", *arguments, "--rules", rules, "--json")
    assert done.code == 2
    assert done.error["what"]
    assert done.out in ("", "[\n]\n", "[")


def test_each_plan_has_a_verdict_in_the_order_given(run: Run, rules: Path, tmp_path: Path) -> None:
    path = plans(
        tmp_path / "plans.jsonl",
        {"id": "b", "code": "ZZZ30120", "units": MEETS},
        {"id": 7, "code": "zzz30120", "units": "ZZC101, ZZE101"},
        {"id": "c", "code": "ZZZ30999", "units": MEETS},
        {"id": "d", "code": "ZZZ30120", "units": MEETS, "specialisation": "Gliders"},
        {"code": "ZZZ30120", "units": MEETS, "specialisation": None, "why": "more keys do no harm"},
    )
    done = run("check", "--plans", path, "--rules", rules, "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [(each["id"], each["verdict"]) for each in found] == [
        ("b", "satisfied"),
        (7, "violated"),
        ("c", "unknown"),
        ("d", "unknown"),
        (5, "satisfied"),
    ]
    assert found[0]["placed"][0] == {"unit": "ZZC101", "slot": "core"}
    assert found[2]["unknowns"][0]["fact"] == "the packaging rule of ZZZ30999"
    assert "no specialisation named 'Gliders'" in found[3]["unknowns"][0]["fact"]
    assert done.code == 1
    assert run("check", "--plans", path, "--rules", rules, "--json").data == found
    told = run("check", "--plans", path, "--rules", rules).out.splitlines()
    assert told[0] == "b  ZZZ30120  SATISFIED"
    assert told[-1] == "5 plans: 2 satisfied, 1 not satisfied, 2 unknown"


def test_outcomes_alone_are_the_same_verdicts(run: Run, rules: Path, tmp_path: Path) -> None:
    path = plans(
        tmp_path / "plans.jsonl",
        *(
            {"code": code, "units": [*MEETS[:n], *more]}
            for code in ("ZZZ30120", "ZZZ30220", "ZZZ30999")
            for n in range(4)
            for more in ([], ["ZZX999"], ["ZZE103"])
        ),
    )
    full, fast = (
        run("check", "--plans", path, "--rules", rules, "--format", "jsonl", *more).out.splitlines()
        for more in ((), ("--outcomes",))
    )
    assert len(full) == 36
    assert [json.loads(line)["verdict"] for line in full] == [json.loads(line)["verdict"] for line in fast]
    assert {json.loads(line)["verdict"] for line in full} == {"satisfied", "violated", "unknown"}


def test_a_line_that_is_no_plan_is_told_by_its_number_and_stops_nothing(
    run: Run, rules: Path, tmp_path: Path
) -> None:
    broken = ["{", "[]", '{"units": ["ZZC101"]}', '{"code": "ZZZ30120"}', '{"code": 3, "units": []}']
    good = {"id": "good", "code": "ZZZ30120", "units": MEETS}
    path = plans(tmp_path / "plans.jsonl", *broken, "x" * 1_100_000, "", good, '{"id": [], "code": "A"}')
    out = tmp_path / "verdicts.jsonl"
    done = run("check", "--plans", path, "--rules", rules, "--format", "jsonl", "--out", out)
    assert done.code == 3
    [verdict] = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(verdict)["id"] == "good"
    for number in (1, 2, 3, 4, 5, 6, 9):
        assert f"{path}:{number}: " in done.err
    assert f"{path}:7: " not in done.err
    assert "7 lines or documents not read." in done.err
    assert done.out == "1 plan: 1 satisfied, 0 not satisfied, 0 unknown\n"


def test_the_code_given_holds_for_plans_that_name_none(run: Run, rules: Path) -> None:
    line = json.dumps({"units": MEETS}) + "\n"
    done = run("check", "ZZZ30120", "--plans", "-", "--rules", rules, "--format", "jsonl", stdin=line)
    assert done.code == 0
    assert json.loads(done.out)["verdict"] == "satisfied"


def test_where_nothing_could_be_decided_the_exit_code_is_3(run: Run, rules: Path) -> None:
    line = json.dumps({"code": "ZZZ30999", "units": MEETS}) + "\n"
    assert run("check", "--plans", "-", "--rules", rules, stdin=line).code == 3


def test_of_no_plans_nothing_is_decided(run: Run, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "plans.jsonl").write_text("\n", encoding="utf-8")
    assert run("check", "--plans", tmp_path / "plans.jsonl", "--rules", rules).code == 3


def test_a_plan_without_a_rule_says_that_the_rule_is_not_known(run: Run, rules: Path, tmp_path: Path) -> None:
    path = plans(tmp_path / "plans.jsonl", {"id": "a", "code": "ZZY99999", "units": ["ZZC101"]})
    done = run("check", "--plans", path, "--rules", rules)
    assert "a  ZZY99999  UNKNOWN  Not known: the packaging rule of ZZY99999." in done.out


def test_known_verdicts_of_real_rules_are_never_contradicted(run: Run, tmp_path: Path) -> None:
    cases = shared_path("corpus", "packaging-devset", "judge-cases.jsonl")
    texts = shared_path("corpus", "packaging-devset", "inputs.jsonl")
    wanted = {case["id"]: case["expected"] for case in map(json.loads, cases.read_text().splitlines())}
    out = tmp_path / "verdicts.jsonl"
    run("check", "--plans", cases, "--rules", texts, "--format", "jsonl", "--out", out)
    found = {each["id"]: each["verdict"] for each in map(json.loads, out.read_text().splitlines())}
    assert len(wanted) == 272
    assert found.keys() == wanted.keys()
    assert {id: found[id] for id in wanted if found[id] not in (wanted[id], "unknown")} == {}


def test_a_file_that_holds_no_plans_does_not_flood_the_screen(run: Run, rules: Path, tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text("id,code\n" * 500, encoding="utf-8")
    done = run("check", "--plans", path, "--rules", rules)
    assert done.code == 3
    assert done.err.count("is no JSON.") == 20
    assert "What else cannot be read is counted" in done.err
    assert "500 lines or documents not read." in done.err
    assert run("check", "--plans", path, "--rules", rules, "--json").err.count("is no JSON.") == 500
