"""Headings to sections: which part of a document a line stands in.

Headings are told by their whole line, compared without case, punctuation and white space, so that
'Licensing\xa0 , Legislative' is the same as 'Licensing, Legislative'. What is no known heading is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualgraph.model import Problem, ProblemKind, Section
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import key, problem


class Part(StrEnum):
    """What a section is about, whichever words its heading uses."""

    DETAILS = "details"
    SUMMARY = "summary"
    UNIT_GRID = "unit grid"
    CLASSIFICATIONS = "classifications"
    CLASSIFICATION_HISTORY = "classification history"
    MODIFICATION_HISTORY = "modification history"
    DESCRIPTION = "description"
    DESCRIPTOR = "descriptor"
    JOB_ROLES = "job roles"
    PATHWAYS = "pathways"
    PATHWAYS_GENERAL = "qualification pathways"
    PATHWAYS_INTO = "pathways into"
    PATHWAYS_FROM = "pathways from"
    LICENSING = "licensing"
    LICENSING_NOTE = "licensing note"
    ENTRY = "entry requirements"
    EMPLOYABILITY = "employability skills"
    EMPLOYABILITY_SUMMARY = "employability skills summary"
    PACKAGING = "packaging rules"
    EXAMPLES = "outcome examples"
    MAPPING = "mapping information"
    OTHER = "other"
    APPLICATION = "application"
    PREREQUISITES = "prerequisites"
    COREQUISITES = "co-requisites"
    FIELD = "competency field"
    SECTOR = "unit sector"
    ELEMENTS = "elements and performance criteria"
    FOUNDATION_SKILLS = "foundation skills"
    UNIT_EMPLOYABILITY = "employability skills of a unit"
    REQUIRED_SKILLS = "required skills and knowledge"
    RANGE = "range"
    EVIDENCE_GUIDE = "evidence guide"
    PERFORMANCE_EVIDENCE = "performance evidence"
    KNOWLEDGE_EVIDENCE = "knowledge evidence"
    CONDITIONS = "assessment conditions"
    LINKS = "links"
    PAGE_USAGE = "usage recommendation of a page"
    PAGE_MAPPING = "mapping table of a page"
    PAGE_RELEASES = "releases of a page"
    IN_QUALIFICATIONS = "qualifications that include it"
    IN_SKILL_SETS = "skill sets that include it"
    IN_COURSES = "accredited courses that include it"
    IN_PACKAGES = "training packages that include it"
    PACKAGED = "what a training package holds"


_PARTS: dict[str, Part] = {
    "qualification details": Part.DETAILS,
    "summary": Part.SUMMARY,
    "units of competency": Part.UNIT_GRID,
    "unit grid": Part.UNIT_GRID,
    "classifications": Part.CLASSIFICATIONS,
    "classification history": Part.CLASSIFICATION_HISTORY,
    "modification history": Part.MODIFICATION_HISTORY,
    "description": Part.DESCRIPTION,
    "qualification description": Part.DESCRIPTION,
    "pathways information": Part.PATHWAYS,
    "licensing regulatory information": Part.LICENSING,
    "licensing information": Part.LICENSING,
    "licensing legislative regulatory or certification requirements": Part.LICENSING,
    "entry requirements": Part.ENTRY,
    "entry requirement": Part.ENTRY,
    "employability skills summary": Part.EMPLOYABILITY,
    "employability skills": Part.EMPLOYABILITY,
    "packaging rules": Part.PACKAGING,
    "qualification mapping information": Part.MAPPING,
    "links": Part.OTHER,
    "custom content section": Part.OTHER,
    "companion volumes": Part.OTHER,
    "usage recommendation history": Part.OTHER,
    "descriptor": Part.DESCRIPTOR,
    "job roles": Part.JOB_ROLES,
    "job roles titles": Part.JOB_ROLES,
    "qualification pathways": Part.PATHWAYS_GENERAL,
    "pathways into the qualification": Part.PATHWAYS_INTO,
    "pathways from the qualification": Part.PATHWAYS_FROM,
    "licensing legislative regulatory or certification considerations": Part.LICENSING_NOTE,
    "employability skills qualification summary": Part.EMPLOYABILITY_SUMMARY,
    "selecting elective units for different outcomes": Part.EXAMPLES,
    "selecting electives for different outcomes": Part.EXAMPLES,
    "selecting elective units for specific outcomes": Part.EXAMPLES,
}
_PARENT: dict[Part, Part] = {
    Part.DESCRIPTOR: Part.DESCRIPTION,
    Part.JOB_ROLES: Part.DESCRIPTION,
    Part.ENTRY: Part.PATHWAYS,
    Part.PATHWAYS_GENERAL: Part.PATHWAYS,
    Part.PATHWAYS_INTO: Part.PATHWAYS,
    Part.PATHWAYS_FROM: Part.PATHWAYS,
    Part.LICENSING_NOTE: Part.LICENSING,
    Part.EMPLOYABILITY_SUMMARY: Part.EMPLOYABILITY,
    Part.EXAMPLES: Part.PACKAGING,
}


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a kind of document: the part that each heads, and under which upper one it is of a lower rank.

    ``packaged``: a packaging rule may follow without a heading.
    """

    parts: Mapping[str, Part]
    parents: Mapping[Part, Part]
    packaged: bool = False


