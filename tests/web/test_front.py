"""The front door: what a server says of itself and its data, to people and to programs."""

from __future__ import annotations

import time

import httpx
import pytest

from qualgraph.catalogue import discover
from qualgraph.publishing import SD, VOID
from qualgraph.rdf import IRI, RDF_TYPE, parse_data

CATALOGUE = discover()


def when_counted(address: str) -> httpx.Response:
    """The description once the server, which has just been started, has made its counts."""
    for _ in range(120):
        answer = httpx.get(address, headers={"Accept": "text/turtle"})
        if "counts of this dataset are being made" not in answer.text:
            break
        time.sleep(0.25)
    return answer


@pytest.mark.parametrize("path", ["", ".well-known/void"])
def test_the_data_is_described_with_its_own_counts(server: str, path: str) -> None:
    answer = when_counted(f"{server}/{path}")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = [quad.triple for quad in parse_data(answer.content)]
    dataset = IRI(f"{server}/#dataset")
    said = {(t.subject, t.predicate.value.removeprefix(VOID)): t.object.value for t in triples}
    counted = httpx.get(f"{server}/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    assert said[dataset, "triples"] == counted["results"]["bindings"][0]["n"]["value"]
    assert said[dataset, "sparqlEndpoint"] == f"{server}/sparql"
    assert len([t for t in triples if t.predicate == IRI(f"{VOID}subset")]) == 7


def test_the_endpoint_without_a_question_describes_itself_or_is_an_editor(server: str) -> None:
    data = httpx.get(f"{server}/sparql", headers={"Accept": "text/turtle"})
    triples = [quad.triple for quad in parse_data(data.content)]
    assert any(t.predicate == RDF_TYPE and t.object == IRI(f"{SD}Service") for t in triples)
    assert any(t.object == IRI(f"{SD}UnionDefaultGraph") for t in triples)
    page = httpx.get(f"{server}/sparql", headers={"Accept": "text/html"})
    assert page.text.count("<option value=") > len(CATALOGUE)
    linked = httpx.get(
        f"{server}/sparql", params={"query": "ASK { <a> }</textarea>"}, headers={"Accept": "text/html"}
    )
    assert "ASK { &lt;a&gt; }&lt;/textarea&gt;" in linked.text


def test_the_interface_is_described_with_every_question(server: str) -> None:
    told = httpx.get(f"{server}/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {f"/query/{query.name}" for query in CATALOGUE} <= told["paths"].keys()
    [code] = [p for p in told["paths"]["/query/units-of"]["get"]["parameters"] if p["name"] == "code"]
    assert code["required"] is True
    names = [operation["operationId"] for path in told["paths"].values() for operation in path.values()]
    assert len(set(names)) == len(names)


def test_a_person_starts_at_a_page(server: str) -> None:
    page = httpx.get(server, headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for path in ("search", "query", "sparql", ".well-known/void", "openapi.json"):
        assert f'href="/{path}"' in page.text or f'action="/{path}"' in page.text
        assert httpx.get(f"{server}/{path}", headers={"Accept": "*/*"}).status_code == 200
    for file in ("style.css", "editor.js"):
        assert httpx.get(f"{server}/static/{file}").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "search?q=a", "query", "query/units-of?code=BSB40307", "sparql", "doc/unit/BSBCCO402A"]
)
def test_a_page_loads_nothing_from_elsewhere(server: str, path: str) -> None:
    page = httpx.get(f"{server}/{path}", headers={"Accept": "text/html"}).text
    assert "<main" in page
    loaded = [
        part.split('"')[1]
        for part in page.split("<")
        if part.startswith(("script src", 'link rel="stylesheet"'))
    ]
    assert all(not one.startswith(("http:", "https:", "//")) for one in loaded)
    assert " style=" not in page
    assert "<script>" not in page
