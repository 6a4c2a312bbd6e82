"""What is said of one thing is bounded, and says so where it is cut."""

from __future__ import annotations

import pytest

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DEFAULT_BASE, QG, RDFS
from qualgraph.pages.described_pages import described_page
from qualgraph.pages.descriptions import CUT, MOST, description, descriptions
from qualgraph.pages.pages import Pages
from qualgraph.rdf import IRI, RDF_TYPE, Literal, Triple
from qualgraph.store import OxigraphStore, Store

LIST = IRI(f"{DEFAULT_BASE}document/unit-list/all")
SHORT = IRI(f"{DEFAULT_BASE}document/unit-list/some")
PROBLEM = IRI(f"{LIST.value}/problem/1")
UNITS = [IRI(f"{DEFAULT_BASE}unit/ZZZ{number:05}") for number in range(MOST + 50)]


@pytest.fixture
def store() -> Store:
    """A document that describes more than is given, with a problem, and one that does not."""
    triples = [Triple(LIST, IRI(f"{QG}describes"), unit) for unit in UNITS]
    triples += [Triple(unit, IRI(f"{RDFS}label"), Literal(f"Unit {unit.value[-5:]}")) for unit in UNITS]
    triples += [Triple(SHORT, IRI(f"{QG}describes"), unit) for unit in UNITS[:3]]
    triples += [Triple(each, RDF_TYPE, IRI(f"{QG}SourceDocument")) for each in (LIST, SHORT)]
    triples += [
        Triple(LIST, IRI(f"{QG}fileName"), Literal("all.tsv")),
        Triple(LIST, IRI(f"{QG}hasProblem"), PROBLEM),
        Triple(PROBLEM, IRI(f"{QG}problemMessage"), Literal("line 7 has no code")),
    ]
    store = OxigraphStore(None)
    store.replace_graphs({LIST: triples})
    return store


def test_a_list_of_very_many_units_is_cut_and_what_else_is_said_is_not(store: Store) -> None:
    found = description(store, LIST)
    own = [quad for quad in found.quads if quad.subject == LIST]
    assert found.cut
    assert len(own) == MOST
    assert {f"{QG}fileName", f"{QG}hasProblem", RDF_TYPE.value} < {quad.predicate.value for quad in own}
    assert any(quad.subject == PROBLEM for quad in found.quads)
    assert len(found.labels) <= MOST


def test_a_description_that_is_cut_says_so_and_where_the_rest_is(store: Store) -> None:
    cut, whole = description(store, LIST), description(store, SHORT)
    [note] = [triple.object for triple in cut.triples() if triple.predicate.value == f"{RDFS}comment"]
    assert isinstance(note, Literal)
    assert note.value.startswith(CUT)
    assert f"CONSTRUCT {{ <{LIST.value}> ?p ?o" in note.value
    assert not whole.cut
    assert list(whole.notes()) == []
    ids = Identifiers()
    pages = [
        described_page(Pages(ids), ids, store, iri, found) or ""
        for iri, found in ((LIST, cut), (SHORT, whole))
    ]
    assert [CUT in page for page in pages] == [True, False]
    assert "line 7 has no code" in pages[0]
    given = pages[0].count('<li><a href="/doc/unit/')
    assert f"{given:,} of {len(UNITS):,}." in pages[0]
    assert f">All {len(UNITS):,}</a>" in pages[0]
    assert " of 3." not in pages[1]


def test_what_very_many_things_point_at_is_cut(store: Store) -> None:
    store.replace_graphs({SHORT: [Triple(unit, IRI(f"{QG}mentions"), PROBLEM) for unit in UNITS]})
    found = description(store, PROBLEM)
    assert found.cut
    assert sum(quad.object == PROBLEM for quad in found.quads) == MOST


def test_many_things_are_described_as_each_of_them_is(store: Store) -> None:
    things = [LIST, SHORT, UNITS[0]]
    together = descriptions(store, things)
    for thing in things:
        alone = description(store, thing)
        assert set(together[thing].triples()) == set(alone.triples())
        assert together[thing].cut == alone.cut


def test_problems_that_are_left_out_are_counted_and_not_denied() -> None:
    def page(problems: int, units: int, told: int) -> str:
        """The page of a document with so many problems, of which so many of the words are there."""
        each = [IRI(f"{LIST.value}/problem/{number}") for number in range(problems)]
        triples = [Triple(LIST, RDF_TYPE, IRI(f"{QG}SourceDocument"))]
        triples += [Triple(LIST, IRI(f"{QG}describes"), unit) for unit in UNITS[:units]]
        triples += [Triple(LIST, IRI(f"{QG}hasProblem"), one) for one in each]
        triples += [
            Triple(one, IRI(f"{QG}{name}"), Literal(f"{name} of {at}"))
            for at, one in enumerate(each)
            for name in ("problemMessage", *("abcd" if told < problems else ""))
        ]
        store = OxigraphStore(None)
        store.replace_graphs({LIST: triples})
        ids = Identifiers()
        return described_page(Pages(ids), ids, store, LIST, description(store, LIST)) or ""

    assert "No problem was met" in page(0, 3, 0)
    silent = page(0, len(UNITS), 0)
    assert "No problem was met" not in silent
    assert "UNKNOWN here" in silent
    many = page(900, 10, 400)
    shown = many.count("problemMessage of ")
    assert 0 < shown < 900
    assert f"At least {900 - shown:,} problems are not given here." in many
    assert "not given here" not in page(3, 3, 3)
