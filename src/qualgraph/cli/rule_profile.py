"""The packaging rule in a profile: in the words of the pages, with a mark for each place it was read at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from qualgraph.cli.terminal import count
from qualgraph.overview.records import GroupSummary, PackagingSummary, Source, StatementSummary
from qualgraph.packaging import PackagingRule, counts_in_words, group_in_words
from qualgraph.packaging.words import (
    RuleWords,
    caution_in_words,
    choices_in_words,
    prerequisite_in_words,
    size_in_words,
    specialisation_in_words,
    statement_in_words,
)

Line = tuple[str, str | None]
Marked = Callable[..., str]
"""The mark of one place or of several."""
Readings = Mapping[tuple[str, str | None], PackagingRule]
"""Rules as they were read, by document and release number."""
HEADING: Final = "bold"
DOUBT: Final = "yellow"
READ: Final = {
    "complete": "every sentence of the rule was read",
    "partial": "not all of the rule was read: see 'not read'",
    "failed": "the rule could not be read",
}


def rule_lines(told: PackagingSummary, rule: PackagingRule | None, at: Marked) -> Iterator[Line]:
    """The counts, what each sentence asks, what no machine decides, and every list with its units."""
    of = f" of release {told.release}" if told.release else ""
    yield f"Packaging rule{of}  {at(told.source)}", HEADING
    counts = counts_in_words(rule) if rule else "counts and rules UNKNOWN: the document states several rules"
    yield f"  {counts}; {READ.get(told.status, told.status)}", None
    if rule is not None:
        yield from _rules(told, rule, at)
    for name, remarks in (("for a person to judge", told.human_conditions), ("not read", told.unread)):
        if remarks:
            read_at = at(*(remark.source for remark in remarks))
            yield f"  {name}: {count(len(remarks), 'sentence')}  {read_at}", None
    for group in told.groups:
        yield "", None
        yield from _group(group, rule, at)


def _rules(told: PackagingSummary, rule: PackagingRule, at: Marked) -> Iterator[Line]:
    words = RuleWords(rule)
    doubtful = {statement.key: statement for statement in told.statements if statement.ambiguous}
    if caution := caution_in_words(rule):
        yield f"  {caution}", DOUBT
    for item in rule.rules:
        place = at(Source(document=told.source.document, line=item.line))
        yield f"  {item.id}: {statement_in_words(item, words)}  {place}", None
        if item.id in doubtful:
            yield _doubt(doubtful[item.id], at)
    yield from ((f"  {specialisation_in_words(item)}", None) for item in rule.specialisations)
    yield from ((f"  {choice}", None) for choice in choices_in_words(rule))
    for needed in rule.prerequisites:
        place = at(Source(document=told.source.document, line=needed.line))
        yield f"  prerequisite ({needed.policy}): {prerequisite_in_words(needed)}  {place}", None


def _doubt(statement: StatementSummary, at: Marked) -> Line:
    doubt = statement.ambiguity or "this sentence can be read in another way too; look at it in the document"
    return f"  doubtful: {doubt}  {at(statement.source)}", DOUBT


def _group(group: GroupSummary, rule: PackagingRule | None, at: Marked) -> Iterator[Line]:
    read = rule.group(group.key) if rule else None
    name = group_in_words(read) if read else group.name
    size = size_in_words(rule, read) if rule and read else count(len(group.units), "unit")
    yield f"{name} ({group.role}): {size}  {at(group.source)}", HEADING
    heading = None
    width = max((len(unit.code) for unit in group.units), default=0)
    for unit in group.units:
        if unit.heading != heading:
            heading = unit.heading
            yield f"  {heading}" if heading else "  (no heading)", "italic"
        usage = f" ({unit.usage})" if unit.usage else ""
        yield f"    {unit.code:<{width}}  {unit.title or ''}{usage}  {at(unit.source)}", None
