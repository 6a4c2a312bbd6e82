"""Pages about components: what they say, that titles do no harm in them, and how many queries each takes."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.catalogue import discover
from qualgraph.identifiers import Identifiers
from qualgraph.overview import overview
from qualgraph.packaging import PackagingRule, Specialisation
from qualgraph.pages.component_views import ComponentViews
from qualgraph.pages.descriptions import description
from qualgraph.pages.pages import Pages
from qualgraph.pipeline import build, ingest_file
from qualgraph.rdf import IRI
from qualgraph.store import OxigraphStore, Store, open_store
from qualgraph.triples import TextPolicy
from qualgraph.web.component_pages import ComponentPages
from support import DOCUMENTS

IDS = Identifiers()
HTML = {"Accept": "text/html"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
MOST_QUERIES = 10
Shown = Callable[[ComponentPages, Store], str]


class Tags(HTMLParser):
    """The elements of a page, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def request(path: str, query: str = "", **params: str) -> Request:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    return Request({**scope, "headers": [(b"accept", b"text/html")], "path_params": params})


def thing(key: str) -> Shown:
    def shown(components: ComponentPages, store: Store) -> str:
        iri = IRI(f"{IDS.base}{key}")
        return components.thing(request(f"/doc/{key}"), iri, description(store, iri))

    return shown


def answered(name: str, query: str = "", **params: str) -> Shown:
    def shown(components: ComponentPages, _store: Store) -> str:
        answering: Callable[[Request], Awaitable[Response]] = getattr(components, name)

        async def body() -> bytes:
            return bytes((await answering(request(f"/{name}", query, **params))).body)

        return asyncio.run(body()).decode()

    return shown


def shown_pages(qualification: str, unit: str, other: str) -> dict[str, Shown]:
    return {
        "qualification": thing(f"qualification/{qualification}"),
        "unit": thing(f"unit/{unit}"),
        "history": answered("history", code=qualification),
        "history-of-unit": answered("history", code=unit),
        "pathways": answered("pathways", code=qualification),
        "compare": answered("compare", f"a={qualification}&b={other}"),
    }


SHIPPED = {
    **shown_pages("BSB40307", "BSBCCO402A", "BSB50311"),
    "document": thing("document/register-page/BSB40307/release-1"),
    "concept": thing("concept/anzsco/541111"),
}
INVENTED = shown_pages("ZZZ40120", "ZZZLMP401", "ZZZ40120")


def components_of(store: Store) -> ComponentPages:
    return ComponentPages(store, IDS, discover(), Pages(IDS))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("hostile")
    told = (DOCUMENTS / "register-page.txt").read_text(encoding="utf-8")
    for title in ("Certificate IV in Lighthouse Keeping", "Trim the lamp"):
        assert title in told
        told = told.replace(title, f"{title} {HOSTILE}")
    document = folder / "page.txt"
    document.write_text(told, encoding="utf-8")
    with OxigraphStore(folder / "store") as store:
        build(store)
        ingest_file(store, document, policy=TextPolicy.ALL)
        build(store)
        yield store


@pytest.mark.parametrize("kind", sorted(INVENTED))
def test_a_hostile_title_is_text_on_every_page(hostile: Store, kind: str) -> None:
    page = INVENTED[kind](components_of(hostile), hostile)
    assert "alert(1)" in page
    tags = Tags(page).found
    scripts = [attributes for tag, attributes in tags if tag == "script"]
    assert all(attributes.get("type") == "application/ld+json" for attributes in scripts)
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert "<img" not in page


