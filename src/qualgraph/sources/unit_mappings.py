"""What a document says of the components it supersedes: sentences, lists under one, and tables.

A mapping is taken only where the words say which unit is superseded and whether the two are equivalent, as
:mod:`qualgraph.sources.mappings` knows them. What is said otherwise is not read, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.model import Equivalence, Mapping, Problem
from qualgraph.notation import ANY_CODE
from qualgraph.sources.mappings import Row, read_row
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import item, key, not_read

_NO_OTHER = re.compile(
    r"^(?:(?:this is an? )?new (?:unit|qualification)"
    r"|no (?:previous )?equivalent (?:units?(?: of competency)?|qualifications?)|not applicable|nil|n/?a|none)"
    r"(?:[.,;]\s*|$)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:this|the) (?:unit|qualification)(?: of competency)?\s+(?=supersedes|replaces)", re.IGNORECASE
)
_GLUED = re.compile(r"\bis(?=(?:not )?equivalent\b)", re.IGNORECASE)
_NAMED = re.compile(rf"^(?P<code>{ANY_CODE})(?:\s*[-–]\s*|\s+)?(?P<title>.*)$")
_CODE = re.compile(ANY_CODE)
_EQUIVALEN = re.compile(r"equivalen", re.IGNORECASE)
_STATUS = {
    "equivalent unit": Equivalence.EQUIVALENT,
    "equivalent": Equivalence.EQUIVALENT,
    "not equivalent": Equivalence.NOT_EQUIVALENT,
    "not equivalent unit": Equivalence.NOT_EQUIVALENT,
    "non equivalent": Equivalence.NOT_EQUIVALENT,
}
_SHORT = {"e": Equivalence.EQUIVALENT, "ne": Equivalence.NOT_EQUIVALENT}
_SHORT_STATUS = re.compile(r"^E\W+NE$")
"""The heading of a column that says E for equivalent and NE for not equivalent; only under it do the letters count."""
_HEADERS = (
    "code and title",
    "current version",
    "previous version",
    "comments",
    "equivalence status",
    "status",
)
_UNKNOWN = "What this says of earlier units is not known; no mapping is taken from it."


def read_unit_mappings(lines: Sequence[Line], code: str) -> Iterator[Mapping | Problem]:
    """The mapping rows of the document of the component ``code``; nothing where it says that there are none."""
    lead: str | None = None
    short: dict[str, Equivalence] = {}
    for line in lines:
        cells = line.cells
        if len(cells) >= 3:
            if _SHORT_STATUS.match(cells[-1]):
                short = _SHORT
            elif not _is_header(cells):
                yield from _of_table(cells, code, line, short)
            continue
        if _is_header(cells):
            continue
        bullet = item(line.text)
        if bullet is not None and lead:
            yield from _of_sentence(f"{lead} {bullet}", code, line)
            continue
        text = _without_none(_SUBJECT.sub("", _GLUED.sub("is ", bullet or line.text)))
        lead = text.rstrip(": ") if text.endswith(":") else None
        if text and not lead:
            yield from _of_sentence(text, code, line)


def _without_none(text: str) -> str:
    """The text less what says that there is no equivalent unit, which is no mapping and no lack of one."""
    while match := _NO_OTHER.match(text):
        text = text[match.end() :].strip()
    return _SUBJECT.sub("", text)


def _is_header(cells: Sequence[str]) -> bool:
    return all(not cell or key(cell).startswith(_HEADERS) for cell in cells)


def _of_sentence(text: str, code: str, line: Line) -> Iterator[Mapping | Problem]:
    if len(set(_CODE.findall(text)) - {code}) != 1:
        yield not_read(_UNKNOWN, line.number, line.text)
        return
    for found in read_row(Row(text.rstrip(". "), line.number), code):
        if isinstance(found, Mapping) and not _is_understood(found, text):
            yield not_read(_UNKNOWN, line.number, line.text)
            return
        yield found


def _is_understood(found: Mapping, text: str) -> bool:
    """Whether every word on equivalence was read: none stands in the title, and none was passed over."""
    told = _EQUIVALEN.findall(text)
    return not _EQUIVALEN.search(f"{found.old_title} {found.new_title} {found.note}") and (
        len(told) == (found.equivalence is not Equivalence.NOT_DETERMINED)
    )


def _of_table(
    cells: Sequence[str], code: str, line: Line, short: dict[str, Equivalence]
) -> Iterator[Mapping | Problem]:
    """A row 'this unit, earlier unit, comments, status', in either order of the two."""
    named = [(match["code"], match["title"]) for cell in cells if (match := _NAMED.match(cell))]
    others = [(other, title) for other, title in named if other != code]
    status = {**_STATUS, **short}.get(key(cells[-1]))
    if any(other == code for other, _ in named) and not others:
        if not _NO_OTHER.match(cells[1] or cells[-1]):
            yield not_read(_UNKNOWN, line.number, line.text)
        return
    if len(named) != 2 or len(others) != 1 or status is None:
        yield not_read(_UNKNOWN, line.number, line.text)
        return
    old, title = others[0]
    comment = next((cell for cell in cells[2:-1] if cell), None)
    yield Mapping(
        old=old,
        new=code,
        old_title=title.strip(". ") or None,
        new_title=None,
        equivalence=status,
        date=None,
        note=comment,
        line=line.number,
    )
