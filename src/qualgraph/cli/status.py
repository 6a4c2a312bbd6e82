"""``qualgraph status``: what is in the store."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import warn_of_gaps
from qualgraph.cli.terminal import count, say, show_table

if TYPE_CHECKING:
    from qualgraph.pipeline import Status, StoredDocument

EXAMPLES = examples("qualgraph status", "qualgraph status --sources", "qualgraph status --json")


def status(
    sources: Annotated[
        bool,
        typer.Option(
            "--sources",
            help="Tell all about the documents: kind, date, sha256, triples, problems; and each kind.",
        ),
    ] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is in the store: how many triples, from which documents, and how current it is."""
    from qualgraph.pipeline import require_content
    from qualgraph.pipeline import status as status_of
    from qualgraph.store import is_endpoint, open_store

    with open_store(store or None, read_only=True) as opened:
        require_content(opened)
        found = status_of(opened)
        remote = is_endpoint(opened.location)
        if remote:
            warn_of_gaps(opened)
    if as_json:
        say(json.dumps(status_data(found), indent=2, ensure_ascii=False))
        return
    if sources:
        _show_sources(found)
        return
    say(f"store      {found.location}")
    say(f"triples    {found.triples:,} in {count(len(found.graphs), 'graph')}")
    say(f"documents  {len(found.documents):,}")
    repair = "load a new 'qualgraph export' into it" if remote else "repair it with 'qualgraph build'"
    say("derived    " + ("up to date" if found.current else f"out of date: {repair}"))
    if found.documents:
        say()
        show_table(
            ("document", "file", "triples", "not read", "retrieved", "stored"),
            [_row(document) for document in found.documents],
        )
    others = {
        name: size
        for name, size in found.graphs.items()
        if name not in {d.iri.value for d in found.documents}
    }
    if others:
        say()
        show_table(("other graph", "triples"), [(name, f"{size:,}") for name, size in sorted(others.items())])


def _show_sources(found: Status) -> None:
    """Each kind of document in numbers, then each document."""
    documents, triples, problems = Counter[str](), Counter[str](), Counter[str]()
    for document in found.documents:
        documents[document.reader] += 1
        triples[document.reader] += document.triples
        problems[document.reader] += document.problems
    show_table(
        ("kind", "documents", "triples", "problems"),
        [
            (kind, f"{number:,}", f"{triples[kind]:,}", f"{problems[kind]:,}")
            for kind, number in sorted(documents.items())
        ],
    )
    say()
    show_table(
        ("kind", "file", "date", "triples", "problems", "sha256"),
        [
            (each.reader, each.name, _date(each), f"{each.triples:,}", f"{each.problems:,}", each.sha256)
            for each in sorted(found.documents, key=lambda each: (each.reader, each.name))
        ],
    )


def _date(document: StoredDocument) -> str:
    """The day it was taken from its publisher, where somebody said so; else the day it was stored."""
    if document.retrieved:
        return f"{document.retrieved.isoformat()}"
    return f"stored {document.stored_at.date().isoformat()}" if document.stored_at else ""


def _row(document: StoredDocument) -> tuple[str, ...]:
    from qualgraph.pipeline import short_name

    return (
        short_name(document.iri.value),
        document.name,
        f"{document.triples:,}",
        str(document.problems) if document.problems else "",
        document.retrieved.isoformat() if document.retrieved else "",
        document.stored_at.isoformat(timespec="seconds") if document.stored_at else "with qualgraph",
    )


def status_data(found: Status) -> dict[str, Any]:
    """A status as plain data."""
    return {
        "location": found.location,
        "triples": found.triples,
        "current": found.current,
        "graphs": found.graphs,
        "documents": [
            {
                "iri": document.iri.value,
                "kind": document.reader,
                "reader_version": document.reader_version,
                "name": document.name,
                "sha256": document.sha256,
                "text": document.policy,
                "retrieved": document.retrieved.isoformat() if document.retrieved else None,
                "stored_at": document.stored_at.isoformat() if document.stored_at else None,
                "triples": document.triples,
                "problems": document.problems,
            }
            for document in found.documents
        ],
    }
