"""A packaging rule as it was read: counts, unit lists, rule sentences, conditions, and what was not read.

Every record has a ``path`` such as ``packaging/group/A`` or ``packaging/rule/r2`` that messages, findings and
identifiers share, and the number of the source line it was read from (1 is the first line of the document;
``None`` where the rule came from data without lines).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["min", "max", "exact", "all", "one-of"]
Reading = Literal["min", "max", "exact", "bucket", "remainder", "all", "one-of"]
Role = Literal["core", "elective"]
Measure = Literal["units", "points"]
Status = Literal["complete", "partial", "failed"]
Condition = Literal["as-prerequisite"]
Policy = Literal["inside", "additional", "unstated"]

CORE = "core"
LISTED = "listed"
IMPORT = "import"
EVERYONE = "all"


def slug(id: str) -> str:
    """A group id as it stands in a path."""
    return "-".join("".join(char if char.isalnum() else " " for char in id).split())


@dataclass(frozen=True, kw_only=True)
class ListedUnit:
    """One unit of competency in a unit list, as printed.

    ``heading`` is the topic heading over it, which is not a group. ``mark`` is the printed prerequisite mark
    (``*``, ``#``), or None. ``points`` is its weight where the package counts points.
    """

    path: str
    code: str
    title: str | None = None
    line: int | None = None
    heading: str | None = None
    mark: str | None = None
    points: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnitGroup:
    """The core list or one elective list: its members in the order of the text.

    ``scope`` is ``specialisation:NAME`` for a list that holds for one specialisation or stream alone.
    """

    path: str
    id: str
    name: str
    role: Role
    members: tuple[ListedUnit, ...] = ()
    line: int | None = None
    scope: str = EVERYONE

    @property
    def units(self) -> tuple[str, ...]:
        """The codes, in the order of the text, repeated where the text repeats them."""
        return tuple(member.code for member in self.members)


@dataclass(frozen=True, kw_only=True)
class ImportPool:
    """Which units that are not listed may be chosen: from where, and packaged at which level.

    ``sources``: ``this-package``, ``any-package``, ``accredited-course``; ``levels``: ``same``, ``same or above``,
    ``one higher``, ``one lower``, ``Certificate III``, ``Certificate II or above``, ``AQF 3``; an empty tuple
    means the text does not restrict. ``packages`` are training packages that the text names, ``qualifications``
    the codes of qualifications that it names as the source, ``except_packages`` training packages that it leaves out.
    A level is that of a qualification that packages the unit, never the digit in its code.
    """

    sources: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    except_packages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleStatement:
    """One sentence of the rule that counts electives.

    ``n`` is None for all the units of a group; 0 with kind ``max`` forbids. ``pools`` are group ids, ``core``,
    ``listed`` (every listed elective), ``import``, and units told by what they are called, listed or not:
    ``unit:CODE``, ``prefix:LETTERS`` (of the code), ``digit:N`` (the first digit of the code), ``title:WORDS``
    (the title starts so). ``only`` narrows the pools to such units. ``within`` is the id of the rule whose slots it
    counts in; ``scope`` is ``all``, ``specialisation:NAME`` or ``alternative:ID``. ``condition`` is
    ``as-prerequisite`` where the units count only as prerequisites of others that are chosen.
    ``reading`` says how ``n`` was taken and ``because`` why.
    """

    path: str
    id: str
    kind: Kind
    n: int | None
    pools: tuple[str, ...]
    text: str
    line: int | None
    last_line: int | None = None
    import_: ImportPool | None = None
    only: tuple[str, ...] = ()
    within: str | None = None
    scope: str = EVERYONE
    condition: Condition | None = None
    reading: Reading | None = None
    because: str | None = None
    ambiguity: str | None = None

    @property
    def opens_places(self) -> bool:
        """Whether by its own reading it is a number of places and no maximum: what is left, or a bucket."""
        return (
            self.reading in ("remainder", "bucket") and self.kind in ("max", "exact") and self.may_open_places
        )

    @property
    def may_open_places(self) -> bool:
        """Whether its number can be one of places; that of imports alone, or of units inside others, limits them."""
        limits = self.within is not None or self.condition is not None or self.pools == (IMPORT,)
        return bool(self.n) and not limits


@dataclass(frozen=True, kw_only=True)
class HumanCondition:
    """A sentence that no machine decides, always shown with a verdict."""

    path: str
    text: str
    line: int | None
    scope: str = EVERYONE


@dataclass(frozen=True, kw_only=True)
class UnreadText:
    """Text that may bear on a verdict and was not read. It is what makes a reading partial."""

    path: str
    text: str
    line: int | None


@dataclass(frozen=True, kw_only=True)
class Specialisation:
    """A named specialisation or outcome and the ids of the rules that hold for it alone.

    ``replaces``: its rules hold instead of those of the plain award; else the same units must meet both.
    ``total``, ``core`` and ``elective`` are its own counts where they differ from those of the qualification.
    """

    path: str
    name: str
    rules: tuple[str, ...] = ()
    replaces: bool = False
    line: int | None = None
    total: int | None = None
    core: int | None = None
    elective: int | None = None


@dataclass(frozen=True, kw_only=True)
class Prerequisite:
    """A unit and the units that must be held before it, as the packaging rules print them.

    All of ``requires``, and one of each row of ``one_of``.
    """

    path: str
    unit: str
    requires: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    policy: Policy = "unstated"
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """One of several blocks of rules joined by OR: the ids of its rules, and its own counts where it has some.

    Blocks of one ``choice`` are alternatives of each other, of which one must hold; ``scope`` is where the choice
    holds (``all`` or ``specialisation:NAME``). The rules of the block have scope ``alternative:ID``.
    """

    path: str
    id: str
    rules: tuple[str, ...]
    choice: str = "1"
    scope: str = EVERYONE
    total: int | None = None
    core: int | None = None
    elective: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReadingNote:
    """Something the reader did that a person may want to check, such as joining a title broken over lines."""

    path: str
    text: str
    line: int | None


@dataclass(frozen=True, kw_only=True)
class PackagingRule:
    """The packaging rule of one release of a qualification.

    ``total``, ``core`` and ``elective`` are counts of units, or of points where ``measure`` says so; None where
    the text states none (a total that is not stated is the sum of the other two).
    ``status`` is ``complete`` only where every sentence that can bear on a verdict was read.
    """

    code: str | None = None
    title: str | None = None
    release: str | None = None
    measure: Measure = "units"
    total: int | None = None
    core: int | None = None
    elective: int | None = None
    groups: tuple[UnitGroup, ...] = ()
    rules: tuple[RuleStatement, ...] = ()
    specialisations: tuple[Specialisation, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    prerequisite_policy: Policy = "unstated"
    human_conditions: tuple[HumanCondition, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    status: Status = "failed"
    unread: tuple[UnreadText, ...] = ()
    notes: tuple[ReadingNote, ...] = ()

    @property
    def path(self) -> str:
        """The root of every path in the rule."""
        return "packaging"

    @property
    def core_units(self) -> tuple[str, ...]:
        """The codes of the core units, in the order of the text."""
        return tuple(code for group in self.groups if group.role == "core" for code in group.units)

    @property
    def elective_groups(self) -> tuple[UnitGroup, ...]:
        """The elective lists, in the order of the text."""
        return tuple(group for group in self.groups if group.role == "elective")

    @property
    def listed_electives(self) -> tuple[str, ...]:
        """Every listed elective once, in the order of the text."""
        return tuple(dict.fromkeys(code for group in self.elective_groups for code in group.units))

    @property
    def electives_needed(self) -> int | None:
        """The number of electives: as stated, or the total less the core; None where neither is known."""
        if self.elective is not None:
            return self.elective
        if self.total is not None and self.core is not None:
            return self.total - self.core
        return None

    def group(self, id: str) -> UnitGroup | None:
        """The group of this id, or None."""
        return next((group for group in self.groups if group.id == id), None)

    def rule(self, id: str) -> RuleStatement | None:
        """The rule statement of this id, or None."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def members(self) -> Iterator[tuple[UnitGroup, ListedUnit]]:
        """Every listed unit with its group, in the order of the text."""
        for group in self.groups:
            for member in group.members:
                yield group, member
