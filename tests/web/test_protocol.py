"""The SPARQL 1.1 Protocol over real HTTP: ways to ask, ways to be answered, and what is refused and how.

Source: SPARQL 1.1 Protocol, W3C Recommendation, sections 2.1 and 2.2.
"""

from __future__ import annotations

import json
import threading
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from qualgraph.namespaces import QG

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 5"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.text)
    assert told["status"] == status
    assert told["title"]
    assert told["type"] == "about:blank" or told["type"].startswith("https://")
    return told


def ask(server: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server}/sparql", params={"query": query}, headers=headers, timeout=30)


def test_a_query_by_get_by_form_and_direct_has_one_answer(server: str) -> None:
    answers = [
        httpx.get(f"{server}/sparql", params={"query": COUNT}),
        httpx.post(f"{server}/sparql", data={"query": COUNT}),
        httpx.post(f"{server}/sparql", content=COUNT, headers=DIRECT),
        httpx.post(
            f"{server}/sparql",
            content=COUNT,
            headers={"Content-Type": "application/sparql-query; charset=utf-8"},
        ),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    [row] = answers[0].json()["results"]["bindings"]
    assert int(row["n"]["value"]) > 1000


@pytest.mark.parametrize(
    ("query", "accept", "got"),
    [
        (COUNT, "application/sparql-results+json", "application/sparql-results+json"),
        (COUNT, "application/json", "application/sparql-results+json"),
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (COUNT, "text/csv", "text/csv; charset=utf-8"),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (COUNT, "*/*", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "text/turtle", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (f"DESCRIBE <{QG}Qualification>", "*/*", "text/turtle; charset=utf-8"),
    ],
)
def test_the_media_type_that_is_asked_for_is_the_one_that_comes(
    server: str, query: str, accept: str, got: str
) -> None:
    answer = ask(server, query, Accept=accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == got
    assert "Accept" in answer.headers["vary"]


def test_a_representation_that_there_is_not_is_refused_with_what_there_is(server: str) -> None:
    told = problem(ask(server, "ASK {}", Accept="text/csv"), 406)
    assert "application/sparql-results+json" in told["hint"]


def test_the_data_is_in_the_default_graph_and_can_be_narrowed_by_the_protocol(server: str) -> None:
    graphs = ask(server, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").json()
    names = [row["g"]["value"] for row in graphs["results"]["bindings"]]
    assert len(names) == 7

    def counted(**fields: str | list[str]) -> int:
        encoded = urlencode({"query": COUNT, **fields}, doseq=True)
        answer = httpx.post(f"{server}/sparql", content=encoded, headers=FORM)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    whole = counted()
    parts = {name: counted(**{"default-graph-uri": name}) for name in names}
    assert all(0 < part < whole for part in parts.values())
    assert max(parts.values()) < counted(**{"default-graph-uri": names}) <= sum(parts.values())
    assert counted(**{"named-graph-uri": names[0]}) == 0


def test_graphs_of_the_protocol_take_the_place_of_those_of_the_query(server: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/none> WHERE { ?s ?p ?o }"
    assert ask(server, query).json()["results"]["bindings"][0]["n"]["value"] == "0"
    encoded = urlencode({"default-graph-uri": "https://w3id.org/qualgraph/id/graph/ontology"})
    answer = httpx.post(f"{server}/sparql?{encoded}", content=query, headers=DIRECT)
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) > 100


@pytest.mark.parametrize(
    ("method", "fields", "headers", "content", "status"),
    [
        ("GET", "query=", {}, None, 400),
        ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", {}, None, 400),
        ("GET", "update=DROP%20ALL", {}, None, 403),
        ("GET", "query=%FF", {}, None, 400),
        ("GET", "query=" + quote("DROP ALL"), {}, None, 400),
        ("GET", "query=" + quote("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), {}, None, 400),
        ("GET", "query=" + quote("ASK { ?s"), {}, None, 400),
        ("GET", "query=ASK%7B%7D&default-graph-uri=no%20iri%3E", {}, None, 400),
        ("GET", "query=ASK%7B%7D&default-graph-uri=", {}, None, 400),
        ("GET", "query=ASK%7B%7D&named-graph-uri=relative/graph", {}, None, 400),
        ("GET", "named-graph-uri=relative/graph", {}, None, 400),
        ("POST", "", FORM, "query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("POST", "", FORM, "", 400),
        ("POST", "", DIRECT, "", 400),
        ("POST", "", FORM, "update=DROP%20ALL", 403),
        ("POST", "", {"Content-Type": "application/sparql-update"}, "DROP ALL", 403),
        ("POST", "", {"Content-Type": "text/plain"}, "ASK {}", 415),
        ("POST", "", {}, "ASK {}", 415),
        ("POST", "query=ASK%7B%7D", DIRECT, "ASK {}", 400),
        ("POST", "", DIRECT, b"\xff\xfe", 400),
        ("POST", "", FORM, "query=" + "x" * 2_000_000, 413),
        ("PUT", "", DIRECT, "ASK {}", 405),
        ("DELETE", "", {}, None, 405),
    ],
)
def test_what_is_wrong_is_refused_as_a_problem_that_says_so(
    server: str, method: str, fields: str, headers: dict[str, str], content: Any, status: int
) -> None:
    answer = httpx.request(method, f"{server}/sparql?{fields}", headers=headers, content=content)
    problem(answer, status)


def test_head_is_get_without_the_body(server: str) -> None:
    params = {"query": COUNT}
    head, get = httpx.head(f"{server}/sparql", params=params), httpx.get(f"{server}/sparql", params=params)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.content))


def test_pages_of_other_sites_may_ask(server: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = httpx.options(f"{server}/sparql", headers=asked)
    assert preflight.headers["access-control-allow-origin"] == "*"
    answer = httpx.get(
        f"{server}/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"


CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_that_takes_too_long_is_stopped_while_others_go_on(server: str) -> None:
    slow: list[httpx.Response] = []
    thread = threading.Thread(target=lambda: slow.append(ask(server, CROSS)))
    thread.start()
    assert ask(server, "ASK {}").json()["boolean"] is True
    assert thread.is_alive()
    thread.join(timeout=20)
    told = problem(slow[0], 503)
    assert told["type"].endswith("#querytimeouterror")
    assert told["hint"]
    assert ask(server, "ASK {}").json()["boolean"] is True


def test_pasted_white_space_of_any_kind_is_white_space(server: str) -> None:
    assert ask(server, "ASK\u00a0{\u2003?s\u2028?p\u200b ?o\u3000}").json()["boolean"] is True


def test_sparqlwrapper_is_answered(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(COUNT)
    client.setReturnFormat(JSON)
    by_get = client.query().convert()
    client.setMethod(POST)
    assert client.query().convert() == by_get
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert b"a " in client.query().convert()


def test_rdflibs_store_is_answered(server: str) -> None:
    store = SPARQLStore(f"{server}/sparql")
    rows = list(
        store.query("SELECT ?c WHERE { ?q a <" + QG + "Qualification> ; <" + QG + "code> ?c } ORDER BY ?c")
    )
    assert "BSB40307" in [str(row[0]) for row in rows]
    assert bool(store.query("ASK {}")) is True
