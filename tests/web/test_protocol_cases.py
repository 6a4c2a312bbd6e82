"""The cases that W3C's protocol tests have, one by one, on a server with three small named graphs.

Source: SPARQL 1.1 Protocol, W3C Recommendation, sections 2.1 (query), 2.1.4 (dataset) and 2.2 (update). The names are
those of the behaviours in W3C's test suite; the requests and data are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from qualgraph.rdf import IRI, RDF_TYPE, Literal, Triple
from qualgraph.store import open_store
from servers import serving

BASE = "http://example.org/"
ONE, TWO, THREE, NONE = (f"{BASE}graph/{name}" for name in ("one", "two", "three", "none"))
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
NAMES = "SELECT ?name WHERE { ?s <http://example.org/name> ?name } ORDER BY ?name"
IN_GRAPHS = "SELECT ?g ?name WHERE { GRAPH ?g { ?s <http://example.org/name> ?name } } ORDER BY ?g"
Pairs = list[tuple[str, str]]


def about(name: str) -> list[Triple]:
    thing = IRI(f"{BASE}thing/{name}")
    return [Triple(thing, RDF_TYPE, IRI(f"{BASE}Thing")), Triple(thing, IRI(f"{BASE}name"), Literal(name))]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    location = tmp_path_factory.mktemp("graphs") / "store"
    with open_store(location, read_only=False) as store:
        store.replace_graphs({IRI(f"{BASE}graph/{name}"): about(name) for name in ("one", "two", "three")})
    with serving(location, "--processes", "1") as address:
        yield f"{address}/sparql"


def by_get(endpoint: str, pairs: Pairs, **headers: str) -> httpx.Response:
    return httpx.get(f"{endpoint}?{urlencode(pairs)}", headers=headers, timeout=30)


def by_form(endpoint: str, pairs: Pairs) -> httpx.Response:
    return httpx.post(endpoint, content=urlencode(pairs), headers={"Content-Type": FORM}, timeout=30)


def by_direct_post(endpoint: str, pairs: Pairs) -> httpx.Response:
    [text] = [value for name, value in pairs if name == "query"]
    others = [pair for pair in pairs if pair[0] != "query"]
    address = f"{endpoint}?{urlencode(others)}"
    return httpx.post(address, content=text, headers={"Content-Type": QUERY}, timeout=30)


WAYS = {"get": by_get, "post_form": by_form, "post_direct": by_direct_post}


def rows(answer: httpx.Response) -> list[tuple[str, ...]]:
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return [tuple(row[name]["value"] for name in told["head"]["vars"]) for row in told["results"]["bindings"]]


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["hint"]
    return told


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("graphs", "plain", "named"),
    [
        pytest.param([], ["one", "three", "two"], ["one", "three", "two"], id="query"),
        pytest.param([(DEFAULT, ONE)], ["one"], [], id="query_dataset_default_graph"),
        pytest.param([(DEFAULT, ONE), (DEFAULT, TWO)], ["one", "two"], [], id="query_dataset_default_graphs"),
        pytest.param([(NAMED, ONE), (NAMED, TWO)], [], ["one", "two"], id="query_dataset_named_graphs"),
        pytest.param(
            [(DEFAULT, THREE), (NAMED, ONE), (NAMED, TWO), (DEFAULT, ONE)],
            ["one", "three"],
            ["one", "two"],
            id="query_dataset_full",
        ),
        pytest.param([(DEFAULT, NONE)], [], [], id="a graph that there is not"),
        pytest.param([(DEFAULT, ONE), (DEFAULT, ONE)], ["one"], [], id="a graph given twice"),
    ],
)
def test_the_dataset_of_the_protocol_is_what_is_asked(
    small: str, way: str, graphs: Pairs, plain: list[str], named: list[str]
) -> None:
    asked = WAYS[way]
    assert [name for (name,) in rows(asked(small, [("query", NAMES), *graphs]))] == plain
    found = rows(asked(small, [("query", IN_GRAPHS), *graphs]))
    assert found == [(f"{BASE}graph/{name}", name) for name in named]


@pytest.mark.parametrize("way", WAYS)
def test_query_multiple_dataset_the_protocol_goes_before_the_query(small: str, way: str) -> None:
    own = NAMES.replace("WHERE", f"FROM <{THREE}> FROM NAMED <{THREE}> WHERE")
    assert rows(WAYS[way](small, [("query", own)])) == [("three",)]
    assert rows(WAYS[way](small, [("query", own), (DEFAULT, ONE), (DEFAULT, TWO)])) == [("one",), ("two",)]
    assert rows(WAYS[way](small, [("query", own), (NAMED, ONE)])) == []
    graphs = IN_GRAPHS.replace("WHERE", f"FROM <{THREE}> FROM NAMED <{THREE}> WHERE")
    assert rows(WAYS[way](small, [("query", graphs)])) == [(THREE, "three")]
    assert rows(WAYS[way](small, [("query", graphs), (NAMED, ONE), (NAMED, TWO)])) == [
        (ONE, "one"),
        (TWO, "two"),
    ]
    assert rows(WAYS[way](small, [("query", graphs), (DEFAULT, ONE)])) == []


PREFIX = f"PREFIX g: <{BASE}graph/> "


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"SELECT ?n FROM <{ONE}> FROM <{TWO}> {{ ?s <{BASE}name> ?n }} ORDER BY ?n", ["one", "two"]),
        (f"{PREFIX}SELECT ?n FROM g:one FROM g:two {{ ?s <{BASE}name> ?n }} ORDER BY ?n", ["one", "two"]),
        (f"BASE <{BASE}graph/> SELECT ?n FROM <one> {{ ?s <{BASE}name> ?n }}", ["one"]),
        (f"SELECT ?n FROM NAMED <{ONE}> {{ ?s <{BASE}name> ?n }}", []),
        (f"SELECT ?n FROM <{ONE}> {{ GRAPH ?g {{ ?s <{BASE}name> ?n }} }}", []),
        (
            f"SELECT ?n FROM <{ONE}> FROM NAMED <{TWO}> FROM NAMED <{THREE}> "
            f"{{ GRAPH ?g {{ ?s <{BASE}name> ?n }} }} ORDER BY ?n",
            ["three", "two"],
        ),
        (f"SELECT ?n FROM NAMED <{ONE}> {{ GRAPH <{TWO}> {{ ?s <{BASE}name> ?n }} }}", []),
        (f"SELECT ?n FROM <{NONE}> {{ ?s <{BASE}name> ?n }}", []),
    ],
)
def test_from_and_from_named_of_the_query_are_its_dataset(small: str, query: str, found: list[str]) -> None:
    assert [name for (name,) in rows(by_get(small, [("query", query)]))] == found


@pytest.mark.parametrize(
    "query",
    [
        f"CONSTRUCT {{ ?s <{BASE}name> ?n }} FROM <{THREE}> WHERE {{ ?s <{BASE}name> ?n }}",
        f"CONSTRUCT FROM <{THREE}> WHERE {{ ?s <{BASE}name> ?n }}",
        f"CONSTRUCT WHERE {{ ?s <{BASE}name> ?n }}",
        f"DESCRIBE ?s FROM NAMED <{THREE}> WHERE {{ ?s <{BASE}name> ?n }}",
        f"DESCRIBE <{BASE}thing/one> <{BASE}thing/two>",
        f"DESCRIBE <{BASE}thing/one> <{BASE}thing/two> # FROM <{THREE}> and no end of the line",
        f"DESCRIBE <{BASE}thing/one> FROM <{THREE}> # a comment at the end",
        f"{PREFIX}CONSTRUCT {{ ?s ?p ?n }} FROM g:three {{ {{ SELECT * {{ ?s ?p ?n FILTER(?n != 'FROM <x>') }} }} }}",
    ],
)
def test_the_protocols_dataset_goes_into_every_form_of_query(small: str, query: str) -> None:
    answer = by_get(small, [("query", query), (DEFAULT, ONE)], Accept="application/n-triples")
    assert answer.status_code == 200, answer.text
    assert f'<{BASE}thing/one> <{BASE}name> "one"' in answer.text
    assert "two" not in answer.text
    assert "three" not in answer.text


@pytest.mark.parametrize(
    ("case", "query", "accept", "got"),
    [
        ("query_content_type_select", NAMES, "*/*", "application/sparql-results+json"),
        (
            "query_content_type_ask",
            "ASK {}",
            "application/sparql-results+xml",
            "application/sparql-results+xml",
        ),
        ("query_content_type_describe", f"DESCRIBE <{BASE}thing/one>", "text/turtle", "text/turtle"),
        (
            "query_content_type_construct",
            "CONSTRUCT WHERE { ?s ?p ?o }",
            "application/rdf+xml",
            "application/rdf+xml",
        ),
    ],
)
def test_the_answer_has_a_media_type_of_its_form(
    small: str, case: str, query: str, accept: str, got: str
) -> None:
    for asked in (by_get(small, [("query", query)], Accept=accept),):
        assert asked.status_code == 200, case
        assert asked.headers["content-type"].partition(";")[0] == got, case


@pytest.mark.parametrize(
    ("case", "method", "sent_as", "sent", "status"),
    [
        ("bad_query_method", "PUT", QUERY, "ASK {}", 405),
        ("bad_multiple_queries", "POST", FORM, "query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("bad_query_wrong_media_type", "POST", "text/plain", "ASK {}", 415),
        ("bad_query_missing_form_type", "POST", None, "query=ASK%7B%7D", 415),
        ("bad_query_missing_direct_type", "POST", None, "ASK {}", 415),
        ("bad_query_non_utf8", "POST", QUERY, "ASK { ?s ?p 'é' }".encode("latin-1"), 400),
        ("bad_query_syntax", "POST", FORM, "query=ASK%20%7B", 400),
        ("update_post_form", "POST", FORM, f"update=CLEAR+GRAPH+<{ONE}>", 403),
        ("update_post_direct", "POST", UPDATE, f"CLEAR GRAPH <{ONE}>", 403),
        (
            "update_dataset_default_graph",
            "POST",
            FORM,
            f"using-graph-uri={ONE}&update=DELETE+WHERE{{?s+?p+?o}}",
            403,
        ),
        (
            "update_base_uri",
            "POST",
            FORM,
            "update=BASE+<http://example.org/>+INSERT+DATA{GRAPH+<g>{<s>+<p>+<o>}}",
            403,
        ),
        ("bad_update_get", "GET", None, None, 403),
        ("bad_multiple_updates", "POST", FORM, "update=CLEAR+ALL&update=CLEAR+ALL", 403),
        ("bad_update_wrong_media_type", "POST", "text/plain", "CLEAR ALL", 415),
        ("bad_update_missing_form_type", "POST", None, "update=CLEAR+ALL", 415),
        ("bad_update_non_utf8", "POST", UPDATE, b"CLEAR \xe9", 403),
        ("bad_update_syntax", "POST", FORM, "update=CLEAR+NOTHING", 403),
        (
            "bad_update_dataset_conflict",
            "POST",
            FORM,
            f"using-named-graph-uri={ONE}&update=DELETE{{?s+?p+?o}}USING+<{ONE}>WHERE{{?s+?p+?o}}",
            403,
        ),
        ("an update sent as a query", "POST", QUERY, f"CLEAR GRAPH <{ONE}>", 400),
        ("a query and an update", "POST", FORM, "query=ASK%7B%7D&update=CLEAR+ALL", 403),
    ],
)
def test_what_is_bad_and_every_update_is_refused_and_changes_nothing(
    small: str, case: str, method: str, sent_as: str | None, sent: Any, status: int
) -> None:
    address = f"{small}?update=CLEAR%20ALL" if case == "bad_update_get" else small
    headers = {"Content-Type": sent_as} if sent_as else {}
    problem(httpx.request(method, address, headers=headers, content=sent), status)
    assert rows(by_get(small, [("query", NAMES)])) == [("one",), ("three",), ("two",)]
