"""A picture of pathways: what leads into a qualification on the left, what it leads to on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from qualgraph.overview import Overview
from qualgraph.packaging.html import text

WIDTH: Final = 720
BOX: Final = (200, 44)
GAP: Final = 12
MOST: Final = 24
"""How many letters fit in a line of a box."""


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
            lines.append(_line(ends, (heights[0] + BOX[1] // 2, heights[1] + BOX[1] // 2)))
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


def _line(across: tuple[int, int], down: tuple[int, int]) -> str:
    return f'<line x1="{across[0]}" y1="{down[0]}" x2="{across[1]}" y2="{down[1]}"/>'


def _box(code: str, title: str | None, left: int, top: int, href: str | None) -> str:
    short_code, short = _cut(code), _cut(title or "")
    drawn = (
        f'<rect x="{left}" y="{top}" width="{BOX[0]}" height="{BOX[1]}" rx="4"/>'
        f'<text x="{left + 8}" y="{top + 18}" class="code">{text(short_code)}</text>'
        f'<text x="{left + 8}" y="{top + 36}">{text(short)}</text>'
    )
    if href is None:
        return f'<g class="here">{drawn}</g>'
    name = text(f"{code} {title or ''}".strip())
    return f'<a href="{text(href)}" aria-label="{name}">{drawn}</a>'


def _cut(words: str) -> str:
    return f"{words[: MOST - 1]}…" if len(words) > MOST else words
