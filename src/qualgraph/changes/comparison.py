"""Two builds held against each other, aspect by aspect, as both are read in one order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal

from qualgraph.changes.questions import ASPECTS, COMPONENTS, OF_A_COMPONENT, PACKAGING, PREFIXES
from qualgraph.changes.rules import changed_rules
from qualgraph.errors import StoreError
from qualgraph.packaging import Difference
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.rdf import Literal as RdfLiteral
from qualgraph.store.base import Store, Table

Kind = Literal["new", "gone", "changed"]
KINDS: Final[tuple[Kind, ...]] = ("new", "gone", "changed")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is new, gone or changed: ``before`` was said of it and is no more, ``after`` is said of it now.

    What both builds say is in neither. ``rule`` is the difference of a packaging rule, which is in both builds.
    """

    aspect: str
    key: str
    kind: Kind
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rule: Difference | None = None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that changed, by aspect and then by what it is called."""

    before: str
    after: str
    found: tuple[Change, ...]

    def of(self, aspect: str) -> tuple[Change, ...]:
        """The changes of one aspect."""
        return tuple(change for change in self.found if change.aspect == aspect)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each aspect are new, gone and changed."""
        return {
            aspect: {kind: sum(one.kind == kind for one in self.of(aspect)) for kind in KINDS}
            for aspect in aspects()
        }


def aspects() -> tuple[str, ...]:
    """What is compared, in the order of a report."""
    names = list(ASPECTS)
    names.insert(names.index("mappings") + 1, PACKAGING)
    return tuple(names)


def changes(before: Store, after: Store, progress: Progress = no_progress) -> Changes:
    """Compare two builds; what changed is held in memory, and of the rest one thing at a time.

    Which document says something is not compared: a statement is gone when no document makes it any more. Of a
    component that is itself new or gone its mappings are told, and nothing else.
    """
    found: list[Change] = []
    names = aspects()
    moved: set[str] = set()
    for done, aspect in enumerate(names):
        progress(f"comparing {aspect}", done, len(names))
        skipped: Container[str] = moved if aspect in OF_A_COMPONENT else ()
        if aspect == PACKAGING:
            found += _rules(before, after, skipped)
        else:
            found += (one for one in _changed(aspect, before, after) if one.key not in skipped)
        if aspect == COMPONENTS:
            moved = {one.key for one in found if one.kind != "changed"}
    return Changes(before=before.location, after=after.location, found=tuple(found))


def _changed(aspect: str, before: Store, after: Store) -> Iterator[Change]:
    for key, old, new in _side_by_side(_said(before, aspect), _said(after, aspect)):
        if old != new:
            kind: Kind = "new" if not old else "gone" if not new else "changed"
            yield Change(
                aspect=aspect,
                key=key,
                kind=kind,
                before=tuple(sorted(old - new)),
                after=tuple(sorted(new - old)),
            )


def _said(store: Store, aspect: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each thing with everything that is said of it, in the order of what they are called."""
    answer = store.query(PREFIXES + ASPECTS[aspect])
    if not isinstance(answer, Table):
        raise StoreError("gave no table for a SELECT query.", where=store.location)
    pairs = ((_text(row[0]), _text(row[1])) for row in answer.rows)
    for key, rows in groupby(pairs, key=lambda pair: pair[0]):
        yield key, frozenset(said for _, said in rows)


def _text(cell: Any) -> str:
    return cell.value if isinstance(cell, RdfLiteral) else str(cell)


def _side_by_side(
    before: Iterator[tuple[str, frozenset[str]]], after: Iterator[tuple[str, frozenset[str]]]
) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    nothing: frozenset[str] = frozenset()
    old, new = next(before, None), next(after, None)
    while old or new:
        if old and (new is None or old[0] < new[0]):
            yield old[0], old[1], nothing
            old = next(before, None)
        elif new and (old is None or new[0] < old[0]):
            yield new[0], nothing, new[1]
            new = next(after, None)
        elif old and new:
            yield old[0], old[1], new[1]
            old, new = next(before, None), next(after, None)


def _rules(before: Store, after: Store, skipped: Container[str]) -> Iterable[Change]:
    for code, kind, found in changed_rules(before, after):
        if code not in skipped:
            rule = found if isinstance(found, Difference) else None
            said = (found,) if isinstance(found, str) else ()
            yield Change(aspect=PACKAGING, key=code, kind=kind, after=said, rule=rule)
