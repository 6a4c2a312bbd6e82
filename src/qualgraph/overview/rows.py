"""An overview's questions asked of a store, and what is common to putting their rows together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qualgraph.overview.questions import PREFIXES
from qualgraph.overview.records import Source
from qualgraph.store.base import Store
from qualgraph.store.rows import Row, selected


def ask(store: Store, question: str, **filled: str) -> list[Row]:
    """The rows of one of ``questions``, with ``{name}`` replaced by what is given for it."""
    for name, value in filled.items():
        question = question.replace(f"{{{name}}}", value)
    return selected(store, PREFIXES + question)


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
