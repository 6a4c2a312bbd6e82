"""How load, disk, memory, each query and one more document grow with the register, on invented registers.

    python benchmarks/growth.py [--triples 1,10,50] [--limit 60] [--only NAME,...] [--keep FOLDER]

Sizes are in millions of triples. Each register is loaded into a store of its own beside what qualgraph ships, in a
process of its own, whose peak memory is told. With ``--keep`` the stores stay, and the same command does not make them
another time; after a run that was stopped it goes on after the load.
A code in the example of a question is replaced by one of the register's.
A query that takes longer than ``--limit`` seconds of wall time is stopped. Times are seconds of processor time, as
other work on the machine would else be timed too; ``growth`` is the time at the largest size over that at the smallest,
to be held against ``triples``, how much larger the register is. Times below 2 ms are too short to be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from qualgraph.catalogue.index import Query
from qualgraph.errors import QueryError
from qualgraph.graph import Graph
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.pipeline import build, derive, is_current, status
from qualgraph.rdf import IRI, Triple, text
from qualgraph.store import OxigraphStore, Store
from synthetic_register import Register, qualification_code, unit_code

MILLION = 1_000_000
DOCUMENT = IRI("https://example.org/document/one-more")
SHORT = 2.0
"""Seconds below which a query is asked again without the process of its own that a time limit takes."""
COMPARED = 0.002
"""Seconds below which a time is no ground for a ratio."""

Figures = dict[str, float | None]


def seconds(work: Callable[[], object]) -> float:
    """The processor time of ``work``, of processes that it starts too."""
    begin = _used()
    work()
    return _used() - begin


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured(triples: int, folder: Path, limit: float, only: set[str]) -> Figures:
    """All figures of one size, by name; None where the limit was met."""
    figures = made(triples, folder)
    with OxigraphStore(folder, read_only=True) as store:
        figures["is it current"] = seconds(lambda: is_current(store))
        figures["status"] = seconds(lambda: status(store))
        graph = Graph(store)
        codes = substitutes(graph)
        start = seconds(lambda: store.query("ASK {}", timeout=limit))
        for query in graph.queries():
            if not only or query.name in only:
                figures[f"query {query.name}"] = asked(graph, query, codes, limit, start)
    return figures


def made(triples: int, folder: Path) -> Figures:
    """The store of one size, and what it took to make it; each step that is done is noted, and not done again."""
    notes = folder.with_name(f"{folder.name}.json")
    figures: Figures = json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else {}
    if not figures and folder.exists():
        raise SystemExit(
            f"{folder} was not loaded by an earlier run: delete it, or keep the stores elsewhere."
        )
    with OxigraphStore(folder) as store:
        for step, work in (("load", loaded), ("derive", derived)):
            if step not in figures:
                figures |= work(store, triples)
                notes.write_text(json.dumps(figures), encoding="utf-8")
    figures["memory, MB"] = max(figures["memory, MB"] or 0, figures["memory of the load, MB"] or 0)
    return figures


def loaded(store: Store, triples: int) -> Figures:
    """An invented register into the store, beside what qualgraph ships."""
    build(store)
    before = store.count()
    load = seconds(lambda: store.replace_graphs(dict(Register.of(triples).documents())))
    return {
        "load": load,
        "memory of the load, MB": peak(),
        "triples a second": (store.count() - before) / (load or 1),
    }


def derived(store: Store, _triples: int) -> Figures:
    """What follows from the register, and small changes to it."""
    derivation = seconds(lambda: derive(store))
    folder = Path(store.location)
    return {
        "derive": derivation,
        "memory, MB": peak(),
        **writes(store),
        "triples": store.count(),
        "disk, MB": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20,
    }


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def writes(store: Store) -> Figures:
    """One small document more, the same again, changed, and forgotten."""

    def document(word: str) -> list[Triple]:
        made = (Triple(DOCUMENT, IRI(f"{DOCUMENT.value}/{n}"), text(f"{word} {n}")) for n in range(300))
        return list(made)

    same, changed = document("same"), document("changed")
    return {
        "a document more": seconds(lambda: store.replace_graphs({DOCUMENT: same})),
        "the same document": seconds(lambda: store.replace_graphs({DOCUMENT: same})),
        "a document changed": seconds(lambda: store.replace_graphs({DOCUMENT: chain(changed, same[:150])})),
        "a document forgotten": seconds(lambda: store.remove_graph(DOCUMENT)),
    }


def substitutes(graph: Graph) -> dict[str, str]:
    """For each code in the examples of questions, one of the register's of the same kind."""
    given = {
        query.example[parameter.name]
        for query in graph.queries()
        for parameter in query.parameters
        if parameter.type == "component-code" and parameter.required
    }
    found = {}
    for number, code in enumerate(sorted(given)):
        unit = _is_unit(graph, code)
        found[code] = (unit_code if unit else qualification_code)(2 * number + 1)
    return found


def _is_unit(graph: Graph, code: str) -> bool:
    return graph.store.query(f"ASK {{ <{Identifiers().component(Kind.UNIT, code).value}> ?p ?o }}") is True


def asked(graph: Graph, query: Query, codes: dict[str, str], limit: float, start: float) -> float | None:
    """Seconds for the question, its answer read to the end; None where it took longer than the limit.

    ``start`` is how long a process takes that has a time limit, without a question.
    """
    values = {name: codes.get(value, value) for name, value in query.example.items()}

    def ask(asked: Graph) -> Callable[[], object]:
        def answer() -> object:
            result = asked.query(query.name, **values)
            return result.rows if query.form == "SELECT" else list(result.triples)

        return answer

    try:
        first = seconds(ask(Graph(graph.store, timeout=limit)))
    except QueryError:
        return None
    return min(seconds(ask(graph)) for _ in range(3)) if first - start < SHORT else first - start


def shown(value: float | None) -> str:
    """A figure in five places, or that the limit was met."""
    if value is None:
        return "stopped"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3f}"


def report(sizes: list[float], found: list[Figures]) -> None:
    """The table so far: a line for each figure, a column for each size."""
    print("| | " + " | ".join(f"{size:g} M" for size in sizes) + " | growth |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    for name in found[0]:
        values = [figures[name] for figures in found]
        first, last = values[0], values[-1]
        growth = f"{last / first:.1f}" if first and last and max(first, last) >= COMPARED else ""
        print(f"| {name} | " + " | ".join(map(shown, values)) + f" | {growth} |", flush=True)


def main() -> None:
    """Measure each size in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--triples", default="1,10", help="sizes in millions (default 1,10)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds a query may take (default 60)")
    parser.add_argument("--only", default="", help="only these queries")
    parser.add_argument(
        "--keep", type=Path, help="keep the stores in this folder, and use those that are there"
    )
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    only = {name for name in options.only.split(",") if name}
    if options.one is not None:
        print(json.dumps(measured(int(options.one * MILLION), options.keep, options.limit, only)))
        return
    sizes = [float(size) for size in options.triples.split(",")]
    found = []
    place = options.keep or Path(tempfile.mkdtemp(prefix="growth-"))
    try:
        for size in sizes:
            folder = place / f"{size:g}M"
            command = [sys.executable, __file__, "--one", str(size), "--keep", str(folder)]
            command += ["--limit", str(options.limit), "--only", options.only]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            found.append(json.loads(done.stdout))
            print(f"\nUp to {size:g} million triples:\n")
            report(sizes[: len(found)], found)
    finally:
        if not options.keep:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
