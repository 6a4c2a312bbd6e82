"""What one reading of a document holds, in counts: the first thing to say after a document was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qualgraph.model import (
    Classification,
    Component,
    EmployabilitySkill,
    EntryRequirement,
    Inclusion,
    JobRoles,
    LicensingNote,
    Mapping,
    Occupation,
    OutcomeExample,
    Packaging,
    Parent,
    Pathway,
    Reading,
    Record,
    Release,
    Section,
    UnitElement,
    UnitField,
    UnitGrid,
    UnitGroup,
    UnitPrerequisite,
    UnitSection,
    UsageStatement,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """What a document is about, and how many of each thing was read from it.

    ``counts`` has singular nouns in the order of the documents' own sections, and only what is there.
    """

    kind: str
    subject: str | None
    title: str | None
    release: str | None
    counts: tuple[tuple[str, int], ...]


NOUNS = (
    "release",
    "usage recommendation",
    "mapping",
    "grid row",
    "classification row",
    "job role",
    "pathway",
    "entry requirement",
    "licensing note",
    "employability skill",
    "element",
    "performance criterion",
    "prerequisite",
    "unit section",
    "inclusion",
    "packaging rule",
    "unit group",
    "listed unit",
    "outcome example",
    "occupation",
    "occupation task",
    "skill level statement",
    "section",
)


def contents(reading: Reading) -> Contents:
    """What the reading holds."""
    counted: Counter[str] = Counter()
    for record in reading.records:
        counted.update(_counts(record))
    component = next((record for record in reading.records if isinstance(record, Component)), None)
    occupations = next((record for record in reading.records if isinstance(record, UnitGroup)), None)
    release = next((r for r in reading.records if isinstance(r, Release) and r.described), None)
    subject = reading.document.subject_code or (occupations.code if occupations else None)
    about = component or occupations
    return Contents(
        kind=reading.document.reader,
        subject=subject,
        title=about.title if about else None,
        release=release.number if release else None,
        counts=tuple((noun, counted[noun]) for noun in NOUNS if counted[noun]),
    )


def _counts(record: Record) -> dict[str, int]:
    match record:
        case Release():
            return {"release": 1}
        case UsageStatement():
            return {"usage recommendation": 1}
        case Mapping():
            return {"mapping": 1}
        case UnitGrid():
            return {"grid row": len(record.rows)}
        case Classification():
            return {"classification row": 1}
        case JobRoles():
            return {"job role": len(record.roles)}
        case Pathway():
            return {"pathway": len(record.alternatives)}
        case EntryRequirement():
            return {"entry requirement": 1}
        case LicensingNote():
            return {"licensing note": 1}
        case EmployabilitySkill():
            return {"employability skill": 1}
        case Packaging():
            groups = record.rule.groups
            listed = sum(len(group.members) for group in groups)
            return {"packaging rule": 1, "unit group": len(groups), "listed unit": listed}
        case OutcomeExample():
            return {"outcome example": 1}
        case UnitElement():
            return {"element": 1, "performance criterion": len(record.criteria)}
        case UnitPrerequisite():
            return {"prerequisite": len(record.requires) + len(record.one_of) + len(record.unclear)}
        case UnitSection():
            return {"unit section": 1}
        case Inclusion():
            return {"inclusion": 1}
        case UnitField():
            return {}
        case UnitGroup():
            return {"occupation task": len(record.tasks), "skill level statement": len(record.skill_levels)}
        case Occupation():
            return {"occupation": 1}
        case Section():
            return {"section": 1}
        case Parent():
            return {"training package": 1}
        case Component():
            return {}
