"""What changed between two releases of a qualification, or between a qualification and its successor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qualgraph.packaging.changes import (
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
from qualgraph.packaging.group_changes import group_changes
from qualgraph.packaging.tree import EVERYONE, LISTED, PackagingRule, Prerequisite, RuleStatement
from qualgraph.packaging.unit_changes import unit_changes
from qualgraph.packaging.words import rule_in_words

__all__ = ["Difference", "Succession", "Successions", "difference"]


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
    old = [_Counting.of(item, before, renamed) for item in before.rules]
    left = [_Counting.of(item, after, {}) for item in after.rules]
    partner: dict[str, tuple[Change, RuleStatement]] = {}
    for matches, change in _MATCHES:
        for item in old:
            twin = next((other for other in left if matches(item, other)), None)
            if twin is not None and item.statement.id not in partner:
                left.remove(twin)
                partner[item.statement.id] = (change, twin.statement)
    for statement in before.rules:
        change, twin_of = partner.get(statement.id, ("gone", None))
        yield _rule(change, statement, twin_of)
    for item in left:
        yield _rule("new", None, item.statement)


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

    def says(self, other: _Counting) -> bool:
        """Whether both ask the same, apart from the wording."""
        mine, theirs = self.statement, other.statement
        return self.about(other) and all(
            getattr(mine, name) == getattr(theirs, name)
            for name in ("kind", "n", "import_", "only", "condition")
        )

    def about(self, other: _Counting) -> bool:
        """Whether both count the same pools in the same place."""
        return self.pools == other.pools and self._beside(other)

    def near(self, other: _Counting) -> bool:
        """Whether both limit, or both ask, and share half of their pools."""
        shared = len(self.pools & other.pools) / max(1, len(self.pools | other.pools))
        limits = self.statement.kind == "max"
        return shared >= 0.5 and limits == (other.statement.kind == "max") and self._beside(other)

    def _beside(self, other: _Counting) -> bool:
        mine, theirs = self.statement, other.statement
        return mine.scope == theirs.scope and bool(mine.within) == bool(theirs.within)


_MATCHES: tuple[tuple[Callable[[_Counting, _Counting], bool], Change], ...] = (
    (_Counting.says, "same"),
    (_Counting.about, "changed"),
    (_Counting.near, "changed"),
)


def _rule(change: Change, before: RuleStatement | None, after: RuleStatement | None) -> RuleChange:
    some = before or after
    return RuleChange(
        change=change,
        scope=some.scope if some else EVERYONE,
        before=rule_in_words(before) if before else None,
        after=rule_in_words(after) if after else None,
        line_before=before.line if before else None,
        line_after=after.line if after else None,
    )
