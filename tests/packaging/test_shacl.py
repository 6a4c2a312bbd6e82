"""Compiled shapes give the judge's verdicts in two SHACL engines, and reject nothing that the judge accepts."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.machinery import SourceFileLoader
from random import Random
from types import ModuleType

import pytest
import shacl

from qualgraph.assets import asset_folder
from qualgraph.errors import UsageError
from qualgraph.model import Packaging as Record
from qualgraph.packaging import (
    KnownUnits,
    Packaging,
    PackagingRule,
    Prerequisite,
    UnreadText,
    judge,
    lower,
)
from qualgraph.packaging.compiling.plan_rdf import plan_triples
from qualgraph.packaging.compiling.shacl import compile_shacl, planned_for
from qualgraph.rdf import ntriples, parse_data
from qualgraph.sources import read_file
from qualgraph.validation.pyshacl_engine import PyShaclEngine
from random_rules import CASES, random_points_rule, random_rule, random_selection, random_specialised_rule
from support import CHECKOUT, shared_path

Plans = Mapping[str, Sequence[str]]
KNOWN = Packaging(qualification="YYY30120", level="Certificate III", package="YYY", source="a test")
FACTS = KnownUnits({"YYE000": [KNOWN]})


def verdicts(plans: Plans, results: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What the results (focus and severity) say of each plan."""
    found = dict.fromkeys(plans, "satisfied")
    for focus, severity in results:
        plan = focus.strip("<>").rsplit("/", 1)[1]
        if severity.endswith("Violation"):
            found[plan] = "violated"
        elif found[plan] == "satisfied":
            found[plan] = "unknown"
    return found


def data_of(rule: PackagingRule, plans: Plans, facts: KnownUnits, name: str | None = None) -> str:
    triples = (
        triple
        for id, units in plans.items()
        for triple in plan_triples(id, rule, units, facts, specialisation=name)
    )
    return ntriples(triples)


def by_pyshacl(rule: PackagingRule, plans: Plans, name: str | None = None) -> dict[str, str]:
    text = compile_shacl(rule)
    data = [*parse_data(text), *parse_data(data_of(rule, plans, FACTS, name), "nt")]
    found = PyShaclEngine().validate(data, parse_data(text))
    return verdicts(plans, ((str(result.focus), result.severity.value) for result in found))


def by_rust(rule: PackagingRule, plans: Plans, name: str | None = None) -> dict[str, str]:
    text = compile_shacl(rule)
    report = shacl.Shapes.from_turtle(text).validate_turtle(text + data_of(rule, plans, FACTS, name))
    return verdicts(plans, ((result.focus_node, result.severity) for result in report.results))


def by_judge(rule: PackagingRule, plans: Plans, name: str | None = None) -> dict[str, str]:
    return {id: judge(rule, units, specialisation=name, facts=FACTS).verdict for id, units in plans.items()}


def some_plans(random: Random, rule: PackagingRule, number: int) -> dict[str, Sequence[str]]:
    return {f"plan-{at}": random_selection(random, rule) for at in range(number)}


