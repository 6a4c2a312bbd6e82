"""The counts that a selection of units must reach: a packaging rule as 'at least so many of these units'.

A selection can be placed only if, for every set of slots and every set of limits, enough of its units can serve
those slots without those limits. Where limits nest, these counts are also sufficient (a maximum flow is as large as
the smallest cut), so that nothing but counting is needed for a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from qualgraph.packaging.judging.problem import ImportWay, Limit, Place, Problem, UnitClass

MOST_CUTS = 20_000
"""How many sets of slots and limits are looked at in one problem before only the small ones are."""

_MOST_PATHS = 512
_MOST_TESTS = 8


@dataclass(frozen=True, kw_only=True)
class Count:
    """At least ``need`` of the selected units (or points) must be of those that it counts.

    A unit counts if it may take one of ``slots`` without counting against any of ``limits`` (both by index, in
    order): the slots whose demand, less what the limits let in, makes the need.
    """

    path: str
    need: int
    slots: tuple[int, ...]
    limits: tuple[int, ...] = ()

    def counts(self, unit_class: UnitClass) -> bool:
        """Whether units of the class count."""
        return any(place.slot in self.slots and place.limits.isdisjoint(self.limits) for place in unit_class)


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """All counts of a problem, none of which says less than another.

    ``exact``: reaching them all is enough. Else they are necessary only: a selection that misses one is no good,
    one that reaches all may still be. ``complete`` is False where there were too many to look at all of them.
    """

    counts: tuple[Count, ...]
    exact: bool
    complete: bool = True


def cuts(problem: Problem) -> Cuts:
    """The counts of a problem for the units that it lists and for all that may come in."""
    classes = unit_classes(problem)
    found: dict[int, Count] = {}
    complete = len(tests_of(problem)) <= _MOST_TESTS
    serving = _serving(classes)
    for slots in _together(problem, classes):
        chosen = _choices(problem, classes, slots)
        if chosen is None:
            complete, chosen = False, _small_choices(problem, slots)
        for pick, limits in chosen:
            _keep(found, problem, serving, pick, limits)
    kept = _undominated(found)
    named = (
        Count(path=f"{problem.path}/count/{number}", need=one.need, slots=one.slots, limits=one.limits)
        for number, one in enumerate(kept, start=1)
    )
    exact = complete and _is_exact(problem, classes)
    return Cuts(counts=tuple(named), exact=exact, complete=complete)


def unit_classes(problem: Problem) -> tuple[UnitClass, ...]:
    """The different classes of units that can serve something, in an order that is always the same.

    Of imports, those that have one way in and those that have all; what holds for both holds for any between.
    """
    return tuple(sorted({*_listed_classes(problem), *_import_classes(problem)} - {frozenset()}, key=_written))


def _listed_classes(problem: Problem) -> Iterator[UnitClass]:
    if not problem.as_prerequisite and not problem.doubtful:
        yield from set(problem.units.values())
        return
    nothing: UnitClass = frozenset()
    for code, places in problem.units.items():
        held, doubted = (more.get(code, nothing) for more in (problem.as_prerequisite, problem.doubtful))
        yield from {places, places | held, places | doubted, places | held | doubted}


def _import_classes(problem: Problem) -> Iterator[UnitClass]:
    """The classes of imports by which of the tests of codes and titles hold for them."""
    tests = tests_of(problem)
    for size in range(len(tests) + 1 if len(tests) <= _MOST_TESTS else 0):
        for true in map(frozenset, combinations(tests, size)):
            places = frozenset(
                import_place(way, true) for way in problem.imports if not way.only or true & set(way.only)
            )
            yield places
            yield from (frozenset({place}) for place in places)


def tests_of(problem: Problem) -> tuple[str, ...]:
    """The tests of codes and titles that ways in for imports make."""
    return tuple(
        dict.fromkeys(
            test
            for way in problem.imports
            for test in (*way.only, *(one for _, told in way.told for one in told))
        )
    )


def import_place(way: ImportWay, true: frozenset[str]) -> Place:
    """The place of a unit that comes in by a way, if these tests hold for it."""
    told = {limit for limit, tests in way.told if true & set(tests)}
    return Place(slot=way.place.slot, limits=way.place.limits | told)


def _written(unit_class: UnitClass) -> list[tuple[int, list[int]]]:
    return sorted((place.slot, sorted(place.limits)) for place in unit_class)


def _together(problem: Problem, classes: Sequence[UnitClass]) -> list[tuple[int, ...]]:
    """Slots in the lots that have units or limits in common; a count over two lots says no more than two counts."""
    lots: list[tuple[set[int], set[int]]] = []
    touched = [({place.slot for place in one}, _limits(one)) for one in classes]
    touched += [({number}, set()) for number in range(len(problem.slots))]
    touched += [(set(total.slots), set()) for total in problem.totals]
    for slots, limits in touched:
        near = [lot for lot in lots if lot[0] & slots or lot[1] & limits]
        lots = [lot for lot in lots if lot not in near]
        lots.append((slots.union(*(lot[0] for lot in near)), limits.union(*(lot[1] for lot in near))))
    return sorted(tuple(sorted(slots)) for slots, _ in lots)


def _limits(unit_class: UnitClass) -> set[int]:
    return {limit for place in unit_class for limit in place.limits}


Choice = tuple[tuple[int, ...], tuple[int, ...]]


def _choices(problem: Problem, classes: Sequence[UnitClass], slots: tuple[int, ...]) -> list[Choice] | None:
    """Every set of slots with every set of limits that leaves a need; None if there are too many."""
    found: list[Choice] = []
    if 2 ** len(slots) > MOST_CUTS:
        return None
    for size in range(1, len(slots) + 1):
        for pick in combinations(slots, size):
            for limits in _affordable(problem, _touching(classes, pick), _demand(problem, pick)):
                found.append((pick, limits))
                if len(found) > MOST_CUTS:
                    return None
    return found


def _demand(problem: Problem, slots: Collection[int]) -> int:
    """What the slots need together: what each demands, or a total over some of them and what the others demand."""
    least = sum([problem.slots[slot].n for slot in slots])
    if not problem.totals:
        return least
    totals = (
        total.n + sum(problem.slots[slot].n for slot in slots if slot not in total.slots)
        for total in problem.totals
        if total.slots <= set(slots)
    )
    return max([least, *totals])


def _touching(classes: Iterable[UnitClass], slots: tuple[int, ...]) -> list[int]:
    return sorted({n for one in classes for place in one if place.slot in slots for n in place.limits})


def _affordable(problem: Problem, limits: Sequence[int], demand: int) -> Iterator[tuple[int, ...]]:
    """The sets of limits that together let in less than the demand, small sets first for each limit."""
    if demand <= 0:
        return
    yield ()
    for position, limit in enumerate(limits):
        left = demand - problem.limits[limit].n
        for more in _affordable(problem, limits[position + 1 :], left):
            yield (limit, *more)


def _small_choices(problem: Problem, slots: tuple[int, ...]) -> list[Choice]:
    """Each slot, each pair, and all of them, with no limit or one."""
    picks = [*((slot,) for slot in slots), *combinations(slots, 2), slots][:MOST_CUTS]
    limits: list[tuple[int, ...]] = [(), *((number,) for number in range(len(problem.limits)))]
    return [(pick, limit) for pick in picks for limit in limits[: max(1, MOST_CUTS // len(picks))]]


def _serving(classes: Sequence[UnitClass]) -> tuple[tuple[Place, int], ...]:
    """Each place with the classes (as bits) that may take it."""
    found: dict[Place, int] = {}
    for number, one in enumerate(classes):
        for place in one:
            found[place] = found.get(place, 0) | 1 << number
    return tuple(found.items())


def _keep(
    found: dict[int, Count],
    problem: Problem,
    serving: Sequence[tuple[Place, int]],
    slots: tuple[int, ...],
    limits: tuple[int, ...],
) -> None:
    """Note a count by the set of classes that it counts (as bits), if its need is the largest for that set yet."""
    need = _demand(problem, slots) - sum([problem.limits[limit].n for limit in limits])
    if need <= 0:
        return
    bits = 0
    for place, classes in serving:
        if place.slot in slots and place.limits.isdisjoint(limits):
            bits |= classes
    known = found.get(bits)
    size = len(slots) + len(limits)
    if known is None or (known.need, -_size(known)) < (need, -size):
        found[bits] = Count(path=problem.path, need=need, slots=slots, limits=limits)


def _size(count: Count) -> int:
    return len(count.slots) + len(count.limits)


def _undominated(found: Mapping[int, Count]) -> list[Count]:
    """Without the counts that follow from one other, or from two that count different units."""
    kept: list[tuple[int, Count]] = []
    for bits, count in sorted(found.items(), key=lambda item: (item[0].bit_count(), -item[1].need)):
        if not any(other & ~bits == 0 and by.need >= count.need for other, by in kept):
            kept.append((bits, count))
    strong = [(bits, count) for bits, count in kept if not _is_sum(bits, count, kept)]
    return [count for _, count in sorted(strong, key=lambda item: (item[1].slots, item[1].limits))]


def _is_sum(bits: int, count: Count, kept: Sequence[tuple[int, Count]]) -> bool:
    inside = [(other, by.need) for other, by in kept if other & ~bits == 0 and other != bits]
    return any(
        not one & two and need + more >= count.need for (one, need), (two, more) in combinations(inside, 2)
    )


def exactness(problem: Problem, tight: frozenset[int] | None = None) -> bool:
    """Whether the counts are sufficient: whether placing the units is a flow through nested limits.

    ``tight`` are the limits that a selection could pass at all (None: any); the others are nothing to it.
    Limits that hold for a unit wherever it is placed must nest. The others come after the unit, and what passes
    one must be free to take any way that leads on from it. Points are never exact, as a flow would split a unit.
    """
    classes = unit_classes(problem)
    if tight is not None:
        classes = tuple(dict.fromkeys(_within(one, tight) for one in classes))
    return _is_exact(problem, classes)


def _is_exact(problem: Problem, classes: tuple[UnitClass, ...]) -> bool:
    if problem.weights or problem.totals:
        return False
    if not any(place.limits for one in classes for place in one):
        return True
    used = [
        frozenset(n for n, one in enumerate(classes) if limit in _limits(one)) for limit in _indices(problem)
    ]
    whole = [limit for limit in _indices(problem) if _is_whole(limit, classes)]
    caps = [limit for limit in whole if problem.limits[limit].kind == "cap"]
    before = {_nested(caps, used), _nested(whole, used), _nested([*caps, *whole], used)}
    return any(_is_flow(problem.limits, classes, used, first) for first in before)


def _within(unit_class: UnitClass, limits: frozenset[int]) -> UnitClass:
    return frozenset(Place(slot=place.slot, limits=place.limits & limits) for place in unit_class)


def _indices(problem: Problem) -> range:
    return range(len(problem.limits))


def _is_whole(limit: int, classes: Collection[UnitClass]) -> bool:
    """Whether the limit counts the units that it is about wherever they are placed."""
    return all(limit in place.limits for one in classes if limit in _limits(one) for place in one)


def _nested(limits: Iterable[int], used: Sequence[frozenset[int]]) -> frozenset[int]:
    """Of the limits, in order, those that contain, lie in or lie beside each one taken before."""
    taken: list[int] = []
    for limit in limits:
        if all(used[limit] <= used[o] or used[limit] >= used[o] or not used[limit] & used[o] for o in taken):
            taken.append(limit)
    return frozenset(taken)


def _is_flow(
    limits: Sequence[Limit],
    classes: Sequence[UnitClass],
    used: Sequence[frozenset[int]],
    before: frozenset[int],
) -> bool:
    """Whether every way through the network of limits is one that the unit may take.

    ``before`` are the limits that stand before the units; the others stand between the units and the slots, in
    one order. A way against more limits than the unit's own way to that slot does no harm.
    """
    kinds = ("cap", "entry", "gate")
    order = sorted(
        (limit for limit in range(len(limits)) if limit not in before),
        key=lambda limit: (kinds.index(limits[limit].kind), len(used[limit]), limit),
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
