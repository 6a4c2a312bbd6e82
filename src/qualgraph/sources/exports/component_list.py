"""A dump's table of components: code, title, type, and for qualifications and skill sets the training package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualgraph.model import Authority, Component, Entry, EntryRecord, Parent, Problem
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.exports.columns import (
    KINDS,
    Row,
    code_of,
    has_columns,
    plain,
    rows_of,
    unknown_columns,
)
from qualgraph.sources.tokens import not_read

_COLUMNS: Final = ("code", "title", "type", "trainingpackage")


class ComponentList(DatasetReader):
    """Reads every component of the table."""

    name = "component-list"
    version = "1"
    media_type = "text/csv"
    authority = Authority.DUMP

    def recognises(self, file: SourceFile) -> bool:
        """A header with these four columns."""
        return has_columns(file, _COLUMNS)

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each row with a code, a title and a type."""
        yield from unknown_columns(file, frozenset(_COLUMNS))
        for row in rows_of(file):
            yield from [row] if isinstance(row, Problem) else _entry(row)


def _entry(row: Row) -> Iterator[Entry | Problem]:
    code, title = code_of(row.cell("code"), "row", row.line), row.cell("title")
    kind = KINDS.get(plain(row.cell("type")))
    if isinstance(code, Problem):
        yield code
    elif kind is None:
        yield not_read(f"{code} is of no type that is known; it is not read.", row.line, row.cell("type"))
    elif not title:
        yield not_read(f"{code} has no title; it is not read.", row.line)
    else:
        records: list[EntryRecord] = [Component(kind=kind, code=code, title=title, line=row.line)]
        for found in parent_of(row):
            if isinstance(found, Problem):
                yield found
            else:
                records.append(found)
        yield Entry(kind=kind, code=code, records=tuple(records), line=row.line)


def parent_of(row: Row) -> Iterator[Parent | Problem]:
    """The training package of the row; nothing where the cell is empty."""
    if text := row.cell("trainingpackage"):
        package = code_of(text, "training package", row.line)
        yield package if isinstance(package, Problem) else Parent(code=package, title=None, line=row.line)


READER = ComponentList()
