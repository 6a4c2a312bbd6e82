"""SHACL by pySHACL on a plain rdflib graph: the reference engine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import pyshacl
import rdflib
from pyshacl.errors import ConstraintLoadError, RuleLoadError, ShapeLoadError
from rdflib.namespace import RDF
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from qualgraph.errors import DataError
from qualgraph.namespaces import SH
from qualgraph.rdf import IRI, BlankNode, Literal, Quad, Term, Triple
from qualgraph.validation.base import Result

SHACL = rdflib.Namespace(SH)


@lru_cache(maxsize=512)
def _prepared(sparql: str) -> Query:
    return prepareQuery(sparql)


class _PreparedGraph(rdflib.Graph):
    """Parses each query once: pySHACL hands the same text over for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Any:
        """What rdflib's own method does, on the parsed query."""
        parsed = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(parsed, *args, **options)


def _node(term: Term) -> rdflib.term.Node:
    match term:
        case IRI():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case _:
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            if term.datatype.value == str(rdflib.XSD.string):
                return rdflib.Literal(term.value)
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _term(node: rdflib.term.Node) -> Term:
    match node:
        case rdflib.Literal():
            if node.language:
                return Literal(str(node), language=node.language)
            return (
                Literal(str(node), datatype=IRI(str(node.datatype))) if node.datatype else Literal(str(node))
            )
        case rdflib.BNode():
            return BlankNode(str(node))
        case _:
            return IRI(str(node))


def _fill(graph: rdflib.Graph, statements: Iterable[Triple | Quad]) -> rdflib.Graph:
    for statement in statements:
        subject, predicate = _node(statement.subject), _node(statement.predicate)  # type: ignore[arg-type]
        graph.add((subject, predicate, _node(statement.object)))  # type: ignore[arg-type]
    return graph


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
        graph = _fill(_fill(_PreparedGraph(), data), background)
        shapes_graph = _fill(rdflib.Graph(), shapes)
        try:
            _, report, text = pyshacl.validate(
                graph, shacl_graph=shapes_graph, inference="none", advanced=False, do_owl_imports=False
            )
        except (ConstraintLoadError, RuleLoadError, ShapeLoadError) as error:
            raise DataError(f"cannot be used as SHACL shapes ({error}).", where="shapes") from error
        if not isinstance(report, rdflib.Graph):
            raise DataError(f"cannot be used as SHACL shapes ({text}).", where="shapes")
        return [_result(report, node) for node in report.subjects(RDF.type, SHACL.ValidationResult)]


def _result(report: rdflib.Graph, node: rdflib.term.Node) -> Result:
    def one(name: str) -> Term | None:
        found = report.value(node, SHACL[name])
        return None if found is None else _term(found)

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
