"""Rules asked of some things at a time derive what they derive at once, and no answer grows with the store."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from qualgraph.catalogue import Rule, discover_rules
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.namespaces import QG
from qualgraph.pipeline.derivation import portions
from qualgraph.rdf import IRI, Triple, text
from qualgraph.store import Graph, OxigraphStore, Store
from query_cases import store

RULES = {rule.name: rule for rule in discover_rules()}
IDS = Identifiers()


def derived(held: Store, *queries: str) -> set[Triple]:
    found: set[Triple] = set()
    for query in queries:
        answer = held.query(query)
        assert isinstance(answer, Graph)
        found.update(answer.triples)
    return found


def by_fives(rule: Rule) -> Rule:
    return replace(rule, each=tuple(replace(each, at_once=5) for each in rule.each))


@pytest.mark.parametrize(
    ("register", "engine"),
    [("register", "oxigraph"), ("classes", "oxigraph"), ("rules", "oxigraph"), ("register", "rdflib")],
)
def test_a_rule_asked_of_five_things_at_a_time_derives_what_it_derives_at_once(
    register: str, engine: str
) -> None:
    held = store(register, engine)
    several = 0
    for rule in RULES.values():
        asked = list(portions(held, by_fives(rule), few=0))
        several += len(asked) > 1
        assert derived(held, *asked) == derived(held, rule.text), rule.name
    assert several


def test_every_rule_is_asked_in_portions() -> None:
    assert [rule.name for rule in RULES.values() if not rule.each] == []


def test_a_rule_is_asked_at_once_of_few_things_and_in_portions_of_more() -> None:
    """An engine holds what it joins for an answer: no answer may grow with the store."""
    [each] = RULES["preferred-title"].each
    rule = replace(RULES["preferred-title"], each=(replace(each, at_once=50),))
    with OxigraphStore(None) as held:
        held.replace_graphs({IDS.document("list", "x"): listed(110)})
        assert list(portions(held, rule, few=3)) == [rule.text]
        several = list(portions(held, rule, few=2))
    assert [asked.count("ZZZ") for asked in several] == [50, 50, 10]


def listed(components: int) -> list[Triple]:
    """So many units with a title, each of which replaced the one before."""
    found = []
    units = [IDS.component(Kind.UNIT, f"ZZZ{number:05}") for number in range(components)]
    for number, unit in enumerate(units):
        place = IDS.below(unit, "listing")
        found.append(Triple(place, IRI(f"{QG}mentions"), unit))
        found.append(Triple(place, IRI(f"{QG}statedTitle"), text(f"Fly kite {number}")))
    for old, new in pairwise(units):
        row = IDS.below(new, "mapping")
        found.append(Triple(row, IRI(f"{QG}mapsFrom"), old))
        found.append(Triple(row, IRI(f"{QG}mapsTo"), new))
    return found
