"""Which further units would earn a qualification, and whether any units could."""

from __future__ import annotations

from collections.abc import Iterable

from qualgraph.packaging.facts import NO_FACTS, UnitFacts
from qualgraph.packaging.judging.lowering import LoweredForm, classes, listed_codes, lower
from qualgraph.packaging.judging.problem import UnitClass
from qualgraph.packaging.judging.selection import codes, specialisation_named
from qualgraph.packaging.judging.solver import fewest_further
from qualgraph.packaging.tree import PackagingRule


def feasible(rule: PackagingRule, *, specialisation: str | None = None) -> bool:
    """Whether any selection within the total could earn the qualification, every import admitted."""
    found = further(rule, (), specialisation=specialisation, imports=True)
    if found is None:
        return False
    total = rule.total if rule.measure == "units" and specialisation is None else None
    return total is None or len(found) <= total


def further(
    rule: PackagingRule,
    units: Iterable[str],
    *,
    specialisation: str | None = None,
    facts: UnitFacts = NO_FACTS,
    imports: bool = False,
) -> tuple[str, ...] | None:
    """The fewest listed units that, with those held, earn the qualification; None where no listed units do.

    ``imports`` allows units from elsewhere too, told as ``import 1``, ``import 2``.
    """
    chosen = codes(units)
    best: tuple[str, ...] | None = None
    for lowered in lower(rule, specialisation=specialisation_named(rule, specialisation)):
        found = _further(rule, lowered, chosen, facts, imports)
        if found is not None and (best is None or len(found) < len(best)):
            best = found
    return best


def _further(
    rule: PackagingRule, lowered: LoweredForm, chosen: tuple[str, ...], facts: UnitFacts, imports: bool
) -> tuple[str, ...] | None:
    rows = [classes(rule, problem, chosen, facts=facts, optimistic=False) for problem in lowered.problems]
    held = {code: tuple(row[code] for row in rows) for code in chosen}
    nothing: UnitClass = frozenset()
    wanted = {
        code: tuple(problem.units.get(code, nothing) for problem in lowered.problems)
        for code in listed_codes(lowered)
        if code not in held
    }
    weights = {code: n for problem in lowered.problems for code, n in problem.weights.items()}
    if imports:
        ways = tuple(frozenset(way.place for way in problem.imports) for problem in lowered.problems)
        needed = sum(demand.n for demand in lowered.problems[0].slots)
        for number in range(1, needed + 1 if any(ways) else 1):
            wanted[f"import {number}"] = ways
            weights[f"import {number}"] = 1
    return fewest_further(lowered.problems, held, wanted, weights=weights)
