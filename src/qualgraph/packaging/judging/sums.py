"""What sums say of very many plans at once: whether they meet one problem, as a matrix of plans by kinds of units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qualgraph.packaging.judging.cuts import cuts
from qualgraph.packaging.judging.flows import exactness
from qualgraph.packaging.judging.kinds import Weighed
from qualgraph.packaging.judging.problem import Place, Problem, UnitClass

NO, MAYBE, YES = range(3)
"""Whether a plan meets a problem; what two problems say together is the least of both."""

Matrix = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Sums:
    """One problem compiled to the counts that a plan must reach.

    ``held`` is how many units of each kind (column) each plan (row) holds; ``given`` is the class and the points of
    each kind in this problem.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._cuts = cuts(problem)
        self._need = np.array([count.need for count in self._cuts.counts], dtype=np.int64)
        self._limits = np.array([limit.n for limit in problem.limits], dtype=np.int64)
        self._counted_by: dict[UnitClass, list[bool]] = {}
        self._exact_with: dict[bytes, bool] = {}

    def answers(self, held: Matrix, given: Sequence[Weighed]) -> Matrix:
        """NO, MAYBE or YES for each plan."""
        points = np.array([points for _, points in given], dtype=np.int64)[:, np.newaxis]
        counted = np.array([self._counted(places) for places, _ in given], dtype=bool)
        reached = (held @ (counted * points) >= self._need).all(axis=1)
        if self._cuts.exact:
            return np.where(reached, YES, NO)
        found = np.where(reached, MAYBE, NO)
        rows = np.flatnonzero(reached)
        if rows.size:
            sure = self._surely_placed(held[rows], given) if self.problem.weights else None
            if sure is None:
                sure = self._exactly_counted(held[rows], given)
            found[rows[sure]] = YES
        return found

    def _counted(self, places: UnitClass) -> list[bool]:
        """Which counts count units of the class."""
        if places not in self._counted_by:
            self._counted_by[places] = [count.counts(places) for count in self._cuts.counts]
        return self._counted_by[places]

    def _exactly_counted(self, held: Matrix, given: Sequence[Weighed]) -> Flags:
        """Plans for which the counts are sufficient, as the limits that their units could pass at all do nest."""
        if not self._cuts.complete:
            return np.zeros(len(held), dtype=bool)
        about = np.zeros((len(given), len(self._limits)), dtype=np.int64)
        for row, (places, _) in enumerate(given):
            about[row, [limit for place in places for limit in place.limits]] = 1
        tight = held @ about > self._limits
        return np.array([self._is_exact(row) for row in tight], dtype=bool)

    def _is_exact(self, tight: Flags) -> bool:
        key = tight.tobytes()
        if key not in self._exact_with:
            self._exact_with[key] = exactness(self.problem, frozenset(np.flatnonzero(tight).tolist()))
        return self._exact_with[key]

    def _surely_placed(self, held: Matrix, given: Sequence[Weighed]) -> Flags:
        """Plans whose units meet the problem if each goes to the first slot that is open to it, or to the last."""
        first = self._met_by_place(held, given, 1)
        return first if first.all() else first | self._met_by_place(held, given, -1)

    def _met_by_place(self, held: Matrix, given: Sequence[Weighed], order: int) -> Flags:
        """The same where all units of a kind go to one place; what fits under a limit is never overstated.

        Of units that do not all fit, the largest that fit leave less room than the largest of them all needs.
        """
        filled = np.zeros((len(held), len(self.problem.slots)), dtype=np.int64)
        room = np.broadcast_to(self._limits, (len(held), len(self._limits))).copy()
        for place, kinds in _by_place(given, order).items():
            points = np.array([given[kind][1] for kind in kinds], dtype=np.int64)
            whole = held[:, kinds] @ points
            limits = sorted(place.limits)
            if limits:
                fits = room[:, limits].min(axis=1)
                filled[:, place.slot] += np.where(
                    whole <= fits, whole, np.maximum(fits - points.max() + 1, 0)
                )
                room[:, limits] -= np.minimum(whole, fits)[:, np.newaxis]
            else:
                filled[:, place.slot] += whole
        met = filled >= np.array([slot.n for slot in self.problem.slots])
        totals = [filled[:, sorted(total.slots)].sum(axis=1) >= total.n for total in self.problem.totals]
        all_met: Flags = np.all(np.column_stack([met, *totals]), axis=1)
        return all_met


def _by_place(given: Sequence[Weighed], order: int) -> dict[Place, list[int]]:
    """The kinds that go to each place, if all take the first of the slots (order 1) or the last (-1)."""
    found: dict[Place, list[int]] = {}
    for kind, (places, points) in enumerate(given):
        if places and points:
            taken = min(places, key=lambda p: (order * p.slot, len(p.limits), sorted(p.limits)))
            found.setdefault(taken, []).append(kind)
    return found
