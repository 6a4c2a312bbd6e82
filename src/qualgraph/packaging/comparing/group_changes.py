"""Which unit list of one packaging rule became which list of another, told by the units they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.packaging.comparing.changes import GroupChange, UnitChange
from qualgraph.packaging.comparing.unit_changes import stem
from qualgraph.packaging.tree import PackagingRule, UnitGroup

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
    pairs = list(_pairs(before, after, successors))
    partner = {pair.before.path: pair for pair in _matched(pairs)}
    found = {pair.after.path for pair in partner.values()}
    went, came = _flows(pairs)
    changes = [
        _change(partner[group.path]) if group.path in partner else _gone(group, went.get(group.path, {}))
        for group in before.groups
    ]
    new = (group for group in after.groups if group.path not in found)
    return (*changes, *(_new(group, came.get(group.path, {})) for group in new))


def _pairs(
    before: PackagingRule, after: PackagingRule, successors: Mapping[str, set[str]]
) -> Iterator[_Pair]:
    """Lists of one role that share a unit, or look-alikes, or the name; not every list with every other."""
    holding: dict[str, dict[str, UnitGroup]] = {}
    for new in after.groups:
        for key in (f"id {new.id}", *new.units, *map(stem, new.units)):
            holding.setdefault(key, {})[new.path] = new
    for old in before.groups:
        near: dict[str, UnitGroup] = dict(holding.get(f"id {old.id}", {}))
        for code in dict.fromkeys(old.units):
            for key in (code, stem(code), *sorted(successors.get(code, ()))):
                near |= holding.get(key, {})
        for new in near.values():
            if new.role == old.role:
                shared = _shared(old, new, successors)
                yield _Pair(
                    before=old, after=new, shared=len(shared), alike=_alike(old, new, shared, successors)
                )


def _flows(pairs: Iterable[_Pair]) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """For each list by path the lists of the other side that hold units of it, with their numbers."""
    went: dict[str, dict[str, int]] = {}
    came: dict[str, dict[str, int]] = {}
    for pair in pairs:
        if number := pair.shared + pair.alike:
            went.setdefault(pair.before.path, {})[pair.after.id] = number
            came.setdefault(pair.after.path, {})[pair.before.id] = number
    return went, came


def _most_first(flow: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(flow.items(), key=lambda item: -item[1]))


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


def _gone(group: UnitGroup, went: Mapping[str, int]) -> GroupChange:
    return GroupChange(
        change="gone",
        role=group.role,
        before=group.id,
        name_before=group.name,
        size_before=len(set(group.units)),
        elsewhere=_most_first(went),
        line_before=group.line,
    )


def _new(group: UnitGroup, came: Mapping[str, int]) -> GroupChange:
    return GroupChange(
        change="new",
        role=group.role,
        after=group.id,
        name_after=group.name,
        size_after=len(set(group.units)),
        elsewhere=_most_first(came),
        line_after=group.line,
    )
