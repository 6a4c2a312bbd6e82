"""A search page of the REST interface: one row a component, with its status, latest release and classifications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qualgraph.model import Authority, Entry, EntryRecord, Problem
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.interfaces.json_text import JsonText
from qualgraph.sources.interfaces.rest_component import item_records
from qualgraph.sources.interfaces.rest_opening import opening
from qualgraph.sources.interfaces.rest_paths import Answer
from qualgraph.sources.interfaces.rest_values import Doubts, code_of, kind_of, word
from qualgraph.sources.tokens import not_read

_MARKS: Final = frozenset({"type", "status", "latestRelease", "usageRecommendation", "nrtId"})


class RestSearch(DatasetReader):
    """Reads every row as it streams."""

    name = "rest-search"
    version = "1"
    media_type = "application/json"
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """An object with a list of components."""
        found = opening(file.head)
        if found is None or found.is_list or "data" not in found.names:
            return False
        return (
            "count" in found.names
            if not found.row
            else {"code", "title"} <= set(found.row) and bool(_MARKS & set(found.row))
        )

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each row that states its code and type."""
        doubts = Doubts()
        with file.open() as stream:
            for line, row in JsonText(stream, file.name).rows("data"):
                yield from _entry(row, line, doubts)


def _entry(row: Any, line: int, doubts: Doubts) -> Iterator[Entry | Problem]:
    yield from doubts.of(Answer.SEARCH, row, line)
    code = code_of(row, "code") if isinstance(row, dict) else None
    if code is None:
        yield not_read("A row without a national code is not read.", line)
        return
    kind = kind_of(row)
    if kind is None:
        yield not_read(f"{code} is of a type that is not read ({word(row, 'type') or 'not stated'}).", line)
        return
    records: list[EntryRecord] = []
    for found in item_records(row, kind, code, line):
        if isinstance(found, Problem):
            yield found
        else:
            records.append(found)
    yield Entry(kind=kind, code=code, records=tuple(records), line=line)


READER = RestSearch()
