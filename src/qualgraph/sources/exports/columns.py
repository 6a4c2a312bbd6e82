"""Rows of a table by the headers of its columns, and what the cells of registers hold: codes, days, lists in step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qualgraph.errors import ParameterError
from qualgraph.identifiers import Kind, listed_code
from qualgraph.model import Classification, Problem, ProblemKind, Scheme, Table
from qualgraph.sources.dataset import SourceFile
from qualgraph.sources.delimited import delimited_rows, header_of
from qualgraph.sources.tokens import not_read, problem

KINDS: Final[Mapping[str, Kind]] = {
    "qualification": Kind.QUALIFICATION,
    "unitofcompetency": Kind.UNIT,
    "unit": Kind.UNIT,
    "accreditedunit": Kind.UNIT,
    "skillset": Kind.SKILL_SET,
    "trainingpackage": Kind.TRAINING_PACKAGE,
    "accreditedcourse": Kind.ACCREDITED_COURSE,
}
"""What tables call the kinds of component, by :func:`plain`."""

ASCED_DIGITS: Final[Mapping[Kind, int]] = {Kind.UNIT: 6}
"""Digits of the field of education of a component: 4, but for units."""

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def plain(text: str) -> str:
    """A header or name of a kind in a form that can be compared: letters and digits, in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def has_columns(file: SourceFile, wanted: Sequence[str], *, delimiter: str = ",") -> bool:
    """Whether the first line of the file is a header with all these columns."""
    return set(wanted) <= {plain(cell) for cell in header_of(file.head, delimiter=delimiter)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row: the number of its first line, and its cells without white space around them."""

    line: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    def cell(self, column: str) -> str:
        """The cell under this header, as :func:`plain` has it; empty where there is no such column."""
        at = self.columns.get(column)
        return "" if at is None else self.at(at)

    def at(self, place: int) -> str:
        """The cell at this place, counted from 0; empty where the row has none."""
        return self.cells[place] if place < len(self.cells) else ""


def rows_of(file: SourceFile, *, delimiter: str = ",", quoted: bool = True) -> Iterator[Row | Problem]:
    """The rows under the header; one with more cells than the header, or fewer, is a problem and is not read.

    Empty cells at the end of a line that is not quoted may have been left out. Raises BrokenDocumentError.
    """
    with file.open() as stream:
        rows = delimited_rows(stream, file.name, delimiter=delimiter, quoted=quoted)
        header = next(rows, (1, []))[1]
        columns: dict[str, int] = {}
        for at, name in enumerate(header):
            columns.setdefault(plain(name), at)
        for line, cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header) or (quoted and len(cells) < len(header)):
                message = f"The row has {len(cells)} cells, and the header {len(header)}; it is not read."
                yield not_read(message, line)
            else:
                yield Row(line=line, cells=tuple(cell.strip() for cell in cells), columns=columns)


def unknown_columns(file: SourceFile, known: frozenset[str]) -> Iterator[Problem]:
    """One problem that names the columns that this reader does not know, where there are any."""
    names = [cell for cell in header_of(file.head) if plain(cell) not in known]
    if names:
        told = ", ".join(name[:40] or "one without a name" for name in names[:20])
        yield not_read(f"Columns that are not known are not read: {told}.", 1, info=True)


def code_of(text: str, what: str, line: int) -> str | Problem:
    """The code in a cell; a problem where the cell holds none."""
    try:
        return listed_code(text)
    except ParameterError:
        return not_read(f"The {what} has no code that can be read; it is not read.", line, text[:200])


def day_of(text: str) -> date | None:
    """A day as day/month/year; None where the cell holds none."""
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def parts_of(text: str) -> list[str]:
    """The values of a cell with several, separated by ``;``; none for an empty cell."""
    return [part.strip() for part in text.split(";")] if text else []


def asced_field(text: str, digits: int) -> str | None:
    """The code of a field of education with the leading zero that a spreadsheet program may have taken.

    No field begins with two zeros, so that at most one was lost. None for anything else.
    """
    code = text.zfill(digits)
    fits = text.isascii() and text.isdigit() and digits - 1 <= len(text) <= digits
    return code if fits and not code.startswith("00") else None


def field_of_education(kind: Kind, text: str, label: str, line: int) -> Iterator[Classification | Problem]:
    """The classification by field of education in a cell; nothing for an empty one."""
    if not text:
        return
    value = asced_field(text, ASCED_DIGITS.get(kind, 4))
    if value is None:
        yield not_read("The field of education is no ASCED code of this length; it is not read.", line, text)
        return
    yield Classification(
        scheme=Scheme.ASCED_FIELD, value=value, label=label or None, table=Table.CURRENT, line=line
    )


def restored(number: int) -> Iterator[Problem]:
    """One problem that says how many codes had lost their leading zero; nothing for none."""
    if number:
        message = f"The leading zero of {number:,} ASCED codes was lost before this file was saved; put back."
        yield problem(ProblemKind.RESIDUE, message, None, info=True)
