"""``qualgraph reason``: is the ontology consistent, and what follows from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.failure import FOUND_WANTING
from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import count, progress, say
from qualgraph.namespaces import prefixed

if TYPE_CHECKING:
    from qualgraph.rdf import Triple
    from qualgraph.reasoning import ReasoningReport

EXAMPLES = examples(
    "qualgraph reason",
    "qualgraph reason mine.ttl",
    "qualgraph reason --with-store --store ./store --json",
)


def reason(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="RDF files to reason over together with the ontology."),
    ] = None,
    with_store: Annotated[
        bool, typer.Option("--with-store", help="Reason over what the store holds as well.")
    ] = False,
    store: StoreOption = None,
    align: Annotated[
        bool, typer.Option("--align", help="Take in the alignments with other vocabularies as well.")
    ] = False,
    only_files: Annotated[
        bool, typer.Option("--only-files", help="Leave qualgraph's own ontology out.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=1, help="How long the reasoner may take.")
    ] = 300.0,
    as_json: JsonOption = False,
) -> None:
    """Say whether the ontology contradicts itself, and what follows from it, with the reasoner HermiT.

    It needs a Java runtime, and says how to get one where there is none. The exit code is 1 for an ontology that is
    not consistent or has a class that can have no member.
    """
    from qualgraph.assets import ontology_files
    from qualgraph.reasoning import check_consistency

    sources: list[Path | Triple] = [] if only_files else list(ontology_files(alignments=align))
    sources += files or []
    with progress("reasoning"):
        if with_store:
            with reading(store) as opened:
                sources += [triple for graph in opened.graphs() for triple in opened.triples(graph)]
        found = check_consistency(sources, time_limit=time_limit)
    if as_json:
        say(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
    else:
        _tell(found)
    if not found.consistent or found.unsatisfiable:
        raise typer.Exit(FOUND_WANTING)


def _tell(found: ReasoningReport) -> None:
    verdict = "consistent" if found.consistent else "NOT consistent: its statements contradict each other"
    say(f"The ontology is {verdict}.", "green" if found.consistent else "bold red")
    say(f"{count(found.triple_count, 'triple')}, {found.reasoner}, {found.seconds:.1f} s")
    for iri in found.unsatisfiable:
        say(f"can have no member: {prefixed(iri)}", "red")
    for title, pairs in (
        ("Inferred: is a kind of", found.inferred_subclasses),
        ("Inferred: is the same as", found.inferred_equivalents),
        ("Inferred: is a", found.inferred_types),
    ):
        if pairs:
            say()
            say(f"{title} ({len(pairs):,})", "bold")
            for left, right in pairs:
                say(f"  {prefixed(left)}  {prefixed(right)}")
