"""Values in queries: typed, and never able to change the query they stand in."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualgraph.catalogue import Parameter, discover, run, run_text
from qualgraph.catalogue.bind import TYPES, bound, term_text
from qualgraph.errors import ParameterError
from qualgraph.rdf import python_value, text
from qualgraph.store import MemoryStore, OxigraphStore, Store
from qualgraph.store.tokens import tokens
from small_register import REGISTER

CATALOGUE = discover(Path(__file__).parent / "queries")
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
HOSTILE = st.text(alphabet="\"'\\un{}#$?<>@^ \n\r\t0x;.", max_size=40)


@pytest.fixture(scope="module", params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest) -> Store:
    made = OxigraphStore(None) if request.param == "oxigraph" else MemoryStore()
    made.replace_graphs(REGISTER)
    return made


def parameter(kind: str) -> Parameter:
    return Parameter(name="v", type=kind, default=None, example="an example", description="A value")


@given(value=TEXTS | HOSTILE)
def test_any_text_comes_back_as_it_was_and_leaves_the_query_as_it_was(value: str) -> None:
    template = "# $v\nSELECT ?x ?y WHERE { BIND($v AS ?x) BIND('$v' AS ?y) BIND(1 AS ?v) }"
    query = bound(template, {"v": term_text(parameter("text"), value)})
    for engine in (OxigraphStore(None), MemoryStore()):
        assert run_text(engine, query).terms == [(text(value), text("$v"))]
    kinds = [token.kind for token in tokens(template) if token.kind != "space"]
    kinds[kinds.index("variable", kinds.index("variable") + 2)] = "string"
    assert [token.kind for token in tokens(query) if token.kind != "space"] == kinds


GOOD = {
    ("component-code", " bsb40307 "): "BSB40307",
    ("component-code", "22460VIC"): "22460VIC",
    ("concept-code", "0805"): "0805",
    ("concept-code", "AsqaCreditPolicy2022"): "AsqaCreditPolicy2022",
    ("date", "2015-06-01"): date(2015, 6, 1),
    ("date", " 01/Jun/2015"): date(2015, 6, 1),
    ("date", "1/jun/2015"): date(2015, 6, 1),
    ("date", date(2015, 6, 1)): date(2015, 6, 1),
    ("date", datetime(2015, 6, 1, 23, 59)): date(2015, 6, 1),
    ("integer", "07"): 7,
    ("integer", " -12 "): -12,
    ("integer", 3): 3,
    ("iri", "https://w3id.org/qualgraph/id/unit/BSBCCO402A"): "https://w3id.org/qualgraph/id/unit/BSBCCO402A",
    ("iri", "urn:x:é"): "urn:x:é",
    ("language", "en-AU"): "en-au",
    ("choice(Asqa-2022, Wa-2023)", " wa-2023"): "Wa-2023",
    ("text", ""): "",
    ("text", " spaces stay "): " spaces stay ",
}


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_value_of_its_type_is_read_as_what_it_means(store: Store, kind: str, value: object) -> None:
    query = bound("SELECT ?x WHERE { BIND($v AS ?x) }", {"v": term_text(parameter(kind), value)})
    [(cell,)] = run_text(store, query).terms
    assert python_value(cell) == GOOD[kind, value]


BAD = [
    ("component-code", "BSB 40307"),
    ("component-code", "x"),
    ("component-code", 'BSB40307" } #'),
    ("component-code", "40307"),
    ("component-code", ""),
    ("concept-code", "a b"),
    ("concept-code", "x" * 65),
    ("date", "2015-02-30"),
    ("date", "31/Jun/2015"),
    ("date", "01/06/2015"),
    ("date", "yesterday"),
    ("date", '2015-06-01"'),
    ("integer", "1.5"),
    ("integer", "1" * 19),
    ("integer", "1 UNION"),
    ("iri", "BSB40307"),
    ("iri", "http://example.org/a b"),
    ("iri", "http://example.org/> ?p ?o . <"),
    ("iri", "http://example.org/a\nb"),
    ("iri", "http://example.org/\u00a0x"),
    ("language", "en AU"),
    ("language", "@en"),
    ("choice(Asqa-2022, Wa-2023)", "Nsw-2024"),
    ("choice(Asqa-2022, Wa-2023)", ""),
    ("text", "a\x00b"),
    ("text", "\ud800"),
    ("text", "x" * 10_001),
    ("text", None),
    ("text", ["a"]),
    ("integer", True),
    ("integer", 1.5),
]


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_value_not_of_its_type_is_refused_with_an_example(kind: str, value: object) -> None:
    with pytest.raises(ParameterError, match=rf"'v' is of type {re.escape(kind)}.*v=an example"):
        term_text(parameter(kind), value)


def test_every_type_has_a_good_and_a_bad_value() -> None:
    assert {kind for kind, _ in GOOD} == {kind for kind, _ in BAD} == {*TYPES, "choice(Asqa-2022, Wa-2023)"}


def test_a_query_is_answered_with_its_values_and_defaults(store: Store) -> None:
    query = CATALOGUE["packaged-in"]
    both = [("ZZZ40115", date(2015, 11, 30)), ("ZZZ40120", date(2020, 3, 1))]
    assert run(store, query, {"unit": "zzzkit401"}).rows == both
    assert run(store, query, {"unit": "ZZZKIT401", "after": "01/Jun/2016"}).rows == both[1:]
    assert run(store, query, {"unit": "ZZZKIT401", "most": 1}).rows == both[:1]
    assert run(store, query, {"unit": "ZZZKIT499"}).rows == []


def test_an_ask_and_a_construct_are_answered(store: Store) -> None:
    assert bool(run(store, CATALOGUE["is-packaged"], {"unit": "http://example.org/ZZZKIT401"})) is True
    assert bool(run(store, CATALOGUE["is-packaged"], {"unit": "http://example.org/ZZZKIT499"})) is False
    assert len(run(store, CATALOGUE["everything-about"], {"label": "Certificate IV in Kites"})) == 14
    assert len(run(store, CATALOGUE["everything-about"], {"label": '") } #'})) == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "needs a value for 'unit'"),
        ({"unit": "ZZZKIT401", "when": "x"}, "has no parameter 'when'"),
        ({"unit": "ZZZKIT401", "after": "soon"}, "'after' is of type date"),
    ],
)
def test_what_is_missing_unknown_or_wrong_is_said_with_what_the_query_takes(
    values: dict[str, object], words: str
) -> None:
    with pytest.raises(ParameterError, match=words) as caught:
        CATALOGUE["packaged-in"].sparql(values)
    assert "for example" in str(caught.value).lower()


def test_own_prefixes_need_no_declaration_in_a_query_that_somebody_wrote(store: Store) -> None:
    assert bool(run_text(store, "ASK { ?s a ?kind FILTER(?kind != qg:Unit) }")) is True
