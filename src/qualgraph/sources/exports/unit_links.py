"""A dump's table of links: which unit stands in the grid of which qualification or skill set.

The table does not say which units are core. Rows of one component mostly stand together: those that do are one grid.
Where more rows of it come later, they are a second grid, so that no more than one component's rows are ever held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final

from qualgraph.identifiers import Kind
from qualgraph.model import Authority, Entry, EntryRecord, GridRow, Problem, Release, UnitGrid
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
from qualgraph.sources.exports.component_list import parent_of
from qualgraph.sources.tokens import not_read

_COLUMNS: Final = ("trainingpackage", "parenttype", "parentcode", "unitcode")
MOST_ROWS: Final = 5_000
"""Rows of one grid; more of one component are a further grid, so that what is held is bounded."""

_Key = tuple[str, str, str]


class UnitLinks(DatasetReader):
    """Reads the rows of each qualification and skill set as its unit grid."""

    name = "unit-links"
    version = "1"
    media_type = "text/csv"
    authority = Authority.DUMP

    def recognises(self, file: SourceFile) -> bool:
        """A header with the four columns."""
        return has_columns(file, _COLUMNS)

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each run of rows of one component."""
        yield from unknown_columns(file, frozenset(_COLUMNS))
        parts: Counter[tuple[Kind, str]] = Counter()
        run: list[Row] = []
        for found in chain(rows_of(file), [None]):
            if isinstance(found, Problem):
                yield found
                continue
            if run and (found is None or _key(found) != _key(run[0]) or len(run) == MOST_ROWS):
                yield from _entry(run, parts)
                run = []
            if found is not None:
                run.append(found)


def _key(row: Row) -> _Key:
    return row.cell("parenttype"), row.cell("parentcode"), row.cell("trainingpackage")


def _entry(run: list[Row], parts: Counter[tuple[Kind, str]]) -> Iterator[Entry | Problem]:
    first = run[0]
    code = code_of(first.cell("parentcode"), "parent", first.line)
    kind = KINDS.get(plain(first.cell("parenttype")))
    if isinstance(code, Problem):
        yield code
        return
    if kind is None:
        message = f"{code} is of no type that is known; its {len(run)} rows are not read."
        yield not_read(message, first.line, first.cell("parenttype"))
        return
    records: list[EntryRecord] = [Release(number=None, issued=None, described=True, line=first.line)]
    rows: list[GridRow] = []
    for found in chain(parent_of(first), _grid_rows(run)):
        if isinstance(found, Problem):
            yield found
        elif isinstance(found, GridRow):
            rows.append(found)
        else:
            records.append(found)
    parts[kind, code] += 1
    records.append(UnitGrid(rows=tuple(rows), stated=None, line=first.line, part=parts[kind, code]))
    yield Entry(kind=kind, code=code, records=tuple(records), line=first.line)


def _grid_rows(run: list[Row]) -> Iterator[GridRow | Problem]:
    seen: set[str] = set()
    for row in run:
        unit = code_of(row.cell("unitcode"), "unit", row.line)
        if isinstance(unit, Problem):
            yield unit
        elif unit in seen:
            yield not_read(
                f"{unit} is linked to {row.cell('parentcode')} twice; taken once.", row.line, info=True
            )
        else:
            seen.add(unit)
            yield GridRow(
                position=len(seen), code=unit, title=None, usage=None, essential=None, line=row.line
            )


READER = UnitLinks()
