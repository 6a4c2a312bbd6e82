"""What a source document says, as records: the seam between the readers and the triples.

A reader yields ``Record | Problem``. Every record carries ``line``, the 1-based line of the document's text it was
read from (for a PDF file: of the text extracted from it). A value that the document does not state is None, never
a guess. Dates are days; end dates are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.model.classification import (
    EDITIONED,
    LEVELS,
    ClassificationItem,
    ClassifiedConcept,
    Correspondence,
    CorrespondenceRow,
    Edition,
    GroupSkillLevels,
    IndexTitle,
    SchemeValue,
    SkillLevels,
    depth_of,
)
from qualgraph.model.component import (
    Classification,
    Component,
    Equivalence,
    GridRow,
    Mapping,
    Packaging,
    Parent,
    Release,
    Scheme,
    Table,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.model.dataset import Entry, EntryRecord
from qualgraph.model.document import Authority, Problem, ProblemKind, Section, Severity, SourceDocument
from qualgraph.model.linked import LinkedItem, LinkedThing, Organisation, Thing
from qualgraph.model.occupation import (
    LabelledLine,
    Occupation,
    QualificationOption,
    SkillLevelStatement,
    UnitGroup,
)
from qualgraph.model.profile import (
    EmployabilitySkill,
    EntryRequirement,
    ExampleUnit,
    ExperienceAlternative,
    JobRole,
    JobRoles,
    LicensingNote,
    OtherAlternative,
    OutcomeExample,
    Pathway,
    PathwayAlternative,
    PathwayDirection,
    QualificationAlternative,
    SkillFacet,
)
from qualgraph.model.unit import (
    Inclusion,
    PerformanceCriterion,
    RequiredUnit,
    SectionItem,
    UnitElement,
    UnitField,
    UnitPrerequisite,
    UnitSection,
    UnitSectionKind,
)

__all__ = [
    "EDITIONED",
    "LEVELS",
    "Authority",
    "Classification",
    "ClassificationItem",
    "ClassifiedConcept",
    "Component",
    "Correspondence",
    "CorrespondenceRow",
    "Edition",
    "EmployabilitySkill",
    "Entry",
    "EntryRecord",
    "EntryRequirement",
    "Equivalence",
    "ExampleUnit",
    "ExperienceAlternative",
    "GridRow",
    "GroupSkillLevels",
    "Inclusion",
    "IndexTitle",
    "JobRole",
    "JobRoles",
    "LabelledLine",
    "LicensingNote",
    "LinkedItem",
    "LinkedThing",
    "Mapping",
    "Occupation",
    "Organisation",
    "OtherAlternative",
    "OutcomeExample",
    "Packaging",
    "Parent",
    "Pathway",
    "PathwayAlternative",
    "PathwayDirection",
    "PerformanceCriterion",
    "Problem",
    "ProblemKind",
    "QualificationAlternative",
    "QualificationOption",
    "Reading",
    "Record",
    "Release",
    "RequiredUnit",
    "Scheme",
    "SchemeValue",
    "Section",
    "SectionItem",
    "Severity",
    "SkillFacet",
    "SkillLevelStatement",
    "SkillLevels",
    "SourceDocument",
    "Table",
    "Thing",
    "UnitElement",
    "UnitField",
    "UnitGrid",
    "UnitGroup",
    "UnitPrerequisite",
    "UnitSection",
    "UnitSectionKind",
    "UsageRecommendation",
    "UsageStatement",
    "depth_of",
]

Record = EntryRecord | Section | UnitGroup | Occupation


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything one document yielded, in the document's order."""

    document: SourceDocument
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
