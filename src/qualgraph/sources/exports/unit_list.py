"""National lists of units: code, name and field of education, separated by tabs, one unit a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualgraph.identifiers import Kind
from qualgraph.model import Authority, Component, Entry, EntryRecord, Problem
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.exports.columns import Row, code_of, field_of_education, has_columns, rows_of
from qualgraph.sources.tokens import not_read

_COLUMNS: Final = ("code", "name", "fieldofed")


class UnitList(DatasetReader):
    """Reads every unit of the list; a quotation mark is a character like any other."""

    name = "unit-list"
    version = "1"
    media_type = "text/tab-separated-values"
    authority = Authority.LIST

    def recognises(self, file: SourceFile) -> bool:
        """A header of these three columns."""
        return has_columns(file, _COLUMNS, delimiter="\t")

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each line with a code and a name."""
        for row in rows_of(file, delimiter="\t", quoted=False):
            yield from [row] if isinstance(row, Problem) else _entry(row)


def _entry(row: Row) -> Iterator[Entry | Problem]:
    code, title = code_of(row.cell("code"), "row", row.line), row.cell("name")
    if isinstance(code, Problem):
        yield code
    elif not title:
        yield not_read(f"{code} has no name; it is not read.", row.line)
    else:
        records: list[EntryRecord] = [Component(kind=Kind.UNIT, code=code, title=title, line=row.line)]
        for found in field_of_education(Kind.UNIT, row.cell("fieldofed"), "", row.line):
            if isinstance(found, Problem):
                yield found
            else:
                records.append(found)
        yield Entry(kind=Kind.UNIT, code=code, records=tuple(records), line=row.line)


READER = UnitList()
