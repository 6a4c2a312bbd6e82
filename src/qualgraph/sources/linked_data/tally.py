"""What of an RDF file was not read, or was taken for something else: each kind once, by count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from qualgraph.model import Problem, ProblemKind
from qualgraph.namespaces import prefixed
from qualgraph.sources.tokens import problem

MOST: Final = 100
"""Kinds that are told; a file with more has a word on how many are left out."""


class Tally:
    """Counts by what was met; it grows with the kinds of things and not with the file."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()

    def taken(self, doubt: str) -> None:
        """Something was read as something else: a misspelt term, an IRI of another form."""
        self._count(self._taken, doubt)

    def misspelt(self, seen: str, meant: str) -> None:
        """A term was taken for another."""
        self.taken(f"{prefixed(seen)} taken for {prefixed(meant)}")

    def unread(self, what: str, number: int = 1) -> None:
        """Something was left unread."""
        self._count(self._unread, what, number)

    def _count(self, counter: Counter[str], key: str, number: int = 1) -> None:
        counter[key if key in counter or len(counter) < MOST else "of other kinds"] += number

    def problems(self) -> Iterator[Problem]:
        """One for each kind, in order of what was met most."""
        for what, number in sorted(self._taken.items(), key=_rank):
            yield problem(ProblemKind.RESIDUE, f"{what} ({_times(number)}).", None)
        for what, number in sorted(self._unread.items(), key=_rank):
            yield problem(ProblemKind.NOT_READ, f"{number:,} statements not read: {what}.", None, info=True)


def _rank(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"
