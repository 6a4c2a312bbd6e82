"""Correspondence tables: which categories of one classification or edition are which of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.errors import BrokenDocumentError, UnidentifiedDocumentError
from qualgraph.identifiers import slug
from qualgraph.model import Authority, Correspondence, CorrespondenceRow, Edition, Problem, ProblemKind
from qualgraph.sources.classifications.editions import edition_named_in
from qualgraph.sources.classifications.sheets import (
    OPENING,
    SPREADSHEET,
    Row,
    is_code,
    is_footer,
    media_type_of,
    openings,
    rows_of,
    table_sheets,
)
from qualgraph.sources.dataset import DatasetReader, SourceFile
from qualgraph.sources.tokens import not_read, problem

_HEADING_LENGTH: Final = 60
_HEADING_WORDS: Final = frozenset(
    [
        "anzsco",
        "osca",
        "isco",
        "nol",
        "code",
        "codes",
        "identifier",
        "australian",
        "update",
        "version",
        "v",
        "first",
        "second",
        "edition",
        "revision",
        "occupation",
        "occupations",
        "list",
        "standard",
        "classification",
        "national",
        "international",
        "for",
        "of",
        "and",
        "the",
        "new",
        "zealand",
        "australia",
    ]
)
_NONE = re.compile(r"x{3,}|no correspondence", re.IGNORECASE)
_PARTIAL = re.compile(r"p|partial|part|yes|y", re.IGNORECASE)
_WHOLE = re.compile(r"|full|whole|no|n|exact", re.IGNORECASE)
_MARK = re.compile(r"p|.*\b(?:partial|match(?: type)?|part)\b.*", re.IGNORECASE)


@dataclass(kw_only=True)
class _Table:
    """One sheet while it is read: its two sides, where their columns are, and the first side of the row before."""

    source: Edition
    target: Edition
    columns: tuple[int, int]
    mark: int | None
    title: str
    code: str = ""
    name: str = ""


class CorrespondenceReader(DatasetReader):
    """Reads every table of two classifications; a row whose first side is empty goes on with the one above."""

    name = "classification-correspondence"
    version = "1"
    media_type = SPREADSHEET
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """A header that names two classifications, one above each pair of code and title."""
        return any(_opened("", iter(opening)) for opening in openings(file))

    def media_type_of(self, file: SourceFile) -> str:
        """That of a spreadsheet, or of CSV."""
        return media_type_of(file)

    def key(self, file: SourceFile) -> str:
        """The two sides of the first table."""
        for opening in openings(file):
            if found := _opened("", iter(opening)):
                return f"{slug(found.source.name)}/{slug(found.target.name)}"
        raise UnidentifiedDocumentError("names no two classifications.", where=file.name)

    def items(self, file: SourceFile) -> Iterator[Correspondence | CorrespondenceRow | Problem]:
        """Every table and its rows; raises BrokenDocumentError where no sheet compares two classifications."""
        tables = 0
        for sheet in table_sheets(file):
            rows = rows_of(sheet)
            table = _opened(sheet.title, rows)
            if table is None:
                continue
            tables += 1
            yield from _head(table)
            for row in rows:
                yield from _read(table, row)
        if not tables:
            raise BrokenDocumentError(
                "has no table that compares two classifications.",
                where=file.name,
                hint="Download the correspondence tables again.",
            )


def _columns(row: Sequence[str]) -> tuple[int, int] | None:
    """Where the codes of the two sides stand; None for a row that is no header of a correspondence."""
    named = [at for at, cell in enumerate(row) if _is_heading(cell)]
    if len(named) != 2 or named[1] - named[0] < 2:
        return None
    return named[0], named[1]


def _is_heading(cell: str) -> bool:
    """Whether the cell names a classification, perhaps with its edition, and nothing else."""
    words = re.findall(r"[^\W\d]+", cell.lower())
    return (
        len(cell) <= _HEADING_LENGTH and set(words) <= _HEADING_WORDS and edition_named_in(cell) is not None
    )


def _opened(title: str, rows: Iterator[Row]) -> _Table | None:
    above: list[str] = []
    for number, row in rows:
        if found := _columns(row):
            source, target = (_edition(row[at], above) for at in found)
            marks = [at for at, cell in enumerate(row) if at not in found and _MARK.fullmatch(cell)]
            mark = marks[0] if marks else found[1] + 1 if not any(row[found[1] + 1 :]) else None
            if source.name == target.name:
                return None
            return _Table(source=source, target=target, columns=found, mark=mark, title=title)
        above += row
        if number > OPENING:
            return None
    return None


def _edition(heading: str, above: Sequence[str]) -> Edition:
    """The edition a heading names, or else the one that the lines above name for its classification."""
    found = edition_named_in(heading)
    if found is None or found.is_stated:
        return found or Edition(scheme="unknown", key=None)
    parts = (part for cell in above for part in re.split(r"\bto\b|\band\b|:", cell))
    told = {
        one.key
        for part in parts
        if (one := edition_named_in(part)) and one.scheme == found.scheme and one.key
    }
    return Edition(scheme=found.scheme, key=told.pop() if len(told) == 1 else None)


def _head(table: _Table) -> Iterator[Correspondence | Problem]:
    for side in (table.source, table.target):
        if not side.is_stated:
            yield problem(
                ProblemKind.RELEASE_NOT_STATED,
                f"The edition of {side.scheme.upper()} is not stated ({table.title or 'the table'}).",
                None,
            )
    yield Correspondence(source=table.source, target=table.target, table=table.title, line=1)


def _read(table: _Table, row: Row) -> Iterator[CorrespondenceRow | Problem]:
    number, cells = row
    first, second = table.columns
    padded = [*cells, *[""] * (second + 3 - len(cells))]
    code, other = padded[first], padded[second]
    if code:
        table.code, table.name = code, _title(padded, first, second, table.mark)
    mark = padded[table.mark] if table.mark is not None else ""
    known = all(is_code(one) or _NONE.fullmatch(one) for one in (table.code, other))
    if not known or not (_PARTIAL.fullmatch(mark) or _WHOLE.fullmatch(mark)):
        if not is_footer(cells):
            where = table.title or "the table"
            yield not_read(f"A row of {where} was not read.", number, " | ".join(filter(None, cells)))
        return
    source, lost_source = _code(table.code, table.source)
    target, lost_target = _code(other, table.target)
    for lost in filter(None, (lost_source, lost_target)):
        yield problem(ProblemKind.RESIDUE, lost, number, info=True)
    yield CorrespondenceRow(
        source=table.source,
        target=table.target,
        source_code=source,
        source_title=table.name if source else None,
        target_code=target,
        target_title=_title(padded, second, len(padded), table.mark) if target else None,
        partial=bool(_PARTIAL.fullmatch(mark)),
        table=table.title,
        line=number,
    )


def _title(cells: Sequence[str], code: int, end: int, mark: int | None) -> str:
    return next((cells[at] for at in range(code + 1, end) if at != mark and cells[at]), "")


def _code(text: str, edition: Edition) -> tuple[str | None, str | None]:
    """The code, None where there is none, and what was done about leading zeros: unit groups of ISCO have 4 digits."""
    if not is_code(text):
        return None, None
    if edition.scheme == "isco-08" and len(text) < 4:
        return text.zfill(4), f"ISCO-08 code '{text}' was taken for {text.zfill(4)}."
    return text, None


READER = CorrespondenceReader()
