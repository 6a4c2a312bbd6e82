"""The questions about faults asked of a store, one after the other: how many rows each gives, with some of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from qualgraph.catalogue import Query, Severity, discover
from qualgraph.errors import (
    EndpointAnswerError,
    EndpointTimeoutError,
    QualgraphError,
    QueryError,
    QueryTimeoutError,
    StoreError,
)
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.rdf import Term, python_value
from qualgraph.store.base import Store, Table

SHOWN: Final = 3
"""How many rows of each answer are kept as examples, unless said otherwise."""
_OUT_OF_TIME: Final = (QueryTimeoutError, EndpointTimeoutError)
_OF_ONE_QUESTION: Final = (QueryError, EndpointTimeoutError, EndpointAnswerError)
"""What may keep one question from an answer and not the next; anything else ends a run."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One question about faults and what it found.

    ``things`` counts the different values of the first column: two rows may speak of one component. ``examples`` are
    the first rows, as text. ``seconds`` is the time that the answer took. For a question that was not answered, rows
    and things are None, never 0, and ``not_answered`` says why; it is empty for all others.
    """

    query: Query
    rows: int | None
    things: int | None
    examples: tuple[dict[str, str], ...]
    seconds: float
    not_answered: str = ""

    @property
    def severity(self) -> Severity:
        """How bad each row is."""
        return self.query.severity or Severity.INFO


@dataclass(frozen=True, kw_only=True)
class Quality:
    """All that was asked, the worst severity first and then by name."""

    location: str
    checks: tuple[Checked, ...]

    @property
    def unanswered(self) -> tuple[Checked, ...]:
        """The questions that were not answered, in the same order."""
        return tuple(check for check in self.checks if check.not_answered)

    def rows(self, severity: Severity) -> int:
        """How many rows of this severity were found by the questions that were answered."""
        return sum(check.rows or 0 for check in self.checks if check.severity is severity)

    def fails(self, least: Severity) -> bool:
        """Whether anything as bad as this was found by the questions that were answered."""
        return any(check.rows and _rank(check.severity) <= _rank(least) for check in self.checks)


def _rank(severity: Severity) -> int:
    return list(Severity).index(severity)


def questions(catalogue: Iterable[Query], severities: Collection[Severity]) -> list[Query]:
    """The questions of these severities, the worst first and then by name."""
    asked = [query for query in catalogue if query.severity in severities]
    return sorted(asked, key=lambda query: (_rank(query.severity or Severity.INFO), query.name))


def quality(
    store: Store,
    severities: Collection[Severity] = tuple(Severity),
    *,
    catalogue: Iterable[Query] | None = None,
    examples: int = SHOWN,
    timeout: float | None = None,
    progress: Progress = no_progress,
) -> Quality:
    """Ask everything that has one of these severities; ``timeout`` in seconds bounds each question.

    A question that runs out of time, or fails, is told as not answered, and the next one is asked. Raises what a
    question failed with (QueryError, EndpointAnswerError) where not one was answered and time was not the reason.
    """
    asked = questions(discover() if catalogue is None else catalogue, severities)
    checks: list[Checked] = []
    failures: list[QualgraphError] = []
    for done, query in enumerate(asked):
        progress(f"asking {query.name}", done, len(asked))
        started = perf_counter()
        try:
            checks.append(_checked(store, query, examples, timeout))
        except _OF_ONE_QUESTION as error:
            failures.append(error)
            checks.append(_unanswered(query, error, timeout, perf_counter() - started))
    if len(failures) == len(asked):
        for failure in failures:
            if not isinstance(failure, _OUT_OF_TIME):
                raise failure
    return Quality(location=store.location, checks=tuple(checks))


def _checked(store: Store, query: Query, examples: int, timeout: float | None) -> Checked:
    started = perf_counter()
    answer = store.query(query.sparql(), timeout=timeout)
    if not isinstance(answer, Table):
        raise StoreError("gave no table for a SELECT query.", where=store.location)
    kept: list[dict[str, str]] = []
    things: set[Term | None] = set()
    rows = 0
    for rows, row in enumerate(answer.rows, start=1):
        things.add(row[0])
        if rows <= examples:
            kept.append(dict(_cells(answer.columns, row)))
    return Checked(
        query=query,
        rows=rows,
        things=len(things),
        examples=tuple(kept),
        seconds=perf_counter() - started,
    )


def _unanswered(query: Query, error: QualgraphError, timeout: float | None, seconds: float) -> Checked:
    timed = timeout is not None and isinstance(error, _OUT_OF_TIME)
    reason = f"ran out of {timeout:g} s" if timed else error.what.rstrip(".")
    return Checked(query=query, rows=None, things=None, examples=(), seconds=seconds, not_answered=reason)


def _cells(columns: Iterable[str], row: Iterable[Term | None]) -> Iterator[tuple[str, str]]:
    for name, cell in zip(columns, row, strict=True):
        yield name, "" if cell is None else " ".join(str(python_value(cell)).split())
