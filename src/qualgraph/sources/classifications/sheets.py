"""Sheets of a classification's files: spreadsheets as published, or the same tables saved as CSV."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from qualgraph.errors import DocumentError, UnidentifiedDocumentError
from qualgraph.model import Edition
from qualgraph.sources.classifications.editions import edition_named_in
from qualgraph.sources.dataset import SourceFile
from qualgraph.sources.delimited import delimited_rows
from qualgraph.sources.spreadsheets import ZIP_MARK, Sheet, sheets

SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HINT: Final = "Download the spreadsheet again from the Australian Bureau of Statistics."
OPENING: Final = 14
"""Rows of a sheet within which its title and header stand."""

_SHEETS_LOOKED_AT: Final = 3
_MOST_OF_NAMES: Final = 1024 * 1024
"""Bytes of the list of sheets that are looked at, however far a hostile archive would unpack."""
_SHEET_NAMES = re.compile(rb'<sheet [^>]*name="(Table \d+|Contents)"')
_CODE = re.compile(r"\d{1,6}")
_FOOTER = re.compile(r"^(?:©|\(c\)|crown copyright|commonwealth of australia)", re.IGNORECASE)

Row = tuple[int, list[str]]


def is_spreadsheet(file: SourceFile) -> bool:
    """Whether the file is a ZIP archive, as spreadsheets are."""
    return file.head.startswith(ZIP_MARK)


def media_type_of(file: SourceFile) -> str:
    """The media type of a spreadsheet, or of a table saved as CSV."""
    return SPREADSHEET if is_spreadsheet(file) else "text/csv"


def table_sheets(file: SourceFile) -> Iterator[Sheet]:
    """Every sheet in order; a CSV file is one sheet with an empty title. Raises DocumentError."""
    with file.open() as stream:
        if is_spreadsheet(file):
            yield from sheets(stream, file.name, HINT)
        else:
            yield Sheet(title="", rows=delimited_rows(stream, file.name))


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The rows that are not empty, with their numbers and every cell as text."""
    for number, cells in sheet.rows:
        texts = [cell_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def openings(file: SourceFile) -> list[list[Row]]:
    """The first rows of the first sheets, by which the kind of file is told; none of what cannot be read."""
    if not is_spreadsheet(file):
        return [_opening_of_text(file.head)]
    if not _has_tables(file):
        return []
    found = []
    try:
        for sheet in table_sheets(file):
            opening = []
            for row in rows_of(sheet):
                if row[0] > OPENING:
                    break
                opening.append(row)
            found.append(opening)
            if len(found) == _SHEETS_LOOKED_AT:
                break
    except DocumentError:
        return []
    return found


def _opening_of_text(head: bytes) -> list[Row]:
    if b"\x00" in head:
        return []
    lines = head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()[:OPENING]
    try:
        rows = list(enumerate(csv.reader(lines), start=1))
    except csv.Error:
        return []
    return [(number, [cell.strip() for cell in cells]) for number, cells in rows if any(cells)]


def _has_tables(file: SourceFile) -> bool:
    """Whether the sheets are called as those of the Bureau's files; cheaper than opening the spreadsheet."""
    try:
        with (
            file.open() as stream,
            zipfile.ZipFile(stream) as archive,
            archive.open("xl/workbook.xml") as part,
        ):
            return bool(_SHEET_NAMES.search(part.read(_MOST_OF_NAMES)))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False


def stated_edition(file: SourceFile) -> Edition:
    """The edition that the file's own heading names; raises UnidentifiedDocumentError where none is named."""
    cells = [cell for opening in openings(file) for _, row in opening for cell in row]
    named = [edition for cell in cells if (edition := edition_named_in(cell))]
    for edition in named:
        if edition.is_stated:
            return edition
    raise UnidentifiedDocumentError(
        "never says which edition of the classification it is.",
        where=file.name,
        hint="Keep the title line of the published table, for example 'OSCA, 2024, Version 1.0', above the header.",
    )


def cell_text(value: Any) -> str:
    """A cell as it shows: white space joined, whole numbers without a decimal part, an empty one as ''."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def is_code(text: str) -> bool:
    """Whether the cell is a code of 1 to 6 digits."""
    return bool(_CODE.fullmatch(text))


def is_footer(cells: Sequence[str]) -> bool:
    """Whether the row only says whose the table is."""
    first = next((cell for cell in cells if cell), "")
    return bool(_FOOTER.match(first))


def column(header: Sequence[str], *patterns: str) -> int | None:
    """The first column whose heading matches a pattern wholly; the patterns in their order of preference."""
    for pattern in patterns:
        for at, heading in enumerate(header):
            if re.fullmatch(pattern, heading, re.IGNORECASE):
                return at
    return None
