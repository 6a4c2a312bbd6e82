"""The employability skills table: eight skills, each with the facets that industry requires.

It is printed in three shapes: headings with lists, one table row a skill, and (in copies that lost their headings)
bare lines where only a wider gap shows that a new skill begins. A lost heading is not filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qualgraph.model import EmployabilitySkill, Problem, ProblemKind, SkillFacet
from qualgraph.sources.lists import Entry, entries, parted
from qualgraph.sources.sections import Block
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import key, not_read, problem

SKILLS = (
    "Communication",
    "Teamwork",
    "Problem-solving",
    "Initiative and enterprise",
    "Planning and organising",
    "Self-management",
    "Learning",
    "Technology",
)
"""The eight skills of the employability skills framework, as documents print them."""

_KEYS = frozenset(key(name) for name in SKILLS)
_HEADER = re.compile(r"^industry enterprise requirements\b.*\binclude")
_CELL_LABELS = (
    "employability skill",
    "employability skills",
    "qualification code and title",
    "qualification code",
    "qualification title",
)
_INTRODUCTION = re.compile(r"^the following table contains\b", re.IGNORECASE)
_IN_CELL = re.compile(r"\s*[•▪●]\s*")
_NOTE = re.compile(r"\s+\([A-Z][^()]{20,}\)$")
_NO_ITEM = "Text among the employability skills that is no item of a list."
_WIDE_GAP = 2


@dataclass
class _Skill:
    """A skill while it is being read."""

    label: str | None
    line: int
    facets: list[SkillFacet] = field(default_factory=list)


def read_skills(blocks: Sequence[Block], *, gaps: bool) -> Iterator[EmployabilitySkill | Problem]:
    """The skills of the section. ``gaps``: a gap of two blank lines begins a new skill whose heading is lost."""
    skills: list[_Skill] = []
    for block in blocks:
        yield from _read_block(block, skills, gaps=gaps)
    for position, skill in enumerate(skills, start=1):
        yield EmployabilitySkill(
            position=position, label=skill.label, facets=tuple(skill.facets), line=skill.line
        )


def _read_block(block: Block, skills: list[_Skill], *, gaps: bool) -> Iterator[Problem]:
    plain: list[Line] = []
    empty: Line | None = None
    for line in block.lines:
        name = key(line.text)
        if name in ("qualification code and title", "qualification code", "qualification title"):
            empty = line
            continue
        if empty is not None and (_INTRODUCTION.match(line.text) or _HEADER.match(name)):
            message = "The heading for the code and title has nothing under it."
            yield problem(ProblemKind.EMPTY_ITEM, message, empty.number, info=True)
            empty = None
        if len(line.cells) > 1 and key(line.cells[0]) in _KEYS:
            skills.append(_row(line))
            yield from _row_note(line)
        elif not (_is_header(line) or _INTRODUCTION.match(line.text)):
            plain.append(line)
    found, problems = parted(entries(plain))
    yield from problems
    yield from _read_entries(found, skills, gaps=gaps)


def _is_header(line: Line) -> bool:
    return all(key(cell) in _CELL_LABELS or _HEADER.match(key(cell)) for cell in line.cells)


def _row(line: Line) -> _Skill:
    """A skill whose facets stand in one cell, parted by bullets."""
    cell = _NOTE.sub("", " ".join(line.cells[1:]))
    head, *items = _IN_CELL.split(cell)
    facets = [
        SkillFacet(text=text.strip(), line=line.number)
        for text in ([head, *items] if head.strip() else items)
    ]
    return _Skill(line.cells[0], line.number, [facet for facet in facets if facet.text])


def _row_note(line: Line) -> Iterator[Problem]:
    note = _NOTE.search(line.text)
    if note:
        yield not_read(_NO_ITEM, line.number, note.group().strip(), info=True)


def _read_entries(found: Sequence[Entry], skills: list[_Skill], *, gaps: bool) -> Iterator[Problem]:
    bulleted = any(entry.bulleted for entry in found)
    for entry in found:
        if not entry.bulleted and key(entry.text) in _KEYS:
            skills.append(_Skill(entry.text.rstrip(": "), entry.line))
        elif entry.bulleted or (not bulleted and not _is_note(entry)):
            if not skills or (gaps and entry.gap >= _WIDE_GAP and skills[-1].facets):
                skills.append(_Skill(None, entry.line))
                message = "The heading of this employability skill is lost."
                yield problem(ProblemKind.HEADING_LOST, message, entry.line)
            skills[-1].facets.append(SkillFacet(text=entry.text, line=entry.line))
        else:
            yield not_read(_NO_ITEM, entry.line, entry.text, info=True)


def _is_note(entry: Entry) -> bool:
    return entry.text.startswith("(") and entry.text.endswith(")")
