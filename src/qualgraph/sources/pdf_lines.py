"""Lines of a PDF page that were broken by its layout, put together again where their places leave no doubt.

A line goes on with the one above it where the word it begins with did not fit there any more, the two stand as close
as lines of one paragraph, and in the same print. Lines of one table row become one line with tabs between the cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualgraph.sources.sections import part_of
from qualgraph.sources.text import Line, visible
from qualgraph.sources.tokens import QUALIFICATION_CODE, item

_CODE = re.compile(rf"^(?:{QUALIFICATION_CODE}|[A-Z]{{3,}}[A-Z0-9]*\d{{2,}}[A-Z]?\b)")
_OPEN = re.compile(
    r"(?:[,/]|\w[-\xad]|\b(?:a|an|and|as|at|by|for|from|in|into|is|may|must|of|on|or|that|the|their|to|with))$"
)
_SENTENCE_END = (".", ":", ";", "?", "!")
_NARROW, _WIDE = frozenset("ijlft.,;:'|!()[]/ -’"), frozenset("mwMW%@—")
_SLACK = 0.04
_SHARE_OF_MEASURE = 0.8
_LONGEST_CELL = 60
_MOST_CELL_LINES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A line with its place: ``x`` and ``y`` of its beginning in points (y grows upwards), size and font of its print.

    ``size`` is 0 where the place is not known; such a line is never joined.
    """

    text: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    font: str = ""
    last: tuple[float, str] | None = None
    """The last piece of the text with its own ``x``, where the line is printed in pieces."""

    @property
    def width(self) -> float:
        """About how wide the text is printed; only ever compared with others in the same measure."""
        return self.size * sum(map(_advance, visible(self.text)))

    @property
    def end(self) -> float:
        """About where the text ends, in the measure of ``width``."""
        x, text = self.last or (self.x, self.text)
        return x + self.size * sum(map(_advance, visible(text)))


