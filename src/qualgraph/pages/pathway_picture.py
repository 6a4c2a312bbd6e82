"""A picture of pathways: what leads into a qualification on the left, what it leads to on the right."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from qualgraph.overview import Overview
from qualgraph.packaging.html import text

WIDTH: Final = 720
BOX: Final = (200, 62)
GAP: Final = 12
MOST: Final = 24
"""How many letters fit in a line of a box."""
HEAD: Final = (8, 4)
"""How long the head of an arrow is, and half of how wide."""


def picture(told: Overview, address: Callable[[str], str]) -> str:
    """The SVG; empty where no pathway names a qualification."""
    sides = {side: _named(told, side) for side in ("into", "from")}
    most = max(len(each) for each in sides.values())
    if not most:
        return ""
    height = most * (BOX[1] + GAP) + GAP
    middle = (WIDTH - BOX[0]) // 2
    lines, boxes = [], [_box(told.code, told.title, middle, (height - BOX[1]) // 2, None)]
    for side, left in (("into", 8), ("from", WIDTH - BOX[0] - 8)):
        for number, (code, title) in enumerate(sides[side]):
            top = _top(number, len(sides[side]), height)
            boxes.append(_box(code, title, left, top, address(code)))
            ends = (left + BOX[0], middle) if side == "into" else (middle + BOX[0], left)
            heights = (top, (height - BOX[1]) // 2) if side == "into" else ((height - BOX[1]) // 2, top)
            lines.append(_arrow(ends, (heights[0] + BOX[1] // 2, heights[1] + BOX[1] // 2)))
    return "\n".join(_svg(told.code, height, [*lines, *boxes]))


def _svg(code: str, height: int, parts: Sequence[str]) -> Iterator[str]:
    yield f'<svg class="pathways" viewBox="0 0 {WIDTH} {height}" role="group" aria-labelledby="picture-title">'
    yield f'<title id="picture-title">Pathways into {text(code)} (left) and from it (right)</title>'
    yield from parts
    yield "</svg>"


def _named(told: Overview, side: str) -> list[tuple[str, str | None]]:
    steps = (step for step in told.pathways if step.direction == side and step.code)
    return list({step.code or "": (step.code or "", step.title) for step in steps}.values())


def _top(number: int, count: int, height: int) -> int:
    return (height - count * (BOX[1] + GAP) + GAP) // 2 + number * (BOX[1] + GAP)


def _arrow(across: tuple[int, int], down: tuple[int, int]) -> str:
    end, middle = across[1], down[1]
    back = end - HEAD[0]
    head = f"{end},{middle} {back},{middle - HEAD[1]} {back},{middle + HEAD[1]}"
    line = f'<line x1="{across[0]}" y1="{down[0]}" x2="{back}" y2="{middle}"/>'
    return f'{line}<polygon points="{head}"/>'


def _box(code: str, title: str | None, left: int, top: int, href: str | None) -> str:
    drawn = f'<rect x="{left}" y="{top}" width="{BOX[0]}" height="{BOX[1]}" rx="4"/>'
    drawn += f'<text x="{left + 8}" y="{top + 18}" class="code">{text(_cut(code))}</text>'
    for number, line in enumerate(_lines(title or "")):
        drawn += f'<text x="{left + 8}" y="{top + 36 + 16 * number}">{text(line)}</text>'
    if href is None:
        return f'<g class="here">{drawn}</g>'
    name = text(f"{code} {title or ''}".strip())
    return f'<a href="{text(href)}" aria-label="{name}">{drawn}</a>'


def _lines(title: str) -> list[str]:
    """The title in the two lines that a box has, cut where they do not hold it."""
    return textwrap.wrap(title, MOST, max_lines=2, placeholder="…")


def _cut(words: str) -> str:
    return f"{words[: MOST - 1]}…" if len(words) > MOST else words
