"""Search: codes and titles by the beginnings of words, as a page and as data; nothing that is typed does harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.namespaces import DCTERMS, QG
from qualgraph.pages.search_index import SearchIndex
from qualgraph.rdf import IRI, RDF_TYPE, Triple, text
from qualgraph.store import OxigraphStore

IDS = Identifiers()
TITLES = {"ZZZLMP501": "Trim a lamp", "ZZZLMP502": "Fill a lamp with café oil", "ZZZROP101": "Splice a rope"}


def units(titles: dict[str, str]) -> Iterator[Triple]:
    for code, title in titles.items():
        iri = IDS.component(Kind.UNIT, code)
        yield Triple(iri, RDF_TYPE, IRI(f"{QG}UnitOfCompetency"))
        yield Triple(iri, IRI(f"{QG}code"), text(code))
        yield Triple(iri, IRI(f"{DCTERMS}title"), text(title))
        yield Triple(iri, IRI(f"{QG}preferredTitle"), text(title))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OxigraphStore]:
    with OxigraphStore(tmp_path / "store") as opened:
        opened.replace_graphs({IRI("http://example.org/a"): units(TITLES)})
        yield opened


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("lamp", ["ZZZLMP501", "ZZZLMP502"]),
        ("LAM fil", ["ZZZLMP502"]),
        ("zzzlmp501", ["ZZZLMP501"]),
        ("cafe", ["ZZZLMP502"]),
        ("zzzr", ["ZZZROP101"]),
        ("amp", []),
        ("lamp rope", []),
        ("lamp'; DROP TABLE things; --", []),
        ('"lamp" OR rope*', []),
        ("*", []),
        ("", []),
    ],
)
def test_words_are_found_by_their_beginnings(store: OxigraphStore, asked: str, codes: list[str]) -> None:
    hits = SearchIndex(store).find(asked)
    assert sorted(found.code for found in hits.found) == codes
    assert hits.total == len(codes)


def test_the_equal_code_comes_first_and_pages_do_not_overlap(store: OxigraphStore) -> None:
    many = {f"ZZZLMP{number}": "Lamp" for number in range(500, 600)} | {"LAMP": "An odd code"}
    store.replace_graphs({IRI("http://example.org/a"): units(many)})
    index = SearchIndex(store)
    assert index.find("lamp").found[0].code == "LAMP"
    pages = [index.find("lamp", limit=40, offset=offset) for offset in (0, 40, 80)]
    assert [len(page.found) for page in pages] == [40, 40, 21]
    assert len({found.code for page in pages for found in page.found}) == 101


def test_what_is_written_to_the_store_is_found_at_once(store: OxigraphStore) -> None:
    index = SearchIndex(store)
    assert index.find("anchor").total == 0
    store.replace_graphs({IRI("http://example.org/b"): units({"ZZZANC201": "Drop an anchor"})})
    assert index.find("anchor").total == 1


def test_a_person_gets_a_page_and_a_program_data(server: str) -> None:
    page = httpx.get(f"{server}/search", params={"q": "customer contact"}, headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/doc/qualification/BSB40307"' in page.text
    data = httpx.get(
        f"{server}/search", params={"q": "customer contact"}, headers={"Accept": "application/json"}
    )
    found = data.json()
    assert found["total"] >= 3
    assert {"BSB40307", "BSB50311"} <= {one["code"] for one in found["found"]}
    assert all(one["document"].startswith("/doc/") for one in found["found"])


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 200),
        ({"q": "<script>alert(1)</script>"}, 200),
        ({"q": "x" * 201}, 400),
        ({"q": "a", "page": "0"}, 400),
        ({"q": "a", "page": "x"}, 400),
        ({"q": "a", "page": "500"}, 200),
    ],
)
def test_a_search_for_anything_ends_in_a_page(server: str, params: dict[str, str], status: int) -> None:
    answer = httpx.get(f"{server}/search", params=params, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert "<script>alert" not in answer.text
    assert "<h1>" in answer.text
