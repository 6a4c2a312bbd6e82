"""The unit lists of a page as groups with ids, the names by which sentences call them, and the prerequisites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations

from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.headings import read_heading
from qualgraph.packaging.reading.layout import Page, UnitList, UnitRow
from qualgraph.packaging.tree import CORE, LISTED, ListedUnit, Policy, Prerequisite, UnitGroup, slug

_HEADING_RULE = re.compile(
    r"\(((?:a )?(?:maximum|minimum|at least|up to|no more than|only)\b[^()]*?)(?: from this group)?\)",
    re.IGNORECASE,
)


def elective_lists(page: Page) -> list[tuple[str, list[UnitList]]]:
    """The elective lists that hold units, with their ids; lists of one heading are one group."""
    filled = [units for units in page.lists if units.heading.kind != "core" and units.rows]
    by_id: dict[str, list[UnitList]] = {}
    for units in filled:
        by_id.setdefault(units.heading.id or units.heading.name.title(), []).append(units)
    if len(by_id) == 1:
        [(id, lists)] = by_id.items()
        return [(id if lists[0].heading.kind == "group" else LISTED, lists)]
    return [(id or "Elective", lists) for id, lists in by_id.items()]


def unit_groups(page: Page) -> tuple[UnitGroup, ...]:
    """The core list first (where the page has one), then the elective lists in the order of the page."""
    cores = [units for units in page.lists if units.heading.kind == "core"]
    groups = [_group(CORE, cores, CORE)] if any(units.rows for units in cores) else []
    groups += [_group(id, lists, "elective") for id, lists in elective_lists(page)]
    return tuple(groups)


def _group(id: str, lists: list[UnitList], role: str) -> UnitGroup:
    path = f"packaging/group/{slug(id)}"
    first = next((units for units in lists if units.rows), lists[0])
    rows = [row for units in lists for row in units.rows]
    return UnitGroup(
        path=path,
        id=id,
        name=first.heading.name if first.heading.kind == "group" and first.heading.name else first.text,
        role="core" if role == CORE else "elective",
        members=tuple(_member(path, position, row) for position, row in enumerate(rows, start=1)),
        line=first.line,
    )


def _member(path: str, position: int, row: UnitRow) -> ListedUnit:
    return ListedUnit(
        path=f"{path}/{position}",
        code=row.unit.code,
        title=row.title or None,
        line=row.line,
        heading=row.heading,
        mark=row.mark,
        points=row.points,
    )


def is_coreless(page: Page) -> bool:
    """Whether nothing on the page speaks of core units: all the units are electives."""
    printed = [text.text for text in page.prose] + [units.text for units in page.lists]
    return bool(page.lists) and not any(re.search(r"\bcore\b", text, re.IGNORECASE) for text in printed)


def heading_rules(page: Page) -> list[tuple[int, str, str]]:
    """The rules that headings carry in brackets ('Group C: Kites (maximum one unit from this group)').

    Each as (line, heading as printed, the rule as a sentence of its own).
    """
    found = [
        (units, _HEADING_RULE.search(units.text)) for units in page.lists if units.heading.kind == "group"
    ]
    return [
        (units.line, units.text, f"{rule[1]} from Group {units.heading.id}".strip())
        for units, rule in found
        if rule
    ]


def group_names(page: Page) -> GroupNames:
    """How sentences call the groups: by letter, by letter and name, by name, or by the heading over several."""
    lists = elective_lists(page)
    labels = [(id, units[0].heading.name if units[0].heading.kind == "group" else "") for id, units in lists]
    labels += _other_names(page, labels)
    wordings: dict[str, list[str]] = {}
    for id, units in lists:
        if id == LISTED:
            continue
        for wording in set(_wordings(units[0])):
            wordings.setdefault(wording, []).append(id)
    wordings |= dict(_pairs(lists))
    titles: dict[str, list[str]] = {}
    for printed in page.lists:
        for row in printed.rows:
            titles.setdefault(row.unit.code, []).append(row.title)
    return GroupNames(labels, [(wording, tuple(ids)) for wording, ids in wordings.items()], titles)


def _other_names(page: Page, labels: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names that lines before the lists print after a letter, where they share a word with the name over the list."""
    over = {id: _long_words(name) for id, name in labels if name}
    headings = [heading for text in page.prose if text.before_lists and (heading := read_heading(text.text))]
    return [
        (heading.id, heading.name)
        for heading in headings
        if heading.kind == "group" and _long_words(heading.name) & over.get(heading.id, set())
    ]


