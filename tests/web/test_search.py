"""Search: codes and titles by the beginnings of words, as a page and as data; nothing that is typed does harm."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from qualgraph.errors import BusyError, StoreError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.namespaces import DCTERMS, QG
from qualgraph.pages.search_index import SearchIndex
from qualgraph.rdf import IRI, RDF_TYPE, Triple, text
from qualgraph.store import Answer, OxigraphStore
from qualgraph.web.app import create_app
from qualgraph.web.settings import Settings
from qualgraph.web.workers import Limits

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


class SlowStore(OxigraphStore):
    """A store that answers no question until it is let, or fails as it is told to."""

    def __init__(self, location: Path) -> None:
        super().__init__(location)
        self.let = threading.Event()
        self.fails = False

    def query(self, text: str, **options: object) -> Answer:  # type: ignore[override]
        assert self.let.wait(60)
        if self.fails:
            raise StoreError("is not to be reached.")
        return super().query(text, **options)  # type: ignore[arg-type]


@pytest.fixture
def index(store: OxigraphStore) -> Iterator[SearchIndex]:
    made = SearchIndex(store)
    yield made
    made.close()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SlowStore]:
    with SlowStore(tmp_path / "slow") as opened:
        opened.replace_graphs({IRI("http://example.org/a"): units(TITLES)})
        yield opened


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ZZZ LMP 501", "ZZZLMP501"),
        ("zzzlmp5O1", "ZZZLMP501"),
        ("lmap", "lamp"),
        ("spilce rope", "splice rope"),
        ("fill lampp", "fill lamp"),
        ("quilt", None),
        ("splice quilt", None),
        ("splice lamp", None),
        ("lamp", None),
    ],
)
def test_a_text_that_finds_nothing_is_answered_with_one_like_it_that_does(
    index: SearchIndex, asked: str, meant: str | None
) -> None:
    hits = index.find(asked)
    assert hits.meant == meant
    assert (hits.total == 0) is (asked != "lamp")
    assert meant is None or index.find(meant).total > 0


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
def test_words_are_found_by_their_beginnings(index: SearchIndex, asked: str, codes: list[str]) -> None:
    hits = index.find(asked)
    assert sorted(found.code for found in hits.found) == codes
    assert hits.total == len(codes)


def test_the_equal_code_comes_first_and_pages_do_not_overlap(
    store: OxigraphStore, index: SearchIndex
) -> None:
    many = {f"ZZZLMP{number}": "Lamp" for number in range(500, 600)} | {"LAMP": "An odd code"}
    store.replace_graphs({IRI("http://example.org/a"): units(many)})
    assert index.find("lamp").found[0].code == "LAMP"
    pages = [index.find("lamp", limit=40, offset=offset) for offset in (0, 40, 80)]
    assert [len(page.found) for page in pages] == [40, 40, 21]
    assert len({found.code for page in pages for found in page.found}) == 101


def test_what_is_written_to_the_store_is_found_at_once(store: OxigraphStore, index: SearchIndex) -> None:
    assert index.find("anchor").total == 0
    store.replace_graphs({IRI("http://example.org/b"): units({"ZZZANC201": "Drop an anchor"})})
    assert index.find("anchor").total == 1


def test_a_search_before_there_is_an_index_waits_as_long_as_it_may(slow: SlowStore) -> None:
    index = SearchIndex(slow)
    assert index.begin() is index.begin() is not None
    with pytest.raises(BusyError, match="still reading"):
        index.find("lamp", patience=0.01)
    assert not index.ready
    slow.let.set()
    assert index.find("lamp", patience=60).total == 2
    assert index.ready
    assert index.begin() is None
    index.close()


def test_while_an_index_is_made_anew_the_one_before_answers_and_says_so(slow: SlowStore) -> None:
    index = SearchIndex(slow)
    slow.let.set()
    assert not index.find("anchor").older
    slow.let.clear()
    slow.replace_graphs({IRI("http://example.org/b"): units({"ZZZANC201": "Drop an anchor"})})
    before = index.find("lamp anchor", patience=0.01)
    assert (before.total, before.older) == (0, True)
    slow.let.set()
    after = index.find("anchor", patience=60)
    assert (after.total, after.older) == (1, False)
    index.close()


def test_a_store_that_fails_is_told_of_and_asked_again(slow: SlowStore) -> None:
    index = SearchIndex(slow)
    slow.let.set()
    slow.fails = True
    with pytest.raises(StoreError):
        index.find("lamp", patience=60)
    slow.fails = False
    assert index.find("lamp", patience=60).total == 2
    index.close()


def test_an_index_that_is_made_when_the_server_stops_holds_nobody_up(slow: SlowStore) -> None:
    index = SearchIndex(slow)
    making = index.begin()
    threading.Timer(0.05, slow.let.set).start()
    index.close()
    assert making is not None
    assert isinstance(making.exception(0), BusyError)


def test_a_server_makes_its_index_at_the_start_and_says_when_it_is_not_ready(
    slow: SlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualgraph.web.app.open_store", lambda *_, **__: slow)
    location = str(slow.location)
    app = create_app(Settings(location=location, limits=Limits(timeout=0.3), processes=1))

    async def asked() -> None:
        transport = httpx.ASGITransport(app=app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test", timeout=60) as client,
        ):
            refused = await client.get("/search", params={"q": "lamp"}, headers={"Accept": "text/html"})
            assert refused.status_code == 503
            assert refused.headers["retry-after"] == "5"
            assert "still reading" in refused.text
            problem = (await client.get("/search", params={"q": "lamp"})).json()
            assert problem["error"] == "busy"
            assert (await client.get("/search")).status_code == 200
            health = asyncio.create_task(client.get("/health"))
            await asyncio.sleep(0.1)
            slow.let.set()
            assert (await health).status_code == 200
            found = await client.get("/search", params={"q": "lamp"}, headers={"Accept": "application/json"})
            assert found.json()["total"] == 2
            assert json.loads((await client.get("/health")).text)["search"] == "ready"

    asyncio.run(asked())


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
