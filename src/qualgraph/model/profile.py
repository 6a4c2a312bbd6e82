"""What a qualification says of itself beside its packaging: entry, pathways, job roles, licensing, skills, examples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
