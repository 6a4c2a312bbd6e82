"""The judge on random rules against brute force. A nightly run sets QUALGRAPH_RANDOM_CASES higher."""

from __future__ import annotations

from collections import Counter
from itertools import product
from random import Random

from qualgraph.packaging import PackagingRule, Place, Problem, judge, normal_forms, problems
from random_rules import CASES, random_points_rule, random_rule, random_selection, random_specialised_rule


def earns(rule: PackagingRule, units: tuple[str, ...]) -> bool:
    """Brute force over the words of a rule whose groups share no unit: how many units of each list to count.

    What sentences ask for counts in its own group; further electives come from groups that a sentence opens
    ('at least', 'up to') or that none mentions, and from elsewhere as far as a sentence permits.
    """
    chosen = set(units)
    if not set(rule.core_units) <= chosen:
        return False
    has = {group.id: len(chosen & set(group.units)) for group in rule.elective_groups}
    outside = len(chosen - set(rule.listed_electives) - set(rule.core_units))
    imports = next((item.n or 0 for item in rule.rules if item.import_), 0)
    either = next((item for item in rule.rules if item.kind == "one-of"), None)
    return any(
        counts_meet(rule, dict(zip(has, counts, strict=True)), entered, picked)
        for picked in (either.pools if either else (None,))
        for counts in product(*(range(n + 1) for n in has.values()))
        for entered in range(min(imports, outside) + 1)
    )


def counts_meet(rule: PackagingRule, counts: dict[str, int], entered: int, picked: str | None) -> bool:
    if sum(counts.values()) + entered != rule.elective:
        return False
    own = {item.pools[0]: item for item in rule.rules if item.kind != "one-of" and not item.import_}
    mentioned = {pool for item in rule.rules for pool in item.pools}
    opened = {id for id, item in own.items() if item.kind in ("min", "max")} | {picked}
    listed = "listed" in mentioned
    opened |= {id for id in counts if id not in mentioned} if opened - {None} or listed else set(counts)
    for id, n in counts.items():
        item = own.get(id)
        size = len(rule.group(id).units) if rule.group(id) else 0
        least = {"min": item.n, "exact": item.n, "all": size}.get(item.kind, 0) if item else 0
        least = max(least or 0, 1 if id == picked else 0)
        closed = item is not None and item.kind in ("exact", "max")
        most = item.n if closed and item else None if listed or id in opened else least
        if n < least or (most is not None and n > most):
            return False
    return True


State = tuple[tuple[int, ...], tuple[int, ...]]


def put(
    problem: Problem, place: Place, weight: int, filled: tuple[int, ...], used: tuple[int, ...]
) -> State | None:
    """What is filled and used up after one more unit; None where it passes a limit."""
    slots = tuple(n + weight * (at == place.slot) for at, n in enumerate(filled))
    limits = tuple(n + weight * (at in place.limits) for at, n in enumerate(used))
    fits = all(n <= limit.n for n, limit in zip(limits, problem.limits, strict=True))
    wasted = not problem.weights and slots[place.slot] > problem.slots[place.slot].n
    return (slots, limits) if fits and not wasted else None


def can_be_placed(problem: Problem, units: tuple[str, ...]) -> bool:
    """Brute force over the places of each unit in turn, remembering what is filled and what is used up."""
    states: set[State] = {((0,) * len(problem.slots), (0,) * len(problem.limits))}
    for code in units:
        weight = problem.weights.get(code, 0) if problem.weights else 1
        states |= {
            state
            for filled, used in states
            for place in problem.units[code]
            if (state := put(problem, place, weight, filled, used)) is not None
        }
    return any(
        all(n >= slot.n for n, slot in zip(filled, problem.slots, strict=True))
        and all(sum(filled[at] for at in total.slots) >= total.n for total in problem.totals)
        for filled, _ in states
    )


def test_on_random_nested_rules_the_judge_agrees_with_brute_force_over_the_words() -> None:
    random, seen = Random(2), Counter[str]()
    for _ in range(CASES // 2):
        rule = random_rule(random)
        units = random_selection(random, rule)
        verdict = judge(rule, units).verdict
        assert verdict == ("satisfied" if earns(rule, units) else "violated"), (rule, units)
        seen[verdict] += 1
    assert min(seen["satisfied"], seen["violated"]) > CASES // 20


def test_on_any_random_rule_the_judge_agrees_with_brute_force_over_the_places() -> None:
    random, seen = Random(3), Counter[str]()
    makers = (lambda r: random_rule(r, crossing=True), random_specialised_rule, random_points_rule)
    for number in range(CASES // 2):
        rule = makers[number % 3](random)
        box = "Box" if rule.specialisations else None
        units = random_selection(random, rule, outside=2)[:12]
        if any(form.left_out for form in normal_forms(rule, specialisation=box)):
            seen["contradictory"] += 1
            continue
        possible = any(
            all(can_be_placed(problem, units) for problem in form)
            for form in problems(rule, units, specialisation=box)
        )
        verdict = judge(rule, units, specialisation=box).verdict
        assert verdict == ("satisfied" if possible else "violated"), (rule, units)
        seen[verdict] += 1
    assert min(seen["satisfied"], seen["violated"]) > CASES // 20 > seen["contradictory"]
