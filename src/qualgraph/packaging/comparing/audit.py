"""Findings over many packaging rules: each rule by itself, and what disagrees between them.

A supersession is a fact of the register: a unit that a rule names stays countable after it is superseded, and says
nothing against the rule. Codes that look alike are told as a question, never as an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qualgraph.packaging.comparing.awards import check_awards
from qualgraph.packaging.comparing.changes import Successions
from qualgraph.packaging.comparing.codes import Known, check_codes
from qualgraph.packaging.comparing.findings import RuleFinding, check_counts
from qualgraph.packaging.comparing.listing import check_lists, plain_title
from qualgraph.packaging.tree import ListedUnit, PackagingRule, Prerequisite

CHECKS: Final = {
    "total": "the total is not core and electives",
    "core": "the core list has another length than stated",
    "electives": "fewer electives are listed than needed, and no sentence lets others in",
    "room": "more units are asked from lists than they hold",
    "cannot-be-met": "no selection of units meets the rule",
    "prerequisites-cannot-fit": "compulsory units and their prerequisites are more than the rule has places for",
    "not-examined": "the rule is too large to examine whether anybody can satisfy it",
    "no-rule": "no packaging rule was read",
    "not-read": "a sentence was not read",
    "listed-twice": "a list names a unit more than once",
    "core-and-elective": "a unit is core and elective",
    "in-several-lists": "units stand in several elective lists",
    "named-not-listed": "a sentence names a unit that is in no list",
    "prerequisite-not-packaged": "a prerequisite is in no list of the rule",
    "mark-without-prerequisite": "units are marked and the text names no prerequisite of theirs",
    "two-titles": "one code has two titles in one rule",
    "text-in-title": "a title holds other text",
    "titles-differ": "one code has another title in another rule",
    "prerequisites-differ": "one unit has other prerequisites in another rule",
    "code-mistyped": "a code that nothing else knows differs in one character from one that is known",
    "code-of-other-version": "a code that nothing else knows is known with another version letter or number",
    "unit-unknown": "no known qualification packages the unit",
    "unit-superseded": "the register calls a unit superseded",
}
"""Every check, and what its findings say, in plain words."""

AWARDS: Final = frozenset({"cannot-be-met", "prerequisites-cannot-fit", "not-examined"})
"""The checks that take a solver."""


@dataclass(frozen=True, kw_only=True)
class _Mention:
    """The first rule that says something of a unit."""

    code: str | None
    member: ListedUnit


def audit(
    rules: Iterable[PackagingRule],
    *,
    known: Known | None = None,
    successions: Successions | None = None,
    awards: bool = True,
) -> Iterator[RuleFinding]:
    """Findings of each rule as it comes, then those that take all rules: titles, prerequisites and codes.

    Rules are not kept. ``known`` says which units other qualifications package; without it codes are compared among
    the rules alone. ``awards`` off leaves out the search for rules that nobody can satisfy, which takes a solver.
    """
    ledger = _Ledger()
    for rule in rules:
        yield from check_rule(rule, awards=awards)
        yield from _superseded(rule, successions or {})
        yield from ledger.enter(rule)
    yield from check_codes(ledger.mentions(), known)


def check_rule(rule: PackagingRule, *, awards: bool = True) -> Iterator[RuleFinding]:
    """All findings of one rule by itself."""
    yield from check_counts(rule)
    if awards:
        yield from check_awards(rule)
    yield from check_lists(rule)


def _superseded(rule: PackagingRule, successions: Successions) -> Iterator[RuleFinding]:
    for _, member in rule.members():
        for step in successions.get(member.code, ()):
            equivalent = {True: "equivalent", False: "not equivalent", None: "equivalence not determined"}
            yield RuleFinding(
                check="unit-superseded",
                code=rule.code,
                severity="info",
                path=member.path,
                message=f"{member.code} is superseded by {step.code} ({equivalent[step.equivalent]}). The rule names "
                "it, so it still counts.",
                seen=member.code,
                wanted=step.code,
                line=member.line,
            )


class _Ledger:
    """What was said first of each unit, over all rules; small, whatever the number of rules."""

    def __init__(self) -> None:
        self._titles: dict[str, list[_Mention]] = {}
        self._needs: dict[str, tuple[str | None, Prerequisite]] = {}
        self._rules: dict[str, set[str | None]] = {}
        self._first: dict[str, _Mention] = {}

    def enter(self, rule: PackagingRule) -> Iterator[RuleFinding]:
        seen: set[tuple[str, str]] = set()
        for _, member in rule.members():
            self._first.setdefault(member.code, _Mention(code=rule.code, member=member))
            self._rules.setdefault(member.code, set()).add(rule.code)
            title = plain_title(member.title)
            if title and (member.code, title) not in seen:
                seen.add((member.code, title))
                yield from self._title(rule, member, title)
        for item in rule.prerequisites:
            yield from self._need(rule, item)

    def mentions(self) -> Iterator[tuple[ListedUnit, str | None, int]]:
        """Each unit where it was first met, the qualification there, and how many rules list it."""
        for code, mention in self._first.items():
            yield mention.member, mention.code, len(self._rules[code])

    def _title(self, rule: PackagingRule, member: ListedUnit, title: str) -> Iterator[RuleFinding]:
        """A title that no other rule gave the unit; what one rule says twice is told by its own check."""
        known = self._titles.setdefault(member.code, [])
        if any(plain_title(mention.member.title) == title for mention in known):
            return
        others = [mention for mention in known if mention.code != rule.code]
        known.append(_Mention(code=rule.code, member=member))
        if others:
            first = others[0]
            yield RuleFinding(
                check="titles-differ",
                code=rule.code,
                severity="info",
                path=member.path,
                message=f"{member.code} is '{member.title}' here and '{first.member.title}' in {first.code}.",
                seen=member.title or "",
                wanted=first.member.title or "",
                line=member.line,
            )

    def _need(self, rule: PackagingRule, item: Prerequisite) -> Iterator[RuleFinding]:
        known = self._needs.setdefault(item.unit, (rule.code, item))
        other, first = known
        mine, theirs = _wanted(item), _wanted(first)
        if other == rule.code or mine == theirs:
            return
        contradict = not (mine <= theirs or theirs <= mine)
        yield RuleFinding(
            check="prerequisites-differ",
            code=rule.code,
            severity="warning" if contradict else "info",
            path=item.path,
            message=f"{item.unit} needs {_words(item)} here and {_words(first)} in {other}.",
            seen=_words(item),
            wanted=_words(first),
            line=item.line,
        )


def _wanted(item: Prerequisite) -> frozenset[frozenset[str]]:
    return frozenset([*(frozenset([code]) for code in item.requires), *map(frozenset, item.one_of)])


def _words(item: Prerequisite) -> str:
    return " and ".join([*item.requires, *(" or ".join(codes) for codes in item.one_of)]) or "nothing"
