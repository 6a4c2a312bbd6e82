"""SHACL by pySHACL on a plain rdflib graph: the reference engine."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import pyshacl
import rdflib
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib.namespace import RDF, NamespaceManager
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query

from qualgraph.errors import DataError
from qualgraph.namespaces import SH
from qualgraph.rdf import IRI, Quad, Term, Triple
from qualgraph.store.memory import rdflib_statement, term_of
from qualgraph.validation.base import Result

SHACL = rdflib.Namespace(SH)


@lru_cache(maxsize=512)
def _prepared(sparql: str) -> Query:
    try:
        query = prepareQuery(sparql)
    except Exception as error:  # rdflib raises bare Exception for a prefix that is not declared
        raise DataError(f"holds SPARQL that cannot be parsed ({error}).", where="shapes") from error
    _reorder(query.algebra, frozenset({rdflib.Variable("this")}))
    return query


def _reorder(node: Any, known: frozenset[Any]) -> frozenset[Any]:
    """Put triple patterns in the order in which they hang together, from the focus node on.

    rdflib evaluates them in alphabetical order, which joins whole tables before it looks at the focus node.
    Returns the variables that are bound after ``node``.
    """
    if not isinstance(node, CompValue):
        return known
    if node.name == "BGP":
        node["triples"] = _connected(node.triples, known)
        return known.union(
            part for triple in node.triples for part in triple if isinstance(part, rdflib.Variable)
        )
    if node.name == "Union":
        return _reorder(node.p1, known) | _reorder(node.p2, known)
    for name in ("p", "p1", "p2"):
        known = _reorder(node.get(name), known)
    for exists in _exists_in(node.get("expr")):
        _reorder(exists.graph, known)
    return known


def _connected(triples: list[Any], known: frozenset[Any]) -> list[Any]:
    left, ordered, bound = list(triples), [], set(known)

    def unbound(triple: Any) -> int:
        ends = (triple[0], triple[2])
        return sum(isinstance(end, rdflib.Variable | rdflib.BNode) and end not in bound for end in ends)

    while left:
        best = min(left, key=unbound)
        left.remove(best)
        ordered.append(best)
        bound.update(best)
    return ordered


def _exists_in(expression: Any) -> Iterator[Any]:
    if isinstance(expression, CompValue):
        if expression.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            yield expression
        else:
            for part in expression.values():
                yield from _exists_in(part)
    elif isinstance(expression, list):
        for part in expression:
            yield from _exists_in(part)


class _Names(NamespaceManager):
    """Remembers how each IRI is written: pySHACL writes out the same ones for every value that it looks at."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self._bound: set[tuple[str | None, str]] = set()
        self._written: dict[str, str] = {}
        super().__init__(graph)

    def bind(self, prefix: str | None, namespace: Any, override: bool = True, replace: bool = False) -> None:
        """What rdflib's own method does, once for each prefix and namespace."""
        if (prefix, str(namespace)) not in self._bound:
            self._bound.add((prefix, str(namespace)))
            self._written.clear()
            super().bind(prefix, namespace, override, replace)

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803
        """What rdflib's own method says, kept."""
        if rdfTerm not in self._written:
            self._written[rdfTerm] = super().normalizeUri(rdfTerm)
        return self._written[rdfTerm]


def _named(graph: rdflib.Graph) -> rdflib.Graph:
    graph.namespace_manager = _Names(graph)
    return graph


class _PreparedGraph(rdflib.Graph):
    """Parses each query once: pySHACL hands the same text over for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Any:
        """What rdflib's own method does, on the parsed query."""
        parsed = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(parsed, *args, **options)


def _fill(graph: rdflib.Graph, statements: Iterable[Triple | Quad]) -> rdflib.Graph:
    for statement in statements:
        triple = statement.triple if isinstance(statement, Quad) else statement
        graph.add(rdflib_statement(triple, as_written=True))
    return graph


@contextmanager
def _without_literal_warnings() -> Iterator[None]:
    """rdflib logs a traceback for each literal like "10/Mar/2020"^^xsd:date; the shapes report it instead."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


class PyShaclEngine:
    """pySHACL without inference, advanced features or imports."""

    @property
    def name(self) -> str:
        """Library and version."""
        return f"pySHACL {version('pyshacl')}"

    def validate(
        self,
        data: Iterable[Triple | Quad],
        shapes: Iterable[Triple | Quad],
        background: Iterable[Triple | Quad] = (),
    ) -> list[Result]:
        """Every result; see ``Engine.validate``."""
        try:
            with _without_literal_warnings():
                graph = _fill(_fill(_named(_PreparedGraph()), data), background)
                shapes_graph = _fill(_named(rdflib.Graph()), shapes)
                _, report, text = pyshacl.validate(
                    graph, shacl_graph=shapes_graph, inference="none", advanced=False, do_owl_imports=False
                )
        except (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError) as error:
            raise DataError(f"cannot be used as SHACL shapes ({error}).", where="shapes") from error
        if not isinstance(report, rdflib.Graph):
            raise DataError(f"cannot be used as SHACL shapes ({text}).", where="shapes")
        return [_result(report, node) for node in report.subjects(RDF.type, SHACL.ValidationResult)]


def _result(report: rdflib.Graph, node: rdflib.term.Node) -> Result:
    def one(name: str) -> Term | None:
        found = report.value(node, SHACL[name])
        return None if found is None else term_of(found)

    focus, shape = one("focusNode"), one("sourceShape")
    component, severity = one("sourceConstraintComponent"), one("resultSeverity")
    path = one("resultPath")
    if focus is None or shape is None or not isinstance(component, IRI) or not isinstance(severity, IRI):
        raise DataError("the SHACL engine gave a result without focus, shape or severity.", where="shapes")
    return Result(
        focus=focus,
        shape=shape,
        component=component,
        severity=severity,
        path=path if isinstance(path, IRI) else None,
        value=one("value"),
        messages=tuple(sorted(str(message) for message in report.objects(node, SHACL.resultMessage))),
    )
