"""A store on rdflib, in memory: the second engine that every query is checked on, and what pySHACL reads."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from qualgraph.errors import QueryError, UsageError
from qualgraph.namespaces import XSD
from qualgraph.rdf import IRI, BlankNode, Literal, Term, Triple
from qualgraph.store.base import Answer, Row, Store, graph, table
from qualgraph.store.sparql import ReadQuery, iri_text, quoted
from qualgraph.store.tokens import Token, tokens

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_STRING = f"{XSD}string"
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class _Dataset(rdflib.Dataset):
    """A dataset without the deprecation warnings that rdflib's own query engine sets off."""

    default_context = rdflib.Dataset.default_graph
    contexts = rdflib.Dataset.graphs


class MemoryStore(Store):
    """Named graphs in rdflib. Slower than Oxigraph; a query cannot be stopped, so it takes no time-out."""

    def __init__(self, *, allow_service: bool | Collection[str] = False) -> None:
        super().__init__("memory (rdflib)", read_only=False, allow_service=allow_service)
        self._dataset = _Dataset(default_union=True)
        self._writing = threading.Lock()

    def _answer(self, query: ReadQuery, timeout: float | None) -> Answer:
        if timeout is not None:
            raise UsageError(
                "a query on a store in memory cannot be stopped once it runs, so it takes no time-out.",
                hint="Leave the time-out away, or use a store on disk or an endpoint.",
            )
        prepared = _prepared(query)
        try:
            result = _without_fetching(self._dataset, prepared).query(prepared)
            if result.type == "ASK":
                return bool(result.askAnswer)
            if result.type != "SELECT":
                return graph([_triple(*statement) for statement in result.graph or ()])
            solutions: Any = result  # typed as if every kind of result came from every query
            columns = [str(variable) for variable in result.vars or ()]
            rows: list[Row] = [tuple(_cell(cell) for cell in row) for row in solutions]
        except Exception as error:  # rdflib raises bare Exception for what it cannot evaluate
            raise QueryError(f"could not be answered: {error}.", where="query") from error
        return table(query, columns, rows)

    def graphs(self) -> tuple[IRI, ...]:
        """The names of all graphs that hold a triple, sorted."""
        held = (context for context in self._named() if len(context))
        return tuple(sorted((IRI(str(context.identifier)) for context in held), key=str))

    def _named(self) -> Iterator[rdflib.Graph]:
        default = self._dataset.default_graph.identifier
        return (context for context in self._dataset.graphs() if context.identifier != default)

    def count(self, graph: IRI | None = None) -> int:
        """How many triples a graph holds, or all graphs together."""
        if graph is None:
            return sum(len(context) for context in self._named())
        return len(self._dataset.graph(rdflib_node(graph)))

    def triples(self, graph: IRI) -> Iterator[Triple]:
        """The triples of one graph, as it is now."""
        held = list(self._dataset.graph(rdflib_node(graph)))
        return (_triple(*statement) for statement in held)

    def replace_graphs(self, graphs: Mapping[IRI, Iterable[Triple]], *, drop: Iterable[IRI] = ()) -> None:
        """Convert everything first, then swap: what raises on the way changes nothing."""
        ready = {
            rdflib_node(name): [rdflib_statement(triple) for triple in triples]
            for name, triples in graphs.items()
        }
        gone = {*ready, *(rdflib_node(name) for name in drop)}
        with self._writing:
            for name in gone:
                self._dataset.remove_graph(self._dataset.graph(name))
            for name, statements in ready.items():
                context = self._dataset.graph(name)
                context.addN((*statement, context) for statement in statements)

    def close(self) -> None:
        """Nothing to let go of."""


def _prepared(query: ReadQuery) -> Query:
    """The query parsed by rdflib, after its escapes are read as the specification reads them."""
    try:
        return prepareQuery("".join(_unescaped(token) for token in tokens(query.text)))
    except Exception as error:  # rdflib raises bare Exception for an unknown prefix
        raise QueryError(f"is not valid SPARQL: {error}.", where="query") from error


def _unescaped(token: Token) -> str:
    r"""Strings and IRIs without ``\u`` and tabs.

    rdflib expands ``\u`` before it reads strings, also after a backslash, and makes spaces of a tab.
    """
    if token.kind == "string" and ("\\" in token.text or "\t" in token.text):
        edge = 3 if token.text[:3] in ('"""', "'''") else 1
        return quoted(_ESCAPE.sub(_expanded, token.text[edge:-edge]))
    if token.kind == "iri" and "\\" in token.text:
        return iri_text(_ESCAPE.sub(_expanded, token.text[1:-1]))
    return token.text


def _expanded(match: re.Match[str]) -> str:
    point = match.group(1) or match.group(2)
    return chr(int(point, 16)) if point else _SHORT.get(match.group(3), match.group(3))


def _without_fetching(dataset: rdflib.Dataset, prepared: Query) -> rdflib.Dataset:
    """The dataset that FROM and FROM NAMED pick. rdflib would fetch a graph it does not hold from the web."""
    clause = prepared.algebra.datasetClause
    if not clause:
        return dataset
    prepared.algebra["datasetClause"] = None
    picked = _Dataset(default_union=False)
    for part in clause:
        target = picked.default_graph if part.default else picked.graph(part.named)
        for statement in dataset.graph(part.default or part.named):
            target.add(statement)
    return picked


def rdflib_node(term: Term, *, as_written: bool = False) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """A term as rdflib has it; ``as_written`` keeps ``"007"^^xsd:integer`` where rdflib would make it ``"7"``."""
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return rdflib.Literal(term.value)  # rdflib holds "a" and "a"^^xsd:string for two terms
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False if as_written else None)


def rdflib_statement(triple: Triple, *, as_written: bool = False) -> tuple[Node, Node, Node]:
    """A triple as rdflib has it; see ``rdflib_node``."""
    subject, predicate, value = (rdflib_node(term, as_written=as_written) for term in triple)
    return subject, predicate, value


def _cell(node: Any) -> Term | None:
    return None if node is None else term_of(node)


def term_of(node: Any) -> Term:
    """An rdflib node as a term."""
    if isinstance(node, rdflib.URIRef):
        return IRI(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=IRI(str(node.datatype)) if node.datatype else None)


def _triple(subject: Any, predicate: Any, value: Any) -> Triple:
    return Triple(term_of(subject), term_of(predicate), term_of(value))  # type: ignore[arg-type]