QUALIFICATION = Headings(_PARTS, _PARENT, packaged=True)
"""What a document about a qualification is divided by."""

_LONGEST_HEADING = 100
_TOTAL_UNITS = re.compile(r"^total (?:number of )?units\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the lines under it up to the next heading of any rank. A packaging rule without a heading has
    its first line for one, which is then among the lines too."""

    part: Part
    heading: Line
    top: bool
    lines: tuple[Line, ...]

    @property
    def last_line(self) -> int:
        """The number of the last line that is not blank."""
        return self.lines[-1].number if self.lines else self.heading.number


@dataclass(frozen=True, slots=True)
class Outline:
    """A document as its head (before any heading) and its blocks, in order."""

    head: tuple[Line, ...]
    blocks: tuple[Block, ...]

    def of(self, *parts: Part) -> Iterator[Block]:
        """The blocks about these parts, in the document's order."""
        return (block for block in self.blocks if block.part in parts)

    def first(self, *parts: Part) -> Block | None:
        """The first block about one of these parts that has lines, or else the first; None where there is none."""
        found = list(self.of(*parts))
        return next((block for block in found if block.lines), found[0] if found else None)


def part_of(line: Line, headings: Headings = QUALIFICATION) -> Part | None:
    """The part that a heading line heads; None for a line of text."""
    return headings.parts.get(key(line.text)) if len(line.tabbed) <= _LONGEST_HEADING else None


def outline(lines: Sequence[Line], headings: Headings = QUALIFICATION) -> Outline:
    """The lines parted at their headings. A heading is of the lower rank only under its usual upper one: 'Entry
    requirements' under 'Pathways Information' is, the same words after 'Licensing/Regulatory Information' are not.

    A packaging rule that follows without a heading (a copy that lost it) begins at 'Total number of units'.
    """
    head: list[Line] = []
    starts: list[tuple[Part, Line, bool, list[Line]]] = []
    above, packaged = Part.OTHER, not headings.packaged
    for line in lines:
        part = part_of(line, headings)
        if part is None and starts and not packaged and _TOTAL_UNITS.match(line.text):
            above, packaged = Part.PACKAGING, True
            starts.append((Part.PACKAGING, line, True, [line]))
        elif part is None:
            (starts[-1][3] if starts else head).append(line)
        else:
            top = headings.parents.get(part) is not above
            above = part if top else above
            packaged = packaged or part is Part.PACKAGING
            starts.append((part, line, top, []))
    return Outline(
        tuple(head), tuple(Block(part, line, top, tuple(body)) for part, line, top, body in starts)
    )


def sections(found: Outline) -> Iterator[Section | Problem]:
    """Every headed part with its lines; an upper one reaches to the next of its rank. A heading printed twice in
    a row is one section and a problem."""
    blocks = found.blocks
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        if before and before.part is block.part and not before.lines:
            message = "The heading is printed twice in a row; taken as one."
            yield problem(
                ProblemKind.REPEATED, message, block.heading.number, info=True, excerpt=block.heading.text
            )
            continue
        if block.heading in block.lines[:1]:
            continue
        within = at + 1
        while within < len(blocks) and _belongs(blocks[within], block, blocks[within - 1]):
            within += 1
        last = blocks[within - 1].last_line
        yield Section(
            heading=block.heading.text.rstrip(": ").replace(" ,", ","),
            first_line=block.heading.number,
            last_line=last,
        )


def _belongs(later: Block, block: Block, before: Block) -> bool:
    """Whether a later block is still inside the section that ``block`` heads."""
    if later.part is before.part and not before.lines and before is block:
        return True
    return block.top and not later.top
