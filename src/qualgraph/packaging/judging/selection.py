"""What is asked of a judge: the codes of a selection, and the name of a specialisation as the rule writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualgraph.errors import UsageError
from qualgraph.packaging.tree import PackagingRule


def codes(units: Iterable[str]) -> tuple[str, ...]:
    """The codes of a selection in capitals without spaces around, each once, in the order given."""
    return tuple(dict.fromkeys(code.strip().upper() for code in units if code.strip()))


def specialisation_named(rule: PackagingRule, name: str | None) -> str | None:
    """The specialisation of this name as the rule writes it; raises :class:`UsageError` where there is none.

    Capitals, spaces and punctuation do not matter, nor the order of the words, nor words for what it is
    ('Gliders specialisation'): one document may write a name in two ways.
    """
    if name is None:
        return None
    for same in (_closely, _loosely):
        found = [item.name for item in rule.specialisations if same(item.name) == same(name)]
        if len(found) == 1 or (found and same is _closely):
            return found[0]
    names = "; ".join(item.name for item in rule.specialisations)
    raise UsageError(
        f"{rule.code or 'The qualification'} has no specialisation named '{name}'.",
        hint=f"It has: {names}." if names else "It has no specialisations: leave the name out.",
    )


def _closely(name: str) -> str:
    return "".join(name.casefold().split())


def _loosely(name: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"\w+", name.casefold())) - _WHAT_IT_IS))


_WHAT_IT_IS = {
    "specialisation",
    "specialization",
    "stream",
    "outcome",
    "option",
    "in",
    "of",
    "the",
    "a",
    "an",
    "and",
}
