"""Every question about faults, asked of a store: what is counted, in which order, and what a report shows of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from qualgraph.catalogue import Severity, discover
from qualgraph.errors import (
    EndpointAnswerError,
    EndpointTimeoutError,
    EndpointUnreachableError,
    QualgraphError,
    QueryError,
    QueryTimeoutError,
    UsageError,
)
from qualgraph.quality import REPORTS, Quality, quality
from qualgraph.store import Answer, OxigraphStore
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
    with pytest.raises(UsageError, match="cannot be stopped"):
        quality(OxigraphStore(None), timeout=1)


class Failing(OxigraphStore):
    """A store that fails at questions that hold some words, as if they ran out of time or worse."""

    def __init__(self, failures: Mapping[str, QualgraphError]) -> None:
        super().__init__(None)
        self.failures = failures

    def query(self, sparql: str, *, timeout: float | None = None) -> Answer:
        for words, failure in self.failures.items():
            if words in sparql:
                raise failure
        return super().query(sparql)


def test_a_question_out_of_time_is_told_as_not_answered_and_the_others_go_on() -> None:
    slow = Failing(
        {"wasRevisionOf ?earlier": QueryTimeoutError("was not answered within 2 s and was stopped.")}
    )
    found = quality(slow, timeout=2)
    [late] = found.unanswered
    assert (late.query.name, late.rows, late.things, late.examples) == ("dates-out-of-order", None, None, ())
    assert late.not_answered == "ran out of 2 s"
    assert len(found.checks) == len([query for query in discover() if query.severity])
    assert {check.rows for check in found.checks if check is not late} == {0}
    page = REPORTS["md"](found)
    assert "| warning | dates-out-of-order | not answered: ran out of 2 s |  |" in page
    assert "Not answered: 1." in page
    told = json.loads(REPORTS["json"](found))
    assert told["not_answered"] == ["dates-out-of-order"]
    [check] = [check for check in told["checks"] if check["not_answered"]]
    assert (check["query"], check["rows"], check["things"]) == ("dates-out-of-order", None, None)


def test_a_question_that_fails_is_told_in_the_words_of_its_error() -> None:
    found = quality(
        Failing({"wasRevisionOf ?earlier": QueryError("could not be answered: torn.", where="query")})
    )
    assert [check.not_answered for check in found.unanswered] == ["could not be answered: torn"]


def test_a_failure_at_every_question_is_an_error_and_no_report() -> None:
    with pytest.raises(EndpointAnswerError, match="HTML"):
        quality(Failing({"SELECT": EndpointAnswerError("answered with HTML.")}))


def test_every_question_out_of_time_is_a_report_without_a_count() -> None:
    found = quality(Failing({"SELECT": EndpointTimeoutError("did not answer within 9 s.")}), [Severity.ERROR])
    assert {(check.rows, check.not_answered) for check in found.checks} == {
        (None, "did not answer within 9 s")
    }
    assert not found.fails(Severity.INFO)


def test_an_endpoint_that_is_not_there_ends_the_run_at_once() -> None:
    asked: list[str] = []
    gone = Failing({"SELECT": EndpointUnreachableError("cannot be reached.")})
    with pytest.raises(EndpointUnreachableError):
        quality(gone, progress=lambda what, done, total: asked.append(what))
    assert len(asked) == 1


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
