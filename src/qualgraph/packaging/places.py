"""Which statements of a rule open places rather than limit what a list may give: 'up to 1 more from Groups A and B'."""

from __future__ import annotations

from collections.abc import Iterator

from qualgraph.packaging.judging.forms import normal_forms
from qualgraph.packaging.tree import EVERYONE, IMPORT, LISTED, PackagingRule, RuleStatement


def opens_places(rule: PackagingRule) -> frozenset[str]:
    """The paths of statements whose number is one of places: what is left, buckets, and permissions beside others.

    'Up to 1 from Group A' is such a permission where another sentence asks units of Group A and the judge counts it
    in the places left; a number that holds for all the electives chosen stays a maximum.
    """
    own = {item.path for item in rule.rules if item.opens_places}
    beside = [item for item in rule.rules if _permits_beside(item, rule)]
    capped = set(_capped(rule)) if beside else set()
    return frozenset(own | {item.path for item in beside if item.id not in capped})


def stands_beside(statement: RuleStatement, rule: PackagingRule) -> bool:
    """Whether another statement that holds with it asks for units."""
    return any(True for _ in _asking(statement, rule))


def _permits_beside(item: RuleStatement, rule: PackagingRule) -> bool:
    if item.kind != "max" or item.reading != "max" or item.only or not item.may_open_places:
        return False
    return any(_share(item.pools, other.pools) for other in _asking(item, rule))


def _asking(item: RuleStatement, rule: PackagingRule) -> Iterator[RuleStatement]:
    for other in rule.rules:
        together = other.scope in (EVERYONE, item.scope)
        if other is not item and together and other.within is None and other.kind != "max":
            yield other


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    mine, theirs = set(one) - {IMPORT}, set(other) - {IMPORT}
    return bool(mine & theirs) or (bool(mine and theirs) and LISTED in mine | theirs)


def _capped(rule: PackagingRule) -> Iterator[str]:
    """The ids of statements that limit all the electives chosen, in any form of the rule."""
    for name in (None, *(item.name for item in rule.specialisations)):
        for form in normal_forms(rule, specialisation=name):
            yield from (cap.from_rule for cap in form.caps)
