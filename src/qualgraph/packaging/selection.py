"""What is asked of a judge: the codes of a selection, and the name of a specialisation as the rule writes it."""

from __future__ import annotations

from collections.abc import Iterable

from qualgraph.errors import UsageError
from qualgraph.packaging.tree import PackagingRule


def codes(units: Iterable[str]) -> tuple[str, ...]:
    """The codes of a selection in capitals without spaces around, each once, in the order given."""
    return tuple(dict.fromkeys(code.strip().upper() for code in units if code.strip()))


def specialisation_named(rule: PackagingRule, name: str | None) -> str | None:
    """The specialisation of this name as the rule writes it; raises :class:`UsageError` where there is none."""
    if name is None:
        return None
    wanted = "".join(name.casefold().split())
    for item in rule.specialisations:
        if "".join(item.name.casefold().split()) == wanted:
            return item.name
    names = "; ".join(item.name for item in rule.specialisations)
    raise UsageError(
        f"{rule.code or 'The qualification'} has no specialisation named '{name}'.",
        hint=f"It has: {names}." if names else "It has no specialisations: leave the name out.",
    )
