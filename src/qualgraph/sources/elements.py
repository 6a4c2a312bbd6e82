"""Elements and performance criteria of a unit of competency, told apart by their numbers.

The table comes in several shapes: an element and its criteria in two cells or one below the other, numbers in cells
of their own, and in older units no numbers at all, where only a row of two cells says what is what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qualgraph.model import PerformanceCriterion, Problem, UnitElement
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import item, key, not_read

_CRITERION = re.compile(r"^(?P<number>\d{1,2}\.\d{1,2})(?:\.(?!\d)|(?![\d.]))\s*(?P<text>.*)$", re.DOTALL)
_ELEMENT = re.compile(
    r"^(?P<number>\d{1,2})(?P<mark>[.)])?(?:\s+|(?<=[.)])(?=[^\d\s]))(?P<text>\S.*)$", re.DOTALL
)
_BARE = re.compile(r"^\d{1,2}(?:\.\d{1,2})?[.)]?$")
_HEADERS = ("element", "elements", "performance criteria", "performance criterion")
_INTRODUCTION = re.compile(
    r"^(?:Elements? (?:describe|define)|Performance criteria (?:describe|specify))", re.IGNORECASE
)
_LOST = "A line among the elements is neither an element nor a performance criterion; it is not read."


@dataclass
class _Criterion:
    number: str | None
    parts: list[str]
    line: int


@dataclass
class _Element:
    number: str | None
    text: str
    line: int
    criteria: list[_Criterion] = field(default_factory=list)


class _Table:
    """The elements as they are met."""

    def __init__(self) -> None:
        self.elements: list[_Element] = []
        self.problems: list[Problem] = []
        self.numbered = False

    def take(self, text: str, line: int, *, bulleted: bool = False) -> None:
        """A text with its number, or one that goes on with what stands before it."""
        criterion = _CRITERION.match(text)
        element = None if criterion else _ELEMENT.match(text)
        if criterion:
            self.numbered = True
            self._criterion(criterion["number"], criterion["text"].strip(), line)
        elif element and (element["mark"] or self._expected(element["number"])):
            self.numbered = True
            self.elements.append(_Element(element["number"], element["text"].strip(), line))
        elif self.elements and self.elements[-1].criteria and (bulleted or text[0].islower()):
            self.elements[-1].criteria[-1].parts.append(text)
        else:
            self.problems.append(not_read(_LOST, line, text))

    def row(self, cells: Sequence[str], line: int) -> None:
        """A row without numbers: the element, and beside it a criterion."""
        if cells[0]:
            self.elements.append(_Element(None, cells[0], line))
        for cell in filter(None, cells[1:]):
            self._criterion(None, cell, line)

    def _expected(self, number: str) -> bool:
        return int(number) == len(self.elements) + 1

    def _criterion(self, number: str | None, text: str, line: int) -> None:
        if not self.elements or not text:
            self.problems.append(not_read(_LOST, line, text))
        else:
            self.elements[-1].criteria.append(_Criterion(number, [text], line))


def read_elements(lines: Iterable[Line]) -> Iterator[UnitElement | Problem]:
    """The elements in the order of the document, and every gap or slip in their numbers."""
    table = _Table()
    for line in lines:
        cells = [item(cell) if item(cell) is not None else cell for cell in line.cells]
        texts = list(_with_numbers([cell or "" for cell in cells]))
        if not texts or all(key(text) in _HEADERS or _INTRODUCTION.match(text) for text in texts):
            continue
        if len(cells) > 1 and not table.numbered and not any(_is_numbered(text) for text in texts):
            table.row([cell or "" for cell in cells], line.number)
            continue
        for text in texts:
            table.take(text, line.number, bulleted=item(line.text) is not None)
    yield from _finished(table)


def listed_elements(rows: Iterable[tuple[str, Sequence[str]]], line: int) -> Iterator[UnitElement | Problem]:
    """The elements of a source that keeps each apart with its criteria: their texts, numbered or not."""
    table = _Table()
    for text, criteria in rows:
        match = _ELEMENT.match(text)
        element = _Element(match["number"], match["text"], line) if match else _Element(None, text, line)
        for one in criteria:
            found = _CRITERION.match(one)
            number, words = (found["number"], found["text"]) if found else (None, one)
            element.criteria.append(_Criterion(number, [words.strip()], line))
        table.elements.append(element)
    yield from _finished(table)


def _with_numbers(cells: Iterable[str]) -> Iterator[str]:
    """The cells that are filled; a number that has a cell to itself is put before the next one."""
    before = ""
    for cell in filter(None, cells):
        if _BARE.match(cell):
            before = cell
        else:
            yield f"{before} {cell}".strip()
            before = ""
    if before:
        yield before


def _is_numbered(text: str) -> bool:
    return bool(_CRITERION.match(text) or _ELEMENT.match(text) or _BARE.match(text))


def _finished(table: _Table) -> Iterator[UnitElement | Problem]:
    yield from table.problems
    for position, found in enumerate(table.elements, start=1):
        yield UnitElement(
            position=position,
            number=found.number,
            text=found.text,
            criteria=tuple(
                PerformanceCriterion(
                    position=place, number=one.number, text="\n".join(one.parts), line=one.line
                )
                for place, one in enumerate(found.criteria, start=1)
            ),
            line=found.line,
        )
        yield from _slips(position, found)


def _slips(position: int, found: _Element) -> Iterator[Problem]:
    """Where numbers do not follow one another, or an element has no criteria: something is lost or misprinted."""
    if found.number is not None and found.number != str(position):
        yield not_read(f"The element in place {position} has the number {found.number}.", found.line)
    if not found.criteria:
        yield not_read(f"Element {found.number or position} has no performance criteria.", found.line)
    for place, one in enumerate(found.criteria, start=1):
        wanted = f"{found.number or position}.{place}"
        if one.number not in (None, wanted):
            message = f"The performance criterion in place {wanted} has the number {one.number}."
            yield not_read(message, one.line)
            return
