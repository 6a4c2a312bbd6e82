"""A packaging rule in plain words: an indented tree, each line with the line of the source it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualgraph.packaging.places import opens_places, stands_beside
from qualgraph.packaging.tree import (
    EVERYONE,
    IMPORT,
    LISTED,
    ImportPool,
    Measure,
    PackagingRule,
    Prerequisite,
    RuleStatement,
    Specialisation,
    UnitGroup,
)

_KINDS = {"min": "at least", "max": "at most", "exact": "exactly"}
_SOURCES = {
    "this-package": "this training package",
    "any-package": "any endorsed training package",
    "accredited-course": "an accredited course",
}
_LETTER = re.compile(r"[A-Z]{1,2}\d{0,2}|\d{1,2}")
_LINE = re.compile(r"\bline \d+")
_NO_TEXT = "a sentence whose words are not kept: see the document"


def to_text(rule: PackagingRule) -> str:
    """The whole rule, two spaces a level, ``[line 41]`` at the end of what was read from line 41."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: PackagingRule) -> Iterator[str]:
    yield " ".join(filter(None, (rule.code, rule.title))) or "Qualification not stated"
    if rule.release:
        yield f"  release {rule.release}"
    yield f"  {counts_in_words(rule)}"
    yield f"  reading: {rule.status}"
    for group in rule.groups:
        yield from _group(rule, group)
    words = RuleWords(rule)
    caution = [said] if (said := caution_in_words(rule)) else []
    yield from _section("rules", caution + [line for item in rule.rules for line in _statement(item, words)])
    yield from (f"  {specialisation_in_words(item)}" for item in rule.specialisations)
    yield from (f"  {choice}" for choice in choices_in_words(rule))
    yield from _section(
        f"prerequisites ({rule.prerequisite_policy})",
        [f"{prerequisite_in_words(item)}{_at(item.line)}" for item in rule.prerequisites],
    )
    yield from _section(
        "for a person to judge",
        [f"{item.text or _NO_TEXT}{_at(item.line)}" for item in rule.human_conditions],
    )
    yield from _section("not read", [f"{item.text}{_at(item.line)}" for item in rule.unread])
    yield from _section("notes", [f"{item.text}{_at(item.line)}" for item in rule.notes])


def prerequisite_in_words(item: Prerequisite) -> str:
    """'ABC103 needs ABC101, and ABC201 or ABC202'."""
    wanted = ", and ".join((*item.requires, *(" or ".join(codes) for codes in item.one_of)))
    return f"{item.unit} needs {wanted}"


def counts_in_words(rule: PackagingRule) -> str:
    """'15 units in all: 5 core, 10 elective', and of a count that the rule has none of why."""
    total = f"total {count_in_words(rule, 'total')}"
    if rule.total is not None:
        total = f"{rule.total} {rule.measure} in all"
    parts = (
        f"{name} {count_in_words(rule, name)}" if n is None else f"{n} {name}"
        for name, n in (("core", rule.core), ("elective", rule.elective))
    )
    return f"{total}: {', '.join(parts)}"


def count_in_words(rule: PackagingRule, name: str) -> str:
    """The count of this name (``total``, ``core`` or ``elective``): '10 units', 'differs by specialisation'."""
    n = getattr(rule, name)
    if n is not None:
        return f"{n} {rule.measure if n != 1 else rule.measure[:-1]}"
    if name == "elective" and rule.electives_needed is not None:
        return f"not stated, {rule.electives_needed} by the total less the core"
    asked = (name, "total") if name == "elective" else (name,)
    own = any(getattr(item, each) is not None for item in rule.specialisations for each in asked)
    return "differs by specialisation" if own else "not stated"


def specialisation_in_words(item: Specialisation) -> str:
    """'specialisation Networking (36 in all): r4, r5'."""
    named = " ".join(filter(None, (item.name, _own_counts(item))))
    return f"specialisation {named}: {', '.join(item.rules) or 'no rule of its own'}"


