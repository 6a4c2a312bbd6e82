"""A packaging rule comes back out of a store as it went in, from the latest release and the most complete reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualgraph.errors import DataError, ParameterError, UnknownComponentError
from qualgraph.pipeline import build
from qualgraph.rdf import Triple
from qualgraph.rulebook import rule_of, rules_of
from qualgraph.store import MemoryStore, OxigraphStore, Store
from stored_rules import WOVEN, document_of, put, stated

MAKERS: dict[str, Callable[[], Store]] = {"oxigraph": lambda: OxigraphStore(None), "rdflib": MemoryStore}
UNCLEAR = WOVEN.replace("Group B\n", "Every third elective must be blue, counted from the left.\nGroup B\n")


@pytest.fixture(params=sorted(MAKERS))
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with MAKERS[request.param]() as opened:
        yield opened


def test_the_rule_of_a_code_comes_with_its_release_and_document(store: Store) -> None:
    document = stated(title="Certificate IV in Weaving", release="2")
    found = rule_of(put(store, document), " zzz40120 ")
    assert found.rule == document.rule
    assert (found.code, found.release_number, found.document) == ("ZZZ40120", "2", document_of(document))
    assert found.release.endswith("/qualification/ZZZ40120/release/2")
    assert found.others == ()


def test_the_latest_release_is_by_number_and_not_by_alphabet(store: Store) -> None:
    old, new = stated(release="9", key="old"), stated(WOVEN.replace("= 4", "= 5"), release="10", key="new")
    found = rule_of(put(store, old, new), "ZZZ40120")
    assert (found.release_number, found.rule.total) == ("10", 5)
    assert [(other.release_number, other.document) for other in found.others] == [("9", document_of(old))]
    assert rule_of(store, "ZZZ40120", "9").rule == old.rule
    assert rule_of(store, "ZZZ40120", found.release).rule == new.rule


def test_of_two_readers_the_more_complete_reading_is_taken_and_both_are_named(store: Store) -> None:
    page, pdf = stated(UNCLEAR), stated(reader="register-pdf")
    assert (page.rule.status, pdf.rule.status) == ("partial", "complete")
    found = rule_of(put(store, page, pdf), "ZZZ40120")
    assert (found.document, found.rule) == (document_of(pdf), pdf.rule)
    [other] = found.others
    assert (other.document, other.status, other.release) == (document_of(page), "partial", found.release)


def test_a_release_without_a_number_is_taken_where_there_is_no_other(store: Store) -> None:
    unnumbered, numbered = stated(release=None, key="copy"), stated(UNCLEAR, release="1")
    assert rule_of(put(store, unnumbered), "ZZZ40120").release_number is None
    assert rule_of(put(store, unnumbered, numbered), "ZZZ40120").document == document_of(numbered)


def test_a_later_document_without_any_rule_does_not_hide_an_earlier_rule(store: Store) -> None:
    nothing, something = stated("No rule here.", release="2", key="new"), stated(key="old")
    assert nothing.rule.status == "failed"
    assert rule_of(put(store, nothing, something), "ZZZ40120").rule == something.rule


def test_all_rules_come_by_code_one_for_each_code_or_release(store: Store) -> None:
    first, second = stated(code="ZZZ30120"), stated(key="one")
    third = stated(WOVEN.replace("= 4", "= 5"), release="2", key="two")
    put(store, third, second, first)
    assert [(each.code, each.rule) for each in rules_of(store)] == [
        ("ZZZ30120", first.rule),
        ("ZZZ40120", third.rule),
    ]
    assert [(each.code, each.release_number) for each in rules_of(store, every_release=True)] == [
        ("ZZZ30120", "1"),
        ("ZZZ40120", "1"),
        ("ZZZ40120", "2"),
    ]


def test_rules_are_read_from_the_store_one_at_a_time() -> None:
    class Counting(MemoryStore):
        asked = 0

        def query(self, sparql: str, *, timeout: float | None = None):  # type: ignore[no-untyped-def]
            self.asked += "CONSTRUCT" in sparql
            return super().query(sparql, timeout=timeout)

    store = Counting()
    rules = rules_of(put(store, stated(), stated(code="ZZZ30120"), stated(code="ZZZ50120")))
    next(rules)
    assert store.asked == 1
    assert len(list(rules)) == 2
    assert store.asked == 3


def test_two_documents_that_state_different_rules_of_one_release_are_not_mixed(store: Store) -> None:
    one = stated(key="one")
    other = stated(WOVEN.replace("= 4", "= 5").replace("2 elective units", "3 elective units"), key="other")
    found = rule_of(put(store, one, other), "ZZZ40120")
    assert found.rule in (one.rule, other.rule)
    assert len(found.others) == 1


@pytest.mark.parametrize(
    ("code", "release", "said"),
    [
        (
            "BSB99999",
            None,
            "BSB99999 is not in this store. It has those of ZZZ40120.",
        ),
        ("ZZZ40121", None, "ZZZ40121 is not in this store. Did you mean ZZZ40120?"),
        (
            "ZZZABC403",
            None,
            "ZZZABC403 is a unit of competency, which has no packaging rule. Give a qualification.",
        ),
        (
            "ZZZ40120",
            "7",
            "no document in this store states the packaging rule of release 7 of ZZZ40120. It states",
        ),
    ],
)
def test_a_code_without_a_rule_is_one_clear_error_that_says_what_is_there(
    store: Store, code: str, release: str | None, said: str
) -> None:
    put(store, stated())
    with pytest.raises(UnknownComponentError) as raised:
        rule_of(store, code, release)
    assert said in str(raised.value)


def test_what_is_no_code_is_told_at_once(store: Store) -> None:
    with pytest.raises(ParameterError, match="is not a national code"):
        rule_of(store, 'ZZZ" } DROP')


def test_an_empty_store_says_how_to_fill_it(store: Store) -> None:
    with pytest.raises(UnknownComponentError, match="Put one in with 'qualgraph ingest DOCUMENT'"):
        rule_of(store, "ZZZ40120")
    assert list(rules_of(store)) == []


def test_the_shipped_rules_come_back_complete_without_their_words() -> None:
    with OxigraphStore(None) as store:
        build(store)
        found = {each.code: each for each in rules_of(store)}
    assert sorted(found) == ["BSB40307", "BSB50307", "BSB50311"]
    assert [each.rule.status for each in found.values()].count("complete") == 3
    assert {statement.text for each in found.values() for statement in each.rule.rules} == {""}


def test_a_store_folder_gives_the_same_rule(tmp_path: Path) -> None:
    document = stated()
    with OxigraphStore(tmp_path / "store", read_only=False) as store:
        put(store, document)
    with OxigraphStore(tmp_path / "store") as store:
        assert rule_of(store, "ZZZ40120").rule == document.rule


def test_a_rule_that_lacks_a_part_of_itself_is_an_error_that_names_the_part() -> None:
    with OxigraphStore(None) as store:
        put(store, stated())
        [graph] = store.graphs()
        kept = [triple for triple in store.triples(graph) if not _is_kind(triple)]
        store.replace_graphs({graph: kept})
        with pytest.raises(DataError, match=r"packaging/statement/r1: has no statementKind"):
            rule_of(store, "ZZZ40120")


def _is_kind(triple: Triple) -> bool:
    return triple.predicate.value.endswith("#statementKind")


def test_a_rule_that_was_given_a_code_keeps_that_it_states_none(store: Store) -> None:
    document = stated()
    unnamed = replace(document, rule=replace(document.rule, code=None))
    assert rule_of(put(store, unnamed), "ZZZ40120").rule.code is None
