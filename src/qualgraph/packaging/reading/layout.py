"""The parts of a page while it is read: unit lists with their rows, prose, prerequisite tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from qualgraph.packaging.reading.headings import Heading
from qualgraph.packaging.reading.units import PrintedUnit

_MOST_ROWS = 64


@dataclass(kw_only=True)
class UnitRow:
    """A unit of a list while its page is being read.

    ``unclear``: how its required units belong together was not understood, and none of them is certain.
    """

    unit: PrintedUnit
    line: int
    title: str
    heading: str | None
    mark: str | None
    points: int | None = None
    requires: list[str] = field(default_factory=list)
    one_of: list[list[str]] = field(default_factory=list)
    alternatives: bool = False
    ways: list[list[str]] = field(default_factory=list)
    unclear: bool = False

    @classmethod
    def of(cls, unit: PrintedUnit, line: int) -> UnitRow:
        """The unit of a line that no list holds."""
        return cls(unit=unit, line=line, title=unit.title, heading=None, mark=unit.mark)

    def add(self, codes: Sequence[str]) -> None:
        """More required units: alternatives of each other once 'one of the following' has been read."""
        if self.ways:
            self.ways[-1].extend(codes)
        else:
            (self.one_of[-1] if self.alternatives else self.requires).extend(codes)

    def joins(self, word: str) -> bool:
        """Whether 'and' or 'or' between required units is understood: 'A, and B or C, D' has the ways B and C with D.

        Not where it is open how far back 'or' reaches: 'A, B or C'.
        """
        if word == "and" and self.requires and len(self.ways) < 2 and not self.alternatives:
            self.requires += self.ways[0] if self.ways else []
            self.ways = [[]]
            return True
        if word != "or" or self.alternatives or not (self.ways or len(self.requires) == 1):
            return False
        if not self.ways:
            self.ways = [self.requires[:]]
            self.requires.clear()
        self.ways.append([])
        return True

    @property
    def all_of(self) -> list[str]:
        """The units required whichever way is taken."""
        if self.unclear:
            return []
        return self.requires + (self.ways[0] if len(self.ways) == 1 else [])

    @property
    def rows_of_one(self) -> list[tuple[str, ...]]:
        """Rows of which one unit each is required: the ways multiplied out."""
        if self.unclear:
            return []
        ways = islice(product(*self.ways), _MOST_ROWS) if len(self.ways) > 1 else ()
        return [tuple(dict.fromkeys(codes)) for codes in (*map(tuple, self.one_of), *ways) if codes]


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
    """A line of prose; ``under`` is the unit list it stands in, None before the lists and in the end matter.

    ``units`` are those that it names in the lines after it, each with its alternatives.
    """

    line: int
    text: str
    under: UnitList | None = None
    before_lists: bool = True
    units: list[list[str]] = field(default_factory=list)


@dataclass(kw_only=True)
class Page:
    """Everything on the page: lists, prose, rows of a prerequisite table, and lines that fit nowhere.

    ``prerequisite_joins``: 'or' or 'one of' by the position of the row of the table that comes after it.
    ``prerequisite_doubts``: positions of rows beside an 'or' that was not understood.
    """

    lists: list[UnitList] = field(default_factory=list)
    prose: list[RuleText] = field(default_factory=list)
    prerequisite_rows: list[tuple[int, PrintedUnit]] = field(default_factory=list)
    prerequisite_joins: dict[int, str] = field(default_factory=dict)
    prerequisite_doubts: set[int] = field(default_factory=set)
    leftovers: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    exclusions: list[tuple[int, str, str, str]] = field(default_factory=list)
    guides: list[tuple[int, str]] = field(default_factory=list)
    pairs: list[tuple[int, list[str]]] = field(default_factory=list)
    specialisation_at: int | None = None
