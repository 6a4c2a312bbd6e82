"""``qualgraph queries``: the catalogue of questions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.options import JsonOption, examples, query_names
from qualgraph.cli.terminal import say, show_table

if TYPE_CHECKING:
    from qualgraph.catalogue.index import Query

EXAMPLES = examples("qualgraph queries", "qualgraph queries pathways-from", "qualgraph queries --json")


def queries(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", autocompletion=query_names, help="Tell everything about this one query."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the questions that have a query, or say what one of them asks, takes and gives."""
    from qualgraph.catalogue.index import discover

    known = discover()
    if name is not None:
        found = known[name]
        if as_json:
            say(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
        else:
            _describe(found)
    elif as_json:
        say(json.dumps([query.as_dict() for query in known], indent=2, ensure_ascii=False))
    else:
        _list(known)


def _list(known: Iterable[Query]) -> None:
    for folder, members in groupby(known, key=lambda query: query.folder):
        say(folder, "bold")
        for query in members:
            say(f"  {' '.join([query.name, *_taken(query)])}", "cyan")
            say(f"    {query.question}{_severity(query)}")
    say()
    say("Ask one with 'qualgraph query NAME parameter=value'; 'qualgraph queries NAME' says all about it.")


def _severity(query: Query) -> str:
    return f" ({query.severity})" if query.severity else ""


def _taken(query: Query) -> list[str]:
    return [
        f"{each.name}={each.example}" if each.required else f"[{each.name}={each.default}]"
        for each in query.parameters
    ]


def _describe(query: Query) -> None:
    say(f"{query.name}: {query.title}", "bold")
    say(query.question)
    if query.parameters:
        say()
        show_table(
            ("parameter", "type", "default", "example", "meaning"),
            [
                (each.name, each.type, each.default or "(required)", each.example, each.description)
                for each in query.parameters
            ],
        )
    if query.columns:
        say()
        show_table(("column", "meaning"), [(each.name, each.description) for each in query.columns])
    say()
    say(f"gives    {'a graph' if query.form in ('CONSTRUCT', 'DESCRIBE') else 'a table'}")
    if query.severity:
        say(f"severity {query.severity}")
    if query.order:
        say(f"order    {query.order}")
    for source in query.source:
        say(f"source   {source}")
    words = " ".join(f"{name}={value}" for name, value in query.example.items())
    say(f"example  qualgraph query {query.name} {words}".rstrip())
