"""Which unit list of one packaging rule became which list of another, told by the units they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.packaging.changes import GroupChange, UnitChange
from qualgraph.packaging.tree import PackagingRule, UnitGroup
from qualgraph.packaging.unit_changes import stem

ENOUGH: Final = 0.5
"""The part of the shorter list that must stand in the other for the two to be one list."""


@dataclass(frozen=True, kw_only=True)
class _Pair:
    before: UnitGroup
    after: UnitGroup
    shared: int
    alike: int

    @property
    def close(self) -> bool:
        shorter = min(len(set(self.before.units)), len(set(self.after.units)))
        return shorter > 0 and (self.shared + self.alike) / shorter >= ENOUGH

    @property
    def same_name(self) -> bool:
        return self.before.id == self.after.id and self.before.scope == self.after.scope


def group_changes(
    before: PackagingRule, after: PackagingRule, units: Sequence[UnitChange]
) -> tuple[GroupChange, ...]:
    """Every unit list of both rules: those of the earlier in the order of its text, then the new ones.

    Lists are matched with lists of the same role, those that share most first; of what is left, those of one name.
    """
    successors = _successors(units)
    pairs = [
        _Pair(
            before=old,
            after=new,
            shared=len(shared := _shared(old, new, successors)),
            alike=_alike(old, new, shared, successors),
        )
        for old in before.groups
        for new in after.groups
        if old.role == new.role
    ]
    matched = _matched(pairs)
    partner = {pair.before.path: pair for pair in matched}
    found = {pair.after.path for pair in matched}
    changes = [
        _change(partner[group.path]) if group.path in partner else _gone(group, pairs)
        for group in before.groups
    ]
    return (*changes, *(_new(group, pairs) for group in after.groups if group.path not in found))


def _successors(units: Iterable[UnitChange]) -> dict[str, set[str]]:
    """For each unit of the earlier rule, itself and what superseded it in the later one."""
    found: dict[str, set[str]] = {}
    for unit in units:
        if unit.before and unit.after:
            found.setdefault(unit.before, set()).add(unit.after)
    return found


def _shared(old: UnitGroup, new: UnitGroup, successors: Mapping[str, set[str]]) -> set[str]:
    """The units of the earlier list that stand in the later, themselves or by a successor."""
    there = set(new.units)
    return {code for code in old.units if code in there or successors.get(code, set()) & there}


def _alike(old: UnitGroup, new: UnitGroup, shared: set[str], successors: Mapping[str, set[str]]) -> int:
    """How many further units only look alike; one with a known successor looks like nothing else."""
    known = {after for code in shared for after in (code, *successors.get(code, ()))}
    rest = {stem(code) for code in new.units if code not in known}
    return sum(stem(code) in rest for code in set(old.units) - shared if not successors.get(code))


def _matched(pairs: list[_Pair]) -> list[_Pair]:
    order = sorted(pairs, key=lambda pair: (-(pair.shared + pair.alike), not pair.same_name))
    chosen: list[_Pair] = []
    taken: set[tuple[str, str]] = set()
    rounds = ([pair for pair in order if pair.close], [pair for pair in order if pair.same_name])
    for wanted in rounds:
        for pair in wanted:
            keys = {("before", pair.before.path), ("after", pair.after.path)}
            if not keys & taken:
                taken |= keys
                chosen.append(pair)
    return chosen


def _change(pair: _Pair) -> GroupChange:
    old, new = pair.before, pair.after
    same_units = set(old.units) == set(new.units)
    same_name = pair.same_name and old.name == new.name
    return GroupChange(
        change="changed" if not same_units else "same" if same_name else "renamed",
        role=old.role,
        before=old.id,
        after=new.id,
        name_before=old.name,
        name_after=new.name,
        size_before=len(set(old.units)),
        size_after=len(set(new.units)),
        shared=pair.shared,
        alike=pair.alike,
        basis="units" if pair.close else "name",
        line_before=old.line,
        line_after=new.line,
    )


def _gone(group: UnitGroup, pairs: Iterable[_Pair]) -> GroupChange:
    went = Counter(
        {p.after.id: p.shared + p.alike for p in pairs if p.before is group and p.shared + p.alike}
    )
    return GroupChange(
        change="gone",
        role=group.role,
        before=group.id,
        name_before=group.name,
        size_before=len(set(group.units)),
        elsewhere=tuple(went.most_common()),
        line_before=group.line,
    )


def _new(group: UnitGroup, pairs: Iterable[_Pair]) -> GroupChange:
    came = Counter(
        {p.before.id: p.shared + p.alike for p in pairs if p.after is group and p.shared + p.alike}
    )
    return GroupChange(
        change="new",
        role=group.role,
        after=group.id,
        name_after=group.name,
        size_after=len(set(group.units)),
        elsewhere=tuple(came.most_common()),
        line_after=group.line,
    )
