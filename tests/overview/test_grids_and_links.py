"""What lists and linked data say beside the register's own documents is in overviews, one by one and many at once."""

from __future__ import annotations

import pytest

from qualgraph.cli.profile import lines_of
from qualgraph.identifiers import Identifiers
from qualgraph.overview import overview
from qualgraph.overview.composition import problems_of
from qualgraph.overview.many import Overviews, components
from qualgraph.pages.component_views import ComponentViews
from qualgraph.pages.described_pages import described_page
from qualgraph.pages.descriptions import description
from qualgraph.pages.pages import Pages
from qualgraph.rdf import IRI
from qualgraph.store import Store
from query_cases import ENGINES, store


def page_of(register: Store, code: str) -> str:
    """The page of a component, without its rule."""
    return ComponentViews(Pages(Identifiers())).component(overview(register, code), None, ())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_unit_that_only_a_grid_lists_is_packaged_in_an_unknown_role(engine: str) -> None:
    told = overview(store("register", engine), "ZZZWIN401A")
    assert [(by.code, by.title, by.role, by.group, by.source.line) for by in told.packaged_by] == [
        ("ZZZ40115", "Certificate IV in Kite Making", "UNKNOWN", None, 24)
    ]
    qualification = overview(store("register", engine), "ZZZ40115")
    assert [(unit.code, unit.title, unit.source.line) for unit in qualification.grid_units] == [
        ("ZZZWIN401A", "Read the wind", 24)
    ]


def test_pages_and_profiles_show_what_a_grid_lists() -> None:
    register = store("register", "oxigraph")
    unit, qualification = (page_of(register, code) for code in ("ZZZWIN401A", "ZZZ40115"))
    assert "Where it is packaged" in unit
    assert "UNKNOWN, listed in a unit grid" in unit
    assert "Units that a grid lists" in qualification
    assert "Read the wind" in qualification
    profile = "\n".join(text for text, _ in lines_of(overview(register, "ZZZWIN401A"), {}))
    assert "UNKNOWN: listed in a unit grid" in profile
    assert "ZZZWIN401A  Read the wind" in "\n".join(
        text for text, _ in lines_of(overview(register, "ZZZ40115"), {})
    )


def concept_of(register: Store, code: str) -> str:
    """The page of an occupation."""
    iri = IRI(f"{Identifiers().base}concept/anzsco/{code}")
    page = described_page(Pages(Identifiers()), Identifiers(), register, iri, description(register, iri))
    return page or ""


def test_an_occupation_says_which_qualifications_linked_data_gives_it_and_by_which_document() -> None:
    page = concept_of(store("classes", "oxigraph"), "999911")
    linked = page.split("Qualifications that linked data gives for it")[1].split("</ul>")[0]
    assert "ZZZ40120" in linked
    assert "ZZZ50120" in linked
    assert "jsa-skills-graph/kites" in linked


def test_an_occupation_has_its_skill_level_and_scope_note() -> None:
    page = concept_of(store("real", "oxigraph"), "541111")
    assert "<dt>Skill level (1 is the highest)</dt><dd><bdi>3</bdi>" in page
    assert "<dt>Scope note</dt>" in page


@pytest.mark.parametrize("engine", ENGINES)
def test_a_document_that_names_a_component_on_no_line_is_among_those_it_was_read_in(engine: str) -> None:
    told = overview(store("classes", engine), "ZZZ50120")
    [document] = [each for each in told.documents if each.iri.endswith("jsa-skills-graph/kites")]
    assert (document.describes, document.lines) == (False, ())


def test_problems_about_other_components_of_a_document_are_counted_and_not_repeated() -> None:
    said = ("ZZZFLY401: a section is cut.", "ZZZSEW401: a section is cut.", "ZZZCUT401: a line.", "4 rows.")
    rows = [
        {"kind": "not-read", "severity": "warning", "message": message, "document": "urn:units", "line": line}
        for line, message in enumerate(said, start=1)
    ]
    own, others = problems_of("ZZZFLY401", rows)
    assert [problem.message for problem in own] == [said[0], said[3]]
    assert [(each.number, each.source.document) for each in others] == [(2, "urn:units")]


def test_a_page_has_the_number_and_day_of_each_release() -> None:
    assert "Release 1, 2020-06-01" in page_of(store("register", "oxigraph"), "ZZZ40120")


@pytest.mark.parametrize("register", ["register", "classes"])
def test_overviews_of_many_have_the_same_of_grids_and_links(register: str) -> None:
    filled = store(register, "oxigraph")
    many = list(Overviews(filled).of(list(components(filled).values())))
    assert many
    for told in many:
        assert told == overview(filled, told.code)
