"""What a store knows of units: which qualifications package them, at which level, by which document."""

from __future__ import annotations

import pytest

from qualgraph.packaging.facts import Packaging
from qualgraph.rulebook import StoreFacts
from qualgraph.store import MemoryStore, OxigraphStore, Store
from stored_rules import document_of, put, stated

TITLED = stated(title="Certificate IV in Weaving")
ASSIGNED = stated(code="ZZZ30120", title="Weaving", level="514")
UNKNOWN = stated(code="22603VIC", title="Weaving for all")


@pytest.fixture(params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest) -> Store:
    return put(
        OxigraphStore(None) if request.param == "oxigraph" else MemoryStore(), TITLED, ASSIGNED, UNKNOWN
    )


def test_the_level_is_that_of_the_packaging_qualification_and_the_source_its_document(store: Store) -> None:
    assert StoreFacts(store).packagings("ZZZABC403") == (
        Packaging(qualification="22603VIC", level=None, package=None, source=document_of(UNKNOWN)),
        Packaging(
            qualification="ZZZ30120", level="Certificate III", package="ZZZ", source=document_of(ASSIGNED)
        ),
        Packaging(
            qualification="ZZZ40120", level="Certificate IV", package="ZZZ", source=document_of(TITLED)
        ),
    )


def test_nothing_is_known_of_a_unit_that_no_document_lists(store: Store) -> None:
    facts = StoreFacts(store)
    assert facts.packagings("ZZZABC499") == ()
    assert facts.packagings('ZZZ" } #') == ()


def test_many_units_are_asked_for_at_once_and_each_only_once() -> None:
    class Counting(OxigraphStore):
        asked = 0

        def query(self, sparql: str, *, timeout: float | None = None):  # type: ignore[no-untyped-def]
            self.asked += 1
            return super().query(sparql, timeout=timeout)

    store = Counting(None)
    facts = StoreFacts(put(store, TITLED))
    known = facts.known(["ZZZABC401", "ZZZABC403", "ZZZABC499", "ZZZABC401"])
    assert len(known) == 2
    assert known.packagings("ZZZABC403") != ()
    assert known.packagings("ZZZABC401") == facts.packagings("ZZZABC401")
    assert facts.packagings("ZZZABC499") == ()
    assert store.asked == 3  # what packages them, the titles of that, and its levels


def test_more_units_than_fit_one_query_are_all_known(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualgraph.rulebook.facts.AT_ONCE", 2)
    codes = [f"ZZZABC40{n}" for n in range(1, 6)]
    assert len(StoreFacts(store).known(codes)) == 5
