"""When counting is enough: whether placing the units is a flow through limits that nest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from qualgraph.packaging.judging.problem import LimitKind, Place, Problem, UnitClass
from qualgraph.packaging.judging.unit_classes import limits_of, unit_classes

_MOST_PATHS = 512
_ORDER: tuple[LimitKind, ...] = ("cap", "entry", "gate")


def exactness(problem: Problem, tight: frozenset[int] | None = None) -> bool:
    """Whether the counts are sufficient: whether placing the units is a flow through nested limits.

    ``tight`` are the limits that a selection could pass at all (None: any); the others are nothing to it.
    Limits that hold for a unit wherever it is placed must nest. The others come after the unit, and what passes
    one must be free to take any way that leads on from it. Points are never exact, as a flow would split a unit.
    """
    classes = unit_classes(problem)
    if tight is not None:
        classes = tuple(dict.fromkeys(_within(one, tight) for one in classes))
    kinds = tuple(limit.kind for limit in problem.limits)
    return not problem.weights and not problem.totals and is_exact(kinds, classes)


def is_exact(kinds: Sequence[LimitKind], classes: Sequence[UnitClass]) -> bool:
    """The same for units that count 1, by the kinds of the limits and the classes of the units alone."""
    if not any(place.limits for one in classes for place in one):
        return True
    limits = range(len(kinds))
    used = [frozenset(n for n, one in enumerate(classes) if limit in limits_of(one)) for limit in limits]
    whole = [limit for limit in limits if _is_whole(limit, classes)]
    caps = [limit for limit in whole if kinds[limit] == "cap"]
    before = {_nested(caps, used), _nested(whole, used), _nested([*caps, *whole], used)}
    return any(_is_flow(kinds, classes, used, first) for first in before)


def _within(unit_class: UnitClass, limits: frozenset[int]) -> UnitClass:
    return frozenset(Place(slot=place.slot, limits=place.limits & limits) for place in unit_class)


def _is_whole(limit: int, classes: Collection[UnitClass]) -> bool:
    """Whether the limit counts the units that it is about wherever they are placed."""
    return all(limit in place.limits for one in classes if limit in limits_of(one) for place in one)


def _nested(limits: Iterable[int], used: Sequence[frozenset[int]]) -> frozenset[int]:
    """Of the limits, in order, those that contain, lie in or lie beside each one taken before."""
    taken: list[int] = []
    for limit in limits:
        if all(used[limit] <= used[o] or used[limit] >= used[o] or not used[limit] & used[o] for o in taken):
            taken.append(limit)
    return frozenset(taken)


def _is_flow(
    kinds: Sequence[LimitKind],
    classes: Sequence[UnitClass],
    used: Sequence[frozenset[int]],
    before: frozenset[int],
) -> bool:
    """Whether every way through the network of limits is one that the unit may take.

    ``before`` are the limits that stand before the units; the others stand between the units and the slots, in
    one order. A way against more limits than the unit's own way to that slot does no harm.
    """
    order = sorted(
        (limit for limit in range(len(kinds)) if limit not in before),
        key=lambda limit: (_ORDER.index(kinds[limit]), len(used[limit]), limit),
    )
    rank = {limit: position for position, limit in enumerate(order)}
    ways = [
        [(*sorted(place.limits - before, key=rank.__getitem__), ~place.slot) for place in one]
        for one in classes
    ]
    onward = _onward(step for one in ways for way in one for step in pairwise(way))
    reach = _reach(onward, [*reversed(order)])
    if reach is None:
        return False
    return all(_all_allowed(one, ways[number], reach, before) for number, one in enumerate(classes))


def _onward(steps: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Where one can go from each limit: to another limit, or (as the complement of its index) to a slot."""
    return {start: {end for _, end in group} for start, group in groupby(sorted(set(steps)), lambda s: s[0])}


Ways = set[tuple[int, frozenset[int]]]


def _reach(onward: Mapping[int, set[int]], order: Sequence[int]) -> Callable[[int], Ways] | None:
    """For each limit or slot, every slot that can be reached and the limits passed; None if there are too many."""
    known: dict[int, Ways] = {}

    def of(node: int) -> Ways:
        return known[node] if node >= 0 else {(~node, frozenset())}

    for limit in order:
        known[limit] = {(slot, passed | {limit}) for end in onward.get(limit, ()) for slot, passed in of(end)}
        if len(known[limit]) > _MOST_PATHS:
            return None
    return of


def _all_allowed(
    unit_class: UnitClass,
    ways: Iterable[tuple[int, ...]],
    reach: Callable[[int], Ways],
    before: frozenset[int],
) -> bool:
    own = [(place.slot, place.limits - before) for place in unit_class]
    reached = {way for first in {way[0] for way in ways} for way in reach(first)}
    return all(
        any(slot == allowed and limits <= passed for allowed, limits in own) for slot, passed in reached
    )
