"""The rows of text tables: CSV and tab-separated files, read as they stream."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Final

from qualgraph.errors import BrokenDocumentError

MAX_CELL: Final = 8 * 1024 * 1024
"""Characters of one cell that are read."""
MAX_LINE: Final = 4 * MAX_CELL
"""Characters of one line that are read."""


def delimited_rows(
    stream: IO[bytes], name: str, *, delimiter: str = ",", quoted: bool = True
) -> Iterator[tuple[int, list[str]]]:
    """Every row with the number of its first line, the header row too; a row may take several lines.

    ``quoted``: cells may stand in quotation marks; without it, a quotation mark is a character like any other.
    Raises BrokenDocumentError, with the line, for what is no UTF-8 or no table.
    """
    csv.field_size_limit(MAX_CELL)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = csv.reader(
        _lines(text, name),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except UnicodeDecodeError as error:
        raise BrokenDocumentError(
            "is not UTF-8 text"
            + (": it is UTF-16." if error.object[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "."),
            where=f"{name}, after line {reader.line_num}",
            hint="Save it as UTF-8 CSV.",
        ) from error
    except csv.Error as error:
        raise BrokenDocumentError(
            f"cannot be read as CSV: {error}.",
            where=f"{name}:{reader.line_num + 1}",
            hint="Save it as UTF-8 CSV.",
        ) from error
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines; a file without line ends is never held whole."""
    number = 0
    while line := text.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise BrokenDocumentError(
                f"has a line of more than {MAX_LINE:,} characters.",
                where=f"{name}:{number}",
                hint="Check that this is the table that you meant.",
            )
        yield line


def header_of(head: bytes, *, delimiter: str = ",") -> list[str]:
    """The cells of the first line of a file's beginning, without white space around them."""
    first = head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()[:1]
    try:
        return [cell.strip() for cell in next(csv.reader(first, delimiter=delimiter), [])]
    except csv.Error:
        return []
