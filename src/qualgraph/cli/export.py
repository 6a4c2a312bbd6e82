"""``qualgraph export``: a whole store as one file, to be loaded by a SPARQL server or to be published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.files import written_whole
from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import count, progress, say
from qualgraph.errors import UsageError

if TYPE_CHECKING:
    from qualgraph.pipeline.progress import Progress
    from qualgraph.rdf import Quad
    from qualgraph.store import Store

EXAMPLES = examples(
    "qualgraph export register.nq",
    "qualgraph export register.nq --merged",
    "qualgraph export register.trig --store ./store",
)
ENDINGS = (".nq", ".trig")


def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write: .nq for N-Quads, .trig for TriG.")
    ],
    merged: Annotated[
        bool,
        typer.Option(
            "--merged",
            help="Put each triple in the default graph as well, for a server that does not merge named graphs.",
        ),
    ] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write everything that the store holds to one file: documents, ontology, vocabularies and what is derived.

    Each named graph keeps its name. Load the file into a SPARQL server and ask it with 'qualgraph query --endpoint'.
    """
    from qualgraph.rdf import format_of, serialize

    if file.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"the ending '{file.suffix}' is of no syntax with named graphs.",
            where=str(file),
            hint=f"Use one of: {', '.join(ENDINGS)}.",
        )
    written = 0

    def counted(quads: Iterator[Quad]) -> Iterator[Quad]:
        nonlocal written
        for written, quad in enumerate(quads, start=1):  # noqa: B007 - what is counted is told at the end
            yield quad

    with reading(store) as opened, progress("exporting") as told, written_whole(file) as stream:
        serialize(counted(_quads(opened, told, merged=merged)), stream, format=format_of(file))
    if as_json:
        say(json.dumps({"file": str(file), "statements": written, "merged": merged}, ensure_ascii=False))
    else:
        say(f"{file}: written, {count(written, 'statement')}")


def _quads(store: Store, told: Progress, *, merged: bool) -> Iterator[Quad]:
    """Graph by graph; then, if wanted, each triple once without a graph."""
    from qualgraph.rdf import Quad
    from qualgraph.store import Table

    graphs = store.graphs()
    for done, graph in enumerate(graphs):
        told(f"exporting {graph.value}", done, len(graphs))
        for triple in store.triples(graph):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
    if merged:
        told("merging", len(graphs), len(graphs))
        found = store.query("SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
        for subject, predicate, value in found.rows if isinstance(found, Table) else ():
            yield Quad(subject, predicate, value)  # type: ignore[arg-type]
