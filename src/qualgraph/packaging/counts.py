"""The fast judge: the verdicts of the reference judge on very many plans, by counting.

Each rule is compiled once to the counts of :mod:`qualgraph.packaging.cuts`; each unit to a row that says which of
them it adds to. Judging is then a sum of rows for each plan and a comparison. Plans that counts do not decide
(limits that cross, points, prerequisites that are not held) go to the reference judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualgraph.errors import UsageError
from qualgraph.packaging.certain import certain_needs
from qualgraph.packaging.cuts import Cuts, cuts
from qualgraph.packaging.facts import NO_FACTS, UnitFacts
from qualgraph.packaging.judgement import judge
from qualgraph.packaging.lowering import LoweredForm, classes, lower
from qualgraph.packaging.points import points_met
from qualgraph.packaging.problem import Problem, UnitClass
from qualgraph.packaging.selection import specialisation_named
from qualgraph.packaging.tree import EVERYONE, PackagingRule, Prerequisite
from qualgraph.packaging.verdict import ForAPerson, MissingFact, Outcome, Verdict

CHUNK = 20_000
"""How many plans are held and judged together."""

MOST_UNITS = 20_000
"""How many different codes are remembered for a rule before all are forgotten."""

_OUTCOMES: tuple[Outcome | None, ...] = ("violated", "unknown", "satisfied", None)
_VIOLATED, _UNKNOWN, _SATISFIED, _ASK = range(4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A selection of units for a qualification, or for one specialisation of it. ``id`` is the caller's name for it."""

    code: str
    units: Sequence[str]
    id: str | None = None
    specialisation: str | None = None


def judge_many(
    plans: Iterable[Plan],
    rules: Mapping[str, PackagingRule],
    *,
    facts: UnitFacts = NO_FACTS,
    explain: bool = False,
    chunk: int = CHUNK,
) -> Iterator[Verdict]:
    """The verdict on each plan, in the order of the plans, which are read ``chunk`` at a time.

    ``rules`` are by qualification code. A verdict says no more than the outcome and the sentences that no machine
    decides, unless ``explain`` asks for placement, shortfalls and missing facts wherever there is something to explain.
    A plan for a qualification or specialisation that has no rule is ``unknown`` and says so.
    """
    known: dict[tuple[str, str | None], FastJudge | str] = {}
    waiting = iter(plans)
    while batch := list(islice(waiting, chunk)):
        yield from _judged(batch, rules, facts, explain, known)


def _judged(
    plans: list[Plan],
    rules: Mapping[str, PackagingRule],
    facts: UnitFacts,
    explain: bool,
    known: dict[tuple[str, str | None], FastJudge | str],
) -> list[Verdict]:
    alike: dict[tuple[str, str | None], list[int]] = {}
    for number, plan in enumerate(plans):
        alike.setdefault((plan.code, plan.specialisation), []).append(number)
    verdicts: dict[int, Verdict] = {}
    for key, numbers in alike.items():
        if key not in known:
            known[key] = _compiled(*key, rules, facts)
        own = known[key]
        if isinstance(own, str):
            unjudged = MissingFact(path="packaging", fact=own)
            for number in numbers:
                id = plans[number].id
                verdicts[number] = Verdict(id=id, code=key[0], verdict="unknown", unknowns=(unjudged,))
        else:
            verdicts.update(zip(numbers, own.verdicts([plans[n] for n in numbers], explain), strict=True))
    return [verdicts[number] for number in range(len(plans))]


def _compiled(
    code: str, specialisation: str | None, rules: Mapping[str, PackagingRule], facts: UnitFacts
) -> FastJudge | str:
    """The judge of a rule; where there is none, the fact that is missing."""
    rule = rules.get(code)
    if rule is None:
        return f"the packaging rule of {code}"
    try:
        return FastJudge(rule, specialisation=specialisation, facts=facts)
    except UsageError as error:
        return error.what


@dataclass(frozen=True, kw_only=True)
class _Part:
    """The counts of one problem of one form."""

    problem: Problem
    cuts: Cuts


class _Rows:
    """What each unit met adds to each count, a row a unit; row 0 adds nothing."""

    def __init__(self, columns: int) -> None:
        self._rows = [[0] * columns]
        self._array: NDArray[np.int_] = np.array(self._rows)

    def add(self, row: list[int]) -> int:
        """The number of the new row."""
        self._rows.append(row)
        return len(self._rows) - 1

    def sums(self, numbers: NDArray[np.intp], starts: NDArray[np.intp]) -> NDArray[np.int_]:
        """The sum of the rows of each plan; the rows of one plan begin at its start."""
        if len(self._array) < len(self._rows):
            self._array = np.array(self._rows)
        return np.add.reduceat(self._array[numbers], starts)


