"""The normal form of a packaging rule: slots to fill, caps and gates. It is what judges and shapes are made from.

A selection of units earns the qualification if each unit fills at most one slot, every slot is filled, and no cap
or gate is passed, in at least one of the forms of the rule (a rule 'all of A or all of B' has two).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from qualgraph.packaging.tree import (
    CORE,
    EVERYONE,
    IMPORT,
    LISTED,
    ImportPool,
    PackagingRule,
    RuleStatement,
    UnitGroup,
)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Places for ``demand`` units from the pools; ``rest`` marks the places that no sentence asks to fill specially.

    Pools are group ids, ``listed`` and ``import``. Imports enter by ``import_`` without further limit, and, where
    the slot takes imports, by every cap that opens.
    """

    path: str
    id: str
    demand: int
    pools: tuple[str, ...]
    import_: ImportPool | None = None
    from_rules: tuple[str, ...] = ()
    rest: bool = False
    only: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cap:
    """At most ``limit`` chosen electives may come from the pools. One that ``opens`` also lets its imports in."""

    path: str
    id: str
    limit: int
    pools: tuple[str, ...]
    from_rule: str
    import_: ImportPool | None = None
    opens: bool = False
    only: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Inside one slot, at most ``limit`` units may come from the pools."""

    path: str
    id: str
    slot: str
    limit: int
    pools: tuple[str, ...]
    from_rule: str
    only: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sum:
    """At least ``demand`` points in the slots together. Only rules in points have sums.

    Their slots may hold more than they demand, as the points of one unit are not split.
    """

    path: str
    id: str
    demand: int
    slots: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NormalForm:
    """One way to meet the rule.

    ``overlays`` are counted afresh over the same selection: a specialisation that the units must earn beside the
    plain award. ``left_out`` names rules that this form does not carry: then it is necessary only.
    """

    path: str
    slots: tuple[Slot, ...]
    caps: tuple[Cap, ...] = ()
    gates: tuple[Gate, ...] = ()
    overlays: tuple[Slot, ...] = ()
    left_out: tuple[str, ...] = ()
    chosen_groups: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    specialisation: str | None = None

    def slot(self, id: str) -> Slot | None:
        """The slot of this id, or None."""
        return next((slot for slot in self.slots if slot.id == id), None)


def normal_forms(rule: PackagingRule, *, specialisation: str | None = None) -> tuple[NormalForm, ...]:
    """The forms of the rule for the plain award, or for a specialisation; one form unless groups are alternatives.

    Where every rule belongs to a specialisation, the plain award is any one of them.
    """
    plain = [statement for statement in rule.rules if statement.scope == EVERYONE]
    chosen = next((item for item in rule.specialisations if item.name == specialisation), None)
    if chosen is None:
        named = [item.name for item in rule.specialisations if item.rules]
        if not plain and named and specialisation is None:
            return tuple(form for name in named for form in normal_forms(rule, specialisation=name))
        return _forms(rule, plain, ())
    own = [statement for statement in rule.rules if statement.id in chosen.rules]
    return _forms(rule, own, ()) if chosen.replaces or not plain else _forms(rule, plain, own)


def _forms(
    rule: PackagingRule, statements: Sequence[RuleStatement], overlay: Sequence[RuleStatement]
) -> tuple[NormalForm, ...]:
    either = [statement for statement in (*statements, *overlay) if statement.kind == "one-of"]
    forms: list[NormalForm] = []
    for number, groups in enumerate(product(*(statement.pools for statement in either)), start=1):
        picked = dict(zip((statement.id for statement in either), groups, strict=True))
        path = f"packaging/form/{number}"
        base = _Lowering(rule, [_chosen(item, picked) for item in statements], path, groups).form()
        extra = _Lowering(rule, [_chosen(item, picked) for item in overlay], f"{path}/overlay", groups)
        forms.append(replace(base, overlays=tuple(extra.asked())))
    return tuple(forms)


def _chosen(statement: RuleStatement, chosen: dict[str, str]) -> RuleStatement:
    if statement.id not in chosen:
        return statement
    pools = (chosen[statement.id],)
    return replace(statement, kind="all" if statement.n is None else "min", pools=pools)


class _Lowering:
    """Lowers statements that hold together, one-of choices already made."""

    def __init__(
        self, rule: PackagingRule, statements: Sequence[RuleStatement], path: str, groups: tuple[str, ...]
    ) -> None:
        self.rule = rule
        self.statements = statements
        self.path = path
        self.groups = groups
        self.left_out: list[str] = []

    def form(self) -> NormalForm:
        slots = [*self._core(), *self.asked()]
        electives = self.rule.electives_needed
        left = (electives or 0) - sum(slot.demand for slot in slots if slot.id != CORE)
        rest = self._rest(left) if left > 0 else None
        slots += [rest] if rest else []
        if electives is None or left < 0 or self.rule.measure == "points":
            self.left_out += [statement.id for statement in self.statements]
        return NormalForm(
            path=self.path,
            slots=tuple(slots),
            caps=tuple(self._caps(rest)),
            gates=tuple(self._gates(rest)),
            left_out=tuple(dict.fromkeys(self.left_out)),
            chosen_groups=self.groups,
        )

    def _core(self) -> Iterator[Slot]:
        group = self.rule.group(CORE)
        demand = self.rule.core if self.rule.core is not None else len(set(group.units)) if group else 0
        if demand:
            yield Slot(path=f"{self.path}/slot/{CORE}", id=CORE, demand=demand, pools=(CORE,))

    def asked(self) -> Iterator[Slot]:
        """The slots that statements ask to fill; one counted within another takes its places from it."""
        inner: dict[str, int] = {}
        for statement in self.statements:
            if statement.within and statement.kind == "min":
                inner[statement.within] = inner.get(statement.within, 0) + (statement.n or 0)
        for statement in self.statements:
            demand = self._demand(statement)
            if statement.kind == "max" or demand is None:
                continue
            places = demand - inner.get(statement.id, 0)
            if places > 0:
                yield Slot(
                    path=f"{self.path}/slot/{statement.id}",
                    id=statement.id,
                    demand=places,
                    pools=statement.pools,
                    import_=statement.import_,
                    from_rules=(statement.id,),
                )

    def _demand(self, statement: RuleStatement) -> int | None:
        if statement.kind == "all":
            group: UnitGroup | None = self.rule.group(statement.pools[0])
            return len(set(group.units)) if group else None
        return statement.n

    def _open(self) -> list[RuleStatement]:
        return [
            statement for statement in self.statements if statement.kind == "max" and not statement.within
        ]

    def _rest(self, left: int) -> Slot:
        """The places that are left: open to whatever the permitting sentences name, else to every listed elective."""
        opened = self._open()
        pools = tuple(dict.fromkeys(pool for statement in opened for pool in statement.pools))
        if not any(pool != IMPORT for pool in pools):
            pools = (LISTED, *pools)
        entry = next((s for s in opened if s.import_ is not None and self._is_entry(s, left)), None)
        return Slot(
            path=f"{self.path}/slot/electives",
            id="electives",
            demand=left,
            pools=pools,
            import_=entry.import_ if entry else None,
            from_rules=tuple(statement.id for statement in opened),
            rest=True,
        )

    def _is_entry(self, statement: RuleStatement, left: int) -> bool:
        """Whether the statement lets imports into every place that is left, so that no cap is needed for it."""
        return statement.n is not None and statement.n >= left

    def _caps(self, rest: Slot | None) -> Iterator[Cap]:
        for statement in self._open():
            if statement.import_ is None or statement.n is None:
                continue
            if rest is None:
                self.left_out.append(statement.id)
            elif statement.import_ is not rest.import_:
                yield Cap(
                    path=f"{self.path}/cap/{statement.id}",
                    id=statement.id,
                    limit=statement.n,
                    pools=(IMPORT,),
                    import_=statement.import_,
                    from_rule=statement.id,
                    opens=True,
                )
        for statement in self.statements:
            if statement.kind == "exact" and statement.reading == "exact" and IMPORT not in statement.pools:
                yield Cap(
                    path=f"{self.path}/cap/{statement.id}",
                    id=statement.id,
                    limit=statement.n or 0,
                    pools=statement.pools,
                    from_rule=statement.id,
                )

    def _gates(self, rest: Slot | None) -> Iterator[Gate]:
        """A maximum of listed units counts in the places that are left, a nested one in the slot it is within."""
        for statement in self.statements:
            if statement.kind != "max" or statement.n is None:
                continue
            pools = tuple(pool for pool in statement.pools if pool != IMPORT)
            slot = statement.within or (rest.id if rest else None)
            if not pools or slot is None:
                continue
            if statement.within is None and (
                IMPORT in statement.pools or (rest and statement.n >= rest.demand)
            ):
                continue
            yield Gate(
                path=f"{self.path}/gate/{statement.id}",
                id=statement.id,
                slot=slot,
                limit=statement.n,
                pools=pools,
                from_rule=statement.id,
            )
