"""The page of a concept names what stands under it by code and title, counts it, and says where all of it is."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.overview import concept
from qualgraph.pages.described_pages import described_page
from qualgraph.pages.descriptions import description
from qualgraph.pages.pages import Pages
from qualgraph.rdf import IRI, parse_data
from qualgraph.store import MemoryStore, OxigraphStore, Store, Table

IDS = Identifiers()
UNITS = {"ZZZ1": "Superseded", "ZZZ2": "Current", "ZZZ3": "Superseded", "ZZZ4": "Current"}
HEAD = f"""
@base <{DEFAULT_BASE}> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .
"""
FIELD = """
<concept/asced-field/9901> a skos:Concept ; skos:notation "9901" ; skos:prefLabel "Kite Making" ;
    skos:inScheme <scheme/asced-field> .
<scheme/asced-field> skos:prefLabel "Fields" .
<concept/asced-field/990101> skos:broader <concept/asced-field/9901> ; skos:notation "990101" ;
    skos:prefLabel "Kite Sewing" .
""" + "\n".join(
    f'<unit/{code}> qg:code "{code}" ; qg:preferredTitle "Fly {code[-1]}" ; qg:hasLatestUsage qg:{usage} ; '
    "xkos:classifiedUnder <concept/asced-field/9901> ."
    for code, usage in UNITS.items()
)
FIELD += "<unit/uncoded> xkos:classifiedUnder <concept/asced-field/9901> ."
LINKS = """
<concept/asced-field/9901> schema:qualifications <qualification/ZZZ40120> .
<qualification/ZZZ40120> qg:code "ZZZ40120" ; qg:preferredTitle "Kites" ; qg:hasLatestUsage qg:Current .
"""
EDITIONS = {
    edition: f"""
<concept/anzsco/999911> a skos:Concept ; skos:notation "999911" ;
    qg:hasEditionEntry <concept/anzsco/999911/edition/{edition}> .
<concept/anzsco/999911/edition/{edition}> a qg:EditionEntry ; qg:isInEdition <scheme/{edition}> ;
    qg:statedLabel "{label}" ; qg:skillLevel {level} .
<concept/anzsco/999911> qg:hasIndexTitle <concept/anzsco/999911/edition/{edition}/title/x> .
<concept/anzsco/999911/edition/{edition}/title/x> qg:isInEdition <scheme/{edition}> ; qg:statedLabel "Other" .
"""
    for edition, label, level in (("anzsco-2006", "Kite Boss", 4), ("anzsco-2022", "Kite Crew Leader", 2))
}
MAPPING = """
<mapping/ZZZ1/ZZZ2> a qg:SupersessionMapping ; qg:mapsFrom <unit/ZZZ1> ; qg:mapsTo <unit/ZZZ2> .
<document/page/1> a qg:SourceDocument ; qg:fileName "page.txt" ; qg:describes <unit/ZZZ2> , <unit/ZZZ1> .
"""


@pytest.fixture(params=[OxigraphStore, MemoryStore], ids=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = OxigraphStore(None) if request.param is OxigraphStore else MemoryStore()
    texts = {
        "page/1": FIELD + MAPPING,
        "jsa/1": LINKS,
        **{f"abs/{key}": text for key, text in EDITIONS.items()},
    }
    made.replace_graphs(
        {
            IRI(f"{DEFAULT_BASE}document/{key}"): [quad.triple for quad in parse_data(HEAD + text)]
            for key, text in texts.items()
        }
    )
    return made


def page(store: Store, key: str) -> str:
    iri = IRI(f"{DEFAULT_BASE}{key}")
    pages = Pages(IDS)
    found = description(store, iri)
    return described_page(pages, IDS, store, iri, found) or pages.thing(iri, found)


def part(page: str, heading: str) -> str:
    """What a page says under a heading, without tags."""
    text = page.split(f"{heading}</h2>")[1].split("<h2")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)).strip()


def test_what_is_under_a_concept_has_codes_titles_and_a_count_with_the_current_first(store: Store) -> None:
    told = part(page(store, "concept/asced-field/9901"), "What is classified under it")
    assert told.startswith("5, the current ones first. ZZZ2 Fly 2 current")
    assert re.findall(r"ZZZ\d", told) == ["ZZZ2", "ZZZ4", "ZZZ1", "ZZZ3"]
    linked = part(page(store, "concept/asced-field/9901"), "Qualifications that linked data gives for it")
    assert "ZZZ40120 Kites current [jsa/1]" in linked


def test_a_list_that_is_cut_says_so_with_a_link_to_a_query_that_gives_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concept, "MOST", 3)
    shown = page(store, "concept/asced-field/9901")
    told = part(shown, "What is classified under it")
    assert told.startswith("3 of 5, the current ones first. All 5.")
    assert "ZZZ3" not in told
    [address] = re.findall(r'<a href="(/sparql\?query=[^"]*)">All 5</a>', shown)
    [query] = parse_qs(urlsplit(address).query)["query"]
    answer = store.query(query)
    assert isinstance(answer, Table)
    assert [str(getattr(code, "value", "")) for _, code, _ in answer.rows] == ["", *UNITS]


def test_concepts_near_one_are_told_by_code_and_label(store: Store) -> None:
    shown = page(store, "concept/asced-field/9901")
    assert part(shown, "Narrower") == "990101 Kite Sewing"
    assert part(page(store, "concept/asced-field/9901"), "In the scheme") == "Fields"


def test_what_an_edition_says_of_a_code_is_not_said_of_another(store: Store) -> None:
    told = part(page(store, "concept/anzsco/999911"), "In each edition")
    assert told == (
        "anzsco-2006: Kite Boss [abs/anzsco-2006]; skill level 4 [abs/anzsco-2006] "
        "anzsco-2022: Kite Crew Leader [abs/anzsco-2022]; skill level 2 [abs/anzsco-2022]"
    )


def test_a_document_and_a_mapping_name_codes_beside_titles(store: Store) -> None:
    assert part(page(store, "document/page/1"), "What it describes") == "ZZZ1 Fly 1ZZZ2 Fly 2"
    mapping = page(store, "mapping/ZZZ1/ZZZ2")
    assert '<a href="/doc/unit/ZZZ1">ZZZ1 Fly 1</a>' in mapping
    assert '<a href="/doc/unit/ZZZ2">ZZZ2 Fly 2</a>' in mapping
