"""What a source document says, as records: the seam between the readers and the triples.

A reader yields ``Record | Problem``. Every record carries ``line``, the 1-based line of the document's text it was
read from (for a PDF file: of the text extracted from it). A value that the document does not state is None, never
a guess. Dates are days; end dates are inclusive.
"""

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


class Severity(StrEnum):
    """How much a reading problem matters."""

    WARNING = "warning"
    INFO = "info"


class ProblemKind(StrEnum):
    """What kind of thing was not, or not cleanly, read. Each is explained in ``docs/findings.md``."""

    TRUNCATED = "truncated"
    PARTIAL_TABLE = "partial-table"
    NOT_READ = "not-read"
    CODE_NOT_STATED = "code-not-stated"
    RELEASE_NOT_STATED = "release-not-stated"
    HEADING_LOST = "heading-lost"
    RESIDUE = "residue"
    CONTINUED_LINE = "continued-line"
    EMPTY_ITEM = "empty-item"
    ENCODING = "encoding"
    REPEATED = "repeated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something a reader did not read, or read only by tidying. ``message`` quotes no source prose."""

    kind: ProblemKind
    message: str
    line: int | None
    severity: Severity = Severity.WARNING
    excerpt: str | None = None
    """The text concerned; source prose, stored only where text is wanted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDocument:
    """A document as received. ``key`` tells it from others of its kind and stays the same for newer copies."""

    reader: str
    """The document kind: register-page, register-pdf, third-party-copy, anzsco-unit-group."""
    reader_version: str
    key: str
    name: str
    sha256: str
    byte_size: int
    media_type: str
    line_count: int
    subject_kind: Kind | None = None
    subject_code: str | None = None
    retrieved: date | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A headed part of a document; lines are inclusive."""

    heading: str
    first_line: int
    last_line: int


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
    title: str
    usage: UsageRecommendation | None
    essential: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitGrid:
    """The unit grid of the described release; ``stated`` is how many rows the document says there are."""

    rows: tuple[GridRow, ...]
    stated: int | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """One row of a classification table, for the described component.

    ``value`` is the code in its scheme, or None for the taxonomies, which have labels only. ``end`` is inclusive.
    """

    scheme: Scheme
    value: str | None
    label: str
    table: Table
    line: int
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Packaging:
    """The packaging rule of the described release."""

    rule: PackagingRule
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRequirement:
    """What is needed to enter. ``none_required`` is True only where the document says there are none."""

    none_required: bool
    text: str
    line: int


class PathwayDirection(StrEnum):
    """Into the described qualification, or from it."""

    INTO = "into"
    FROM = "from"


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRole:
    """A job role the document lists; a label, without the list's full stop."""

    label: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class QualificationAlternative:
    """A qualification to come from or go to. ``open_ended``: 'or other relevant qualifications' follows."""

    code: str
    title: str
    open_ended: bool
    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ExperienceAlternative:
    """Entry by vocational experience, with the job roles that indicate it."""

    roles: tuple[JobRole, ...]
    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherAlternative:
    """A pathway the reader cannot put into either kind; kept as text only."""

    text: str
    line: int


PathwayAlternative = QualificationAlternative | ExperienceAlternative | OtherAlternative


@dataclass(frozen=True, kw_only=True, slots=True)
class Pathway:
    """The pathway section in one direction: any one of the alternatives will do (OR)."""

    direction: PathwayDirection
    alternatives: tuple[PathwayAlternative, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRoles:
    """The job roles of the qualification, in the document's order."""

    roles: tuple[JobRole, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LicensingNote:
    """What the document says of licensing. ``direct_link`` is False where it says there is no direct link."""

    direct_link: bool | None
    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillFacet:
    """One industry requirement under an employability skill (source prose)."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployabilitySkill:
    """An employability skill and its facets. ``label`` is None where the heading was lost."""

    position: int
    label: str | None
    facets: tuple[SkillFacet, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleUnit:
    """A unit in an example of an outcome."""

    code: str
    title: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeExample:
    """An example of units for an outcome: advisory, never a rule.

    ``core`` and ``elective`` are the counts the example states; ``choose`` how many of its units are to be selected
    (None: the units are one fixed set). ``cut_off``: the document ends inside the example.
    """

    name: str
    core: int | None
    elective: int | None
    choose: int | None
    units: tuple[ExampleUnit, ...]
    cut_off: bool
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class QualificationOption:
    """One way to the skill level: any of these qualification types, with years of on-the-job training if stated.

    ``types`` are AQF qualification types as printed ('Certificate III'); for New Zealand ``register_levels`` are the
    levels of the NZ Register. Other fields are then empty.
    """

    types: tuple[str, ...] = ()
    register_levels: tuple[int, ...] = ()
    training_years: int | None = None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillLevelStatement:
    """What a skill level of an occupation corresponds to in one country (ISO 3166 'AU' or 'NZ')."""

    occupation_title: str
    country: str
    skill_level: int
    options: tuple[QualificationOption, ...]
    substitute_years: int | None
    """Years of relevant experience that may stand in for the qualification."""
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledLine:
    """A label or sentence with its line."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupation:
    """An ANZSCO occupation. ``skill_level`` 1 is the highest, 5 the lowest."""

    code: str
    title: str
    skill_level: int | None
    alternative_titles: tuple[LabelledLine, ...]
    specialisations: tuple[LabelledLine, ...]
    description: LabelledLine | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitGroup:
    """An ANZSCO unit group and what its page says of it. ``edition`` for example 'First Edition, 2006'."""

    code: str
    title: str
    edition: str | None
    catalogue_number: str | None
    released: date | None
    archived: bool
    occupations: tuple[LabelledLine, ...]
    """As listed: code and title in ``text``."""
    tasks: tuple[LabelledLine, ...]
    skill_levels: tuple[SkillLevelStatement, ...]
    description: LabelledLine | None
    line: int


Record = (
    Section
    | Component
    | UsageStatement
    | Release
    | Mapping
    | UnitGrid
    | Classification
    | Packaging
    | EntryRequirement
    | Pathway
    | JobRoles
    | LicensingNote
    | EmployabilitySkill
    | OutcomeExample
    | UnitGroup
    | Occupation
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything one document yielded, in the document's order."""

    document: SourceDocument
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
