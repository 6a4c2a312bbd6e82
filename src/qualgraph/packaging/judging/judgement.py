"""The reference judge: whether a selection of units earns the qualification, by an integer programme.

A verdict is definite or it is ``unknown`` and names the fact that is missing. What is not proven of an import is
tried both ways: a rule that the proven units meet is satisfied, one that even all of them cannot meet is violated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualgraph.packaging.facts import NO_FACTS, UnitFacts
from qualgraph.packaging.judging.explanation import Words
from qualgraph.packaging.judging.lowering import LoweredForm, classes, lower
from qualgraph.packaging.judging.partial import certain_shortfalls, unread
from qualgraph.packaging.judging.points import most_points
from qualgraph.packaging.judging.selection import codes, specialisation_named
from qualgraph.packaging.judging.solver import Placement, place
from qualgraph.packaging.judging.verdict import (
    ForAPerson,
    MissingFact,
    Outcome,
    Placed,
    Shortfall,
    Unplaced,
    Verdict,
)
from qualgraph.packaging.tree import EVERYONE, PackagingRule, Prerequisite


@dataclass(frozen=True, kw_only=True)
class _Trial:
    """One form tried with some of the facts: a placement for each of its problems."""

    lowered: LoweredForm
    placements: tuple[Placement, ...]

    @property
    def met(self) -> bool:
        return all(placement.met for placement in self.placements)

    @property
    def missing(self) -> int:
        return sum(placement.missing for placement in self.placements)

    @property
    def used(self) -> frozenset[str]:
        return frozenset(code for placement in self.placements for code in placement.places)


def judge(
    rule: PackagingRule,
    units: Iterable[str],
    *,
    id: str | None = None,
    specialisation: str | None = None,
    facts: UnitFacts = NO_FACTS,
) -> Verdict:
    """Whether the units earn the qualification, or the specialisation named; a unit given twice counts once.

    Raises :class:`UsageError` where the rule has no specialisation of this name (capitals and spaces do not matter).
    """
    return _Case(rule, units, id, specialisation_named(rule, specialisation), facts).verdict()


class _Case:
    """One selection against one rule."""

    def __init__(
        self,
        rule: PackagingRule,
        units: Iterable[str],
        id: str | None,
        specialisation: str | None,
        facts: UnitFacts,
    ) -> None:
        self.rule = rule
        self.id = id
        self.units = codes(units)
        self.specialisation = specialisation
        self.facts = facts
        self.forms = lower(rule, specialisation=specialisation) if rule.status == "complete" else ()

    def verdict(self) -> Verdict:
        if self.rule.status != "complete":
            return self._of_a_partial_rule()
        sure = self._tried(self.units, optimistic=False)
        met = next((trial for trial in sure if trial.met), None)
        if met is not None:
            return self._met(met)
        hopeful = self._tried(self.units, optimistic=True) if self._some_unproven() else sure
        possible = [trial for trial in hopeful if trial.met]
        if possible:
            return self._unknown(min(possible, key=lambda trial: bool(trial.lowered.form.left_out)))
        return self._violated(min(hopeful, key=lambda trial: trial.missing))

    def _tried(self, units: Sequence[str], *, optimistic: bool) -> list[_Trial]:
        return [
            _Trial(
                lowered=lowered,
                placements=tuple(
                    self._place(lowered, number, units, optimistic) for number in range(len(lowered.problems))
                ),
            )
            for lowered in self.forms
        ]

    def _some_unproven(self) -> bool:
        """Whether what is not proven of the units could make a difference."""
        return any(
            classes(self.rule, problem, self.units, facts=self.facts, optimistic=True)
            != classes(self.rule, problem, self.units, facts=self.facts, optimistic=False)
            for lowered in self.forms
            for problem in lowered.problems
        )

    def _place(self, lowered: LoweredForm, number: int, units: Sequence[str], optimistic: bool) -> Placement:
        problem = lowered.problems[number]
        given = classes(self.rule, problem, units, facts=self.facts, optimistic=optimistic)
        if not optimistic:
            return place(problem, given)
        proven = classes(self.rule, problem, units, facts=self.facts, optimistic=False)
        dear = frozenset(code for code in units if given[code] != proven[code])
        return place(problem, given, dear=dear, weights=most_points(problem, given))

    def _met(self, trial: _Trial) -> Verdict:
        words = Words(self.rule, trial.lowered)
        unknowns = [words.left_out(id) for id in trial.lowered.form.left_out]
        lacking = [item for item in self._lacking(trial.used) if item.policy == "inside"]
        if lacking and not unknowns:
            dropped = {item.unit for item in self._lacking(self.units) if item.policy == "inside"}
            without = [code for code in self.units if code not in dropped]
            spared = next((t for t in self._tried(without, optimistic=False) if t.met), None)
            if spared is not None:
                return self._said("satisfied", spared, ())
        unknowns += [self._prerequisite_unknown(item) for item in lacking]
        return self._said("unknown" if unknowns else "satisfied", trial, unknowns)

    def _unknown(self, trial: _Trial) -> Verdict:
        words = Words(self.rule, trial.lowered)
        unknowns = [words.left_out(id) for id in trial.lowered.form.left_out]
        unknowns += self._unproven(trial)
        unknowns += [
            self._prerequisite_unknown(item) for item in self._lacking(trial.used) if item.policy == "inside"
        ]
        return self._said("unknown", trial, unknowns)

    def _violated(self, trial: _Trial) -> Verdict:
        words = Words(self.rule, trial.lowered)
        shortfalls = [
            item
            for problem, placement in zip(trial.lowered.problems, trial.placements, strict=True)
            for item in words.shortfalls(problem, placement)
        ]
        return self._said("violated", trial, self._unproven(trial), shortfalls)

    def _unproven(self, trial: _Trial) -> list[MissingFact]:
        """What is not known of units that are placed for the sake of argument."""
        words = Words(self.rule, trial.lowered)
        unknowns: list[MissingFact] = []
        for number, problem in enumerate(trial.lowered.problems):
            proven = classes(self.rule, problem, self.units, facts=self.facts, optimistic=False)
            unknowns += [
                words.not_proven(code, problem, taken)
                for code, taken in trial.placements[number].places.items()
                if taken not in proven[code]
            ]
        return unknowns

    def _said(
        self,
        outcome: Outcome,
        trial: _Trial,
        unknowns: Sequence[MissingFact],
        shortfalls: Sequence[Shortfall] = (),
    ) -> Verdict:
        words = Words(self.rule, trial.lowered)
        base, placement = trial.lowered.problems[0], trial.placements[0]
        used = placement.places
        possible = classes(self.rule, base, self.units, facts=self.facts, optimistic=True)
        return Verdict(
            id=self.id,
            code=self.rule.code,
            verdict=outcome,
            placed=tuple(
                Placed(unit=code, slot=words.slot(base.slots[used[code].slot].id))
                for code in self.units
                if code in used
            ),
            unplaced=tuple(
                Unplaced(unit=code, why=words.why_not(code, possible[code], base, placement))
                for code in self.units
                if code not in used
            ),
            shortfalls=tuple(shortfalls),
            unknowns=tuple(dict.fromkeys(unknowns)),
            human_conditions=tuple(self._for_a_person(trial)),
        )

    def _lacking(self, used: Collection[str]) -> list[Prerequisite]:
        """Printed prerequisites of electives among these that the selection does not hold."""
        core = set(self.rule.core_units)
        return [
            item
            for item in self.rule.prerequisites
            if item.unit in used and item.unit not in core and self._missing_of(item)
        ]

    def _missing_of(self, item: Prerequisite) -> str:
        """What of the prerequisite the selection does not hold, in words; empty where it holds all."""
        lacking = [code for code in item.requires if code not in self.units]
        lacking += [" or ".join(row) for row in item.one_of if not set(row) & set(self.units)]
        return " and ".join(lacking)

    def _prerequisite_unknown(self, item: Prerequisite) -> MissingFact:
        return MissingFact(
            path=item.path,
            fact=f"whether {self._missing_of(item)}, the prerequisite of {item.unit}, is held",
            unit=item.unit,
            line=item.line,
        )

    def _for_a_person(self, trial: _Trial | None) -> Iterator[ForAPerson]:
        scopes = {EVERYONE, f"specialisation:{self.specialisation}"}
        for condition in self.rule.human_conditions:
            if condition.scope in scopes:
                yield ForAPerson(text=condition.text, line=condition.line)
        core = set(self.rule.core_units)
        for item in self.rule.prerequisites:
            if item.unit not in self.units or (trial is not None and item.unit not in trial.used):
                continue
            missing = self._missing_of(item)
            if missing and (item.policy != "inside" or item.unit in core):
                yield ForAPerson(
                    text=f"{item.unit} needs {missing}, which must be held first.", line=item.line
                )

    def _of_a_partial_rule(self) -> Verdict:
        """Unknown, but where what was read is enough: core units are missing, or the total is not reached."""
        shortfalls = certain_shortfalls(self.rule, self.units)
        return Verdict(
            id=self.id,
            code=self.rule.code,
            verdict="violated" if shortfalls else "unknown",
            shortfalls=shortfalls,
            unknowns=() if shortfalls else unread(self.rule),
            human_conditions=tuple(self._for_a_person(None)),
        )
