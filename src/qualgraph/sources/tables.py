"""Rows of tables with packaging rules in them: spreadsheets (.xlsx) of the register's export, and CSV.

Columns are told by their headers, without regard to case, spaces and order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from qualgraph.errors import BrokenDocumentError
from qualgraph.sources.delimited import delimited_rows, header_of
from qualgraph.sources.rule_rows import TEXT
from qualgraph.sources.spreadsheets import sheets

_HEADER_ROWS = 25
_HEADERS = {
    "code": ("code", "qualificationcode", "nationalcode"),
    "title": ("title", "qualificationtitle", "qualificationname", "name"),
    "release": ("release", "releasenumber"),
    "usageRecommendation": ("usagerecommendation", "usage", "status"),
    "tpCode": ("tpcode", "trainingpackagecode", "packagecode", "parentcode"),
    "tpTitle": ("tptitle", "trainingpackagetitle", "packagetitle", "parenttitle"),
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
    unpacks to more than a spreadsheet may.
    """
    seen: list[str] = []
    found = False
    for sheet in sheets(stream, name, _COLUMNS):
        for at, row in _records(sheet.rows, seen):
            found = True
            yield f"{name}[{sheet.title}]:{at}", row
    if not found:
        raise _no_columns(name, seen)


def is_table(head: bytes) -> bool:
    """Whether the file begins with a line of CSV headers that has the columns."""
    return _columns(header_of(head)) is not None


def csv_rows(stream: IO[bytes], name: str) -> Iterator[Placed]:
    """The rows of a CSV file, each with the number of its first line; raises BrokenDocumentError."""
    rows = delimited_rows(stream, name)
    columns = _columns(next(rows, (1, []))[1]) or {}
    for at, cells in rows:
        row = _record(cells, columns)
        if row:
            yield f"{name}:{at}", row


def _records(
    rows: Iterable[tuple[int, Sequence[Any]]], seen: list[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows under the header of one sheet; headers of a sheet without the columns go to ``seen``."""
    columns: dict[str, int] | None = None
    for at, cells in rows:
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
