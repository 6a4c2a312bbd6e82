"""A packaging whose qualification states no level proves none: what follows from it is UNKNOWN."""

from __future__ import annotations

import pytest

from qualgraph.graph import Graph
from qualgraph.packaging import ImportPool, PackagingRule, RuleStatement, UnitGroup
from qualgraph.pipeline import derive
from qualgraph.pipeline.terms import furnish
from qualgraph.store import MemoryStore, OxigraphStore, Store
from stored_rules import Stated, put, stated

OTHER = """Packaging Rules
Total number of units = 1
1 core unit
Core units
YYYKIT401 Fly a kite
"""
IMPORT = RuleStatement(
    path="packaging/rule/r1",
    id="r1",
    kind="max",
    n=1,
    pools=("import",),
    text="1 unit at the same level.",
    line=11,
    import_=ImportPool(sources=("any-package",), levels=("same",)),
)


def importing() -> Stated:
    core = UnitGroup(path="packaging/group/core", id="core", name="Core", role="core", members=(), line=20)
    title = "Certificate IV in Weaving"
    rule = PackagingRule(
        code="ZZZ40122", title=title, total=1, core=0, elective=1, groups=(core,), rules=(IMPORT,)
    )
    return Stated(rule=rule, code="ZZZ40122", title=title)


@pytest.mark.parametrize("empty", [lambda: OxigraphStore(None), MemoryStore], ids=["oxigraph", "rdflib"])
@pytest.mark.parametrize(
    ("title", "admitted", "proof"),
    [
        ("Certificate IV in Kites", "yes", "YYY40122"),
        ("Certificate III in Kites", "UNKNOWN", None),
        ("Kites", "UNKNOWN", None),
    ],
)
def test_a_unit_is_imported_at_a_level_only_where_the_level_of_its_packaging_is_stated(
    empty: type[Store], title: str, admitted: str, proof: str | None
) -> None:
    store = put(empty(), importing(), stated(OTHER, "YYY40122", title=title))
    furnish(store)
    derive(store)
    asked = Graph(store).query("elective-places-of", unit="YYYKIT401")
    cells = [dict(zip(asked.columns, row, strict=True)) for row in asked.rows]
    told = [[row[name] for name in ("qualification", "admitted", "packaged_in")] for row in cells]
    assert told == [["ZZZ40122", admitted, proof]]
