"""Rows of a SELECT as Python values, alike on every store."""

from __future__ import annotations

import pytest

from qualgraph.errors import StoreError
from qualgraph.store import Store
from qualgraph.store.rows import selected
from small_register import G1, triples_of

THINGS = triples_of("<a:a> <a:count> 3 ; <a:label> 'three' . <a:b> <a:count> 4 .")


def test_rows_are_python_values_by_column_and_none_where_a_cell_has_no_value(writable: Store) -> None:
    writable.replace_graphs({G1: THINGS})
    question = "SELECT ?count ?label { ?thing <a:count> ?count OPTIONAL { ?thing <a:label> ?label } } ORDER BY ?count"
    assert selected(writable, question) == [{"count": 3, "label": "three"}, {"count": 4, "label": None}]


def test_an_answer_that_is_no_table_is_refused(writable: Store) -> None:
    with pytest.raises(StoreError, match="no table"):
        selected(writable, "ASK { ?s ?p ?o }")
