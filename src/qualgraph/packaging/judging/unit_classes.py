"""Which classes of units a problem may meet: those that it lists, and those of all that may come in from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from qualgraph.packaging.judging.problem import ImportWay, Place, Problem, UnitClass

MOST_TESTS = 8
"""Where ways in make more tests of codes and titles, not every class of imports is looked at."""


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
    for size in range(len(tests) + 1 if len(tests) <= MOST_TESTS else 0):
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


def limits_of(unit_class: UnitClass) -> set[int]:
    """The limits that some place of the class counts against."""
    return {limit for place in unit_class for limit in place.limits}
