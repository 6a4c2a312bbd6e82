"""What superseded what, as the documents of a store say it. All documents are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import Authority, Component, Equivalence, Mapping, Reading, SourceDocument
from qualgraph.packaging import Succession
from qualgraph.rulebook import successions_of
from qualgraph.store import MemoryStore, OxigraphStore, Store
from qualgraph.triples import TextPolicy, describe, document_iri

MAKERS: dict[str, Callable[[], Store]] = {"oxigraph": lambda: OxigraphStore(None), "rdflib": MemoryStore}
IDS = Identifiers()


def page(key: str, old: str, new: str, equivalence: Equivalence) -> Reading:
    """A page about the older unit with one mapping row."""
    document = SourceDocument(
        reader="register-page",
        reader_version="1",
        key=key,
        name="page.txt",
        sha256="0" * 64,
        byte_size=10,
        media_type="text/plain",
        line_count=9,
        authority=Authority.REGISTER,
        subject_kind=Kind.UNIT,
        subject_code=old,
    )
    row = Mapping(
        old=old,
        new=new,
        old_title=None,
        new_title=None,
        equivalence=equivalence,
        date=None,
        note=None,
        line=3,
    )
    return Reading(
        document=document,
        records=(Component(kind=Kind.UNIT, code=old, title="Kites", line=1), row),
        problems=(),
    )


def filled(store: Store, *pages: Reading) -> dict[str, list[Succession]]:
    store.replace_graphs(
        {document_iri(each.document, IDS): describe(each, IDS, TextPolicy.NONE) for each in pages}
    )
    return successions_of(store)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize(
    ("stated", "equivalent"),
    [
        (Equivalence.EQUIVALENT, True),
        (Equivalence.NOT_EQUIVALENT, False),
        (Equivalence.NOT_DETERMINED, None),
    ],
)
def test_a_mapping_row_says_whether_the_later_unit_is_equivalent(
    make: Callable[[], Store], stated: Equivalence, equivalent: bool | None
) -> None:
    with make() as store:
        [step] = filled(store, page("one", "ZZZABC101A", "ZZZABC101B", stated))["ZZZABC101A"]
        assert (step.code, step.equivalent) == ("ZZZABC101B", equivalent)
        assert step.source is not None
        assert step.source.endswith("one")


def test_where_documents_disagree_equivalence_is_not_determined_and_both_are_named() -> None:
    with OxigraphStore(None) as store:
        [step] = filled(
            store,
            page("one", "ZZZABC101A", "ZZZABC101B", Equivalence.EQUIVALENT),
            page("two", "ZZZABC101A", "ZZZABC101B", Equivalence.NOT_EQUIVALENT),
        )["ZZZABC101A"]
        assert step.equivalent is None
        assert step.source is not None
        assert step.source.count(", ") == 1


def test_a_document_that_says_nothing_of_equivalence_does_not_disagree() -> None:
    with OxigraphStore(None) as store:
        [step] = filled(
            store,
            page("one", "ZZZABC101A", "ZZZABC101B", Equivalence.NOT_DETERMINED),
            page("two", "ZZZABC101A", "ZZZABC101B", Equivalence.EQUIVALENT),
        )["ZZZABC101A"]
        assert step.equivalent is True


def test_a_store_without_mapping_rows_knows_no_supersession() -> None:
    with OxigraphStore(None) as store:
        assert successions_of(store) == {}
