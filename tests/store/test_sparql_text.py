"""The lexer of query text: nothing is lost, and code is told from what only looks like code."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualgraph.errors import QueryError
from qualgraph.rdf import text
from qualgraph.store import MemoryStore, OxigraphStore, Table
from qualgraph.store.sparql import form_of, normalised, quoted, read_query, with_dataset, with_known_prefixes
from qualgraph.store.tokens import tokens

ENGINES = {"oxigraph": OxigraphStore(None), "rdflib": MemoryStore()}
NOISE = st.text(alphabet="ab$?<>:\"'\\#{} \n\r\t\u00a0\u200b@_.|^0")


@given(st.text() | NOISE)
def test_the_tokens_of_any_text_joined_give_the_text_back(anything: str) -> None:
    assert "".join(token.text for token in tokens(anything)) == anything


@given(st.text() | NOISE)
def test_normalising_twice_changes_no_more(anything: str) -> None:
    once = normalised(anything)
    assert normalised(once) == once


CODE = {
    'SELECT "SERVICE # $x" # $y\n$z': ["SELECT", '"SERVICE # $x"', "$z"],
    "'it''s'": ["'it'", "'s'"],
    r"'a\'b' $c": [r"'a\'b'", "$c"],
    '"""a "quoted" # $x\n""" $y': ['"""a "quoted" # $x\n"""', "$y"],
    "'''a ''b' $x''' $y": ["'''a ''b' $x'''", "$y"],
    '"" $x': ['""', "$x"],
    '"""""" $x': ['""""""', "$x"],
    "<http://x/#$y> $z": ["<http://x/#$y>", "$z"],
    "?a < ?b && ?c > $d": ["?a", "<", "?b", "&", "&", "?c", ">", "$d"],
    r"ex:a\#b ex:it\'s $x # c": [r"ex:a\#b", r"ex:it\'s", "$x"],
    "ex:service/:service*": ["ex:service", "/", ":service", "*"],
    "_:service @service-x 1.5e3": ["_:service", "@service-x", "1.5e3"],
    '"unended $x\n$y': ['"', "unended", "$x", "$y"],
    "$x$y": ["$x", "$y"],
}


@pytest.mark.parametrize("query", CODE)
def test_code_is_told_from_strings_iris_and_comments(query: str) -> None:
    code = [token.text for token in tokens(query) if token.kind not in ("space", "comment")]
    assert code == CODE[query]


def test_strings_and_iris_keep_their_white_space() -> None:
    kept = 'SELECT "a\u00a0\u200bb\u3000" <http://x/\u200b>'
    assert normalised(f"\ufeff{kept}\u00a0\u2028?x\r\n") == f"{kept} \n?x\n"


