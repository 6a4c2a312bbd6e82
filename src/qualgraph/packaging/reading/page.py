"""The page of a packaging rule taken apart: text that states rules, unit lists under their headings, prerequisites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualgraph.packaging.reading.cells import (
    excluded_units,
    guides_choice,
    joins_openly,
    leads_alternatives,
    only_units,
    refers_to_note,
    required_units,
    taken_with,
)
from qualgraph.packaging.reading.headings import (
    Heading,
    header_cell,
    heads_prerequisite_table,
    read_heading,
    topic_heading,
)
from qualgraph.packaging.reading.layout import Page, RuleText, UnitRow
from qualgraph.packaging.reading.lines import Line
from qualgraph.packaging.reading.rows import JOINER, RowReader
from qualgraph.packaging.reading.units import read_unit, unit_codes


class PageReader(RowReader):
    """Reads the lines once, from the first to the last; :meth:`read` gives the page."""

    def read(self) -> Page:
        """The page; reading ends at a heading that starts other matter, such as outcome examples."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if not line.text:
                continue
            if line.cut:
                self.page.leftovers.append((line.number, line.text))
            elif not self._take(line):
                break
        return self.page

    def _take(self, line: Line) -> bool:
        if self._title_of_waiting(line):
            return True
        heading = read_heading(line.text)
        cell = header_cell(line.text, after_header=self.after_header)
        if cell is not None and self._is_header(line, cell):
            return True
        self.was_header, self.after_header = self.after_header, False
        if heading is not None:
            if heading.kind == "stop":
                return False
            if self._start(heading, line):
                return True
        if heads_prerequisite_table(line.text):
            self.mode = "prerequisites"
            return True
        if self._row_note(line):
            return True
        unit = read_unit(line.text.removeprefix("∟").strip())
        if unit is not None:
            self._unit(unit, line)
        elif not self._cell(line):
            self._text(line)
        return True

    def _row_note(self, line: Line) -> bool:
        """Whether the line adds to the unit before it: several required units, or units not to be taken with it."""
        row = self.current.rows[-1] if self.mode == "list" and self.current and self.current.rows else None
        if row is None:
            return False
        if leads_alternatives(line.text) and self._next().startswith("∟"):
            row.one_of.append([])
            row.alternatives = True
            return True
        if JOINER.match(line.text) and self._next().startswith("∟") and row.joins(line.text.lower()):
            return True
        if refers_to_note(line.text):
            self.page.leftovers.append((line.number, line.text))
            return True
        if self._open_or(row, line):
            return True
        if line.text.lower() == "and" and len(row.ways) > 1:
            self.page.leftovers.append((line.number, line.text))
            return True
        excluded, beside = excluded_units(line.text)
        self.page.exclusions += [(line.number, line.text, row.unit.code, code) for code in excluded]
        if excluded:
            line = replace(line, text=beside)
            return not beside or self._guide(line)
        if self._guide(line):
            return True
        if self.guides and taken_with(line.text):
            self.after_note = self.at
            self.page.leftovers.append((line.number, line.text))
            return True
        required = None if line.text.startswith("∟") else required_units(line.text)
        if required is None or (len(unit_codes(line.text)) == 1 and not self._goes_on(line.text)):
            return False
        if self.after_note == self.at - 1:
            self.page.leftovers.append((line.number, line.text))
            return True
        self._report_misprints(row, line)
        row.requires.extend(required.all_of)
        row.one_of.extend(list(codes) for codes in required.one_of)
        self.unfinished = line.text.rstrip().endswith(",")
        return True

    def _open_or(self, row: UnitRow, line: Line) -> bool:
        """Whether the line is part of a cell of required units with an 'or' that is not understood."""
        text, following = line.text, self._next()
        if not joins_openly(text):
            return False
        cells = self.current is not None and self.current.prerequisite_cells and self.codes_alone
        if JOINER.match(text):
            required = row.unclear or row.all_of or row.rows_of_one
            found = following.startswith("∟") or (cells and required and read_unit(following) is not None)
        elif text.startswith("∟"):
            found = read_unit(text.removeprefix("∟").strip()) is None
        else:
            found = cells and only_units(text) and required_units(text) is None
        if found:
            self._doubt(row, line)
        return bool(found)

    def _guide(self, line: Line) -> bool:
        """Whether the line says for what work the unit before it is chosen, in a column of such notes."""
        if not self.guides or not guides_choice(line.text) or re.search(r"[A-Z]\d|\bcounts?\b", line.text):
            return False
        self.page.guides.append((line.number, line.text))
        return True

    def _goes_on(self, text: str) -> bool:
        """Whether a code alone belongs to a cell of several: a title in the next line would make it a row."""
        return text.endswith(",") or (self.unfinished and self._in_cell())

    def _is_header(self, line: Line, cell: str) -> bool:
        if self.mode == "prose" and not self._leads_to_units():
            return False
        self.after_header = True
        self.waiting = None
        if self.current is not None and self.mode == "list":
            if self.inherits and not self.current.rows:
                self.current.prerequisite_cells = self.guides = self.inherits = False
            self.current.prerequisite_cells |= cell == "prerequisite"
            self.guides |= cell == "guide"
        return True

    def _start(self, heading: Heading, line: Line) -> bool:
        """Begin what the heading heads; False where the line only looks like a heading."""
        if self._repeats_heading(heading):
            return True
        if heading.kind in ("core", "electives", "group"):
            if not self._leads_to_units() and not (self.mode == "list" and heading.kind != "group"):
                return False
            self._start_list(heading, line)
        elif heading.kind == "section":
            self.mode, self.current = "section", None
        elif heading.kind == "rules":
            self.mode, self.current = "prose", None
        elif heading.kind == "prerequisites":
            self.mode = "prerequisites"
        else:
            self.mode, self.current = "prose", None
            self.page.specialisation_at = self.page.specialisation_at or line.number
        return True

    def _repeats_heading(self, heading: Heading) -> bool:
        """'Elective units' right under 'Group A': the heading of the same list goes on."""
        above = self.current if self.mode == "list" else None
        if above is None or above.rows or above.heading.kind != "group":
            return False
        return heading.kind == "electives" and (not heading.name or not above.heading.name)

    def _text(self, line: Line) -> None:
        if self.mode == "section" or self.sets.joins(line.text):
            return
        if self.mode == "list" and self.current is not None:
            if not self.guides and topic_heading(line.text) and self._leads_to_units():
                self.topic = line.text
                return
            if self._joins_units(line):
                return
        in_list = self.mode == "list" and self.current is not None
        self.after_note = self.at if in_list and self.guides else -1
        before = not in_list and not self.page.lists
        text = RuleText(
            line=line.number, text=line.text, under=self.current if in_list else None, before_lists=before
        )
        self.page.prose.append(text)
        self.sets.begin(text)


def read_page(lines: Sequence[Line]) -> Page:
    """The page that these lines make."""
    return PageReader(lines).read()
