"""``validate``: a readable report and an exit code."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from commands import Run
from qualgraph.cli.validate import FailOn, ReportFormat
from qualgraph.validation import FORMATS, Severity

GOOD = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
<https://data.example.org/unit/ZZZLMP401> a qg:UnitOfCompetency ; qg:code "ZZZLMP401" .
"""
BAD = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
<https://data.example.org/unit/ZZZFOG402> a qg:UnitOfCompetency .
<https://data.example.org/mapping/1> a qg:SupersessionMapping .
"""
OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix ex: <https://data.example.org/shapes#> .
ex:Coded a sh:NodeShape ; sh:targetClass qg:UnitOfCompetency ;
  sh:property ex:CodedAtAll .
ex:CodedAtAll a sh:PropertyShape ; sh:path qg:code ; sh:minCount 1 ; sh:message "A unit has a code." .
"""


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.ttl"
    file.write_text(BAD)
    return file


def test_the_choices_are_those_of_validation() -> None:
    assert [form.value for form in ReportFormat] == list(FORMATS)
    assert {choice.value for choice in FailOn} == {severity.value for severity in Severity}


def test_findings_are_told_with_their_file_and_exit_1(run: Run, bad: Path) -> None:
    done = run("validate", bad)
    assert done.code == 1
    assert "Does not conform" in done.out
    assert "bad.ttl" in done.out


def test_what_is_said_is_as_data_too(run: Run, bad: Path) -> None:
    done = run("validate", bad, "--json")
    assert done.code == 1
    assert done.data["conforms"] is False
    rows = list(csv.DictReader(io.StringIO(run("validate", bad, "--format", "csv").out)))
    assert {row["shape"] for row in rows} == {finding["shape"] for finding in done.data["findings"]}


def test_shapes_of_ones_own_and_files_that_conform(run: Run, tmp_path: Path, bad: Path) -> None:
    good, own = tmp_path / "good.ttl", tmp_path / "own.ttl"
    good.write_text(GOOD)
    own.write_text(OWN)
    assert run("validate", good, "--shapes", own).code == 0
    refused = run("validate", good, bad, "--shapes", own)
    assert refused.code == 1
    assert "A unit has a code." in refused.out


def test_a_report_in_a_file_leaves_the_summary_on_the_terminal(run: Run, tmp_path: Path, bad: Path) -> None:
    out = tmp_path / "report.html"
    done = run("validate", bad, "--out", out)
    assert done.code == 1
    assert out.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert done.out.startswith("Does not conform")
    assert len(done.out.splitlines()) == 1


def test_data_about_something_else_is_exit_3(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .")
    done = run("validate", other)
    assert done.code == 3
    assert "Nothing here to check" in done.out


@pytest.mark.parametrize(
    ("name", "text"), [("broken.ttl", "<a> <b"), ("notes.doc", "text"), ("missing.ttl", None)]
)
def test_a_file_that_is_no_rdf_is_one_error(run: Run, tmp_path: Path, name: str, text: str | None) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    done = run("validate", tmp_path / name, "--json")
    assert done.code == 3
    assert done.error["error"] == "DataError"
    assert name in done.error["where"]


def test_shapes_that_are_not_there_are_one_error(run: Run, bad: Path, tmp_path: Path) -> None:
    done = run("validate", bad, "--shapes", tmp_path / "none.ttl")
    assert done.code in (2, 3)
    assert "error:" in done.err


def test_the_store_is_checked_where_no_file_is_given(run: Run, built: Path) -> None:
    done = run("validate", "--store", built, "--json")
    assert done.code == 0
    assert done.data["sources"] == [str(built)]
    assert done.data["findings"]
    assert all(finding["severity"] != "violation" for finding in done.data["findings"])