class FastJudge:
    """One rule compiled, for the plain award or one specialisation. Remembers every unit that it meets."""

    def __init__(
        self, rule: PackagingRule, *, specialisation: str | None = None, facts: UnitFacts = NO_FACTS
    ) -> None:
        """Raises :class:`UsageError` where the rule has no specialisation of this name."""
        self.rule = rule
        self.specialisation = specialisation_named(rule, specialisation)
        self.facts = facts
        forms = lower(rule, specialisation=self.specialisation) if rule.status == "complete" else ()
        self._forms = [[_Part(problem=p, cuts=cuts(p)) for p in form.problems] for form in forms]
        self._exact = np.array([all(part.cuts.exact for part in form) for form in self._forms], dtype=bool)
        self._whole = np.array([not form.form.left_out for form in forms], dtype=bool)
        self._by_prerequisite = any(_uses_prerequisites(form) for form in forms)
        self._need, self._starts = _columns(self._forms)
        self._forget()
        self._inside: dict[str, list[Prerequisite]] = {}
        for item in rule.prerequisites:
            if item.policy == "inside":
                self._inside.setdefault(item.unit, []).append(item)
        self._core = frozenset(rule.core_units)
        self._least = certain_needs(rule)
        self._conditions = tuple(
            ForAPerson(text=condition.text, line=condition.line)
            for condition in rule.human_conditions
            if condition.scope in (EVERYONE, f"specialisation:{self.specialisation}")
        )

    def verdicts(self, plans: Sequence[Plan], explain: bool = False) -> list[Verdict]:
        """The verdict on each plan, whatever code and specialisation it names."""
        outcomes = self.outcomes([plan.units for plan in plans])
        return [self._verdict(plan, outcome, explain) for plan, outcome in zip(plans, outcomes, strict=True)]

    def _verdict(self, plan: Plan, outcome: Outcome | None, explain: bool) -> Verdict:
        if outcome is None or (explain and (outcome != "satisfied" or self.rule.prerequisites)):
            return self._reference(plan)
        return Verdict(id=plan.id, code=self.rule.code, verdict=outcome, human_conditions=self._conditions)

    def _reference(self, plan: Plan) -> Verdict:
        return judge(self.rule, plan.units, id=plan.id, specialisation=self.specialisation, facts=self.facts)

    def outcomes(self, selections: Sequence[Sequence[str]]) -> list[Outcome | None]:
        """The outcome for each selection of units; None where it takes the reference judge to say."""
        if self.rule.status != "complete":
            return [self._of_a_partial_rule(units) for units in selections]
        decided = self._counted(selections)
        return [self._looked_into(code, units) for code, units in zip(decided, selections, strict=True)]

    def _counted(self, selections: Sequence[Sequence[str]]) -> list[int]:
        """What the counts say of each selection."""
        if len(self._row_of) > MOST_UNITS:
            self._forget()
        rows = [self._rows_of(units) for units in selections]
        numbers = np.fromiter(chain.from_iterable(rows), dtype=np.intp)
        starts = np.cumsum([0, *map(len, rows[:-1])])
        proven = self._met(self._proven.sums(numbers, starts))
        possible = self._met(self._possible.sums(numbers, starts))
        decided: list[int] = self._decided(proven, possible).tolist()
        return decided

    def _decided(self, proven: NDArray[np.bool_], possible: NDArray[np.bool_]) -> NDArray[np.int_]:
        """The code of an outcome, from which forms the counts let each plan meet: with proven imports, with all.

        The first form that the proven units meet is the one that counts.
        """
        if not self._forms:
            return np.full(len(proven), _VIOLATED)
        some, maybe = proven.any(axis=1), possible.any(axis=1)
        met = np.where(self._exact, np.where(self._whole, _SATISFIED, _UNKNOWN), _ASK)[proven.argmax(axis=1)]
        unproven = np.where((possible & self._exact).any(axis=1), _UNKNOWN, _ASK)
        if self._by_prerequisite:
            met = unproven = np.full(len(proven), _ASK)
        return np.where(some, met, np.where(maybe, unproven, _VIOLATED))

    def _looked_into(self, code: int, units: Sequence[str]) -> Outcome | None:
        """The outcome, after a look at what the counts cannot see of one plan."""
        if code == _ASK and not self._by_prerequisite:
            code = self._in_points(units)
        if code == _SATISFIED and self._inside:
            held = {unit.strip().upper() for unit in units}
            spared = [unit for unit in held if not self._lacks(unit, held)]
            if len(spared) < len(held):
                [counted] = self._counted([spared])
                code = counted if counted in (_SATISFIED, _ASK) else _UNKNOWN
        return _OUTCOMES[code]

    def _in_points(self, units: Iterable[str]) -> int:
        """The code of the outcome under a rule in points; ASK where units have a choice of places."""
        codes = {unit.strip().upper() for unit in units} - {""}
        for optimistic in (False, True):
            for number, form in enumerate(self._forms):
                met = self._form_met(form, codes, optimistic)
                if met is None:
                    return _ASK
                if met:
                    return _UNKNOWN if optimistic or not self._whole[number] else _SATISFIED
        return _VIOLATED

    def _form_met(self, form: Sequence[_Part], codes: Iterable[str], optimistic: bool) -> bool | None:
        results = [
            points_met(part.problem, {code: self._class_of(part, code, optimistic) for code in codes})
            if part.problem.weights
            else None
            for part in form
        ]
        return None if None in results else all(results)

    def _class_of(self, part: _Part, code: str, optimistic: bool) -> UnitClass:
        key = (id(part), code, optimistic)
        if key not in self._classes:
            own = classes(self.rule, part.problem, (code,), facts=self.facts, optimistic=optimistic)
            self._classes[key] = own[code]
        return self._classes[key]

    def _met(self, counted: NDArray[Any]) -> NDArray[np.bool_]:
        """Which forms each plan meets: those of which no count stays below its need."""
        return np.logical_and.reduceat(counted >= self._need, self._starts, axis=1)

    def _forget(self) -> None:
        """Start without a row for any unit."""
        self._proven, self._possible = _Rows(len(self._need)), _Rows(len(self._need))
        self._row_of: dict[str, int] = {"": 0}
        self._classes: dict[tuple[int, str, bool], UnitClass] = {}

    def _rows_of(self, units: Iterable[str]) -> set[int]:
        """The rows of the units, each once, and the empty row, so that no plan is without rows."""
        known = self._row_of
        return {0, *(known[unit] if unit in known else self._add(unit) for unit in units)}

    def _add(self, written: str) -> int:
        """The row of a unit, in whatever way its code is written."""
        code = written.strip().upper()
        if code not in self._row_of:
            self._possible.add(self._adds(code, optimistic=True))
            self._row_of[code] = self._proven.add(self._adds(code, optimistic=False))
        self._row_of[written] = self._row_of[code]
        return self._row_of[code]

    def _adds(self, code: str, *, optimistic: bool) -> list[int]:
        """What a unit adds to each count."""
        row: list[int] = []
        for form in self._forms:
            for part in form:
                own = self._class_of(part, code, optimistic)
                weights = part.problem.weights
                points = weights.get(code, 0) if weights else 1
                row += [points if count.counts(own) else 0 for count in part.cuts.counts]
            row.append(0)
        return row

    def _lacks(self, unit: str, held: set[str]) -> bool:
        """Whether an elective has a prerequisite, to be packaged inside, that is not held."""
        return unit not in self._core and any(
            not held.issuperset(item.requires) or any(held.isdisjoint(row) for row in item.one_of)
            for item in self._inside.get(unit, ())
        )

    def _of_a_partial_rule(self, units: Iterable[str]) -> Outcome:
        held = {unit.strip().upper() for unit in units} - {""}
        core, total = self._least
        return "unknown" if core <= held and len(held) >= total else "violated"


def _columns(forms: Sequence[Sequence[_Part]]) -> tuple[NDArray[np.int_], NDArray[np.intp]]:
    """The need of each count, and where the counts of each form start.

    Each form ends with a column for nothing, so that none is empty.
    """
    needs, starts = [0] * (not forms), [0]
    for form in forms:
        needs += [count.need for part in form for count in part.cuts.counts] + [0]
        starts.append(len(needs))
    return np.array(needs), np.array(starts[:-1] or [0], dtype=np.intp)


def _uses_prerequisites(lowered: LoweredForm) -> bool:
    """Whether units come in as prerequisites of others in the plan."""
    return any(
        problem.as_prerequisite or any(way.as_prerequisite for way in problem.imports)
        for problem in lowered.problems
    )
