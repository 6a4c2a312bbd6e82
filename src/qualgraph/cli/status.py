"""``qualgraph status``: what is in the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import warn_of_gaps
from qualgraph.cli.terminal import count, say, show_table

if TYPE_CHECKING:
    from qualgraph.pipeline import Status, StoredDocument

EXAMPLES = examples("qualgraph status", "qualgraph status --json")


def status(store: StoreOption = None, as_json: JsonOption = False) -> None:
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
