"""Very many plans, of any qualifications: each is judged with the others of its qualification."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from qualgraph.errors import UsageError
from qualgraph.packaging.facts import NO_FACTS, UnitFacts
from qualgraph.packaging.judging.counts import FastJudge
from qualgraph.packaging.judging.judgement import judge
from qualgraph.packaging.judging.proofs import Proofs
from qualgraph.packaging.judging.verdict import ForAPerson, MissingFact, Verdict, brief_verdicts
from qualgraph.packaging.tree import EVERYONE, PackagingRule

CHUNK = 100_000
"""How many plans are held and judged together."""


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
    judges = _Judges(rules, facts)
    waiting = iter(plans)
    while batch := list(islice(waiting, chunk)):
        with _without_looking_for_garbage():
            verdicts = _judged(batch, judges, explain)
        yield from verdicts


@contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """Compiled rules and verdicts are very many new records, none of them garbage.

    The collector would look through them again and again while they are made.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Judges:
    """The judge of each qualification and specialisation, made when its first plan comes."""

    def __init__(self, rules: Mapping[str, PackagingRule], facts: UnitFacts) -> None:
        self._rules = rules
        self._facts = facts
        self._proofs = Proofs(facts)
        self._known: dict[tuple[str, str | None], _Judge | _NoJudge] = {}

    def of(self, code: str, specialisation: str | None) -> _Judge | _NoJudge:
        """The judge; where there is none, one that says which fact is missing."""
        key = (code, specialisation)
        if key not in self._known:
            self._known[key] = self._made(code, specialisation)
        return self._known[key]

    def _made(self, code: str, specialisation: str | None) -> _Judge | _NoJudge:
        rule = self._rules.get(code)
        if rule is None:
            return _NoJudge(code, f"the packaging rule of {code}")
        try:
            return _Judge(rule, specialisation, self._facts, self._proofs)
        except UsageError as error:
            return _NoJudge(code, error.what)


def _judged(plans: list[Plan], judges: _Judges, explain: bool) -> list[Verdict]:
    alike: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
    for at, key in enumerate(map(attrgetter("code", "specialisation"), plans)):
        alike[key].append(at)
    found: dict[int, Verdict] = {}
    for key, numbers in alike.items():
        own = [plans[at] for at in numbers]
        found.update(zip(numbers, judges.of(*key).verdicts(own, explain), strict=True))
    return [found[at] for at in range(len(plans))]


class _NoJudge:
    """Stands for a judge where there is no rule or specialisation to judge by."""

    def __init__(self, code: str, fact: str) -> None:
        missing = MissingFact(path="packaging", fact=fact)
        self._verdict = Verdict(id=None, code=code, verdict="unknown", unknowns=(missing,))

    def verdicts(self, plans: Sequence[Plan], explain: bool) -> list[Verdict]:
        """The same verdict on each plan, explained or not."""
        return brief_verdicts(self._verdict, [plan.id for plan in plans], ["unknown"] * len(plans))


class _Judge:
    """The fast judge of a rule with what stands in its verdicts; the reference judge for all that it leaves."""

    def __init__(
        self, rule: PackagingRule, specialisation: str | None, facts: UnitFacts, proofs: Proofs
    ) -> None:
        self._fast = FastJudge(rule, specialisation=specialisation, facts=facts, proofs=proofs)
        self._rule = rule
        self._facts = facts
        scopes = (EVERYONE, f"specialisation:{self._fast.specialisation}")
        conditions = tuple(
            ForAPerson(text=condition.text, line=condition.line)
            for condition in rule.human_conditions
            if condition.scope in scopes
        )
        self._brief = Verdict(id=None, code=rule.code, verdict="unknown", human_conditions=conditions)

    def verdicts(self, plans: Sequence[Plan], explain: bool) -> list[Verdict]:
        """The verdict on each plan, whatever code and specialisation it names."""
        outcomes = self._fast.outcomes([plan.units for plan in plans])
        decided = [outcome or "unknown" for outcome in outcomes]
        found = brief_verdicts(self._brief, [plan.id for plan in plans], decided)
        if explain or None in outcomes:
            telling = explain and bool(self._rule.prerequisites)
            for at, outcome in enumerate(outcomes):
                if outcome is None or telling or (explain and outcome != "satisfied"):
                    found[at] = self._reference(plans[at])
        return found

    def _reference(self, plan: Plan) -> Verdict:
        return judge(
            self._rule,
            plan.units,
            id=plan.id,
            specialisation=self._fast.specialisation,
            facts=self._facts,
        )
