"""The register's PDF of a qualification, as the PDF itself or as its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import Authority, Component, Problem, ProblemKind, Record, Release
from qualgraph.sources.base import Extract, SourceText, agreed_code, in_order
from qualgraph.sources.qualification import FEATURES, read_content
from qualgraph.sources.register_tables import read_grid
from qualgraph.sources.residue import Tidy
from qualgraph.sources.sections import Part, outline, part_of
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import QUALIFICATION_CODE, QUALIFICATION_TITLE, problem

_TITLE = re.compile(rf"^(?P<code>{QUALIFICATION_CODE})\s+(?P<title>\S.*)$")
_RELEASE = re.compile(
    r"^(?:Revision Number|Release)\s*:?\s*(?P<number>\d{1,3}(?:\.\d{1,3})?)$", re.IGNORECASE
)
_PUBLISHER = re.compile(
    r"^(?:Australian Government|Department of (?:Education|Employment|Industry)\b.*)$", re.IGNORECASE
)


class RegisterPdf:
    """Reads the title page, every section, and the unit grid at the end."""

    name = "register-pdf"
    version = "5"
    authority = Authority.PRINT

    def recognises(self, lines: Sequence[Line]) -> int:
        """A title with its code, before the first heading, and a revision or release number or the publisher's name."""
        front = _front(lines)
        marks = any(_RELEASE.match(line.text) for line in front) + any(
            _PUBLISHER.match(line.text) for line in front
        )
        titled = any(_titles(line) for line in front)
        parts = len({part_of(line) for line in lines} & FEATURES)
        return 10 * (marks + titled) + min(parts, 9) if titled and marks else 0

    def read(self, source: SourceText, *, code: str | None) -> Extract:
        """Everything in the document; raises BrokenDocumentError where its title is lost."""
        tidy = Tidy()
        lines = list(tidy.lines(source.lines))
        front = _front(lines)
        title = next((line for line in front if _titles(line)), None)
        match = _TITLE.match(title.text) if title else None
        if title is None or match is None:
            raise BrokenDocumentError(
                "has no line with code and title of a qualification.", where=source.name
            )
        own, _ = agreed_code(match["code"], code, source.name)
        numbered = next(((line, one) for line in front if (one := _RELEASE.match(line.text))), None)
        release = numbered[1]["number"] if numbered else None
        again = [line for line in lines if line is not title and line.text == title.text]
        found = outline([line for line in lines if line not in again])
        everything: list[Record | Problem] = [
            Component(kind=Kind.QUALIFICATION, code=own, title=match["title"], line=title.number),
            Release(
                number=release, issued=None, described=True, line=(numbered[0] if numbered else title).number
            ),
            *_about_title(title, again, release),
            *read_content(found, code=own, title=match["title"], release=release, line_end=source.line_end),
            *tidy.problems(),
        ]
        for block in found.of(Part.UNIT_GRID):
            everything.extend(read_grid(block.lines, block.heading))
        return Extract(
            key=f"{own}/release-{release or 'unstated'}",
            subject_kind=Kind.QUALIFICATION,
            subject_code=own,
            found=in_order(everything),
        )


def _front(lines: Sequence[Line]) -> list[Line]:
    """The lines of the title page: those before the first heading."""
    front = []
    for line in lines:
        if part_of(line) is not None:
            break
        front.append(line)
    return front


def _titles(line: Line) -> bool:
    match = _TITLE.match(line.text)
    return bool(match and QUALIFICATION_TITLE.match(match["title"]))


def _about_title(title: Line, again: Sequence[Line], release: str | None) -> Iterator[Problem]:
    if again:
        times = "once more" if len(again) == 1 else f"{len(again)} more times"
        message = f"The title line is printed {times}, as on every page; left out."
        yield problem(ProblemKind.REPEATED, message, again[0].number, info=True)
    if release is None:
        yield problem(ProblemKind.RELEASE_NOT_STATED, "The document states no release.", title.number)


READER = RegisterPdf()
