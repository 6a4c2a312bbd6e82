"""Each catalogue query on a whole register: Oxigraph against rdflib on the same triples, in one run.

    python benchmarks/whole_register.py STORE [--limit 30] [--only NAME,...]

STORE is a store on disk (``qualgraph ingest ../shared/corpus --store STORE``); rdflib holds the same graphs in memory.
Each query runs once, with the example of its header, in a forked process that is stopped after ``--limit`` seconds of
processor time. ``ratio`` is rdflib / Oxigraph (above 1: Oxigraph is faster); with ``>`` where rdflib was stopped, so
that it is more than that. Seconds are of processor time.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from load_and_query import asking
from qualgraph.catalogue.index import Query, discover
from qualgraph.graph import Graph
from qualgraph.store import MemoryStore, OxigraphStore


def measured(prepared: Callable[[], Callable[[], object]], limit: float) -> float | None:
    """Seconds of processor time of a question in a fork of this process; None where it was stopped at the limit.

    What makes the question ready, ``prepared``, is not counted.
    """
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        work = prepared()
        begin = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(begin + limit) + 1, int(begin + limit) + 2))
        work()
        os.write(target, repr(time.process_time() - begin).encode())
        os._exit(0)
    os.close(target)
    with os.fdopen(source) as stream:
        told = stream.read()
    _, status = os.waitpid(child, 0)
    if told:
        return float(told)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        return None
    raise RuntimeError(f"a question ended with {status}")


def ready(graph: Graph, query: Query) -> Callable[[], object]:
    """The question to a graph that has read its catalogue."""
    graph.queries()
    return asking(graph, query)


def stored(location: Path, query: Query) -> Callable[[], object]:
    """The question to a store that is opened for it."""
    return ready(Graph(OxigraphStore(location, read_only=True)), query)


def main() -> int:
    """Print a line for each query and a summary."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds a query may take (default 30)")
    parser.add_argument("--only", default="", help="only these queries")
    options = parser.parse_args()
    only = {name for name in options.only.split(",") if name}
    queries = [query for query in discover().queries if not only or query.name in only]
    # before this process opens the store, as the threads of an open one do not live through a fork
    fast = {query.name: measured(partial(stored, options.store, query), options.limit) for query in queries}
    memory = MemoryStore()
    begin = time.process_time()
    with OxigraphStore(options.store, read_only=True) as store:
        memory.replace_graphs({graph: store.triples(graph) for graph in store.graphs()})
        triples = store.count()
    spent, peak = time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{triples:,} triples; rdflib holds them after {spent:.0f} s in {peak:.1f} GB")
    slow = Graph(memory)
    slow.queries()
    print(f"{'':<44}{'Oxigraph s':>12}{'rdflib s':>12}{'ratio':>10}")
    ratios: list[float] = []
    for query in queries:
        own, other = fast[query.name], measured(partial(ready, slow, query), options.limit)
        told = "?"
        if own:
            ratios.append((other or options.limit) / own)
            told = f"{'>' if other is None else ''}{ratios[-1]:.1f}"
        print(f"{query.name:<44}{_shown(own):>12}{_shown(other):>12}{told:>10}", flush=True)
    print(f"{len(ratios)} queries, median ratio at least {statistics.median(ratios):.1f}")
    return 0


def _shown(seconds: float | None) -> str:
    return "stopped" if seconds is None else f"{seconds:.3f}"


if __name__ == "__main__":
    sys.exit(main())
