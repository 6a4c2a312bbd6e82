"""Random placing problems, and whether a selection meets one, found by trying every placement."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from qualgraph.packaging.judging.problem import Demand, ImportWay, Limit, LimitKind, Place, Problem, UnitClass
from qualgraph.packaging.tree import ImportPool

KINDS: tuple[LimitKind, ...] = ("cap", "cap", "entry", "gate")


def random_problem(random: Random) -> Problem:
    """Up to 4 slots, 5 limits of any kind (nested or crossing) and 11 units of up to 7 classes."""
    slots = random.randint(1, 4)
    kinds = [random.choice(KINDS) for _ in range(random.randint(0, 5))]
    home = [random.randrange(slots) for _ in kinds]
    classes = [_unit_class(random, slots, kinds, home) for _ in range(random.randint(1, 7))]
    return Problem(
        path="packaging/form/1",
        slots=tuple(Demand(id=f"s{at}", n=random.randint(0, 3), path=f"slot/s{at}") for at in range(slots)),
        limits=tuple(
            Limit(id=f"l{at}", n=random.randint(0, 3), path=f"limit/l{at}", kind=kind)
            for at, kind in enumerate(kinds)
        ),
        units={f"ZZU{number:03}": random.choice(classes) for number in range(random.randint(1, 11))},
        imports=tuple(
            ImportWay(pool=ImportPool(), place=place)
            for place in sorted(random.choice(classes), key=repr)[:2]
        ),
    )


def _unit_class(random: Random, slots: int, kinds: list[LimitKind], home: list[int]) -> UnitClass:
    caps = frozenset(at for at, kind in enumerate(kinds) if kind == "cap" and random.random() < 0.4)
    places = set()
    for slot in range(slots):
        if random.random() < 0.5:
            inside = [at for at, kind in enumerate(kinds) if kind == "gate" and home[at] == slot]
            limits = caps | {at for at in inside if random.random() < 0.5}
            places.add(Place(slot=slot, limits=limits))
            entries = [at for at, kind in enumerate(kinds) if kind == "entry"]
            places |= {Place(slot=slot, limits=limits | {at}) for at in entries if random.random() < 0.3}
    return frozenset(places)


def random_points(random: Random) -> Problem:
    """A problem in points: units with 1 to 5 points each."""
    plain = random_problem(random)
    return Problem(
        path=plain.path,
        slots=tuple(Demand(id=slot.id, n=slot.n * 3, path=slot.path) for slot in plain.slots),
        limits=tuple(Limit(id=one.id, n=one.n * 3, path=one.path, kind=one.kind) for one in plain.limits),
        units=plain.units,
        weights={code: random.randint(1, 5) for code in plain.units},
    )


def can_be_placed(problem: Problem, units: Iterable[str]) -> bool:
    """Whether some placement of the units fills every slot, by trying all of them."""
    chosen = list(units)
    seen = set()

    def goes_on(at: int, need: tuple[int, ...], room: tuple[int, ...]) -> bool:
        if max(need, default=0) <= 0:
            return True
        if at == len(chosen) or (at, need, room) in seen:
            return False
        seen.add((at, need, room))
        weight = problem.weights[chosen[at]] if problem.weights else 1
        for place in problem.units[chosen[at]]:
            if all(room[limit] >= weight for limit in place.limits):
                less = tuple(n - weight * (slot == place.slot) for slot, n in enumerate(need))
                left = tuple(n - weight * (limit in place.limits) for limit, n in enumerate(room))
                if goes_on(at + 1, less, left):
                    return True
        return goes_on(at + 1, need, room)

    return goes_on(0, tuple(slot.n for slot in problem.slots), tuple(limit.n for limit in problem.limits))