def _own_counts(item: Specialisation) -> str:
    """'(36 in all)', or nothing where the specialisation has no counts of its own."""
    counts = ((item.total, "in all"), (item.core, "core"), (item.elective, "elective"))
    told = ", ".join(f"{n} {what}" for n, what in counts if n is not None)
    return f"({told})" if told else ""


def caution_in_words(rule: PackagingRule) -> str | None:
    """What must be known before the rules of a rule that was not wholly read; None where every sentence was."""
    plain = [item for item in rule.rules if item.scope == EVERYONE and item.within is None]
    if rule.status == "complete" or not plain:
        return None
    asked = sum(item.n or 0 for item in plain if item.kind in ("min", "exact"))
    needed = rule.electives_needed
    unknown = "which of them hold for one specialisation, or in one of several ways, alone is not known."
    if needed is not None and asked > needed:
        return f"Added up, these ask for {asked} {rule.measure} where {needed} are needed: {unknown}"
    return f"Not every sentence was read: {unknown}"


def choices_in_words(rule: PackagingRule) -> Iterator[str]:
    """Each choice between alternatives, with the rules and the counts of each."""
    rows: dict[tuple[str, str], list[str]] = {}
    for item in rule.alternatives:
        counts = ((item.total, "in all"), (item.core, "core"), (item.elective, "elective"))
        own = [*item.rules, *(f"{n} {what}" for n, what in counts if n is not None)]
        rows.setdefault((item.choice, item.scope), []).append(f"{item.id} ({', '.join(own) or 'no rule'})")
    for (choice, scope), ways in rows.items():
        place = "" if scope == EVERYONE else f" ({scope})"
        yield f"choice {choice}, one must hold{place}: {' or '.join(ways)}"


def _at(line: int | None) -> str:
    return "" if line is None else f" [line {line}]"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}"
        yield from (f"    {line}" for line in lines)


def group_in_words(group: UnitGroup) -> str:
    """The group by the letter that the rules call it by, and its name: 'Group A: Human Resources'."""
    if not _LETTER.fullmatch(group.id):
        return group.name if group.name != group.id else f"{group.role.capitalize()} {group.id}"
    called = f"Group {group.id}"
    if group.name in ("", group.id):
        return called
    return group.name if group.name.casefold().startswith("group ") else f"{called}: {group.name}"


def size_in_words(rule: PackagingRule, group: UnitGroup) -> str:
    """'9 listed' of electives, '7 required' of a core whose units are all asked for."""
    whole = rule.measure == "units" and rule.core == len(set(rule.core_units))
    return f"{len(group.members)} {'required' if group.role == 'core' and whole else 'listed'}"


def _group(rule: PackagingRule, group: UnitGroup) -> Iterator[str]:
    name = "" if group.name in (group.id, f"Group {group.id}") else f", {group.name}"
    yield f"  {group.role} group {group.id}{name}: {size_in_words(rule, group)}{_at(group.line)}"
    for member in group.members:
        title = f" {member.title}" if member.title else ""
        heading = f" ({member.heading})" if member.heading else ""
        mark = f" {member.mark}" if member.mark else ""
        points = f", {member.points} points" if member.points is not None else ""
        yield f"    {member.code}{mark}{title}{heading}{points}{_at(member.line)}"


def _statement(statement: RuleStatement, words: RuleWords) -> Iterator[str]:
    yield f"{statement.id}: {statement_in_words(statement, words)}{_at(statement.line)}"
    if statement.text:
        yield f"  '{statement.text}'"
    if statement.because:
        yield f"  read as {statement.reading}: {words.reason(statement)}"
    if statement.ambiguity:
        yield f"  ambiguous: {statement.ambiguity}"


def statement_in_words(statement: RuleStatement, words: RuleWords) -> str:
    """What the statement asks, inside which other it counts, and for whom it holds where that is not everybody."""
    scope = "" if statement.scope == EVERYONE else f" ({statement.scope})"
    within = f", counted in {statement.within}" if statement.within else ""
    return f"{words(statement)}{within}{scope}"


