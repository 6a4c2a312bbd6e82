"""``build`` and ``status``."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from commands import PAGE, Run
from qualgraph.store import open_store


def test_the_version_is_that_of_the_package(run: Run) -> None:
    done = run("--version")
    assert done.code == 0
    assert done.out.strip() == f"qualgraph {version('qualgraph')}"


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    done = run()
    assert "Usage: qualgraph" in done.out + done.err


@pytest.mark.parametrize(
    "command",
    ["build", "ingest", "status", "show", "queries", "query", "validate", "rules parse", "reason"],
)
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.code == 0
    assert "Examples:" in done.out
    assert f"qualgraph {command}" in done.out


def test_build_makes_a_store_and_building_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "made" / "store"
    first = run("build", "--store", store, "--json")
    assert first.code == 0
    assert {document["kind"] for document in first.data["documents"]} == {
        "register-page",
        "register-pdf",
        "third-party-copy",
        "anzsco-unit-group",
    }
    second = run("build", "--store", store, "--json")
    assert second.data["triples"] == first.data["triples"]
    assert second.data["current"] is True


def test_build_says_what_it_built(run: Run, tmp_path: Path) -> None:
    done = run("build", "--store", tmp_path / "store")
    assert re.search(r"Built .*: [\d,]+ triples in \d+ graphs\.", done.out)
    assert "It holds 4 documents" in done.out


def test_the_store_may_be_named_by_the_variable(run: Run, tmp_path: Path) -> None:
    run("build")
    assert run("status", "--json").data["location"] == str(tmp_path / "default-store")


def test_status_lists_documents_and_graphs(run: Run, built: Path) -> None:
    done = run("status", "--store", built)
    assert done.code == 0
    assert "derived    up to date" in done.out
    assert "register-page/BSB40307/release-1" in done.out
    assert "https://w3id.org/qualgraph/id/graph/ontology" in done.out
    assert not any(line != line.rstrip() for line in done.out.splitlines())


def test_status_for_a_program_has_every_document_with_its_checksum(run: Run, built: Path) -> None:
    told = run("status", "--store", built, "--json").data
    assert len(told["documents"]) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", document["sha256"]) for document in told["documents"])
    assert told["triples"] == sum(told["graphs"].values())


def test_the_sources_of_a_store_are_told_by_kind_and_each_with_its_checksum(run: Run, built: Path) -> None:
    done = run("status", "--sources", "--store", built)
    kinds, documents = done.out.split("\n\n")
    assert kinds.splitlines()[0].split() == ["kind", "documents", "triples", "problems"]
    assert "anzsco-unit-group          1" in kinds
    for document in run("status", "--store", built, "--json").data["documents"]:
        [line] = [line for line in documents.splitlines() if document["sha256"] in line]
        assert line.startswith(document["kind"])
        assert f"{document['triples']:,}" in line


def test_build_cannot_write_to_an_endpoint_or_over_a_file(run: Run, tmp_path: Path) -> None:
    taken = tmp_path / "notes.txt"
    taken.write_text("mine")
    done = run("build", "--store", taken)
    assert done.code == 4
    assert taken.read_text() == "mine"


def test_a_store_that_another_process_writes_is_locked(run: Run, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", read_only=False):
        done = run("build", "--store", tmp_path / "store")
    assert done.code == 4
    assert "another process is writing" in done.err


def test_reading_a_stale_store_warns_once_and_says_the_repair(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    with monkeypatch.context() as patched:
        patched.setattr("qualgraph.pipeline.refresh", lambda *_: False)
        assert run("ingest", PAGE, "--store", store).code == 0
    done = run("query", "documents", "--store", store)
    assert done.code == 0
    assert done.err.count("warning:") == 1
    assert "qualgraph build" in done.err
    assert "out of date" in run("status", "--store", store).out
    run("build", "--store", store)
    assert run("query", "documents", "--store", store).err == ""
