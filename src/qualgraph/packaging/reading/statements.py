"""Choices of electives as drafts, and settled drafts as rule statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualgraph.packaging.reading.readings import Choice
from qualgraph.packaging.tree import (
    IMPORT,
    Condition,
    Kind,
    Reading,
    RuleStatement,
    UnitGroup,
)

_AFTER_THE_LAST = "it stands after the last specialisation and is read of each of them"


@dataclass(kw_only=True)
class Draft:
    """A choice with the sentence it came from, before the readings are settled.

    ``n`` is the printed number, or the number worked out; ``open`` says that it lets electives in without asking
    for them.
    """

    choice: Choice
    text: str
    line: int
    last_line: int
    scope: str
    pools: tuple[str, ...]
    n: int | None
    kind: Kind | None = None
    reading: Reading | None = None
    because: str | None = None
    ambiguity: str | None = None
    within: int | None = None
    only: tuple[str, ...] = ()
    condition: Condition | None = None

    @property
    def narrows(self) -> bool:
        """Whether the statement only takes away: units excluded, or let in for a reason or by their code alone."""
        coded = all(":" in pool for pool in self.pools)
        return self.condition is not None or (coded and self.choice.amount == "max") or self.choice.excludes

    @property
    def open(self) -> bool:
        """Whether the statement only permits: 'up to', 'may be', the remainder, a bucket."""
        return (
            self.choice.amount == "max"
            or self.choice.modal == "may"
            or self.choice.remaining
            or IMPORT in self.pools
        )


def sizes_of(groups: Sequence[UnitGroup]) -> dict[str, int]:
    """How many units each elective list holds, each unit once."""
    return {group.id: len(set(group.units)) for group in groups if group.role == "elective"}


def asked(draft: Draft, sizes: dict[str, int]) -> int:
    """How many electives the statement asks for (0 where it only permits)."""
    if draft.within is not None or draft.kind == "max":
        return 0
    if draft.kind == "all" and draft.pools[0].startswith("unit:"):
        return len(draft.pools)
    if draft.kind == "all":
        return sizes.get(draft.pools[0], 0)
    if draft.kind == "one-of" and draft.n is None:
        return min(sizes[id] for id in draft.pools)
    return draft.n or 0


def statement(draft: Draft, number: int, ids: Sequence[str]) -> RuleStatement:
    """The settled draft as a rule statement; ``ids`` are those of all drafts, for the slots it counts within."""
    id = ids[number]
    if draft.kind is None:
        raise ValueError(f"unsettled: {draft.text}")
    return RuleStatement(
        path=f"packaging/rule/{id}",
        id=id,
        kind=draft.kind,
        n=draft.n,
        pools=draft.pools,
        text=draft.text,
        line=draft.line,
        last_line=draft.last_line,
        import_=draft.choice.import_,
        only=draft.only,
        condition=draft.condition,
        within=ids[draft.within] if draft.within is not None else None,
        scope=draft.scope,
        reading=draft.reading,
        because=draft.because,
        ambiguity=draft.ambiguity or _unclear_reach(draft),
    )


def _unclear_reach(draft: Draft) -> str | None:
    """A doubt about a sentence that limits units by their level and names no source: are listed units of it meant?"""
    outside = draft.choice.import_
    if (
        draft.pools != (IMPORT,)
        or outside is None
        or outside.sources
        or outside.packages
        or not outside.levels
    ):
        return None
    return "the sentence names a level and no source; it is read of imports alone, listed units of that level stay free"


def of_every_stream(drafts: Sequence[Draft], streams: Sequence[str], electives: int | None) -> list[Draft]:
    """'At least 4 of the 7 electives must be coded at level 4', after the last stream: copies of it for the others."""
    imports = [draft for draft in drafts if draft.scope in streams and IMPORT in draft.pools]
    if len(imports) == 1 and imports[0] is drafts[-1] and _of_the_qualification(imports[0], streams[-1]):
        imports[0].ambiguity = imports[0].ambiguity or _AFTER_THE_LAST
        return [replace(imports[0], scope=scope) for scope in streams[:-1]]
    narrow = [draft for draft in drafts if draft.scope in streams and draft.narrows]
    if (
        len({draft.scope for draft in narrow}) != 1
        or narrow[0].scope != streams[-1]
        or narrow[-1] is not drafts[-1]
    ):
        return []
    told = [draft for draft in narrow if electives is not None and draft.choice.of == electives]
    for draft in told:
        draft.ambiguity = draft.ambiguity or _AFTER_THE_LAST
    return [replace(draft, scope=scope) for scope in streams[:-1] for draft in told]


def _of_the_qualification(draft: Draft, last: str) -> bool:
    """Whether a sentence after the last stream permits imports and speaks of the qualification, not of the stream."""
    speaks = re.search(r"\b(?:outcomes?|integrity) of (?:the|this) qualification\b", draft.text)
    return draft.scope == last and draft.choice.amount == "max" and draft.within is None and bool(speaks)


def with_levels(drafts: Sequence[Draft], levels: tuple[str, ...]) -> None:
    """Put a level that the text asks of every import on the imports that name none."""
    for draft in drafts:
        outside = draft.choice.import_
        if outside is not None and not outside.levels:
            draft.choice = replace(draft.choice, import_=replace(outside, levels=levels))


def exclusions(cells: Iterable[tuple[int, str, str, str]], before: int) -> tuple[RuleStatement, ...]:
    """'Do not take with X' in the row of a unit: at most one of the two, once a pair.

    ``cells``: line, wording, unit of the row, unit named; ``before`` is the number of statements before these.
    """
    pairs = {frozenset(pair): (line, text, pair) for line, text, *pair in reversed(list(cells))}
    ordered = sorted(pairs.values(), key=lambda cell: cell[0])
    return tuple(
        RuleStatement(
            path=f"packaging/rule/r{number}",
            id=f"r{number}",
            kind="max",
            n=1,
            pools=tuple(f"unit:{code}" for code in pair),
            text=text,
            line=line,
            last_line=line,
            reading="max",
            because="the row says that the two are not taken together",
        )
        for number, (line, text, pair) in enumerate(ordered, start=before + 1)
    )


def pairs(joined: Iterable[tuple[int, list[str]]], before: int) -> tuple[RuleStatement, ...]:
    """'Or' between units of a list: at most one of them, once however many lists repeat them.

    ``before`` is the number of statements before these.
    """
    once = {frozenset(codes): (line, codes) for line, codes in reversed(list(joined))}
    return tuple(
        RuleStatement(
            path=f"packaging/rule/r{number}",
            id=f"r{number}",
            kind="max",
            n=1,
            pools=tuple(f"unit:{code}" for code in codes),
            text=" or ".join(codes),
            line=line,
            last_line=line,
            reading="max",
            because="the list joins the units by 'or'",
        )
        for number, (line, codes) in enumerate(sorted(once.values()), start=before + 1)
    )


def all_but_one_of_pairs(
    drafts: Iterable[Draft],
    sizes: dict[str, int],
    groups: Sequence[UnitGroup],
    joined: Iterable[Sequence[str]],
) -> None:
    """'All of Group A' where the list joins two of its units by 'or': every place of the list, one for the two."""
    members = {group.id: set(group.units) for group in groups}
    once = {frozenset(codes) for codes in joined}
    for draft in drafts:
        if draft.kind != "all" or len(draft.pools) != 1 or draft.pools[0] not in sizes:
            continue
        spare = sum(len(codes) - 1 for codes in once if codes <= members[draft.pools[0]])
        if spare:
            draft.kind, draft.n = "exact", sizes[draft.pools[0]] - spare
            draft.because = "every place of the list, of which units joined by 'or' share one"
