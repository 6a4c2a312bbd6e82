"""``qualgraph diff``."""

from __future__ import annotations

import gzip
from pathlib import Path

from commands import Run


def test_a_build_and_its_backup_are_the_same(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b.nq.gz", "--store", built).code == 0
    done = run("diff", tmp_path / "b.nq.gz", built)
    assert (done.code, done.out) == (0, "Nothing changed.\n")


def test_changes_make_the_exit_code_one_and_are_written_as_text_and_json(
    run: Run, built: Path, tmp_path: Path
) -> None:
    run("backup", tmp_path / "b.nq.gz", "--store", built)
    text = gzip.decompress((tmp_path / "b.nq.gz").read_bytes()).decode()
    (tmp_path / "c.nq").write_text(text.replace("Manage projects", "Manage big projects"), encoding="utf-8")
    done = run("diff", tmp_path / "b.nq.gz", tmp_path / "c.nq")
    assert done.code == 1
    assert "BSBPMG510A: Manage projects -> Manage big projects" in done.out
    told = run("diff", built, tmp_path / "c.nq", "--json").data
    assert told["counts"]["titles"]["changed"] == 1
    assert run("diff", built, tmp_path / "c.nq", "--out", tmp_path / "changes.txt").out == ""
    assert (tmp_path / "changes.txt").read_text().startswith("titles: 1 changed")


def test_what_is_no_build_is_refused(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("diff", built, tmp_path / "none.nq").code == 2
    (tmp_path / "build.nq").write_text("no quad\n")
    assert run("diff", tmp_path / "build.nq", built, "--json").error["error"] == "DataError"
