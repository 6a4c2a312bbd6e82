"""The counts that a selection of units must reach: a packaging rule as 'at least so many of these units'.

A selection can be placed only if, for every set of slots and every set of limits, enough of its units can serve
those slots without those limits. Where limits nest, these counts are also sufficient (a maximum flow is as large as
the smallest cut), so that nothing but counting is needed for a verdict.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations

from qualgraph.packaging.judging.flows import is_exact
from qualgraph.packaging.judging.problem import LimitKind, Place, Problem, UnitClass
from qualgraph.packaging.judging.unit_classes import MOST_TESTS, limits_of, tests_of, unit_classes

MOST_CUTS = 20_000
"""How many sets of slots and limits are looked at in one problem before only the small ones are."""

_MOST_SHAPES = 512
_MOST_KEPT = 500

Choice = tuple[tuple[int, ...], tuple[int, ...]]
"""Slots and limits, by index."""


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
    shape = _shape(
        unit_classes(problem),
        len(problem.slots),
        tuple(total.slots for total in problem.totals),
        tuple(limit.kind for limit in problem.limits),
        bool(problem.weights),
    )
    found: dict[int, Count] = {}
    complete = len(tests_of(problem)) <= MOST_TESTS
    for slots in shape.lots:
        chosen = _choices(problem, shape, slots)
        if chosen is None:
            complete, chosen = False, _small_choices(problem, slots)
        for pick, limits in chosen:
            _keep(found, problem, shape, pick, limits)
    kept = _undominated(found)
    named = (
        Count(path=f"{problem.path}/count/{number}", need=one.need, slots=one.slots, limits=one.limits)
        for number, one in enumerate(kept, start=1)
    )
    return Cuts(counts=tuple(named), exact=complete and shape.exact, complete=complete)


@lru_cache(maxsize=_MOST_SHAPES)
def _shape(
    classes: tuple[UnitClass, ...],
    slots: int,
    totals: tuple[frozenset[int], ...],
    kinds: tuple[LimitKind, ...],
    points: bool,
) -> _Shape:
    flows = not points and not totals
    lots = _together(slots, totals, classes)
    return _Shape(lots=lots, serving=_serving(classes), classes=classes, kinds=kinds, flows=flows)


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """What follows from a problem without its numbers: the problems of a whole register have few shapes.

    ``lots`` are slots to look at together, ``serving`` each place with the classes (as bits) that may take it.
    ``flows``: each unit counts 1, and no slots have a total together.
    """

    lots: tuple[tuple[int, ...], ...]
    serving: tuple[tuple[Place, int], ...]
    classes: tuple[UnitClass, ...]
    kinds: tuple[LimitKind, ...]
    flows: bool
    _counted: dict[Choice, int] = field(default_factory=dict)
    _touching: dict[tuple[int, ...], list[int]] = field(default_factory=dict)

    @cached_property
    def exact(self) -> bool:
        """Whether reaching all counts is enough."""
        return self.flows and is_exact(self.kinds, self.classes)

    def counted(self, slots: tuple[int, ...], limits: tuple[int, ...]) -> int:
        """The classes (as bits) of which units may take one of the slots without one of the limits."""
        known = self._counted.get((slots, limits))
        if known is not None:
            return known
        bits = 0
        for place, classes in self.serving:
            if place.slot in slots and place.limits.isdisjoint(limits):
                bits |= classes
        if len(self._counted) < _MOST_KEPT:
            self._counted[slots, limits] = bits
        return bits

    def touching(self, slots: tuple[int, ...]) -> list[int]:
        """The limits that may count against units in the slots."""
        known = self._touching.get(slots)
        if known is None:
            known = sorted({n for place, _ in self.serving if place.slot in slots for n in place.limits})
            if len(self._touching) < _MOST_KEPT:
                self._touching[slots] = known
        return known


def _together(
    number: int, totals: Iterable[frozenset[int]], classes: Sequence[UnitClass]
) -> tuple[tuple[int, ...], ...]:
    """Slots in the lots that have units or limits in common; a count over two lots says no more than two counts."""
    lots: list[tuple[set[int], set[int]]] = []
    touched = [({place.slot for place in one}, limits_of(one)) for one in classes]
    touched += [({slot}, set()) for slot in range(number)]
    touched += [(set(total), set()) for total in totals]
    for slots, limits in touched:
        near = [lot for lot in lots if lot[0] & slots or lot[1] & limits]
        lots = [lot for lot in lots if lot not in near]
        lots.append((slots.union(*(lot[0] for lot in near)), limits.union(*(lot[1] for lot in near))))
    return tuple(sorted(tuple(sorted(slots)) for slots, _ in lots))


def _choices(problem: Problem, shape: _Shape, slots: tuple[int, ...]) -> list[Choice] | None:
    """Every set of slots with every set of limits that leaves a need; None if there are too many."""
    found: list[Choice] = []
    if 2 ** len(slots) > MOST_CUTS:
        return None
    for size in range(1, len(slots) + 1):
        for pick in combinations(slots, size):
            for limits in _affordable(problem, shape.touching(pick), _demand(problem, pick)):
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
    shape: _Shape,
    slots: tuple[int, ...],
    limits: tuple[int, ...],
) -> None:
    """Note a count by the set of classes that it counts (as bits), if its need is the largest for that set yet."""
    need = _demand(problem, slots) - sum([problem.limits[limit].n for limit in limits])
    if need <= 0:
        return
    bits = shape.counted(slots, limits)
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
