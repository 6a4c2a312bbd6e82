"""Rules in points, for plans with few choices: decided without an integer programme.

Points of one unit are never split, so what fits under a limit is a question of which sums can be made of the points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualgraph.packaging.judging.problem import Place, Problem, UnitClass


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """A unit that may go to more than one place, or whose place has a limit that these units could pass."""

    points: int
    ways: tuple[Place, ...]


def placeable(problem: Problem, units: Iterable[tuple[UnitClass, int]]) -> bool | None:
    """Whether units, each with its class and its points (1 where a rule counts units), meet a problem.

    None where that takes more than filling in order of size.
    """
    held = [0] * len(problem.slots)
    choices: list[_Choice] = []
    for choice in _choices(problem, [(places, points) for places, points in units if places and points]):
        if len(choice.ways) == 1 and not choice.ways[0].limits:
            held[choice.ways[0].slot] += choice.points
        else:
            choices.append(choice)
    if _enough(problem, _filled(problem, held, choices)):
        return True
    limited = _separate(choices)
    return None if limited is None else _enough(problem, _packed(problem, held, limited))


def _choices(problem: Problem, units: Sequence[tuple[UnitClass, int]]) -> list[_Choice]:
    """The units, the largest first, with their places less the limits that cannot be passed."""
    together: dict[UnitClass, int] = {}
    for places, points in units:
        together[places] = together.get(places, 0) + points
    used = [0] * len(problem.limits)
    for places, points in together.items():
        for limit in {limit for place in places for limit in place.limits}:
            used[limit] += points
    tight = frozenset(at for at, limit in enumerate(problem.limits) if used[at] > limit.n)
    ways = {places: _ways(places, tight) for places in together}
    found = [_Choice(points=points, ways=ways[places]) for places, points in units]
    return sorted(found, key=lambda choice: -choice.points)


def _ways(places: UnitClass, tight: frozenset[int]) -> tuple[Place, ...]:
    left = {Place(slot=place.slot, limits=place.limits & tight) for place in places}
    best = (one for one in left if not any(o.slot == one.slot and o.limits < one.limits for o in left))
    return tuple(sorted(best, key=lambda place: (place.slot, sorted(place.limits))))


def _filled(problem: Problem, held: Sequence[int], choices: Sequence[_Choice]) -> list[int]:
    """Points in each slot, if each unit goes where most is still needed."""
    now, room = list(held), [limit.n for limit in problem.limits]
    for choice in choices:
        open_ = [way for way in choice.ways if all(room[limit] >= choice.points for limit in way.limits)]
        if open_:
            way = max(open_, key=lambda way: problem.slots[way.slot].n - now[way.slot])
            now[way.slot] += choice.points
            for limit in way.limits:
                room[limit] -= choice.points
    return now


def _separate(choices: Sequence[_Choice]) -> dict[tuple[int, int], list[int]] | None:
    """The points under each limit and slot, if no unit has a choice or two limits, and no limit has two slots."""
    under: dict[tuple[int, int], list[int]] = {}
    for choice in choices:
        [way, *others] = choice.ways
        if others or len(way.limits) > 1:
            return None
        [limit] = way.limits
        under.setdefault((limit, way.slot), []).append(choice.points)
    return under if len({limit for limit, _ in under}) == len(under) else None


def _packed(problem: Problem, held: Sequence[int], under: Mapping[tuple[int, int], list[int]]) -> list[int]:
    """Points in each slot, with as much as goes in under each limit."""
    now = list(held)
    for (limit, slot), points in under.items():
        now[slot] += best_sum(points, problem.limits[limit].n)
    return now


def _enough(problem: Problem, held: Sequence[int]) -> bool:
    return all(held[at] >= slot.n for at, slot in enumerate(problem.slots)) and all(
        sum(held[at] for at in total.slots) >= total.n for total in problem.totals
    )


def best_sum(points: Sequence[int], most: int) -> int:
    """The largest sum of some of the points that is not above ``most``.

    >>> best_sum([8, 7, 4], 13)
    12
    """
    sums = 1
    for each in points:
        sums |= sums << each
    return (sums & ((1 << (most + 1)) - 1)).bit_length() - 1


def most_points(problem: Problem, given: Mapping[str, UnitClass]) -> dict[str, int]:
    """For units whose points are not known, as many as any of their places could count."""
    if not problem.weights:
        return {}
    needed = max((*(slot.n for slot in problem.slots), *(total.n for total in problem.totals)), default=0)
    return {
        code: max(min((problem.limits[at].n for at in place.limits), default=needed) for place in places)
        for code, places in given.items()
        if code not in problem.weights and places
    }
