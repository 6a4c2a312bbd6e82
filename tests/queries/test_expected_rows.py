"""Every question of the catalogue gives its expected rows, in order, on two engines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualgraph.assets import asset_folder
from qualgraph.catalogue import Query, discover, discover_rules
from qualgraph.store import Graph, MemoryStore, Table
from query_cases import CASES, ENGINES, REGISTERS, Case, case_files, cases_in, shown, store

CATALOGUE = discover()
FINDS_NOTHING_IN_THE_SHIPPED_DATA = {
    "classification-codes-outside-scheme",
    "codes-of-no-pattern",
    "codes-of-one-edition",
    "codes-of-two-components",
    "components-of-training-package",
    "corresponding-occupations",
    "current-though-superseded",
    "dates-out-of-order",
    "elements-of",
    "equivalences-that-disagree",
    "equivalent-both-ways",
    "last-days-that-differ",
    "level-against-title",
    "linked-units-of",
    "occupations-by-title",
    "periods-out-of-order",
    "prerequisite-circles",
    "prerequisites-not-listed",
    "prerequisites-of",
    "rules-not-read-completely",
    "specialisations-of",
    "superseded-not-equivalent",
    "supersession-circles",
    "supersession-ending-in-deletion",
    "title-drift",
    "units-listed-twice",
    "units-shared-by-equivalence",
    "usage-that-disagrees",
}
RULES = {rule.name: rule for rule in discover_rules()}
QUERY_CASES = [case for path in case_files() if path.parent.name != "derive" for case in cases_in(path)]
RULE_CASES = [case for path in case_files() if path.parent.name == "derive" for case in cases_in(path)]


def answer(case: Case, engine: str) -> list[list[str]]:
    """The rows of a question in the engine's order, or its triples sorted."""
    text = RULES[case.query].text if case in RULE_CASES else CATALOGUE[case.query].sparql(case.parameters)
    found = store(case.on, engine).query(text)
    if isinstance(found, Graph):
        return sorted([shown(t.subject), shown(t.predicate), shown(t.object)] for t in found.triples)
    assert isinstance(found, Table)
    assert found.columns == tuple(column.name for column in CATALOGUE[case.query].columns)
    return [[shown(cell) for cell in row] for row in found.rows]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", QUERY_CASES, ids=str)
def test_a_question_gives_its_expected_rows(case: Case, engine: str) -> None:
    assert answer(case, engine) == case.rows


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", RULE_CASES, ids=str)
def test_a_rule_derives_its_expected_triples(case: Case, engine: str) -> None:
    assert answer(case, engine) == case.rows


def _names(paths: list[Path]) -> list[str]:
    return sorted(f"{path.parent.name}/{path.stem}" for path in paths)


def test_every_query_and_rule_file_has_a_case_file_and_no_case_file_is_left_over() -> None:
    files = _names(list(asset_folder("queries").glob("**/*.rq")))
    assert _names(case_files()) == files
    assert len(files) == len(CATALOGUE) + len(RULES)
    assert len(CATALOGUE) >= 82
    assert len(RULES) >= 10


def test_every_case_is_collected() -> None:
    written = sum(path.read_text(encoding="utf-8").count("[[case]]") for path in CASES.glob("**/*.toml"))
    assert written == len(QUERY_CASES) + len(RULE_CASES)
    assert written >= 260


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_every_question_has_an_answer_and_an_empty_one(path: Path) -> None:
    cases = cases_in(path)
    assert any(case.rows for case in cases)
    assert any(not case.rows for case in cases)
    assert {case.on for case in cases} <= set(REGISTERS)
    assert len({case.name for case in cases}) == len(cases)


def test_a_question_has_each_way_of_its_optional_parameters_tried() -> None:
    for query in CATALOGUE:
        given = [case.parameters for case in QUERY_CASES if case.query == query.name]
        for name in (parameter.name for parameter in query.parameters if not parameter.required):
            assert {name in values for values in given} == {True, False}, f"{query.name}: {name}"


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_the_example_of_a_question_can_be_asked_of_the_shipped_data(query: Query) -> None:
    """An example in the documentation that finds nothing teaches nothing, unless nothing is the finding."""
    found = store("real", "oxigraph").query(query.sparql(query.example))
    rows = list(found.rows if isinstance(found, Table) else found.triples if isinstance(found, Graph) else ())
    assert bool(rows) != (query.name in FINDS_NOTHING_IN_THE_SHIPPED_DATA)


@pytest.mark.parametrize(
    "query", [query for query in CATALOGUE if query.form == "SELECT"], ids=lambda query: query.name
)
def test_a_table_is_ordered_so_that_no_two_rows_can_change_places(query: Query) -> None:
    """Rows that the ORDER BY cannot tell apart may come in any order, and would differ between engines."""
    keys = re.findall(r"\?(\w+)", query.text[query.text.rindex("ORDER BY") :])
    places = [[column.name for column in query.columns].index(key) for key in keys]
    for case in (case for case in QUERY_CASES if case.query == query.name):
        told_apart = [tuple(row[place] for place in places) for row in case.rows]
        assert len(set(told_apart)) == len(told_apart), case.name


def test_a_question_never_depends_on_the_order_of_documents() -> None:
    """The same quads loaded the other way round give the same rows."""
    original = store("register", "oxigraph")
    turned = MemoryStore()
    for graph in reversed(original.graphs()):
        turned.replace_graphs({graph: list(original.triples(graph))[::-1]})
    for name in ("current-equivalent", "units-of", "pathways-onward"):
        [case, *_] = [each for each in QUERY_CASES if each.query == name and each.on == "register"]
        found = turned.query(CATALOGUE[name].sparql(case.parameters))
        assert isinstance(found, Table)
        assert [[shown(cell) for cell in row] for row in found.rows] == case.rows
