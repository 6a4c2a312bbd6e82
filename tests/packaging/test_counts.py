"""The fast judge gives the reference judge's verdicts, or says that it cannot and asks it."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest

from qualgraph.errors import UsageError
from qualgraph.packaging import (
    ImportPool,
    KnownUnits,
    ListedUnit,
    Packaging,
    PackagingRule,
    Prerequisite,
    RuleStatement,
    UnitGroup,
    UnreadText,
    judge,
    parse,
)
from qualgraph.packaging.judging.counts import FastJudge
from qualgraph.packaging.judging.plans import Plan, judge_many
from qualgraph.packaging.tree import Condition, Policy
from random_rules import (
    CASES,
    random_points_rule,
    random_rule,
    random_selection,
    random_specialised_rule,
)
from support import seed_path, shared_path

MAKERS: dict[str, Callable[[Random], PackagingRule]] = {
    "nested": random_rule,
    "crossing": lambda random: random_rule(random, crossing=True),
    "specialised": random_specialised_rule,
    "points": random_points_rule,
    "partial": lambda random: replace(
        random_rule(random), status="partial", unread=(UnreadText(path="p", text="Further words.", line=3),)
    ),
}
FACTS = KnownUnits(
    {"YYE000": [Packaging(qualification="YYY30120", level="Certificate III", package="YYY", source="a test")]}
)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_fast_judge_gives_the_verdicts_of_the_reference_judge(kind: str) -> None:
    seen: Counter[str | None] = Counter()
    for seed in range(CASES // 100):
        random = Random(seed)
        rule = MAKERS[kind](random)
        name = "Box" if kind == "specialised" else None
        fast = FastJudge(rule, specialisation=name, facts=FACTS)
        chosen = [random_selection(random, rule) for _ in range(8)]
        for outcome, units in zip(fast.outcomes(chosen), chosen, strict=True):
            seen[outcome] += 1
            wanted = judge(rule, units, specialisation=name, facts=FACTS).verdict
            assert outcome in (None, wanted), (seed, units)
    assert seen[None] <= (seen.total() // 4 if kind == "points" else 0)
    assert len(set(seen) - {None}) >= 2


def with_prerequisite(random: Random) -> PackagingRule:
    rule = random_rule(random)
    rows = [
        Prerequisite(path=f"packaging/prerequisite/{n}", unit=unit, requires=(other,), policy="inside")
        for n, (unit, other) in enumerate(
            (random.choice(rule.listed_electives), random.choice(rule.listed_electives)) for _ in range(3)
        )
        if unit != other
    ]
    return replace(rule, prerequisites=tuple(rows))


def test_prerequisites_that_are_packaged_inside_are_seen() -> None:
    differing = 0
    for seed in range(CASES // 40):
        random = Random(seed)
        rule = with_prerequisite(random)
        plain = FastJudge(replace(rule, prerequisites=()))
        chosen = [random_selection(random, rule) for _ in range(4)]
        outcomes = FastJudge(rule).outcomes(chosen)
        assert outcomes == [judge(rule, units).verdict for units in chosen], seed
        differing += outcomes != plain.outcomes(chosen)
    assert differing


def seed_rules() -> dict[str, PackagingRule]:
    return {
        code: parse(seed_path(number).read_text("utf-8"), code=code)
        for code, number in (("BSB40307", "000"), ("BSB50307", "001"), ("BSB50311", "003"))
    }


def plans(random: Random, rules: dict[str, PackagingRule], number: int) -> Iterator[Plan]:
    for at in range(number):
        code = random.choice(sorted(rules))
        yield Plan(code=code, units=random_selection(random, rules[code]), id=str(at))


def test_plans_of_many_qualifications_are_judged_in_their_order_whatever_the_chunk() -> None:
    rules = {"ZZZ30120": random_rule(Random(1)), "ZZZ30220": replace(random_rule(Random(2)), code="ZZZ30220")}
    given = list(plans(Random(3), rules, 60))
    wanted = [judge(rules[plan.code], plan.units, id=plan.id) for plan in given]
    for chunk in (1, 7, 60):
        found = list(judge_many(given, rules, chunk=chunk))
        assert [(v.id, v.code, v.verdict) for v in found] == [(v.id, v.code, v.verdict) for v in wanted]
    explained = list(judge_many(given, rules, explain=True))
    assert [v for v in explained if v.verdict != "satisfied"] == [
        v for v in wanted if v.verdict != "satisfied"
    ]


def test_plans_are_read_a_chunk_at_a_time() -> None:
    rules = {"ZZZ30120": random_rule(Random(1))}
    read: list[str] = []

    def endless() -> Iterator[Plan]:
        while True:
            read.append("one")
            yield Plan(code="ZZZ30120", units=("ZZA100",))

    verdicts = judge_many(endless(), rules, chunk=5)
    assert [next(verdicts).verdict for _ in range(7)] == ["violated"] * 7
    assert len(read) == 10


def test_garbage_is_collected_as_before_once_plans_are_judged_or_could_not_be() -> None:
    class Unreachable:
        def packagings(self, code: str) -> tuple[Packaging, ...]:
            assert not gc.isenabled()
            raise ConnectionError(code)

    rules = {"ZZZ30120": with_imports(random_rule(Random(1)))}
    verdicts = judge_many([Plan(code="ZZZ30120", units=("YYE000",))] * 2, rules)
    next(verdicts)
    assert gc.isenabled()
    with pytest.raises(ConnectionError):
        list(judge_many([Plan(code="ZZZ30120", units=("YYE000",))], rules, facts=Unreachable()))
    assert gc.isenabled()
    gc.disable()
    try:
        list(verdicts)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_plan_without_a_rule_is_unknown_and_says_why() -> None:
    rules = {"ZZZ30120": random_rule(Random(1))}
    [absent, unnamed] = judge_many(
        [Plan(code="ZZZ99999", units=()), Plan(code="ZZZ30120", units=(), specialisation="Cats")], rules
    )
    assert (absent.verdict, absent.unknowns[0].fact) == ("unknown", "the packaging rule of ZZZ99999")
    assert unnamed.verdict == "unknown"
    assert "no specialisation named 'Cats'" in unnamed.unknowns[0].fact


def test_a_unit_counts_once_however_its_code_is_written() -> None:
    rule = replace(random_rule(Random(1)), rules=(), groups=(), total=2, core=0, elective=2)
    rule = replace(rule, groups=random_rule(Random(4)).groups[-1:])
    [first, second, *_] = rule.listed_electives
    fast = FastJudge(rule)
    assert fast.outcomes([(first, f" {first.lower()} "), (first, second.lower())]) == [
        "violated",
        "satisfied",
    ]


def test_odd_writings_get_the_verdict_of_the_reference_judge() -> None:
    rule = replace(random_specialised_rule(Random(2)), title=None)
    core, listed = rule.core_units, rule.listed_electives
    written: list[tuple[str, ...]] = [
        (),
        ("", "  "),
        (*core, *listed),
        (*core, *core, *listed, *listed),
        tuple(f"\t{code.lower()} " for code in (*core, *listed)),
        (*core, "no code", "ZZ", "ÄÖÜ100", "YYE000", "yye000"),
    ]
    for name in (None, "box", " B o x "):
        fast = FastJudge(rule, specialisation=name, facts=FACTS)
        wanted = [judge(rule, units, specialisation=name, facts=FACTS).verdict for units in written]
        assert fast.outcomes(written) == wanted
        assert fast.outcomes([]) == []
    for refusing in (FastJudge, lambda rule, specialisation: judge(rule, (), specialisation=specialisation)):
        with pytest.raises(UsageError, match="no specialisation named 'Cats'"):
            refusing(rule, specialisation="Cats")


def test_sentences_that_no_machine_decides_stand_beside_every_verdict() -> None:
    shared_path("seeds")
    rules = seed_rules()
    given = [Plan(code=code, units=rule.core_units) for code, rule in rules.items()]
    for verdict in judge_many(given, rules):
        rule = rules[verdict.code or ""]
        assert len(verdict.human_conditions) == len([c for c in rule.human_conditions if c.scope == "all"])


def with_imports(rule: PackagingRule, *, condition: Condition | None = None, n: int = 4) -> PackagingRule:
    """The rule with a sentence more: some may come from elsewhere, of a Certificate III."""
    pool = ImportPool(sources=("any-package",), levels=("Certificate III",))
    row = RuleStatement(
        path="packaging/rule/more",
        id="more",
        kind="max",
        n=n,
        pools=("import",),
        text="up to some from elsewhere",
        line=None,
        import_=pool,
        condition=condition,
    )
    return replace(rule, rules=(*rule.rules, row))


def test_points_that_are_not_known_of_an_import_leave_the_verdict_open() -> None:
    seen: Counter[str | None] = Counter()
    for seed in range(CASES // 60):
        random = Random(seed)
        rule = with_imports(random_points_rule(random))
        chosen = [random_selection(random, rule) for _ in range(4)]
        for outcome, units in zip(FastJudge(rule, facts=FACTS).outcomes(chosen), chosen, strict=True):
            seen[outcome] += 1
            assert outcome in (None, judge(rule, units, facts=FACTS).verdict), (seed, units)
    assert seen["unknown"] > seen.total() // 20
    assert seen[None] < seen.total() // 20


def test_a_unit_that_may_only_come_in_as_a_prerequisite_does_so_for_those_that_need_it() -> None:
    seen: Counter[str | None] = Counter()
    for seed in range(CASES // 60):
        random = Random(seed)
        rule = with_imports(random_rule(random, imports=False), condition="as-prerequisite", n=2)
        policy: Policy = random.choice(("inside", "unstated"))
        needing = random.sample(rule.listed_electives, min(3, len(rule.listed_electives)))
        rows = tuple(
            Prerequisite(
                path=f"packaging/prerequisite/{n}", unit=unit, requires=(f"YYE00{n}",), policy=policy
            )
            for n, unit in enumerate(needing)
        )
        rule = replace(rule, prerequisites=rows)
        chosen = [random_selection(random, rule) for _ in range(4)]
        outcomes = FastJudge(rule, facts=FACTS).outcomes(chosen)
        for outcome, units in zip(outcomes, chosen, strict=True):
            seen[outcome] += 1
            assert outcome in (None, judge(rule, units, facts=FACTS).verdict), (seed, units)
    assert seen[None] < seen.total() // 20
    assert min(seen["satisfied"], seen["violated"], seen["unknown"]) > seen.total() // 40


def test_limits_that_cross_but_that_no_unit_of_the_plan_could_pass_need_no_programme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = random_rule(Random(1), imports=False)
    units = [f"ZZK{n}" for n in range(9)]
    members = tuple(ListedUnit(path=f"packaging/group/K/{code}", code=code) for code in units)
    group = UnitGroup(path="packaging/group/K", id="K", name="K", role="elective", members=members)
    pairs = [(0, 1), (1, 2), (0, 2)]
    rows = tuple(
        RuleStatement(
            path=f"packaging/rule/r{at}",
            id=f"r{at}",
            kind="max",
            n=1,
            pools=tuple(f"unit:{units[one]}" for one in pair),
            text="only one of the two",
            line=None,
        )
        for at, pair in enumerate(pairs, start=1)
    )
    rule = replace(rule, groups=(group,), rules=rows, total=4, core=0, elective=4, prerequisites=())
    chosen = [units[3:7], units[:1] + units[3:6], units[:2] + units[3:5], units[:3] + units[3:4], units]
    monkeypatch.setattr("qualgraph.packaging.judging.counts.placeable", lambda *_: None)
    outcomes = FastJudge(rule).outcomes(chosen)
    wanted = [judge(rule, one).verdict for one in chosen]
    assert all(outcome in (None, verdict) for outcome, verdict in zip(outcomes, wanted, strict=True))
    assert outcomes[:2] == ["satisfied", "satisfied"]
    assert None in outcomes


def test_facts_of_a_unit_are_looked_up_once_for_all_rules() -> None:
    asked: Counter[str] = Counter()

    class Facts:
        def packagings(self, code: str) -> tuple[Packaging, ...]:
            asked[code] += 1
            return FACTS.packagings(code)

    made = [with_imports(random_rule(Random(seed))) for seed in range(8)]
    rules = {f"ZZZ30{n}20": replace(rule, code=f"ZZZ30{n}20") for n, rule in enumerate(made)}
    others = [f"YYE{n:03}" for n in range(40)]
    given = [Plan(code=code, units=(*rule.core_units, *others)) for code, rule in rules.items()]
    found = [verdict.verdict for verdict in judge_many(given, rules, facts=Facts())]
    assert found == [judge(rules[plan.code], plan.units, facts=FACTS).verdict for plan in given]
    assert asked.keys() >= set(others)
    assert list(asked.values()).count(1) > 30
    assert asked.total() < 3 * len(others)


def test_units_that_were_forgotten_are_met_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [with_imports(with_prerequisite(Random(seed))) for seed in range(4)]
    rules = {f"ZZZ30{n}20": replace(rule, code=f"ZZZ30{n}20") for n, rule in enumerate(made)}
    given = list(plans(Random(5), rules, 80))
    wanted = [judge(rules[plan.code], plan.units, facts=FACTS).verdict for plan in given]
    for limit in ("met.MOST_CODES", "counts.MOST_UNITS"):
        with monkeypatch.context() as patched:
            patched.setattr(f"qualgraph.packaging.judging.{limit}", 20)
            found = [verdict.verdict for verdict in judge_many(given, rules, facts=FACTS, chunk=5)]
        assert found == wanted, limit
    assert len(set(wanted)) == 3
