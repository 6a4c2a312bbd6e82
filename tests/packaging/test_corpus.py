"""Real rules beside the checkout: no silent error on the development set, agreement over the register."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from qualgraph.packaging import parse, to_json
from support import shared_path


def score(lines: list[str], tmp_path: Path) -> dict[str, str]:
    """The summary that the development set's own scorer gives."""
    parsed = tmp_path / "parsed.jsonl"
    parsed.write_text("\n".join(lines), encoding="utf-8")
    folder = shared_path("corpus", "packaging-devset")
    command = [sys.executable, str(folder / "score_parse.py"), str(folder / "gold"), str(parsed), "--quiet"]
    summary = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().split("\n")[-1]
    )
    return dict(pair.split("=", 1) for pair in summary.split())


def test_the_development_set_has_no_silent_error(tmp_path: Path) -> None:
    inputs = (
        shared_path("corpus", "packaging-devset", "inputs.jsonl").read_text(encoding="utf-8").splitlines()
    )
    texts = [json.loads(line) for line in inputs]
    assert len(texts) == 28
    parsed = [json.dumps(to_json(parse(text["packagingRules"], code=text["code"]))) for text in texts]
    figures = score(parsed, tmp_path)
    assert figures["silent_errors"] == "0"
    assert figures["silent_strict"] <= "1", (
        "two units joined by 'or' in a list, which the set has only as a note"
    )
    assert figures["spec_recall"] == figures["prereq_recall"] == "1.000"
    assert figures["core_set"] == figures["groups"] == "1.000"
    assert float(figures["complete"]) >= 0.96
    assert float(figures["rules"]) >= 0.98


def test_a_complete_rule_of_the_register_agrees_with_its_own_counts() -> None:
    path = shared_path("corpus", "register-2026", "packaging-rules.jsonl")
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line][::6]
    assert len(texts) == 127
    complete = 0
    for text in texts:
        rule = parse(text["packagingRules"], code=text["code"])
        assert rule.status == "complete" or rule.unread
        if rule.status == "complete":
            complete += 1
            if rule.measure == "units":
                assert rule.core is None or len(set(rule.core_units)) == rule.core, rule.code
            assert rule.total is None or rule.total == (rule.core or 0) + (rule.electives_needed or 0), (
                rule.code
            )
    assert complete >= 55
