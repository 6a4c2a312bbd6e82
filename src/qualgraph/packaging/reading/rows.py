"""The rows of unit lists while a page is read: units, their cells, titles broken over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from qualgraph.packaging.reading.cells import (
    excluded_units,
    guides_choice,
    joins_openly,
    leads_alternatives,
    misprints,
    refers_to_note,
    required_units,
    says_none,
)
from qualgraph.packaging.reading.headings import (
    Heading,
    header_cell,
    read_heading,
    topic_heading,
)
from qualgraph.packaging.reading.layout import Page, UnitList, UnitRow
from qualgraph.packaging.reading.lines import Line
from qualgraph.packaging.reading.unit_sets import UnitSets, leads_to_set
from qualgraph.packaging.reading.units import PrintedUnit, read_unit, unit_codes

_LOOK_AHEAD = 14
_PREREQUISITE_NOTE = re.compile(
    r"asterisk|prerequisite|pre-requisite|\bhash \(#\)|\bitalics\b|∟|^note:?$|identified (?:by|with)",
    re.IGNORECASE,
)
_LIST_NOTE = re.compile(
    r"^(?:select|complete|choose|all (?:of )?the|all units|the following|both streams)\b.{0,160}"
    r"\b(?:units?|list|group|electives?)\b"
    r"|^for (?:the )?award of .{5,160}\b(?:select|complete|choose)\b.{0,40}\bof the following units?\b",
    re.IGNORECASE,
)
_ALL_BELOW = re.compile(
    r"\ball (?:of )?(?:the )?(?:\w+ )?(?:core )?units(?: of competency)?(?: (?:from|in) the list)?"
    r" (?:as )?(?:listed )?below",
    re.IGNORECASE,
)
_CORE_COUNT = re.compile(r"\bcore units?\b", re.IGNORECASE)
JOINER = re.compile(r"^(?:and/or|or|and|plus)$", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,3}$")
_MARKS = re.compile(r"^[*#^]+$")


class RowReader:
    """Puts units, and the cells after them, into the list that is being read."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.page = Page()
        self.at = 0
        self.mode = "prose"
        self.current: UnitList | None = None
        self.container: str | None = None
        self.topic: str | None = None
        self.after_header = self.was_header = False
        self.guides = False
        self.waiting: UnitRow | None = None
        self.codes_alone = False
        self.unfinished = self.inherits = False
        self.after_title = self.after_note = -1
        self._blank_cells = any(not line.text for line in lines)
        self.sets = UnitSets()
        self.pairing: UnitRow | None = None

    def _unit(self, unit: PrintedUnit, line: Line) -> None:
        if self.mode == "prerequisites":
            self.page.prerequisite_rows.append((line.number, unit))
            self.page.prerequisite_rows.extend(
                (line.number, required) for cell in (unit.title, *unit.cells) for required in _units_in(cell)
            )
            if joins_openly(line.text):
                self._doubt_table(line)
        elif self._named_by_lead(unit):
            self.sets.add(unit.code)
            self.waiting = None if unit.title else UnitRow.of(unit, line.number)
        elif self.mode == "prose" and not self.page.lists and self._core_without_heading():
            self._start_list(Heading(kind="core"), replace(line, text="Core units"))
            self._add(unit, line)
        elif self.mode != "list" or self.current is None:
            if self.mode != "section":
                self.page.leftovers.append((line.number, line.text))
        elif self._is_prerequisite_cell(unit, line):
            self._require(line)
        else:
            if self.current.prerequisite_cells and self._without_cells():
                doubt = f"{line.text} [taken for a row: the one before lacks its last cells]"
                self.page.leftovers.append((line.number, doubt))
            self._add(unit, line)

    def _require(self, line: Line) -> None:
        """Units that the last row requires; after a note that was not read they may belong to the note.

        A unit with a note of its own may have an equivalent there.
        """
        if self.current is None or self.after_note == self.at - 1 or refers_to_note(self._next()):
            self.page.leftovers.append((line.number, line.text))
            return
        row = self.current.rows[-1]
        row.add(unit_codes(line.text))
        if joins_openly(line.text):
            self._doubt(row, line)

    def _doubt(self, row: UnitRow, line: Line) -> None:
        """None of the units that the row requires is certain: how the 'or' in the line joins them is open."""
        row.unclear = True
        doubt = f"{line.text} [alternatives in the prerequisites of {row.unit.code}]"
        self.page.leftovers.append((line.number, doubt))

    def _doubt_table(self, line: Line) -> None:
        """The same for the row of a prerequisite table that is being read."""
        self.page.prerequisite_doubts.add(len(self.page.prerequisite_rows) - 1)
        self.page.leftovers.append((line.number, line.text))

    def _named_by_lead(self, unit: PrintedUnit) -> bool:
        """Whether the unit is one of those that the line before names, and not one more of the list it stands in."""
        if self.sets.lead is None:
            return False
        return self.mode == "prose" or any(
            row.unit.code == unit.code for units in self.page.lists for row in units.rows
        )

    def _core_without_heading(self) -> bool:
        """Whether the rules above say that all units below are required, or count core units over a table's header.

        The count of core units tells afterwards whether the list is theirs.
        """
        stated = " ".join(text.text for text in self.page.prose)
        return bool(_ALL_BELOW.search(stated) or (self.was_header and _CORE_COUNT.search(stated)))

    def _is_prerequisite_cell(self, unit: PrintedUnit, line: Line) -> bool:
        if self.current is None or not self.current.rows:
            return False
        if line.text.startswith("∟"):
            return True
        if not self.codes_alone:
            return False
        if unit.title:
            return True
        if not self.current.prerequisite_cells:
            return False
        if self._without_cells() and self._in_cell():
            return True
        following = self._next()
        return (
            not following
            or read_unit(following) is not None
            or read_heading(following) is not None
            or refers_to_note(following)
            or bool(excluded_units(following)[0])
            or leads_to_set(following)
            or JOINER.match(following) is not None
        )

    def _without_cells(self) -> bool:
        """Whether the line before is the title of a row, in a table whose rows print even their blank cells."""
        return self.guides and self.after_title == self.at - 1 and self._blank_cells

    def _in_cell(self) -> bool:
        """Whether a unit without a title is a cell of the row before: after it come a blank, units, or a guideline.

        Any other text is the title of a row that the unit starts, where the row before lacks its last cells.
        """
        after = self.lines[self.at].text if self.at < len(self.lines) else ""
        return not after or bool(unit_codes(after) or excluded_units(after)[0]) or guides_choice(after)

    def _add(self, unit: PrintedUnit, line: Line) -> None:
        if self.current is None:
            return
        cells = list(unit.cells)
        title = unit.title or (cells.pop(0) if cells else "")
        row = UnitRow(unit=unit, line=line.number, title=title, heading=self.topic, mark=unit.mark)
        for cell in cells:
            self._row_cell(row, cell, line.number)
        if not self.current.rows or not self.codes_alone:
            self.codes_alone = not title
        self.current.rows.append(row)
        if self.pairing is not None:
            self._pair(self.pairing, row)
        self.waiting = None if title else row

    def _pair(self, first: UnitRow, second: UnitRow) -> None:
        """'Or' between two units of a list: one of them, or of those before them that 'or' joins too."""
        self.pairing = None
        before = self.page.pairs[-1] if self.page.pairs else None
        if before is not None and before[1][-1] == first.unit.code:
            before[1].append(second.unit.code)
        else:
            self.page.pairs.append((first.line, [first.unit.code, second.unit.code]))

    def _joins_units(self, line: Line) -> bool:
        """Whether the line is 'or' between two units of the list."""
        if self.current is None or not self.current.rows or line.text.lower().strip(" :.") != "or":
            return False
        row, following = self.current.rows[-1], self._next()
        if (
            row.unclear
            or row.all_of
            or row.rows_of_one
            or following.startswith("∟")
            or read_unit(following) is None
        ):
            return False
        self.pairing = row
        return True

    def _row_cell(self, row: UnitRow, cell: str, number: int) -> None:
        if _NUMBER.match(cell):
            row.points = int(cell)
        elif _MARKS.match(cell):
            row.mark = row.mark or cell
        elif unit_codes(cell):
            self._required_cell(row, cell, number)
        elif not says_none(cell):
            self.page.leftovers.append((number, cell))

    def _required_cell(self, row: UnitRow, cell: str, number: int) -> None:
        """A cell of required units, beside the title of the row."""
        required = required_units(cell)
        if required is not None:
            row.requires.extend(required.all_of)
            row.one_of.extend(list(codes) for codes in required.one_of)
        else:
            row.requires.extend(unit_codes(cell))
        if required is None and joins_openly(cell):
            self._doubt(row, Line(number=number, text=cell))
        self._report_misprints(row, Line(number=number, text=cell))

    def _report_misprints(self, row: UnitRow, line: Line) -> None:
        """What looks like a code in a cell and is none; among alternatives it leaves open which there are."""
        wrong = misprints(line.text)
        self.page.leftovers += [(line.number, code) for code in wrong]
        if wrong and joins_openly(line.text):
            row.unclear = True

    def _title_of_waiting(self, line: Line) -> bool:
        row, self.waiting = self.waiting, None
        if row is None or read_unit(line.text) or line.text.startswith("∟"):
            return False
        title = re.sub(r"\s*([*#^]+)\s*$", "", line.text)
        row.mark = row.mark or (line.text[len(title) :].strip() or None)
        row.title = title.strip()
        self.after_title = self.at
        return True

    def _cell(self, line: Line) -> bool:
        """A cell of the unit before: its points, its mark, the rest of a title that was broken over two lines."""
        row = self.current.rows[-1] if self.mode == "list" and self.current and self.current.rows else None
        if row is None:
            return self.mode == "prerequisites" and self._table_cell(line)
        if _NUMBER.match(line.text) or _MARKS.match(line.text):
            self._row_cell(row, line.text, line.number)
            return True
        if line.text.startswith("∟") and unit_codes(line.text):
            row.add(unit_codes(line.text))
            if joins_openly(line.text):
                self._doubt(row, line)
            return True
        if says_none(line.text):
            return True
        if self._continues_title(line):
            row.title = f"{row.title} {line.text}"
            self.page.notes.append(
                (line.number, f"title of {row.unit.code} joined with the next line: {line.text}")
            )
            return True
        return False

    def _table_cell(self, line: Line) -> bool:
        """What stands between the units of a prerequisite table; False for text that is none of its cells."""
        if line.text in ("/", "and", "*") or self._joins_prerequisites(line):
            return True
        rows = self.page.prerequisite_rows
        if not rows or not joins_openly(line.text) or not (unit_codes(line.text) or JOINER.match(line.text)):
            return False
        self._doubt_table(line)
        return True

    def _joins_prerequisites(self, line: Line) -> bool:
        """Whether the line stands between required units of a prerequisite table: 'or', or 'One of the following:'."""
        word = "or" if line.text.lower() == "or" else "one of" if leads_alternatives(line.text) else ""
        if not word or len(self.page.prerequisite_rows) < 1 or read_unit(self._next()) is None:
            return False
        self.page.prerequisite_joins[len(self.page.prerequisite_rows)] = word
        return True

    def _continues_title(self, line: Line) -> bool:
        return (
            line.text[0].islower()
            and line.bullet == ""
            and len(line.text) <= 80
            and not JOINER.match(line.text)
            and not re.search(r"\d|\b(?:units?|electives?|groups?|select(?:ed)?|chosen|must)\b", line.text)
        )

    def _next(self) -> str:
        return next((line.text for line in self.lines[self.at : self.at + 4] if line.text), "")

    def _leads_to_units(self) -> bool:
        """Whether units come next, with at most headings, table headers and notes between.

        A note on the list ('Select all of the units from this list') must stand last before the units.
        """
        noted = False
        ahead = (line for line in self.lines[self.at : self.at + 4 * _LOOK_AHEAD] if line.text)
        for line in islice(ahead, _LOOK_AHEAD):
            text = line.text
            if header_cell(text, after_header=True) or _PREREQUISITE_NOTE.search(text):
                continue
            if read_unit(text):
                return True
            if noted:
                return False
            if _LIST_NOTE.match(text):
                noted = True
            elif not read_heading(text) and (line.bullet or not topic_heading(text)):
                return False
        return False

    def _start_list(self, heading: Heading, line: Line) -> None:
        self.sets.end()
        if heading.kind in ("core", "electives"):
            self.container = line.text.rstrip(":. ")
        under = self.container if heading.kind == "group" else None
        self.current = UnitList(heading=heading, text=line.text.rstrip(":. "), line=line.number, under=under)
        before = self.page.lists[-1] if self.page.lists else None
        self.current.prerequisite_cells = before is not None and before.prerequisite_cells
        self.page.lists.append(self.current)
        self.mode, self.topic, self.waiting = "list", None, None
        self.after_header = self.inherits = True


def _units_in(cell: str) -> list[PrintedUnit]:
    return [PrintedUnit(code=code) for code in unit_codes(cell)]
