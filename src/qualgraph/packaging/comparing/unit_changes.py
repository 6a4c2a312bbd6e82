"""What became of the units of one packaging rule in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qualgraph.packaging.comparing.changes import Succession, Successions, UnitChange, UnitFate
from qualgraph.packaging.tree import PackagingRule, Role

MAX_STEPS: Final = 6
"""Steps of supersession that are followed; registers have circles."""

_VERSION: Final = re.compile(r"(?<=[0-9])[A-Z]$")


def stem(code: str) -> str:
    """A unit's code without the letter of its version.

    >>> stem("BSBCCO504A"), stem("BSBTWK201"), stem("CHCINF5B")
    ('BSBCCO504', 'BSBTWK201', 'CHCINF5')
    """
    return _VERSION.sub("", code)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a unit stands in one rule."""

    code: str
    title: str | None
    role: Role
    groups: tuple[str, ...]
    line: int | None


def standings(rule: PackagingRule) -> dict[str, Standing]:
    """Every listed unit once; core where it is listed as both."""
    found: dict[str, Standing] = {}
    for group, member in rule.members():
        known = found.get(member.code)
        both = "core" if known and "core" in (known.role, group.role) else group.role
        found[member.code] = Standing(
            code=member.code,
            title=(known.title if known else None) or member.title,
            role=both,
            groups=tuple(dict.fromkeys((*(known.groups if known else ()), group.id))),
            line=known.line if known else member.line,
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A unit of the later rule that superseded one of the earlier, and the units between."""

    after: str
    steps: tuple[Succession, ...]

    @property
    def fate(self) -> UnitFate:
        """What the register says of it; several steps are never called equivalent."""
        if len(self.steps) > 1:
            return "superseded-in-steps"
        equivalent = self.steps[0].equivalent
        if equivalent is None:
            return "superseded-equivalence-not-determined"
        return "replaced-by-equivalent" if equivalent else "superseded-not-equivalent"


def replacements(code: str, wanted: dict[str, Standing], successions: Successions) -> tuple[Replacement, ...]:
    """The units of the later rule that superseded the code, fewest steps first; those beyond another are not told."""
    ways: list[tuple[Succession, ...]] = [(step,) for step in successions.get(code, ())]
    seen = {code}
    for _ in range(MAX_STEPS):
        found = {way[-1].code: way for way in ways if way[-1].code in wanted}
        if found:
            return tuple(Replacement(after=after, steps=way) for after, way in found.items())
        ahead = [way for way in ways if way[-1].code not in seen]
        seen |= {way[-1].code for way in ahead}
        ways = [(*way, step) for way in ahead for step in successions.get(way[-1].code, ())]
    return ()


def unit_changes(
    before: PackagingRule, after: PackagingRule, successions: Successions
) -> tuple[UnitChange, ...]:
    """Every unit of both rules: those of the earlier in the order of its text, then the new ones."""
    old, new = standings(before), standings(after)
    replaced = {code: replacements(code, new, successions) for code in old if code not in new}
    taken = {item.after for found in replaced.values() for item in found}
    return tuple(_changes(old, new, replaced, taken))


def _changes(
    old: dict[str, Standing],
    new: dict[str, Standing],
    replaced: dict[str, tuple[Replacement, ...]],
    taken: set[str],
) -> Iterator[UnitChange]:
    stems_old = _stems(code for code in old if code not in new and not replaced[code])
    stems_new = _stems(code for code in new if code not in old and code not in taken)
    for code, standing in old.items():
        if code in new:
            yield _both(standing, new[code], "same")
        elif replaced[code]:
            for item in replaced[code]:
                yield _both(standing, new[item.after], item.fate, item)
        else:
            yield UnitChange(
                fate="gone",
                before=code,
                title_before=standing.title,
                role_before=standing.role,
                groups_before=standing.groups,
                line_before=standing.line,
                alike=stems_new.get(stem(code), ()),
            )
    for code, standing in new.items():
        if code not in old and code not in taken:
            yield UnitChange(
                fate="new",
                after=code,
                title_after=standing.title,
                role_after=standing.role,
                groups_after=standing.groups,
                line_after=standing.line,
                alike=stems_old.get(stem(code), ()),
            )


def _stems(codes: Iterator[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        found[stem(code)] = (*found.get(stem(code), ()), code)
    return found


def _both(
    before: Standing, after: Standing, fate: UnitFate, replacement: Replacement | None = None
) -> UnitChange:
    steps = replacement.steps if replacement else ()
    return UnitChange(
        fate=fate,
        before=before.code,
        after=after.code,
        title_before=before.title,
        title_after=after.title,
        role_before=before.role,
        role_after=after.role,
        groups_before=before.groups,
        groups_after=after.groups,
        line_before=before.line,
        line_after=after.line,
        via=tuple(step.code for step in steps[:-1]),
        sources=tuple(dict.fromkeys(step.source for step in steps if step.source)),
    )
