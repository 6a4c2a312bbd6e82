"""The rows of spreadsheets (.xlsx), sheet by sheet as they are read. Nothing of a spreadsheet is run."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any, Final

from openpyxl import load_workbook

from qualgraph.errors import BrokenDocumentError, DocumentTooLargeError

ZIP_MARK: Final = b"PK\x03\x04"
MAX_UNPACKED: Final = 512 * 1024 * 1024
"""Bytes that a spreadsheet may unpack to; a register's export has some 50 million."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: its title, and its rows with their 1-based numbers, which can be read once."""

    title: str
    rows: Iterator[tuple[int, Sequence[Any]]]


def sheets(stream: IO[bytes], name: str, hint: str) -> Iterator[Sheet]:
    """The sheets of a spreadsheet; read the rows of one before asking for the next.

    ``hint`` says what kind of spreadsheet is wanted. Raises BrokenDocumentError for what is no spreadsheet or is
    damaged, DocumentTooLargeError for one that unpacks to more than ``MAX_UNPACKED`` bytes.
    """
    check_archive(stream, name, hint)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with closing(load_workbook(stream, read_only=True, data_only=True)) as book:
                for sheet in book.worksheets:
                    if not hasattr(sheet, "reset_dimensions"):
                        continue
                    sheet.reset_dimensions()
                    rows = sheet.iter_rows(values_only=True)
                    yield Sheet(title=sheet.title, rows=_numbered(rows, name))
    except (BrokenDocumentError, DocumentTooLargeError, GeneratorExit):
        raise
    except Exception as error:  # openpyxl lets many kinds of error out of a damaged file, not only its own
        raise _damaged(error, name) from error


def _numbered(rows: Iterable[Sequence[Any]], name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        yield from enumerate(rows, start=1)
    except GeneratorExit:
        raise
    except Exception as error:
        raise _damaged(error, name) from error


def _damaged(error: Exception, name: str) -> BrokenDocumentError:
    return BrokenDocumentError(
        f"cannot be read as a spreadsheet: {type(error).__name__}: {error}"[:300].rstrip(".") + ".",
        where=name,
        hint="Open it in a spreadsheet program and save it as .xlsx again, or export it again.",
    )


def check_archive(stream: IO[bytes], name: str, hint: str) -> None:
    """Raises BrokenDocumentError or DocumentTooLargeError for what is no spreadsheet that may be opened."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if total > MAX_UNPACKED:
                raise DocumentTooLargeError(
                    f"unpacks to {total:,} bytes; the limit is {MAX_UNPACKED:,}.",
                    where=name,
                    hint="Check that this is the spreadsheet that you meant.",
                )
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise BrokenDocumentError(
                    "is a ZIP archive or an office document, and no spreadsheet.", where=name, hint=hint
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise BrokenDocumentError(
                                "declares a document type, which no spreadsheet does; it is not read, for safety.",
                                where=name,
                                hint="Download or export it again.",
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BrokenDocumentError(
            f"is a damaged ZIP archive: {str(error).rstrip('.')}.", where=name, hint="Download it again."
        ) from error
    finally:
        stream.seek(0)