@pytest.mark.parametrize("kind", ["nested", "crossing", "specialised"])
def test_shapes_give_the_judges_verdicts_on_random_rules(kind: str) -> None:
    seen: Counter[str] = Counter()
    name = "Box" if kind == "specialised" else None
    for seed in range(CASES // 100):
        random = Random(seed)
        rule = random_specialised_rule(random) if name else random_rule(random, crossing=kind == "crossing")
        plans = some_plans(random, rule, 12)
        wanted = by_judge(rule, plans, name)
        assert by_rust(rule, plans, name) == wanted, seed
        if seed % 4 == 0:
            assert by_pyshacl(rule, plans, name) == wanted, seed
        whole = not any(form.form.left_out for form in (*lower(rule), *lower(rule, specialisation=name)))
        assert ("qgsh:NecessaryOnly" not in compile_shacl(rule)) is whole
        seen.update(wanted.values())
    assert {"satisfied", "violated"} <= set(seen)


def test_shapes_of_rules_in_points_reject_nothing_that_the_judge_accepts_and_confirm_nothing() -> None:
    rejected = 0
    for seed in range(CASES // 50):
        random = Random(seed)
        rule = random_points_rule(random)
        plans = some_plans(random, rule, 6)
        wanted, found = by_judge(rule, plans), by_rust(rule, plans)
        assert "qgsh:NecessaryOnly" in compile_shacl(rule)
        assert {wanted[id] for id in plans if found[id] == "violated"} <= {"violated"}, seed
        assert "satisfied" not in found.values()
        rejected += list(found.values()).count("violated")
    assert rejected


def seed_rule(code: str) -> PackagingRule:
    shared_path("seeds")
    script = compiled_shapes()
    [document] = shared_path("seeds").glob(f"{script.SEEDS[code]}_*.txt")
    reading = read_file(document, code=code if code == "BSB50311" else None)
    [record] = [one for one in reading.records if isinstance(one, Record)]
    return record.rule


def compiled_shapes() -> ModuleType:
    loader = SourceFileLoader("compiled_shapes", str(CHECKOUT / "scripts" / "compiled-shapes"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def plans_of_the_right_size(rule: PackagingRule, number: int) -> dict[str, Sequence[str]]:
    random, plans = Random(50311), {}
    for at in range(number):
        chosen = list(random_selection(random, rule))
        core = [code for code in chosen if code in rule.core_units]
        others = [code for code in chosen if code not in core]
        size = (rule.electives_needed or 0) + random.choice((-1, 0, 0, 0, 1))
        plans[f"plan-{at}"] = core + random.sample(others, min(size, len(others)))
    return plans


def test_300_selections_for_bsb50311_get_one_verdict_from_the_judge_and_two_engines() -> None:
    rule = seed_rule("BSB50311")
    plans = plans_of_the_right_size(rule, 300)
    wanted = by_judge(rule, plans)
    assert by_rust(rule, plans) == wanted
    assert by_pyshacl(rule, plans) == wanted
    assert min(Counter(wanted.values())[one] for one in ("satisfied", "violated", "unknown")) >= 5


@pytest.mark.parametrize("code", ["BSB40307", "BSB50307", "BSB50311"])
def test_the_committed_shapes_are_what_the_compiler_gives(code: str) -> None:
    shared_path("seeds")
    committed = (asset_folder("shapes") / "compiled" / f"{code}.ttl").read_text("utf-8")
    assert committed == compiled_shapes().compiled(code), "run scripts/compiled-shapes"
    assert list(parse_data(committed))


def test_a_count_says_in_words_what_it_asks_and_where_that_stands() -> None:
    text = (asset_folder("shapes") / "compiled" / "BSB50311.ttl").read_text("utf-8")
    assert '"Group A needs 2 units, each unit counted once."' in text
    assert 'qgsh:ruleStatement "packaging/rule/r1"' in text
    assert "qg:sourceLine 34" in text
    assert "no more than 2 units may be units from elsewhere packaged at the level Certificate IV." in text


def test_a_rule_that_was_not_wholly_read_gives_what_is_certain_and_confirms_nothing() -> None:
    rule = replace(
        random_rule(Random(3)),
        status="partial",
        unread=(UnreadText(path="packaging/unread/1", text="Further words.", line=3),),
    )
    random = Random(1)
    plans = some_plans(random, rule, 20)
    wanted = by_judge(rule, plans)
    assert by_rust(rule, plans) == wanted
    assert set(wanted.values()) == {"violated", "unknown"}


def test_a_rule_of_which_nothing_is_certain_is_refused() -> None:
    with pytest.raises(UsageError, match="nothing in it is certain"):
        compile_shacl(PackagingRule(code="ZZZ30120", status="failed"))
    with pytest.raises(UsageError, match="names no qualification"):
        compile_shacl(PackagingRule(status="complete"))


def test_an_elective_without_its_prerequisite_is_not_decided() -> None:
    rule = replace(random_rule(Random(5)), rules=())
    [first, second, *_] = [*rule.listed_electives, "ZZE900"]
    row = Prerequisite(path="packaging/prerequisite/1", unit=first, requires=("ZZE900",), policy="inside")
    rule = replace(rule, prerequisites=(row,), elective=1, total=len(rule.core_units) + 1)
    plans = {"without": (*rule.core_units, first), "other": (*rule.core_units, second)}
    wanted = by_judge(rule, plans)
    assert by_rust(rule, plans) == by_pyshacl(rule, plans) == wanted
    assert wanted["without"] == "unknown"


def test_an_import_is_proven_by_a_level_at_which_it_is_packaged() -> None:
    rule = seed_rule("BSB50311")
    listed = rule.listed_electives[: (rule.electives_needed or 0) - 1]
    plan = {"plan-1": (*rule.core_units, *listed, "YYE777")}
    facts = KnownUnits(
        {"YYE777": [Packaging(qualification="YYY50120", level="Diploma", package="YYY", source="a test")]}
    )
    text = compile_shacl(rule)
    for known, verdict in ((facts, "satisfied"), (KnownUnits({}), "unknown")):
        report = shacl.Shapes.from_turtle(text).validate_turtle(text + data_of(rule, plan, known))
        found = verdicts(plan, ((one.focus_node, one.severity) for one in report.results))
        assert found["plan-1"] == judge(rule, plan["plan-1"], facts=known).verdict == verdict


def test_the_same_rule_gives_the_same_text() -> None:
    assert compile_shacl(random_rule(Random(9))) == compile_shacl(random_rule(Random(9)))


def test_a_plan_is_for_the_release_where_the_rule_states_one() -> None:
    rule = replace(random_rule(Random(9)), release="2")
    assert planned_for(rule).value.endswith("/qualification/ZZZ30120/release/2")
    assert planned_for(rule, specialisation="Box kites").value.endswith("/release/2/specialisation/box-kites")
