"""The part of an overview that is about a unit of competency, as lines of text for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from qualgraph.cli.terminal import count, plain_table
from qualgraph.overview.prerequisites import need_in_words, needs_of
from qualgraph.overview.records import ElementSummary, UnitSummary

Line = tuple[str, str | None]
Marker = Callable[..., str]
"""The mark of the place that a fact was read at."""

HEADING = "bold"
KINDS = {
    "Qualification": "qualification",
    "SkillSet": "skill set",
    "AccreditedCourse": "accredited course",
    "TrainingPackage": "training package",
}


def unit_lines(found: UnitSummary, at: Marker) -> Iterator[Iterator[Line]]:
    """Each section with its lines; a section without lines is left out by the caller."""
    yield _prerequisites(found, at)
    yield _elements(found, at)
    yield _sections(found, at)
    yield _included_in(found, at)


def _prerequisites(found: UnitSummary, at: Marker) -> Iterator[Line]:
    for label, names in (("Competency field", found.competency_fields), ("Unit sector", found.sectors)):
        if names:
            yield f"{label:<17}{'; '.join(names)}", None
    for need in needs_of(found.prerequisites):
        yield f"{'Prerequisite':<17}{need_in_words(need)}  {at(*need.sources)}", None


def _elements(found: UnitSummary, at: Marker) -> Iterator[Line]:
    for _, listed in groupby(found.elements, key=lambda element: element.source.document):
        elements = list(listed)
        criteria = sum(element.criteria for element in elements)
        told = f"{count(len(elements), 'element')}, {_criteria(criteria)}"
        yield f"Elements: {told}  {at(elements[0].source)}", HEADING
        for element in elements:
            yield f"  {_element(element)}  {at(element.source)}", None


def _element(element: ElementSummary) -> str:
    number = element.number or f"({element.position})"
    words = f" {element.text}" if element.text else ""
    return f"{number}{words}: {_criteria(element.criteria)}"


def _criteria(number: int) -> str:
    return count(number, "performance criterion", "performance criteria")


def _sections(found: UnitSummary, at: Marker) -> Iterator[Line]:
    if found.sections:
        yield "Sections of its document", HEADING
    for section in found.sections:
        yield (
            f"  {section.kind.replace('-', ' ')}: {count(section.items, 'item')}  {at(section.source)}",
            None,
        )


def _included_in(found: UnitSummary, at: Marker) -> Iterator[Line]:
    if not found.included_in:
        return
    yield "Included in, as its page lists", HEADING
    rows = [
        (
            KINDS.get(each.kind, each.kind),
            each.code,
            each.title or "",
            each.essential or "",
            each.releases or "",
            at(each.source),
        )
        for each in found.included_in
    ]
    for line in plain_table(("kind", "code", "title", "essential", "releases", "read at"), rows):
        yield f"  {line}", None