class RuleWords:
    """What each statement of one rule asks, in words. A number of places that are left is told as places.

    'Up to 1 from Groups A and B', beside 'at least 2 from Group A', is no maximum of what Group A may give.
    """

    def __init__(self, rule: PackagingRule) -> None:
        self._rule = rule
        self._places = opens_places(rule)

    def __call__(self, statement: RuleStatement) -> str:
        """What this statement asks, for example 'up to 1 further place: from Group A or Group B'."""
        if statement.path not in self._places:
            return _asked(statement)
        return _places(statement, self._rule.measure, further=stands_beside(statement, self._rule))

    def reason(self, statement: RuleStatement) -> str:
        """Why it was read so; a line that it names is told as one of the rule where the whole rule is one line."""
        because = statement.because or ""
        lines = {item.line for item in self._rule.rules} | {group.line for group in self._rule.groups}
        if len(lines) > 1:
            return because
        return _LINE.sub(r"\g<0> of the rule's own text", because)


def rule_in_words(statement: RuleStatement, rule: PackagingRule | None = None) -> str:
    """What the statement asks, for example 'at least 2 from Group A'.

    With the ``rule`` that it stands in, 'up to 1 from Group A' is told as places where other statements place units
    of Group A too; without, only by how the statement itself was read.
    """
    if rule is not None:
        return RuleWords(rule)(statement)
    return _places(statement, "units") if statement.opens_places else _asked(statement)


def _places(statement: RuleStatement, measure: Measure, *, further: bool = False) -> str:
    """'The remaining 1 place: from Group A', 'up to 2 further places: from the listed electives'."""
    what = "place" if measure == "units" else "point"
    noun = what if statement.n == 1 else f"{what}s"
    if statement.reading == "remainder":
        amount = f"the remaining {statement.n} {noun}"
    else:
        upto = "up to " if statement.kind == "max" else ""
        amount = f"{upto}{statement.n} {'further ' if further else ''}{noun}"
    return f"{amount}: from {_pools(statement)}"


def _asked(statement: RuleStatement) -> str:
    if statement.kind == "one-of":
        amount = "every unit" if statement.n is None else f"{statement.n}"
        return f"{amount} of one of {_pools(statement)}"
    if statement.kind == "all":
        named = [pool.removeprefix("unit:") for pool in statement.pools if pool.startswith("unit:")]
        return " and ".join(named) if named else f"every unit of {_pools(statement)}"
    if statement.n == 0:
        return f"no unit from {_pools(statement)}"
    condition = ", only as prerequisites of other units" if statement.condition else ""
    return f"{_KINDS[statement.kind]} {statement.n} from {_pools(statement)}{condition}"


def _pools(statement: RuleStatement) -> str:
    named = []
    for pool in statement.pools:
        if pool == LISTED:
            named.append("the listed electives")
        elif pool == IMPORT:
            named.append(_import(statement.import_))
        else:
            named.append(_told(pool) or f"Group {pool}")
    only = f", only {' or '.join(_told(unit) for unit in statement.only)}" if statement.only else ""
    return " or ".join(named) + only


def _told(pool: str) -> str:
    """Units that are told by what they are called; empty for a group."""
    kind, _, value = pool.partition(":")
    words = {
        "unit": value,
        "prefix": f"units coded {value}",
        "digit": f"units whose code has {value} as its first figure",
        "title": f"units whose title starts with '{value}'",
    }
    return words.get(kind, "")


def _import(outside: ImportPool | None) -> str:
    if outside is None:
        return "units that are not listed"
    sources = [_SOURCES.get(source, source) for source in outside.sources] + list(outside.packages)
    words = "units that are not listed"
    if sources:
        words += f", from {' or '.join(sources)}"
    if outside.except_packages:
        words += f", other than {' or '.join(outside.except_packages)}"
    if outside.levels:
        words += f", packaged at {' or '.join(outside.levels)}"
    return words + (" level" if outside.levels else "")
