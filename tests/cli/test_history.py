"""``qualgraph history``."""

from __future__ import annotations

from pathlib import Path

from commands import Run


def test_steps_and_where_they_lead_are_shown_with_their_source(run: Run, built: Path) -> None:
    done = run("history", "BSB40307", "--store", built)
    assert done.code == 0
    assert "+1  BSB40307 Certificate IV in Customer Contact -> BSB40311" in done.out
    assert "equivalent, last day 2011-11-27  [register-page/BSB40307/release-1:16]" in done.out
    assert "  BSB40307 Superseded  [register-page/BSB40307/release-1:13]\n" in done.out
    assert "(status UNKNOWN) by BSB40307 -> BSB40311: equivalent" in done.out


def test_a_component_without_a_chain_says_so(run: Run, built: Path) -> None:
    done = run("history", "BSB50311", "--store", built)
    assert done.out.count("nothing that a document names") == 2
    assert "Where it leads" not in done.out


def test_a_program_gets_json_and_an_error_with_codes_like_the_one_given(run: Run, built: Path) -> None:
    told = run("history", "BSB40311", "--store", built, "--json").data
    assert told["supersedes"][0]["distance"] == -1
    failed = run("history", "BSB50312", "--store", built, "--json")
    assert (failed.code, failed.error["error"]) == (2, "UnknownComponentError")
    assert "BSB50311" in failed.error["hint"]
    assert run("history", "BSB40307", "--policy", "None", "--store", built).code == 2
