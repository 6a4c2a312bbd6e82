"""Every question about faults, asked of a store: what is counted, in which order, and what a report shows of it."""

from __future__ import annotations

import json

import pytest

from qualgraph.catalogue import Severity, discover
from qualgraph.errors import QueryError
from qualgraph.quality import REPORTS, Quality, quality
from qualgraph.store import OxigraphStore
from query_cases import store


@pytest.fixture(scope="module")
def faults() -> Quality:
    return quality(store("faults", "oxigraph"))


def test_every_question_with_a_severity_is_asked_the_worst_first(faults: Quality) -> None:
    asked = [check.query.name for check in faults.checks]
    assert sorted(asked) == sorted(query.name for query in discover() if query.severity)
    order = [list(Severity).index(check.severity) for check in faults.checks]
    assert order == sorted(order)
    assert len(asked) >= 19


def test_all_questions_of_the_quality_folder_have_a_severity_and_no_other() -> None:
    assert {query.name for query in discover() if query.folder == "quality"} == {
        query.name for query in discover() if query.severity
    }


def test_rows_and_the_things_they_speak_of_are_counted(faults: Quality) -> None:
    [drift] = [check for check in faults.checks if check.query.name == "title-drift"]
    assert (drift.rows, drift.things) == (2, 1)
    assert drift.examples[0]["title"] == "Crease paper"
    assert faults.rows(Severity.ERROR) == sum(
        check.rows for check in faults.checks if check.severity is Severity.ERROR
    )


def test_no_more_examples_are_kept_than_wanted() -> None:
    found = quality(store("faults", "oxigraph"), [Severity.ERROR], examples=1)
    assert {check.severity for check in found.checks} == {Severity.ERROR}
    assert max(len(check.examples) for check in found.checks) == 1
    assert max(check.rows for check in found.checks) > 1


def test_a_register_without_faults_has_no_errors_and_fails_at_no_severity() -> None:
    found = quality(store("sound", "oxigraph"))
    assert [check.query.name for check in found.checks if check.rows] == []
    assert not any(found.fails(severity) for severity in Severity)


def test_what_is_as_bad_or_worse_fails(faults: Quality) -> None:
    assert faults.fails(Severity.ERROR)
    warnings = quality(store("faults", "oxigraph"), [Severity.WARNING])
    assert not warnings.fails(Severity.ERROR)
    assert warnings.fails(Severity.INFO)


def test_progress_names_each_question() -> None:
    told: list[str] = []
    quality(
        store("sound", "oxigraph"), [Severity.ERROR], progress=lambda what, done, total: told.append(what)
    )
    assert "asking supersession-circles" in told


def test_a_store_that_cannot_stop_says_so_rather_than_run_on() -> None:
    from qualgraph.errors import UsageError

    with pytest.raises((UsageError, QueryError), match="cannot be stopped"):
        quality(OxigraphStore(None), timeout=1)


def test_a_page_links_what_was_found_and_keeps_cells_apart(faults: Quality) -> None:
    page = REPORTS["md"](faults)
    assert "| error | [equivalent-both-ways](#equivalent-both-ways) | 1 | 1 |" in page
    assert "| error | supersession-circles | 0 | 0 |" not in page
    assert "| ZZZBTH301A | ZZZBTH301B | export/units | 8 | copy/units | 21 |" in page
    assert faults.location not in page
    assert page == REPORTS["md"](quality(store("faults", "oxigraph")))


def test_json_has_each_question_with_its_examples(faults: Quality) -> None:
    told = json.loads(REPORTS["json"](faults))
    assert set(told["rows"]) == {"error", "warning", "info"}
    [both] = [check for check in told["checks"] if check["query"] == "equivalent-both-ways"]
    assert (both["severity"], both["rows"], both["examples"][0]["one"]) == ("error", 1, "ZZZBTH301A")
