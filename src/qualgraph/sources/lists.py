"""Lists in a section: items with or without bullets, broken over lines or pages, and bullets with nothing behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualgraph.model import Problem, ProblemKind
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import item, problem

MAX_JOINED = 20
"""Lines that one list item may go on over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a section: an item of a list (``bulleted``) or a line of text, what follows it joined."""

    text: str
    line: int
    bulleted: bool
    gap: int


def entries(lines: Sequence[Line]) -> Iterator[Entry | Problem]:
    """The items and lines, in order. A line without a bullet that starts in lower case goes on with the item above."""
    open_entry: Entry | None = None
    joined = 0
    for line in lines:
        body = item(line.text)
        if body == "":
            message = "A list bullet with nothing behind it."
            yield problem(ProblemKind.EMPTY_ITEM, message, line.number, info=True)
        elif (
            body is None
            and open_entry
            and open_entry.bulleted
            and joined < MAX_JOINED
            and _goes_on(line.text)
        ):
            joined += 1
            message = "The line goes on with the list item above it; joined."
            yield problem(ProblemKind.CONTINUED_LINE, message, line.number, info=True)
            text = f"{open_entry.text} {line.text}"
            open_entry = Entry(text, open_entry.line, open_entry.bulleted, open_entry.gap)
        else:
            if open_entry:
                yield open_entry
            joined = 0
            open_entry = Entry(line.text if body is None else body, line.number, body is not None, line.gap)
    if open_entry:
        yield open_entry


def _goes_on(text: str) -> bool:
    return text[0].islower() and text.lower() not in ("or", "and", "plus") and not text.endswith(":")


def parted(found: Iterator[Entry | Problem]) -> tuple[list[Entry], list[Problem]]:
    """The entries and the problems apart."""
    lines: list[Entry] = []
    problems: list[Problem] = []
    for one in found:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            lines.append(one)
    return lines, problems


def label(text: str) -> str:
    """A list item as a label: without the full stop or semicolon that ends its list."""
    return text.rstrip(";, ").removesuffix(".").strip()
