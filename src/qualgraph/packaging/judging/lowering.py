"""From the normal form of a rule to problems: which places each unit may take, by the lists that name it.

A unit in two lists may be placed by either, and counts against the limits of the one it was placed by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qualgraph.packaging.facts import NO_FACTS, Award, UnitFacts, proves, well_formed
from qualgraph.packaging.judging.forms import normal_forms
from qualgraph.packaging.judging.normal import Cap, Gate, NormalForm, Slot
from qualgraph.packaging.judging.problem import Demand, ImportWay, Limit, Place, Problem, Total, UnitClass
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

_NOWHERE: UnitClass = frozenset()

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
    """The class of each unit of a selection, listed or not.

    Where the rule counts points, those of a unit that is not listed are not known: it is admitted optimistically.
    """
    chosen = tuple(dict.fromkeys(units))
    award = Award.of(rule)
    asked = _asked_for(rule, chosen)
    return {
        code: class_of(problem, code, award, facts, optimistic=optimistic, asked=asked) for code in chosen
    }


def class_of(
    problem: Problem,
    code: str,
    award: Award,
    facts: UnitFacts,
    *,
    optimistic: bool,
    asked: frozenset[str] = frozenset(),
) -> UnitClass:
    """The class of one unit; ``asked`` are the units printed as prerequisites of others in the selection."""
    nothing: UnitClass = frozenset()
    if code in problem.units:
        held = problem.as_prerequisite.get(code, nothing) if optimistic or code in asked else nothing
        doubted = problem.doubtful.get(code, nothing) if optimistic else nothing
        return problem.units[code] | held | doubted
    if well_formed(code) and (optimistic or not problem.weights):
        ways = (way for way in problem.imports if _may_enter(way, code, award, facts, optimistic, asked))
        return frozenset(place_of(way, code) for way in ways)
    return nothing


def place_of(way: ImportWay, code: str) -> Place:
    """The place that a unit takes by a way, with the limits that count units of such a code."""
    told = {at for at, tests in way.told if any(told_by(test, code, None) for test in tests)}
    return Place(slot=way.place.slot, limits=way.place.limits | told) if told else way.place


def _may_enter(
    way: ImportWay, code: str, award: Award, facts: UnitFacts, optimistic: bool, asked: frozenset[str]
) -> bool:
    if way.only and not any(told_by(test, code, None, optimistic) for test in way.only):
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


def told_by(test: str, code: str, title: str | None, optimistic: bool = False) -> bool:
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
    base = _Lowering(rule, form, form.slots, form.caps, form.path).problem()
    if not form.overlays:
        return (base,)
    caps = tuple(cap for cap in form.caps if cap.opens)
    return base, _Lowering(rule, form, form.overlays, caps, f"{form.path}/overlay").problem()


class _Lowering:
    """Makes the problem of slots that are filled together."""

    def __init__(
        self,
        rule: PackagingRule,
        form: NormalForm,
        slots: tuple[Slot, ...],
        caps: tuple[Cap, ...],
        path: str,
    ) -> None:
        scopes = (EVERYONE, f"specialisation:{form.specialisation}")
        self.groups = [group for group in rule.groups if group.scope in scopes]
        self.rule = rule
        self.form = form
        self.path = path
        self.slots = slots
        self.caps = caps
        self.gates = form.gates
        self.known: dict[UnitClass, UnitClass] = {}
        parts: tuple[Slot | Cap | Gate, ...] = (*slots, *caps, *form.gates)
        self.by_code = any(part.only or any(":" in pool for pool in part.pools) for part in parts)

    def problem(self) -> Problem:
        listed: dict[str, UnitClass] = {}
        conditional: dict[str, UnitClass] = {}
        for group in self.groups:
            own = self._members(group)
            if group.id in self.form.as_prerequisite:
                self._join(conditional, own)
                own = dict.fromkeys(own, _NOWHERE)
            self._join(listed, own)
        weights: dict[str, int] = {}
        if self.rule.measure == "points":
            weights = {member.code: member.points or 0 for group in self.groups for member in group.members}
        return Problem(
            path=self.path,
            slots=tuple(Demand(id=slot.id, n=slot.demand, path=slot.path) for slot in self.slots),
            limits=tuple(self._limits()),
            units=listed,
            weights=weights,
            totals=tuple(self._totals()),
            imports=tuple(self._ways()),
            as_prerequisite={code: places for code, places in conditional.items() if places},
            doubtful=self._doubtful(listed),
        )

    def _limits(self) -> Iterator[Limit]:
        for cap in self.caps:
            yield Limit(id=cap.id, n=cap.limit, path=cap.path, kind="entry" if cap.opens else "cap")
        for gate in self.gates:
            yield Limit(id=gate.id, n=gate.limit, path=gate.path, kind="gate")

    def _totals(self) -> Iterator[Total]:
        number = {slot.id: at for at, slot in enumerate(self.slots)}
        for sum_ in self.form.sums:
            inside = frozenset(number[id] for id in sum_.slots if id in number)
            if inside:
                yield Total(id=sum_.id, n=sum_.demand, path=sum_.path, slots=inside)

    def _members(self, group: UnitGroup) -> dict[str, UnitClass]:
        """Each unit of the group and its places: the same for all, unless some are told by code or title."""
        if not self.by_code:
            first = group.members[:1]
            own = self._shared(frozenset(place for one in first for place in self._places(group, one)))
            return dict.fromkeys(group.units, own)
        found: dict[str, UnitClass] = {}
        for member in group.members:
            self._join(found, {member.code: self._shared(frozenset(self._places(group, member)))})
        return found

    def _join(self, known: dict[str, UnitClass], own: dict[str, UnitClass]) -> None:
        """Note further places of units; one that is known already may take both."""
        for code in known.keys() & own.keys():
            own[code] = self._shared(known[code] | own[code])
        known.update(own)

    def _shared(self, own: UnitClass) -> UnitClass:
        """The class, as one object wherever it is the same, so that comparing them costs little."""
        return self.known.setdefault(own, own)

    def _places(self, group: UnitGroup, member: ListedUnit) -> Iterator[Place]:
        for at, slot in enumerate(self.slots):
            if _holds(slot.pools, slot.only, group, member):
                yield Place(slot=at, limits=frozenset(self._counting(slot, group, member)))

    def _counting(self, slot: Slot, group: UnitGroup, member: ListedUnit) -> Iterator[int]:
        """The limits that count a unit which the slot takes from the group."""
        if not slot.core:
            for at, cap in enumerate(self.caps):
                if _holds(cap.pools, cap.only, group, member):
                    yield at
        for at, gate in self._gates_of(slot):
            if _holds(gate.pools, gate.only, group, member):
                yield at

    def _gates_of(self, slot: Slot) -> list[tuple[int, Gate]]:
        numbered = enumerate(self.gates, start=len(self.caps))
        return [(at, gate) for at, gate in numbered if slot.id in (gate.slot, *gate.also)]

    def _doubtful(self, listed: Mapping[str, UnitClass]) -> dict[str, UnitClass]:
        """The places of imports alone that a sentence asks to fill: it may mean listed units of the package too."""
        found: dict[str, set[Place]] = {}
        for at, slot in enumerate(self.slots):
            if not slot.rest and not slot.core and slot.pools == (IMPORT,) and not slot.only:
                for code in self.rule.listed_electives:
                    if code in listed:
                        found.setdefault(code, set()).add(self._outside(at, slot))
        return {code: frozenset(places) for code, places in found.items()}

    def _ways(self) -> Iterator[ImportWay]:
        for at, slot in enumerate(self.slots):
            named = tuple(pool for pool in slot.pools if ":" in pool)
            if named:
                yield self._way(at, slot, ANYWHERE, named)
            if IMPORT not in slot.pools:
                continue
            if slot.import_ is not None:
                yield from self._own_ways(at, slot, slot.import_)
            for number, cap in enumerate(self.caps):
                if cap.opens:
                    statement = self.rule.rule(cap.from_rule)
                    waits = statement is not None and statement.condition == "as-prerequisite"
                    yield self._way(at, slot, cap.import_ or ANYWHERE, cap.only, number, waits=waits)

    def _own_ways(self, at: int, slot: Slot, pool: ImportPool) -> Iterator[ImportWay]:
        """The way of the slot itself, and those that a sentence within it limits further."""
        for number, gate in self._gates_of(slot):
            if gate.import_ is not None and gate.import_ != pool:
                narrow = replace(gate.import_, sources=gate.import_.sources or pool.sources)
                yield self._way(at, slot, narrow, slot.only, number)
                pool = _without(pool, gate.import_)
        yield self._way(at, slot, pool, slot.only)

    def _way(
        self,
        at: int,
        slot: Slot,
        pool: ImportPool,
        only: tuple[str, ...],
        limit: int | None = None,
        *,
        waits: bool = False,
    ) -> ImportWay:
        told = [(n, cap.pools) for n, cap in enumerate(self.caps) if any(":" in pool for pool in cap.pools)]
        told += [
            (n, gate.pools) for n, gate in self._gates_of(slot) if any(":" in pool for pool in gate.pools)
        ]
        place = self._outside(at, slot, limit)
        return ImportWay(pool=pool, place=place, only=only, as_prerequisite=waits, told=tuple(told))

    def _outside(self, at: int, slot: Slot, entry: int | None = None) -> Place:
        """The place of an import in a slot, with the limits on every import and the one that it comes by."""
        every = {n for n, cap in enumerate(self.caps) if IMPORT in cap.pools and not cap.opens}
        inside = {
            n
            for n, gate in self._gates_of(slot)
            if IMPORT in gate.pools and gate.import_ in (None, slot.import_)
        }
        return Place(slot=at, limits=frozenset(every | inside | ({entry} if entry is not None else set())))


def _without(pool: ImportPool, narrow: ImportPool) -> ImportPool:
    """What is left of a pool beside a narrower one that has a limit of its own."""
    levels = tuple(level for level in pool.levels if level not in narrow.levels)
    if levels != pool.levels and levels:
        return replace(pool, levels=levels)
    sources = tuple(source for source in pool.sources if source not in narrow.sources)
    return replace(pool, sources=sources) if sources else pool


def _holds(pools: tuple[str, ...], only: tuple[str, ...], group: UnitGroup, member: ListedUnit) -> bool:
    """Whether the pools hold the unit as the group lists it."""
    told = any(told_by(pool, member.code, member.title) for pool in pools if ":" in pool)
    named = group.id in pools or (CORE if group.role == "core" else LISTED) in pools
    return (told or named) and (not only or any(told_by(test, member.code, member.title) for test in only))


def listed_codes(lowered: LoweredForm) -> tuple[str, ...]:
    """The listed units that can fill a place of the form, in the order of the text."""
    found: Mapping[str, None] = {
        code: None for problem in lowered.problems for code, places in problem.units.items() if places
    }
    return tuple(found)
