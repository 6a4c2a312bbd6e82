"""Prerequisites on the page of a unit: alternatives as such, none as such, and those of packaging rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from qualgraph.cli.profile import lines_of
from qualgraph.identifiers import Identifiers
from qualgraph.overview import Overview, overview
from qualgraph.overview.many import Overviews, components
from qualgraph.packaging import Prerequisite
from qualgraph.pages.component_views import ComponentViews
from qualgraph.pages.pages import Pages
from qualgraph.pipeline import derive
from qualgraph.pipeline.ingest import ingest_file
from qualgraph.rulebook import readings_of
from qualgraph.store import OxigraphStore
from stored_rules import put, stated
from support import DOCUMENTS

RULE = stated(title="Certificate IV in Weaving")


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    with OxigraphStore(None) as filled:
        for name in ("unit.xml", "unit-choices.xml", "unit-older.xml"):
            ingest_file(filled, DOCUMENTS / name)
        needs = (
            Prerequisite(
                path="prerequisites/1",
                unit="ZZZABC404",
                requires=("ZZZABC401",),
                one_of=(("ZZZABC402", "ZZZABC403"),),
                line=9,
            ),
        )
        put(filled, replace(RULE, rule=replace(RULE.rule, prerequisites=needs)))
        derive(filled)
        yield filled


def section(told: Overview) -> str:
    """The text of the section of prerequisites on the page, without elements and doubled spaces."""
    page = ComponentViews(Pages(Identifiers())).component(told, None, ())
    [found] = re.findall(r'<h2 id="prerequisites">Prerequisites</h2>(.*?)</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def test_alternatives_are_told_as_such(store: OxigraphStore) -> None:
    assert section(overview(store, "ZZKFLY402")).startswith(
        "one of several: ZZKFLY303 Fly kites in company or ZZKLMP301"
    )


def test_what_nothing_divides_plainly_is_not_told_as_required(store: OxigraphStore) -> None:
    told = overview(store, "ZZKFLY402")
    assert told.unit is not None
    unclear = [replace(each, need="unclear", choice=None) for each in told.unit.prerequisites]
    changed = replace(told, unit=replace(told.unit, prerequisites=tuple(unclear)))
    assert "named among alternatives: see the document" in section(changed)
    assert any("named among alternatives: see the document" in line for line, _ in lines_of(changed, {}))


def test_no_prerequisite_is_told_in_words(store: OxigraphStore) -> None:
    assert section(overview(store, "ZZKFLY201A")).startswith("none, as the document says")


def test_what_a_packaging_rule_requires_is_told_with_the_qualification(store: OxigraphStore) -> None:
    told = section(overview(store, "ZZZABC404"))
    assert "in ZZZ40120: ZZZABC401 Weave cloth [" in told
    assert "in ZZZ40120: one of several: ZZZABC402 Dye cloth or ZZZABC403 Spin yarn [" in told


def test_a_static_site_has_the_same(store: OxigraphStore) -> None:
    row = next(row for row in components(store).values() if row["code"] == "ZZZABC404")
    [told] = Overviews(store).of([row])
    one = overview(store, "ZZZABC404")
    assert told.unit is not None
    assert one.unit is not None
    assert told.unit.prerequisites == one.unit.prerequisites
    assert len(told.unit.prerequisites) == 3


def test_the_profile_of_the_qualification_tells_it(store: OxigraphStore) -> None:
    told = [line for line, _ in lines_of(overview(store, "ZZZ40120"), readings_of(store, "ZZZ40120"))]
    assert any("ZZZABC404 needs ZZZABC401, and ZZZABC402 or ZZZABC403" in line for line in told)
