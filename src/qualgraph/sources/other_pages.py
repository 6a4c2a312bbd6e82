"""Pages of the register about units of competency, skill sets and training packages.

The older form of the page has a heading 'Unit of competency details' and labels with colons, the newer one the kind
alone and tabs of tables; both have the same parts. The newer page says under the title which unit is equivalent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import (
    Component,
    Equivalence,
    Inclusion,
    Mapping,
    Problem,
    ProblemKind,
    Record,
    Release,
    Table,
    UsageRecommendation,
)
from qualgraph.notation import ANY_CODE
from qualgraph.sources.base import Extract, SourceText, agreed_code, in_order
from qualgraph.sources.ending import end_of
from qualgraph.sources.mappings import equivalence, read_mappings
from qualgraph.sources.register_tables import read_classifications, read_grid, read_releases, read_usage
from qualgraph.sources.residue import Tidy
from qualgraph.sources.sections import Outline, Part, outline, sections
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import item, key, not_read, problem
from qualgraph.sources.unit import read_unit
from qualgraph.sources.unit_headings import PACKAGE_PAGE, SKILL_SET_PAGE, UNIT_PAGE

_KINDS: Final = {
    "unit of competency details": Kind.UNIT,
    "unit of competency": Kind.UNIT,
    "skill set details": Kind.SKILL_SET,
    "skill set": Kind.SKILL_SET,
    "training package details": Kind.TRAINING_PACKAGE,
    "training package": Kind.TRAINING_PACKAGE,
}
_HEADINGS: Final = {
    Kind.UNIT: UNIT_PAGE,
    Kind.SKILL_SET: SKILL_SET_PAGE,
    Kind.TRAINING_PACKAGE: PACKAGE_PAGE,
}
_MARKS: Final = ("usage recommendation", "mapping", "releases", "classifications", "modification history")
_CODES: Final = {Kind.TRAINING_PACKAGE: r"[A-Z]{2,4}\d{0,2}(?![A-Za-z0-9])"}
_TITLE: Final = (
    r"^(?P<code>{code})(?:\s+[-–])?\s+(?P<title>\S.*?)(?:\s+\(Release\s+(?P<release>\d[\d.]*)\))?$"
)
_STATED: Final = re.compile(rf"^(?P<code>{ANY_CODE})\s+[-–]\s+(?P<words>(?:not )?equivalent)$", re.IGNORECASE)
_PAGING: Final = re.compile(r"\bPage \d+ of \d+ \((?P<all>[\d,]+) records with (?P<shown>\d+) per page\)")
_ROW: Final = re.compile(r"^(?P<code>[A-Z0-9]{2,16})(?:\s+[-–]\s+(?P<title>.+))?$")
_HEADER_ROWS: Final = (
    "mapping notes date",
    "mappingnotesdate",
    "release release date",
    "releaserelease date",
    "compare release release date",
)
_DATED: Final = re.compile(r"\d{1,2}/[A-Za-z]{3}/\d{4}")
_INCLUDING: Final = {
    Part.IN_QUALIFICATIONS: (Kind.QUALIFICATION, "qualifications"),
    Part.IN_SKILL_SETS: (Kind.SKILL_SET, "skill sets"),
    Part.IN_COURSES: (Kind.ACCREDITED_COURSE, "accredited courses"),
    Part.IN_PACKAGES: (Kind.TRAINING_PACKAGE, "training packages"),
}


def other_kind(lines: Sequence[Line]) -> tuple[Kind, int] | None:
    """Which other component a page is about, and how many of the page's own labels it has; None for no such page."""
    kind = next((found for line in lines if (found := _KINDS.get(key(line.text)))), None)
    seen = {name for name in (key(line.text) for line in lines) if name in _MARKS}
    return (kind, len(seen)) if kind and len(seen) >= 2 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    kind: Kind
    code: str
    title: str
    release: str | None
    line: int
    outline: Outline


def read_other_page(kind: Kind, source: SourceText, code: str | None) -> Extract:
    """Everything on the page; raises BrokenDocumentError where its title is lost."""
    tidy = Tidy()
    lines = list(tidy.lines(source.lines))
    line, match = _title(kind, lines, source)
    own, _ = agreed_code(match["code"].upper(), code, source.name)
    found = outline(lines, _HEADINGS[kind])
    released = _releases(found, match["release"], line.number)
    described = next((one.number for one in released if not isinstance(one, Problem) and one.described), None)
    page = _Page(
        kind=kind, code=own, title=match["title"], release=described, line=line.number, outline=found
    )
    records: list[Record | Problem] = [
        Component(kind=kind, code=own, title=page.title, line=line.number),
        *released,
        *_tables(page),
        *_content(page),
        *tidy.problems(),
    ]
    cut = end_of(found, (), line_end=source.line_end)
    return Extract(
        key=f"{own}/release-{described or 'unstated'}",
        subject_kind=kind,
        subject_code=own,
        found=in_order([*records, *((cut,) if cut else ())]),
    )


def _title(kind: Kind, lines: Sequence[Line], source: SourceText) -> tuple[Line, re.Match[str]]:
    """The line with code and title, before the component's own sections; one that states a release comes first."""
    pattern = re.compile(_TITLE.format(code=_CODES.get(kind, ANY_CODE)))
    found = [(line, match) for line in lines if (match := pattern.match(line.text))]
    for line, match in [*(each for each in found if each[1]["release"]), *found]:
        if not _STATED.match(line.text):
            return line, match
    raise BrokenDocumentError(
        "is a page of the register without its title line ('CODE Title').",
        where=source.name,
        hint="Save the whole page again.",
    )


