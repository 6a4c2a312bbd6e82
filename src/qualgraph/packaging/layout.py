"""The parts of a page while it is read: unit lists with their rows, prose, prerequisite tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qualgraph.packaging.headings import Heading
from qualgraph.packaging.units import PrintedUnit


@dataclass(kw_only=True)
class UnitRow:
    """A unit of a list while its page is being read."""

    unit: PrintedUnit
    line: int
    title: str
    heading: str | None
    mark: str | None
    points: int | None = None
    requires: list[str] = field(default_factory=list)
    one_of: list[list[str]] = field(default_factory=list)
    alternatives: bool = False

    def add(self, codes: Sequence[str]) -> None:
        """More required units: alternatives of each other once 'one of the following' has been read."""
        (self.one_of[-1] if self.alternatives else self.requires).extend(codes)


@dataclass(kw_only=True)
class UnitList:
    """A heading and the units under it; ``under`` is the heading over the heading (such as 'Specialist Electives')."""

    heading: Heading
    text: str
    line: int
    under: str | None = None
    rows: list[UnitRow] = field(default_factory=list)
    prerequisite_cells: bool = False


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """A line of prose; ``under`` is the unit list it stands in, None before the lists and in the end matter."""

    line: int
    text: str
    under: UnitList | None = None
    before_lists: bool = True


@dataclass(kw_only=True)
class Page:
    """Everything on the page: lists, prose, rows of a prerequisite table, and lines that fit nowhere."""

    lists: list[UnitList] = field(default_factory=list)
    prose: list[RuleText] = field(default_factory=list)
    prerequisite_rows: list[tuple[int, PrintedUnit]] = field(default_factory=list)
    leftovers: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    exclusions: list[tuple[int, str, str, str]] = field(default_factory=list)
    guides: list[tuple[int, str]] = field(default_factory=list)
    specialisation_at: int | None = None
