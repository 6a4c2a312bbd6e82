"""The validator over HTTP: every way to send data, every form of report, and data that is none."""

from __future__ import annotations

import csv
import html
import io

import httpx
import pytest

from qualgraph.namespaces import QG, SH
from qualgraph.rdf import IRI, parse_data

BROKEN = f"""@prefix qg: <{QG}> .
<https://example.org/unit/1> a qg:UnitOfCompetency ; qg:code "not a code" .
"""
TURTLE = {"Content-Type": "text/turtle", "Accept": "application/json"}


def test_the_report_is_the_same_however_the_data_is_sent(server: str) -> None:
    accept = {"Accept": "application/json"}
    reports = [
        httpx.post(f"{server}/validate", content=BROKEN, headers=TURTLE, timeout=60),
        httpx.post(f"{server}/validate", data={"data": BROKEN, "syntax": "ttl"}, headers=accept, timeout=60),
        httpx.post(f"{server}/validate", files={"file": ("x.ttl", BROKEN)}, headers=accept, timeout=60),
    ]
    assert [report.status_code for report in reports] == [200, 200, 200], reports[2].text
    found = [
        [(one["shape"], one["focus"], one["message"]) for one in report.json()["findings"]]
        for report in reports
    ]
    assert found[0]
    assert found[0] == found[1] == found[2]
    assert all(report.headers["cache-control"] == "no-store" for report in reports)


def test_a_report_comes_as_table_or_graph_too(server: str) -> None:
    table = httpx.post(
        f"{server}/validate", content=BROKEN, headers={**TURTLE, "Accept": "text/csv"}, timeout=60
    )
    assert next(csv.DictReader(io.StringIO(table.text)))["focus"] == "https://example.org/unit/1"
    graph = httpx.post(
        f"{server}/validate", content=BROKEN, headers={**TURTLE, "Accept": "text/turtle"}, timeout=60
    )
    assert any(quad.object == IRI(f"{SH}ValidationReport") for quad in parse_data(graph.content))


def test_a_person_reads_the_report_in_the_page_and_can_go_on_editing(server: str) -> None:
    data = BROKEN.replace("not a code", "<script>alert(1)</script>")
    page = httpx.post(
        f"{server}/validate",
        data={"data": data, "syntax": "ttl"},
        headers={"Accept": "text/html"},
        timeout=60,
    )
    assert page.status_code == 200
    assert "Does not conform" in page.text
    assert "What to do" in page.text
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text.split("<textarea")[1]


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "text/turtle"}, "<a> <b> .", 400),
        ({"Content-Type": "text/turtle"}, "", 400),
        ({"Content-Type": "text/turtle"}, b"\xff", 400),
        ({"Content-Type": "image/png"}, "x", 415),
        ({}, "x", 415),
        ({"Content-Type": "text/turtle"}, "#" * 9_000_000, 413),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "data=x&syntax=doc", 400),
    ],
)
def test_what_is_no_data_is_a_problem(
    server: str, headers: dict[str, str], content: str | bytes, status: int
) -> None:
    answer = httpx.post(
        f"{server}/validate", content=content, headers={"Accept": "application/json", **headers}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_nothing_is_fetched_on_behalf_of_data(server: str) -> None:
    """JSON-LD may name a context by its address, and RDF/XML may ask for a file by an entity: neither is followed."""
    context = '{"@context": "http://127.0.0.1:9/context", "@id": "http://example.org/", "a": "b"}'
    answer = httpx.post(
        f"{server}/validate",
        content=context,
        headers={**TURTLE, "Content-Type": "application/ld+json"},
        timeout=60,
    )
    assert answer.status_code == 400
    entity = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
<rdf:Description rdf:about="http://x/"><x:y>&e;</x:y></rdf:Description></rdf:RDF>"""
    answer = httpx.post(
        f"{server}/validate",
        content=entity,
        headers={**TURTLE, "Content-Type": "application/rdf+xml"},
        timeout=60,
    )
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    ("data", "syntax", "looks"),
    [
        ('{"@id": "https://example.org/<a>&"}', "ttl", "looks like JSON-LD (application/ld+json)"),
        ('[{"@id": 1}]', "nt", "looks like JSON-LD"),
        ('<?xml version="1.0"?><rdf:RDF/>', "ttl", "looks like RDF/XML (application/rdf+xml)"),
        (
            "<https://example.org/a> a <https://example.org/B> .",
            "jsonld",
            "looks like Turtle, N-Triples or RDF/XML",
        ),
        ("not data", "ttl", None),
        ("[ a <https://example.org/A> ", "ttl", None),
    ],
)
def test_text_that_cannot_be_read_stays_in_the_form(
    server: str, data: str, syntax: str, looks: str | None
) -> None:
    form = {"data": data, "syntax": syntax}
    page = httpx.post(f"{server}/validate", data=form, headers={"Accept": "text/html"}, timeout=60)
    assert page.status_code == 400
    kept = page.text.partition('name="data"')[2].partition(">")[2].partition("</textarea>")[0]
    assert html.unescape(kept) == data
    assert f'<option value="{syntax}" selected>' in page.text
    assert "It could not be checked" in page.text
    assert ("looks like" in page.text) == (looks is not None)
    assert (looks or "") in page.text
