"""What web pages, PDF converters and page layout leave between the words of a document.

Residue is taken out and counted: one problem for each kind, with the first line it was met on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qualgraph.model import Problem, ProblemKind
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import problem

_ADD_TOPIC = re.compile(r"^((?:[•▪*-]\s*)?)add topic\s+", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:ul|ol|li|p|br|span|div|b|i|u|strong|em|table|tbody|tr|td|th|font|a)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*(?=\S)([^*]{1,300}?)(?<=\S)\*\*")
_FURNITURE = re.compile(
    r"^(?:Approved\s+)?Page \d+ of \d+$|\bDate this document was generated\b"
    r"|^©\s*Commonwealth of Australia\b|^Approved$",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("'add topic' of a web page", _ADD_TOPIC, r"\1"),
    ("HTML tags", _TAG, " "),
    ("'**' markup", _BOLD, r"\1"),
)


class Tidy:
    """Takes residue out of lines as they pass; :meth:`problems` says afterwards what was taken out."""

    def __init__(self) -> None:
        self.seen: dict[str, list[int]] = {}
        self.furniture: list[int] = []

    def lines(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines without residue; headers and footers of pages are dropped."""
        gap = 0
        for line in lines:
            if _FURNITURE.search(line.text) and len(line.tabbed) < 200:
                self.furniture.append(line.number)
                gap += line.gap
                continue
            text = self._clean(line)
            if text.strip():
                yield (
                    line
                    if text == line.tabbed and not gap
                    else Line(line.number, text.strip(" "), line.gap + gap)
                )
                gap = 0
            else:
                gap += line.gap + 1

    def _clean(self, line: Line) -> str:
        text = line.tabbed
        for name, pattern, replacement in _KINDS:
            text, times = pattern.subn(replacement, text)
            if times:
                self.seen.setdefault(name, []).append(line.number)
        return text

    def problems(self) -> Iterator[Problem]:
        """One problem for each kind of residue that was met."""
        for name, lines in self.seen.items():
            many = f"on {len(lines)} lines" if len(lines) > 1 else "on one line"
            yield problem(ProblemKind.RESIDUE, f"Residue of {name} {many}; taken out.", lines[0], info=True)
        if self.furniture:
            message = f"{len(self.furniture)} header or footer lines of pages; left out."
            yield problem(ProblemKind.REPEATED, message, self.furniture[0], info=True)
