"""Units of competency as they were read from original documents pass the shapes for units: what fires is real."""

from __future__ import annotations

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import SHAPES
from qualgraph.sources import read_file
from qualgraph.triples import TextPolicy, describe
from qualgraph.validation import validate_triples
from support import shared_path

OF_UNITS = (
    "CriterionNumberFollowsElement",
    "ElementHasCriteria",
    "ElementHasPosition",
    "ElementOfUnit",
    "MappingOfOneKind",
    "NoPrerequisiteMeansNone",
    "PrerequisiteIsUnit",
    "PrerequisiteNamesUnit",
    "PrerequisiteNotItself",
    "PrerequisiteOfUnit",
    "UnitCodeCharacters",
    "UnitHasTitle",
)
SAMPLE = ("CPCCPD3022", "CPCCSI2005A", "UETDRAI002", "UETDRVC012", "WRWSL201A")
"""With prerequisites, with the heading of co-requisites, with a list of alternatives, superseded."""


def test_original_units_pass_every_shape_for_units() -> None:
    folder = shared_path("corpus", "authorit-xml", "unit")
    triples = [
        triple
        for code in SAMPLE
        for triple in describe(read_file(folder / f"{code}.xml"), Identifiers(), TextPolicy.NONE)
    ]
    assert len(triples) > 1000
    report = validate_triples(triples)
    ours = {f"qgsh:{name}" for name in OF_UNITS}
    assert [one.message for one in report.findings if one.shape.short_name in ours] == []
    applied = {check.shape.iri.removeprefix(SHAPES): check.nodes for check in report.checks}
    assert all(applied[name] for name in OF_UNITS)
