"""Oxigraph against rdflib on what qualgraph ships: loading ``data/`` and every catalogue query, in one run.

    python benchmarks/load_and_query.py [--repeat 5]

Prints medians in milliseconds and the ratio rdflib / Oxigraph (above 1: Oxigraph is faster). Each catalogue query
runs with the example values of its header. Loading is ontology, vocabularies, documents and derivation.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from qualgraph.catalogue.index import Query
from qualgraph.graph import Graph
from qualgraph.pipeline import build
from qualgraph.store import MemoryStore, OxigraphStore, Store


def median_ms(work: Callable[[], object], repeat: int) -> float:
    """The median wall time of ``work`` in milliseconds, after one run that does not count."""
    work()
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def report(name: str, oxigraph: float, rdflib: float) -> None:
    """One line of the table."""
    print(f"{name:<44}{oxigraph:>12.2f}{rdflib:>12.2f}{rdflib / oxigraph:>10.1f}")


def load(make: Callable[[], Store]) -> Store:
    """A fresh store filled with everything that is shipped."""
    store = make()
    build(store)
    return store


def asking(graph: Graph, query: Query) -> Callable[[], object]:
    """The question with its header's example values, its answer read to the end."""

    def ask() -> object:
        result = graph.query(query.name, **query.example)
        return result.rows if query.form == "SELECT" else list(result.triples)

    return ask


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5, help="counted runs of each measurement (default 5)")
    repeat = parser.parse_args().repeat
    print(f"{'':<44}{'Oxigraph ms':>12}{'rdflib ms':>12}{'ratio':>10}")
    report(
        "build (load, derive)",
        median_ms(lambda: load(lambda: OxigraphStore(None)), repeat),
        median_ms(lambda: load(MemoryStore), repeat),
    )
    fast, slow = Graph(load(lambda: OxigraphStore(None))), Graph(load(MemoryStore))
    ratios = []
    for query in fast.queries():
        oxigraph, rdflib = median_ms(asking(fast, query), repeat), median_ms(asking(slow, query), repeat)
        report(query.name, oxigraph, rdflib)
        ratios.append(rdflib / oxigraph)
    print(f"{len(ratios)} queries, median ratio {statistics.median(ratios):.1f}, smallest {min(ratios):.1f}")


if __name__ == "__main__":
    main()