def _long_words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", name.lower()))


def _pairs(lists: list[tuple[str, list[UnitList]]]) -> Iterable[tuple[str, list[str]]]:
    """'general and technical electives': two lists that share a noun."""
    named = [
        (units[0].heading.name.lower(), id) for id, units in lists if units[0].heading.kind == "electives"
    ]
    for (first, one), (second, two) in permutations([pair for pair in named if pair[0]], 2):
        for joiner in ("and", "or", "and/or"):
            yield f"{first} {joiner} {second} electives", [one, two]


def _wordings(units: UnitList) -> Iterable[str]:
    heading = units.heading
    topics = {row.heading for row in units.rows}
    topic = next(iter(topics)) if len(topics) == 1 else None
    if topic:
        yield from (f"{topic.lower()} {noun}" for noun in ("group", "electives", "elective units"))
    if heading.kind == "electives" and heading.name:
        yield f"{heading.name.lower()} electives"
        yield f"{heading.name.lower()} elective units"
        yield f"{heading.name.lower()} units"
        yield f"{heading.name.lower()} group"
    elif heading.kind == "group":
        if re.search(r"\w+ electives?\b", heading.name, re.IGNORECASE):
            yield heading.name.lower()
        if units.under and re.match(r"^\w+ elective", units.under, re.IGNORECASE):
            first = units.under.split()[0].lower()
            yield f"{first} elective groups"
            yield f"{first} elective units"
            yield f"{first} electives"


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
    unsure = _table(page, {m.code for group in groups for m in group.members if m.mark}, found, choices)
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


def _table(
    page: Page,
    marked: set[str],
    found: dict[str, tuple[list[str], int]],
    choices: dict[str, list[tuple[str, ...]]],
) -> list[int]:
    """Fill ``found`` from a table whose cells come one a line: a marked unit starts a row, the others follow it.

    A table prints the units that start a row with their mark, or without; the first shows which. Where it prints
    the mark, a required unit may look the same, and every row is unsure unless each marked unit has one. Where it
    does not, a required unit with a mark has a row of its own too. A unit that starts rows apart from each other, one
    required twice in a row, and a table without any mark that may hold more than one row are unsure.
    """
    unit: str | None = None
    unsure: list[int] = []
    with_mark = bool(page.prerequisite_rows) and page.prerequisite_rows[0][1].mark is not None
    started: set[str] = set()
    row: list[str] = []
    rows = marked if with_mark else marked | {row.code for _, row in page.prerequisite_rows if row.mark}
    before = 0
    joins = _Joins()
    for at, (line, printed) in enumerate(page.prerequisite_rows):
        starts = line != before and printed.code in rows and (printed.mark is not None) == with_mark
        before = line
        if unit is not None and joins.takes(page.prerequisite_joins.get(at), starts=starts):
            if not joins.add(printed.code, found[unit][0], choices.setdefault(unit, [])):
                unsure.append(line)
        elif unit is None or ((found[unit][0] or choices.get(unit)) and starts):
            unsure += [line] if printed.code in started - {unit} else []
            unit = printed.code
            started.add(unit)
            found.setdefault(unit, ([], line))
            row = []
            if marked and unit not in rows:
                unsure.append(line)
        else:
            unsure += [line] if printed.code in row else []
            row.append(printed.code)
            found[unit][0].append(printed.code)
            unsure += [line] if joins.done else []
        if printed.code == unit:
            joins = _Joins()
    if with_mark and (started != marked or any(code in found[code][0] for code in started)):
        unsure += [line for line, printed in page.prerequisite_rows if printed.code in started]
    if not rows and len(row) > 1:
        unsure.append(page.prerequisite_rows[0][0])
    empty = [code for code, (required, _) in found.items() if not required and not choices.get(code)]
    return unsure + [found.pop(code)[1] for code in empty]