def _advance(sign: str) -> float:
    if sign in _NARROW:
        return 0.29
    if sign in _WIDE:
        return 0.84
    return 0.68 if sign.isupper() else 0.53


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How a document is set: its right margin (None where no line shows it), and by size of print the distance of
    lines within a paragraph; ``spaced`` says that paragraphs stand further apart than that."""

    margin: float | None
    leading: dict[float, float]
    spaced: bool

    @classmethod
    def of(cls, pages: Iterable[Sequence[Placed]], page_width: float) -> Layout:
        """The layout of pages of one width."""
        lines = [[line for line in page if line.size and line.text.strip()] for page in pages]
        steps = Counter(
            (round(above.size, 1), round(above.y - line.y, 1))
            for page in lines
            for above, line in pairwise(page)
            if above.size == line.size and 0.8 * line.size <= above.y - line.y <= 3 * line.size
        )
        leading: dict[float, float] = {}
        for size, step in steps:
            leading[size] = min(step, leading.get(size, step))
        wider = sum(times for (size, step), times in steps.items() if step > 1.15 * leading[size])
        edges = [line.end for page in lines for line in page]
        left = min((line.x for page in lines for line in page), default=0.0)
        right = max((edge for edge in edges if edge <= 1.1 * page_width), default=0.0)
        shown = right - left >= _SHARE_OF_MEASURE * (page_width - 2 * left) > 0
        return cls(
            margin=right if shown else None, leading=leading, spaced=5 * wider >= sum(steps.values()) > 0
        )


@dataclass(slots=True)
class _Made:
    """A line while it is put together: where it begins, the last line in it, and its last table cell if it has any."""

    text: str
    members: list[int]
    first: Placed
    last: Placed
    cell: Placed | None = None

    def add(self, at: int, line: Placed) -> None:
        self.text = _put_together(self.text, line.text)
        self.members.append(at)
        self.last = line


def rejoined(lines: Sequence[Placed], layout: Layout) -> tuple[list[str], list[int]]:
    """The lines of a page, as many as before, and which of them (from 0) now stand in a line above: those are empty."""
    made: list[_Made] = []
    for at, line in enumerate(lines):
        row = _row(made, line, layout) if line.size else None
        if row is not None:
            made[row:] = [_with_cell(made[row:], at, line)]
        elif made and _goes_on(made[-1], line, layout):
            made[-1].add(at, line)
        else:
            made.append(_Made(line.text, [at], line, line))
    texts = {one.members[0]: one.text for one in made}
    return [texts.get(at, "") for at in range(len(lines))], [
        at for at in range(len(lines)) if at not in texts
    ]


def _row(made: Sequence[_Made], line: Placed, layout: Layout) -> int | None:
    """Where among the last lines the row begins that ``line`` is a further cell of (or the text of its bullet).

    Only a cell stands to the right of the line before it without standing below it.
    """
    if not made or not made[-1].last.size:
        return None
    last, within = made[-1], 0.4 * max(made[-1].last.size, line.size)
    beside = last.cell or last.first
    rise = line.y - last.last.y
    if rise < -within or line.x <= beside.x + 0.5 * beside.size or rise > _MOST_CELL_LINES * 1.7 * line.size:
        return None
    if last.cell:
        return len(made) - 1
    start = len(made) - 1
    while (
        start
        and _same_cell(made[start - 1], made[start], layout)
        and made[start - 1].first.y <= line.y + within
    ):
        start -= 1
    return start if sum(len(one.text) for one in made[start:]) <= _LONGEST_CELL else None


def _same_cell(above: _Made, below: _Made, layout: Layout) -> bool:
    same = above.cell is None and abs(above.first.x - below.first.x) <= 0.1 * below.first.size
    return same and _tight(above.last, below.first, layout)


def _with_cell(cells: Sequence[_Made], at: int, line: Placed) -> _Made:
    row = cells[0]
    for more in cells[1:]:
        row.text = _put_together(row.text, more.text)
        row.members += more.members
    bullet = item(visible(row.text)) == ""
    row.text = f"{row.text.rstrip()}{' ' if bullet else chr(9)}{line.text.strip()}"
    row.members.append(at)
    row.last = line
    row.cell = None if bullet else line
    if bullet:
        row.first = line
    return row


def _tight(above: Placed, line: Placed, layout: Layout) -> bool:
    """Whether two lines stand as close as lines of one paragraph, in print of one size."""
    leading = layout.leading.get(round(line.size, 1), 0.0)
    near = 0.8 * line.size <= above.y - line.y <= min(1.15 * leading, 1.7 * line.size)
    return bool(line.size) and abs(above.size - line.size) <= 0.1 and near


def _goes_on(made: _Made, line: Placed, layout: Layout) -> bool:
    """Whether a line is the rest of what stands above it."""
    above, text = made.last, visible(line.text)
    if not text or not above.text.strip() or not _tight(above, line, layout):
        return False
    if made.cell:
        return abs(line.x - made.cell.x) <= 0.3 * line.size
    if layout.margin is None or item(text) is not None or _CODE.match(text) or above.font != line.font:
        return False
    if any(part_of(Line(1, part)) for part in (text, visible(made.text))):
        return False
    bulleted = item(visible(made.first.text)) is not None
    indent = line.x - made.first.x
    if not (-0.3 * line.size <= indent <= (4 if bulleted else 0.3) * line.size):
        return False
    word = replace(line, text=f"_{text.split()[0]}")
    if above.end + word.width < layout.margin * (1 - _SLACK):
        return False
    return _reads_on(visible(made.text), text, layout)


def _reads_on(above: str, text: str, layout: Layout) -> bool:
    """Whether the words allow it. Where paragraphs are not set apart, a capital may begin a line of its own."""
    if layout.spaced:
        return True
    return not above.endswith(_SENTENCE_END) and (text[0].islower() or bool(_OPEN.search(above)))


def _put_together(above: str, line: str) -> str:
    text = above.rstrip()
    if text.endswith("\xad"):
        return text[:-1] + line.strip()
    return text + ("" if re.search(r"\w-$", text) else " ") + line.strip()
