"""``qualgraph diff``: what changed between two builds of the register."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from qualgraph.cli.files import write_out
from qualgraph.cli.options import JsonOption, OutOption, examples
from qualgraph.cli.terminal import progress

EXAMPLES = examples(
    "qualgraph diff march.nq.gz april.nq.gz",
    "qualgraph diff ./register-march ./register-april --json",
    "qualgraph diff old.nq ./register --limit 0 --out changes.txt",
)


def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="BEFORE",
            help="The earlier build: a store's folder, or an RDF file, also packed (.nq.gz).",
        ),
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The later build, given in the same ways.")],
    limit: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, help="Show at most so many changes of each kind; 0 for all of them."
        ),
    ] = 20,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what changed between two builds: components, titles, usage, releases, mappings, packaging rules, classes.

    The exit code is 0 where nothing changed and 1 where something did. Which document says a thing is not compared. A
    file is loaded into a temporary store first; JSON always has every change.
    """
    from qualgraph.changes import changes, changes_json, changes_text, opened_side

    with (
        progress("comparing", answering=out is None) as told,
        opened_side(before, told) as old,
        opened_side(after, told) as new,
    ):
        found = changes(old, new, told)
    if as_json:
        text = json.dumps(changes_json(found), indent=2, ensure_ascii=False) + "\n"
    else:
        text = changes_text(found, limit or None)
    write_out(text.encode("utf-8", "backslashreplace"), out)
    raise typer.Exit(1 if found.found else 0)
