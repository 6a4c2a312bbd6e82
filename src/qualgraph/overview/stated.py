"""What one document states more than once, told once: statements that differ in nothing but the line they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from qualgraph.overview.history import Step
from qualgraph.overview.records import MappingSummary
from qualgraph.overview.source import Source

Row = TypeVar("Row", Step, MappingSummary)


def each_with_lines(rows: Iterable[Row]) -> list[tuple[Row, tuple[Source, ...]]]:
    """Each mapping row once for a document, in order, with every place of the document that states it.

    A table of components has the mapping of two in the rows of both.
    """
    found: dict[Row, list[Row]] = {}
    for row in rows:
        anywhere = replace(row, source=Source(document=row.source.document, line=None))
        found.setdefault(anywhere, []).append(row)
    return [(same[0], tuple(each.source for each in same)) for same in found.values()]
