"""Questions put to a store: a query of the catalogue with its values, or SPARQL that somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping

from qualgraph.catalogue.index import Query
from qualgraph.catalogue.result import Result
from qualgraph.store.base import Store
from qualgraph.store.sparql import with_known_prefixes


def run(
    store: Store, query: Query, values: Mapping[str, object] | None = None, *, timeout: float | None = None
) -> Result:
    """The answer to a question of the catalogue; raises ParameterError for values it cannot take."""
    return Result(store.query(query.sparql(values), timeout=timeout))


def run_text(store: Store, sparql: str, *, timeout: float | None = None) -> Result:
    """The answer to any reading query; qualgraph's own prefixes need no declaration in it."""
    return Result(store.query(with_known_prefixes(sparql), timeout=timeout))
