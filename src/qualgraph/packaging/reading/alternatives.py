"""Alternatives of a page: the ways that sentences leave open, each settled with all that holds beside it.

A way is checked as the whole rule that it is together with the other sentences; where these would be read otherwise
beside another way, none of it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from qualgraph.packaging.reading.statements import Draft, asked
from qualgraph.packaging.reading.tally import Tally
from qualgraph.packaging.reading.ways import MOST_WAYS
from qualgraph.packaging.tree import EVERYONE, IMPORT, LISTED, Alternative, RuleStatement

MOST_VIEWS = 64
MOST_WORK = 2_000_000
_PREFIX = "alternative:"


@dataclass(frozen=True, kw_only=True)
class Fork:
    """A choice between ways: the scope that it holds in, and the scope of the drafts of each way.

    ``blocks``: each way is a run of sentences, and not one sentence.
    """

    choice: str
    parent: str
    scopes: tuple[str, ...]
    line: int
    text: str
    blocks: bool = False


@dataclass(kw_only=True)
class View:
    """One way of each choice with all that holds beside it: copies of drafts, and the places of the originals."""

    drafts: list[Draft]
    places: list[int]
    picked: tuple[str, ...]
    tally: Tally


@dataclass
class Forks:
    """The choices of a page, in the order of the text."""

    found: list[Fork] = field(default_factory=list)

    def scopes_of(self, number: int) -> tuple[str, ...]:
        """The scopes of so many ways of the next choice."""
        choice = len(self.found) + 1
        return tuple(f"{_PREFIX}{choice}{chr(ord('a') + at)}" for at in range(number))

    def add(
        self, parent: str, scopes: tuple[str, ...], line: int, text: str, *, blocks: bool = False
    ) -> None:
        """One more choice."""
        choice = str(len(self.found) + 1)
        self.found.append(
            Fork(choice=choice, parent=parent, scopes=scopes, line=line, text=text, blocks=blocks)
        )

    def parent(self, scope: str) -> str:
        """The scope that the choice holds in, of which the scope is a way; any other scope is its own."""
        return next((fork.parent for fork in self.found if scope in fork.scopes), scope)

    def is_way(self, scope: str) -> bool:
        """Whether the scope is that of one way of a choice."""
        return any(scope in fork.scopes for fork in self.found)

    def has_room(self, ways: int) -> bool:
        """Whether the ways of one more choice, with those of the others, are few enough to settle each."""
        return ways <= MOST_WAYS and ways * prod(len(fork.scopes) for fork in self.found) <= MOST_VIEWS

    def views(self, drafts: Sequence[Draft], tally: Tally) -> list[View]:
        """Every way of each choice with every way of the others; none where they are too many to settle each."""
        if not self.found:
            return [View(drafts=list(drafts), places=list(range(len(drafts))), picked=(), tally=tally)]
        number = prod(len(fork.scopes) for fork in self.found)
        if number * len(drafts) ** 2 > MOST_WORK:
            return []
        return [self._view(drafts, tally, picked) for picked in product(*(f.scopes for f in self.found))]

    def _view(self, drafts: Sequence[Draft], tally: Tally, picked: tuple[str, ...]) -> View:
        left_out = {scope for fork in self.found for scope in fork.scopes} - set(picked)
        places = [at for at, draft in enumerate(drafts) if draft.scope not in left_out]
        copies = [
            replace(
                drafts[at],
                scope=self.parent(drafts[at].scope),
                within=places.index(within) if (within := drafts[at].within) in places else None,
            )
            for at in places
        ]
        parents = {scope: self.parent(scope) for scope in picked}
        return View(drafts=copies, places=places, picked=picked, tally=tally.beside(parents))

    def alternatives(self, rules: Sequence[RuleStatement], tally: Tally) -> tuple[Alternative, ...]:
        """The ways as records."""
        return tuple(
            Alternative(
                path=f"packaging/alternative/{scope.removeprefix(_PREFIX)}",
                id=scope.removeprefix(_PREFIX),
                rules=tuple(rule.id for rule in rules if rule.scope == scope),
                choice=fork.choice,
                scope=fork.parent,
                total=tally.differing("total", scope),
                core=tally.differing("core", scope),
                elective=tally.differing("elective", scope),
            )
            for fork in self.found
            for scope in fork.scopes
        )

    def place_all(
        self, drafts: Sequence[Draft], tally: Tally, sizes: dict[str, int], *, minima_grow: bool = False
    ) -> bool:
        """Whether every way, with the sentences beside it, places the electives in the pools that these name.

        ``minima_grow``: 'at least 2' may take all that its pools hold.
        """
        for view in self.views(drafts, tally):
            for parent in {self.parent(scope) for scope in view.picked} or {EVERYONE}:
                own = [each for each in view.drafts if each.scope == parent and each.within is None]
                placed = sum(_places(each, sizes, minima_grow) for each in own if not each.narrows)
                electives = view.tally.electives(parent)
                if electives is None or placed < electives:
                    return False
        return True

    def of_the_last_or_all(self, drafts: Sequence[Draft]) -> Iterable[tuple[int, str]]:
        """Sentences at the end of the last block that let imports in, or take units away, where no other block does."""
        for fork in self.found:
            own = [draft for draft in drafts if draft.scope in fork.scopes]
            for kind in ([d for d in own if IMPORT in d.pools], [d for d in own if d.narrows]):
                if fork.blocks and kind and {draft.scope for draft in kind} == {fork.scopes[-1]}:
                    yield kind[-1].line, f"{kind[-1].text} [of the last block or of all]"


def _places(draft: Draft, sizes: dict[str, int], minima_grow: bool) -> int:
    placed = draft.n or asked(draft, sizes)
    if not minima_grow or draft.choice.amount != "min":
        return placed
    room = sum(sizes.values()) if LISTED in draft.pools else sum(sizes.get(pool, 0) for pool in draft.pools)
    return max(placed, room)


def merged(drafts: Sequence[Draft], views: Sequence[View]) -> list[str]:
    """Give each draft what its copies were settled as; those that differ between the ways come back as sentences."""
    unsettled: list[str] = []
    for at, draft in enumerate(drafts):
        copies = [_copy(view, at) for view in views if at in view.places]
        if not copies:
            continue
        first, *others = copies
        if any(_meaning(copy) != _meaning(first) for copy in others):
            unsettled.append(draft.text)
            continue
        _adopt(draft, first, copies)
    return unsettled


def _copy(view: View, at: int) -> Draft:
    copy = view.drafts[view.places.index(at)]
    return replace(copy, within=None if copy.within is None else view.places[copy.within])


def _meaning(draft: Draft) -> tuple[object, ...]:
    """What a draft asks; a maximum of what the ways leave is the same whichever way leaves more."""
    n = None if draft.kind == "max" and draft.choice.remaining else draft.n
    return (draft.kind, n, draft.pools, draft.within, draft.only, draft.choice.import_)


def _adopt(draft: Draft, first: Draft, copies: Sequence[Draft]) -> None:
    most = max(copies, key=lambda copy: copy.n or 0)
    draft.kind, draft.reading, draft.n = first.kind, first.reading, most.n
    draft.pools, draft.choice, draft.within = first.pools, first.choice, first.within
    draft.because = most.because
    if any(copy.n != most.n for copy in copies):
        draft.because = f"{most.because}, or fewer by the way that is chosen"
    draft.ambiguity = next((copy.ambiguity for copy in copies if copy.ambiguity), None)


def shared(forks: Forks, tally: Tally) -> None:
    """Give the award each number that it does not state and that all the ways of a choice state alike."""
    for fork in forks.found:
        if fork.parent == EVERYONE:
            tally.share(fork.scopes)
