"""The ontology and the vocabularies resolve, as data and as pages that explain every term."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from qualgraph.assets import ontology_files
from qualgraph.catalogue import discover
from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DEFAULT_BASE, OWL, QG, SKOS
from qualgraph.pages.descriptions import Description, description
from qualgraph.pages.media import GRAPHS, HTML, Media
from qualgraph.pages.pages import Pages
from qualgraph.pages.scheme_pages import concept_tree, scheme_page
from qualgraph.rdf import IRI, RDF_TYPE, Triple, parse_data, parse_file, text
from qualgraph.store import OxigraphStore, Store
from qualgraph.web.component_pages import ComponentPages

DECLARED = {
    quad.subject.value.removeprefix(QG)
    for path in ontology_files(vocabularies=False)
    for quad in parse_file(path)
    if quad.predicate == RDF_TYPE and isinstance(quad.object, IRI) and quad.object.value.startswith(OWL)
    if isinstance(quad.subject, IRI) and quad.subject.value.startswith(QG)
}


class Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]


@pytest.mark.parametrize("media", GRAPHS, ids=lambda media: media.ending)
def test_the_ontology_is_given_in_every_syntax_by_accept_and_by_ending(server: str, media: Media) -> None:
    by_accept = httpx.get(f"{server}/def", headers={"Accept": media.type})
    by_ending = httpx.get(f"{server}/def.{media.ending}")
    assert by_accept.headers["content-type"] == by_ending.headers["content-type"] == media.content_type
    assert by_accept.content == by_ending.content
    assert "Accept" in by_accept.headers["vary"]
    found = {str(quad.triple.subject) for quad in parse_data(by_accept.content, media.ending)}
    assert {f"<{QG}{name}>" for name in DECLARED} <= found


def test_every_term_has_a_place_in_the_page_of_the_ontology(server: str) -> None:
    answer = httpx.get(f"{server}/def", headers={"Accept": "text/html,*/*;q=0.1"})
    assert answer.headers["content-type"] == HTML.content_type
    anchors = Anchors()
    anchors.feed(answer.text)
    assert len(DECLARED) > 150
    assert set(anchors.ids) >= DECLARED
    assert len(anchors.ids) == len(set(anchors.ids))
    assert "awarded to a person who has met a packaging rule" in answer.text
    assert 'href="/def#Component"' in answer.text


@pytest.mark.parametrize(("path", "accept", "status"), [("def.png", "*/*", 404), ("def", "image/png", 406)])
def test_of_the_ontology_there_is_nothing_else(server: str, path: str, accept: str, status: int) -> None:
    answer = httpx.get(f"{server}/{path}", headers={"Accept": accept})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


SCHEMES = sorted(
    {
        quad.subject.value
        for path in ontology_files()
        for quad in parse_file(path)
        if quad.predicate == RDF_TYPE
        and quad.object == IRI(f"{SKOS}ConceptScheme")
        and isinstance(quad.subject, IRI)
    }
)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_vocabulary_resolves_as_data_and_as_a_page_with_its_concepts(server: str, scheme: str) -> None:
    place = scheme.removeprefix(DEFAULT_BASE)
    data = httpx.get(f"{server}/id/{place}", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert any(quad.subject == IRI(scheme) for quad in parse_data(data.content))
    page = httpx.get(f"{server}/id/{place}", headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert "Concepts</h2>" in page.text


def test_there_are_as_many_vocabularies_as_are_shipped() -> None:
    assert len(SCHEMES) >= 15


def test_a_tree_opens_from_the_top_concept_to_the_lowest(server: str) -> None:
    page = httpx.get(f"{server}/doc/scheme/anzsco-2022", headers={"Accept": "text/html"}).text
    order = [
        page.index(f'href="/doc/concept/anzsco/{code}"') for code in ("5", "54", "541", "5411", "541111")
    ]
    assert order == sorted(order)
    assert page.count("<details>") >= 4


def test_a_vocabulary_that_the_store_does_not_hold_resolves_all_the_same(server: str) -> None:
    from qualgraph.web.vocabularies import shipped_vocabularies

    tree, number = concept_tree(
        Pages(Identifiers()), shipped_vocabularies(), IRI(f"{DEFAULT_BASE}scheme/aqf-type")
    )
    assert number == len(tree) > 5


def test_a_circle_of_concepts_is_shown_and_ends() -> None:
    scheme, first, second = (IRI(f"http://a.example/{name}") for name in ("s", "a", "b"))
    inside, broader = IRI(f"{SKOS}inScheme"), IRI(f"{SKOS}broader")
    triples = [
        Triple(first, inside, scheme),
        Triple(second, inside, scheme),
        Triple(first, broader, second),
        Triple(second, broader, first),
    ]
    with OxigraphStore(None) as store:
        store.replace_graphs({IRI("http://a.example/g"): triples})
        tree, number = concept_tree(Pages(Identifiers()), store, scheme)
    assert number == 2
    [top] = tree
    assert [one.name for one in top.below] == ["b"]


def test_the_page_of_a_scheme_is_made_once_for_each_state_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(pages: Pages, stores: Sequence[Store], iri: IRI, found: Description) -> str:
        made.append(iri.value)
        return scheme_page(pages, stores, iri, found)

    monkeypatch.setattr("qualgraph.web.component_pages.scheme_page", counted)
    scheme, concept = (IRI(f"{DEFAULT_BASE}{name}") for name in ("scheme/lamps", "concept/lamps/1"))
    with OxigraphStore(tmp_path / "store") as store:
        pages = ComponentPages(store, Identifiers(), discover(), Pages(Identifiers()))
        for label in ("Oil lamps", "Gas lamps"):
            triples = [
                Triple(scheme, RDF_TYPE, IRI(f"{SKOS}ConceptScheme")),
                Triple(concept, IRI(f"{SKOS}inScheme"), scheme),
                Triple(concept, IRI(f"{SKOS}prefLabel"), text(label)),
            ]
            store.replace_graphs({IRI("http://a.example/g"): triples})
            request = Request({"type": "http"})
            told = [pages.thing(request, scheme, description(store, scheme)) for _ in range(3)]
            assert all(label in page for page in told)
    assert made == [scheme.value] * 2


def test_the_catalogue_is_given_as_examples_for_the_endpoint(server: str) -> None:
    answer = httpx.get(f"{server}/sparql/examples", headers={"Accept": "text/turtle"})
    quads = list(parse_data(answer.content))
    queries = {
        str(quad.subject).strip("<>").rpartition("#")[2]: quad.object.value  # type: ignore[union-attr]
        for quad in quads
        if quad.predicate.value
        in (f"http://www.w3.org/ns/shacl#{form}" for form in ("select", "ask", "construct"))
    }
    assert queries.keys() == {query.name for query in discover()}
    done = httpx.post(f"{server}/sparql", data={"query": queries["units-of"]}, timeout=30)
    assert done.json()["results"]["bindings"]
    targets = {quad.object for quad in quads if quad.predicate.value == "https://schema.org/target"}
    assert targets == {IRI(f"{server}/sparql")}
    for described in ("sparql", ".well-known/void"):
        told = httpx.get(f"{server}/{described}", headers={"Accept": "application/n-triples"}, timeout=30)
        assert f"<{server}/sparql/examples>" in told.text
