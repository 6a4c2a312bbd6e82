"""The tables of a register page: usage recommendation, mapping, releases, unit grid, classifications.

As text the page runs its cells together ('Coordinate business resourcesCoordinate business resourcesSupersededN/A');
as HTML or pasted from a browser the cells are parted by tabs. Both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualgraph.model import (
    Classification,
    GridRow,
    Problem,
    ProblemKind,
    Release,
    Scheme,
    Table,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.notation import ANY_CODE, printed_day
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import DATE, key, not_read, problem

_USAGE = re.compile(
    rf"^(?P<value>Current|Superseded|Deleted)(?:\s*\(?(?:from\s+)?(?P<start>{DATE})\)?)?(?:\s*(?:to|until|[-–])\s*(?P<end>{DATE})\)?)?$",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    rf"^(?P<number>\d{{1,3}}(?:\.\d{{1,3}})?)(?:\s+(?P=number)(?!\S))?\s*"
    rf"(?P<this>\(this release\))?\s*(?P<date>{DATE})?(?P<rest>.*)$",
    re.IGNORECASE,
)
_GRID_ROW = re.compile(rf"^(?P<code>{ANY_CODE})\s*(?:[-–]\s*)?(?P<rest>.*)$")
_GRID_HEADER = re.compile(
    r"^Code\s*(?:Sort|Title)|^(?:Code|Title|Usage\s?Recommendation|Essential)(?:Sort.*)?$"
)
_DISPLAYING = re.compile(r"^Displaying items\s+(\d+)\s*-\s*(\d+)\s+of\s+(\d+)", re.IGNORECASE)
_PAGING = re.compile(
    r"^(?:Items per page\b.*|Page size\b.*|Page \d+ of \d+|[\d |«»<>]+|First|Last|Next|Previous)$",
    re.IGNORECASE,
)
_ESSENTIAL = re.compile(r"(?P<essential>N/A|Core|Elective|Essential|Yes|No)$")
_STATUS = re.compile(r"(?P<usage>Current|Superseded|Deleted)$")
_NOTICE = re.compile(r"^The content being displayed has been produced by a third party", re.IGNORECASE)
_VALUE = re.compile(
    r"^(?P<value>N/A|\d[\d-]*[A-Z]?)\s+(?P<label>.*?)\s*(?P<dates>(?:\s*\d{1,2}/[A-Za-z0-9]{1,9}/\d{4}){0,2})\s*$"
)
_SCHEMES: tuple[tuple[str, Scheme], ...] = (
    ("ANZSCO Identifier", Scheme.ANZSCO),
    ("ASCO (occupation type) Identifier", Scheme.ASCO),
    ("ASCED Qualification/Course Field of Education Identifier", Scheme.ASCED_FIELD),
    ("ASCED Module/Unit of Competency Field of Education Identifier", Scheme.ASCED_FIELD),
    ("Qualification/Course Level of Education Identifier", Scheme.LEVEL_OF_EDUCATION),
    ("Taxonomy - Industry Sector", Scheme.INDUSTRY_SECTOR),
    ("Taxonomy - Occupation", Scheme.TAXONOMY_OCCUPATION),
)
_TAXONOMIES = (Scheme.INDUSTRY_SECTOR, Scheme.TAXONOMY_OCCUPATION)
_LONGEST_TITLE = 400
_LABELS = ("usage recommendation", "mapping", "releases")
_HEADERS = ("mappingnotesdate", "mapping notes date", "releaserelease date", "release release date")


def labelled(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines of the summary under its labels ('Usage recommendation:'); a value beside its label counts too."""
    found: dict[str, list[Line]] = {}
    label = ""
    for line in lines:
        head, colon, value = line.tabbed.partition(":")
        if colon and key(head) in _LABELS:
            label = key(head)
            if value.strip():
                found.setdefault(label, []).append(Line(line.number, value.strip()))
        elif key(line.text) not in _HEADERS:
            found.setdefault(label, []).append(line)
    return found


