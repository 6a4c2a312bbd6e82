"""The title index of an occupation classification: which occupation a job title belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import Authority, Edition, IndexTitle, Problem
from qualgraph.sources.classifications.sheets import (
    OPENING,
    SPREADSHEET,
    Row,
    column,
    is_code,
    is_footer,
    media_type_of,
    openings,
    rows_of,
    stated_edition,
    table_sheets,
)
from qualgraph.sources.dataset import DatasetReader, SourceFile
from qualgraph.sources.tokens import not_read

_CODE = r"(?:(?:occupation|osca|anzsco) )?(?:code|identifier)"
_TITLE = r"(?:description|(?:occupation |index )?title)"
_CATEGORY = r"(?:category|title (?:type|category))"

CATEGORIES: Final = frozenset(
    {"principal title", "alternative title", "specialisation", "occupation in nec category"}
)
"""What a title of the index can be."""

_Columns = tuple[int, int, int]


class TitleIndexReader(DatasetReader):
    """Reads every title once; the same titles in another order on another sheet are left alone."""

    name = "classification-index"
    version = "1"
    media_type = SPREADSHEET
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """A header with a code, a title and its category."""
        return any(_columns(row) for opening in openings(file) for _, row in opening)

    def media_type_of(self, file: SourceFile) -> str:
        """That of a spreadsheet, or of CSV."""
        return media_type_of(file)

    def key(self, file: SourceFile) -> str:
        """The edition."""
        return stated_edition(file).name

    def items(self, file: SourceFile) -> Iterator[Edition | IndexTitle | Problem]:
        """Every title of the first sheet that has them; raises BrokenDocumentError where none has."""
        edition = stated_edition(file)
        yield edition
        for sheet in table_sheets(file):
            rows = rows_of(sheet)
            columns = _header(rows)
            if columns is None:
                continue
            for number, row in rows:
                if is_footer(row):
                    continue
                found = _read(row, columns)
                if found is None:
                    yield not_read("A row of the index was not read.", number, " | ".join(filter(None, row)))
                    continue
                code, title, category = found
                if category not in CATEGORIES:
                    yield not_read(
                        f"'{category[:40]}' is no category of title that is known.", number, info=True
                    )
                yield IndexTitle(
                    edition=edition,
                    code=code,
                    title=title,
                    category=category,
                    table=sheet.title,
                    line=number,
                )
            return
        raise BrokenDocumentError(
            "has no table of titles.", where=file.name, hint="Download the title index again."
        )


def _header(rows: Iterator[Row]) -> _Columns | None:
    for number, row in rows:
        if found := _columns(row):
            return found
        if number > OPENING:
            return None
    return None


def _columns(row: Sequence[str]) -> _Columns | None:
    code, title, category = column(row, _CODE), column(row, _TITLE), column(row, _CATEGORY)
    return None if code is None or title is None or category is None else (code, title, category)


def _read(row: Sequence[str], columns: _Columns) -> tuple[str, str, str] | None:
    if len(row) <= max(columns):
        return None
    code, title, category = (row[at] for at in columns)
    return (
        (code, title, category.lower()) if is_code(code) and len(code) == 6 and title and category else None
    )


READER = TitleIndexReader()
