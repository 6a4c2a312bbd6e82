"""What is odd in the unit lists of one packaging rule: prerequisites, marks, titles, text that was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualgraph.packaging.comparing.findings import RuleFinding
from qualgraph.packaging.tree import ListedUnit, PackagingRule

SHOWN: Final = 8
"""How many codes a message names."""

UNIT: Final = "unit:"
"""How a pool names one unit."""

_LEAKED: Final = re.compile(
    r"\b(?:(?:has|have) been (?:added|removed|moved)|repeat(?:ed)? from above|see (?:above|below|group)\b"
    r"|(?:elective|core) (?:units?|group)\s+[A-Z]?\b|packaging rules|pre-?requisites?:)",
    re.IGNORECASE,
)


def check_lists(rule: PackagingRule) -> Iterator[RuleFinding]:
    """Everything odd in the lists of the rule, and every sentence of it that was not read."""
    yield from _not_read(rule)
    yield from _named(rule)
    yield from _shared(rule)
    yield from _prerequisites(rule)
    yield from _marks(rule)
    yield from _titles(rule)


def named(codes: list[str]) -> str:
    """The first codes, and how many more.

    >>> named(["ZZE101", "ZZE102"])
    'ZZE101, ZZE102'
    """
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return ", ".join(codes[:SHOWN]) + more


def plain_title(title: str | None) -> str:
    """A title for comparison: case, white space and the kind of dash and quote apart.

    >>> plain_title("Manage  Risk – well") == plain_title("manage risk - well")
    True
    """
    told = (title or "").translate(_ALIKE)
    return " ".join(told.split()).casefold()


_ALIKE: Final = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})


def _not_read(rule: PackagingRule) -> Iterator[RuleFinding]:
    if rule.status == "failed":
        yield RuleFinding(
            check="no-rule",
            code=rule.code,
            severity="violation",
            path=rule.path,
            message="No packaging rule was read of the text.",
            seen="nothing",
            wanted="counts and unit lists",
        )
    for item in rule.unread:
        yield RuleFinding(
            check="not-read",
            code=rule.code,
            path=item.path,
            message=f"This was not read, so a verdict may lack it: '{item.text}'.",
            seen=item.text,
            wanted="a sentence that is read",
            line=item.line,
        )


def _named(rule: PackagingRule) -> Iterator[RuleFinding]:
    """Units that a sentence names as electives and no list holds."""
    listed = {member.code for _, member in rule.members()}
    told: set[str] = set()
    for statement in rule.rules:
        tests = (*statement.pools, *statement.only)
        for code in (test.removeprefix(UNIT) for test in tests if test.startswith(UNIT)):
            if code not in listed and code not in told and statement.n != 0:
                told.add(code)
                yield RuleFinding(
                    check="named-not-listed",
                    code=rule.code,
                    path=statement.path,
                    message=f"A sentence names {code}, which is in no list of the rule.",
                    seen=f"{code} in no list",
                    wanted=f"{code} among the electives",
                    line=statement.line,
                )


def _shared(rule: PackagingRule) -> Iterator[RuleFinding]:
    """One finding for all units that stand in several elective lists: each can serve only one of them."""
    lists: dict[str, set[str]] = {}
    for group in rule.elective_groups:
        for code in group.units:
            lists.setdefault(code, set()).add(group.path)
    shared = [code for code, paths in lists.items() if len(paths) > 1]
    if shared:
        first = next(m for g, m in rule.members() if g.role == "elective" and m.code == shared[0])
        many = len(shared) > 1
        yield RuleFinding(
            check="in-several-lists",
            code=rule.code,
            severity="info",
            path=first.path,
            message=f"{len(shared)} {'units stand' if many else 'unit stands'} in several elective lists and "
            f"{'each fills' if many else 'fills'} a place of only one: {named(shared)}.",
            seen=str(len(shared)),
            wanted="0",
            line=first.line,
        )


def _prerequisites(rule: PackagingRule) -> Iterator[RuleFinding]:
    """Units that listed units need and that no list holds."""
    packaged = {member.code for _, member in rule.members()}
    for item in rule.prerequisites:
        if item.unit not in packaged:
            continue
        lacking = [code for code in item.requires if code not in packaged]
        lacking += [" or ".join(row) for row in item.one_of if not packaged & set(row)]
        for what in lacking:
            policy = item.policy if item.policy != "unstated" else rule.prerequisite_policy
            told = {
                "inside": "although the rule says that prerequisites are packaged",
                "additional": "and counts beside the total",
            }.get(policy, "and nothing says whether it counts inside the total")
            yield RuleFinding(
                check="prerequisite-not-packaged",
                code=rule.code,
                severity="info" if policy == "additional" else "warning",
                path=item.path,
                message=f"{item.unit} needs {what}, which is in no list of the rule, {told}.",
                seen=f"{what} in no list",
                wanted=f"{what} among the core units or electives",
                line=item.line,
            )


def _marks(rule: PackagingRule) -> Iterator[RuleFinding]:
    """Marked units for which the text names no prerequisite: one finding for the rule."""
    named_units = {item.unit for item in rule.prerequisites}
    bare = list(dict.fromkeys(m.code for _, m in rule.members() if m.mark and m.code not in named_units))
    if bare:
        first = next(member for _, member in rule.members() if member.code == bare[0])
        yield RuleFinding(
            check="mark-without-prerequisite",
            code=rule.code,
            path=first.path,
            message=f"{len(bare)} {'units are' if len(bare) > 1 else 'unit is'} marked, as for a prerequisite, "
            f"and the text names none: {named(bare)}.",
            seen=str(len(bare)),
            wanted="the prerequisites of each marked unit",
            line=first.line,
        )


def _titles(rule: PackagingRule) -> Iterator[RuleFinding]:
    known: dict[str, ListedUnit] = {}
    for _, member in rule.members():
        if not member.title:
            continue
        before = known.setdefault(member.code, member)
        if plain_title(before.title) != plain_title(member.title):
            yield RuleFinding(
                check="two-titles",
                code=rule.code,
                path=member.path,
                message=f"{member.code} has two titles: '{before.title}' and '{member.title}'.",
                seen=member.title,
                wanted=before.title or "",
                line=member.line,
            )
        leaked = _LEAKED.search(member.title)
        if leaked:
            yield RuleFinding(
                check="text-in-title",
                code=rule.code,
                path=member.path,
                message=f"The title of {member.code} seems to hold other text: '{member.title}'.",
                seen=leaked[0],
                wanted="the title alone",
                line=member.line,
            )
