"""Rows of tables with packaging rules in them: spreadsheets (.xlsx) of the register's export, and CSV.

Columns are told by their headers, without regard to case, spaces and order. Nothing of a spreadsheet is run, and
what it unpacks to is bounded.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import IO, Any

from openpyxl import load_workbook

from qualgraph.errors import BrokenDocumentError, DocumentTooLargeError
from qualgraph.sources.rule_rows import TEXT

ZIP_MARK = b"PK\x03\x04"
MAX_UNPACKED = 512 * 1024 * 1024
"""Bytes that a spreadsheet may unpack to; a register's export has some 50 million."""

MAX_CELL = 8 * 1024 * 1024
_HEADER_ROWS = 25
_HEADERS = {
    "code": ("code", "qualificationcode", "nationalcode"),
    "title": ("title", "qualificationtitle", "qualificationname", "name"),
    "release": ("release", "releasenumber"),
    "usageRecommendation": ("usagerecommendation", "usage", "status"),
    "tpCode": ("tpcode", "trainingpackagecode", "packagecode", "parentcode"),
    "truncated": ("truncated",),
    TEXT: ("packagingrules", "packagingrule"),
}
_BY_HEADER = {header: key for key, headers in _HEADERS.items() for header in headers}
_CARRIAGE_RETURN = re.compile(r"_x000D_\n?")
_COLUMNS = f"A table of packaging rules has a header row with at least the columns 'code' and '{TEXT}'."

Placed = tuple[str, dict[str, Any]]
"""Where a row stands (``register.xlsx[Sheet1]:12``), and the row by the keys of the register's export."""


def spreadsheet_rows(stream: IO[bytes], name: str) -> Iterator[Placed]:
    """The rows of every sheet that has the columns.

    Raises BrokenDocumentError for what is no spreadsheet or has no such sheet, DocumentTooLargeError for one that
    unpacks to more than ``MAX_UNPACKED`` bytes.
    """
    _check_archive(stream, name)
    seen: list[str] = []
    found = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with closing(load_workbook(stream, read_only=True, data_only=True)) as book:
                for sheet in book.worksheets:
                    if not hasattr(sheet, "reset_dimensions"):
                        continue
                    sheet.reset_dimensions()
                    for at, row in _records(sheet.iter_rows(values_only=True), seen):
                        found = True
                        yield f"{name}[{sheet.title}]:{at}", row
    except (BrokenDocumentError, DocumentTooLargeError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl lets many kinds of error out of a damaged file, not only its own
        raise BrokenDocumentError(
            f"cannot be read as a spreadsheet: {type(error).__name__}: {error}"[:300].rstrip(".") + ".",
            where=name,
            hint="Open it in a spreadsheet program and save it as .xlsx again, or export it again.",
        ) from error
    if not found:
        raise _no_columns(name, seen)


def _check_archive(stream: IO[bytes], name: str) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if total > MAX_UNPACKED:
                raise DocumentTooLargeError(
                    f"unpacks to {total:,} bytes; the limit is {MAX_UNPACKED:,}.",
                    where=name,
                    hint="Check that this is the register's export.",
                )
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise BrokenDocumentError(
                    "is a ZIP archive or an office document, and no spreadsheet.", where=name, hint=_COLUMNS
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise BrokenDocumentError(
                                "declares a document type, which no spreadsheet does; it is not read, for safety.",
                                where=name,
                                hint="Export it from the register again.",
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BrokenDocumentError(
            f"is a damaged ZIP archive: {str(error).rstrip('.')}.", where=name, hint="Download it again."
        ) from error
    finally:
        stream.seek(0)


def is_table(head: bytes) -> bool:
    """Whether the file begins with a line of CSV headers that has the columns."""
    lines = head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
    return _columns(next(csv.reader(lines[:1]), [])) is not None


def csv_rows(stream: IO[bytes], name: str) -> Iterator[Placed]:
    """The rows of a CSV file, each with the number of its first line; raises BrokenDocumentError."""
    csv.field_size_limit(MAX_CELL)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = csv.reader(text)
    try:
        columns = _columns(next(reader, [])) or {}
        before = reader.line_num
        for cells in reader:
            row = _record(cells, columns)
            if row:
                yield f"{name}:{before + 1}", row
            before = reader.line_num
    except (csv.Error, UnicodeDecodeError) as error:
        raise BrokenDocumentError(
            f"cannot be read as CSV: {error}.",
            where=f"{name}:{reader.line_num}",
            hint="Save it as UTF-8 CSV.",
        ) from error
    finally:
        text.detach()


def _records(rows: Iterable[Sequence[Any]], seen: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows under the header of one sheet; headers of a sheet without the columns go to ``seen``."""
    columns: dict[str, int] | None = None
    for at, cells in enumerate(rows, start=1):
        if columns is None:
            columns = _columns(cells)
            if columns is None and at <= _HEADER_ROWS:
                seen.extend(str(cell).strip()[:40] for cell in cells[:50] if isinstance(cell, str))
            elif columns is None:
                return
        else:
            row = _record(cells, columns)
            if row:
                yield at, row


def _columns(cells: Sequence[Any]) -> dict[str, int] | None:
    """Which column holds what; None where the row is no header of such a table."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        key = _BY_HEADER.get("".join(char for char in str(cell or "").lower() if char.isalnum()))
        if key is not None:
            found.setdefault(key, at)
    return found if {"code", TEXT} <= found.keys() else None


def _record(cells: Sequence[Any], columns: dict[str, int]) -> dict[str, Any]:
    """The row by its keys; empty where all its cells are."""
    row: dict[str, Any] = {}
    for key, at in columns.items():
        value = cells[at] if at < len(cells) else None
        if key == "truncated":
            row[key] = str(value).strip().lower() in ("true", "yes", "y", "1")
        elif value is not None and str(value).strip():
            row[key] = _CARRIAGE_RETURN.sub("\n", str(value))
    return row if any(key != "truncated" for key in row) else {}


def _no_columns(name: str, seen: list[str]) -> BrokenDocumentError:
    headers = ", ".join(repr(header) for header in dict.fromkeys(seen[:20])) or "nothing"
    return BrokenDocumentError(
        f"has no sheet with packaging rules; its first rows hold {headers}.", where=name, hint=_COLUMNS
    )
