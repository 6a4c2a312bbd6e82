"""What is common to all plans: each shape of shapes/plan/ has data that conforms and data that it must find."""

from __future__ import annotations

import pytest
import shacl

from qualgraph.assets import asset_folder
from qualgraph.namespaces import SHAPES
from qualgraph.rdf import parse_data
from qualgraph.validation import shape_set
from qualgraph.validation.pyshacl_engine import PyShaclEngine

SHAPES_IN_FILES = 7
"""How many shapes shapes/plan/ holds; change it together with the files."""

FOLDER = asset_folder("shapes") / "plan"
PREFIXES = """
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix qgsh: <https://w3id.org/qualgraph/shapes#> .
@prefix e: <https://example.org/> .
"""
SOUND = """
e:award qgsh:judgesPlansFor e:release .
e:plan a qg:Plan ; qg:isPlanFor e:release ; qg:includesUnit e:u1 , e:u2 .
e:u1 qg:code "ZZZABC101" .
e:u2 qg:code "ZZZABC102A" .
"""
BROKEN = {
    "PlanHasOneAim": SOUND + "e:plan qg:isPlanFor e:other . e:award qgsh:judgesPlansFor e:other .",
    "PlanIsTyped": SOUND.replace("a qg:Plan ;", ""),
    "PlanHasUnits": SOUND.replace("; qg:includesUnit e:u1 , e:u2", ""),
    "PlanUnitIsAThing": SOUND.replace("e:u1 , e:u2", "[ qg:code 'ZZZABC103' ]"),
    "PlanUnitHasCode": SOUND.replace('e:u2 qg:code "ZZZABC102A"', 'e:u2 qg:code "102A"'),
    "PlanUnitCountsOnce": SOUND.replace("ZZZABC102A", "ZZZABC101"),
    "PlanIsJudged": SOUND.replace("qgsh:judgesPlansFor e:release", "qgsh:judgesPlansFor e:other"),
}


def fired(data: str) -> set[str]:
    """The shapes that found something; two engines must agree."""
    text = (FOLDER / "plan.ttl").read_text("utf-8")
    found = {
        str(result.shape).strip("<>").removeprefix(SHAPES)
        for result in PyShaclEngine().validate(parse_data(PREFIXES + data), parse_data(text))
    }
    report = shacl.Shapes.from_turtle(text).validate_turtle(PREFIXES + data)
    assert {str(one.root_shape).strip("<>").removeprefix(SHAPES) for one in report.results} == found
    return found


def test_every_shape_has_a_case() -> None:
    names = {shape.iri.removeprefix(SHAPES) for shape in shape_set(FOLDER).shapes}
    assert names == set(BROKEN)
    assert len(names) == SHAPES_IN_FILES


def test_a_sound_plan_conforms() -> None:
    assert fired(SOUND) == set()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plan_fires_its_shape_and_no_other(name: str) -> None:
    assert fired(BROKEN[name]) == {name}


def test_a_shape_tells_a_stranger_what_it_wants_why_and_what_to_do() -> None:
    for shape in shape_set(FOLDER).shapes:
        assert shape.name != shape.iri
        assert shape.description.endswith(".")
        assert shape.hint.endswith(".")
        assert shape.source.startswith("docs/packaging-shacl.md: ")
