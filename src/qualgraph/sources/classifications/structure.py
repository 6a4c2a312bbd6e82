"""The structure of an occupation classification: every group and occupation with its place and skill level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from qualgraph.errors import BrokenDocumentError, UnrecognisedDocumentError
from qualgraph.model import (
    LEVELS,
    Authority,
    ClassifiedConcept,
    Edition,
    GroupSkillLevels,
    Problem,
    ProblemKind,
    SkillLevels,
    depth_of,
)
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
from qualgraph.sources.spreadsheets import Sheet
from qualgraph.sources.tokens import not_read, problem

_GROUP = r"major group(?:s?| code| title)"
_SKILL = r"(?:predominant )?(?:osca |anzsco )?skill levels?"
_CODE = r"(?:osca |anzsco )?(?:code|identifier)"
_LOOKED_AT: Final = 12
"""Rows below the header by which a table of all levels is told from one of groups."""

_COUNTRIES: Final = {"Aus": "AU", "NZ": "NZ"}
_BY_COUNTRY = re.compile(r"([1-5])\s*(Aus|NZ)", re.IGNORECASE)
_SEVERAL = re.compile(r"[1-5](?:\s*[,.]\s*[1-5])+")


@dataclass(kw_only=True)
class _Table:
    """One sheet while it is read: where its columns are, and the codes above the row."""

    edition: Edition
    title: str
    full: bool
    skill: int | None
    path: dict[int, str] = field(default_factory=dict)


class StructureReader(DatasetReader):
    """Reads the table of all levels, and from the tables of the groups the skill levels that predominate."""

    name = "classification-structure"
    version = "2"
    media_type = SPREADSHEET
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """A header with major groups, or with codes and skill levels, below the name of a classification."""
        found = openings(file)
        named = any(
            "Classification" in cell or "OSCA" in cell or "ANZSCO" in cell
            for opening in found
            for _, row in opening
            for cell in row
        )
        return named and any(_is_header(row) for opening in found for _, row in opening)

    def media_type_of(self, file: SourceFile) -> str:
        """That of a spreadsheet, or of CSV."""
        return media_type_of(file)

    def key(self, file: SourceFile) -> str:
        """The edition."""
        return stated_edition(file).name

    def items(self, file: SourceFile) -> Iterator[Edition | ClassifiedConcept | GroupSkillLevels | Problem]:
        """Every category in the order of the table; raises BrokenDocumentError where no table has occupations."""
        edition = stated_edition(file)
        if edition.scheme not in LEVELS:
            raise UnrecognisedDocumentError(
                f"is a table of {edition.scheme.upper()}, of which only correspondences are read.",
                where=file.name,
            )
        yield edition
        complete = False
        for sheet in table_sheets(file):
            rows = rows_of(sheet)
            skill = _skill_column(rows)
            if skill is None:
                yield from _set_aside(sheet.title, rows)
                continue
            first = list(islice(rows, _LOOKED_AT))
            table = _Table(edition=edition, title=sheet.title, full=_is_full(sheet, first), skill=skill)
            complete = complete or table.full
            for row in chain(first, rows):
                yield from _read(table, row)
        if not complete:
            raise BrokenDocumentError(
                "has no table that goes down to occupations.",
                where=file.name,
                hint="Download it again, or give the table 'Major, Sub-Major, Minor, Unit Groups and Occupations'.",
            )


def _is_header(row: Sequence[str]) -> bool:
    coded = column(row, _CODE) is not None
    return column(row, _GROUP) is not None or (coded and column(row, _SKILL) is not None)


def _skill_column(rows: Iterator[Row]) -> int | None:
    """Where the skill levels stand below a header, of which each level may have a row; None without such a header."""
    header: list[str] = []
    for number, row in rows:
        if header and not any(is_code(cell) for cell in row):
            header = [one or other for one, other in _side_by_side(header, row)]
        elif _is_header(row):
            header = row
        if header and (skill := column(header, _SKILL)) is not None:
            return skill
        if number > OPENING:
            return None
    return None


def _is_full(sheet: Sheet, rows: Sequence[Row]) -> bool:
    """Whether the table has every level: a published one goes down to an occupation in its first rows."""
    codes = {len(cell) for _, row in rows for cell in row if is_code(cell)}
    return not sheet.title or codes >= {1, 6}


def _side_by_side(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    width = max(len(one), len(other))
    padded = [[*row, *[""] * (width - len(row))] for row in (one, other)]
    return list(zip(*padded, strict=True))


def _set_aside(title: str, rows: Iterator[Row]) -> Iterator[Problem]:
    """Sheets without levels: notes, and the codes of the coder, which are no part of the classification."""
    if any(row and is_code(row[0]) and len(row[0]) == 6 for _, row in rows):
        message = f"The codes of {title or 'a table'} are no part of the structure; they were not read."
        yield problem(ProblemKind.NOT_READ, message, None, info=True)


def _read(table: _Table, row: Row) -> Iterator[ClassifiedConcept | GroupSkillLevels | Problem]:
    number, cells = row
    places = [at for at, cell in enumerate(cells) if is_code(cell) and at != table.skill]
    named = [(at, _title(cells, at, table.skill)) for at in places]
    if not places:
        if not is_footer(cells):
            yield not_read("A row without a code was not read.", number, " | ".join(filter(None, cells)))
        return
    stated = cells[table.skill] if table.skill is not None and table.skill < len(cells) else ""
    skill, doubt = skill_levels(stated)
    if doubt:
        yield problem(ProblemKind.NOT_READ, f"{doubt} ({_where(table)}).", number, info=skill is not None)
    for at, title in named:
        deepest = at == places[-1]
        yield from _category(table, number, cells[at], title, skill if deepest else None)


def _title(cells: Sequence[str], at: int, skill: int | None) -> str | None:
    after = (cell for place, cell in enumerate(cells) if place > at and place != skill and cell)
    found = next(after, None)
    return None if found is None or is_code(found) else found


def _category(
    table: _Table, number: int, code: str, title: str | None, skill: SkillLevels | None
) -> Iterator[ClassifiedConcept | GroupSkillLevels | Problem]:
    depth = depth_of(table.edition.scheme, code)
    if len(code) == 5 or title is None:
        wanted = "a code of 1 to 4 or of 6 digits" if len(code) == 5 else "a title"
        yield not_read(f"{code} was not read: {wanted} is wanted ({_where(table)}).", number)
        return
    if not table.full:
        if skill is not None:
            yield GroupSkillLevels(
                edition=table.edition, code=code, skill=skill, table=table.title, line=number
            )
        return
    if table.path.get(depth) == code:
        return
    above = table.path.get(depth - 1)
    if depth > 1 and (above is None or not code.startswith(above)):
        yield not_read(f"{code} does not stand below the group of its code ({_where(table)}).", number)
        above = None
    table.path = {level: kept for level, kept in table.path.items() if level < depth} | {depth: code}
    yield ClassifiedConcept(
        edition=table.edition,
        code=code,
        title=title,
        depth=depth,
        broader=above,
        skill=skill,
        table=table.title,
        line=number,
    )


def _where(table: _Table) -> str:
    return table.title or "the table"


def skill_levels(stated: str) -> tuple[SkillLevels | None, str | None]:
    """The skill levels of a cell, and what is doubtful about it; neither for an empty cell.

    >>> skill_levels("5 Aus,4 NZ")[0].by_country
    (('AU', 5), ('NZ', 4))
    >>> skill_levels("3.4")
    (SkillLevels(stated='3.4', single=None, by_country=(), several=(3, 4)), "Skill level '3.4' was taken for 3 and 4")
    """
    if not stated:
        return None, None
    if re.fullmatch(r"[1-5]", stated):
        return SkillLevels(stated=stated, single=int(stated)), None
    by_country = tuple(
        (_COUNTRIES["NZ" if match[2].upper() == "NZ" else "Aus"], int(match[1]))
        for match in _BY_COUNTRY.finditer(stated)
    )
    if by_country and not re.sub(r"[\s,;]", "", _BY_COUNTRY.sub("", stated)):
        return SkillLevels(stated=stated, by_country=by_country), None
    if _SEVERAL.fullmatch(stated):
        several = tuple(int(digit) for digit in re.findall(r"[1-5]", stated))
        words = " and ".join(str(level) for level in several)
        doubt = f"Skill level '{stated}' was taken for {words}" if "." in stated else None
        return SkillLevels(stated=stated, several=several), doubt
    return None, f"Skill level '{stated[:40]}' was not read"


READER = StructureReader()