@pytest.mark.parametrize("kind", sorted(SHIPPED))
def test_no_page_takes_more_than_ten_queries(built: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(built, read_only=True) as store:
        asked: list[str] = []
        query = store.query
        monkeypatch.setattr(store, "query", lambda text, **more: (asked.append(text), query(text, **more))[1])
        assert "<h1>" in SHIPPED[kind](components_of(store), store)
    assert 0 < len(asked) <= MOST_QUERIES


@pytest.mark.parametrize("kind", sorted(SHIPPED))
def test_headings_go_down_one_level_at_a_time_and_ids_are_unique(built: Path, kind: str) -> None:
    with open_store(built, read_only=True) as store:
        page = SHIPPED[kind](components_of(store), store)
    tags = Tags(page).found
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_qualification_says_what_replaced_it_and_whether_that_is_equivalent(hostile: Store) -> None:
    page = INVENTED["qualification"](components_of(hostile), hostile)
    banner = page.split('class="status"')[1].split("</div>")[0]
    assert "Superseded" in banner
    assert 'href="/code/ZZZ40125"' in banner
    assert "<strong>not equivalent</strong>" in banner
    assert "2025-06-30" in banner
    assert 'href="/check/ZZZ40120"' in page


def test_a_count_that_is_missing_is_told_in_words_and_not_as_a_question_mark(hostile: Store) -> None:
    told = overview(hostile, "ZZZ40120")
    own = Specialisation(path="packaging/specialisation/Lamps", name="Lamps", total=12)
    rule = PackagingRule(core=4, specialisations=(own,))
    bare = replace(told.packaging[0], total=None, core=4, elective=None)
    views = ComponentViews(Pages(IDS))
    page = views.component(replace(told, packaging=(bare,)), rule, ())
    assert "<p>total differs by specialisation: 4 core, elective differs by specialisation." in page
    page = views.component(replace(told, packaging=(bare,)), None, ())
    assert "<p>total not stated: 4 core, elective not stated." in page


def test_the_data_in_a_page_is_json_that_names_it(server: str) -> None:
    page = httpx.get(f"{server}/doc/qualification/BSB40307", headers=HTML).text
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "EducationalOccupationalCredential"
    assert data["identifier"] == "BSB40307"


def test_a_unit_has_its_equivalents_with_the_policy_and_the_qualifications_that_package_it(
    server: str,
) -> None:
    page = httpx.get(f"{server}/doc/unit/BSBCCO402A", headers=HTML).text
    assert "Under the policy ASQA" in page
    assert 'href="/code/BSB40307"' in page


def test_a_history_tells_what_each_policy_makes_of_it(server: str) -> None:
    page = httpx.get(f"{server}/history/BSB40307", headers=HTML)
    assert page.status_code == 200
    assert "<h2>Every step</h2>" in page.text
    assert ">register-page/BSB40307/release-1, line " in page.text
    data = httpx.get(
        f"{server}/history/BSB40307?policy=WaTacCreditPolicy2023", headers={"Accept": "application/json"}
    )
    assert data.json()["policy"] == "WaTacCreditPolicy2023"
    assert httpx.get(f"{server}/history/BSB40307?policy=none", headers=HTML).status_code == 400
    assert httpx.get(f"{server}/history/ZZZ99999", headers=HTML).status_code == 404


def test_a_picture_has_links_and_the_same_as_a_list(hostile: Store) -> None:
    page = INVENTED["pathways"](components_of(hostile), hostile)
    svg = page.split("<svg")[1].split("</svg>")[0]
    linked = set(re.findall(r'<a href="(/code/\w+)"', svg))
    assert linked
    assert linked <= set(re.findall(r'<a href="(/code/\w+)"', page.split("</svg>")[1]))


def test_two_qualifications_are_compared(server: str) -> None:
    page = httpx.get(f"{server}/compare", params={"a": "BSB40307", "b": "BSB50311"}, headers=HTML)
    assert "Units that changed" in page.text
    assert httpx.get(f"{server}/compare", headers=HTML).status_code == 200
    assert (
        httpx.get(f"{server}/compare", params={"a": "BSB40307", "b": "<b>"}, headers=HTML).status_code == 400
    )


def test_what_is_not_there_is_told_of_without_the_folder_of_the_store(server: str, built: Path) -> None:
    for path in ("code/ZZZ99999", "history/ZZZ99999", "check/ZZZ99999", "compare?a=ZZZ99999&b=BSB50311"):
        for accept in ("text/html", "*/*"):
            answer = httpx.get(f"{server}/{path}", headers={"Accept": accept})
            assert answer.status_code == 404
            assert "in this store" in answer.text
            assert str(built) not in answer.text


def test_a_code_leads_to_its_page(server: str) -> None:
    answer = httpx.get(f"{server}/code/bsb40307")
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/qualification/BSB40307")


def test_a_document_says_what_was_not_read_and_a_concept_what_is_under_it(server: str) -> None:
    document = httpx.get(f"{server}/doc/document/register-page/BSB40307/release-1", headers=HTML).text
    assert "<h2>What was not read</h2>" in document
    assert 'href="/doc/qualification/BSB40307"' in document
    concept = httpx.get(f"{server}/doc/concept/anzsco/541111", headers=HTML).text
    assert "<h2>What is classified under it</h2>" in concept
    assert 'href="/doc/qualification/BSB40307"' in concept


def test_search_engines_are_told_where_the_pages_are(server: str) -> None:
    robots = httpx.get(f"{server}/robots.txt").text
    assert f"Sitemap: {server}/sitemap.xml" in robots
    [part] = re.findall(r"<loc>(.*?)</loc>", httpx.get(f"{server}/sitemap.xml").text)
    places = re.findall(r"<loc>(.*?)</loc>", httpx.get(part).text)
    assert f"{server}/doc/qualification/BSB40307" in places
    assert len(places) == len(set(places)) > 50
    assert httpx.get(f"{server}/sitemap/2.xml").status_code == 404
