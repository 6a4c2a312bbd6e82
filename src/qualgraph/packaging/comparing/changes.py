"""What changed between two packaging rules: the records that :mod:`qualgraph.packaging.comparing.difference` fills.

A code that looks alike is no fact: only a :class:`Succession`, which comes from the register, says that one unit
replaced another, and only where it says so are the two equivalent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualgraph.packaging.tree import Role, Status

UnitFate = Literal[
    "same",
    "replaced-by-equivalent",
    "superseded-not-equivalent",
    "superseded-equivalence-not-determined",
    "superseded-in-steps",
    "new",
    "gone",
]
Change = Literal["same", "changed", "renamed", "new", "gone"]
Basis = Literal["units", "name"]


@dataclass(frozen=True, kw_only=True)
class Succession:
    """The register's statement that a unit was superseded by ``code``.

    ``equivalent`` is None where no document states it, and where documents disagree (``disputed``). ``source`` names
    the document that states it.
    """

    code: str
    equivalent: bool | None
    source: str | None = None
    disputed: bool = False


Successions = Mapping[str, Sequence[Succession]]
"""For the code of a unit, what superseded it, one step; nothing for a unit that no document calls superseded."""


def merged_successions(*known: Successions) -> dict[str, list[Succession]]:
    """All that is stated together; where sources disagree about a pair, its equivalence is not determined.

    A source that says nothing of equivalence disagrees with none.
    """
    pairs: dict[tuple[str, str], list[Succession]] = {}
    for each in known:
        for before, steps in each.items():
            for step in steps:
                pairs.setdefault((before, step.code), []).append(step)
    found: dict[str, list[Succession]] = {}
    for (before, after), steps in pairs.items():
        said = {step.equivalent for step in steps} - {None}
        sources = ", ".join(dict.fromkeys(step.source for step in steps if step.source)) or None
        disputed = len(said) > 1 or any(step.disputed for step in steps)
        equivalent = None if disputed or not said else said.pop()
        merged = Succession(code=after, equivalent=equivalent, source=sources, disputed=disputed)
        found.setdefault(before, []).append(merged)
    return found


def reached_from(codes: Iterable[str], *known: Successions) -> set[str]:
    """These codes and all that superseded them, however many steps on."""
    reached: set[str] = set()
    edge = set(codes)
    while edge:
        reached |= edge
        edge = {step.code for each in known for code in edge for step in each.get(code, ())} - reached
    return reached


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two rules that are compared."""

    code: str | None
    title: str | None
    release: str | None
    status: Status


@dataclass(frozen=True, kw_only=True)
class CountChange:
    """A stated number, or what the numbers count, on both sides; None where the text states none."""

    name: str
    before: int | str | None
    after: int | str | None

    @property
    def changed(self) -> bool:
        """Whether the two sides differ."""
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class GroupChange:
    """A unit list on both sides, or on one.

    ``shared`` counts units that stand in both lists, themselves or replaced by a successor; ``alike`` those whose
    codes only look alike. ``basis`` says whether lists were matched by their units or by their name alone.
    ``elsewhere`` tells for a list that is new or gone how many of its units, alike ones included, stand in which
    lists of the other side.
    """

    change: Change
    role: Role
    before: str | None = None
    after: str | None = None
    name_before: str | None = None
    name_after: str | None = None
    size_before: int = 0
    size_after: int = 0
    shared: int = 0
    alike: int = 0
    basis: Basis | None = None
    elsewhere: tuple[tuple[str, int], ...] = ()
    line_before: int | None = None
    line_after: int | None = None


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """A sentence that counts electives, in words, on both sides or on one."""

    change: Change
    scope: str
    before: str | None = None
    after: str | None = None
    line_before: int | None = None
    line_after: int | None = None


@dataclass(frozen=True, kw_only=True)
class UnitChange:
    """What became of one unit of competency.

    ``via`` are the units between, for a supersession in several steps: what a chain of steps licenses depends on
    the regulator's policy, so it is never called equivalent. ``alike`` are units of the other side with the same
    stem, not known to be its successor: a hint.
    """

    fate: UnitFate
    before: str | None = None
    after: str | None = None
    title_before: str | None = None
    title_after: str | None = None
    role_before: Role | None = None
    role_after: Role | None = None
    groups_before: tuple[str, ...] = ()
    groups_after: tuple[str, ...] = ()
    line_before: int | None = None
    line_after: int | None = None
    regrouped: bool = False
    via: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    @property
    def moved(self) -> str | None:
        """'core to elective' or 'elective to core', for a unit that stands on both sides; None where it stayed."""
        if self.role_before is None or self.role_after is None or self.role_before == self.role_after:
            return None
        return f"{self.role_before} to {self.role_after}"

    @property
    def retitled(self) -> bool:
        """Whether one code has two titles, white space and case apart."""
        if self.fate != "same" or not self.title_before or not self.title_after:
            return False
        return " ".join(self.title_before.split()).casefold() != " ".join(self.title_after.split()).casefold()


@dataclass(frozen=True, kw_only=True)
class NamedChange:
    """A specialisation, a condition for a person, or a prerequisite that stands on one side alone."""

    change: Change
    text: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """All that changed between two packaging rules, and what of them could not be compared (``cautions``)."""

    before: Side
    after: Side
    counts: tuple[CountChange, ...] = ()
    groups: tuple[GroupChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    units: tuple[UnitChange, ...] = ()
    specialisations: tuple[NamedChange, ...] = ()
    prerequisites: tuple[NamedChange, ...] = ()
    conditions: tuple[NamedChange, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def nothing_changed(self) -> bool:
        """Whether the two rules, as far as they were read, are the same."""
        return not (
            any(count.changed for count in self.counts)
            or any(group.change != "same" for group in self.groups)
            or any(rule.change != "same" for rule in self.rules)
            or any(unit.fate != "same" or unit.moved or unit.regrouped for unit in self.units)
            or self.specialisations
            or self.prerequisites
            or self.conditions
        )

    def of_fate(self, fate: UnitFate) -> tuple[UnitChange, ...]:
        """The units with this fate, in the order of the text."""
        return tuple(unit for unit in self.units if unit.fate == fate)
