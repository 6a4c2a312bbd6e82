"""The placing of units in slots as a problem that judges decide: which places each kind of unit may take.

A :class:`Problem` is one normal form without words. A plan meets it if its units can be put into places, each unit
in at most one, so that every slot holds what it demands and no limit is passed. Units left over do no harm.
The three judges (integer programme, counts, SHACL shapes) are made from the same problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LimitKind = Literal["cap", "entry", "gate"]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A slot: at least ``n`` units (or points) must be placed in it. ``path`` is that of the normal form."""

    id: str
    n: int
    path: str


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most ``n`` units (or points) may be placed by the places that name it.

    ``cap``: holds for a pool of units wherever they are placed. ``entry``: the way in for imports that one sentence
    opens. ``gate``: holds for a pool inside one slot. The kinds differ only in how limits may nest.
    """

    id: str
    n: int
    path: str
    kind: LimitKind


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot that a unit may take, by index, and the limits (by index) that placing it there counts against."""

    slot: int
    limits: frozenset[int] = frozenset()


UnitClass = frozenset[Place]
"""Units that may take the same places are of one class; the empty class can serve nothing."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Slots and limits, and the class of every unit that the rule names. Imports are classed when they are met.

    ``weights`` are the points of units where the rule counts points, else empty (each unit weighs 1).
    """

    path: str
    slots: tuple[Demand, ...]
    limits: tuple[Limit, ...] = ()
    units: Mapping[str, UnitClass] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
