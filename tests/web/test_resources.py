"""Identifiers resolve: 303 to a document, every representation of it, and what there is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest

from qualgraph.namespaces import DEFAULT_BASE, QG
from qualgraph.pages.media import GRAPHS, HTML, SYNTAXES, Media
from qualgraph.rdf import IRI, RDF_TYPE, Triple, parse_data, text
from qualgraph.store import open_store
from servers import serving

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


OFFERED = (HTML, *GRAPHS)


@pytest.mark.parametrize("media", OFFERED, ids=lambda media: media.ending)
@pytest.mark.parametrize("other", OFFERED, ids=lambda media: media.ending)
def test_the_higher_quality_wins_whatever_stands_first(server: str, media: Media, other: Media) -> None:
    less = "" if media is other else f"{other.type};q=0.3, "
    accept = f"{less}{media.type};q=0.7, image/png"
    answer = httpx.get(f"{server}/doc/{UNIT}", headers={"Accept": accept})
    assert answer.headers["content-type"] == media.content_type
    assert answer.headers["content-location"] == f"/doc/{UNIT}.{media.ending}"


@pytest.mark.parametrize("media", OFFERED, ids=lambda media: media.ending)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle;q=0", "image/png"])
def test_the_ending_of_the_address_goes_before_what_is_accepted(
    server: str, media: Media, accept: str
) -> None:
    answer = httpx.get(f"{server}/doc/{UNIT}.{media.ending}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media.content_type)


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("*/*", "html"),
        ("", "html"),
        ("application/*", "nt"),
        ("text/*", "html"),
        ("text/html;q=0, text/*", "ttl"),
        ("text/html;q=0, text/turtle;q=0, */*", "nt"),
        ("text/turtle, */*;q=0.1", "ttl"),
        ("application/json", "jsonld"),
        ("application/xml;q=0.9, application/json;q=0.8", "rdf"),
        ("TEXT/TURTLE", "ttl"),
        ("text/turtle;charset=utf-8", "ttl"),
        ("text/html;q=0.5, text/turtle;q=0.50001", "ttl"),
        ("text/html;q=0, text/turtle;q=0", None),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
        ("application/pdf, image/*", None),
    ],
)
def test_ranges_and_refusals_of_media_types(server: str, accept: str, ending: str | None) -> None:
    answer = httpx.get(f"{server}/doc/{UNIT}", headers={"Accept": accept})
    assert "Accept" in answer.headers["vary"]
    if ending is None:
        assert answer.status_code == 406
        assert all(media.type in answer.json()["hint"] for media in OFFERED)
    else:
        assert answer.headers["content-location"] == f"/doc/{UNIT}.{ending}"


def test_since_when_a_document_is_what_it_is_is_told_and_asked(server: str) -> None:
    address = f"{server}/doc/{UNIT}.ttl"
    said = httpx.get(address).headers["last-modified"]
    early = "Mon, 01 Jan 2001 00:00:00 GMT"
    asked = [
        ({"If-Modified-Since": said}, 304),
        ({"If-Modified-Since": early}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Modified-Since": said, "If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": early, "If-None-Match": "*"}, 304),
    ]
    for headers, status in asked:
        assert httpx.get(address, headers=headers).status_code == status, headers


def test_options_and_preflights_are_answered_everywhere(server: str) -> None:
    for path in (f"doc/{UNIT}", f"id/{UNIT}", "sparql", "def", "query"):
        plain = httpx.options(f"{server}/{path}")
        assert plain.status_code == 204
        assert {"GET", "HEAD", "OPTIONS"} <= {*plain.headers["allow"].split(", ")}
        asked = {
            "Origin": "https://a.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "accept, if-none-match, x-requested-with",
        }
        assert httpx.options(f"{server}/{path}", headers=asked).status_code == 200


def test_a_deleted_component_says_that_it_is_gone(server: str, built: Path, tmp_path: Path) -> None:
    location = tmp_path / "store"
    shutil.copytree(built, location)
    unit = IRI(f"{DEFAULT_BASE}unit/ZZZDEL001")
    with open_store(location, read_only=False) as store:
        said = [
            Triple(unit, RDF_TYPE, IRI(f"{QG}UnitOfCompetency")),
            Triple(unit, IRI(f"{QG}code"), text("ZZZDEL001")),
            Triple(unit, IRI(f"{QG}hasLatestUsage"), IRI(f"{QG}Deleted")),
        ]
        store.replace_graphs({IRI(f"{DEFAULT_BASE}document/invented/1"): said})
    with serving(location, "--processes", "1") as other:
        for accept in ("text/turtle", "text/html"):
            answer = httpx.get(
                f"{other}/id/unit/ZZZDEL001", headers={"Accept": accept}, follow_redirects=True
            )
            assert answer.status_code == 410
            assert "Deleted" in answer.text
            again = httpx.get(
                str(answer.url), headers={"Accept": accept, "If-None-Match": answer.headers["etag"]}
            )
            assert again.status_code == 410


def test_an_identifier_is_not_resolved_to_a_format_without_a_name(server: str) -> None:
    answer = httpx.get(f"{server}/id/{UNIT}", params={"format": ""})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
