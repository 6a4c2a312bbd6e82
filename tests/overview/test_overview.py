"""An overview is put together from what documents say, each fact with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from qualgraph.errors import ParameterError, UnknownComponentError
from qualgraph.overview import Overview, near_codes, overview
from qualgraph.pipeline import ingest_file, refresh
from qualgraph.store import MemoryStore, OxigraphStore, Store
from qualgraph.triples import TextPolicy
from support import DOCUMENTS

PAGE = (DOCUMENTS / "register-page.txt").read_text(encoding="utf-8").splitlines()
MAKERS: dict[str, Callable[[Path], Store]] = {
    "oxigraph": lambda folder: OxigraphStore(folder / "store", read_only=False),
    "rdflib": lambda _: MemoryStore(),
}


@pytest.fixture(scope="module", params=sorted(MAKERS))
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with MAKERS[request.param](tmp_path_factory.mktemp("overview")) as opened:
        for name in ("register-page.txt", "register-page.html"):
            ingest_file(opened, DOCUMENTS / name, policy=TextPolicy.ALL)
        ingest_file(opened, DOCUMENTS / "third-party-copy.txt", code="ZZZ50120", policy=TextPolicy.NONE)
        refresh(opened)
        yield opened


@pytest.fixture
def qualification(store: Store) -> Overview:
    return overview(store, "ZZZ40120")


def line_of(text: str) -> int:
    """The line of the invented page on which this text stands."""
    [found] = [number for number, line in enumerate(PAGE, start=1) if text in line]
    return found


def test_identity_and_status(qualification: Overview) -> None:
    assert (qualification.kind, qualification.code, qualification.described) == (
        "qualification",
        "ZZZ40120",
        True,
    )
    assert qualification.title == "Certificate IV in Lighthouse Keeping"
    [usage] = qualification.usage
    assert usage.recommendation == "Superseded"


def test_releases_in_order_with_the_one_described(qualification: Overview) -> None:
    assert [(release.number, release.issued, release.described) for release in qualification.releases] == [
        ("1", date(2020, 3, 15), False),
        ("2", date(2022, 2, 1), True),
    ]


def test_supersession_on_both_sides_keeps_equivalence_day_and_note(qualification: Overview) -> None:
    [new] = qualification.superseded_by
    assert (new.code, new.equivalence, new.through) == ("ZZZ40125", "NotEquivalent", date(2025, 6, 30))
    assert new.note == "Lamp units were dropped and the entry requirement was lifted."
    [old] = qualification.supersedes
    assert (old.code, old.equivalence, old.through) == ("ZZZ40115", "Equivalent", date(2020, 3, 14))


def test_the_successor_sees_the_same_row_from_its_end(store: Store) -> None:
    successor = overview(store, "ZZZ40125")
    assert successor.described is False
    assert [(row.code, row.equivalence) for row in successor.supersedes] == [("ZZZ40120", "NotEquivalent")]
    assert successor.superseded_by == ()


def test_packaging_has_counts_groups_units_and_places(qualification: Overview) -> None:
    [rule] = qualification.packaging
    assert rule.release == "2"
    assert sum(len(group.units) for group in rule.groups) == 5
    assert [group.role for group in rule.groups] == ["core", "elective"]
    lamp = rule.groups[0].units[0]
    assert (lamp.code, lamp.title, lamp.usage, lamp.position) == (
        "ZZZLMP401",
        "Trim the lamp",
        "Superseded",
        1,
    )
    if rule.status == "complete":
        assert sum(slot.number for slot in rule.slots) == rule.total
    [grid] = qualification.grids
    assert (grid.seen, grid.stated) == (5, 5)


def test_a_unit_knows_who_packages_it(store: Store) -> None:
    unit = overview(store, "zzzlmp401")
    assert unit.kind == "unit of competency"
    assert ("ZZZ40120", "core") in {(item.code, item.role) for item in unit.packaged_by}


def test_classifications_are_one_each_with_the_tables_that_print_them(qualification: Overview) -> None:
    listed = [(item.scheme, item.value, item.label, item.start) for item in qualification.classifications]
    assert len(listed) == len(set(listed))
    assert {table for item in qualification.classifications for table in item.listed_in} == {
        "current",
        "history",
    }


def test_pathways_have_direction_kind_and_roles(qualification: Overview) -> None:
    assert {step.direction for step in qualification.pathways} == {"into", "from"}
    assert all(step.code for step in qualification.pathways if step.kind == "qualification")
    assert any(step.roles for step in qualification.pathways if step.kind == "experience")
    assert len(qualification.pathways) == 5


def test_roles_skills_and_examples(qualification: Overview) -> None:
    assert len(qualification.job_roles) == 2
    assert len(qualification.skills) == 8
    assert len(qualification.examples) == 2
    assert all(example.units for example in qualification.examples)


def test_every_place_is_a_line_of_a_listed_document(qualification: Overview) -> None:
    documents = {document.iri for document in qualification.documents}
    [new] = qualification.superseded_by
    assert new.source.document in documents
    unit = qualification.packaging[0].groups[0].units[0]
    assert unit.source.document in documents
    assert qualification.documents[0].describes is True


def test_lost_headings_and_given_codes_are_problems_of_the_document(store: Store) -> None:
    copy = overview(store, "ZZZ50120")
    assert {"code-not-stated", "release-not-stated"} <= {problem.kind for problem in copy.problems}
    assert [release.number for release in copy.releases] == [None]
    assert all(remark.text is None for remark in (*copy.entry, *copy.no_entry))


def test_near_codes_come_first(store: Store) -> None:
    assert near_codes(store, "ZZZ40121")[0] in {"ZZZ40120", "ZZZ40125"}
    with pytest.raises(UnknownComponentError) as caught:
        overview(store, "ZZZ40121")
    assert "Did you mean" in str(caught.value)
    with pytest.raises(ParameterError):
        overview(store, 'ZZZ" }')


def test_as_data_it_is_plain(qualification: Overview) -> None:
    told = qualification.as_dict()
    assert told["superseded_by"][0]["through"] == "2025-06-30"
    assert isinstance(told["packaging"][0]["groups"], list)


def test_the_line_of_a_text_page_is_the_one_an_editor_shows(tmp_path: Path) -> None:
    with MemoryStore() as store:
        ingest_file(store, DOCUMENTS / "register-page.txt", policy=TextPolicy.NONE)
        refresh(store)
        found = overview(store, "ZZZ40120")
    assert found.superseded_by[0].source.line == line_of("Is superseded by and not equivalent")
    assert found.releases[1].source.line == line_of("(this release)")
