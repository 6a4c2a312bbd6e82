"""Rows of an answer as Python values, by column name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qualgraph.errors import StoreError
from qualgraph.overview.questions import PREFIXES
from qualgraph.overview.records import Source
from qualgraph.rdf import python_value
from qualgraph.store.base import Store, Table

Row = dict[str, Any]
"""A value for each column, as ``qualgraph.rdf.python_value`` gives it."""


def ask(store: Store, question: str, **filled: str) -> list[Row]:
    """The rows of one of ``questions``, with ``{name}`` replaced by what is given for it."""
    for name, value in filled.items():
        question = question.replace(f"{{{name}}}", value)
    answer = store.query(PREFIXES + question)
    if not isinstance(answer, Table):
        raise StoreError("gave no table for a SELECT query.", where=store.location)
    return [dict(zip(answer.columns, map(python_value, row), strict=True)) for row in answer.rows]


def source(row: Row) -> Source:
    """Where the fact of a row was read."""
    return Source(document=row["document"], line=row.get("line"))


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def grouped(rows: Iterable[Row], *keys: str) -> Iterator[list[Row]]:
    """Rows that agree in ``keys``, together, in the order in which each first stands."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    yield from groups.values()


def each_once(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values without None and without repetition, in order."""
    return tuple(dict.fromkeys(value for value in values if value is not None))
