"""Whether the counts, the lists and the statements of one page agree: what shows that something was misread.

A misprint in the document looks the same. Either way the rule is not complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualgraph.packaging.reading.statements import Draft, asked
from qualgraph.packaging.reading.tally import Tally
from qualgraph.packaging.tree import EVERYONE, IMPORT, LISTED, UnitGroup


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """One thing that does not add up, and the count ('total', 'core', 'elective') whose sentence shows it."""

    of: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that was read of a page: what is checked for agreement. ``replacing`` are scopes with rules of their own."""

    tally: Tally
    groups: Sequence[UnitGroup]
    drafts: Sequence[Draft]
    replacing: frozenset[str]

    def size(self, group: UnitGroup) -> int:
        """What the list holds: units, each once, or their points."""
        weights = {member.code: member.points or 0 for member in group.members}
        return sum(weights.values()) if self.tally.points else len(weights)

    @property
    def whole_scopes(self) -> tuple[str, ...]:
        """The scopes whose sentences are a whole rule: the plain award, unless there are only streams, and streams."""
        plain = any(draft.scope == EVERYONE for draft in self.drafts) or not self.replacing
        return (*([EVERYONE] if plain else []), *sorted(self.replacing))


def disagreements(reading: Reading) -> Iterator[Disagreement]:
    """Everything that does not agree; nothing for a page that can be called complete."""
    sizes = {group.id: reading.size(group) for group in reading.groups if group.role == "elective"}
    core = sum(reading.size(group) for group in reading.groups if group.role == "core")
    for scope in reading.whole_scopes:
        yield from _sums(reading, scope, core)
    for problem in _missing(reading, sizes, core):
        yield Disagreement(of="total", problem=problem)
    for problem in (*_places(reading, sizes), *_reach(reading)):
        yield Disagreement(of="elective", problem=problem)


def _sums(reading: Reading, scope: str, core: int) -> Iterator[Disagreement]:
    """Where the counts of one scope do not agree with each other, or with the core list."""
    total, stated, elective = (reading.tally.n(of, scope) for of in ("total", "core", "elective"))
    if stated is not None and stated != core:
        what = "points" if reading.tally.points else "units"
        yield Disagreement(of="core", problem=f"the core list has {core} {what}")
    if total is not None and stated is not None and elective is not None and stated + elective != total:
        yield Disagreement(of="total", problem=f"core and electives add up to {stated + elective}")


def _missing(reading: Reading, sizes: dict[str, int], core: int) -> Iterator[str]:
    """What a whole rule would state and this one does not."""
    tally, scopes = reading.tally, reading.whole_scopes
    if any(tally.n("total", scope) is None and tally.n("core", scope) is None for scope in scopes):
        yield "no count was read"
    elif any(tally.n("core", scope) is None for scope in scopes):
        yield "no number of core units was read"
    elif sizes and any(tally.electives(scope) is None for scope in scopes):
        yield "no number of electives was read"
    if not core and not sizes:
        yield "no unit list was read"
    elif not sizes and any(tally.electives(scope) for scope in scopes):
        yield "no elective list was read"
    if tally.points and any(member.points is None for group in reading.groups for member in group.members):
        yield "a listed unit has no points"


def _places(reading: Reading, sizes: dict[str, int]) -> Iterator[str]:
    for draft in reading.drafts:
        if draft.kind in ("min", "exact") and (draft.n or 0) > _room(draft, sizes):
            yield f"{draft.n} of a list of {_room(draft, sizes)}: {draft.text}"
    for scope in dict.fromkeys((*reading.whole_scopes, *(draft.scope for draft in reading.drafts))):
        electives = reading.tally.electives(scope)
        inside = [draft for draft in reading.drafts if draft.scope == scope]
        for draft in inside:
            if electives is not None and (draft.n or 0) > electives and draft.choice.amount == "plain":
                yield f"{draft.n} of {electives} electives: {draft.text}"
        if electives is None or (scope == EVERYONE and not inside):
            continue
        needed = sum(asked(draft, sizes) for draft in inside)
        if needed > electives:
            yield f"the sentences ask for {needed} electives"
        elif scope in reading.whole_scopes and _most(inside, sizes) < electives:
            yield f"the sentences place {_most(inside, sizes)} electives"


def _reach(reading: Reading) -> Iterator[str]:
    """A sentence after the last of several streams that lets imports in, or takes units away: of that stream or all."""
    own = [draft for draft in reading.drafts if draft.scope in reading.replacing]
    last = max((draft.line, draft.scope) for draft in own)[1] if own else EVERYONE
    for kind in (
        [draft for draft in own if IMPORT in draft.pools],
        [draft for draft in own if draft.narrows],
    ):
        if len(reading.replacing) > 1 and kind and {draft.scope for draft in kind} == {last}:
            yield f"of the last stream or of all: {kind[-1].text}"


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
