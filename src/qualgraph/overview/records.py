"""What an overview of a component is made of. Every fact carries where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from qualgraph.catalogue.result import Result
from qualgraph.errors import ParameterError
from qualgraph.overview.levels import QualificationType, UnitLevel
from qualgraph.overview.members import Member, TrainingPackageOf
from qualgraph.overview.occupations import LinkedOccupation
from qualgraph.overview.source import Source as Source
from qualgraph.overview.tables import table_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document that describes or names the component. ``lines`` are those that name it."""

    iri: str
    kind: str
    name: str
    describes: bool
    retrieved: date | None
    lines: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedTitle:
    """A title exactly as documents print it, with the places."""

    title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """The usage recommendation; ``through`` is inclusive."""

    recommendation: str
    start: date | None
    through: date | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseSummary:
    """A release; ``described`` where a document is about this one."""

    iri: str
    number: str | None
    issued: date | None
    described: bool
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class MappingSummary:
    """A mapping row seen from one end: ``code`` is the other. ``through`` is the superseded one's last day."""

    code: str
    title: str | None
    equivalence: str
    through: date | None
    note: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassificationSummary:
    """A classification assignment; ``listed_in`` are the tables that print it: current, history."""

    scheme: str
    value: str | None
    label: str
    start: date | None
    through: date | None
    listed_in: tuple[str, ...]
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedUnitSummary:
    """A line of a unit list."""

    position: int
    code: str
    title: str | None
    heading: str | None
    usage: str | None
    """The usage recommendation that documents have come to state of the unit; None where none states it."""
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSummary:
    """The core list or an elective list of a packaging rule."""

    key: str
    name: str
    role: str
    units: tuple[ListedUnitSummary, ...]
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementSummary:
    """A sentence of the rule that counts units. ``count`` None: all units of the pools.

    ``ambiguous``: it can be read in another way too; ``ambiguity`` says how, where the words of rules are stored.
    """

    key: str
    kind: str
    count: int | None
    pools: tuple[str, ...]
    within: str | None
    ambiguous: bool
    ambiguity: str | None
    text: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """So many places for units of these pools (a slot), or so many units of them at most (a cap)."""

    number: int
    pools: tuple[str, ...]
    sources: tuple[Source, ...]
    """Where the sentences stand that say so; none where it follows from the counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PackagingSummary:
    """The packaging rule of a release. ``status``: complete, partial or failed.

    ``slots`` and ``caps`` say what the rule comes to; both are empty where it was not read completely.
    """

    release: str | None
    measure: str
    total: int | None
    core: int | None
    elective: int | None
    status: str
    groups: tuple[GroupSummary, ...]
    statements: tuple[StatementSummary, ...]
    slots: tuple[Places, ...]
    caps: tuple[Places, ...]
    human_conditions: tuple[Remark, ...]
    unread: tuple[Remark, ...]
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something at a line; ``text`` is source prose and None where the store keeps none."""

    text: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class GridSummary:
    """How much of the unit grid was seen."""

    seen: int
    stated: int | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class GridUnit:
    """A unit that a unit grid lists and no rule of the same release does: core or elective is UNKNOWN."""

    code: str
    title: str | None
    usage: str | None
    """The usage recommendation that documents have come to state of the unit; None where none states it."""
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class PathwayStep:
    """One alternative of a pathway. ``kind``: qualification, experience or other."""

    direction: str
    kind: str
    code: str | None
    title: str | None
    open_ended: bool
    roles: tuple[str, ...]
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillSummary:
    """An employability skill; ``label`` None where its heading was lost."""

    label: str | None
    facets: int
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleSummary:
    """An example of units for an outcome: advice, not a rule."""

    name: str
    units: tuple[str, ...]
    choose: int | None
    cut_off: bool
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class PackagedBy:
    """A qualification that lists the unit, and as what.

    Where a unit grid alone lists it, ``role`` is UNKNOWN (a grid does not say) and ``group`` is None.
    """

    code: str
    title: str | None
    role: str
    group: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemSummary:
    """Something that a reader did not read, or read only by tidying."""

    kind: str
    severity: str
    message: str
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherProblems:
    """How many problems of a document are about other components that it describes."""

    number: int
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class LicensingSummary:
    """What a document says of licensing; ``direct_link`` is False where it says that there is no direct link."""

    direct_link: bool | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementSummary:
    """An element and how many performance criteria it has; ``text`` is prose and None where the store keeps none."""

    position: int
    number: str | None
    text: str | None
    criteria: int
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class PrerequisiteSummary:
    """A unit to be held before. ``need``: required, one of several (of row ``choice``), unclear, or none (no unit).

    ``stated_of`` is the qualification whose packaging rule states it; None where the unit's own document does.
    """

    need: str
    choice: int | None
    code: str | None
    title: str | None
    stated_of: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionSummary:
    """A section of a unit's document, such as its performance evidence, and how many items it has."""

    kind: str
    items: int
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class InclusionSummary:
    """A component that the unit's page lists as one that includes it; columns as printed."""

    kind: str
    code: str
    title: str | None
    essential: str | None
    releases: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitSummary:
    """What documents say of a unit of competency beside what they say of any component."""

    competency_fields: tuple[str, ...]
    sectors: tuple[str, ...]
    elements: tuple[ElementSummary, ...]
    prerequisites: tuple[PrerequisiteSummary, ...]
    sections: tuple[SectionSummary, ...]
    included_in: tuple[InclusionSummary, ...]
    levels: tuple[UnitLevel, ...]
    """The AQF levels of the qualifications that package it; none where none is known to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """Everything a person asks first about one component.

    ``described`` is False where documents only name it; then it has titles, mappings and places, and little else.
    ``entry_none_required`` is True only where every statement of entry requirements says that there are none; None
    where there is no statement. ``entry`` are the statements that ask for something, ``no_entry`` those of none.
    """

    code: str
    iri: str
    kind: str
    title: str | None
    described: bool
    latest_usage: str | None
    """The usage recommendation that all documents together have come to state; None where none states it."""
    training_packages: tuple[TrainingPackageOf, ...]
    types: tuple[QualificationType, ...]
    """Of a qualification; none where no document that was read states it."""
    occupations: tuple[LinkedOccupation, ...]
    members: tuple[Member, ...]
    """What belongs to a training package."""
    titles: tuple[PrintedTitle, ...]
    usage: tuple[Usage, ...]
    releases: tuple[ReleaseSummary, ...]
    superseded_by: tuple[MappingSummary, ...]
    supersedes: tuple[MappingSummary, ...]
    classifications: tuple[ClassificationSummary, ...]
    packaging: tuple[PackagingSummary, ...]
    grids: tuple[GridSummary, ...]
    grid_units: tuple[GridUnit, ...]
    packaged_by: tuple[PackagedBy, ...]
    entry_none_required: bool | None
    entry: tuple[Remark, ...]
    no_entry: tuple[Remark, ...]
    pathways: tuple[PathwayStep, ...]
    job_roles: tuple[str, ...]
    job_roles_at: tuple[Source, ...]
    """Where the job roles are listed: for each document the line of the first."""
    licensing: tuple[LicensingSummary, ...]
    skills: tuple[SkillSummary, ...]
    examples: tuple[ExampleSummary, ...]
    unit: UnitSummary | None
    """None for what is no unit of competency."""
    documents: tuple[Document, ...]
    problems: tuple[ProblemSummary, ...]
    """Those about this component, or about a document as a whole."""
    other_problems: tuple[OtherProblems, ...]

    def table(self, part: str) -> Result:
        """One part that has rows (``releases``, ``packaged_by``, ``classifications``, ...) for data frames and files.

        Raises ParameterError with the parts that there are.
        """
        parts = {name: kind for name, kind in _parts(type(self)) if is_dataclass(kind)}
        if part not in parts:
            raise ParameterError(f"an overview has no table '{part}'.", hint=f"It has {', '.join(parts)}.")
        return table_of(parts[part], getattr(self, part))

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data: dates as text, for JSON."""
        return {key: plain(value) for key, value in asdict(self).items()}


def _parts(kind: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    """The fields that hold several things, with what each of them is."""
    for name, hint in get_type_hints(kind).items():
        inner = get_args(hint)
        if get_origin(hint) is tuple and inner:
            yield name, inner[0]


def plain(value: Any) -> Any:
    """A value of a record as JSON has it: days as text, tuples as lists."""
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case tuple() | list():
            return [plain(inner) for inner in value]
        case _:
            return value
