"""The headings of a document about a unit of competency, of the older and of the newer layout, and of its page."""

from __future__ import annotations

from typing import Final

from qualgraph.model import UnitSectionKind
from qualgraph.sources.sections import Headings, Part

_PARTS: Final[dict[str, Part]] = {
    "unit of competency": Part.DETAILS,
    "unit of competency details": Part.DETAILS,
    "assessment requirements": Part.OTHER,
    "summary": Part.SUMMARY,
    "modification history": Part.MODIFICATION_HISTORY,
    "application": Part.APPLICATION,
    "application of the unit": Part.APPLICATION,
    "unit application": Part.APPLICATION,
    "unit descriptor": Part.DESCRIPTOR,
    "descriptor": Part.DESCRIPTOR,
    "licensing regulatory information": Part.LICENSING,
    "licensing information": Part.LICENSING,
    "licensing legislative regulatory or certification considerations": Part.LICENSING,
    "licensing legislative regulatory or certification requirements": Part.LICENSING,
    "pre requisites": Part.PREREQUISITES,
    "prerequisites": Part.PREREQUISITES,
    "pre requisite unit": Part.PREREQUISITES,
    "pre requisite units": Part.PREREQUISITES,
    "prerequisite unit": Part.PREREQUISITES,
    "prerequisite units": Part.PREREQUISITES,
    "prerequisite unit s": Part.PREREQUISITES,
    "pre requisite unit s": Part.PREREQUISITES,
    "co requisite unit": Part.COREQUISITES,
    "co requisite units": Part.COREQUISITES,
    "corequisite units": Part.COREQUISITES,
    "competency field": Part.FIELD,
    "unit sector": Part.SECTOR,
    "unit sectors": Part.SECTOR,
    "unit sector s": Part.SECTOR,
    "elements and performance criteria pre content": Part.OTHER,
    "elements and performance criteria": Part.ELEMENTS,
    "foundation skills": Part.FOUNDATION_SKILLS,
    "employability skills": Part.UNIT_EMPLOYABILITY,
    "employability skills information": Part.UNIT_EMPLOYABILITY,
    "required skills and knowledge": Part.REQUIRED_SKILLS,
    "range of conditions": Part.RANGE,
    "range statement": Part.RANGE,
    "evidence guide": Part.EVIDENCE_GUIDE,
    "performance evidence": Part.PERFORMANCE_EVIDENCE,
    "knowledge evidence": Part.KNOWLEDGE_EVIDENCE,
    "assessment conditions": Part.CONDITIONS,
    "unit mapping information": Part.MAPPING,
    "links": Part.LINKS,
    "functional area": Part.OTHER,
    "custom content section": Part.OTHER,
    "companion volumes": Part.OTHER,
}

UNIT: Final = Headings(_PARTS, {})
"""What a document about a unit of competency is divided by; all its headings are of one rank."""

_PAGE: Final[dict[str, Part]] = {
    "summary": Part.SUMMARY,
    "usage recommendation": Part.PAGE_USAGE,
    "usage recommendation history": Part.OTHER,
    "mapping": Part.PAGE_MAPPING,
    "release": Part.OTHER,
    "releases": Part.PAGE_RELEASES,
    "classifications": Part.CLASSIFICATIONS,
    "classification history": Part.CLASSIFICATION_HISTORY,
    "modification history": Part.MODIFICATION_HISTORY,
    "companion volumes": Part.OTHER,
    "training packages that include this unit": Part.IN_PACKAGES,
    "training packages that include this skill set": Part.IN_PACKAGES,
    "qualifications that include this unit": Part.IN_QUALIFICATIONS,
    "skill sets that include this unit": Part.IN_SKILL_SETS,
    "accredited courses that include this unit": Part.IN_COURSES,
    "find rtos": Part.OTHER,
}

UNIT_PAGE: Final = Headings({**_PARTS, **_PAGE}, {})
"""The same for a page of the register, which has tables about the unit too."""

SKILL_SET_PAGE: Final = Headings(
    {
        **_PAGE,
        "skill set": Part.DETAILS,
        "skill set details": Part.DETAILS,
        "units of competency": Part.UNIT_GRID,
        "description": Part.DESCRIPTION,
        "pathways information": Part.OTHER,
        "licensing regulatory information": Part.OTHER,
        "skill set requirements": Part.OTHER,
        "target group": Part.OTHER,
        "suggested words for statement of attainment": Part.OTHER,
        "custom content section": Part.OTHER,
        "links": Part.LINKS,
    },
    {},
)
"""What a page about a skill set is divided by."""

PACKAGE_PAGE: Final = Headings(
    {
        **_PAGE,
        "training package": Part.DETAILS,
        "training package details": Part.DETAILS,
        "qualifications": Part.PACKAGED,
        "skill sets": Part.PACKAGED,
        "units of competency": Part.PACKAGED,
        "imported units of competency": Part.PACKAGED,
        "overview": Part.OTHER,
        "custom content section": Part.OTHER,
        "links": Part.LINKS,
    },
    {},
)
"""What a page about a training package is divided by."""

SECTION_KINDS: Final = {
    Part.APPLICATION: UnitSectionKind.APPLICATION,
    Part.DESCRIPTOR: UnitSectionKind.DESCRIPTOR,
    Part.FOUNDATION_SKILLS: UnitSectionKind.FOUNDATION_SKILLS,
    Part.UNIT_EMPLOYABILITY: UnitSectionKind.EMPLOYABILITY_SKILLS,
    Part.REQUIRED_SKILLS: UnitSectionKind.REQUIRED_SKILLS_AND_KNOWLEDGE,
    Part.RANGE: UnitSectionKind.RANGE,
    Part.EVIDENCE_GUIDE: UnitSectionKind.EVIDENCE_GUIDE,
    Part.PERFORMANCE_EVIDENCE: UnitSectionKind.PERFORMANCE_EVIDENCE,
    Part.KNOWLEDGE_EVIDENCE: UnitSectionKind.KNOWLEDGE_EVIDENCE,
    Part.CONDITIONS: UnitSectionKind.ASSESSMENT_CONDITIONS,
    Part.LINKS: UnitSectionKind.LINKS,
}
"""The sections that are kept item by item."""
