"""``qualgraph rules``: packaging rules as data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.failure import report
from qualgraph.cli.files import write_out
from qualgraph.cli.options import JsonOption, OutOption, examples
from qualgraph.cli.terminal import count, note, progress
from qualgraph.errors import DocumentError, QualgraphError, UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule

app = typer.Typer(
    name="rules", no_args_is_help=True, rich_markup_mode="rich", help="Packaging rules as data."
)


class RuleFormat(StrEnum):
    """How rules are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


@app.command(
    epilog=examples(
        "qualgraph rules parse qualification.txt",
        "qualgraph rules parse documents/*.txt --format jsonl --out rules.jsonl",
        "qualgraph rules parse copy.txt --code BSB50311 --json",
    )
)
def parse(
    documents: Annotated[
        list[Path],
        typer.Argument(metavar="DOCUMENT...", help="Text, HTML or PDF files; the kind is told by content."),
    ],
    form: Annotated[
        RuleFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(RuleFormat),
            help="text for a person; json is one array, jsonl one rule a line.",
        ),
    ] = RuleFormat.TEXT,
    code: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="The code of the qualification, for a document that never states it."
        ),
    ] = None,
    detail: Annotated[
        bool,
        typer.Option("--detail", help="In JSON, add unit titles, lines, and how each sentence was read."),
    ] = False,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the packaging rule of each document, and print it: counts, groups, rules, conditions, what was not read.

    A document without a packaging rule, or one that cannot be read, does not stop the others.
    """
    if code is not None and len(documents) > 1:
        raise UsageError(f"--code names the qualification of one document, and {len(documents)} are given.")
    rules: list[PackagingRule] = []
    failed: list[QualgraphError] = []
    for path in documents:
        try:
            with progress(f"reading {path.name}"):
                rules += _rules_of(path, code)
        except QualgraphError as error:
            report(error, as_json=as_json)
            failed.append(error)
    write_out("".join(_written(rules, RuleFormat.JSON if as_json else form, detail=detail)).encode(), out)
    if failed:
        if len(documents) > 1 and not as_json:
            note(f"{len(failed)} of {count(len(documents), 'document')} gave no packaging rule.")
        raise typer.Exit(max(error.exit_code for error in failed))


def _rules_of(path: Path, code: str | None) -> list[PackagingRule]:
    from qualgraph.model import Packaging
    from qualgraph.sources import read_file

    found = [record.rule for record in read_file(path, code=code).records if isinstance(record, Packaging)]
    if not found:
        raise DocumentError(
            "states no packaging rule.", where=str(path), hint="Only qualifications have packaging rules."
        )
    return found


def _written(rules: list[PackagingRule], form: RuleFormat, *, detail: bool) -> Iterator[str]:
    from qualgraph.packaging import to_json, to_text

    if form is RuleFormat.TEXT:
        yield "\n".join(to_text(rule) for rule in rules)
    elif form is RuleFormat.JSON:
        yield (
            json.dumps([to_json(rule, detail=detail) for rule in rules], indent=2, ensure_ascii=False) + "\n"
        )
    else:
        for rule in rules:
            yield json.dumps(to_json(rule, detail=detail), ensure_ascii=False) + "\n"
