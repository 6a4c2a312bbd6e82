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
from qualgraph.packaging.judging.partial import certain_needs
from qualgraph.packaging.judging.points import placeable
from qualgraph.packaging.judging.problem import Problem
from qualgraph.packaging.judging.proofs import Proofs
from qualgraph.packaging.judging.selection import specialisation_named
from qualgraph.packaging.judging.sums import MAYBE, NO, YES, Matrix, Sums
from qualgraph.packaging.judging.verdict import Outcome
from qualgraph.packaging.tree import PackagingRule, Prerequisite

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
        self._needed = _needed(rule) if any(map(_uses_prerequisites, self._problems)) else {}
        self._inside: dict[str, list[Prerequisite]] = {}
        for item in rule.prerequisites:
            if item.policy == "inside" and item.unit not in rule.core_units:
                self._inside.setdefault(item.unit, []).append(item)
        self._least = certain_needs(rule)
        self._forget()

    def outcomes(self, selections: Selections) -> list[Outcome | None]:
        """The outcome for each selection of units; None where it takes the reference judge to say."""
        if self.rule.status != "complete":
            return [self._of_a_partial_rule(units) for units in selections]
        if len(self._number_of) > MOST_UNITS:
            self._forget()
        codes = self._codes(selections)
        if self._inside:
            self._look_at_prerequisites(codes, selections)
        return [_OUTCOMES[code] for code in codes]

    def _codes(self, selections: Selections, asking: Selections | None = None) -> list[int]:
        """The code of the outcome of each selection, whether prerequisites of units that count are held or not.

        ``asking`` are the units whose prerequisites may come in as such, where they are others than the selection.
        """
        held = self._held(selections, asking)
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

    def _held(self, selections: Selections, asking: Selections | None) -> Matrix:
        """How many units of each kind each selection holds; each unit counts once."""
        rows = self._units_of(selections)
        if self._needed:
            others = rows if asking is None else self._units_of(asking)
            rows = [self._with_asked(row, by) for row, by in zip(rows, others, strict=True)]
        kinds = np.array(self._kind_of)[np.fromiter(chain.from_iterable(rows), dtype=np.intp)]
        width = len(self._kinds.known)
        at = np.repeat(np.arange(len(rows)) * width, [len(row) for row in rows])
        return np.bincount(at + kinds, minlength=len(rows) * width).reshape(len(rows), width)

    def _units_of(self, selections: Selections) -> list[set[int]]:
        """The numbers of the units of each selection."""
        known = self._number_of
        for unit in set(chain.from_iterable(selections)).difference(known):
            known[unit] = self._number(unit.strip().upper())
        return [set(map(known.__getitem__, units)) for units in selections]

    def _number(self, code: str, asked: bool = False) -> int:
        key = (code, asked)
        if key not in self._numbers:
            self._numbers[key] = len(self._kind_of)
            self._code_of.append(code)
            self._kind_of.append(self._kinds.number(code, asked=asked) if code else 0)
        return self._numbers[key]

    def _with_asked(self, row: set[int], by: set[int]) -> set[int]:
        """The units, those that the rule prints as prerequisites of the others as such."""
        asking = self._needed.keys() & {self._code_of[number] for number in by}
        asked = {one for code in asking for one in self._needed[code]}
        codes = (self._code_of[number] for number in row)
        return {self._number(code, code in asked) for code in codes}

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

    def _look_at_prerequisites(self, codes: list[int], selections: Selections) -> None:
        """Judge again, without the units whose prerequisites are not held, what is satisfied with them."""
        without: dict[int, list[str]] = {}
        for at, units in enumerate(selections):
            if codes[at] == _SATISFIED:
                held = {unit.strip().upper() for unit in units}
                lacking = {unit for unit in held & self._inside.keys() if self._lacks(unit, held)}
                if lacking:
                    without[at] = list(held - lacking)
        if not without:
            return
        left = list(without.values())
        again = self._codes(left)
        # A unit that need not count itself may still let its own prerequisites in.
        spared = self._codes(left, [selections[at] for at in without]) if self._needed else again
        for at, code, other in zip(without, again, spared, strict=True):
            if code != _SATISFIED:
                clear = code != _ASK and other not in (_SATISFIED, _ASK) and self._whole.all()
                codes[at] = _UNKNOWN if clear else _ASK

    def _lacks(self, unit: str, held: set[str]) -> bool:
        """Whether an elective has a prerequisite, to be packaged inside, that is not held."""
        return any(
            not held.issuperset(item.requires) or any(held.isdisjoint(row) for row in item.one_of)
            for item in self._inside[unit]
        )

    def _forget(self) -> None:
        """Start without knowing any unit."""
        self._kinds = Kinds(self.rule, self._problems, self._proofs)
        self._numbers: dict[tuple[str, bool], int] = {}
        self._number_of: dict[str, int] = {}
        self._code_of: list[str] = []
        self._kind_of: list[int] = []
        self._tried: dict[bytes, int] = {}

    def _of_a_partial_rule(self, units: Sequence[str]) -> Outcome:
        held = {unit.strip().upper() for unit in units} - {""}
        core, total = self._least
        return "unknown" if core <= held and len(held) >= total else "violated"


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
