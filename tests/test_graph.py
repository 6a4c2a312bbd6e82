"""The Python API: one component, its history, and what is wrong in the store."""

from __future__ import annotations

import pytest

from qualgraph.errors import ParameterError, UnknownComponentError
from qualgraph.graph import Graph
from query_cases import store


@pytest.fixture(scope="module")
def register() -> Graph:
    return Graph(store("register", "oxigraph"))


def test_a_component_is_a_record_of_everything_about_it(register: Graph) -> None:
    found = register.component("zzzcut401a")
    assert (found.code, found.kind, found.latest_usage) == ("ZZZCUT401A", "unit of competency", "Superseded")
    assert found.title == "Cut sailcloth"
    assert [row.code for row in found.superseded_by] == ["ZZZCUT401B"]
    assert found.packaged_by
    assert all(title.sources for title in found.titles)


def test_its_parts_are_tables_with_the_place_of_each_fact(register: Graph) -> None:
    found = register.component("ZZZCUT401A")
    packaged = found.table("packaged_by")
    assert packaged.columns == ("code", "title", "role", "group", "document", "line")
    assert len(packaged) == len(found.packaged_by)
    assert packaged.to_polars()["line"].null_count() == 0
    documents = found.table("documents").to_pandas()
    assert set(documents["iri"]) == {document.iri for document in found.documents}
    assert found.table("licensing").columns == ("direct_link", "document", "line")
    with pytest.raises(ParameterError, match="packaged_by"):
        found.table("colour")


def test_a_code_that_is_not_there_is_told_with_codes_like_it(register: Graph) -> None:
    for asked in (register.component, register.history):
        with pytest.raises(UnknownComponentError, match="ZZZCUT401A"):
            asked("ZZZCUT401Z")


def test_a_history_is_the_one_of_the_overview(register: Graph) -> None:
    assert [end.code for end in register.history("ZZZCUT401A").current] == ["ZZZCUT402"]


def test_quality_asks_the_catalogue_of_the_graph(register: Graph) -> None:
    found = register.quality("error")
    assert {check.severity for check in found.checks} == {"error"}
    [circles] = [check for check in found.checks if check.query.name == "supersession-circles"]
    assert (circles.rows, circles.things) == (3, 3)
