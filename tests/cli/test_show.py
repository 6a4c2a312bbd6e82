"""``show``: one component for a person, or as data."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from commands import PAGE, Run
from qualgraph.cli.profile import lines_of
from qualgraph.overview import overview
from qualgraph.packaging import rule_html
from qualgraph.rulebook import readings_of, rule_of
from qualgraph.store import open_store
from support import DOCUMENTS


@pytest.fixture
def invented(run: Run, tmp_path: Path) -> Path:
    store = tmp_path / "store"
    assert run("ingest", PAGE, "--text", "none", "--store", store).code == 0
    assert run("ingest", DOCUMENTS / "third-party-copy.txt", "--code", "ZZZ50120", "--store", store).code == 0
    return store


def test_a_qualification_is_shown_with_everything_a_person_asks_first(run: Run, invented: Path) -> None:
    done = run("show", "zzz40120", "--store", invented)
    assert done.code == 0
    for wanted in (
        "ZZZ40120  Certificate IV in Lighthouse Keeping",
        "qualification  https://w3id.org/qualgraph/id/qualification/ZZZ40120",
        "Status         Superseded  [1:",
        "Superseded by  ZZZ40125 Certificate IV in Coastal Signals, not equivalent, last day of the superseded one "
        "2025-06-30",
        "Supersedes     ZZZ40115 Certificate IV in Lighthouse Keeping, equivalent, last day of the superseded one "
        "2020-03-14",
        "Release        2, 2022-02-01, described here  [1:",
        "Release        1, 2020-03-15  [1:",
        "Packaging rule of release 2",
        "ZZZLMP401  Trim the lamp (Superseded)",
        "Unit grid: 5 of 5 rows seen",
        "level of education",
        "Pathway in ",
        "Pathway out ",
        "Job roles      ",
        "Licensing      a note that was not interpreted: see the document  [1:88]",
        "Employability skills",
        "Examples of units for an outcome (advice, not rules)",
        f"[1] {PAGE.name} (register-page) describes it",
    ):
        assert wanted in done.out


def test_an_entry_requirement_is_not_hidden_by_a_section_that_says_there_is_none(
    run: Run, tmp_path: Path
) -> None:
    text = PAGE.read_text("utf-8")
    page = tmp_path / "page.txt"
    page.write_text(text + "\n\nEntry Requirements\n\nNot applicable.\n", "utf-8")
    assert run("ingest", page, "--store", tmp_path / "store").code == 0
    done = run("show", "ZZZ40120", "--store", tmp_path / "store")
    assert "Entry required stated in the document  [1:" in done.out
    assert "Entry required none  [1:" in done.out
    assert (
        run("show", "ZZZ40120", "--store", tmp_path / "store", "--json").data["entry_none_required"] is False
    )


def test_a_status_that_no_document_states_is_unknown(run: Run, invented: Path) -> None:
    assert (
        "Status         UNKNOWN: no document here states it"
        in run("show", "ZZZ40125", "--store", invented).out
    )
    assert "UNKNOWN" not in run("show", "ZZZ40120", "--store", invented).out


def test_a_code_that_is_only_named_says_so(run: Run, invented: Path) -> None:
    done = run("show", "ZZZ40125", "--store", invented)
    assert done.code == 0
    assert "Named but never described in this store" in done.out
    assert "Supersedes     ZZZ40120" in done.out
    told = run("show", "ZZZ40125", "--store", invented, "--json").data
    assert told["described"] is False
    assert told["packaging"] == []


def test_a_unit_says_which_qualifications_package_it(run: Run, invented: Path) -> None:
    done = run("show", "ZZZLMP401", "--store", invented)
    assert "unit of competency" in done.out
    assert "Status         Superseded, as other documents say of it" in done.out
    assert "ZZZ40120" in done.out.split("Packaged by")[1]
    assert "core: Core units" in done.out


def test_an_unknown_code_suggests_codes_that_look_like_it(run: Run, invented: Path) -> None:
    done = run("show", "ZZZ40121", "--store", invented)
    assert done.code == 2
    assert "no document in this store names ZZZ40121" in done.err
    assert "Did you mean" in done.err
    assert "ZZZ40120" in done.err
    far = run("show", "QQQQQQ", "--store", invented, "--json")
    assert far.error["error"] == "UnknownComponentError"
    assert "qualgraph ingest" in far.error["hint"]


@pytest.mark.parametrize("said", ["", "AB", "BSB 40307", 'X" }'])
def test_what_is_no_code_is_one_error(run: Run, built: Path, said: str) -> None:
    done = run("show", said, "--store", built)
    assert done.code == 2
    assert "is not a national code" in done.err


def test_every_fact_for_a_program_has_its_source(run: Run, built: Path) -> None:
    told = run("show", "BSB40307", "--store", built, "--json").data
    [successor] = told["superseded_by"]
    assert (successor["code"], successor["equivalence"], successor["through"]) == (
        "BSB40311",
        "Equivalent",
        "2011-11-27",
    )
    documents = {document["iri"] for document in told["documents"]}
    sources = list(_sources(told))
    assert len(sources) > 50
    assert {source["document"] for source in sources} <= documents
    assert all(isinstance(source["line"], int) for source in sources)


def _sources(value: object) -> list[dict[str, object]]:
    if isinstance(value, list):
        return [found for item in value for found in _sources(item)]
    if not isinstance(value, dict):
        return []
    own = [value["source"]] if isinstance(value.get("source"), dict) else []
    return own + [found for key, item in value.items() if key != "source" for found in _sources(item)]


def test_a_rule_is_shown_in_the_words_of_the_pages(run: Run, built: Path) -> None:
    out = run("show", "BSB50311", "--store", built).out
    assert "10 units in all: 3 core, 7 elective; every sentence of the rule was read" in out
    assert "r1: at least 2 from Group A  [1:34]" in out
    assert "r2: up to 5 further places: from Group A or Group B or units that are not listed" in out
    with open_store(built, read_only=True) as store:
        rule = rule_of(store, "BSB50311").rule
    page = rule_html(rule)
    on_page = [unescape(part.partition("<")[0]) for part in re.split("<strong>|<h3>", page)[1:]]
    assert len(on_page) > 5
    others = {"Rules", "For a person to judge", "Notes of the reading", "Not read", "Prerequisites"}
    assert [words for words in on_page if words not in out and words not in others] == []
    with open_store(built, read_only=True) as store:
        found = overview(store, "BSB50311")
    groups = [replace(group, name="Lamps") if group.id == "A" else group for group in rule.groups]
    place = (found.packaging[0].source.document, found.packaging[0].release)
    lines = [text for text, _ in lines_of(found, {place: replace(rule, groups=tuple(groups))})]
    assert [text for text in lines if text.startswith("Group A: Lamps (elective): 15 listed")]
    out = run("show", "BSB40307", "--store", built).out
    assert "Unit grid: 10 of 30 rows seen (the document shows only a part)" in out


def test_a_rule_that_was_partly_read_is_shown_with_the_caution_of_the_pages(run: Run, invented: Path) -> None:
    with open_store(invented, read_only=True) as store:
        found = overview(store, "ZZZ40120")
        read = readings_of(store, "ZZZ40120")
    [[key, rule]] = read.items()
    assert key == (found.packaging[0].source.document, "2")
    wholly = [text for text, _ in lines_of(found, read)]
    partly = [text for text, _ in lines_of(found, {key: replace(rule, status="partial")})]
    assert not [text for text in wholly if "Not every sentence was read" in text]
    assert [text for text in partly if "Not every sentence was read: which of them hold" in text]
    without = [text for text, _ in lines_of(found, {})]
    assert [text for text in without if "counts and rules UNKNOWN" in text]


def test_a_code_of_digits_is_sent_to_the_question_about_occupations(run: Run, built: Path) -> None:
    done = run("show", "541111", "--store", built)
    assert done.code == 2
    assert "qualgraph query occupation occupation=541111" in done.err
    assert run("query", "occupation", "occupation=541111", "--store", built).code == 0


def test_a_doubtful_sentence_is_called_so_also_where_its_words_are_not_stored(run: Run, built: Path) -> None:
    shown = run("show", "BSB50311", "--store", built).out
    [doubt] = [line for line in shown.splitlines() if "doubtful" in line]
    assert doubt.endswith("[1:38]")
    [rule] = run("show", "BSB50311", "--store", built, "--json").data["packaging"]
    assert [statement["ambiguous"] for statement in rule["statements"]] == [False, False, True]


def test_job_roles_say_where_they_were_read(run: Run, invented: Path) -> None:
    lines = run("show", "ZZZ40120", "--store", invented).out.splitlines()
    [roles] = [line for line in lines if line.startswith("Job roles")]
    assert re.search(r"  \[1:\d+\]$", roles)
