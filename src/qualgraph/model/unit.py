"""What a unit of competency says of itself: elements, performance criteria, prerequisites, what is assessed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualgraph.identifiers import Kind
from qualgraph.model.component import UsageRecommendation


@dataclass(frozen=True, kw_only=True, slots=True)
class PerformanceCriterion:
    """A performance criterion. ``number`` is as printed, for example '1.2'; None where none is. ``text`` is prose."""

    position: int
    number: str | None
    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitElement:
    """An element of the described unit with its criteria, in the document's order; ``text`` is prose."""

    position: int
    number: str | None
    text: str
    criteria: tuple[PerformanceCriterion, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RequiredUnit:
    """A unit that a prerequisite names."""

    code: str
    title: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitPrerequisite:
    """What the described unit says must be held before it: all of ``requires`` and one of each row of ``one_of``.

    ``unclear`` are units that it names among alternatives which nothing divides plainly: of them only the naming is
    known. All three are empty where the document says that there is no prerequisite.
    """

    requires: tuple[RequiredUnit, ...]
    one_of: tuple[tuple[RequiredUnit, ...], ...]
    unclear: tuple[RequiredUnit, ...]
    line: int

    @property
    def named(self) -> bool:
        """Whether it names any unit; else the document says that there is no prerequisite."""
        return bool(self.requires or self.one_of or self.unclear)


class UnitSectionKind(StrEnum):
    """What a section of a unit's document is about, whichever words its heading uses."""

    APPLICATION = "application"
    DESCRIPTOR = "descriptor"
    FOUNDATION_SKILLS = "foundation-skills"
    EMPLOYABILITY_SKILLS = "employability-skills"
    REQUIRED_SKILLS_AND_KNOWLEDGE = "required-skills-and-knowledge"
    RANGE = "range"
    EVIDENCE_GUIDE = "evidence-guide"
    PERFORMANCE_EVIDENCE = "performance-evidence"
    KNOWLEDGE_EVIDENCE = "knowledge-evidence"
    ASSESSMENT_CONDITIONS = "assessment-conditions"
    LINKS = "links"


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionItem:
    """A paragraph (``depth`` 0) or list item (1 for the outermost list) of a section; ``text`` is prose.

    ``label`` is the name beside or over it in a table, such as that of a foundation skill; ``address`` a web address.
    """

    position: int
    depth: int
    label: str | None
    text: str
    address: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitSection:
    """A section of the described unit's document, item by item."""

    kind: UnitSectionKind
    items: tuple[SectionItem, ...]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitField:
    """The competency field and the unit sector that the document states; None where it states none."""

    competency_field: str | None
    sector: str | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Inclusion:
    """A component that the document says includes the described one: a qualification, skill set or training package.

    ``releases`` is as printed ('3-5'); ``essential`` too ('Core', 'Elective'); None where no column is.
    """

    kind: Kind
    code: str
    title: str | None
    usage: UsageRecommendation | None
    releases: str | None
    essential: str | None
    line: int