def _releases(found: Outline, release: str | None, title_line: int) -> list[Release | Problem]:
    rows = [
        Line(line.number, _release_row(line))
        for block in found.of(Part.PAGE_RELEASES)
        for line in block.lines
        if _DATED.search(line.text) and key(line.text) not in _HEADER_ROWS
    ]
    listed = list(read_releases(rows, release, title_line))
    if not rows and release is None:
        listed.append(problem(ProblemKind.RELEASE_NOT_STATED, "The page states no release.", title_line))
    return listed


def _release_row(line: Line) -> str:
    """The row as the older page has it: number, '(this release)', day; the newer has a cell for comparing before."""
    cells = [re.sub(r"\s*\b(?:current|replaced)$", "", cell, flags=re.IGNORECASE) for cell in line.cells]
    return " ".join(cells[-2:]) if len(cells) >= 3 else " ".join(cells)


def _tables(page: _Page) -> Iterator[Record | Problem]:
    found = page.outline
    stated = _stated(found)
    usage = found.first(Part.PAGE_USAGE)
    values = {each.value.lower() for each in UsageRecommendation}
    for line in usage.lines[:1] if usage else ():
        if line.text.split(" ")[0].lower() in values:
            yield from read_usage([line], page.code)
        else:
            yield not_read("This usage recommendation is not known.", line.number, line.text)
    for block in found.of(Part.PAGE_MAPPING):
        lines = [line for line in block.lines if key(line.text) not in _HEADER_ROWS]
        for row in read_mappings([_without_empty_cells(line) for line in lines], page.code):
            yield _settled(row, stated) if isinstance(row, Mapping) else row
    for block in found.of(Part.CLASSIFICATIONS):
        yield from read_classifications(_class_rows(block.lines), Table.CURRENT)
    for block in found.of(Part.CLASSIFICATION_HISTORY):
        yield from read_classifications(_class_rows(block.lines), Table.HISTORY)
    for part in _INCLUDING:
        for block in found.of(part):
            yield from _inclusions(part, block.lines)


def _without_empty_cells(line: Line) -> Line:
    return Line(line.number, "\t".join(cell for cell in line.cells if cell))


def _class_rows(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if key(line.text) != "scheme code classification value"]


def _stated(found: Outline) -> dict[str, Equivalence]:
    """What the newer page says under its title of each earlier or later unit: 'CODE - not equivalent'."""
    usage = found.first(Part.PAGE_USAGE)
    stated: dict[str, Equivalence] = {}
    for line in usage.lines if usage else ():
        match = _STATED.match(line.text)
        words = equivalence(match["words"]) if match else None
        if match and words:
            stated[match["code"].upper()] = words
    return stated


def _settled(row: Mapping, stated: dict[str, Equivalence]) -> Mapping:
    """The row, with the equivalence stated under the title where the row itself says none."""
    said = stated.get(row.old) or stated.get(row.new)
    if said and row.equivalence is Equivalence.NOT_DETERMINED:
        return replace(row, equivalence=said)
    return row


def _inclusions(part: Part, lines: Sequence[Line]) -> Iterator[Inclusion | Problem]:
    """The rows of a table of what includes the component: code, title, and further columns where the page has them."""
    kind, what = _INCLUDING[part]
    seen = 0
    total: tuple[int, Line] | None = None
    for line in lines:
        paging = _PAGING.search(line.text)
        if paging:
            total = (int(paging["all"].replace(",", "")), line)
        match = _ROW.match(line.cells[0]) if line.cells else None
        title = (match["title"] if match else None) or (line.cells[1] if len(line.cells) > 1 else None)
        if match and title and not match["code"].isdigit():
            seen += 1
            yield _inclusion(kind, match["code"], title, line)
    if total and seen < total[0]:
        message = f"The page shows {seen} of the {total[0]} {what} that include it; the others are not in the document."
        yield problem(ProblemKind.PARTIAL_TABLE, message, total[1].number)


def _inclusion(kind: Kind, code: str, title: str, line: Line) -> Inclusion:
    rest = [cell for cell in line.cells[1:] if cell != title]
    usages = set() if kind is Kind.ACCREDITED_COURSE else {each.value for each in UsageRecommendation}
    usage = next((cell for cell in rest if cell in usages), None)
    essential = next((cell for cell in rest if cell in ("Core", "Elective", "N/A")), None)
    releases = next((cell for cell in rest if re.fullmatch(r"[\d.]+(?:\s*-\s*[\d.]+)?", cell)), None)
    return Inclusion(
        kind=kind,
        code=code,
        title=title,
        usage=UsageRecommendation(usage) if usage else None,
        releases=releases,
        essential=essential,
        line=line.number,
    )


def _content(page: _Page) -> Iterator[Record | Problem]:
    if page.kind is Kind.UNIT:
        yield from read_unit(page.outline, code=page.code)
        return
    yield from sections(page.outline)
    for block in page.outline.of(Part.UNIT_GRID):
        yield from read_grid([line for line in block.lines if item(line.text) is None], block.heading)
    for block in page.outline.of(Part.PACKAGED):
        if block.lines:
            yield not_read("What the training package holds is not read from its page.", block.heading.number)
