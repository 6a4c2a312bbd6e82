"""The register's export of packaging rules: a row a qualification, as a spreadsheet, CSV or JSON Lines."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from qualgraph.errors import BrokenDocumentError, DocumentError, ParameterError
from qualgraph.identifiers import Kind, national_code
from qualgraph.model import (
    Authority,
    Component,
    Entry,
    EntryRecord,
    Packaging,
    Parent,
    Problem,
    Release,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.exports.columns import code_of
from qualgraph.sources.interfaces.json_text import is_text
from qualgraph.sources.rule_rows import TEXT, is_parsed, row_rule
from qualgraph.sources.spreadsheets import ZIP_MARK
from qualgraph.sources.tables import csv_rows, is_table, spreadsheet_rows
from qualgraph.sources.tokens import not_read

MAX_ROW: Final = 8 * 1024 * 1024
"""Bytes of one line that are read; the longest rule on the register has some 40,000."""

SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOM: Final = b"\xef\xbb\xbf"
_USAGES: Final = {value.value.lower(): value for value in UsageRecommendation}
_Tree = TypeVar("_Tree")


class PackagingExport(DatasetReader):
    """Reads the text of each rule; a text that was cut off when it was exported is partly read."""

    name = "packaging-export"
    version = "4"
    media_type = "application/jsonl"
    authority = Authority.EXPORT

    def recognises(self, file: SourceFile) -> bool:
        """JSON Lines, a spreadsheet or CSV with a code and a packaging rule in its rows."""
        head = file.head.removeprefix(_BOM).lstrip()
        if head.startswith(ZIP_MARK):
            return _has_rules(file)
        if head.startswith(b"{"):
            return _begins_with_rule(head)
        return is_table(head)

    def media_type_of(self, file: SourceFile) -> str:
        """Spreadsheet, CSV or JSON Lines."""
        if file.head.startswith(ZIP_MARK):
            return SPREADSHEET
        return self.media_type if file.head.removeprefix(_BOM).lstrip().startswith(b"{") else "text/csv"

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each row with a code and a rule."""
        seen: set[tuple[str, str | None]] = set()
        for line, row in _rows(file):
            for found in _entry(row, line, f"{file.name}:{line}"):
                if isinstance(found, Entry):
                    key = found.code, next(one.number for one in found.records if isinstance(one, Release))
                    if key in seen:
                        yield not_read(f"{found.code} has a second row; only the first is read.", line)
                        continue
                    seen.add(key)
                yield found


def _begins_with_rule(head: bytes) -> bool:
    """Whether the first line is a row with a rule, as far as the beginning of the file shows it."""
    first = head.split(b"\n", 1)[0]
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return len(first) == len(head) and b'"code"' in first and b'"packagingRules"' in first
    return isinstance(row, dict) and {"code", TEXT} <= row.keys() and not is_parsed(row)


def _has_rules(file: SourceFile) -> bool:
    """Whether a spreadsheet has a sheet with the columns; False for any other archive."""
    with file.open() as stream:
        if not zipfile.is_zipfile(stream):
            return False
        stream.seek(0)
        try:
            return next(spreadsheet_rows(stream, file.name), None) is not None
        except DocumentError:
            return False


def _rows(file: SourceFile) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows with their numbers; raises BrokenDocumentError for a file that is damaged."""
    head = file.head.removeprefix(_BOM).lstrip()
    with file.open() as stream:
        if head.startswith(b"{"):
            for line, data in enumerate(iter(lambda: stream.readline(MAX_ROW + 1), b""), start=1):
                if data.strip():
                    yield line, _row(data.removeprefix(_BOM), f"{file.name}:{line}")
            return
        placed = (
            spreadsheet_rows(stream, file.name) if head.startswith(ZIP_MARK) else csv_rows(stream, file.name)
        )
        for where, row in placed:
            yield int(where.rpartition(":")[2]), row


def _row(data: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(data) if len(data) <= MAX_ROW else None
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or (b"\\ud" in data.lower() and not is_text(row)):
        raise BrokenDocumentError(
            f"is no JSON object of whole characters and at most {MAX_ROW:,} bytes: the file may be cut off or damaged.",
            where=where,
            hint="Export or download it again.",
        )
    return row


def _entry(row: dict[str, Any], line: int, where: str) -> Iterator[Entry | Problem]:
    try:
        found = row_rule(row, where)
        code = national_code(found.rule.code or "")
    except (DocumentError, ParameterError) as error:
        yield not_read(f"The row is not read: it {error.what}", line)
        return
    title, release = found.rule.title, row.get("release")
    number = release.strip() or None if isinstance(release, str) else None
    records: list[EntryRecord] = [Release(number=number, issued=None, described=True, line=line)]
    if title:
        records.append(Component(kind=Kind.QUALIFICATION, code=code, title=title, line=line))
    usage = _USAGES.get((found.usage or "").strip().lower())
    if usage:
        records.append(UsageStatement(code=code, value=usage, line=line))
    elif found.usage:
        message = "The usage recommendation is of no kind that is known; it is not read."
        yield not_read(message, line, found.usage)
    if found.package:
        package, named = code_of(found.package, "training package", line), row.get("tpTitle")
        if isinstance(package, Problem):
            yield package
        else:
            label = named.strip() or None if isinstance(named, str) else None
            records.append(Parent(code=package, title=label, line=line))
    records.append(Packaging(rule=at_line(found.rule, line), line=line))
    yield Entry(kind=Kind.QUALIFICATION, code=code, records=tuple(records), line=line)


def at_line(tree: _Tree, line: int) -> _Tree:
    """The rule with every part at this line of the file: the lines of a text in a cell are not the file's."""
    if isinstance(tree, tuple):
        return cast(_Tree, tuple(at_line(part, line) for part in tree))
    if not is_dataclass(tree) or isinstance(tree, type):
        return tree
    moved = {}
    for field in fields(tree):
        value = getattr(tree, field.name)
        moved[field.name] = (
            (None if value is None else line) if field.name in ("line", "last_line") else at_line(value, line)
        )
    return cast(_Tree, replace(tree, **moved))


READER = PackagingExport()
