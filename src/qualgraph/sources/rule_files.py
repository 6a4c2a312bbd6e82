"""Packaging rules out of any file that holds some: documents, exports of the register, rules that were read before.

The kind of file is told by its content. Rows are read one by one, so that a whole register need not fit in memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO, RawIOBase
from itertools import chain
from pathlib import Path
from typing import IO, Any, cast

from qualgraph.errors import BrokenDocumentError, DocumentError, UnrecognisedDocumentError
from qualgraph.identifiers import national_code
from qualgraph.model import Packaging
from qualgraph.packaging import PackagingRule, parse
from qualgraph.sources import read_bytes
from qualgraph.sources.opening import base_name, cannot_open, opened
from qualgraph.sources.rule_rows import FoundRule, row_rule
from qualgraph.sources.sections import Part, outline
from qualgraph.sources.spreadsheets import ZIP_MARK
from qualgraph.sources.tables import Placed, csv_rows, is_table, spreadsheet_rows
from qualgraph.sources.text import MAX_BYTES, check_size

MAX_ROW = 8 * 1024 * 1024
"""Bytes of one line of rows that are read; the longest rule on the register has some 40,000."""

STANDARD_INPUT = "-"
_BOM = b"\xef\xbb\xbf"
_HEAD = 4096
_ROW_HINT = "Each line is one JSON object: a row with code, title and packagingRules, or a rule read before."
_NO_RULE = "Only qualifications have packaging rules."


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """A row with a packaging rule that has not been read yet; ``code`` is in capitals."""

    row: dict[str, Any]
    where: str

    @property
    def code(self) -> str | None:
        """The code that the row states, None where it states none that is text."""
        code = self.row.get("code")
        return code.strip().upper() or None if isinstance(code, str) else None


Found = FoundRule | RuleRow | DocumentError
"""A rule, a row to be read, or why there is none at a place; what comes after it is still read."""


def rules_in(
    files: Path | Iterable[Path],
    *,
    code: str | None = None,
    title: str | None = None,
    codes: Container[str] | None = None,
    failed: Callable[[DocumentError], None] | None = None,
) -> Iterator[FoundRule]:
    """Every packaging rule of the files, in their order, each with the file and line it was found at.

    A file is a document about a qualification (page, PDF, copy, component XML), plain text of one packaging rule,
    JSON Lines, a spreadsheet or CSV with code, title and packagingRules in each row, or rules as JSON or JSON Lines;
    ``-`` is standard input. ``code`` and ``title`` hold where a text states none; ``codes`` passes over rows of others.
    What cannot be read, a file or one line of it, goes to ``failed`` and stops nothing else; without ``failed`` it is
    raised as a DocumentError.
    """
    for found in found_in(files, code=code, title=title, failed=failed):
        if isinstance(found, FoundRule):
            yield found
        elif codes is None or found.code in codes:
            try:
                yield row_rule(found.row, found.where, code=code, title=title)
            except DocumentError as error:
                if failed is None:
                    raise
                failed(error)


def found_in(
    files: Path | Iterable[Path],
    *,
    code: str | None = None,
    title: str | None = None,
    failed: Callable[[DocumentError], None] | None = None,
) -> Iterator[FoundRule | RuleRow]:
    """The same, but rows as they stand, to be read when they are wanted."""
    own = national_code(code) if code else None
    for path in [files] if isinstance(files, Path) else files:
        try:
            for found in _of_file(path, own, title):
                if not isinstance(found, DocumentError):
                    yield found
                elif failed is None:
                    raise found
                else:
                    failed(found)
        except DocumentError as error:
            if failed is None:
                raise
            failed(error)


def _of_file(path: Path, code: str | None, title: str | None) -> Iterator[Found]:
    piped = str(path) == STANDARD_INPUT
    name = "standard input" if piped else str(path)
    try:
        with _standard_input() if piped else path.open("rb") as stream:
            head = stream.peek(_HEAD).removeprefix(_BOM).lstrip()
            if head[:1] in (b"{", b"["):
                yield from _rows(stream, name)
            elif head.startswith(ZIP_MARK):
                yield from _table(spreadsheet_rows(BytesIO(_all(stream, name)), name))
            elif is_table(head):
                yield from _table(csv_rows(stream, name))
            else:
                yield from _document(_all(stream, name), name, code, title)
    except OSError as error:
        raise cannot_open(path, error) from error


def _all(stream: IO[bytes], name: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    check_size(len(data), name)
    return data


def _table(rows: Iterator[Placed]) -> Iterator[RuleRow]:
    return (RuleRow(row=row, where=where) for where, row in rows)


@contextmanager
def _standard_input() -> Iterator[BufferedReader[Any]]:
    """Standard input, of which the beginning can be looked at; it stays open."""
    if isinstance(sys.stdin.buffer, BufferedReader):
        yield sys.stdin.buffer
        return
    stream: BufferedReader[Any] = BufferedReader(cast(RawIOBase, sys.stdin.buffer))
    try:
        yield stream
    finally:
        stream.detach()


def _rows(stream: IO[bytes], name: str) -> Iterator[Found]:
    """Rows one a line; or, where the first line is no whole value, one JSON value over the whole file."""
    first, at = stream.readline(MAX_ROW + 1).removeprefix(_BOM), 1
    while first and not first.strip():
        first, at = stream.readline(MAX_ROW + 1), at + 1
    if _json(first) is None:
        data = first + stream.read(MAX_BYTES + 1 - len(first))
        check_size(len(data), name)
        whole = _json(data)
        if whole is not None:
            yield from _values(whole, name)
            return
        stream = BytesIO(data)
        first = stream.readline(MAX_ROW + 1)
    for number, line in enumerate(chain([first], iter(lambda: stream.readline(MAX_ROW + 1), b"")), start=at):
        yield from _line(line, stream, f"{name}:{number}")


def _json(data: bytes) -> Any:
    """The JSON value, None where it is none (or null, which no rule is)."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _line(line: bytes, stream: IO[bytes], where: str) -> Iterator[Found]:
    if len(line) > MAX_ROW and not line.endswith(b"\n"):
        while (rest := stream.readline(MAX_ROW)) and not rest.endswith(b"\n"):
            pass
        yield BrokenDocumentError(f"is a line of more than {MAX_ROW:,} bytes.", where=where, hint=_ROW_HINT)
    elif line.strip():
        value = _json(line)
        if value is None:
            yield BrokenDocumentError("is no JSON.", where=where, hint=_ROW_HINT)
        else:
            yield from _values(value, where)


