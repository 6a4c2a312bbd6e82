"""What a cut-off document has lost is not said to be missing: its grid, or its lists, may have gone on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qualgraph.catalogue import discover
from qualgraph.pipeline import ingest_file, refresh
from qualgraph.store import MemoryStore, OxigraphStore, Store, Table
from qualgraph.triples import TextPolicy
from support import CHECKOUT

PAGE = (CHECKOUT / "tests" / "sources" / "documents" / "register-page.txt").read_text("utf-8")
RULES = PAGE[PAGE.index("Packaging Rules") : PAGE.index("Selecting Elective Units")]
CUT_IN_LISTS = PAGE[: PAGE.index("rents\n\nZZZGAL405")]
"""The invented page, which ends in the last but one elective; its grid is before the lists and whole."""
CUT_IN_GRID = f"""ZZZ40120 Certificate IV in Lighthouse Keeping

Release: 1

{RULES}
Unit Grid

ZZZFOG402 Sound the fog signal
ZZZLMP401 Trim the la"""
"""The same rules as a PDF's text, which ends in the second row of the grid."""

Answer = Callable[..., list[dict[str, str]]]


@pytest.fixture(params=["oxigraph", "rdflib"])
def answer(request: pytest.FixtureRequest, tmp_path: Path) -> Answer:
    """Asks a question of a store that holds one document."""

    def ask(text: str, query: str, **parameters: object) -> list[dict[str, str]]:
        path = tmp_path / "document.txt"
        path.write_text(text, "utf-8")
        store: Store = OxigraphStore(None) if request.param == "oxigraph" else MemoryStore()
        ingest_file(store, path, policy=TextPolicy.NONE)
        refresh(store)
        found = store.query(discover()[query].sparql(parameters))
        assert isinstance(found, Table)
        return [
            dict(zip(found.columns, (c.value if c else "" for c in row), strict=True)) for row in found.rows
        ]

    return ask


def test_both_documents_are_known_to_be_cut_off(answer: Answer) -> None:
    for text in (CUT_IN_LISTS, CUT_IN_GRID):
        assert "truncated" in {row["problem"] for row in answer(text, "document-problems")}


def test_a_grid_row_may_stand_in_the_lost_end_of_the_lists(answer: Answer) -> None:
    rows = answer(CUT_IN_LISTS, "grid-against-rules", code="ZZZ40120")
    assert [(row["finding"], row["unit"]) for row in rows] == [
        ("UNKNOWN: in the grid, and the lists are not whole", "ZZZGAL405")
    ]


def test_a_listed_unit_may_stand_in_the_lost_end_of_the_grid(answer: Answer) -> None:
    rows = answer(CUT_IN_GRID, "grid-against-rules", code="ZZZ40120")
    assert {row["finding"] for row in rows} == {"UNKNOWN: in a list, and the grid is not whole"}
    assert {"ZZZLOG403", "ZZZTID404", "ZZZGAL405"} <= {row["unit"] for row in rows}


def test_counts_are_not_held_against_what_is_cut_off(answer: Answer) -> None:
    for text in (CUT_IN_LISTS, CUT_IN_GRID):
        assert answer(text, "packaging-counts-that-do-not-add-up") == []
