"""Whether a document was cut off: only where its end cannot be the end.

That a file stops without a line end proves nothing: whole copies often do. Besides a character, page or file that is
cut in two (see the text, HTML and PDF readers), a document counts as cut off where its last line

1. is a heading with nothing under it (the closing parts, such as 'Links', may be empty);
2. ends in a colon, comma or dash, so that something had to follow;
3. stands in a unit list and has no line end, and is a code without a title, the beginning of a code, or a unit
   with the beginning of a title that the same document prints in full elsewhere;
4. stands in the unit lists while fewer core units are listed than the rule states, and no elective at all;
5. stands in an outcome example that lists fewer units than it says itself, or, where it states no number of
   electives, fewer than the rule demands and fewer than every example before it, and no line end follows;
6. stands in the employability skills while fewer than all eight are there.

Where a page shows only part of a table, that is no cut: it is reported as a partial table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualgraph.model import EmployabilitySkill, OutcomeExample, Packaging, Problem, ProblemKind, Record
from qualgraph.packaging.reading.units import read_unit
from qualgraph.packaging.tree import PackagingRule
from qualgraph.sources.employability import SKILLS
from qualgraph.sources.sections import Outline, Part
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import problem, without_bullet

_MUST_GO_ON = (":", ",", " -", " –")
_CODE_ALONE = re.compile(r"^[A-Z]{2,9}\d*[A-Z]?$")
_LISTS = (Part.PACKAGING, Part.EXAMPLES, Part.UNIT_GRID)


def end_of(found: Outline, records: Sequence[Record], *, line_end: bool) -> Problem | None:
    """The problem that the document is cut off, or None. ``line_end``: a line end follows its last line."""
    if not found.blocks:
        return None
    block = found.blocks[-1]
    rule = next((one.rule for one in records if isinstance(one, Packaging)), None)
    examples = [one for one in records if isinstance(one, OutcomeExample)]
    reason = (
        _plain_reason(found, line_end)
        or _rule_reason(block.part, rule)
        or _skills_reason(block.part, sum(isinstance(one, EmployabilitySkill) for one in records))
        or _example_reason(block.part, examples, rule, line_end)
    )
    return (
        problem(ProblemKind.TRUNCATED, f"The document is cut off: {reason}", block.last_line)
        if reason
        else None
    )


def with_cut_example(found: Outline, records: Sequence[Record]) -> list[Record]:
    """The records of a document that is cut off: the last outcome example says so, if it is there that it ends."""
    marked = list(records)
    examples = [at for at, one in enumerate(marked) if isinstance(one, OutcomeExample)]
    if found.blocks[-1].part is Part.EXAMPLES and examples:
        last = marked[examples[-1]]
        if isinstance(last, OutcomeExample):
            marked[examples[-1]] = replace(last, cut_off=True)
    return marked


def _plain_reason(found: Outline, line_end: bool) -> str | None:
    block = found.blocks[-1]
    if not block.lines:
        return None if block.part is Part.OTHER else "its last line is a heading with nothing under it."
    last = block.lines[-1]
    if last.text.endswith(_MUST_GO_ON):
        return "its last line has to go on."
    if line_end or block.part not in _LISTS:
        return None
    if code_alone(last):
        return "its last line is a code, or the beginning of one, without a title."
    return "the title of its last unit is printed in full elsewhere." if _title_is_cut(found, last) else None


def code_alone(line: Line) -> bool:
    """Whether the line is a unit's code, or the beginning of one, without a title."""
    return bool(_CODE_ALONE.match(without_bullet(line.text)))


def _title_is_cut(found: Outline, last: Line) -> bool:
    unit = read_unit(without_bullet(last.text))
    if not unit:
        return False
    others = (
        read_unit(without_bullet(line.text))
        for block in found.of(*_LISTS)
        for line in block.lines
        if line is not last and unit.code in line.text
    )
    titles = [other.title for other in others if other and other.code == unit.code]
    return unit.title not in titles and any(_goes_on(title, unit.title) for title in titles)


def _goes_on(title: str, beginning: str) -> bool:
    """Whether the title goes on where the beginning stops; a capital there is a second title glued to the first."""
    rest = title.removeprefix(beginning)
    return rest != title and rest != "" and not rest[0].isupper()


def _rule_reason(part: Part, rule: PackagingRule | None) -> str | None:
    if part is not Part.PACKAGING or rule is None or rule.measure != "units":
        return None
    listed = len(rule.core_units)
    if rule.core is not None and listed < rule.core and rule.electives_needed and not rule.listed_electives:
        return f"{listed} of {rule.core} core units and no electives are listed."
    return None


def _skills_reason(part: Part, seen: int) -> str | None:
    if part not in (Part.EMPLOYABILITY, Part.EMPLOYABILITY_SUMMARY) or seen >= len(SKILLS):
        return None
    return f"{seen} of {len(SKILLS)} employability skills are there."


def _example_reason(
    part: Part, examples: Sequence[OutcomeExample], rule: PackagingRule | None, line_end: bool
) -> str | None:
    if part is not Part.EXAMPLES or not examples:
        return None
    *before, last = examples
    listed = len(last.units)
    if last.elective is not None:
        return (
            f"its last outcome example lists {listed} of {last.elective} electives."
            if listed < last.elective
            else None
        )
    needed = rule.electives_needed if rule else None
    fewest = min((len(one.units) for one in before), default=None)
    if line_end or needed is None or listed >= needed or (fewest is not None and listed >= fewest):
        return None
    return (
        f"its last outcome example lists {listed} of {needed} electives, fewer than any before it,"
        " and no line end follows."
    )
