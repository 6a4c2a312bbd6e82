"""The short sections of a document about a unit: prerequisites, field and sector, licensing, and lists of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from qualgraph.model import (
    LicensingNote,
    Problem,
    ProblemKind,
    RequiredUnit,
    SectionItem,
    UnitField,
    UnitPrerequisite,
    UnitSection,
    UnitSectionKind,
)
from qualgraph.notation import ANY_CODE
from qualgraph.sources.sections import Block, Part
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import item, key, not_read, problem
from qualgraph.sources.unit_headings import SECTION_KINDS, UNIT

_NONE = re.compile(r"^(?:nil|none|n/?a|not applicable|no pre-?requisites?(?: units?)?)\W*$", re.IGNORECASE)
_NAMED = re.compile(rf"^(?P<code>{ANY_CODE})(?:\s*[-–:]\s*|\s+)?(?P<title>.*)$")
_OR = re.compile(r"^\W*(?:or|and/or)\W*$", re.IGNORECASE)
_AND = re.compile(r"^\W*(?:and|plus)\W*$", re.IGNORECASE)
_LICENSED = re.compile(
    r"\b(?:licen[sc]|legislat|regulat|certificat)[^.]*\bappl(?:y|ies|icable)\b[^.]*\bto this unit\b",
    re.IGNORECASE,
)
_NOT_LICENSED = re.compile(r"^no (?:occupational )?licen[sc]", re.IGNORECASE)
_DEPTHS = {"•": 1, "–": 2, "◦": 2, "▪": 3}
_SKILL_HEADERS = ("skill", "skills", "description", "performance criteria", "skill description")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")
_LONGEST_LABEL = 60
_LABELLED = (UnitSectionKind.FOUNDATION_SKILLS, UnitSectionKind.RANGE)


def unlabelled(line: Line) -> Line:
    """The line, less a first cell that only repeats the heading of a section ('Unit sector', 'Prerequisite units')."""
    cells = line.cells
    if len(cells) > 1 and key(cells[0]) in UNIT.parts:
        return Line(line.number, "\t".join(cells[1:]).strip(), line.gap)
    return line


def read_prerequisites(block: Block) -> Iterator[UnitPrerequisite | Problem]:
    """The units that must be held before this one, or that there are none.

    'or' on a line between two units is a choice of the two; between longer lists it does not say which units belong
    together, so that only their naming is kept. Text that names no unit is not read.
    """
    lists: list[list[RequiredUnit]] = [[]]
    for line in map(unlabelled, block.lines):
        text = item(line.text) or line.text
        named = _NAMED.match(text)
        if named:
            title = named["title"].strip(" \t.;,") or None
            lists[-1].append(RequiredUnit(code=named["code"], title=title, line=line.number))
        elif _OR.match(text):
            lists.append([])
        elif _NONE.match(text) and len(block.lines) == 1:
            yield UnitPrerequisite(requires=(), one_of=(), unclear=(), line=line.number)
            return
        elif not _AND.match(text):
            yield not_read("This line of the prerequisites is not read.", line.number, line.text)
    found = _required(lists)
    if found:
        yield found
    if found and found.unclear:
        message = "The prerequisites are several lists with 'or' between them: which units belong together is not read."
        yield not_read(message, found.line)


def _required(lists: Sequence[Sequence[RequiredUnit]]) -> UnitPrerequisite | None:
    units = tuple(unit for each in lists for unit in each)
    if not units:
        return None
    single = all(len(each) == 1 for each in lists)
    return UnitPrerequisite(
        requires=units if len(lists) == 1 else (),
        one_of=(units,) if len(lists) > 1 and single else (),
        unclear=units if len(lists) > 1 and not single else (),
        line=units[0].line,
    )


def read_corequisites(block: Block) -> Iterator[Problem]:
    """That units are to be taken together is not read; only that there are some is told."""
    for line in map(unlabelled, block.lines):
        if not _NONE.match(line.text):
            yield not_read("Co-requisite units are not read.", line.number, line.text)


def read_field(blocks: Iterable[Block]) -> Iterator[UnitField]:
    """The competency field and the unit sector, where the document states them."""
    stated: dict[Part, tuple[str, int]] = {}
    for block in blocks:
        lines = [unlabelled(line) for line in block.lines]
        text = " ".join(line.text for line in lines)
        if text and not _NONE.match(text):
            stated.setdefault(block.part, (text.removesuffix("."), lines[0].number))
    if stated:
        field, sector = stated.get(Part.FIELD), stated.get(Part.SECTOR)
        line = min(at for _, at in stated.values())
        yield UnitField(
            competency_field=field[0] if field else None, sector=sector[0] if sector else None, line=line
        )


def read_licensing_of_unit(blocks: Iterable[Block]) -> Iterator[LicensingNote]:
    """What is said of licensing: in its own section, or in the sentence of another that says what applies to the unit.

    Only 'no licensing ... apply to this unit' says that there is no link; what else is said is not interpreted.
    """
    for block in blocks:
        for line in map(unlabelled, block.lines):
            stated = _LICENSED.search(line.text)
            if stated or block.part is Part.LICENSING:
                yield LicensingNote(direct_link=licensing_note(line.text), text=line.text, line=line.number)
                return


def licensing_note(text: str) -> bool | None:
    """False where the text says that no licensing requirements apply to the unit; None for any other text."""
    return False if _LICENSED.search(text) and _NOT_LICENSED.match(text) else None


def read_section(block: Block) -> Iterator[UnitSection | Problem]:
    """The section item by item, with the depth of each in the list."""
    kind = SECTION_KINDS[block.part]
    items = tuple(_items(block.lines, kind))
    if items and not (len(items) == 1 and _NONE.match(items[0].text)):
        yield UnitSection(kind=kind, items=items, line=block.heading.number)


def listed_items(texts: Iterable[str], line: int) -> Iterator[SectionItem | Problem]:
    """The items of a text that marks them with bullets; an item that is printed again is taken once."""
    seen: set[str] = set()
    again = 0
    for found in _items([Line(line, text) for text in texts if text.strip()], UnitSectionKind.LINKS):
        if found.text in seen:
            again += 1
        else:
            seen.add(found.text)
            yield replace(found, position=len(seen))
    if again:
        message = f"{again} items of a list are printed again; taken once."
        yield problem(ProblemKind.REPEATED, message, line, info=True)


def _items(lines: Iterable[Line], kind: UnitSectionKind) -> Iterator[SectionItem]:
    """The lines as items; in some sections a short line over a list, or a first cell, is the label of what follows."""
    told = [line for line in map(unlabelled, lines) if key(line.text) not in _SKILL_HEADERS]
    label: str | None = None
    position = 0
    for line, after in zip_longest(told, told[1:]):
        cells, text = line.cells, line.text
        if kind in _LABELLED and len(cells) > 1 and cells[0]:
            label, text = cells[0], " ".join(filter(None, cells[1:]))
        elif kind in _LABELLED and _is_label(line, after):
            label = text
            continue
        elif item(text) is None and line.gap:
            label = None
        position += 1
        yield _item(position, label, text, line.number)


def _item(position: int, label: str | None, text: str, line: int) -> SectionItem:
    body = item(text)
    address = _ADDRESS.search(text)
    return SectionItem(
        position=position,
        depth=_DEPTHS.get(text[0], 1) if body is not None else 0,
        label=label.rstrip(": ") if label else None,
        text=text if body is None else body,
        address=address[0] if address else None,
        line=line,
    )


def _is_label(line: Line, after: Line | None) -> bool:
    """Whether a line names what the list below it is about; a sentence ends in a full stop."""
    return (
        after is not None
        and item(after.text) is not None
        and item(line.text) is None
        and len(line.text) <= _LONGEST_LABEL
        and not line.text.endswith((".", ";"))
    )
