"""The unit lists of a page as groups with ids, and the names by which sentences call them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations

from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.headings import read_heading
from qualgraph.packaging.reading.layout import Page, UnitList, UnitRow
from qualgraph.packaging.tree import CORE, LISTED, ListedUnit, UnitGroup, slug

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
