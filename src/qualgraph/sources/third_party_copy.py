"""A copy of a qualification on somebody else's page: often without its code, its release, and some headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind, slug
from qualgraph.model import Authority, Component, Problem, ProblemKind, Record, Release
from qualgraph.sources.base import Extract, SourceText, agreed_code, in_order
from qualgraph.sources.qualification import FEATURES, read_content
from qualgraph.sources.register_tables import read_grid
from qualgraph.sources.residue import Tidy
from qualgraph.sources.sections import Part, outline, part_of
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import QUALIFICATION_CODE, QUALIFICATION_TITLE, key, problem

_TITLE = re.compile(
    rf"^(?:(?P<code>{QUALIFICATION_CODE})\s*[-–:|]?\s*)?(?P<title>{QUALIFICATION_TITLE.pattern}[^.:;]*?)"
    r"(?:\s*\(?\bRelease\s+(?P<release>\d[\d.]*)\)?)?$"
)
_CODE = re.compile(
    rf"^(?:(?:national|course|qualification)\s+)*code\s*:?\s*(?P<code>{QUALIFICATION_CODE})$", re.IGNORECASE
)
_RELEASE = re.compile(r"^Release\s*:?\s*(?P<number>\d{1,3})$", re.IGNORECASE)
_TOTAL = "total number of units"
_ADD_TOPIC = "add topic "
_TITLE_LINES = 30
_ENOUGH = 3


class ThirdPartyCopy:
    """Reads the sections that the copy kept; what it lost is reported, not filled in."""

    name = "third-party-copy"
    version = "5"
    authority = Authority.COPY

    def recognises(self, lines: Sequence[Line]) -> int:
        """Three parts of a qualification document, unit count and unit residue among them."""
        marks = {str(part) for part in {part_of(line) for line in lines} & FEATURES}
        for line in lines:
            name = line.text.lower()
            if name.startswith((_TOTAL, _ADD_TOPIC)):
                marks.add(name[: len(_ADD_TOPIC)])
            elif key(name) in ("core units", "elective units"):
                marks.add(key(name))
        return len(marks) if len(marks) >= _ENOUGH else 0

    def read(self, source: SourceText, *, code: str | None) -> Extract:
        """Everything the copy says; raises UnidentifiedDocumentError where no code is stated or given."""
        tidy = Tidy()
        lines = list(tidy.lines(source.lines))
        title, match = _title(lines, source.name)
        stated = match["code"] or next(
            (one["code"] for line in lines if (one := _CODE.match(line.text))), None
        )
        own, given = agreed_code(stated.upper() if stated else None, code, source.name)
        release = match["release"] or next(
            (one["number"] for line in lines if (one := _RELEASE.match(line.text))), None
        )
        found = outline(lines)
        everything: list[Record | Problem] = [
            Component(
                kind=Kind.QUALIFICATION, code=own, title=match["title"], line=title.number, code_given=given
            ),
            Release(number=release, issued=None, described=True, line=title.number),
            *_not_stated(title.number, given=given, release=release),
            *read_content(
                found, code=own, title=match["title"], release=release, line_end=source.line_end, gaps=True
            ),
            *tidy.problems(),
        ]
        for block in found.of(Part.UNIT_GRID):
            everything.extend(read_grid(block.lines, block.heading))
        return Extract(
            key=f"{own}/{slug(PurePath(source.name).stem)}",
            subject_kind=Kind.QUALIFICATION,
            subject_code=own,
            found=in_order(everything),
        )


def _title(lines: Sequence[Line], where: str) -> tuple[Line, re.Match[str]]:
    for line in lines[:_TITLE_LINES]:
        match = _TITLE.match(line.text)
        if match:
            return line, match
    raise BrokenDocumentError(
        "has no title of a qualification in its first lines.",
        where=where,
        hint="Keep the line with the title (such as 'Diploma of ...') when you save the page.",
    )


def _not_stated(line: int, *, given: bool, release: str | None) -> list[Problem]:
    found = []
    if given:
        message = "The document never states its code; it was given by the user."
        found.append(problem(ProblemKind.CODE_NOT_STATED, message, line))
    if release is None:
        found.append(problem(ProblemKind.RELEASE_NOT_STATED, "The document states no release.", line))
    return found


READER = ThirdPartyCopy()
