"""A saved web page as numbered lines, in the shape that the page has as text.

Table rows become one line with tabs between the cells, list items get a bullet, and a line's number is that of the
HTML file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qualgraph.model import Problem, ProblemKind
from qualgraph.sources.markup import Element, html_root, walk
from qualgraph.sources.tokens import problem

_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
    }
    | {
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
    }
    | {"nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "section"}
)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "select", "button", "iframe", "object"}
)
_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|\?xml\b|html|head|body|div|table|section|main|article|p|h[1-6]|ul)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_html(data: bytes) -> bool:
    """Whether the file begins as an HTML page does."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    return bool(_START.match(head))


@dataclass
class _Cell:
    """A table cell while it is being read: its lines, each with its number."""

    lines: list[tuple[int, str]] = field(default_factory=list)


class _Lines:
    """Collects text into lines as elements open and close."""

    def __init__(self) -> None:
        self.out: list[tuple[int, str]] = []
        self.rows: list[list[_Cell]] = []
        self.cells: list[_Cell] = []
        self.headings: list[list[str]] = []
        """The column headings of each open table, with what the buttons in them say."""
        self.heading: list[str] | None = None
        self.parts: list[str] = []
        self.first = 0
        self.at = 1

    def text(self, value: str | None) -> None:
        """Text inside the current line; ``self.at`` moves on by the line ends in it."""
        if not value:
            return
        self.unseen(value)
        body = " ".join(value.split("\n")) if "\n" in value else value
        if body.strip(" \t\r\f\v"):
            if not "".join(self.parts).strip():
                leading = value[: len(value) - len(value.lstrip())]
                self.first = self.at + leading.count("\n")
            self.parts.append(body.replace("\t", " "))
        elif self.parts:
            self.parts.append(" ")
        self.at += value.count("\n")

    def unseen(self, value: str | None) -> None:
        """Text of a column's heading, which also counts where it is a button that is not shown."""
        if value and self.heading is not None:
            self.heading.append(value)

    def end_line(self) -> None:
        """End the current line, if anything stands in it."""
        body = "".join(self.parts)
        self.parts = []
        if body.strip():
            (self.cells[-1].lines if self.cells else self.out).append((self.first, body))

    def blank(self) -> None:
        """A blank line, as between paragraphs; inside a table cell there are none."""
        if not self.cells and self.out and self.out[-1][1]:
            self.out.append((self.at, ""))

    def open(self, tag: str, line: int) -> None:
        """An element begins."""
        self.at = max(self.at, line)
        if tag in ("td", "th"):
            self.end_line()
            self.cells.append(_Cell())
            self.heading = [] if tag == "th" else None
        elif tag in _BLOCKS:
            self.end_line()
            if tag in _PARAGRAPHS:
                self.blank()
            if tag == "tr":
                self.rows.append([])
            elif tag == "table":
                self.headings.append([])
            elif tag == "li":
                self.parts, self.first = ["• "], line

    def close(self, tag: str) -> None:
        """An element ends."""
        if tag in ("td", "th") and self.cells:
            self.end_line()
            cell = self.cells.pop()
            if self.headings and self.heading is not None:
                self.headings[-1].append(" ".join("".join(self.heading).split()))
            self.heading = None
            if self.rows:
                self.rows[-1].append(cell)
            else:
                self.out.extend(cell.lines)
        elif tag in _BLOCKS:
            self.end_line()
            if tag == "tr" and self.rows:
                self._end_row(self.rows.pop())
            elif tag == "table" and self.headings:
                self.headings.pop()
            elif tag in _PARAGRAPHS:
                self.blank()

    def _end_row(self, row: list[_Cell]) -> None:
        """A row is one line unless a cell holds several: then the cells follow one another, as in a text copy."""
        target = self.cells[-1].lines if self.cells else self.out
        self._drop_repeated_headings(row)
        if all(len(cell.lines) <= 1 for cell in row) and any(cell.lines for cell in row):
            number = min(cell.lines[0][0] for cell in row if cell.lines)
            target.append((number, "\t".join(cell.lines[0][1].strip() if cell.lines else "" for cell in row)))
        else:
            for cell in row:
                target.extend(cell.lines)

    def _drop_repeated_headings(self, row: list[_Cell]) -> None:
        """Pages for narrow screens print each column's heading again in every cell; then the cell is what follows."""
        headings = self.headings[-1] if self.headings else []
        if len(row) < 2 or len(row) != len(headings) or not all(cell.lines for cell in row):
            return
        firsts = [" ".join(cell.lines[0][1].split()) for cell in row]
        if all(heading.startswith(first) for heading, first in zip(headings, firsts, strict=True)) and any(
            len(cell.lines) > 1 for cell in row
        ):
            for cell in row:
                number = cell.lines[0][0]
                rest = " ".join(text.strip() for _, text in cell.lines[1:])
                cell.lines[:] = [(number, rest)] if rest else []


def html_lines(text: str, where: str) -> tuple[list[tuple[int, str]], tuple[Problem, ...]]:
    """The page's visible text as lines with the numbers of the HTML file; raises BrokenDocumentError for no HTML."""
    root, cut = html_root(text, where)
    lines = _walk(root)
    return lines, (*(_too_deep(lines) if cut else ()), *_endings(text))


def _walk(root: Element) -> list[tuple[int, str]]:
    """Iterative, so that no depth of nesting can exhaust the stack."""
    lines, skipped = _Lines(), 0
    for event, element in walk(root):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIPPED or skipped:
                skipped += 1
                lines.unseen(element.text)
                continue
            lines.open(tag, element.sourceline or lines.at)
            lines.text(element.text)
        else:
            if skipped:
                skipped -= 1
            else:
                lines.close(tag)
            if not skipped:
                lines.text(element.tail)
            else:
                lines.unseen(element.tail)
    lines.end_line()
    return lines.out


def _too_deep(lines: list[tuple[int, str]]) -> list[Problem]:
    message = "Elements are nested too deeply; what lies deeper is not read."
    return [problem(ProblemKind.NOT_READ, message, lines[-1][0] if lines else 1)]


def _endings(text: str) -> list[Problem]:
    """Browsers always write the end tag of a page they save, so a page without one was cut off."""
    if re.search(r"<html\b", text[:4096], re.IGNORECASE) and not re.search(
        r"</html\s*>", text[-65536:], re.IGNORECASE
    ):
        message = "The page opens <html> and never closes it: the file was cut off."
        return [problem(ProblemKind.TRUNCATED, message, text.count("\n") + 1)]
    return []
