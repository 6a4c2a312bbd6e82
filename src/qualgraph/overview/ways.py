"""The ways along a chain of supersession, and what each is worth, all documents together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, Protocol

UNKNOWN: Final = "UNKNOWN"


class Link(Protocol):
    """A step from an older component to its successor, as one document states it."""

    @property
    def old(self) -> str:
        """Code of the superseded component."""
        ...

    @property
    def new(self) -> str:
        """Code of its successor."""
        ...

    @property
    def new_title(self) -> str | None:
        """Title of the successor."""
        ...

    @property
    def equivalence(self) -> str:
        """Equivalent or NotEquivalent, or NotDetermined where the document does not say."""
        ...


class Ways:
    """The ways from a component along its successors; what each step is worth all documents together."""

    def __init__(self, start: str, steps: Sequence[Link]) -> None:
        self.start = start
        self.titles = {step.new: step.new_title for step in steps}
        said: dict[tuple[str, str], set[str]] = {}
        for step in steps:
            stated = {step.equivalence} - {"NotDetermined"}
            said.setdefault((step.old, step.new), set()).update(stated)
        self._worth = {
            pair: min(all_said) if len(all_said) == 1 else UNKNOWN for pair, all_said in said.items()
        }
        left = {old for old, _ in self._worth}
        self.ends = sorted({new for _, new in self._worth} - left)
        self.circle = self._has_circle()

    def _has_circle(self) -> bool:
        """Whether components are left over when those without successors are taken away again and again."""
        edges = set(self._worth)
        while edges:
            going_on = {old for old, _ in edges}
            kept = {(old, new) for old, new in edges if new in going_on}
            if kept == edges:
                return True
            edges = kept
        return False

    def to(self, end: str) -> tuple[tuple[str, ...], str]:
        """A path to an end, of equivalent steps where there is one, and the equivalence of the path."""
        path = self._shortest(end, lambda worth: worth == "Equivalent") or self._shortest(end, lambda _: True)
        worths = {self._worth[pair] for pair in pairwise(path)}
        if worths == {"Equivalent"}:
            return path, "Equivalent"
        return path, "NotEquivalent" if "NotEquivalent" in worths else UNKNOWN

    def _shortest(self, end: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
        came_from: dict[str, str] = {self.start: ""}
        edge = [self.start]
        while edge and end not in came_from:
            reached = sorted(
                (new, old) for (old, new), worth in self._worth.items() if old in edge and fits(worth)
            )
            edge = []
            for new, old in reached:
                if new not in came_from:
                    came_from[new] = old
                    edge.append(new)
        path: list[str] = []
        at = end if end in came_from else ""
        while at:
            path.append(at)
            at = came_from[at]
        return tuple(reversed(path))
