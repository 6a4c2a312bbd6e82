"""Triples as the bytes of a file, in the syntax that the file's name says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from qualgraph.namespaces import PREFIXES
from qualgraph.rdf import (
    IRI,
    Quad,
    RdfFormat,
    Triple,
    canonical_turtle,
    format_of,
    ntriples,
    serialize,
    sorted_triples,
)


def serialised(graphs: Mapping[IRI, Iterable[Triple]], out: Path) -> bytes:
    """Named graphs for a syntax that has them (.nq, .trig), else all their triples together.

    The same graphs always give the same bytes. Raises DataError for a name that says no syntax.
    """
    syntax = format_of(out)
    together = chain.from_iterable(graphs.values())
    if syntax == RdfFormat.TURTLE:
        return canonical_turtle(together).encode()
    if syntax == RdfFormat.N_TRIPLES:
        return ntriples(together).encode()
    if syntax.supports_datasets:
        quads = [
            Quad(triple.subject, triple.predicate, triple.object, name)
            for name in sorted(graphs, key=str)
            for triple in sorted_triples(graphs[name])
        ]
        return serialize(quads, format=syntax, prefixes=PREFIXES) or b""
    return serialize(sorted_triples(together), format=syntax, prefixes=PREFIXES) or b""