def read_usage(lines: Sequence[Line], code: str) -> Iterator[UsageStatement | Problem]:
    """The usage recommendation, dated where the page dates it."""
    for line in lines:
        match = _USAGE.match(line.text)
        if not match:
            yield not_read("This usage recommendation is not known.", line.number, line.text)
            continue
        yield UsageStatement(
            code=code,
            value=UsageRecommendation(match["value"].capitalize()),
            line=line.number,
            start=printed_day(match["start"]) if match["start"] else None,
            end=printed_day(match["end"]) if match["end"] else None,
        )


def read_releases(
    lines: Sequence[Line], described: str | None, title_line: int
) -> Iterator[Release | Problem]:
    """The rows of the release table; the described one is the one in the page's title or marked '(this release)'.

    Where there is no table, the release of the title stands alone, without a date.
    """
    seen: set[str] = set()
    for line in lines:
        match = _RELEASE.match(line.text)
        if not match or not (match["date"] or match["this"]):
            yield not_read("This row of the release table is not read.", line.number, line.text)
            continue
        if match["rest"].strip() and not match["date"]:
            yield not_read("The date of this release is not read.", line.number, line.text)
        number = match["number"]
        if number in seen:
            yield problem(ProblemKind.REPEATED, f"Release {number} is listed again.", line.number, info=True)
            continue
        seen.add(number)
        mine = number == described if described is not None else match["this"] is not None
        if match["this"] and not mine:
            message = (
                f"Release {number} is marked as this release, but the page's title says release {described}."
            )
            yield not_read(message, line.number)
        issued = printed_day(match["date"]) if match["date"] else None
        yield Release(number=number, issued=issued, described=mine, line=line.number)
    if described is not None and described not in seen:
        yield Release(number=described, issued=None, described=True, line=title_line)


def read_grid(lines: Sequence[Line], heading: Line) -> Iterator[UnitGrid | Problem]:
    """The unit grid, and what is missing of it where the page shows one part of many."""
    rows: list[GridRow] = []
    stated: int | None = None
    shown: tuple[int, Line] | None = None
    glued = False
    for line in lines:
        displaying = _DISPLAYING.match(line.text)
        if displaying:
            stated = int(displaying[3])
            shown = (int(displaying[2]) - int(displaying[1]) + 1, line)
        elif _GRID_HEADER.match(line.text):
            glued = glued or "Essential" in line.text or "Sort" in line.text
        elif not _PAGING.match(line.text):
            row = grid_row(line, len(rows) + 1, glued=glued)
            if row:
                rows.append(row)
            elif rows and not glued and line.text[0].islower() and len(rows[-1].title or "") < _LONGEST_TITLE:
                rows[-1] = replace(rows[-1], title=f"{rows[-1].title} {line.text}")
                message = f"The line goes on with the title of {rows[-1].code} in the unit grid; joined."
                yield problem(ProblemKind.CONTINUED_LINE, message, line.number, info=True)
            else:
                yield not_read("This row of the unit grid is not read.", line.number, line.text)
    if rows or stated is not None:
        yield UnitGrid(rows=tuple(rows), stated=stated, line=heading.number)
    if stated is not None and shown is not None:
        yield from _missing_rows(len(rows), stated, *shown)


def _missing_rows(seen: int, stated: int, shown: int, line: Line) -> Iterator[Problem]:
    if seen < stated:
        message = (
            f"The page shows {seen} of {stated} rows of the unit grid; the others are not in the document."
        )
        yield problem(ProblemKind.PARTIAL_TABLE, message, line.number)
    if seen != shown:
        yield not_read(
            f"The page says that it shows {shown} rows of the unit grid; {seen} were read.", line.number
        )


