"""The chain of a component both ways: distances, branches, circles, ends, and what a policy makes of them."""

from __future__ import annotations

from datetime import date

import pytest

from qualgraph.errors import ParameterError, UnknownComponentError
from qualgraph.overview import History, history
from query_cases import ENGINES, store

WA = "WaTacCreditPolicy2023"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def of(code: str, engine: str = "oxigraph", **given: str) -> History:
    return history(store("register", engine), code, **given)


def test_a_chain_of_two_steps_ends_at_the_current_one(engine: str) -> None:
    found = of("ZZZCUT401A", engine)
    assert [(step.distance, step.old, step.new) for step in found.superseded_by] == [
        (1, "ZZZCUT401A", "ZZZCUT401B"),
        (2, "ZZZCUT401B", "ZZZCUT402"),
    ]
    first = found.superseded_by[0]
    assert (first.equivalence, first.through, first.source.line) == ("Equivalent", date(2017, 3, 31), 2)
    [end] = found.current
    assert end.path == ("ZZZCUT401A", "ZZZCUT401B", "ZZZCUT402")
    assert (end.code, end.usage, end.equivalence, end.credit) == (
        "ZZZCUT402",
        "Current",
        "Equivalent",
        "without mapping",
    )
    assert not found.branches
    assert not found.circle


def test_under_the_other_policy_two_steps_are_to_be_mapped_and_one_is_not() -> None:
    assert of("ZZZCUT401A", policy=WA).ends[0].credit == "to be mapped by the provider"
    assert of("ZZZCUT401B", policy=WA).ends[0].credit == "without mapping"


def test_the_same_chain_is_seen_from_its_middle_and_from_its_end(engine: str) -> None:
    middle = of("ZZZCUT401B", engine)
    assert [step.distance for step in (*middle.supersedes, *middle.superseded_by)] == [-1, 1]
    end = of("ZZZCUT402", engine)
    assert [(step.distance, step.old) for step in end.supersedes] == [(-1, "ZZZCUT401B"), (-2, "ZZZCUT401A")]
    assert end.ends == ()
    assert [row["old"] for row in end.table()] == ["ZZZCUT401A", "ZZZCUT401B"]


def test_a_split_has_an_end_for_each_branch(engine: str) -> None:
    found = of("ZZZGLU201A", engine)
    assert found.branches
    assert [(end.code, end.equivalence, end.credit) for end in found.ends] == [
        ("ZZZGLU301A", "Equivalent", "without mapping"),
        ("ZZZGLU302A", "NotEquivalent", "none"),
    ]
    assert {end.usage for end in found.ends} == {"UNKNOWN"}
    assert found.current == ()


def test_documents_that_disagree_leave_equivalence_unknown(engine: str) -> None:
    found = of("ZZZWIN401A", engine)
    assert {step.equivalence for step in found.superseded_by} == {"Equivalent", "NotEquivalent"}
    assert [(end.equivalence, end.credit) for end in found.ends] == [("UNKNOWN", "UNKNOWN")]
    assert not found.branches


def test_what_nobody_determined_is_unknown() -> None:
    assert [(end.equivalence, end.credit) for end in of("ZZZSTR301A").ends] == [("UNKNOWN", "UNKNOWN")]


def test_a_circle_is_told_and_does_not_go_on_for_ever(engine: str) -> None:
    found = of("ZZZCYC201A", engine)
    assert found.circle
    assert found.ends == ()
    assert len(found.superseded_by) == len(found.supersedes) == 3


def test_a_chain_may_end_in_a_deleted_unit() -> None:
    [end] = of("ZZZSEW401A").ends
    assert (end.code, end.usage) == ("ZZZSEW401B", "Deleted")


def test_no_policy_covers_a_qualification() -> None:
    [end] = of("ZZZ40115").ends
    assert end.equivalence == "Equivalent"
    assert end.credit == "not covered: the policy is for units"


def test_a_component_that_nothing_superseded_has_no_ends() -> None:
    found = of("ZZZFLY401A")
    assert (found.superseded_by, found.ends, found.usage) == ((), (), "Current")


def test_an_unknown_code_is_told_with_codes_like_it() -> None:
    with pytest.raises(UnknownComponentError, match="ZZZCUT401A"):
        of("ZZZCUT401Z")


def test_an_unknown_policy_is_told_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=f"AsqaCreditPolicy2022 and {WA}"):
        of("ZZZCUT401A", policy="Generous")


def test_steps_and_ends_are_tables_for_data_frames() -> None:
    found = of("ZZZCUT401A")
    frame = found.table().to_polars()
    assert frame.columns == [
        "distance", "old", "old_title", "new", "new_title", "equivalence", "through", "note", "document", "line"
    ]  # fmt: skip
    assert frame["through"].to_list() == [date(2017, 3, 31), date(2019, 8, 15)]
    assert frame["line"].to_list() == [2, 3]
    assert found.table("ends").to_pandas()["path"].tolist() == ["ZZZCUT401A; ZZZCUT401B; ZZZCUT402"]
    assert of("ZZZFLY401A").table("ends").to_arrow().num_rows == 0
    with pytest.raises(ParameterError, match="steps, ends and periods"):
        found.table("middle")


def test_as_data_days_are_text() -> None:
    told = of("ZZZCUT401A").as_dict()
    assert told["superseded_by"][0]["through"] == "2017-03-31"
    assert told["ends"][0]["path"] == ["ZZZCUT401A", "ZZZCUT401B", "ZZZCUT402"]
    assert told["branches"] is False


def test_the_days_on_which_it_was_current_are_told_with_those_of_its_chain(engine: str) -> None:
    found = history(store("faults", engine), "ZZZDEL101B")
    assert [
        (each.code, each.recommendation, each.start, each.through, each.source.line) for each in found.periods
    ] == [
        ("ZZZDEL101A", "Current", None, date(2010, 6, 30), 29),
        ("ZZZDEL101B", "Current", None, date(2012, 6, 29), 28),
    ]
    assert [row["through"] for row in found.table("periods")] == [date(2010, 6, 30), date(2012, 6, 29)]


def test_a_recommendation_without_days_is_told_of_the_component_itself_only() -> None:
    assert [each.recommendation for each in history(store("faults", "oxigraph"), "ZZZDEL101C").periods] == [
        "Current",
        "Current",
        "Deleted",
    ]
