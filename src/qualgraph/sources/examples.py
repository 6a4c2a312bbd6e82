"""Examples of electives for an outcome ('Selecting Elective Units for Different Outcomes'): advice, never rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualgraph.model import ExampleUnit, OutcomeExample, Problem
from qualgraph.notation import number_named
from qualgraph.packaging.reading.units import read_unit
from qualgraph.sources.lists import Entry, entries, parted
from qualgraph.sources.sections import Block
from qualgraph.sources.tokens import not_read

_CORE = re.compile(r"\b(?P<n>\d+|[a-z]+) core units?\b", re.IGNORECASE)
_ELECTIVE = re.compile(
    r"\b(?P<n>\d+|[a-z]+) (?:of the following )?elective units?\b(?P<choose>.*\bfrom\b)?", re.IGNORECASE
)
_CHOOSE = re.compile(r"^(?:choose|select|any)\s+(?P<n>\d+|[a-z]+)\b", re.IGNORECASE)
_LONGEST_NAME = 100
_MOST_WORDS_BEFORE_A_COLON = 12


@dataclass
class _Example:
    """An example while it is being read."""

    name: str
    line: int
    core: int | None = None
    elective: int | None = None
    choose: int | None = None
    units: list[ExampleUnit] = field(default_factory=list)

    def record(self) -> OutcomeExample:
        return OutcomeExample(
            name=self.name,
            core=self.core,
            elective=self.elective,
            choose=self.choose,
            units=tuple(self.units),
            cut_off=False,
            line=self.line,
        )


def read_examples(block: Block) -> Iterator[OutcomeExample | Problem]:
    """The examples in order; whether the last is cut off is for the end of the document to say."""
    found, problems = parted(entries(block.lines))
    yield from problems
    open_example: _Example | None = None
    for entry in found:
        unit = read_unit(entry.text)
        if unit and unit.title and open_example:
            open_example.units.append(ExampleUnit(code=unit.code, title=unit.title, line=entry.line))
        elif _take_counts(entry, open_example):
            continue
        elif not (unit and unit.title) and _is_name(entry):
            if open_example:
                yield open_example.record()
            open_example = _Example(name=entry.text.rstrip(": "), line=entry.line)
        elif unit or open_example or entry.text.endswith(":"):
            yield not_read(
                "Text among the outcome examples that is not read.", entry.line, entry.text, info=not unit
            )
    if open_example:
        yield open_example.record()


def _take_counts(entry: Entry, example: _Example | None) -> bool:
    """Whether the line states counts; they are set on the example."""
    core, elective = _CORE.search(entry.text), _ELECTIVE.search(entry.text)
    choose = _CHOOSE.match(entry.text)
    if example is None or not (core or elective or choose):
        return False
    if core:
        example.core = number_named(core["n"])
    if elective:
        example.elective = number_named(elective["n"])
        example.choose = example.elective if elective["choose"] else example.choose
    elif choose:
        example.choose = number_named(choose["n"])
    return True


def _is_name(entry: Entry) -> bool:
    """A short line that is no sentence: the job role or outcome that the example is for."""
    sentence = entry.text.endswith(":") and len(entry.text.split()) > _MOST_WORDS_BEFORE_A_COLON
    short = len(entry.text) <= _LONGEST_NAME and not entry.text.endswith((".", ";", ","))
    return short and not entry.bulleted and not sentence
