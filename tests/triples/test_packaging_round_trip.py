"""Text becomes a tree, the tree becomes triples, and the triples become the same tree, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.packaging import PackagingRule, parse
from qualgraph.rdf import IRI, Literal, Triple
from qualgraph.rulebook import rules_of
from qualgraph.store import MemoryStore, OxigraphStore
from qualgraph.triples import TextPolicy
from qualgraph.triples.builder import Builder, qg
from qualgraph.triples.packaging import describe_packaging, read_rule
from qualgraph.triples.packaging.reader import WORDLESS_AMBIGUITY
from random_trees import rules
from stored_rules import WOVEN, Stated, put
from support import shared_path

IDS = Identifiers()
DOCUMENT = IDS.document("register-page", "ZZZ40120/page")
RELEASE = IDS.release(Kind.QUALIFICATION, "ZZZ40120", "1")


def triples_of(rule: PackagingRule, policy: TextPolicy = TextPolicy.RULES) -> set[Triple]:
    builder = Builder(ids=IDS, policy=policy, document=DOCUMENT, release=RELEASE, reader="register-page")
    describe_packaging(builder, rule, 1)
    return builder.triples


def returned(rule: PackagingRule, policy: TextPolicy = TextPolicy.RULES) -> PackagingRule:
    """The rule after it was triples."""
    return read_rule(triples_of(rule, policy), IDS.below(RELEASE, "register-page", "packaging"))


def without_words(rule: PackagingRule) -> PackagingRule:
    """All that a graph without rule text can tell."""
    return replace(
        rule,
        rules=tuple(
            replace(each, text="", ambiguity=None if each.ambiguity is None else WORDLESS_AMBIGUITY)
            for each in rule.rules
        ),
        human_conditions=tuple(replace(each, text="") for each in rule.human_conditions),
        unread=tuple(replace(each, text="") for each in rule.unread),
        notes=tuple(replace(each, text="") for each in rule.notes),
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(rules())
def test_any_tree_comes_back_equal_and_without_rule_text_loses_only_that(rule: PackagingRule) -> None:
    assert returned(rule) == rule
    assert returned(rule, TextPolicy.ALL) == rule
    assert returned(rule, TextPolicy.NONE) == without_words(rule)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(rules())
def test_any_tree_comes_back_out_of_a_store_with_its_document(rule: PackagingRule) -> None:
    with OxigraphStore(None) as store:
        put(store, Stated(rule=replace(rule, status="partial"), code="ZZZ40120"))
        [found] = rules_of(store)
    assert found.rule == replace(rule, status="partial")


def register() -> Iterator[PackagingRule]:
    path = shared_path("corpus", "register-2026", "packaging-rules.jsonl")
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        yield parse(row["packagingRules"], code=row["code"], title=row["title"], release="1")


def differing(pairs: Iterable[tuple[PackagingRule, PackagingRule]]) -> list[str | None]:
    return [before.code for before, after in pairs if before != after]


def test_every_rule_of_the_register_comes_back_equal_and_out_of_a_store_too(tmp_path: Path) -> None:
    rules = list(register())
    assert len(rules) == 762
    assert differing((rule, returned(rule)) for rule in rules) == []
    stored = {rule.code: rule for rule in rules[::8]}
    with OxigraphStore(tmp_path / "store", read_only=False) as store:
        put(store, *(Stated(rule=rule, code=rule.code or "") for rule in stored.values()))
        found = list(rules_of(store))
    assert differing((stored[each.code], each.rule) for each in found) == []
    assert len(found) == len(stored) == 96


def test_a_rule_from_another_engine_is_the_same() -> None:
    rule = parse(WOVEN, code="ZZZ40120")
    with MemoryStore() as store:
        [found] = rules_of(put(store, Stated(rule=rule, code="ZZZ40120")))
    assert found.rule == rule


def test_the_order_of_the_triples_does_not_matter() -> None:
    rule = parse(WOVEN, code="ZZZ40120")
    node = IDS.below(RELEASE, "register-page", "packaging")
    ordered = sorted(triples_of(rule), key=str)
    assert read_rule(ordered, node) == read_rule(reversed(ordered), node) == rule


def test_a_graph_without_pool_terms_still_tells_which_pools_a_statement_counts_in() -> None:
    """Data that others wrote with the same terms may link the pools and no more."""
    rule = parse(WOVEN, code="ZZZ40120")
    plain = [triple for triple in triples_of(rule) if triple.predicate != qg("hasPoolTerm")]
    found = read_rule(plain, IDS.below(RELEASE, "register-page", "packaging"))
    assert [statement.pools for statement in found.rules] == [("A",), ("A", "B", "import")]


def test_every_link_of_a_rule_leads_to_something_described() -> None:
    """No part points at a node of the rule about which nothing is said."""
    rule = parse(WOVEN, code="ZZZ40120")
    triples = triples_of(rule)
    said = {triple.subject for triple in triples}
    below = IDS.below(RELEASE, "register-page", "packaging").value
    linked = {t.object for t in triples if isinstance(t.object, IRI) and t.object.value.startswith(below)}
    assert linked <= said
    assert len(linked) >= 20


def test_no_part_of_a_rule_has_the_words_of_the_document_where_prose_is_left_out() -> None:
    rule = parse(WOVEN, code="ZZZ40120")
    sentences = [statement.text for statement in rule.rules]
    literals = {t.object.value for t in triples_of(rule, TextPolicy.NONE) if isinstance(t.object, Literal)}
    assert sentences
    assert not [text for text in sentences if any(text in value for value in literals)]
