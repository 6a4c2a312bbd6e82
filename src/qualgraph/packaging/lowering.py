"""From the normal form of a rule to problems: which places each unit may take, by the lists that name it.

A unit in two lists may be placed by either, and counts against the limits of the one it was placed by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qualgraph.packaging.facts import NO_FACTS, Award, UnitFacts, proves, well_formed
from qualgraph.packaging.normal import Cap, Gate, NormalForm, Slot, normal_forms
from qualgraph.packaging.problem import Demand, ImportWay, Limit, Place, Problem, Total, UnitClass
from qualgraph.packaging.tree import (
    CORE,
    EVERYONE,
    IMPORT,
    LISTED,
    ImportPool,
    ListedUnit,
    PackagingRule,
    UnitGroup,
)

ANYWHERE = ImportPool()
"""Units that are not listed, without any restriction."""


@dataclass(frozen=True, kw_only=True)
class LoweredForm:
    """One form of a rule and its problems, of which all must be met by the same units."""

    form: NormalForm
    problems: tuple[Problem, ...]


def lower(rule: PackagingRule, *, specialisation: str | None = None) -> tuple[LoweredForm, ...]:
    """The forms of the rule, of which one must be met, as problems over the listed units."""
    return tuple(
        LoweredForm(form=form, problems=_problems(rule, form))
        for form in normal_forms(rule, specialisation=specialisation)
    )


def problems(
    rule: PackagingRule,
    units: Iterable[str] = (),
    *,
    specialisation: str | None = None,
    facts: UnitFacts = NO_FACTS,
    optimistic: bool = False,
) -> tuple[tuple[Problem, ...], ...]:
    """One row for each form, of which one must be met: its problems, of which all must be met by the same units.

    Each problem knows the classes of the listed units and of ``units``. ``optimistic`` admits imports whose level or
    source is not proven.
    """
    chosen = tuple(dict.fromkeys(units))
    return tuple(
        tuple(
            replace(
                problem,
                units={
                    **problem.units,
                    **classes(rule, problem, chosen, facts=facts, optimistic=optimistic),
                },
            )
            for problem in lowered.problems
        )
        for lowered in lower(rule, specialisation=specialisation)
    )


def classes(
    rule: PackagingRule, problem: Problem, units: Iterable[str], *, facts: UnitFacts, optimistic: bool
) -> dict[str, UnitClass]:
    """The class of each unit of a selection, listed or not."""
    chosen = tuple(dict.fromkeys(units))
    award = Award.of(rule)
    asked = _asked_for(rule, chosen)
    found: dict[str, UnitClass] = {}
    for code in chosen:
        if code in problem.units:
            found[code] = problem.units[code]
        else:
            ways = (way for way in problem.imports if _may_enter(way, code, award, facts, optimistic, asked))
            found[code] = frozenset(way.place for way in ways) if well_formed(code) else frozenset()
    return found


def _may_enter(
    way: ImportWay, code: str, award: Award, facts: UnitFacts, optimistic: bool, asked: frozenset[str]
) -> bool:
    if way.only and not any(_told_by(test, code, None, optimistic) for test in way.only):
        return False
    if optimistic:
        return True
    return (not way.as_prerequisite or code in asked) and proves(way.pool, award, facts.packagings(code))


def _asked_for(rule: PackagingRule, chosen: tuple[str, ...]) -> frozenset[str]:
    """Units that the rule prints as prerequisites of a unit chosen."""
    rows = [item for item in rule.prerequisites if item.unit in chosen]
    return frozenset(
        code for item in rows for code in (*item.requires, *(c for row in item.one_of for c in row))
    )


def _told_by(test: str, code: str, title: str | None, optimistic: bool = False) -> bool:
    """Whether a unit is one of those that the words tell by code or title; an unknown title only optimistically."""
    what, _, words = test.partition(":")
    if what == "unit":
        return code == words
    if what == "prefix":
        return code.startswith(words)
    if what == "digit":
        return next((char for char in code if char.isdigit()), "") == words
    if what == "title":
        return optimistic if title is None else title.casefold().startswith(words.casefold())
    return False


def _problems(rule: PackagingRule, form: NormalForm) -> tuple[Problem, ...]:
    base = _Lowering(rule, form, form.slots, form.caps, form.gates, form.path).problem()
    if not form.overlays:
        return (base,)
    caps = tuple(cap for cap in form.caps if cap.opens)
    return base, _Lowering(rule, form, form.overlays, caps, (), f"{form.path}/overlay").problem()


class _Lowering:
    """Makes the problem of slots that are filled together."""

    def __init__(
        self,
        rule: PackagingRule,
        form: NormalForm,
        slots: tuple[Slot, ...],
        caps: tuple[Cap, ...],
        gates: tuple[Gate, ...],
        path: str,
    ) -> None:
        scopes = (EVERYONE, f"specialisation:{form.specialisation}")
        self.groups = [group for group in rule.groups if group.scope in scopes]
        self.rule = rule
        self.form = form
        self.path = path
        self.slots = slots
        self.caps = caps
        self.gates = gates

    def problem(self) -> Problem:
        listed: dict[str, set[Place]] = {}
        weights: dict[str, int] = {}
        for group in self.groups:
            for member in group.members:
                listed.setdefault(member.code, set()).update(self._places(group, member))
                weights[member.code] = member.points or 0
        number = {slot.id: at for at, slot in enumerate(self.slots)}
        return Problem(
            path=self.path,
            slots=tuple(Demand(id=slot.id, n=slot.demand, path=slot.path) for slot in self.slots),
            limits=(
                *(
                    Limit(id=cap.id, n=cap.limit, path=cap.path, kind="entry" if cap.opens else "cap")
                    for cap in self.caps
                ),
                *(Limit(id=gate.id, n=gate.limit, path=gate.path, kind="gate") for gate in self.gates),
            ),
            units={code: frozenset(places) for code, places in listed.items()},
            weights=weights if self.rule.measure == "points" else {},
            totals=tuple(
                Total(
                    id=sum_.id,
                    n=sum_.demand,
                    path=sum_.path,
                    slots=frozenset(number[id] for id in sum_.slots if id in number),
                )
                for sum_ in self.form.sums
                if set(sum_.slots) & number.keys()
            ),
            imports=tuple(self._ways()),
        )

    def _places(self, group: UnitGroup, member: ListedUnit) -> Iterator[Place]:
        for at, slot in enumerate(self.slots):
            if _holds(slot.pools, slot.only, group, member):
                yield Place(slot=at, limits=frozenset(self._limits(slot, group, member)))

    def _limits(self, slot: Slot, group: UnitGroup, member: ListedUnit) -> Iterator[int]:
        if slot.id != CORE:
            for at, cap in enumerate(self.caps):
                if _holds(cap.pools, cap.only, group, member):
                    yield at
        for at, gate in enumerate(self.gates, start=len(self.caps)):
            if gate.slot == slot.id and _holds(gate.pools, gate.only, group, member):
                yield at

    def _ways(self) -> Iterator[ImportWay]:
        for at, slot in enumerate(self.slots):
            named = tuple(pool for pool in slot.pools if ":" in pool)
            if named:
                yield ImportWay(pool=ANYWHERE, place=self._outside(at, slot), only=named)
            if IMPORT not in slot.pools:
                continue
            if slot.import_ is not None:
                yield ImportWay(pool=slot.import_, place=self._outside(at, slot), only=slot.only)
            for number, cap in enumerate(self.caps):
                if cap.opens:
                    place = self._outside(at, slot, number)
                    yield ImportWay(pool=cap.import_ or ANYWHERE, place=place, only=cap.only)

    def _outside(self, at: int, slot: Slot, entry: int | None = None) -> Place:
        """The place of an import in a slot, with the caps on every import and the entry it comes by."""
        every = {n for n, cap in enumerate(self.caps) if IMPORT in cap.pools and not cap.opens}
        inside = {
            n
            for n, gate in enumerate(self.gates, start=len(self.caps))
            if gate.slot == slot.id and IMPORT in gate.pools
        }
        return Place(slot=at, limits=frozenset(every | inside | ({entry} if entry is not None else set())))


def _holds(pools: tuple[str, ...], only: tuple[str, ...], group: UnitGroup, member: ListedUnit) -> bool:
    """Whether the pools hold the unit as the group lists it."""
    told = any(_told_by(pool, member.code, member.title) for pool in pools if ":" in pool)
    named = group.id in pools or (CORE if group.role == "core" else LISTED) in pools
    return (told or named) and (not only or any(_told_by(test, member.code, member.title) for test in only))


def listed_codes(lowered: LoweredForm) -> tuple[str, ...]:
    """The listed units that can fill a place of the form, in the order of the text."""
    found: Mapping[str, None] = {
        code: None for problem in lowered.problems for code, places in problem.units.items() if places
    }
    return tuple(found)
