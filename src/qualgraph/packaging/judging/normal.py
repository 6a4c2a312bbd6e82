"""The normal form of a packaging rule: slots to fill, caps and gates. It is what judges and shapes are made from.

A selection of units earns the qualification if each unit fills at most one slot, every slot is filled, and no cap
or gate is passed, in at least one of the forms of the rule (a rule 'all of A or all of B' has two).
"""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.packaging.tree import ImportPool

REST = "electives"
"""The id of the slot of places that no sentence asks to fill specially."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Places for ``demand`` units (or points) from the pools; ``rest``: the places no sentence asks to fill specially.

    Pools are group ids, ``core``, ``listed``, ``import`` and units told by code or title, as in a rule statement;
    ``only`` narrows them. Imports enter by ``import_`` without further limit, and, where the slot takes imports, by
    every cap that opens. ``core``: its units are no electives, so caps do not count them.
    """

    path: str
    id: str
    demand: int
    pools: tuple[str, ...]
    import_: ImportPool | None = None
    from_rules: tuple[str, ...] = ()
    rest: bool = False
    only: tuple[str, ...] = ()
    core: bool = False


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
    """Inside one slot (and those of ``also``), at most ``limit`` units may come from the pools.

    With ``import_`` it counts the imports that enter the slot as such, and lets them in.
    """

    path: str
    id: str
    slot: str
    limit: int
    pools: tuple[str, ...]
    from_rule: str
    also: tuple[str, ...] = ()
    import_: ImportPool | None = None
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
    plain award. ``as_prerequisite`` are pools whose units count only as prerequisites of others that are chosen.
    ``left_out`` names rules that this form does not carry: then it is necessary only.
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
    as_prerequisite: tuple[str, ...] = ()

    def slot(self, id: str) -> Slot | None:
        """The slot of this id, or None."""
        return next((slot for slot in (*self.slots, *self.overlays) if slot.id == id), None)
