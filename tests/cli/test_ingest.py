"""``ingest``: what was read, what was not, and a store or file that is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commands import COPY, PAGE, Run
from qualgraph.cli.ingest import Text
from qualgraph.namespaces import QG
from qualgraph.rdf import IRI, parse_file
from qualgraph.triples import TextPolicy
from support import DOCUMENTS, seed_path

PROSE = IRI(f"{QG}sourceText")


def test_the_choices_of_text_are_those_of_the_triples() -> None:
    assert [choice.value for choice in Text] == [policy.value for policy in TextPolicy]


def test_ingest_says_what_it_read_and_what_it_did_not(run: Run, tmp_path: Path) -> None:
    done = run("ingest", PAGE, COPY.parent / "anzsco-page.txt", "--store", tmp_path / "store")
    assert done.code == 0
    assert f"{PAGE}: stored" in done.out
    assert "register-page: ZZZ40120 release 2 Certificate IV in Lighthouse Keeping" in done.out
    assert "2 mappings, 5 grid rows, 7 classification rows" in done.out
    assert "2 unit groups, 5 listed units" in done.out
    assert "anzsco-unit-group: 9876 LIGHT AND SIGNAL KEEPERS" in done.out
    assert f"{DOCUMENTS / 'anzsco-page.txt'}:" in done.out


def test_the_same_document_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = run("ingest", PAGE, "--store", store, "--json").data
    second = run("ingest", PAGE, "--store", store, "--json").data
    third = run("ingest", PAGE, "--store", store, "--json", "--replace").data
    assert [told[0]["action"] for told in (first, second, third)] == ["stored", "unchanged", "replaced"]
    assert first[0]["triples"] == second[0]["triples"] == third[0]["triples"]


def test_the_problems_of_a_file_that_is_not_read_again_are_told_as_before(run: Run, tmp_path: Path) -> None:
    store, folder = tmp_path / "store", DOCUMENTS / "anzsco-page.txt"
    [first] = run("ingest", folder, "--store", store, "--json").data
    kept = len(first["problems"])
    assert kept > 0
    again = run("ingest", folder, "--store", store)
    assert (
        f"{kept} problem{'s' if kept > 1 else ''} as before: 'qualgraph query document-problems'" in again.out
    )
    assert run("ingest", folder, "--store", store, "--json").data[0]["problems_kept"] == kept
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / folder.name).write_bytes(folder.read_bytes())
    whole = run("ingest", tmp_path / "folder", "--store", store)
    assert f"unchanged files: {kept} problem" in whole.out
    [row] = [line.split() for line in whole.out.splitlines() if line.startswith("anzsco")]
    assert row[-1] == str(kept)


def test_problems_that_differ_only_in_place_are_told_once_with_their_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from qualgraph.cli.ingest_report import Told, tell
    from qualgraph.model import Problem, ProblemKind

    alike = [
        Problem(kind=ProblemKind.NOT_READ, message=f"ZZZ10{at}: it is torn.", line=at) for at in range(1, 8)
    ]
    other = Problem(kind=ProblemKind.NOT_READ, message="The end is missing.", line=None)
    tell(Told(file="page.txt", action="stored", kind="page", problems=(*alike, other)))
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "  page.txt:1: not-read: ZZZ101: it is torn. (7 times: lines 1, 2, 3, 4, 5, ...)",
        "  page.txt: not-read: The end is missing.",
    ]


def test_what_an_ingest_that_was_killed_had_not_derived_the_next_one_derives(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("qualgraph.pipeline.refresh", lambda *_: False)
        assert run("ingest", PAGE, "--store", tmp_path / "store").code == 0
    assert not run("status", "--store", tmp_path / "store", "--json").data["current"]
    assert "unchanged" in run("ingest", PAGE, "--store", tmp_path / "store").out
    assert run("status", "--store", tmp_path / "store", "--json").data["current"]


def test_one_document_that_fails_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear keeper,\nthe lamp is lit.\n")
    done = run("ingest", letter, tmp_path / "missing.txt", PAGE, "--store", tmp_path / "store")
    assert done.code == 3
    assert f"{letter}: not read" in done.out
    assert f"{PAGE}: stored" in done.out
    assert f"2 of 3 documents not read: {letter}, {tmp_path / 'missing.txt'}" in done.err
    kept = run("status", "--store", tmp_path / "store", "--json").data
    assert [document["name"] for document in kept["documents"]] == [PAGE.name]
    assert kept["current"] is True


def test_failures_are_data_for_a_program(run: Run, tmp_path: Path) -> None:
    done = run("ingest", COPY, PAGE, "--store", tmp_path / "store", "--json")
    assert done.code == 3
    failed, stored = done.data
    assert failed["error"]["error"] == "UnidentifiedDocumentError"
    assert stored["counts"]["listed unit"] == 5
    assert stored["subject"] == "ZZZ40120"


def test_a_code_is_given_for_one_document_only(run: Run, tmp_path: Path) -> None:
    assert run("ingest", COPY, "--code", "ZZZ50120", "--store", tmp_path / "a").code == 0
    done = run("ingest", COPY, PAGE, "--code", "ZZZ50120", "--store", tmp_path / "b")
    assert done.code == 2
    assert "one document" in done.err
    assert not (tmp_path / "b").exists()


def test_an_older_copy_needs_leave_to_replace_a_newer_one(run: Run, tmp_path: Path) -> None:
    older = tmp_path / PAGE.name
    older.write_text(
        PAGE.read_text(encoding="utf-8").replace("Items per page", "Items a page"), encoding="utf-8"
    )
    store = tmp_path / "store"
    run("ingest", PAGE, "--retrieved", "2026-03-01", "--store", store)
    refused = run("ingest", older, "--retrieved", "2025-01-01", "--store", store)
    assert refused.code == 3
    assert "--replace" in refused.err
    assert run("ingest", older, "--retrieved", "2025-01-01", "--replace", "--store", store).code == 0


@pytest.mark.parametrize("said", ["yesterday", "2026-13-01"])
def test_a_day_is_a_day_of_the_calendar(run: Run, said: str) -> None:
    assert run("ingest", PAGE, "--retrieved", said).code == 2


def test_a_file_of_triples_instead_of_a_store(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.ttl"
    done = run("ingest", PAGE, "--out", out, "--text", "all")
    assert done.code == 0
    assert f"{PAGE}: written" in done.out
    assert any(quad.predicate == PROSE for quad in parse_file(out))
    assert not (tmp_path / "default-store").exists()
    again = tmp_path / "again.ttl"
    run("ingest", PAGE, "--out", again, "--text", "all")
    assert again.read_bytes() == out.read_bytes()


def test_without_text_no_prose_of_the_document_is_published(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.ttl"
    run("ingest", PAGE, "--out", out, "--text", "none")
    assert not any(quad.predicate == PROSE for quad in parse_file(out))
    assert "Lamp units were dropped" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_every_syntax_holds_the_same_triples(run: Run, tmp_path: Path, ending: str) -> None:
    assert run("ingest", PAGE, "--out", tmp_path / "page.ttl").code == 0
    assert run("ingest", PAGE, "--out", tmp_path / f"other.{ending}").code == 0
    expected = {str(quad.triple) for quad in parse_file(tmp_path / "page.ttl")}
    found = list(parse_file(tmp_path / f"other.{ending}"))
    assert {str(quad.triple) for quad in found} == expected
    named = ending in ("nq", "trig", "jsonld")
    assert all(str(quad.graph_name).startswith("<") is named for quad in found)


def test_a_file_is_left_as_it_was_when_a_document_fails(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.ttl"
    out.write_text("# mine\n")
    done = run("ingest", PAGE, COPY, "--out", out)
    assert done.code == 3
    assert f"{PAGE}: not written" in done.out
    assert out.read_text() == "# mine\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.ttl"]


def test_a_file_that_cannot_be_written_is_one_error(run: Run, tmp_path: Path) -> None:
    done = run("ingest", PAGE, "--out", tmp_path / "no" / "such" / "folder" / "out.ttl")
    assert done.code == 2
    assert "cannot be written" in done.err
    assert run("ingest", PAGE, "--out", tmp_path / "out.doc").code == 3


def test_identifiers_may_begin_with_a_base_of_ones_own(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.ttl"
    assert run("ingest", PAGE, "--out", out, "--base-iri", "https://data.example.org/").code == 0
    assert "https://data.example.org/qualification/ZZZ40120" in out.read_text(encoding="utf-8")
    assert run("ingest", PAGE, "--out", out, "--base-iri", "example").code == 2


def test_the_seeds_are_read_and_the_copy_asks_for_its_code(run: Run, tmp_path: Path) -> None:
    seeds = [seed_path(number) for number in ("000", "001", "003", "004")]
    done = run("ingest", *seeds, "--store", tmp_path / "store", "--json")
    assert done.code == 3
    assert [told.get("action") for told in done.data] == ["stored", "stored", None, "stored"]
    assert done.data[2]["error"]["error"] == "UnidentifiedDocumentError"
    assert "--code" in done.data[2]["error"]["hint"]


def test_an_ingest_that_nobody_reads_on_ends_with_141_and_has_derived(run: Run, tmp_path: Path) -> None:
    read = [path for path in sorted(DOCUMENTS.glob("*.txt")) if path.name != "third-party-copy.txt"]
    command = [sys.executable, "-m", "qualgraph", "ingest", *map(str, read)]
    with subprocess.Popen(
        [*command, "--store", str(tmp_path / "s")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141
    assert run("status", "--json", "--store", tmp_path / "s").data["current"]


def test_a_folder_is_summed_up_by_source_with_what_was_passed_over(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / PAGE.name).write_bytes(PAGE.read_bytes())
    (folder / "letter.txt").write_text("Dear keeper,\nthe lamp is lit.\n")
    first = run("ingest", folder, "--store", tmp_path / "store")
    assert first.code == 0
    [row] = [line.split() for line in first.out.splitlines() if line.startswith("register-page ")]
    assert row[:4] == ["register-page", "1", "1", "0"]
    told = f"{folder}: 1 file passed over, as each is no document that a reader knows: letter.txt"
    assert told in first.out.splitlines()
    second = run("ingest", folder, "--store", tmp_path / "store")
    [row] = [line.split() for line in second.out.splitlines() if line.startswith("register-page ")]
    assert row[:4] == ["register-page", "1", "0", "1"]
    passed, read = run("ingest", folder, "--store", tmp_path / "store", "--json").data
    assert passed["passed_over"] is True
    assert read["action"] == "unchanged"


def test_a_broken_file_in_a_folder_is_an_error_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(PAGE.read_bytes())
    done = run("ingest", folder, "--store", tmp_path / "store")
    assert done.code == 3
    assert "is empty" in done.err
    assert len(run("status", "--store", tmp_path / "store", "--json").data["documents"]) == 1


def test_a_folder_without_files_is_an_error_and_makes_no_store(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "nothing here"
    (empty / "below").mkdir(parents=True)
    done = run("ingest", empty, "--store", tmp_path / "store")
    assert done.code == 2
    assert str(empty) in done.err
    assert "no file" in done.err
    assert not (tmp_path / "store").exists()
