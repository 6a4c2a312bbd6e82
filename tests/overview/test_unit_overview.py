"""What an overview, and the command that shows it, tells of a unit of competency."""

from __future__ import annotations

import pytest

from qualgraph.cli.profile import lines_of
from qualgraph.identifiers import Identifiers
from qualgraph.overview import Overview, overview
from qualgraph.pages.component_views import ComponentViews
from qualgraph.pages.pages import Pages
from qualgraph.pipeline import derive
from qualgraph.pipeline.ingest import ingest_file
from qualgraph.store import OxigraphStore
from support import DOCUMENTS


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    filled = OxigraphStore(None)
    for name in ("unit.xml", "unit-page.txt", "unit-choices.xml", "unit-older.xml"):
        ingest_file(filled, DOCUMENTS / name)
    derive(filled)
    return filled


def lines(found: Overview) -> list[str]:
    return [text for text, _ in lines_of(found, {})]


def test_a_unit_has_elements_prerequisites_and_what_includes_it(store: OxigraphStore) -> None:
    unit = overview(store, "ZZKFLY303").unit
    assert unit is not None
    assert [(one.number, one.criteria, one.text) for one in unit.elements] == [
        ("1", 2, None),
        ("2", 1, None),
        ("3", 2, None),
        ("1", 2, None),
        ("2", 1, None),
    ]
    assert [(one.need, one.code) for one in unit.prerequisites] == [
        ("required", "ZZKFLY301"),
        ("required", "ZZKSAF201"),
        ("required", "ZZKFLY301"),
    ]
    assert unit.competency_fields == ("Flying",)
    assert [one.code for one in unit.included_in] == ["12345NAT", "ZZZ30124", "ZZZ40124", "ZZK"]


def test_it_is_told_to_a_person(store: OxigraphStore) -> None:
    told = lines(overview(store, "ZZKFLY303"))
    assert any(line.startswith("Elements: 3 elements, 5 performance criteria") for line in told)
    assert any("performance evidence: 5 items" in line for line in told)
    assert any(
        "one of several: ZZKFLY303 Fly kites in company or ZZKLMP301" in line
        for line in lines(overview(store, "ZZKFLY402"))
    )
    assert any("none, as the document says" in line for line in lines(overview(store, "ZZKFLY201A")))


def test_its_page_has_the_elements_of_each_document_and_what_includes_it(store: OxigraphStore) -> None:
    page = ComponentViews(Pages(Identifiers())).component(overview(store, "ZZKFLY303"), None, ())
    elements = page.split('<h2 id="elements">')[1].split("</section>")[0]
    assert [part.count("<li>") for part in elements.split("<ol>")[1:]] == [3, 2]
    assert elements.count("As one document has them") == 2
    included = page.split('<h2 id="included">')[1].split("</section>")[0]
    assert included.count("<li>") == 4
    assert "12345NAT" in included
    assert 'id="included"' not in ComponentViews(Pages(Identifiers())).component(
        overview(store, "ZZKFLY402"), None, ()
    )


def test_a_row_that_states_no_equivalence_gives_no_credit(store: OxigraphStore) -> None:
    link = {"old": "ZZKFLY303", "new": "ZZKFLY403", "new_title": None, "last_day": None, "outcome": "current"}
    said = {**link, "credit": "without mapping", "equivalence": "equivalent"}
    base = "https://w3id.org/qualgraph/id/document"
    rows = [
        {**said, "document": f"{base}/scope-export/scope", "line": 7},
        {**said, "equivalence": "not stated", "document": f"{base}/unit-documents/units", "line": 3},
    ]
    page = ComponentViews(Pages(Identifiers())).component(overview(store, "ZZKFLY303"), None, rows)
    stated, silent = page.split('<h2 id="today">')[1].split("<ol>")[1].split("</ol>")[0].split("</li>")[:2]
    assert "credit: without mapping" in stated
    assert "scope-export/scope</bdi>, line 7" in stated
    assert "not stated in this document" in silent
    assert "credit" not in silent


def test_what_is_no_unit_has_none_of_it(store: OxigraphStore) -> None:
    assert overview(store, "ZZZ30124").unit is None
    assert not any("Elements" in line for line in lines(overview(store, "ZZZ30124")))
