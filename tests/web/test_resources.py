"""Identifiers resolve: 303 to a document, every representation of it, and what there is not."""

from __future__ import annotations

import httpx
import pytest

from qualgraph.namespaces import DEFAULT_BASE, QG
from qualgraph.pages.media import GRAPHS, HTML, SYNTAXES, Media
from qualgraph.rdf import IRI, parse_data

UNIT = "unit/BSBCCO402A"
NAMES = {"jsonld": "jsonld", "rdf": "rdf", "trig": "trig", "nq": "nq", "nt": "nt", "ttl": "ttl"}


def test_a_thing_sends_to_its_document(server: str) -> None:
    answer = httpx.get(f"{server}/id/{UNIT}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{UNIT}"
    assert httpx.head(f"{server}/id/{UNIT}").status_code == 303


@pytest.mark.parametrize("media", GRAPHS, ids=lambda media: media.ending)
def test_every_representation_says_the_same_by_accept_and_by_ending(server: str, media: Media) -> None:
    by_accept = httpx.get(f"{server}/id/{UNIT}", headers={"Accept": media.type}, follow_redirects=True)
    by_ending = httpx.get(f"{server}/doc/{UNIT}.{media.ending}")
    by_format = httpx.get(f"{server}/doc/{UNIT}", params={"format": media.type})
    assert by_accept.content == by_ending.content == by_format.content
    assert by_accept.headers["content-type"] == media.content_type
    found = {str(quad.triple) for quad in parse_data(by_accept.content, NAMES[media.ending])}
    flat = httpx.get(f"{server}/doc/{UNIT}.nt")
    all_of_it = {str(quad.triple) for quad in parse_data(flat.content, "nt")}
    assert found <= all_of_it
    assert f'<{DEFAULT_BASE}{UNIT}> <{QG}code> "BSBCCO402A"' in found
    assert found == all_of_it or media.ending in ("trig", "nq")


def test_a_person_gets_a_page_that_leads_to_the_data(server: str) -> None:
    answer = httpx.get(f"{server}/doc/{UNIT}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.headers["content-type"] == HTML.content_type
    assert "Gather, collate and record information" in answer.text
    for media in SYNTAXES:
        assert f'href="/doc/{UNIT}.{media.ending}"' in answer.text
    link = answer.headers["link"]
    assert f'</doc/{UNIT}>; rel="canonical"' in link
    assert f'<{DEFAULT_BASE}{UNIT}>; rel="describes"' in link


def test_a_copy_that_is_still_right_is_not_sent_again(server: str) -> None:
    first = httpx.get(f"{server}/doc/{UNIT}.ttl")
    again = httpx.get(f"{server}/doc/{UNIT}.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert httpx.get(f"{server}/doc/{UNIT}.nt").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("doc/unit/ZZZNONE1", "*/*", 404),
        ("doc/unit/ZZZNONE1.ttl", "*/*", 404),
        ("doc/", "*/*", 404),
        ("doc/unit/%3Cscript%3E", "text/html", 404),
        ("doc/unit/..%2F..%2Fetc%2Fpasswd", "*/*", 404),
        ("doc/unit/a b%22%7D", "*/*", 404),
        ("nothing", "*/*", 404),
        (f"doc/{UNIT}", "image/png", 406),
        ("static/../app.py", "*/*", 404),
        ("static/%2e%2e/app.py", "*/*", 404),
    ],
)
def test_what_there_is_not_is_a_problem(server: str, path: str, accept: str, status: int) -> None:
    answer = httpx.get(f"{server}/{path}", headers={"Accept": accept})
    assert answer.status_code == status
    page = accept == "text/html"
    assert answer.headers["content-type"] == (
        "text/html; charset=utf-8" if page else "application/problem+json"
    )
    assert not page or ("<script>" not in answer.text and "&lt;script&gt;" in answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_terms_of_the_vocabularies_have_documents(server: str) -> None:
    answer = httpx.get(f"{server}/doc/concept/anzsco/541111.ttl")
    assert answer.status_code == 200
    assert any(
        quad.subject == IRI(f"{DEFAULT_BASE}concept/anzsco/541111") for quad in parse_data(answer.content)
    )
