"""``rules parse`` and ``reason``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import COPY, PAGE, Run
from qualgraph.errors import NoJavaRuntimeError
from qualgraph.packaging import from_json
from qualgraph.reasoning import java_runtime
from support import DOCUMENTS, seed_path


def test_a_rule_is_told_in_words_with_its_lines(run: Run) -> None:
    done = run("rules", "parse", PAGE)
    assert done.code == 0
    assert done.out.startswith("ZZZ40120 Certificate IV in Lighthouse Keeping")
    assert "[line " in done.out


def test_rules_as_data_are_an_array_or_one_a_line(run: Run, tmp_path: Path) -> None:
    html = DOCUMENTS / "register-page.html"
    [first, second] = run("rules", "parse", PAGE, html, "--json").data
    lines = run("rules", "parse", PAGE, html, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == [first, second]
    assert first["code"] == "ZZZ40120"
    assert first["status"] in ("complete", "partial", "failed")
    out = tmp_path / "rules.jsonl"
    run("rules", "parse", PAGE, "--format", "jsonl", "--out", out)
    assert json.loads(out.read_text(encoding="utf-8")) == first


def test_in_detail_a_rule_can_be_read_back_whole(run: Run) -> None:
    [plain] = run("rules", "parse", PAGE, "--json").data
    [detailed] = run("rules", "parse", PAGE, "--json", "--detail").data
    assert "prerequisite_policy" not in plain
    assert from_json(detailed).groups[0].members[0].title == "Trim the lamp"


def test_a_document_without_a_rule_does_not_stop_the_others(run: Run) -> None:
    done = run("rules", "parse", DOCUMENTS / "anzsco-page.txt", PAGE, COPY, "--format", "jsonl")
    assert done.code == 3
    assert "states no packaging rule" in done.err
    assert "never states the code" in done.err
    assert "2 documents or lines gave no packaging rule" in done.err
    assert json.loads(done.out)["code"] == "ZZZ40120"


def test_a_code_is_for_one_document(run: Run) -> None:
    assert (
        json.loads(run("rules", "parse", COPY, "--code", "ZZZ50120", "--format", "jsonl").out)["code"]
        == "ZZZ50120"
    )
    assert run("rules", "parse", COPY, PAGE, "--code", "ZZZ50120").code == 2


@pytest.mark.parametrize(
    ("number", "code", "counts"),
    [("000", "BSB40307", (13, 7, 6)), ("001", "BSB50307", (10, 6, 4)), ("003", "BSB50311", (10, 3, 7))],
)
def test_the_rules_of_the_seeds_are_read_whole(
    run: Run, number: str, code: str, counts: tuple[int, int, int]
) -> None:
    [rule] = run("rules", "parse", seed_path(number), "--code", code, "--json").data
    assert rule["status"] == "complete"
    assert (rule["total"], rule["core"], rule["elective"]) == counts


def java_is_here() -> bool:
    try:
        java_runtime()
    except NoJavaRuntimeError:
        return False
    return True


@pytest.mark.skipif(not java_is_here(), reason="needs a Java runtime for the reasoner")
def test_an_ontology_that_contradicts_itself_is_exit_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.ttl"
    file.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix ex: <https://data.example.org/> . "
        "ex:Lamp a owl:Class ; owl:disjointWith ex:Horn . ex:Horn a owl:Class . ex:it a ex:Lamp , ex:Horn ."
    )
    done = run("reason", file, "--only-files")
    assert done.code == 1
    assert "NOT consistent" in done.out
    file.write_text(
        file.read_text().replace(", ex:Horn .", ".").replace("ex:Horn a owl:Class", "ex:Horn a owl:Class")
    )
    fine = run("reason", file, "--only-files", "--json")
    assert fine.code == 0
    assert fine.data["consistent"] is True


def test_without_java_the_hint_says_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUALGRAPH_JAVA", str(tmp_path / "no-java"))
    done = run("reason", "--json")
    assert done.code == 6
    assert done.error["error"] == "NoJavaRuntimeError"
    assert done.error["hint"]
