"""What the documents about a qualification have in common: their sections, read the same way for every kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualgraph.model import Packaging, PathwayDirection, Problem, ProblemKind, Record
from qualgraph.packaging.reading.reader import parse
from qualgraph.sources.content import read_entry, read_job_roles, read_licensing
from qualgraph.sources.employability import read_skills
from qualgraph.sources.ending import code_alone, end_of, with_cut_example
from qualgraph.sources.examples import read_examples
from qualgraph.sources.mappings import read_mappings
from qualgraph.sources.pathways import read_pathway
from qualgraph.sources.sections import Block, Outline, Part, sections
from qualgraph.sources.tokens import not_read, problem
from qualgraph.sources.unit_mappings import read_unit_mappings

FEATURES = frozenset(
    {
        Part.MODIFICATION_HISTORY,
        Part.DESCRIPTION,
        Part.DESCRIPTOR,
        Part.JOB_ROLES,
        Part.PATHWAYS,
        Part.PATHWAYS_INTO,
        Part.PATHWAYS_FROM,
        Part.LICENSING,
        Part.LICENSING_NOTE,
        Part.ENTRY,
        Part.EMPLOYABILITY,
        Part.PACKAGING,
        Part.EXAMPLES,
        Part.MAPPING,
    }
)
"""The parts that mark a document about a qualification, of whatever kind."""

_JOINED = "The line goes on with the unit title above it in the packaging rules; joined."

MAX_RULE_LINES = 20_000
"""Lines of packaging rules that are read; the longest on the register has some hundreds."""


def read_content(
    found: Outline,
    *,
    code: str,
    title: str,
    release: str | None,
    line_end: bool,
    gaps: bool = False,
    whole_rows: bool = False,
) -> Iterator[Record | Problem]:
    """Every section of the document. ``gaps``: see the employability skills; ``whole_rows``: no line is broken."""
    records: list[Record] = []
    whole = found if line_end else _without_half_a_unit(found)
    for one in _read_parts(whole, code=code, title=title, release=release, gaps=gaps, whole_rows=whole_rows):
        if isinstance(one, Problem):
            yield one
        else:
            records.append(one)
    cut = end_of(found, records, line_end=line_end)
    if cut:
        yield cut
        records = with_cut_example(found, records)
    yield from records


def _without_half_a_unit(found: Outline) -> Outline:
    """The outline of a document without a line end, less a last line that is a code and may be half a code."""
    if not found.blocks or not found.blocks[-1].lines or not code_alone(found.blocks[-1].lines[-1]):
        return found
    last = found.blocks[-1]
    return Outline(found.head, (*found.blocks[:-1], replace(last, lines=last.lines[:-1])))


def _read_parts(
    found: Outline, *, code: str, title: str, release: str | None, gaps: bool, whole_rows: bool
) -> Iterator[Record | Problem]:
    yield from sections(found)
    for block in found.of(Part.JOB_ROLES):
        yield from read_job_roles(block)
    for block in found.of(Part.ENTRY):
        yield from read_entry(block)
    for block in found.of(Part.LICENSING, Part.LICENSING_NOTE):
        yield from read_licensing(block)
    for block in found.of(Part.PATHWAYS_INTO):
        yield from read_pathway(block, PathwayDirection.INTO)
    for block in found.of(Part.PATHWAYS_FROM):
        yield from read_pathway(block, PathwayDirection.FROM)
    yield from read_skills(list(found.of(Part.EMPLOYABILITY, Part.EMPLOYABILITY_SUMMARY)), gaps=gaps)
    for block in found.of(Part.MAPPING):
        yield from (read_unit_mappings if whole_rows else read_mappings)(block.lines, code)
    yield from _read_packaging(list(found.of(Part.PACKAGING)), code=code, title=title, release=release)
    for block in found.of(Part.EXAMPLES):
        yield from read_examples(block)


def _read_packaging(
    blocks: Sequence[Block], *, code: str, title: str, release: str | None
) -> Iterator[Packaging | Problem]:
    lines = [line for block in blocks for line in block.lines]
    if not lines:
        yield not_read("The document holds no packaging rules.", blocks[0].heading.number if blocks else 1)
        return
    if len(lines) > MAX_RULE_LINES:
        message = (
            f"The packaging rules have {len(lines):,} lines; only the first {MAX_RULE_LINES:,} are read."
        )
        yield not_read(message, lines[MAX_RULE_LINES].number)
    numbered = [(line.number, line.tabbed) for line in lines[:MAX_RULE_LINES]]
    rule = parse(numbered, code=code, title=title, release=release)
    yield Packaging(rule=rule, line=blocks[0].heading.number)
    for note in rule.notes:
        yield problem(ProblemKind.CONTINUED_LINE, _JOINED, note.line, info=True, excerpt=note.text)
    for unread in rule.unread:
        message = "A line of the packaging rules that may bear on a verdict is not read."
        yield not_read(message, unread.line or lines[0].number, unread.text)
