"""``qualgraph rules diff``: what changed between two packaging rules."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qualgraph.cli.files import write_out
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.rule_sources import named_rule, printable, store_beside, successions
from qualgraph.cli.terminal import note

EXAMPLES = examples(
    "qualgraph rules diff BSB50307 BSB50311",
    "qualgraph rules diff BSB50307@1 BSB50307@2 --json",
    "qualgraph rules diff old.txt new.txt",
    "qualgraph rules diff ZZZ30120 ZZZ30125 --rules packaging-rules.jsonl",
)


class DiffFormat(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    JSON = "json"


def diff(
    ctx: typer.Context,
    before: Annotated[
        str,
        typer.Argument(
            metavar="BEFORE", help="The earlier rule: CODE, CODE@RELEASE, or a file with one rule."
        ),
    ],
    after: Annotated[
        str,
        typer.Argument(metavar="AFTER", help="The later rule: CODE, CODE@RELEASE, or a file with one rule."),
    ],
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules", metavar="FILE", help="Take codes from this file, not the store; may be repeated."
        ),
    ] = None,
    form: Annotated[
        DiffFormat,
        typer.Option(
            "--format", "-f", metavar="|".join(DiffFormat), help="text for a person, json for a program."
        ),
    ] = DiffFormat.TEXT,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what changed from one packaging rule to another: counts, unit lists, rules, and what became of each unit.

    A unit is replaced by an equivalent one only where the register says so: a document of
    the store, or the table that comes with qualgraph. Codes that look alike are
    told as a hint.
    """
    from qualgraph.packaging import difference, difference_json, difference_text

    named = [name for name in (before, after) if not Path(name).is_file()]
    with store_beside(not named or bool(rules), store, ctx) as opened:
        old, new = (named_rule(name, rules or [], opened) for name in (before, after))
        found = difference(old, new, successions(opened))
    if opened is None:
        note(
            "No store was asked: what superseded what is known from the table that comes with qualgraph alone."
        )
    if as_json or form is DiffFormat.JSON:
        text = json.dumps(difference_json(found), indent=2, ensure_ascii=False) + "\n"
    else:
        text = printable(difference_text(found))
    write_out(text.encode(), out)
