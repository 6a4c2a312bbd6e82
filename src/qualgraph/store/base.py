"""What every store can do, wherever its triples are: answer read-only SPARQL, and replace whole named graphs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from qualgraph.rdf import IRI, QueryBoolean, QueryResultsFormat, Term, Triple, parse_query_results
from qualgraph.store.sparql import ReadQuery, read_query

Row = tuple[Term | None, ...]

ENDPOINT_TIMEOUT: Final = 60.0
"""Seconds that an endpoint has for each attempt, unless said otherwise."""
ENDPOINT_RETRIES: Final = 3
"""How often an endpoint that is busy or cannot be reached is asked again, unless said otherwise."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The answer to a SELECT: rows of terms, None where a cell has no value.

    ``rows`` can be read once: a store may still be finding them while you read.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The answer to a CONSTRUCT or DESCRIBE: each triple once, in no order. It can be read once."""

    triples: Iterator[Triple]


Answer = Table | Graph | bool


class Store(ABC):
    """Named graphs of triples that answer questions.

    A query that names no graph sees all named graphs together. Nothing is ever stored outside a named graph,
    and a graph without triples does not exist.
    """

    location: str
    read_only: bool

    def __init__(self, location: str, *, read_only: bool, allow_service: bool | Collection[str]) -> None:
        self.location = location
        self.read_only = read_only
        self._allow_service = allow_service

    def query(self, sparql: str, *, timeout: float | None = None) -> Answer:
        """The answer to a SELECT, ASK, CONSTRUCT or DESCRIBE; ``timeout`` in seconds where the store has one.

        Raises QueryError for a query that is wrong, writes, or calls another endpoint by SERVICE.
        """
        return self._answer(read_query(sparql, allow_service=self._allow_service), timeout)

    @abstractmethod
    def _answer(self, query: ReadQuery, timeout: float | None) -> Answer:
        """Run a query that has been found to read only."""

    @abstractmethod
    def graphs(self) -> tuple[IRI, ...]:
        """The names of all graphs that hold a triple, sorted."""

    @abstractmethod
    def count(self, graph: IRI | None = None) -> int:
        """How many triples a graph holds, or all graphs together (a triple in two graphs counts twice)."""

    @abstractmethod
    def triples(self, graph: IRI) -> Iterator[Triple]:
        """The triples of one graph, in no order; none for a graph that is not there."""

    @abstractmethod
    def replace_graphs(self, graphs: Mapping[IRI, Iterable[Triple]], *, drop: Iterable[IRI] = ()) -> None:
        """Put these triples in the place of what these graphs held, and remove the graphs in ``drop``.

        One transaction: all of it happens or, whatever is raised on the way, nothing. A graph in both is replaced.
        The graphs are read one after the other in their order, each once.
        Raises StoreReadOnlyError where the store cannot be written.
        """

    def remove_graph(self, graph: IRI) -> None:
        """Remove one graph; nothing happens if it is not there."""
        self.replace_graphs({}, drop=[graph])

    @abstractmethod
    def close(self) -> None:
        """Let go of files and locks. A closed store is not used again."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def table(query: ReadQuery, columns: Iterable[str], rows: Iterable[Row]) -> Table:
    """A table whose ``SELECT *`` columns stand in the order in which the query names them, on every engine."""
    found = tuple(columns)
    if query.star is None:
        return Table(columns=found, rows=iter(rows))
    place = {name: position for position, name in enumerate(query.star)}
    order = sorted(range(len(found)), key=lambda index: (place.get(found[index], len(place)), found[index]))
    return Table(
        columns=tuple(found[index] for index in order),
        rows=(tuple(row[index] for index in order) for row in rows),
    )


def graph(triples: Iterable[Triple]) -> Graph:
    """A graph answer that gives each triple once."""
    return Graph(triples=iter(dict.fromkeys(triples)))


def parsed_results(query: ReadQuery, data: bytes, syntax: QueryResultsFormat) -> Table | bool:
    """The answer in a SPARQL results document, read whole; raises SyntaxError or ValueError if it is not one."""
    results = parse_query_results(data, syntax)
    try:
        if isinstance(results, QueryBoolean):
            return bool(results)
        columns = [variable.value for variable in results.variables]
        return table(
            query, columns, list(map(tuple, results))
        )  # a comprehension's frame would hold the results
    finally:
        del results  # an error would keep them alive, and they may only be dropped in this thread
