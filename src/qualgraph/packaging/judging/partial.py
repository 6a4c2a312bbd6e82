"""What is certain where only a part of a rule was read: core units and a total that nothing unread could undo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.packaging.judging.lowering import LoweredForm
from qualgraph.packaging.judging.normal import NormalForm
from qualgraph.packaging.judging.problem import Demand, ImportWay, Place, Problem
from qualgraph.packaging.judging.verdict import MissingFact, Shortfall
from qualgraph.packaging.tree import CORE, EVERYONE, ImportPool, PackagingRule

_RELIEVES = (
    r"instead|in lieu|replac|substitut|swap|exempt|credit|recogni|waive|omit|reduc|need not|not (?:be )?(?:need|requir)"
    r"|optional|entry|holders?\b|hold(?:s|ing)?\b|unless|fewer"
)
_UNREAD_CORE = re.compile(rf"core|compulsor|mandatory|stream|{_RELIEVES}", re.IGNORECASE)
_UNREAD_TOTAL = re.compile(rf"total|core|{_RELIEVES}|^\s*or\s*$|,\s*or\s*$", re.IGNORECASE)


def certain_shortfalls(rule: PackagingRule, units: Sequence[str]) -> tuple[Shortfall, ...]:
    """Core units that are missing and a total that is not reached, where nothing unread could change that."""
    return (*_core_missing(rule, units), *_total_missing(rule, units))


def certain_needs(rule: PackagingRule) -> tuple[frozenset[str], int]:
    """The units, and the number of units, that every plan needs; nothing and 0 where the rule was wholly read."""
    if rule.status == "complete":
        return frozenset(), 0
    needs = {item.path: item.need for item in certain_shortfalls(rule, ())}
    core = frozenset(rule.core_units) if "packaging/group/core" in needs else frozenset()
    return core, needs.get("packaging/total", 0)


def certain_form(rule: PackagingRule) -> LoweredForm | None:
    """A form that asks no more than that; None where nothing is certain."""
    core, total = certain_needs(rule)
    if not core and not total:
        return None
    path = f"{rule.path}/certain"
    anywhere = Place(slot=1)
    problem = Problem(
        path=path,
        slots=(
            Demand(id=CORE, n=len(core), path=f"{path}/slot/core"),
            Demand(id="electives", n=max(0, total - len(core)), path=f"{path}/slot/electives"),
        ),
        units={code: frozenset({Place(slot=0), anywhere}) for code in core},
        imports=(ImportWay(pool=ImportPool(), place=anywhere),),
    )
    return LoweredForm(form=NormalForm(path=path, slots=()), problems=(problem,))


def unread(rule: PackagingRule) -> tuple[MissingFact, ...]:
    """Each part of the rule that was not read, as a fact that is missing."""
    found = tuple(
        MissingFact(
            path=item.path,
            fact="what this part of the rule asks: it was not read",
            text=item.text,
            line=item.line,
        )
        for item in rule.unread
    )
    whole = MissingFact(path=rule.path, fact=f"the packaging rule of {rule.code or 'the qualification'}")
    return found or (whole,)


def _core_missing(rule: PackagingRule, units: Sequence[str]) -> Iterator[Shortfall]:
    core = tuple(dict.fromkeys(rule.core_units))
    own = any(item.core is not None for item in rule.specialisations)
    own = own or any(item.core is not None for item in rule.alternatives)
    scoped = any(group.scope != EVERYONE for group in rule.groups if group.role == "core")
    if rule.measure != "units" or not core or rule.core != len(core) or own or scoped:
        return
    if not _harmless(rule, _UNREAD_CORE) or any(set(core) & _words(item.text) for item in rule.unread):
        return
    if any("core" in statement.pools for statement in rule.rules):
        return
    missing = [code for code in core if code not in units]
    if missing:
        have = len(core) - len(missing)
        yield Shortfall(
            path="packaging/group/core",
            need=len(core),
            have=have,
            message=f"The core needs {len(core)} units; you have {have}. Missing: {', '.join(missing)}.",
            text=None,
            line=next((group.line for group in rule.groups if group.role == "core"), None),
        )


def _total_missing(rule: PackagingRule, units: Sequence[str]) -> Iterator[Shortfall]:
    counts = [rule.total, *(item.total for item in rule.specialisations)]
    counts += [item.total for item in rule.alternatives]
    needs = [n for n in counts if n is not None]
    if rule.measure != "units" or rule.total is None or rule.total != (rule.core or 0) + (rule.elective or 0):
        return
    if not _harmless(rule, _UNREAD_TOTAL) or len(units) >= min(needs):
        return
    yield Shortfall(
        path="packaging/total",
        need=min(needs),
        have=len(units),
        message=f"{min(needs)} units are needed in all; you have {len(units)}.",
        text=None,
        line=None,
    )


def _harmless(rule: PackagingRule, bearing: re.Pattern[str]) -> bool:
    """Whether nothing that was not read may bear on these units, or relieve somebody of some."""
    return not any(bearing.search(item.text) for item in rule.unread)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[A-Z0-9]+", text))
