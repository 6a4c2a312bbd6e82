"""A page of the national register saved from a browser, as text or HTML; read here is that of a qualification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import Authority, Component, Problem, ProblemKind, Record, Table
from qualgraph.sources.base import Extract, SourceText, agreed_code, in_order
from qualgraph.sources.mappings import read_mappings
from qualgraph.sources.other_pages import other_kind, read_other_page
from qualgraph.sources.qualification import read_content
from qualgraph.sources.register_tables import (
    labelled,
    read_classifications,
    read_grid,
    read_releases,
    read_usage,
)
from qualgraph.sources.residue import Tidy
from qualgraph.sources.sections import Outline, Part, outline
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import QUALIFICATION_CODE, key, not_read, problem

_TITLE = re.compile(
    rf"^(?P<code>{QUALIFICATION_CODE})\s+[-–]\s+(?P<title>.+?)(?:\s+\(Release\s+(?P<release>\d[\d.]*)\))?$",
    re.IGNORECASE,
)
_MARKS = ("qualification details", "usage recommendation", "mapping", "releases")
_TABLES = (
    "schemecodeclassification value",
    "scheme code classification value",
    "mappingnotesdate",
    "mapping notes date",
)


class RegisterPage:
    """Reads the summary, its tables, and every section of the page."""

    name = "register-page"
    version = "5"
    authority = Authority.REGISTER

    def recognises(self, lines: Sequence[Line]) -> int:
        """Two of the page's own labels and tables must be there, one of them its title or its first heading."""
        seen = {name for name in (key(line.text.split(":")[0]) for line in lines) if name in _MARKS}
        seen |= {name for name in (key(line.text) for line in lines) if name.startswith(_TABLES)}
        titled = any("(Release " in line.text and _TITLE.match(line.text) for line in lines)
        enough = (titled or "qualification details" in seen) and len(seen) + titled >= 2
        if enough:
            return 10 * (len(seen) + titled)
        other = other_kind(lines)
        return 10 * other[1] if other else 0

    def read(self, source: SourceText, *, code: str | None) -> Extract:
        """Everything on the page; raises BrokenDocumentError where its title is lost."""
        other = None if _is_qualification(source.lines) else other_kind(source.lines)
        if other:
            return read_other_page(other[0], source, code)
        tidy = Tidy()
        found = outline(list(tidy.lines(source.lines)))
        line, match = _title(found, source)
        own, _ = agreed_code(match["code"].upper(), code, source.name)
        component = Component(kind=Kind.QUALIFICATION, code=own, title=match["title"], line=line.number)
        last = None if source.line_end else source.lines[-1].number
        tables = _read_tables(found, own, match["release"], line.number, last)
        content = read_content(
            found, code=own, title=component.title, release=match["release"], line_end=source.line_end
        )
        everything = in_order([component, *tables, *content, *tidy.problems()])
        return Extract(
            key=f"{own}/release-{match['release'] or 'unstated'}",
            subject_kind=component.kind,
            subject_code=own,
            found=everything,
        )


def _is_qualification(lines: Sequence[Line]) -> bool:
    return any(
        key(line.text) == "qualification details" or ("(Release " in line.text and _TITLE.match(line.text))
        for line in lines
    )


def _title(found: Outline, source: SourceText) -> tuple[Line, re.Match[str]]:
    """The line 'CODE - Title (Release n)': under the first heading, or wherever a release stands beside a code."""
    details = found.first(Part.DETAILS)
    for line in details.lines if details else ():
        match = _TITLE.match(line.text)
        if match:
            return line, match
    for line in source.lines:
        match = _TITLE.match(line.text)
        if match and match["release"]:
            return line, match
    raise BrokenDocumentError(
        "is a page of the register without its title line ('CODE - Title').",
        where=source.name,
        hint="Save the whole page again.",
    )


def _read_tables(
    found: Outline, code: str, release: str | None, title_line: int, cut_line: int | None
) -> Iterator[Record | Problem]:
    """The tables; ``cut_line`` is the last line of a page without a line end, where half a code may stand."""
    summary = found.first(Part.SUMMARY)
    labels = labelled(summary.lines) if summary else {}
    yield from read_usage(labels.get("usage recommendation", ()), code)
    mappings = labels.get("mapping", [])
    if mappings and mappings[-1].number == cut_line:
        yield not_read("The document ends in this mapping row; it is not read.", mappings.pop().number)
    yield from read_mappings(mappings, code)
    rows = labels.get("releases", ())
    yield from read_releases(rows, release, title_line)
    if release is None and not rows:
        yield problem(ProblemKind.RELEASE_NOT_STATED, "The page states no release.", title_line)
    for block in found.of(Part.UNIT_GRID):
        yield from read_grid(block.lines, block.heading)
    for block in found.of(Part.CLASSIFICATIONS):
        yield from read_classifications(block.lines, Table.CURRENT)
    for block in found.of(Part.CLASSIFICATION_HISTORY):
        yield from read_classifications(block.lines, Table.HISTORY)


READER = RegisterPage()
