"""``qualgraph rules show``: one packaging rule in plain words."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qualgraph.cli.files import write_out
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.rule_sources import Refused
from qualgraph.cli.rulebook import rules_from

EXAMPLES = examples(
    "qualgraph rules show BSB50311",
    "qualgraph rules show BSB50311 --format html --out rule.html",
    "qualgraph rules show ZZZ30120 --rules packaging-rules.jsonl",
)


class ShownAs(StrEnum):
    """How a rule is shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The qualification, such as BSB50311.")],
    release: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="Of this release; else of the latest that the store has."),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option("--rules", metavar="FILE", help="From this file and not the store; may be repeated."),
    ] = None,
    form: Annotated[
        ShownAs,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(ShownAs),
            help="text: an indented tree; json: the published form, with all details; html: a fragment for a page.",
        ),
    ] = ShownAs.TEXT,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the packaging rule of a qualification as an indented tree, each line with the line it was read from."""
    from qualgraph.packaging import rule_html, to_json, to_text

    with rules_from(rules, store, code, Refused(as_json=as_json)) as book:
        found = book.rule(code, release)
    if as_json or form is ShownAs.JSON:
        text = json.dumps(to_json(found.rule, detail=True), indent=2, ensure_ascii=False) + "\n"
    elif form is ShownAs.HTML:
        text = rule_html(found.rule)
    else:
        text = f"{to_text(found.rule)}  read from {found.where}\n"
    write_out(text.encode(), out)