@pytest.mark.parametrize("engine", ENGINES)
@given(value=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")) | NOISE)
def test_any_text_quoted_is_read_back_as_it_was(engine: str, value: str) -> None:
    answer = ENGINES[engine].query(f"SELECT ?x WHERE {{ BIND({quoted(value)} AS ?x) }}")
    assert isinstance(answer, Table)
    assert list(answer.rows) == [(text(value),)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "value", [r"\u0022 } #", r"\\u0022", r"\U0000005C", "\x01ABCD", 'a"""b', "'''", "\\", "é\\u", "a\tb"]
)
def test_what_looks_like_an_escape_is_read_back_as_it_was(engine: str, value: str) -> None:
    answer = ENGINES[engine].query(f"SELECT ?x WHERE {{ BIND({quoted(value)} AS ?x) }}")
    assert isinstance(answer, Table)
    assert list(answer.rows) == [(text(value),)]


@pytest.mark.parametrize(
    ("query", "form", "star"),
    [
        ("# ASK\nBASE <http://x/> PREFIX ask: <http://y/> select * { ?b ?a $c }", "SELECT", ("b", "a", "c")),
        ("SELECT DISTINCT * { ?x ?y ?x }", "SELECT", ("x", "y")),
        ("SELECT ?x { { SELECT * { ?x ?y ?z } } }", "SELECT", None),
        ("SELECT (COUNT(*) AS ?n) { ?x ?y ?z }", "SELECT", None),
        ("describe <http://x/>", "DESCRIBE", None),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT", None),
        ("ASK {}", "ASK", None),
    ],
)
def test_the_form_of_a_query_is_its_first_word_after_the_prologue(
    query: str, form: str, star: tuple[str, ...] | None
) -> None:
    found = read_query(query)
    assert (found.form, found.star) == (form, star)
    assert form_of(query) == form_of(f"\u200b{query} and what is no query at all") == form


@pytest.mark.parametrize(
    "word", ["INSERT", "delete", "LOAD", "Clear", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]
)
def test_every_word_that_starts_an_update_is_refused(word: str) -> None:
    with pytest.raises(QueryError, match="SPARQL Update"):
        read_query(f"PREFIX x: <http://x/>\n{word} x:y")


def test_the_form_is_found_without_reading_on_and_not_looked_for_without_end() -> None:
    began = time.process_time()
    assert form_of("ASK {" + "{ ?s ?p 1 }" * 200_000) == "ASK"
    with pytest.raises(QueryError, match="no SPARQL query"):
        form_of("PREFIX a: <b:c> " * 200_000 + "ASK {}")
    with pytest.raises(QueryError) as caught:
        form_of("x" * 1_000_000)
    assert len(str(caught.value)) < 300
    assert time.process_time() - began < 2


@pytest.mark.parametrize("text", ["a." * 50_000, "<\\u" + "0" * 100_000, "a-" * 50_000, "<a" * 50_000])
def test_the_time_to_take_a_text_apart_grows_with_its_length_alone(text: str) -> None:
    began = time.process_time()
    assert sum(len(token.text) for token in tokens(text)) == len(text)
    assert time.process_time() - began < 3


def test_service_is_taken_where_it_is_allowed() -> None:
    assert read_query("ASK { SERVICE <http://x/> { ?s ?p ?o } }", allow_service=True).form == "ASK"


def test_known_prefixes_are_declared_on_the_first_line_and_only_where_missing() -> None:
    query = 'PREFIX skos: <http://mine/>\nASK { ?s a qg:Unit ; skos:x xsd:y ; other:z "rdfs:no" }'
    first, second = with_known_prefixes(query).split("\n")
    assert second == query.split("\n")[1]
    assert first == (
        "PREFIX qg: <https://w3id.org/qualgraph/def#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        "PREFIX skos: <http://mine/>"
    )


DATASET = " FROM <http://d/1> FROM NAMED <http://n/2> "


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * WHERE {?s ?p ?o}", f"SELECT * {DATASET}WHERE {{?s ?p ?o}}"),
        ("SELECT (EXISTS {?s ?p ?o} AS ?x) {}", f"SELECT (EXISTS {{?s ?p ?o}} AS ?x) {DATASET}{{}}"),
        ("CONSTRUCT {?s ?p ?o} {?s ?p ?o}", f"CONSTRUCT {{?s ?p ?o}} {DATASET}{{?s ?p ?o}}"),
        ("CONSTRUCT WHERE {?s ?p ?o}", f"CONSTRUCT {DATASET}WHERE {{?s ?p ?o}}"),
        ("PREFIX a: <b#> ASK FROM a:x FROM NAMED <y> {}", f"PREFIX a: <b#> ASK    {DATASET}{{}}"),
        ("DESCRIBE <x>", f"DESCRIBE <x>{DATASET}"),
        ("DESCRIBE <x> LIMIT 3", f"DESCRIBE <x> {DATASET}LIMIT 3"),
        (
            "ASK { {SELECT * WHERE {?s ?p 'FROM <x>'}} }",
            f"ASK {DATASET}{{ {{SELECT * WHERE {{?s ?p 'FROM <x>'}}}} }}",
        ),
    ],
)
def test_graphs_of_a_request_stand_where_the_pattern_begins(query: str, expected: str) -> None:
    assert with_dataset(query, ["http://d/1"], ["http://n/2"]).split() == expected.split()
    assert with_dataset(query, ["http://d/1", "http://d/1"], ["http://n/2"]).split() == expected.split()
    assert with_dataset(query, [], []) == query


def test_graphs_of_a_request_do_not_become_part_of_a_comment() -> None:
    assert with_dataset("DESCRIBE <x> # all", ["http://d/1"], []).splitlines()[1] == "FROM <http://d/1> "


def test_a_graph_that_is_no_iri_is_refused() -> None:
    with pytest.raises(QueryError, match="no IRI"):
        with_dataset("ASK {}", ["http://d/> {} #"], [])