def _values(value: Any, where: str) -> Iterator[Found]:
    """The rules of one JSON value: a row, or an array of rows, of which one that is broken stops no other."""
    rows = enumerate(value, start=1) if isinstance(value, list) else [(0, value)]
    for number, row in rows:
        place = f"{where}#{number}" if number else where
        if not isinstance(row, dict):
            yield BrokenDocumentError("is no JSON object.", where=place, hint=_ROW_HINT)
        else:
            yield RuleRow(row=row, where=place)


def _document(data: bytes, name: str, code: str | None, title: str | None) -> Iterator[FoundRule]:
    """The rules of a document that a reader knows, or else of a text that holds nothing but a packaging rule."""
    try:
        read = read_bytes(data, name, code=code)
    except (UnrecognisedDocumentError, BrokenDocumentError) as error:
        rule = _plain(data, name)
        if rule is None:
            raise type(error)(error.what, where=name, hint=error.hint) from error
        yield FoundRule(rule=replace(rule, code=code, title=title), where=name)
        return
    found = [record.rule for record in read.records if isinstance(record, Packaging)]
    if not found:
        raise BrokenDocumentError("states no packaging rule.", where=name, hint=_NO_RULE)
    yield from (FoundRule(rule=rule, where=name) for rule in found)


def _plain(data: bytes, name: str) -> PackagingRule | None:
    """The rule that a text without any frame states; None where it states none, or is no text."""
    try:
        document = opened(data, base_name(name))
    except DocumentError:
        return None
    lines = document.text.lines
    within = [line for block in outline(lines).of(Part.PACKAGING) for line in block.lines]
    rule = parse([(line.number, line.tabbed) for line in (within or lines)])
    if rule.status == "failed" or (document.media_type == "text/html" and not _asks_for_units(rule)):
        return None
    return rule


def _asks_for_units(rule: PackagingRule) -> bool:
    """Whether the rule states a number; any page that shows codes in tables has lists."""
    return bool(rule.rules or rule.total or rule.core or rule.elective)
