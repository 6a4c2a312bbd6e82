"""The forms of a rule: which statements hold together for the plain award, a specialisation, an alternative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from qualgraph.packaging.judging.filling import Counts, Filling
from qualgraph.packaging.judging.normal import NormalForm
from qualgraph.packaging.tree import (
    EVERYONE,
    LISTED,
    Alternative,
    PackagingRule,
    RuleStatement,
    Specialisation,
)

MOST_FORMS = 512
"""A rule with more ways to choose among its alternatives is not lowered whole: its forms are left out."""


@dataclass(frozen=True, kw_only=True)
class _Award:
    """What is asked together: statements that place the electives, and those counted afresh over the same units."""

    path: str
    base: tuple[RuleStatement, ...]
    overlay: tuple[RuleStatement, ...]
    choices: tuple[tuple[Alternative, ...], ...]
    specialisation: Specialisation | None


def normal_forms(rule: PackagingRule, *, specialisation: str | None = None) -> tuple[NormalForm, ...]:
    """The forms of the rule for the plain award, or for a specialisation; any one of them is enough.

    Where no plain sentence places the electives, the plain award is any one of the specialisations.
    """
    chosen = next((item for item in rule.specialisations if item.name == specialisation), None)
    if chosen is None and specialisation is None and _needs_a_specialisation(rule):
        awards = [_award(rule, item) for item in rule.specialisations if item.rules]
    else:
        awards = [_award(rule, chosen)]
    return tuple(form for award in awards for form in _forms(rule, award))


def _needs_a_specialisation(rule: PackagingRule) -> bool:
    plain = [statement for statement in rule.rules if statement.scope == EVERYONE]
    if any(_places(statement) for statement in plain) or _choices(rule, EVERYONE):
        return False
    owned = [item for item in rule.specialisations if item.rules]
    return bool(owned) and (not plain or all(item.replaces for item in owned))


def _places(statement: RuleStatement) -> bool:
    """Whether the statement says where electives come from, and not only where few or none may."""
    if statement.within is not None or statement.condition is not None:
        return False
    named = any(pool == LISTED or (":" not in pool and pool != "import") for pool in statement.pools)
    return statement.kind != "max" or (named and statement.n != 0)


def _award(rule: PackagingRule, chosen: Specialisation | None) -> _Award:
    plain = tuple(statement for statement in rule.rules if statement.scope == EVERYONE)
    if chosen is None:
        return _Award(
            path="packaging", base=plain, overlay=(), choices=_choices(rule, EVERYONE), specialisation=None
        )
    scope = f"specialisation:{chosen.name}"
    own = tuple(item for item in rule.rules if item.id in chosen.rules and not _of_alternative(item))
    whole = chosen.replaces or _fills(rule, chosen, own)
    alone = whole or not (any(map(_places, plain)) or _choices(rule, EVERYONE))
    if not alone:
        choices = (*_choices(rule, EVERYONE), *_choices(rule, scope))
        return _Award(path=chosen.path, base=plain, overlay=own, choices=choices, specialisation=chosen)
    base = own if whole else (*plain, *own)
    return _Award(
        path=chosen.path, base=base, overlay=(), choices=_choices(rule, scope), specialisation=chosen
    )


def _fills(rule: PackagingRule, chosen: Specialisation, own: tuple[RuleStatement, ...]) -> bool:
    """Whether the sentences of a specialisation place every elective themselves, the last ones included."""
    needed = chosen.elective if chosen.elective is not None else rule.electives_needed
    top = [item for item in own if item.within is None]
    opens = any(_places(item) and (item.kind == "max" or item.reading == "bucket") for item in top)
    if needed is None or not opens:
        return False
    sizes = {group.id: len(set(group.units)) for group in rule.groups}
    asked = sum(
        sum(sizes.get(pool, 1) for pool in item.pools) if item.kind == "all" else item.n or 0
        for item in top
        if item.kind != "max"
    )
    permitted = sum(item.n or 0 for item in top if item.kind == "max")
    return asked <= needed <= asked + permitted


def _of_alternative(statement: RuleStatement) -> bool:
    return statement.scope.startswith("alternative:")


def _choices(rule: PackagingRule, scope: str) -> tuple[tuple[Alternative, ...], ...]:
    rows: dict[str, list[Alternative]] = {}
    for item in rule.alternatives:
        if item.scope == scope:
            rows.setdefault(item.choice, []).append(item)
    return tuple(tuple(row) for row in rows.values())


def _forms(rule: PackagingRule, award: _Award) -> Iterator[NormalForm]:
    number = 0
    for picked in islice(product(*award.choices), MOST_FORMS):
        base, overlay = list(award.base), list(award.overlay)
        for item in picked:
            own = [statement for statement in rule.rules if statement.id in item.rules]
            (overlay if item.scope != EVERYONE and award.overlay else base).extend(own)
        counts = _counts(rule, award, picked)
        for groups, ready in _resolved(base, overlay):
            number += 1
            if number > MOST_FORMS:
                return
            path = f"{award.path}/form/{number}"
            yield _form(rule, award, counts, path, ready, groups)


def _form(
    rule: PackagingRule,
    award: _Award,
    counts: Counts,
    path: str,
    statements: tuple[list[RuleStatement], list[RuleStatement]],
    groups: tuple[str, ...],
) -> NormalForm:
    name = award.specialisation.name if award.specialisation else None
    chosen = {id for row in award.choices for item in row for id in item.rules}
    mentioned = {
        pool
        for item in (*award.base, *(item for item in rule.rules if item.id in chosen))
        for pool in item.pools
    }
    form = Filling(rule, statements[0], counts, path, name, mentioned=mentioned).form(statements[1])
    return replace(form, chosen_groups=groups)


def _counts(rule: PackagingRule, award: _Award, picked: Sequence[Alternative]) -> Counts:
    """The counts that hold: those of the alternative, else of the specialisation, else of the qualification."""
    owners: list[PackagingRule | Specialisation | Alternative] = [*picked]
    owners += [award.specialisation] if award.specialisation else []
    total, core, elective = (
        next((n for owner in owners if (n := getattr(owner, what)) is not None), None)
        for what in ("total", "core", "elective")
    )
    if core is None:
        core = rule.core
    if elective is None and total is not None and core is not None:
        elective = total - core
    if elective is None:
        elective = rule.electives_needed
    return Counts(total=total if total is not None else rule.total, core=core, elective=elective)


def _resolved(
    base: Sequence[RuleStatement], overlay: Sequence[RuleStatement]
) -> Iterator[tuple[tuple[str, ...], tuple[list[RuleStatement], list[RuleStatement]]]]:
    """The statements with every 'one of the groups' chosen, in every way."""
    either = [statement for statement in (*base, *overlay) if statement.kind == "one-of"]
    for groups in product(*(statement.pools for statement in either)):
        picked = dict(zip((statement.id for statement in either), groups, strict=True))
        yield (
            groups,
            (
                [_chosen(statement, picked) for statement in base],
                [_chosen(statement, picked) for statement in overlay],
            ),
        )


def _chosen(statement: RuleStatement, chosen: dict[str, str]) -> RuleStatement:
    if statement.id not in chosen:
        return statement
    pools = (chosen[statement.id],)
    return replace(statement, kind="all" if statement.n is None else "min", pools=pools)
