"""A component of the register: what it is, its releases, what it superseded, its unit grid and its classifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qualgraph.identifiers import Kind
from qualgraph.packaging.tree import PackagingRule


class UsageRecommendation(StrEnum):
    """What the register recommends about a component's use."""

    CURRENT = "Current"
    SUPERSEDED = "Superseded"
    DELETED = "Deleted"


class Equivalence(StrEnum):
    """What a mapping row says about the outcomes of old and new."""

    EQUIVALENT = "Equivalent"
    NOT_EQUIVALENT = "NotEquivalent"
    NOT_DETERMINED = "NotDetermined"


class Scheme(StrEnum):
    """Classification schemes, named as they stand in IRIs."""

    ANZSCO = "anzsco"
    ASCO = "asco"
    ASCED_FIELD = "asced-field"
    LEVEL_OF_EDUCATION = "level-of-education"
    INDUSTRY_SECTOR = "taxonomy-industry-sector"
    TAXONOMY_OCCUPATION = "taxonomy-occupation"


class Table(StrEnum):
    """Which table of a register page a classification row stands in."""

    CURRENT = "current"
    HISTORY = "history"


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """A component that the document describes (not merely names)."""

    kind: Kind
    code: str
    title: str
    line: int
    code_given: bool = False
    """True where the user gave the code because the document states none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UsageStatement:
    """The usage recommendation of a component; start and end are None where not stated."""

    code: str
    value: UsageRecommendation
    line: int
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Parent:
    """The training package that the described component belongs to; ``title`` is None where it is not printed."""

    code: str
    title: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A release of the described component. ``number`` is None where the document states none."""

    number: str | None
    issued: date | None
    described: bool
    """True for the release the document is about; packaging, grid and text hang on that one."""
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """One row of a mapping table: old is superseded by new. ``date`` is old's last day (inclusive)."""

    old: str
    new: str
    old_title: str | None
    new_title: str | None
    equivalence: Equivalence
    date: date | None
    note: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """A row of a unit grid. ``essential`` is as printed ('Core', 'Elective', 'N/A'); None where no column is."""

    position: int
    code: str
    title: str | None
    usage: UsageRecommendation | None
    essential: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitGrid:
    """The unit grid of the described release; ``stated`` is how many rows the document says there are.

    ``part``: 2 for rows of the same component that a dataset prints at a second place, apart from the first.
    """

    rows: tuple[GridRow, ...]
    stated: int | None
    line: int
    part: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """One row of a classification table, for the described component.

    ``value`` is the code in its scheme, or None for the taxonomies, which have labels only; ``label`` is None where
    the code is printed alone. ``end`` is inclusive.
    """

    scheme: Scheme
    value: str | None
    label: str | None
    table: Table
    line: int
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Packaging:
    """The packaging rule of the described release."""

    rule: PackagingRule
    line: int
