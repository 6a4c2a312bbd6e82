"""How the statements that hold together fill the places for electives: slots, caps and gates of one form.

What a sentence asks for takes places of its own; what a sentence permits shares the places that are left. A number
counted within another takes its places from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from qualgraph.packaging.judging.held import Held
from qualgraph.packaging.judging.limits import Limits
from qualgraph.packaging.judging.normal import REST, NormalForm, Slot, Sum
from qualgraph.packaging.tree import (
    CORE,
    EVERYONE,
    IMPORT,
    LISTED,
    PackagingRule,
    RuleStatement,
)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The counts that hold for one form; None where nothing states them."""

    total: int | None
    core: int | None
    elective: int | None


class Filling:
    """Lowers statements that hold together, one-of choices already made; ``mentioned`` are pools before the choice."""

    def __init__(
        self,
        rule: PackagingRule,
        statements: Sequence[RuleStatement],
        counts: Counts,
        path: str,
        specialisation: str | None,
        *,
        mentioned: Collection[str] = (),
    ) -> None:
        scopes = (EVERYONE, f"specialisation:{specialisation}")
        self.rule = rule
        self.mentioned = {*mentioned, *(pool for item in statements for pool in item.pools)}
        self.counts = counts
        self.path = path
        self.specialisation = specialisation
        self.groups = [group for group in rule.groups if group.scope in scopes]
        self.core_pools = {CORE, *(group.id for group in self.groups if group.role == "core")}
        self.statements = [item for item in statements if not self._of_core(item)]
        self.of_core = [item for item in statements if self._of_core(item)]
        self.points = rule.measure == "points"
        self.left_out: list[str] = []

    @cached_property
    def core_units(self) -> tuple[str, ...]:
        """The core units, each once, in the order of the text."""
        return tuple(
            dict.fromkeys(code for group in self.groups if group.role == "core" for code in group.units)
        )

    @cached_property
    def listed(self) -> frozenset[str]:
        """Every listed elective."""
        lists = (group.units for group in self.groups if group.role == "elective")
        return frozenset(chain.from_iterable(lists))

    def form(self, overlay: Sequence[RuleStatement] = ()) -> NormalForm:
        """The form; ``overlay`` statements are counted afresh, but their limits hold for the chosen electives."""
        core = list(self._core())
        electives = self.counts.elective
        if electives is None and not self.statements and not self.listed:
            electives = 0
        asked = self._fitting(electives)
        left = max(0, (electives or 0) - sum(slot.demand for slot in asked))
        rest = self._rest(left, asked) if electives is not None and (left or self.points) else None
        slots = [*core, *asked, *([rest] if rest else [])]
        over = Filling(self.rule, overlay, self.counts, f"{self.path}/overlay", self.specialisation)
        top = [item for item in over.statements if item.within is None]
        extra = [slot for item in top for slot in over.family(item)]
        extra += over.core_choices()
        limits = Limits(self._held(), [*asked, *([rest] if rest else [])], rest, left)
        further = Limits(over._held(), extra, None, 0, afresh=True)
        caps = [*limits.caps(), *further.caps()]
        return NormalForm(
            path=self.path,
            slots=tuple(slots),
            caps=tuple({cap.id: cap for cap in caps}.values()),
            gates=(*limits.gates(), *further.gates()),
            overlays=tuple(extra),
            sums=tuple(self._sums(core, asked, rest)),
            left_out=tuple(
                dict.fromkeys((*self.left_out, *over.left_out, *limits.left_out, *further.left_out))
            ),
            specialisation=self.specialisation,
            as_prerequisite=tuple(
                pool
                for item in self.statements
                for pool in item.pools
                if item.condition == "as-prerequisite" and pool != IMPORT
            ),
        )

    def _of_core(self, statement: RuleStatement) -> bool:
        """Whether a statement chooses inside the core list."""
        return all(
            pool in self.core_pools
            or (
                pool.removeprefix("unit:") in self.core_units
                and pool.removeprefix("unit:") not in self.listed
            )
            for pool in statement.pools
        )

    def _core(self) -> Iterator[Slot]:
        """A slot for what every plan has, and one for each choice inside the core."""
        choices = list(self.core_choices())
        yield from choices
        made = [item for item in self.of_core if any(item.id == slot.id for slot in choices)]
        free = {code for code in self.core_units if any(self._core_holds(item, code) for item in made)}
        firm = [code for code in self.core_units if code not in free]
        stated = self.counts.core if self.counts.core is not None else self._weight(self.core_units)
        demand = stated - sum(slot.demand for slot in choices)
        if demand > 0 and firm:
            pools = tuple(f"unit:{code}" for code in firm) if free else (CORE,)
            yield Slot(path=f"{self.path}/slot/{CORE}", id=CORE, demand=demand, pools=pools, core=True)
        elif demand > 0:
            yield Slot(path=f"{self.path}/slot/{CORE}", id=CORE, demand=demand, pools=(CORE,), core=True)

    def core_choices(self) -> Iterator[Slot]:
        """A slot for each choice inside the core list."""
        for statement in self.of_core:
            demand = self.demand(statement)
            if statement.kind == "max" or statement.within is not None or demand is None:
                self.left_out.append(statement.id)
            else:
                yield replace(self._slot(statement, demand), core=True)

    def _core_holds(self, statement: RuleStatement, code: str) -> bool:
        units = {code for pool in statement.pools if (group := self.rule.group(pool)) for code in group.units}
        named = {test.removeprefix("unit:") for test in (*statement.pools, *statement.only)}
        return code in named or (not statement.only and (code in units or CORE in statement.pools))

    def _weight(self, codes: Iterable[str]) -> int:
        weights = {member.code: member.points or 0 for _, member in self.rule.members()}
        return sum(weights.get(code, 0) if self.points else 1 for code in set(codes))

    def demand(self, statement: RuleStatement) -> int | None:
        """How many units or points a statement asks for; None where nothing says."""
        if statement.kind != "all":
            return statement.n
        codes = {pool.removeprefix("unit:") for pool in statement.pools if pool.startswith("unit:")}
        for pool in statement.pools:
            group = self.rule.group(pool)
            codes |= set(group.units) if group else self.listed if pool == LISTED else set()
        return self._weight(codes) or None

    def _fitting(self, electives: int | None) -> list[Slot]:
        """The slots that are asked for, none where they cannot all be in the number of electives."""
        top = [item for item in self.statements if item.within is None and item.kind != "max"]
        asked = [slot for item in top for slot in self.family(item)]
        if self._fits(asked, electives):
            return asked
        nested = _nested(self.statements)
        if nested != self.statements:
            other = Filling(self.rule, nested, self.counts, self.path, self.specialisation)
            top = [item for item in nested if item.within is None]
            again = [slot for item in top for slot in other.family(item)]
            if other._fits(again, electives):
                self.statements = nested
                return again
        if electives is None or sum(slot.demand for slot in asked) > electives:
            self.left_out += [item.id for item in self.statements] or [REST]
            self.statements = []
            return []
        return asked

    def _fits(self, asked: list[Slot], electives: int | None) -> bool:
        """Whether the slots leave the places that permitted imports need."""
        if electives is None:
            return False
        left = electives - sum(slot.demand for slot in asked)
        needed = max((item.n or 0 for item in self._held().opened if item.pools == (IMPORT,)), default=0)
        return left >= needed or (left >= 0 and any(IMPORT in slot.pools for slot in asked))

    def family(self, statement: RuleStatement) -> Iterator[Slot]:
        """The slots of a statement that asks: those counted within it, then what is left of its own."""
        demand = self.demand(statement)
        if statement.kind == "max":
            return
        if demand is None:
            self.left_out.append(statement.id)
            return
        inner = [
            slot
            for item in self.statements
            if item.within == statement.id and item.kind != "max"
            for slot in self.family(self._inside(item, statement))
        ]
        places = demand - sum(slot.demand for slot in inner)
        if places < 0:
            self.left_out += [item.id for item in self.statements if item.within == statement.id]
            inner, places = [], demand
        if places or self.points:
            yield self._slot(statement, places)
        yield from inner

    def _inside(self, item: RuleStatement, outer: RuleStatement) -> RuleStatement:
        """A number within another, of its pools: units told by code are of the lists that the outer one names."""
        if item.pools and all(":" in pool for pool in item.pools) and item.kind != "all":
            return replace(item, pools=outer.pools, only=item.pools, import_=item.import_ or outer.import_)
        return item

    def _slot(self, statement: RuleStatement, demand: int) -> Slot:
        return Slot(
            path=f"{self.path}/slot/{statement.id}",
            id=statement.id,
            demand=demand,
            pools=statement.pools,
            import_=statement.import_,
            from_rules=(statement.id,),
            only=statement.only,
        )

    def _held(self) -> Held:
        return Held(
            rule=self.rule,
            path=self.path,
            groups=tuple(self.groups),
            statements=tuple(self.statements),
        )

    def _rest(self, left: int, asked: Sequence[Slot]) -> Slot:
        """The places that are left: for what sentences permit or ask at least, and for lists that none mentions."""
        held = self._held()
        opened, least, lists = held.opened, held.least, held.lists
        free = [id for id in lists if id not in self.mentioned and LISTED not in self.mentioned]
        permitted = [pool for item in opened for pool in item.pools]
        pools = [pool for pool in permitted if pool != IMPORT]
        pools += [pool for item in least for pool in item.pools if pool != IMPORT and ":" not in pool]
        pools += free if pools else []
        if not set(pools) & {LISTED, *lists}:
            pools = [LISTED, *pools]
        if LISTED in pools:
            pools = [pool for pool in pools if pool == LISTED or ":" in pool]
        entry = next((item for item in opened if item.import_ is not None and _is_entry(item, left)), None)
        again = next((item for item in least if item.import_ is not None), None) if not entry else None
        outside = entry or again
        imports = [IMPORT] if IMPORT in permitted or outside else []
        return Slot(
            path=f"{self.path}/slot/{REST}",
            id=REST,
            demand=0 if self.points else left,
            pools=tuple(dict.fromkeys((*pools, *imports))),
            import_=outside.import_ if outside else None,
            from_rules=tuple(item.id for item in opened),
            rest=True,
            only=outside.only if outside and not entry else (),
        )

    def _sums(self, core: list[Slot], asked: list[Slot], rest: Slot | None) -> Iterator[Sum]:
        """Points that slots must reach together."""
        if not self.points:
            return
        for item in self.statements:
            inside = [slot.id for slot in asked if self._held().is_of(slot.id, item.id)]
            if len(inside) > 1:
                yield Sum(
                    path=f"{self.path}/sum/{item.id}",
                    id=item.id,
                    demand=self.demand(item) or 0,
                    slots=tuple(inside),
                )
        electives = [*(slot.id for slot in asked), *([rest.id] if rest else [])]
        if self.counts.elective and electives:
            yield Sum(
                path=f"{self.path}/sum/{REST}", id=REST, demand=self.counts.elective, slots=tuple(electives)
            )
        if self.counts.total:
            everything = (*(slot.id for slot in core), *electives)
            yield Sum(path=f"{self.path}/sum/total", id="total", demand=self.counts.total, slots=everything)


def _is_entry(item: RuleStatement, left: int) -> bool:
    """Whether the statement lets imports into every place that is left, so that no cap is needed for it."""
    return item.n is not None and item.n >= left and not item.only


def _nested(statements: list[RuleStatement]) -> list[RuleStatement]:
    """The statements with each number counted within the one that names its pools and more."""
    top = [item for item in statements if item.within is None and item.kind != "max"]
    found: list[RuleStatement] = []
    for item in statements:
        outer = next((other for other in top if item in top and _wider(other, item)), None)
        found.append(item if outer is None else replace(item, within=outer.id))
    return found


def _wider(outer: RuleStatement, inner: RuleStatement) -> bool:
    if outer.kind not in ("min", "exact") or (outer.n or 0) < (inner.n or 0):
        return False
    wide, narrow = set(outer.pools), set(inner.pools)
    whole = LISTED in wide and LISTED not in narrow and IMPORT not in narrow
    return whole or narrow < wide
