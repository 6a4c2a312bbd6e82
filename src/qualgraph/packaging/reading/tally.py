"""The counts that a page states: for the plain award, and for each of its streams that has numbers of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualgraph.packaging.reading.readings import Count
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.tree import EVERYONE


class Tally:
    """Counts by scope, each with the sentence that states it; a stream without its own has those of the award."""

    def __init__(self) -> None:
        self.by_scope: dict[str, dict[str, Count]] = {EVERYONE: {}}
        self.lines: dict[str, Sentence] = {}

    def take(self, count: Count, sentence: Sentence, scope: str = EVERYONE) -> bool:
        """Keep the count; False where the scope states another number of the same."""
        stated = [replace(count, of=of) for of in ("total", "core")] if count.of == "whole" else [count]
        own = self.by_scope.setdefault(scope, {})
        if any(own.get(each.of, each) != each for each in stated):
            return False
        for each in stated:
            own[each.of] = each
            self.lines.setdefault(each.of, sentence)
        return True

    def own(self, scope: str) -> dict[str, Count]:
        """What the scope itself states."""
        return self.by_scope.get(scope, {})

    def n(self, of: str, scope: str = EVERYONE) -> int | None:
        """The number that the scope states, or else the award."""
        count = self.own(scope).get(of) or self.own(EVERYONE).get(of)
        return count.n if count else None

    def whole(self) -> int | None:
        """The number of units in all: as stated, or the sum of the core and the electives that the award states."""
        own = self.own(EVERYONE)
        if "total" in own or not {"core", "elective"} <= own.keys():
            return self.n("total")
        return own["core"].n + own["elective"].n

    def differing(self, of: str, scope: str) -> int | None:
        """The number that a stream states where it is not that of the award."""
        own = self.own(scope).get(of)
        return own.n if own and own != self.own(EVERYONE).get(of) else None

    def electives(self, scope: str = EVERYONE) -> int | None:
        """The number of electives: as stated, or the total less the core."""
        own = self.own(scope).get("elective")
        if own:
            return own.n
        total, core = self.n("total", scope), self.n("core", scope)
        if {"total", "core"} & self.own(scope).keys() and total is not None and core is not None:
            return total - core
        return self.n("elective")

    def beside(self, parents: Mapping[str, str]) -> Tally:
        """The counts where each scope holds in the place of its parent: its own numbers, else the parent's."""
        view = Tally()
        view.lines = self.lines
        view.by_scope = {scope: dict(counts) for scope, counts in self.by_scope.items()}
        for scope, parent in parents.items():
            if self.own(scope):
                view.by_scope[parent] = {**self.own(parent), **self.own(scope)}
        return view

    @property
    def points(self) -> bool:
        """Whether the page counts points."""
        return any(count.points for counts in self.by_scope.values() for count in counts.values())

    def share(self, scopes: Iterable[str]) -> None:
        """Give the award each number that it does not state and that all its streams state alike."""
        streams = [self.own(scope) for scope in scopes]
        for of in ("total", "core", "elective"):
            stated = {counts.get(of) for counts in streams}
            count = next(iter(stated), None)
            if count and len(stated) == 1:
                self.by_scope[EVERYONE].setdefault(of, count)
