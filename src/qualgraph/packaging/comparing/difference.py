"""What changed between two releases of a qualification, or between a qualification and its successor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from qualgraph.packaging.comparing.changes import (
    Change,
    CountChange,
    Difference,
    GroupChange,
    NamedChange,
    RuleChange,
    Side,
    Succession,
    Successions,
    UnitChange,
)
from qualgraph.packaging.comparing.group_changes import group_changes
from qualgraph.packaging.comparing.unit_changes import unit_changes
from qualgraph.packaging.tree import EVERYONE, LISTED, PackagingRule, Prerequisite, RuleStatement
from qualgraph.packaging.words import RuleWords

__all__ = ["Difference", "Succession", "Successions", "difference"]


MAX_COMPARED: Final = 300
"""Sentences left over of each side that are compared with each other."""


def difference(
    before: PackagingRule, after: PackagingRule, successions: Successions | None = None
) -> Difference:
    """Compare two rules as they were read; what was not read is named in ``cautions`` and not compared.

    ``successions`` are the register's statements of what superseded which unit, one step each. Without them units
    with other codes are gone and new, whatever their codes look like.
    """
    units = unit_changes(before, after, successions or {})
    groups = group_changes(before, after, units)
    return Difference(
        before=_side(before),
        after=_side(after),
        counts=tuple(_counts(before, after)),
        groups=groups,
        rules=tuple(_rules(before, after, groups)),
        units=tuple(_regrouped(units, groups)),
        specialisations=_named(
            {item.name: item.line for item in before.specialisations},
            {item.name: item.line for item in after.specialisations},
        ),
        prerequisites=_named(_prerequisites(before), _prerequisites(after)),
        conditions=_named(
            {item.text: item.line for item in before.human_conditions},
            {item.text: item.line for item in after.human_conditions},
        ),
        cautions=(*_cautions(before, "first"), *_cautions(after, "second")),
    )


def _side(rule: PackagingRule) -> Side:
    return Side(code=rule.code, title=rule.title, release=rule.release, status=rule.status)


def _counts(before: PackagingRule, after: PackagingRule) -> Iterator[CountChange]:
    for name in ("measure", "total", "core", "elective"):
        yield CountChange(name=name, before=getattr(before, name), after=getattr(after, name))
    yield CountChange(
        name="prerequisite policy", before=before.prerequisite_policy, after=after.prerequisite_policy
    )


def _cautions(rule: PackagingRule, which: str) -> Iterator[str]:
    name = rule.code or f"the {which} rule"
    if rule.status == "failed":
        yield f"No packaging rule was read of {name}."
    elif rule.unread:
        told = ", ".join(f"line {item.line}" for item in rule.unread if item.line is not None)
        count = len(rule.unread)
        yield (
            f"{count} {'sentence' if count == 1 else 'sentences'} of {name} "
            f"{'was' if count == 1 else 'were'} not read and not compared" + (f": {told}." if told else ".")
        )
    elif rule.status == "partial":
        yield f"The rule of {name} was not read whole."


def _named(before: Mapping[str, int | None], after: Mapping[str, int | None]) -> tuple[NamedChange, ...]:
    """What stands on one side alone, white space apart."""
    old = {" ".join(text.split()): line for text, line in before.items()}
    new = {" ".join(text.split()): line for text, line in after.items()}
    gone = [NamedChange(change="gone", text=text, line=line) for text, line in old.items() if text not in new]
    came = [NamedChange(change="new", text=text, line=line) for text, line in new.items() if text not in old]
    return (*gone, *came)


def _prerequisites(rule: PackagingRule) -> dict[str, int | None]:
    return {prerequisite_in_words(item): item.line for item in rule.prerequisites}


def prerequisite_in_words(item: Prerequisite) -> str:
    """'ZZE101 needs ZZE102, and ZZE103 or ZZE104'."""
    wanted = [*item.requires, *(" or ".join(codes) for codes in item.one_of)]
    return f"{item.unit} needs {', and '.join(wanted)}"


def _regrouped(units: Iterable[UnitChange], groups: Iterable[GroupChange]) -> Iterator[UnitChange]:
    """Units that stand on both sides as electives, in lists that were not matched with each other."""
    partner = {(group.before, group.after) for group in groups if group.before and group.after}
    for unit in units:
        stayed = unit.role_before == unit.role_after == "elective"
        met = any((old, new) in partner for old in unit.groups_before for new in unit.groups_after)
        yield replace(unit, regrouped=True) if stayed and not met else unit


def _rules(
    before: PackagingRule, after: PackagingRule, groups: Iterable[GroupChange]
) -> Iterator[RuleChange]:
    """Sentences matched where they say the same, then where they count the same pools, then where pools overlap."""
    renamed = {group.before: group.after for group in groups if group.before and group.after}
    left = {item.id: _Counting.of(item, after, {}) for item in after.rules}
    waiting = {item.id: _Counting.of(item, before, renamed) for item in before.rules}
    partner: dict[str, tuple[Change, RuleStatement]] = {}
    for key, change in _KEYS:
        for old, new in _same_key(waiting.values(), left.values(), key):
            partner[old.statement.id] = (change, new.statement)
            del waiting[old.statement.id], left[new.statement.id]
    for old in list(waiting.values())[:MAX_COMPARED]:
        twin = next((new for new in islice(left.values(), MAX_COMPARED) if old.near(new)), None)
        if twin is not None:
            partner[old.statement.id] = ("changed", twin.statement)
            del left[twin.statement.id]
    words = RuleWords(before), RuleWords(after)
    for statement in before.rules:
        change, twin_of = partner.get(statement.id, ("gone", None))
        yield _rule(change, statement, twin_of, words)
    for item in left.values():
        yield _rule("new", None, item.statement, words)


def _same_key(
    old: Iterable[_Counting], new: Iterable[_Counting], key: Callable[[_Counting], Hashable]
) -> list[tuple[_Counting, _Counting]]:
    """Pairs with the same key, those in order of the text first; each item in one pair at most."""
    waiting: dict[Hashable, deque[_Counting]] = {}
    for item in new:
        waiting.setdefault(key(item), deque()).append(item)
    return [(item, waiting[key(item)].popleft()) for item in old if waiting.get(key(item))]


@dataclass(frozen=True, kw_only=True)
class _Counting:
    """A sentence with its pools in the names of the later rule, 'listed' as the lists that it is."""

    statement: RuleStatement
    pools: frozenset[str]

    @classmethod
    def of(cls, statement: RuleStatement, rule: PackagingRule, renamed: Mapping[str, str]) -> _Counting:
        every = [group.id for group in rule.elective_groups]
        named = [id for pool in statement.pools for id in (every if pool == LISTED else [pool])]
        return cls(statement=statement, pools=frozenset(renamed.get(id, id) for id in named))

    @property
    def about(self) -> Hashable:
        """Which pools are counted, and where."""
        return self.pools, self.statement.scope, bool(self.statement.within)

    @property
    def says(self) -> Hashable:
        """All that is asked, apart from the wording."""
        mine = self.statement
        return self.about, mine.kind, mine.n, mine.import_, mine.only, mine.condition

    def near(self, other: _Counting) -> bool:
        """Whether both limit, or both ask, in the same place, and share half of their pools."""
        shared = len(self.pools & other.pools) / max(1, len(self.pools | other.pools))
        mine, theirs = self.statement, other.statement
        beside = mine.scope == theirs.scope and bool(mine.within) == bool(theirs.within)
        return shared >= 0.5 and beside and (mine.kind == "max") == (theirs.kind == "max")


_KEYS: Final[tuple[tuple[Callable[[_Counting], Hashable], Change], ...]] = (
    (lambda item: item.says, "same"),
    (lambda item: item.about, "changed"),
)


def _rule(
    change: Change,
    before: RuleStatement | None,
    after: RuleStatement | None,
    words: tuple[RuleWords, RuleWords],
) -> RuleChange:
    some = before or after
    return RuleChange(
        change=change,
        scope=some.scope if some else EVERYONE,
        before=words[0](before) if before else None,
        after=words[1](after) if after else None,
        line_before=before.line if before else None,
        line_after=after.line if after else None,
    )
