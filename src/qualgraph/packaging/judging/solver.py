"""The reference judge's integer programme: units are put into places, and what cannot be filled is told.

Units of one class and weight are interchangeable, so the programme counts them; that also makes its answer
independent of the order in which units are given. The only module that uses scipy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qualgraph.packaging.judging.problem import Place, Problem, UnitClass

_SLOT_COST, _DEAR_COST = 10_000, 50


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where units were placed, and by how much each slot and total (in the problem's order) stays short."""

    places: Mapping[str, Place]
    short: tuple[int, ...]
    short_totals: tuple[int, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing is short."""
        return self.missing == 0

    @property
    def missing(self) -> int:
        """By how many units or points the problem is short."""
        return sum(self.short) + sum(self.short_totals)


@dataclass(kw_only=True)
class _Kind:
    """Units that are interchangeable: in each problem they may take the same places, and they weigh the same."""

    options: tuple[tuple[Place, ...], ...]
    weight: int
    dear: bool
    held: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)


def place(
    problem: Problem,
    units: Mapping[str, UnitClass],
    *,
    weights: Mapping[str, int] | None = None,
    dear: frozenset[str] = frozenset(),
) -> Placement:
    """The placement of these units with the smallest shortfall; it uses as few ``dear`` units as that allows."""
    weighs = {**problem.weights, **(weights or {})} if problem.weights else {}
    kinds = _kinds({code: (places,) for code, places in units.items()}, {}, weighs, dear)
    model = _Model((problem,), kinds, elastic=True)
    solution = model.solve()
    if solution is None:
        raise ArithmeticError(f"the integer programme of {problem.path} found no answer")
    slots, totals = len(problem.slots), len(problem.totals)
    return Placement(
        places=dict(sorted(model.places(solution).items())),
        short=tuple(solution[model.slack + at] for at in range(slots)),
        short_totals=tuple(solution[model.slack + slots + at] for at in range(totals)),
    )


def fewest_further(
    problems: Sequence[Problem],
    held: Mapping[str, tuple[UnitClass, ...]],
    candidates: Mapping[str, tuple[UnitClass, ...]],
    *,
    weights: Mapping[str, int] | None = None,
) -> tuple[str, ...] | None:
    """The fewest candidates that, with the units held, meet all the problems; None where even all do not.

    Classes are given for each problem in turn. Among equals the candidates that come first are taken.
    """
    weighs = dict(weights or {}) if any(problem.weights for problem in problems) else {}
    kinds = _kinds(held, candidates, weighs, frozenset())
    model = _Model(tuple(problems), kinds, elastic=False)
    solution = model.solve()
    if solution is None:
        return None
    chosen = {code for at, kind in enumerate(kinds) for code in kind.wanted[: solution[at]]}
    return tuple(code for code in candidates if code in chosen)


def _order(place: Place) -> tuple[int, list[int]]:
    return place.slot, sorted(place.limits)


def _kinds(
    held: Mapping[str, tuple[UnitClass, ...]],
    candidates: Mapping[str, tuple[UnitClass, ...]],
    weights: Mapping[str, int],
    dear: frozenset[str],
) -> list[_Kind]:
    kinds: dict[tuple[object, ...], _Kind] = {}
    for code in (*sorted(held), *candidates):
        sets = held.get(code) or candidates[code]
        if not any(sets):
            continue
        options = tuple(tuple(sorted(places, key=_order)) for places in sets)
        weight = weights.get(code, 0) if weights else 1
        key = (options, weight, code in dear)
        kind = kinds.setdefault(key, _Kind(options=options, weight=weight, dear=code in dear))
        (kind.held if code in held else kind.wanted).append(code)
    return sorted(
        kinds.values(),
        key=lambda kind: ([[_order(place) for place in row] for row in kind.options], kind.weight, kind.dear),
    )


class _Model:
    """The programme: how many further units of each kind, how many of each kind in each place, what stays short."""

    def __init__(self, problems: tuple[Problem, ...], kinds: list[_Kind], *, elastic: bool) -> None:
        self.problems = problems
        self.kinds = kinds
        self.cells = [
            (at, number, place)
            for number in range(len(problems))
            for at, kind in enumerate(kinds)
            for place in kind.options[number]
        ]
        self.slack = len(kinds) + len(self.cells)
        self.demands = sum(len(problem.slots) + len(problem.totals) for problem in problems)
        self.size = self.slack + self.demands
        self.upper = np.full(self.size, np.inf)
        self.cost = np.zeros(self.size)
        self.entries: list[tuple[int, int, int]] = []
        self.bounds: list[tuple[float, float]] = []
        self._set_costs(elastic)
        self._use_each_unit_once()
        slack = self.slack
        for number, problem in enumerate(problems):
            slack = self._fill(number, problem, slack)

    def _set_costs(self, elastic: bool) -> None:
        for at, kind in enumerate(self.kinds):
            self.upper[at] = len(kind.wanted)
            self.cost[at] = _SLOT_COST
        for column, (at, number, _) in enumerate(self.cells, start=len(self.kinds)):
            kind = self.kinds[at]
            self.upper[column] = len(kind.held) + len(kind.wanted)
            self.cost[column] = _DEAR_COST if kind.dear else -1 if self.problems[number].weights else 0
        for at in range(self.demands):
            self.upper[self.slack + at] = np.inf if elastic else 0
            # a slot of any electives comes last, and is the first to stay short
            self.cost[self.slack + at] = _SLOT_COST + self.demands - at

    def _use_each_unit_once(self) -> None:
        rows: dict[tuple[int, int], list[int]] = {}
        for column, (at, number, _) in enumerate(self.cells, start=len(self.kinds)):
            rows.setdefault((at, number), []).append(column)
        for (at, _), columns in rows.items():
            self._row([(column, 1) for column in columns] + [(at, -1)], -np.inf, len(self.kinds[at].held))

    def _fill(self, number: int, problem: Problem, slack: int) -> int:
        inside = [
            (column, place, self.kinds[at].weight)
            for column, (at, owner, place) in enumerate(self.cells, start=len(self.kinds))
            if owner == number
        ]
        for at, demand in enumerate(problem.slots):
            row = [(column, weight) for column, place, weight in inside if place.slot == at]
            most = np.inf if problem.weights else demand.n
            self._row([*row, (slack, 1)], demand.n, most)
            slack += 1
        for total in problem.totals:
            row = [(column, weight) for column, place, weight in inside if place.slot in total.slots]
            self._row([*row, (slack, 1)], total.n, np.inf)
            slack += 1
        for at, limit in enumerate(problem.limits):
            row = [(column, weight) for column, place, weight in inside if at in place.limits]
            if row:
                self._row(row, -np.inf, limit.n)
        return slack

    def _row(self, row: list[tuple[int, int]], low: float, high: float) -> None:
        number = len(self.bounds)
        self.entries += [(number, column, factor) for column, factor in row]
        self.bounds.append((low, high))

    def solve(self) -> list[int] | None:
        """The value of each variable; None where the programme has no answer."""
        # Loading scipy takes longer than most commands: it is loaded by the first programme that is solved.
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix = np.zeros((len(self.bounds), self.size))
        for row, column, factor in self.entries:
            matrix[row, column] += factor
        low = np.array([low for low, _ in self.bounds])
        high = np.array([high for _, high in self.bounds])
        result = milp(
            self.cost,
            integrality=np.ones(self.size, dtype=int),
            bounds=Bounds(np.zeros(self.size), self.upper),
            constraints=LinearConstraint(matrix, low, high) if self.bounds else None,
            options={"mip_rel_gap": 0},
        )
        return None if result.x is None else [round(value) for value in result.x]

    def places(self, solution: list[int]) -> dict[str, Place]:
        """The units in their places: of one kind, the first in code order take the first places."""
        waiting = [list(kind.held) for kind in self.kinds]
        found: dict[str, Place] = {}
        for column, (at, _, place) in enumerate(self.cells, start=len(self.kinds)):
            for _ in range(solution[column]):
                found[waiting[at].pop(0)] = place
        return found
