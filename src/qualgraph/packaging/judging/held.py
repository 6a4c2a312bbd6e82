"""The statements that hold together in one form of a rule, and the lists that they may name."""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.packaging.tree import IMPORT, LISTED, PackagingRule, RuleStatement, UnitGroup


@dataclass(frozen=True, kw_only=True)
class Held:
    """Statements that hold together, one-of choices made; ``groups`` are the lists in their scope."""

    rule: PackagingRule
    path: str
    groups: tuple[UnitGroup, ...]
    statements: tuple[RuleStatement, ...]

    @property
    def points(self) -> bool:
        """Whether numbers are points."""
        return self.rule.measure == "points"

    @property
    def top(self) -> tuple[RuleStatement, ...]:
        """The statements that are not counted within another."""
        return tuple(item for item in self.statements if item.within is None)

    @property
    def opened(self) -> tuple[RuleStatement, ...]:
        """The sentences that permit electives without asking for them."""
        return tuple(
            item for item in self.top if item.kind == "max" and item.n != 0 and not told_by_code(item)
        )

    @property
    def least(self) -> tuple[RuleStatement, ...]:
        """The sentences that ask for at least so many, and leave open that there are more."""
        return tuple(item for item in self.top if item.kind == "min")

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids of the elective lists in scope."""
        return tuple(group.id for group in self.groups if group.role == "elective")

    def lists_of(self, item: RuleStatement) -> set[str]:
        """The elective lists that a statement names."""
        return set(self.lists) if LISTED in item.pools else set(self.lists) & set(item.pools)

    def is_of(self, id: str, outer: str) -> bool:
        """Whether a slot is that of the outer statement or of one counted within it."""
        within = {item.id: item.within for item in self.statements}
        at: str | None = id
        while at is not None and at != outer:
            at = within.get(at)
        return at == outer


def told_by_code(item: RuleStatement) -> bool:
    """Whether the statement counts units told by code or title, wherever they come from."""
    return bool(item.pools) and all(":" in pool for pool in item.pools)


def share(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two statements name listed units in common."""
    mine, theirs = set(some) - {IMPORT}, set(others) - {IMPORT}
    return bool(mine & theirs) or (bool(mine and theirs) and LISTED in mine | theirs)
