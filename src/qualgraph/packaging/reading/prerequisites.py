"""The units that a page says must be held before others: cells under a unit, and rows of a prerequisite table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from qualgraph.packaging.reading.layout import Page
from qualgraph.packaging.tree import Policy, Prerequisite, UnitGroup


def prerequisites(
    page: Page, groups: tuple[UnitGroup, ...], policy: Policy
) -> tuple[list[Prerequisite], list[int]]:
    """The prerequisites that the page prints, and the lines of table rows whose two columns cannot be told apart."""
    found: dict[str, tuple[list[str], int]] = {}
    choices: dict[str, list[tuple[str, ...]]] = {}
    for units in page.lists:
        for row in units.rows:
            if row.all_of or row.rows_of_one:
                found.setdefault(row.unit.code, ([], row.line))[0].extend(row.all_of)
                choices.setdefault(row.unit.code, []).extend(row.rows_of_one)
    unsure = _Table(
        page, {m.code for group in groups for m in group.members if m.mark}, found, choices
    ).read()
    return [
        Prerequisite(
            path=f"packaging/prerequisite/{unit}",
            unit=unit,
            requires=tuple(dict.fromkeys(code for code in required if code != unit)),
            one_of=tuple(dict.fromkeys(choices.get(unit, ()))),
            policy=policy,
            line=line,
        )
        for unit, (required, line) in found.items()
    ], unsure


def without_circles(required: Sequence[Prerequisite]) -> tuple[list[Prerequisite], list[Prerequisite]]:
    """The prerequisites that can be met; and those of units that require each other in a circle, or between circles.

    No unit can be held before itself: one of the circle was printed or read wrongly, and which is not known.
    """
    after = {item.unit: item.requires for item in required}
    needed: dict[str, list[str]] = {unit: [] for unit in after}
    for unit, codes in after.items():
        for code in codes:
            needed.setdefault(code, []).append(unit)
    circular = _never_ready(after) & _never_ready(needed)
    return (
        [item for item in required if item.unit not in circular],
        [item for item in required if item.unit in circular],
    )


def _never_ready(before: Mapping[str, Iterable[str]]) -> set[str]:
    """The units in a circle of those before them, or after one."""
    sorter = TopologicalSorter(before)
    ready: set[str] = set()
    with suppress(CycleError):
        sorter.prepare()
    while next_ready := sorter.get_ready():
        ready.update(next_ready)
        sorter.done(*next_ready)
    return set(before) - ready


class _Joins:
    """The alternatives in one row of a prerequisite table: 'A / or / B', 'One of the following: / A / B'."""

    def __init__(self) -> None:
        self.word = ""
        self.done = False

    def takes(self, word: str | None, *, starts: bool) -> bool:
        """Whether the next required unit is an alternative: one after the word, or one more of the following."""
        if word is None and (self.word != "one of" or starts):
            return False
        self.word = word or self.word
        self.done = True
        return True

    def add(self, code: str, required: list[str], choices: list[tuple[str, ...]]) -> bool:
        """Add the alternative; False where it is open how far back 'or' reaches."""
        if self.word == "one of":
            choices[:] = [(*choices[0], code)] if choices else [(code,)]
            return True
        if not choices and len(required) != 1:
            return False
        choices[:] = [(*(choices[0] if choices else required), code)]
        required.clear()
        return True


class _Table:
    """A table whose cells come one a line: a marked unit starts a row, the others follow it.

    A table prints the units that start a row with their mark, or without; the first shows which. Where it prints
    the mark, a required unit may look the same, and every row is unsure unless each marked unit has one. Where it
    does not, a required unit with a mark has a row of its own too. A unit that starts rows apart from each other, one
    required twice in a row, one beside the title of another, and a table without any mark that may hold more than
    one row are unsure.
    """

    def __init__(
        self,
        page: Page,
        marked: set[str],
        found: dict[str, tuple[list[str], int]],
        choices: dict[str, list[tuple[str, ...]]],
    ) -> None:
        self.page = page
        self.printed = page.prerequisite_rows
        self.marked = marked
        self.found = found
        self.choices = choices
        self.doubtful = _titled_as_another(page, marked)
        self.with_mark = bool(self.printed) and self.printed[0][1].mark is not None
        named = {row.code for at, (_, row) in enumerate(self.printed) if row.mark and at not in self.doubtful}
        self.rows = marked if self.with_mark else marked | named
        self.unit: str | None = None
        self.row: list[str] = []
        self.left_out = False
        self.joins = _Joins()
        self.started: set[str] = set()
        self.doubted: set[str] = set()
        self.unsure: list[int] = []

    def read(self) -> list[int]:
        """Fill ``found`` and ``choices`` from the table; the lines of what is unsure."""
        before = 0
        for at, (line, printed) in enumerate(self.printed):
            starts = line != before and printed.code in self.rows
            starts = starts and (printed.mark is not None) == self.with_mark
            before = line
            self.unsure += [line] if at in self.doubtful else []
            self._take(at, line, printed.code, starts=starts)
            self.doubted |= {self.unit} if self.unit and at in self.page.prerequisite_doubts else set()
            if printed.code == self.unit:
                self.joins = _Joins()
        self._doubt_whole()
        empty = [
            code for code, (all_of, _) in self.found.items() if not all_of and not self.choices.get(code)
        ]
        return self.unsure + [
            self.found.pop(code)[1] for code in dict.fromkeys([*empty, *sorted(self.doubted)])
        ]

    def _take(self, at: int, line: int, code: str, *, starts: bool) -> None:
        unit = self.unit
        if unit is not None and self.joins.takes(self.page.prerequisite_joins.get(at), starts=starts):
            self.doubted |= {unit} if at in self.doubtful else set()
            if not self.joins.add(code, self.found[unit][0], self.choices.setdefault(unit, [])):
                self.unsure.append(line)
                self.doubted.add(unit)
        elif unit is None or ((self.left_out or self.found[unit][0] or self.choices.get(unit)) and starts):
            self._start(code, line)
            self.doubted |= {code} if at in self.doubtful else set()
        elif at in self.doubtful:
            self.left_out = True
        else:
            self.unsure += [line] if code in self.row or self.joins.done else []
            self.row.append(code)
            self.found[unit][0].append(code)

    def _start(self, code: str, line: int) -> None:
        self.unsure += [line] if code in self.started - {self.unit} else []
        self.unit = code
        self.started.add(code)
        self.found.setdefault(code, ([], line))
        self.row, self.left_out = [], False
        if self.marked and code not in self.rows:
            self.unsure.append(line)

    def _doubt_whole(self) -> None:
        """What only the whole table shows: marked units without a row, and rows that no mark tells apart."""
        if self.with_mark and (
            self.started != self.marked or any(code in self.found[code][0] for code in self.started)
        ):
            self.unsure += [line for line, printed in self.printed if printed.code in self.started]
        if not self.rows and len(self.row) > 1:
            self.unsure.append(self.printed[0][0])


def _titled_as_another(page: Page, marked: set[str]) -> set[int]:
    """Where the table prints a code beside the title of another listed unit: which of the two is meant is open.

    A unit with a mark in its list is meant by its code: the mark says that it has a row.
    """
    codes: dict[str, set[str]] = {}
    for units in page.lists:
        for row in units.rows:
            codes.setdefault(row.title.lower(), set()).add(row.unit.code)
    return {
        at
        for at, (_, printed) in enumerate(page.prerequisite_rows)
        if printed.title
        and printed.code not in codes.get(printed.title.lower(), {printed.code})
        and printed.code not in marked
    }
