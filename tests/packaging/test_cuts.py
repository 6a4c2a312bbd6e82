"""Counts say what every placement says where limits nest, and never more than that anywhere."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from qualgraph.packaging.judging.cuts import Cuts, cuts
from qualgraph.packaging.judging.flows import exactness
from qualgraph.packaging.judging.points import best_sum, placeable
from qualgraph.packaging.judging.problem import Demand, ImportWay, Limit, LimitKind, Place, Problem, UnitClass
from qualgraph.packaging.tree import ImportPool
from random_problems import can_be_placed, random_points, random_problem
from random_rules import CASES


def reached(found: Cuts, problem: Problem, units: list[str]) -> bool:
    def points(code: str) -> int:
        return problem.weights[code] if problem.weights else 1

    return all(
        sum(points(unit) for unit in units if count.counts(problem.units[unit])) >= count.need
        for count in found.counts
    )


def selections(random: Random, problem: Problem, number: int) -> list[list[str]]:
    return [[unit for unit in problem.units if random.random() < 0.75] for _ in range(number)]


def test_counts_are_exact_where_they_say_so_and_nowhere_reject_what_can_be_placed() -> None:
    seen: Counter[tuple[bool, bool, bool]] = Counter()
    for seed in range(CASES):
        random = Random(seed)
        problem = random_problem(random)
        found = cuts(problem)
        for units in selections(random, problem, 4):
            placed, passed = can_be_placed(problem, units), reached(found, problem, units)
            assert passed or not placed, (seed, units)
            assert placed or not passed or not found.exact, (seed, units)
            seen[found.exact, placed, passed] += 1
    assert seen.total() == 4 * CASES
    assert min(seen[True, True, True], seen[True, False, False], seen[False, True, True]) > CASES // 50


def test_counts_of_points_never_reject_what_can_be_placed() -> None:
    decided: Counter[bool | None] = Counter()
    for seed in range(CASES // 2):
        random = Random(seed)
        problem = random_points(random)
        found = cuts(problem)
        assert not found.exact
        for units in selections(random, problem, 2):
            placed = can_be_placed(problem, units)
            assert reached(found, problem, units) or not placed, (seed, units)
            met = placeable(
                problem, [(problem.units[unit], problem.weights.get(unit, 0)) for unit in set(units)]
            )
            assert met in (None, placed), (seed, units)
            decided[met] += 1
    assert min(decided[True], decided[False]) > decided.total() // 10


def problem_of(
    slots: list[int], limits: list[tuple[LimitKind, int]], classes: list[UnitClass], each: int = 1
) -> Problem:
    return Problem(
        path="packaging/form/1",
        slots=tuple(Demand(id=f"s{at}", n=n, path=f"slot/{at}") for at, n in enumerate(slots)),
        limits=tuple(
            Limit(id=f"l{at}", n=n, path=f"limit/{at}", kind=kind) for at, (kind, n) in enumerate(limits)
        ),
        units={f"ZZU{at}{copy}": one for at, one in enumerate(classes) for copy in range(each)},
    )


def places(*given: tuple[int, set[int]]) -> UnitClass:
    return frozenset(Place(slot=slot, limits=frozenset(limits)) for slot, limits in given)


CROSSING = problem_of(
    [2], [("cap", 1)] * 3, [places((0, {0, 1})), places((0, {1, 2})), places((0, {0, 2}))], each=2
)
"""Two families of nested limits are a flow, one before the units and one behind; three limits that cross are not."""
NESTED = problem_of(
    [3], [("cap", 1), ("cap", 2)], [places((0, {0, 1})), places((0, {1})), places((0, set()))]
)
TWO_LISTS = problem_of(
    [1, 1], [("cap", 1)], [places((0, {0}), (1, set())), places((0, {0})), places((1, set()))]
)


@pytest.mark.parametrize(
    ("problem", "exact"),
    [(CROSSING, False), (NESTED, True), (TWO_LISTS, True)],
    ids=["crossing", "nested", "lists"],
)
def test_whether_counts_are_exact_depends_on_how_limits_nest(problem: Problem, exact: bool) -> None:
    assert exactness(problem) is exact


def test_a_group_of_two_and_two_more_come_to_two_counts() -> None:
    problem = problem_of([2, 2], [], [places((0, set()), (1, set())), places((1, set()))], each=4)
    found = [(count.need, count.slots, count.limits) for count in cuts(problem).counts]
    assert found == [(2, (0,), ()), (4, (0, 1), ())]


def test_a_cap_on_imports_asks_for_listed_units() -> None:
    listed = problem_of([5], [("entry", 2)], [places((0, set()))], each=9)
    way = ImportWay(pool=ImportPool(), place=Place(slot=0, limits=frozenset({0})))
    problem = Problem(
        path=listed.path, slots=listed.slots, limits=listed.limits, units=listed.units, imports=(way,)
    )
    found = [(count.need, count.limits) for count in cuts(problem).counts]
    assert found == [(5, ()), (3, (0,))]


def test_slots_that_share_nothing_are_counted_apart() -> None:
    problem = problem_of([1, 2, 3], [], [places((slot, set())) for slot in range(3)], each=3)
    assert [count.slots for count in cuts(problem).counts] == [(0,), (1,), (2,)]


def test_too_many_slots_give_necessary_counts_only() -> None:
    everywhere = places(*((slot, set()) for slot in range(40)))
    found = cuts(problem_of([1] * 40, [], [everywhere], each=50))
    assert (found.complete, found.exact) == (False, False)
    assert max(count.need for count in found.counts) == 40


def test_a_slot_that_nothing_can_fill_is_a_count_that_no_plan_reaches() -> None:
    [count] = cuts(problem_of([1], [], [])).counts
    assert not count.counts(places((1, set())))
    assert count.need == 1


@pytest.mark.parametrize(
    ("points", "most", "best"), [([], 5, 0), ([6], 5, 0), ([3, 4], 6, 4), ([3, 4], 7, 7)]
)
def test_what_fits_under_a_limit_is_a_sum_of_whole_units(points: list[int], most: int, best: int) -> None:
    assert best_sum(points, most) == best
