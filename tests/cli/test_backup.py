"""``qualgraph backup`` and ``qualgraph restore``."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import Run


@pytest.fixture(scope="module")
def file(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from typer.testing import CliRunner

    from qualgraph.cli.application import app

    path = tmp_path_factory.mktemp("backup") / "register.nq.gz"
    done = CliRunner().invoke(app, ["backup", str(path), "--store", str(built)])
    assert "written, " in done.output
    return path


def test_a_restored_store_answers_as_the_first_did(run: Run, built: Path, file: Path, tmp_path: Path) -> None:
    done = run("restore", file, "--store", tmp_path / "new")
    assert (done.code, "restored, " in done.out) == (0, True)
    asked = ("query", "superseded-by", "code=BSB40307", "--format", "csv", "--store")
    assert run(*asked, tmp_path / "new").out == run(*asked, built).out
    status = run("status", "--store", tmp_path / "new", "--json").data
    assert status["current"]
    assert status["graphs"] == run("status", "--store", built, "--json").data["graphs"]


def test_a_store_that_holds_something_is_refused_and_with_replace_it_is_not(
    run: Run, file: Path, tmp_path: Path
) -> None:
    assert run("restore", file, "--store", tmp_path / "new").code == 0
    again = run("restore", file, "--store", tmp_path / "new")
    assert again.code == 4
    assert "--replace" in again.err
    assert run("restore", file, "--store", tmp_path / "new", "--replace", "--json").data["triples"] > 7000


def test_a_broken_backup_makes_no_store(run: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.nq.gz").write_bytes(file.read_bytes()[:9999])
    done = run("restore", tmp_path / "cut.nq.gz", "--store", tmp_path / "new", "--json")
    assert (done.code, done.error["error"]) == (3, "DataError")
    assert not (tmp_path / "new").exists()
    assert run("restore", tmp_path / "none.nq.gz", "--store", tmp_path / "new").code == 3


def test_a_backup_can_be_checked_without_a_store(run: Run, file: Path, tmp_path: Path) -> None:
    done = run("restore", file, "--check", "--store", tmp_path / "new")
    assert (done.code, "whole and unchanged" in done.out) == (0, True)
    assert not (tmp_path / "new").exists()


def test_an_empty_store_and_a_folder_that_is_not_there_are_refused(
    run: Run, built: Path, tmp_path: Path
) -> None:
    assert run("backup", tmp_path / "b.nq.gz", "--store", tmp_path / "none").code == 4
    assert not (tmp_path / "b.nq.gz").exists()
    assert run("backup", tmp_path / "none" / "b.nq.gz", "--store", built).code == 2
