"""One subject of a graph with its statements, as the reader of a rule looks at it."""

from __future__ import annotations

from collections.abc import Iterable

from qualgraph.errors import DataError
from qualgraph.rdf import IRI, Literal, Term, Triple, python_value
from qualgraph.triples.builder import qg

Index = dict[IRI, dict[IRI, list[Term]]]


def indexed(triples: Iterable[Triple]) -> Index:
    """The triples by subject and predicate, each object once."""
    index: Index = {}
    for triple in triples:
        if isinstance(triple.subject, IRI):
            objects = index.setdefault(triple.subject, {}).setdefault(triple.predicate, [])
            if triple.object not in objects:
                objects.append(triple.object)  # type: ignore[arg-type]
    return index


class Node:
    """A subject. What it says is read by the name of a qualgraph term, or by an IRI."""

    def __init__(self, index: Index, iri: IRI) -> None:
        self._index = index
        self.iri = iri

    def values(self, predicate: str | IRI) -> list[Term]:
        """All objects of a predicate, in no order."""
        name = qg(predicate) if isinstance(predicate, str) else predicate
        return self._index.get(self.iri, {}).get(name, [])

    def value(self, predicate: str | IRI) -> Term | None:
        """The one object of a predicate, or None; raises DataError where there are several."""
        found = self.values(predicate)
        if len(found) > 1:
            said = " and ".join(sorted(str(python_value(term)) for term in found)[:3])
            raise self._broken(f"says {said} at once of {predicate}")
        return found[0] if found else None

    def text(self, predicate: str | IRI) -> str | None:
        """The text of a literal."""
        found = self.value(predicate)
        return found.value if isinstance(found, Literal) else None

    def number(self, predicate: str) -> int | None:
        """A whole number; raises DataError for a literal that is none."""
        found = python_value(self.value(predicate))
        if found is not None and (isinstance(found, bool) or not isinstance(found, int)):
            raise self._broken(f"has {found!r} as {predicate}, which is no whole number")
        return found

    def flag(self, predicate: str) -> bool:
        """True where the thing says so; False where it says nothing."""
        return python_value(self.value(predicate)) is True

    def line(self) -> int | None:
        """The line it was read from; the first of several."""
        lines = [found for found in map(python_value, self.values("sourceLine")) if isinstance(found, int)]
        return min(lines, default=None)

    def needed(self, predicate: str | IRI) -> str:
        """A text that must be there; raises DataError where it is not."""
        found = self.text(predicate)
        if found is None:
            raise self._broken(f"has no {predicate}")
        return found

    def word(self, predicate: str, words: tuple[str, ...]) -> str:
        """A text that must be one of these words; raises DataError for another."""
        found = self.needed(predicate)
        if found not in words:
            raise self._broken(f"has {found!r} as {predicate}, which is none of {', '.join(words)}")
        return found

    def one(self, predicate: str) -> Node | None:
        """The one thing linked by a predicate, or None."""
        found = self.value(predicate)
        return Node(self._index, found) if isinstance(found, IRI) else None

    def parts(self, predicate: str) -> list[Node]:
        """The things linked by a predicate in the order of their positions, then lines, then IRIs."""
        found = [Node(self._index, iri) for iri in self.values(predicate) if isinstance(iri, IRI)]
        return sorted(
            found, key=lambda node: (node.number("position") or 0, node.line() or 0, node.iri.value)
        )

    def _broken(self, what: str) -> DataError:
        return DataError(
            f"{what}, so the packaging rule cannot be read.",
            where=self.iri.value,
            hint="Build or ingest its document again with this version of qualgraph.",
        )
