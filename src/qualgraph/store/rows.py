"""The rows of a SELECT as Python values by column name, for the code that asks a store something itself."""

from __future__ import annotations

from typing import Any

from qualgraph.errors import StoreError
from qualgraph.rdf import python_value
from qualgraph.store.base import Store, Table

Row = dict[str, Any]
"""A value for each column, as ``qualgraph.rdf.python_value`` gives it."""


def selected(store: Store, sparql: str) -> list[Row]:
    """Every row of the answer; raises StoreError where the store gives no table, QueryError for a wrong query."""
    answer = store.query(sparql)
    if not isinstance(answer, Table):
        raise StoreError("gave no table for a SELECT query.", where=store.location)
    return [dict(zip(answer.columns, map(python_value, row), strict=True)) for row in answer.rows]
