"""Awards that nobody can earn: no units meet the rule, or compulsory units and their prerequisites do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qualgraph.packaging.comparing.findings import RuleFinding
from qualgraph.packaging.comparing.listing import UNIT, named
from qualgraph.packaging.judging.feasibility import feasible, further
from qualgraph.packaging.judging.lowering import LoweredForm, lower
from qualgraph.packaging.judging.problem import Problem
from qualgraph.packaging.tree import PackagingRule, Specialisation

PLAIN: Final = "the qualification"
MAX_AWARDS: Final = 200
MAX_RULES: Final = 1_000
MAX_UNITS: Final = 5_000
"""Several times what the largest rules of the register have."""


def check_awards(rule: PackagingRule) -> Iterator[RuleFinding]:
    """The plain award and each specialisation in turn; nothing for a text without counts or lists."""
    if rule.status == "failed" or not rule.groups or (rule.core is None and rule.electives_needed is None):
        return
    named_awards = [item for item in rule.specialisations if item.rules]
    if (
        len(named_awards) > MAX_AWARDS
        or len(rule.rules) > MAX_RULES
        or sum(1 for _ in rule.members()) > MAX_UNITS
    ):
        yield _too_large(rule)
        return
    for award in (None, *named_awards):
        name = award.name if award else None
        if not feasible(rule, specialisation=name):
            yield _impossible(rule, award)
        else:
            yield from _crowded(rule, award)


def _too_large(rule: PackagingRule) -> RuleFinding:
    return RuleFinding(
        check="not-examined",
        code=rule.code,
        path=rule.path,
        message="The rule is too large to examine whether anybody can satisfy it.",
        seen=f"{len(rule.rules)} rules, {len(rule.specialisations)} specialisations, "
        f"{sum(1 for _ in rule.members())} units",
        wanted=f"at most {MAX_RULES}, {MAX_AWARDS} and {MAX_UNITS}",
    )


def _impossible(rule: PackagingRule, award: Specialisation | None) -> RuleFinding:
    whole = rule.status == "complete"
    told = (
        "No selection of units meets the rule"
        if whole
        else "As far as it was read no selection meets the rule"
    )
    return RuleFinding(
        check="cannot-be-met",
        code=rule.code,
        severity="violation" if whole else "warning",
        path=award.path if award else rule.path,
        message=f"{told} of {_name(award)}, even with every import admitted.",
        seen="no selection",
        wanted="at least one selection of units that meets the rule",
        line=award.line if award else None,
    )


def _name(award: Specialisation | None) -> str:
    return f"the specialisation '{award.name}'" if award else PLAIN


def _crowded(rule: PackagingRule, award: Specialisation | None) -> Iterator[RuleFinding]:
    """Whether compulsory units, what they require, and what is still asked, are more than the total.

    Every selection that meets the rule holds the compulsory units, so that a finding is certain; where alternatives
    hide what is compulsory, nothing is found.
    """
    places = _places(rule, award)
    if (
        not rule.prerequisites
        or places is None
        or rule.measure != "units"
        or rule.prerequisite_policy == "additional"
    ):
        return
    forms = lower(rule, specialisation=award.name if award else None)
    compulsory = _compulsory(forms)
    required = _required(rule, compulsory)
    if not required:
        return
    listed = {member.code for _, member in rule.members()}
    held = [*compulsory, *(code for code in required if code in listed)]
    outside = [code for code in required if code not in listed]
    more = further(rule, held, specialisation=award.name if award else None, imports=True)
    if more is None:
        return
    enter = any(problem.imports for form in forms for problem in form.problems)
    needed = len(held) + (max(len(more), len(outside)) if enter else len(more) + len(outside))
    if needed > places:
        yield _too_many(rule, award, tuple(required), needed, places)


def _too_many(
    rule: PackagingRule, award: Specialisation | None, required: tuple[str, ...], needed: int, places: int
) -> RuleFinding:
    inside = rule.prerequisite_policy == "inside"
    codes, name = named(list(required)), _name(award)
    return RuleFinding(
        check="prerequisites-cannot-fit",
        code=rule.code,
        severity="violation" if inside and rule.status == "complete" else "warning",
        path=award.path if award else rule.path,
        message=f"{name[:1].upper()}{name[1:]} cannot be awarded with {places} units if prerequisites count inside: "
        f"units that every selection must hold also require {codes}, which makes {needed}.",
        seen=str(needed),
        wanted=f"at most {places}",
        line=award.line if award else None,
    )


def _places(rule: PackagingRule, award: Specialisation | None) -> int | None:
    if award and award.total is not None:
        return award.total
    if award and award.core is not None and award.elective is not None:
        return award.core + award.elective
    if rule.total is not None:
        return rule.total
    return rule.core + rule.elective if rule.core is not None and rule.elective is not None else None


def _compulsory(forms: Iterable[LoweredForm]) -> tuple[str, ...]:
    """Units without which no form can be met: those of slots that nothing else can fill."""
    found: dict[str, None] | None = None
    for form in forms:
        needed = dict.fromkeys(code for problem in form.problems for code in _sole(problem))
        found = needed if found is None else {code: None for code in found if code in needed}
    return tuple(found or ())


def _sole(problem: Problem) -> Iterator[str]:
    """The units of slots that no more units can fill than they have places."""
    for at, slot in enumerate(problem.slots):
        able = {code for code, places in problem.units.items() if any(place.slot == at for place in places)}
        ways = [way for way in problem.imports if way.place.slot == at]
        named_units = {test for way in ways for test in way.only}
        if all(way.only for way in ways) and all(test.startswith(UNIT) for test in named_units):
            able |= {test.removeprefix(UNIT) for test in named_units}
            if len(able) <= slot.n:
                yield from sorted(able)


def _required(rule: PackagingRule, units: Iterable[str]) -> tuple[str, ...]:
    """What the units require, and what that requires, that is not among them; choices between units left aside."""
    needs: dict[str, list[str]] = {}
    for item in rule.prerequisites:
        needs.setdefault(item.unit, []).extend(item.requires)
    have = set(units)
    found: dict[str, None] = {}
    waiting = list(units)
    while waiting:
        for code in needs.get(waiting.pop(), ()):
            if code not in have:
                have.add(code)
                found[code] = None
                waiting.append(code)
    return tuple(found)
