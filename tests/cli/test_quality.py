"""``qualgraph quality``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import Run
from qualgraph.catalogue import Severity
from qualgraph.cli.quality import FailOn
from qualgraph.errors import QueryTimeoutError
from qualgraph.store import Answer, OxigraphStore


def test_counts_are_shown_by_severity_with_an_example(run: Run, built: Path) -> None:
    done = run("quality", "--store", built)
    assert done.code == 0
    assert done.out.index("supersession-circles") < done.out.index("titles-that-differ")
    assert "BSBHRM506A" in done.out
    assert "0 errors, " in done.out


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_exit_code_says_whether_anything_so_bad_was_found(
    run: Run, built: Path, least: str, code: int
) -> None:
    assert run("quality", "--store", built, "--fail-on", least).code == code


def test_a_failure_can_be_asked_for_at_every_severity() -> None:
    assert {choice.value for choice in FailOn} == {*(severity.value for severity in Severity), "never"}


def test_only_the_severities_asked_for_are_shown(run: Run, built: Path) -> None:
    done = run("quality", "--store", built, "--severity", "error, info", "--json")
    assert {check["severity"] for check in done.data["checks"]} == {"error", "info"}


def test_an_unknown_severity_is_refused_with_those_there_are(run: Run, built: Path) -> None:
    done = run("quality", "--store", built, "--severity", "error,awful")
    assert done.code == 2
    assert "'awful' is no severity" in done.err
    assert "error, warning, info" in done.err


def test_a_report_goes_to_a_file_in_the_form_of_its_ending(run: Run, built: Path, tmp_path: Path) -> None:
    for name in ("report.md", "report", "report.json"):
        done = run("quality", "--store", built, "--out", tmp_path / name)
        assert "written, 0 errors" in done.out
    assert (tmp_path / "report.md").read_text().startswith("# Quality of the store")
    assert (tmp_path / "report").read_text() == (tmp_path / "report.md").read_text()
    assert json.loads((tmp_path / "report.json").read_text())["rows"]["error"] == 0
    assert run("quality", "--store", built, "--out", tmp_path / "report.docx").code == 2


def test_questions_out_of_time_are_told_as_not_answered_in_every_form(
    run: Run, built: Path, tmp_path: Path
) -> None:
    out_of_time = ("quality", "--store", built, "--severity", "error", "--timeout", "0.001")
    shown = run(*out_of_time)
    assert shown.code == 3
    assert shown.out.count("not answered: ran out of 0.001 s") == 4
    assert "0 errors, 0 warnings, 0 info, 4 questions not answered." in shown.out
    told = run(*out_of_time, "--json")
    assert told.code == 3
    assert len(told.data["not_answered"]) == 4
    assert {(check["rows"], check["not_answered"]) for check in told.data["checks"]} == {
        (None, "ran out of 0.001 s")
    }
    page = tmp_path / "report.md"
    assert run(*out_of_time, "--out", page).code == 3
    assert page.read_text().count("| not answered: ran out of 0.001 s |") == 4


@pytest.mark.parametrize("least", FailOn)
def test_the_exit_code_says_that_a_question_was_not_answered_whatever_the_others_found(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, least: FailOn
) -> None:
    answered = OxigraphStore.query

    def but_one(self: OxigraphStore, sparql: str, *, timeout: float | None = None) -> Answer:
        if "wasRevisionOf ?earlier" in sparql:
            raise QueryTimeoutError("was not answered within 9 s and was stopped.", where="query")
        return answered(self, sparql)

    monkeypatch.setattr(OxigraphStore, "query", but_one)
    done = run("quality", "--store", built, "--timeout", "9", "--fail-on", least)
    assert done.code == 3
    [late] = [line for line in done.out.splitlines() if "not answered:" in line]
    assert " ".join(late.split()) == "warning dates-out-of-order ? ? not answered: ran out of 9 s"
    assert "BSBHRM506A" in done.out


def test_a_question_asked_by_its_name_that_runs_out_of_time_is_an_error(run: Run, built: Path) -> None:
    done = run("query", "supersession-circles", "--store", built, "--timeout", "0.001")
    assert (done.code, done.out) == (2, "")
    assert "was not answered within 0.001 s" in done.err
