"""What the documents about a unit of competency have in common: their sections, read the same way for every kind."""

from __future__ import annotations

from collections.abc import Iterator

from qualgraph.model import Problem, Record
from qualgraph.sources.elements import read_elements
from qualgraph.sources.sections import Block, Outline, Part, sections
from qualgraph.sources.tokens import not_read
from qualgraph.sources.unit_content import (
    read_corequisites,
    read_field,
    read_licensing_of_unit,
    read_prerequisites,
    read_section,
)
from qualgraph.sources.unit_headings import SECTION_KINDS
from qualgraph.sources.unit_mappings import read_unit_mappings


def read_unit(found: Outline, *, code: str) -> Iterator[Record | Problem]:
    """Every section of the document of the unit ``code``."""
    yield from sections(found)
    lines = [line for block in found.of(Part.ELEMENTS) for line in block.lines]
    yield from read_elements(lines)
    if not lines:
        heading = found.first(Part.ELEMENTS)
        yield not_read(
            "The document holds no elements and performance criteria.",
            heading.heading.number if heading else 1,
        )
    yield from _prerequisites(list(found.of(Part.PREREQUISITES)))
    for block in found.of(Part.COREQUISITES):
        yield from read_corequisites(block)
    yield from read_field(found.of(Part.FIELD, Part.SECTOR))
    yield from read_licensing_of_unit(found.of(Part.LICENSING, Part.APPLICATION, Part.DESCRIPTOR))
    for block in found.of(*SECTION_KINDS):
        yield from read_section(block)
    for block in found.of(Part.MAPPING):
        yield from read_unit_mappings(block.lines, code)


def _prerequisites(blocks: list[Block]) -> Iterator[Record | Problem]:
    for block in blocks:
        if block.lines:
            yield from read_prerequisites(block)
