"""Whether the counts, the lists and the statements of one page agree: what shows that something was misread.

A misprint in the document looks the same. Either way the rule is not complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualgraph.packaging.readings import Count
from qualgraph.packaging.statements import Draft, asked
from qualgraph.packaging.tree import EVERYONE, IMPORT, LISTED, UnitGroup


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """One thing that does not add up, and the count ('total', 'core', 'elective') whose sentence shows it."""

    of: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that was read of a page: what is checked for agreement."""

    counts: Mapping[str, Count]
    groups: Sequence[UnitGroup]
    drafts: Sequence[Draft]
    electives: int | None
    replacing: frozenset[str]

    @property
    def points(self) -> bool:
        """Whether the page counts points."""
        return any(count.points for count in self.counts.values())

    def size(self, group: UnitGroup) -> int:
        """What the list holds: units, each once, or their points."""
        weights = {member.code: member.points or 0 for member in group.members}
        return sum(weights.values()) if self.points else len(weights)


def disagreements(reading: Reading) -> Iterator[Disagreement]:
    """Everything that does not agree; nothing for a page that can be called complete."""
    sizes = {group.id: reading.size(group) for group in reading.groups if group.role == "elective"}
    core = sum(reading.size(group) for group in reading.groups if group.role == "core")
    counts = reading.counts
    if "core" in counts and counts["core"].n != core:
        yield Disagreement(
            of="core", problem=f"the core list has {core} {'points' if reading.points else 'units'}"
        )
    if {"total", "core", "elective"} <= counts.keys():
        added = counts["core"].n + counts["elective"].n
        if added != counts["total"].n:
            yield Disagreement(of="total", problem=f"core and electives add up to {added}")
    for problem in _missing(reading, sizes, core):
        yield Disagreement(of="total", problem=problem)
    for problem in _places(reading, sizes):
        yield Disagreement(of="elective", problem=problem)


def _missing(reading: Reading, sizes: dict[str, int], core: int) -> Iterator[str]:
    """What a whole rule would state and this one does not."""
    if "total" not in reading.counts and "core" not in reading.counts:
        yield "no count was read"
    elif "core" not in reading.counts:
        yield "no number of core units was read"
    elif reading.electives is None and sizes:
        yield "no number of electives was read"
    if not core and not sizes:
        yield "no unit list was read"
    elif reading.electives and not sizes:
        yield "no elective list was read"
    if reading.points and any(member.points is None for group in reading.groups for member in group.members):
        yield "a listed unit has no points"


def _places(reading: Reading, sizes: dict[str, int]) -> Iterator[str]:
    for draft in reading.drafts:
        if draft.kind in ("min", "exact") and (draft.n or 0) > _room(draft, sizes):
            yield f"{draft.n} of a list of {_room(draft, sizes)}: {draft.text}"
    if reading.electives is None:
        return
    for scope in dict.fromkeys(draft.scope for draft in reading.drafts):
        inside = [draft for draft in reading.drafts if draft.scope == scope]
        needed = sum(asked(draft, sizes) for draft in inside)
        whole = scope == EVERYONE or scope.removeprefix("specialisation:") in reading.replacing
        if needed > reading.electives:
            yield f"the sentences ask for {needed} electives"
        elif whole and _most(inside, sizes) < reading.electives:
            yield f"the sentences place {_most(inside, sizes)} electives"


def _room(draft: Draft, sizes: dict[str, int]) -> int:
    """How many electives the pools of the draft hold."""
    if any(pool == IMPORT or ":" in pool for pool in draft.pools):
        return draft.n or 0
    return sum(sizes.values()) if LISTED in draft.pools else sum(sizes.get(pool, 0) for pool in draft.pools)


def _most(drafts: Sequence[Draft], sizes: dict[str, int]) -> int:
    """How many electives the sentences let in: a minimum may be passed, and a list that none names is open."""
    outer = [draft for draft in drafts if draft.within is None and not draft.narrows]
    named = {pool for draft in outer for pool in draft.pools}
    free = 0 if LISTED in named else sum(size for pool, size in sizes.items() if pool not in named)
    return free + sum(
        max(draft.n or 0, _room(draft, sizes)) if draft.kind == "min" else draft.n or asked(draft, sizes)
        for draft in outer
    )
