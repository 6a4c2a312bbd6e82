"""The placing of units in slots as a problem that judges decide: which places each kind of unit may take.

A :class:`Problem` is one normal form without words. A plan meets it if its units can be put into places, each unit
in at most one, so that every slot holds what it demands and no limit is passed. Units left over do no harm.
The three judges (integer programme, counts, SHACL shapes) are made from the same problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qualgraph.packaging.tree import ImportPool

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
class Total:
    """At least ``n`` points must be placed in the slots (by index) together. Only rules in points have totals.

    Points of one unit are not split, so a slot may hold more than it demands, and what it holds more counts here.
    """

    id: str
    n: int
    path: str
    slots: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class ImportWay:
    """A place for units that the rule does not list, and which of them may take it.

    The unit must belong to the ``pool`` (see :func:`qualgraph.packaging.facts.proves`), and its code must be one that
    ``only`` tells of where that is not empty. ``as_prerequisite``: it must be a prerequisite of a unit chosen.
    ``told``: further limits (by index), each of which counts units told by code, as ``digit:2``.
    """

    pool: ImportPool
    place: Place
    only: tuple[str, ...] = ()
    as_prerequisite: bool = False
    told: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Slots and limits, the class of every unit that the rule lists, and the ways in for all others.

    ``weights`` are the points of units where the rule counts points, else empty (each unit weighs 1).
    ``as_prerequisite``: places that a listed unit may take only as a prerequisite of another unit chosen.
    ``doubtful``: places that the text neither gives a listed unit nor clearly denies it ('1 unit from any training
    package' filled by a listed unit); they are open in the optimistic problem alone. Where either is not empty, or
    a way is ``as_prerequisite``, the classes depend on the selection: see
    :func:`qualgraph.packaging.judging.lowering.classes`.
    """

    path: str
    slots: tuple[Demand, ...]
    limits: tuple[Limit, ...] = ()
    units: Mapping[str, UnitClass] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    imports: tuple[ImportWay, ...] = ()
    as_prerequisite: Mapping[str, UnitClass] = field(default_factory=dict)
    doubtful: Mapping[str, UnitClass] = field(default_factory=dict)