def grid_row(line: Line, position: int, *, glued: bool) -> GridRow | None:
    """One row of a grid. ``glued``: further columns may be glued to the title; else there is only code and title."""
    parts = line.cells
    match = _GRID_ROW.match(parts[0])
    if not match:
        return None
    code, rest = match["code"], match["rest"].strip()
    if len(parts) > 1:
        return _row_of_cells(code, rest, parts[1:], position, line.number)
    if glued:
        return _row_of_glue(code, rest, position, line.number)
    if not rest:
        return None
    return GridRow(position=position, code=code, title=rest, usage=None, essential=None, line=line.number)


def _row_of_cells(code: str, rest: str, cells: Sequence[str], position: int, number: int) -> GridRow | None:
    usage = next((cell for cell in cells if _STATUS.fullmatch(cell)), None)
    essential = next((cell for cell in cells if _ESSENTIAL.fullmatch(cell)), None)
    title = next((cell for cell in cells if cell and cell not in (usage, essential)), "") or rest
    if not title:
        return None
    return GridRow(
        position=position,
        code=code,
        title=title,
        usage=UsageRecommendation(usage) if usage else None,
        essential=essential,
        line=number,
    )


def _row_of_glue(code: str, rest: str, position: int, number: int) -> GridRow | None:
    """A row whose title is glued to itself and to the columns after it; None where the title is not plain to see."""
    essential = _ESSENTIAL.search(rest)
    body = rest[: essential.start()].rstrip() if essential else rest
    usage = _STATUS.search(body)
    bare = body[: usage.start()].rstrip() if usage else body
    for title, status, role in ((bare, usage, essential), (body, None, essential), (rest, None, None)):
        once = _once(title)
        if once:
            return GridRow(
                position=position,
                code=code,
                title=once,
                usage=UsageRecommendation(status["usage"]) if status else None,
                essential=role["essential"] if role else None,
                line=number,
            )
    return None


def _once(text: str) -> str | None:
    """The half of a text that is the same text twice; None where it is not."""
    if len(text) < 2:
        return None
    for middle in (len(text) // 2, (len(text) + 1) // 2):
        left, right = text[:middle].strip(), text[middle:].strip()
        if left == right:
            return left
    return None


def read_classifications(lines: Sequence[Line], table: Table) -> Iterator[Classification | Problem]:
    """The rows of a classification table. The taxonomies have labels only, several in a row."""
    for line in lines:
        name = key(line.text)
        if name.startswith(("schemecode", "scheme code", "start date", "end date")) or name in (
            "scheme",
            "code",
        ):
            continue
        if _NOTICE.match(line.text):
            return
        scheme = next(((label, found) for label, found in _SCHEMES if line.text.startswith(label)), None)
        match = _VALUE.match(line.text[len(scheme[0]) :].strip()) if scheme else None
        if not scheme or not match or not match["label"]:
            yield not_read("This row of the classifications is not read.", line.number, line.text)
            continue
        yield from _assignments(scheme[1], match, table, line)


def _assignments(scheme: Scheme, match: re.Match[str], table: Table, line: Line) -> Iterator[Classification]:
    """The assignments of a row. One date alone is the start, but where the cell of the start is there and empty."""
    dates = [printed_day(text) for text in match["dates"].split()]
    ends_only = len(dates) == 1 and len(line.cells) > 2 and not line.cells[-2]
    start, end = (None, dates[0]) if ends_only else (*dates, None, None)[:2]
    taxonomy = scheme in _TAXONOMIES
    for label in _split(match["label"]) if taxonomy else (match["label"],):
        yield Classification(
            scheme=scheme,
            value=None if match["value"] == "N/A" else match["value"],
            label=label,
            table=table,
            line=line.number,
            start=start,
            end=end,
        )


def _split(labels: str) -> list[str]:
    """The labels of a comma list; where the list has commas without a space, one with a space is part of a label."""
    comma = r",(?!\s)" if re.search(r",(?=\S)", labels) else r",\s"
    return [label.strip() for label in re.split(comma, labels) if label.strip()]
