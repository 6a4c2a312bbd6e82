"""Validate files, stores or statements in memory against a set of shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qualgraph.assets import ontology_files
from qualgraph.errors import DataError
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.namespaces import PREFIXES
from qualgraph.rdf import IRI, BlankNode, DefaultGraph, Quad, Triple, parse_file
from qualgraph.store.base import Store
from qualgraph.validation.base import Engine
from qualgraph.validation.facts import Facts
from qualgraph.validation.findings import Finding, Outcome, checks, findings
from qualgraph.validation.pyshacl_engine import PyShaclEngine
from qualgraph.validation.report import Report
from qualgraph.validation.shapes import ShapeSet, shape_set
from qualgraph.validation.terms import term_findings, uses_our_terms, with_term_checks
from qualgraph.validation.usage import usage_findings

Progress = Callable[[str, int], None]
"""Called with the name of a stage and the number of statements so far."""

REPORT_EVERY = 50_000
LOOKUP_GRAPHS = frozenset(
    Identifiers().graph(name) for name in (OwnGraph.ONTOLOGY, OwnGraph.VOCABULARY, OwnGraph.DERIVED)
)
SKIPPED_GRAPHS = frozenset({Identifiers().graph(OwnGraph.INGESTS)})
NAMESPACES_SHOWN = 3


def _quiet(stage: str, count: int) -> None:
    """Reports nothing."""


def validate_file(
    paths: Path | str | Sequence[Path | str],
    *,
    shapes: str | Path = "register",
    engine: Engine | None = None,
    progress: Progress = _quiet,
) -> Report:
    """Check one or more RDF files together, in any syntax that ``qualgraph.rdf`` reads.

    ``shapes`` is ``register`` or the path of shapes of your own. Statements of named graphs are checked together
    with all others; a finding names the document of the graph that it comes from, else the file.
    Raises DataError for a file that is not there or not valid RDF (with its line), before anything is checked.
    """
    files = [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]
    documents = {_file_graph(file): file.name for file in files}
    chosen = shape_set(shapes)
    quads = list(_counted(_read(files), progress))
    return validate_quads(
        quads,
        documents=documents,
        sources=tuple(file.name for file in files),
        shapes=chosen,
        engine=engine,
        progress=progress,
    )


def validate_store(
    store: Store,
    *,
    shapes: str | Path = "register",
    engine: Engine | None = None,
    progress: Progress = _quiet,
) -> Report:
    """Check everything in a store. Its ontology, vocabulary and derived graphs are for lookup and never blamed."""
    graphs = [graph for graph in store.graphs() if graph not in SKIPPED_GRAPHS]
    lookup = [graph for graph in graphs if graph in LOOKUP_GRAPHS]
    quads = list(_counted(_stored(store, (graph for graph in graphs if graph not in lookup)), progress))
    return validate_quads(
        quads,
        sources=(store.location,),
        shapes=shapes,
        engine=engine,
        background=list(_stored(store, lookup)),
        progress=progress,
    )


def validate_triples(
    triples: Iterable[Triple],
    *,
    name: str = "data",
    shapes: str | Path = "register",
    engine: Engine | None = None,
) -> Report:
    """Check triples in memory; ``name`` stands for their document in findings."""
    graph = IRI(f"urn:qualgraph:file:{quote(name)}")
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
    return validate_quads(quads, documents={graph.value: name}, sources=(name,), shapes=shapes, engine=engine)


def validate_quads(
    quads: Sequence[Quad],
    *,
    documents: Mapping[str, str] | None = None,
    sources: tuple[str, ...] = (),
    shapes: str | Path | ShapeSet = "register",
    engine: Engine | None = None,
    background: Sequence[Quad] = (),
    progress: Progress = _quiet,
) -> Report:
    """Check statements in memory. ``documents`` names graphs; ``background`` adds to the ontology for lookup."""
    chosen = shapes if isinstance(shapes, ShapeSet) else shape_set(shapes)
    runner = engine or PyShaclEngine()
    lookup = (*ontology(), *background)
    facts, known = Facts.of(quads, documents), Facts.of(lookup)
    ours = chosen.label == "register"
    found: list[Finding] = []
    if ours:
        found += term_findings(quads, facts, known)
    if not ours or uses_our_terms(facts):
        progress("checking", facts.statements)
        found += findings(runner.validate(quads, chosen.statements, lookup), chosen, facts)
    if ours:
        found += usage_findings(quads, facts, known, found)
    return _report(with_term_checks(chosen) if ours else chosen, runner, sources, facts, known, found)


def _report(
    shapes: ShapeSet,
    engine: Engine,
    sources: tuple[str, ...],
    facts: Facts,
    known: Facts,
    found: list[Finding],
) -> Report:
    checked = checks(shapes, found, facts, known)
    applied = any(check.outcome is not Outcome.NOT_APPLICABLE for check in checked)
    return Report(
        engine=engine.name,
        shapes=shapes.label,
        sources=sources,
        statements=facts.statements,
        findings=tuple(sorted(found, key=lambda finding: finding.severity.rank)),
        checks=tuple(checked),
        nothing=None if applied else _nothing(shapes, facts),
    )


def _nothing(shapes: ShapeSet, facts: Facts) -> str:
    """Why nothing was checked, so that an empty report is not taken for 'conforms'."""
    if not facts.statements:
        return "Nothing here to check: the data holds no statements."
    if shapes.label == "register" and not uses_our_terms(facts):
        return f"Nothing here to check: no qg: terms found; the data uses {_namespaces(facts)}."
    return f"Nothing here to check: none of {len(shapes.shapes)} shapes is about anything in the data."


def _namespaces(facts: Facts) -> str:
    counted: Counter[str] = Counter()
    for (_, iri), number in facts.terms.items():
        counted[iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] or iri] += number
    named = {namespace: f"{prefix}:" for prefix, namespace in PREFIXES.items()}
    return ", ".join(named.get(name, f"<{name}>") for name, _ in counted.most_common(NAMESPACES_SHOWN))


@cache
def ontology() -> tuple[Quad, ...]:
    """The ontology and its vocabularies, for lookup; alignments to other ontologies are left out."""
    return tuple(quad for file in ontology_files() for quad in parse_file(file))


def _read(files: Sequence[Path]) -> Iterator[Quad]:
    """The statements of files; those outside a named graph go into a graph that stands for the file."""
    for number, file in enumerate(files):
        if not file.is_file():
            raise DataError("is not a file.", where=str(file), hint="Give the path of an RDF file.")
        graph = IRI(_file_graph(file))
        for quad in parse_file(file):
            named = quad.graph_name
            yield Quad(
                _own(quad.subject, number),
                quad.predicate,
                _own(quad.object, number),
                graph if isinstance(named, DefaultGraph) else named,
            )


def _own(term: Any, number: int) -> Any:
    """Blank nodes of two files stay apart."""
    return BlankNode(f"f{number}{term.value}") if isinstance(term, BlankNode) else term


def _file_graph(file: Path) -> str:
    return f"urn:qualgraph:file:{quote(file.name)}"


def _stored(store: Store, graphs: Iterable[IRI]) -> Iterator[Quad]:
    for graph in graphs:
        for triple in store.triples(graph):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _counted(quads: Iterable[Quad], progress: Progress) -> Iterator[Quad]:
    for number, quad in enumerate(quads, start=1):
        if number % REPORT_EVERY == 0:
            progress("reading", number)
        yield quad
