"""The fast judge: the verdicts of the reference judge on very many plans, by counting.

Each rule is compiled once to the counts of :mod:`.cuts`; each unit is of one of a few kinds. A plan
is how many units it has of each kind, all plans of a rule are one matrix, and judging is a product of matrices and a
comparison. What counts do not decide (limits that cross, points that do not fit) is tried one by one; what is
left then goes to the reference judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count

import numpy as np

from qualgraph.packaging.facts import NO_FACTS, UnitFacts
from qualgraph.packaging.judging.kinds import Kinds, Weighed
from qualgraph.packaging.judging.lowering import LoweredForm, lower
from qualgraph.packaging.judging.met import Met
from qualgraph.packaging.judging.partial import certain_needs
from qualgraph.packaging.judging.points import placeable
from qualgraph.packaging.judging.problem import Problem
from qualgraph.packaging.judging.proofs import Proofs
from qualgraph.packaging.judging.selection import specialisation_named
from qualgraph.packaging.judging.sums import MAYBE, NO, YES, Flags, Matrix, Sums
from qualgraph.packaging.judging.verdict import Outcome
from qualgraph.packaging.tree import PackagingRule

MOST_UNITS = 20_000
"""How many different codes are remembered for a rule before all are forgotten."""

_OUTCOMES: tuple[Outcome | None, ...] = ("violated", "unknown", "satisfied", None)
_VIOLATED, _UNKNOWN, _SATISFIED, _ASK = range(4)


Selections = Sequence[Sequence[str]]


class FastJudge:
    """One rule compiled, for the plain award or one specialisation. Remembers every unit that it meets."""

    def __init__(
        self,
        rule: PackagingRule,
        *,
        specialisation: str | None = None,
        facts: UnitFacts = NO_FACTS,
        proofs: Proofs | None = None,
    ) -> None:
        """Raises :class:`UsageError` where the rule has no specialisation of this name.

        ``proofs`` are what judges of many rules share; they are of the same facts.
        """
        self.rule = rule
        self.specialisation = specialisation_named(rule, specialisation)
        forms = lower(rule, specialisation=self.specialisation) if rule.status == "complete" else ()
        self._forms = [tuple((at, Sums(problem)) for at, problem in form) for form in _numbered(forms)]
        self._problems = [sums.problem for form in self._forms for _, sums in form]
        self._whole = np.array([not form.form.left_out for form in forms], dtype=bool)
        self._proofs = proofs or Proofs(facts)
        self._units = self._proofs.units
        self._asks = _needed(rule) if any(map(_uses_prerequisites, self._problems)) else {}
        self._least = certain_needs(rule)
        self._forget()

    def outcomes(self, selections: Selections) -> list[Outcome | None]:
        """The outcome for each selection of units; None where it takes the reference judge to say."""
        met = self._units.met(selections)
        if len(self._kinds) > MOST_UNITS or self._edition != self._units.edition:
            self._forget()
        if self.rule.status != "complete":
            codes = self._of_a_partial_rule(met)
        else:
            codes = self._codes(met, met)
            if self._inside:
                self._look_at_prerequisites(codes, met)
        return [_OUTCOMES[code] for code in codes]

    def _codes(self, met: Met, asking: Met) -> list[int]:
        """The code of the outcome of each selection, whether prerequisites of units that count are held or not.

        ``asking`` are the units whose prerequisites may come in as such.
        """
        held = self._held(met, asking)
        sure = self._answers(held, "proven")
        codes = np.full(len(held), _VIOLATED)
        if not self._forms:
            return codes.tolist()
        some = (sure != NO).any(axis=1)
        first = (sure != NO).argmax(axis=1)
        certain = sure[np.arange(len(sure)), first] == YES
        codes[some] = np.where(certain, np.where(self._whole[first], _SATISFIED, _UNKNOWN), _ASK)[some]
        rest = np.flatnonzero(~some)
        hoped = self._answers(held[rest], "possible")
        codes[rest] = np.where(
            (hoped == YES).any(axis=1), _UNKNOWN, np.where((hoped == MAYBE).any(axis=1), _ASK, _VIOLATED)
        )
        for number in np.flatnonzero(codes == _ASK):
            codes[number] = self._one_by_one(held[number])
        found: list[int] = codes.tolist()
        return found

    def _held(self, met: Met, asking: Met) -> Matrix:
        """How many units of each kind each selection holds."""
        kinds = self._kinds.of(met.unit)
        if self._needed:
            asked = self._asked(met, asking)
            kinds[asked] = self._kinds.of(met.unit[asked], asked=True)
        width = len(self._kinds.known)
        held = np.bincount(met.plan * width + kinds, minlength=met.plans * width)
        return held.reshape(met.plans, width)

    def _asked(self, met: Met, asking: Met) -> Flags:
        """Which units the rule prints as prerequisites of others that are held."""
        asked = np.zeros(len(met.unit), dtype=bool)
        for unit, needs in self._needed.items():
            plans = asking.plan[asking.unit == unit]
            if plans.size:
                asked |= np.isin(met.unit, needs) & np.isin(met.plan, plans)
        return asked

    def _answers(self, held: Matrix, by: str) -> Matrix:
        """NO, MAYBE or YES for each selection (row) and form (column)."""
        return np.array(
            [
                np.min([sums.answers(held, self._given(at, by)) for at, sums in form], axis=0)
                for form in self._forms
            ],
            dtype=np.int64,
        ).T

    def _given(self, problem: int, by: str) -> list[Weighed]:
        """The class and the points of each kind in a problem."""
        if by == "proven":
            return [kind.proven[problem] for kind in self._kinds.known]
        return [kind.possible[problem] for kind in self._kinds.known]

    def _one_by_one(self, held: Matrix) -> int:
        """The code of the outcome of one selection; ASK where units have a choice of places."""
        key = held.tobytes()
        if key not in self._tried:
            self._tried[key] = self._tried_on(held)
        return self._tried[key]

    def _tried_on(self, held: Matrix) -> int:
        for by in ("proven", "possible"):
            for number, form in enumerate(self._forms):
                results = [self._placed(held, at, sums.problem, by) for at, sums in form]
                if False in results:
                    continue
                if None in results:
                    return _ASK
                return _SATISFIED if by == "proven" and self._whole[number] else _UNKNOWN
        return _VIOLATED

    def _placed(self, held: Matrix, at: int, problem: Problem, by: str) -> bool | None:
        given = self._given(at, by)
        return placeable(problem, [given[kind] for kind in np.repeat(np.arange(len(held)), held)])

    def _look_at_prerequisites(self, codes: list[int], met: Met) -> None:
        """Judge again, without the units whose prerequisites are not held, what is satisfied with them."""
        held = met.by_plan()
        without: dict[int, set[int]] = {}
        for at, units in enumerate(held):
            if codes[at] == _SATISFIED:
                lacking = {unit for unit in units & self._inside.keys() if self._lacks(unit, units)}
                if lacking:
                    without[at] = units - lacking
        if not without:
            return
        left = Met.of([*without.values()])
        again = self._codes(left, left)
        # A unit that need not count itself may still let its own prerequisites in.
        spared = self._codes(left, Met.of([held[at] for at in without])) if self._needed else again
        for at, code, other in zip(without, again, spared, strict=True):
            if code != _SATISFIED:
                clear = code != _ASK and other not in (_SATISFIED, _ASK) and self._whole.all()
                codes[at] = _UNKNOWN if clear else _ASK

    def _lacks(self, unit: int, held: set[int]) -> bool:
        """Whether an elective has a prerequisite, to be packaged inside, that is not held."""
        return any(held.isdisjoint(row) for row in self._inside[unit])

    def _forget(self) -> None:
        """Start without knowing any unit."""
        self._edition = self._units.edition
        self._kinds = Kinds(self.rule, self._problems, self._proofs)
        self._tried: dict[bytes, int] = {}
        number = self._units.number
        self._needed = {number(unit): [number(code) for code in needs] for unit, needs in self._asks.items()}
        self._inside: dict[int, list[list[int]]] = {}
        core = frozenset(self.rule.core_units)
        for item in self.rule.prerequisites:
            if item.policy == "inside" and item.unit not in core:
                rows = [*([code] for code in item.requires), *item.one_of]
                own = self._inside.setdefault(number(item.unit), [])
                own.extend([number(code) for code in row] for row in rows)

    def _of_a_partial_rule(self, met: Met) -> list[int]:
        core, total = self._least
        of_core = np.isin(met.unit, [self._units.number(code) for code in core])
        cores, units = (np.bincount(plans, minlength=met.plans) for plans in (met.plan[of_core], met.plan))
        found: list[int] = np.where((cores >= len(core)) & (units >= total), _UNKNOWN, _VIOLATED).tolist()
        return found


def _numbered(forms: Sequence[LoweredForm]) -> list[list[tuple[int, Problem]]]:
    """The problems of each form, numbered through all forms."""
    number = count()
    return [[(next(number), problem) for problem in form.problems] for form in forms]


def _needed(rule: PackagingRule) -> dict[str, frozenset[str]]:
    """For each unit, those that the rule prints as its prerequisites."""
    found: dict[str, frozenset[str]] = {}
    for item in rule.prerequisites:
        codes = frozenset((*item.requires, *chain.from_iterable(item.one_of)))
        found[item.unit] = found.get(item.unit, frozenset()) | codes
    return found


def _uses_prerequisites(problem: Problem) -> bool:
    """Whether units come in as prerequisites of others in the plan."""
    return bool(problem.as_prerequisite) or any(way.as_prerequisite for way in problem.imports)
