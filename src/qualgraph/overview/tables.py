"""Records as a table: the rows that data frames, files and notebooks are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

from qualgraph.catalogue.result import Result
from qualgraph.rdf import Term
from qualgraph.store.base import Table
from qualgraph.triples.builder import term


def table_of(kind: type[Any], records: Sequence[Any]) -> Result:
    """One row for each record of a dataclass; where it was read becomes the columns ``document`` and ``line``.

    Several values of one field are joined by '; '. Records within records are left out: each has a table of its own.
    """
    columns = tuple(_columns(kind))
    rows = [tuple(map(_cell, _values(kind, record))) for record in records]
    return Result(Table(columns=columns, rows=iter(rows)))


def _columns(kind: type[Any]) -> Iterator[str]:
    for name, inner in _kinds(kind):
        if isinstance(inner, type) and is_dataclass(inner):
            yield from _columns(inner)
        elif not _of_records(inner):
            yield name


def _values(kind: type[Any], record: Any) -> Iterator[Any]:
    for name, inner in _kinds(kind):
        if isinstance(inner, type) and is_dataclass(inner):
            yield from _values(inner, getattr(record, name))
        elif not _of_records(inner):
            yield getattr(record, name)


def _kinds(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield field.name, hints[field.name]


def _of_records(hint: Any) -> bool:
    return any(is_dataclass(inner) for inner in get_args(hint))


def _cell(value: Any) -> Term | None:
    match value:
        case None:
            return None
        case tuple():
            return term("; ".join(map(str, value)))
        case bool() | int() | date() | str():
            return term(value)
        case _:
            return term(str(value))
