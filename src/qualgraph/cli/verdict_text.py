"""A verdict as lines of text for a course co-ordinator: the answer first, then why."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from qualgraph.cli.terminal import count

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule, UnitFacts, Verdict

Line = tuple[str, str | None]
"""Text and the style it is shown in on a terminal."""

_HEADING = "bold"
_ANSWERS = {
    "satisfied": ("SATISFIED", "bold green", "These units meet the packaging rule."),
    "violated": ("NOT SATISFIED", "bold red", "These units do not meet the packaging rule."),
    "unknown": ("UNKNOWN", "bold yellow", "It cannot be said whether these units meet the packaging rule."),
}
_NO_TEXT = "a sentence whose words are not kept: see the document"


def verdict_lines(
    verdict: Verdict,
    rule: PackagingRule,
    *,
    rule_from: str,
    specialisation: str | None = None,
    further: Sequence[str] | None = None,
    facts: UnitFacts | None = None,
    facts_from: Sequence[str] = (),
) -> Iterator[Line]:
    """Every line. ``further`` are the fewest further units that would do; None where no listed ones would.

    Of units that the rule does not list, ``facts`` say which qualifications package them.
    """
    answer, style, told = _ANSWERS[verdict.verdict]
    named = " ".join(filter(None, (rule.code or "Qualification not stated", rule.title)))
    release = f", release {rule.release}" if rule.release else ""
    yield f"{answer}  {named}{release}", style
    yield told if specialisation is None else f"{told} Specialisation: {specialisation}.", None
    titles = {member.code: member.title or "" for _, member in rule.members()}
    yield from _section("What is missing", [item.message for item in verdict.shortfalls])
    if verdict.verdict == "violated" and further:
        needed = count(len(further), "further unit")
        told_units = [f"{code}  {titles.get(code, '')}".rstrip() for code in further]
        yield from _section(f"One way to meet it with the fewest further units ({needed})", told_units)
    yield from _section("What is not known", [_unknown(item) for item in verdict.unknowns])
    unlisted = _not_listed(verdict, facts, titles)
    about = {**titles, **unlisted}
    placed = [(item.slot, item.unit, about.get(item.unit, "")) for item in verdict.placed]
    heading = "Where the units count" if verdict.verdict != "unknown" else "Where the units would count"
    yield from _section(f"{heading} ({len(placed)})", _columns(placed))
    unplaced = [
        (item.unit, f"{item.why} {about[item.unit]}" if item.unit in unlisted else item.why)
        for item in verdict.unplaced
    ]
    yield from _section(f"Units that do not count ({len(unplaced)})", _columns(unplaced))
    conditions = [f"{item.text or _NO_TEXT}{_at(item.line)}" for item in verdict.human_conditions]
    yield from _section("For a person to judge, whatever the verdict", conditions)
    yield "", None
    yield f"Rule read from: {rule_from}", "dim"
    if facts_from:
        yield f"Levels and sources of units not listed: {'; '.join(facts_from)}", "dim"


def _not_listed(verdict: Verdict, facts: UnitFacts | None, listed: Container[str]) -> dict[str, str]:
    """What is known of each unit given that the rule does not list."""
    from qualgraph.packaging.facts import well_formed

    units = [item.unit for item in verdict.placed] + [item.unit for item in verdict.unplaced]
    if facts is None:
        return {}
    return {
        unit: f"(not listed; {_packaged(unit, facts)})"
        for unit in units
        if unit not in listed and well_formed(unit)
    }


def _packaged(unit: str, facts: UnitFacts) -> str:
    """In which qualifications a unit is known to be, one for each level."""
    by_level: dict[str, list[str]] = {}
    for packaging in facts.packagings(unit):
        by_level.setdefault(packaging.level or "level not known", []).append(packaging.qualification)
    if not by_level:
        return "no known qualification packages it: check the code"
    told = [
        f"{level} ({codes[0]}{f' and {len(set(codes)) - 1} more' if len(set(codes)) > 1 else ''})"
        for level, codes in by_level.items()
    ]
    return f"packaged at {', '.join(told)}"


def plan_line(id: str | int, verdict: Verdict) -> Line:
    """One plan of many in one line: its verdict and the first reason."""
    answer, style, _ = _ANSWERS[verdict.verdict]
    reasons = [item.message for item in verdict.shortfalls]
    reasons += [_unknown(item, "not known: ") for item in verdict.unknowns]
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    return f"{id}  {verdict.code}  {answer}  {reasons[0] if reasons else ''}{more}".rstrip(), style


def _unknown(item: object, lead: str = "") -> str:
    fact, text, line = (getattr(item, key) for key in ("fact", "text", "line"))
    quoted = f' Rule: "{text}"{f", line {line}" if line is not None else ""}.' if text else ""
    told = f"{lead}{fact}"
    return f"{told[:1].upper()}{told[1:].rstrip('.')}.{quoted}"


def _at(line: int | None) -> str:
    return "" if line is None else f"  [line {line}]"


def _section(title: str, lines: Sequence[str]) -> Iterator[Line]:
    if lines:
        yield "", None
        yield title, _HEADING
        yield from ((f"  {line}", None) for line in lines)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
